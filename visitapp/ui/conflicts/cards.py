"""The values against each other: one card a side, of equal weight, with what its writer saw and did not see."""

from __future__ import annotations

import difflib
import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.conflicts import words
from visitapp.ui.widgets.basics import Card, column, facts, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.states import StateLook

if TYPE_CHECKING:
    from visitapp.commands.cases import Case, Evidence, Writing

_SHORT = 12
_LONG = 40


class Letter(QLabel):
    """A letter in a box."""

    def __init__(self, letter: str) -> None:
        super().__init__()
        self._letter = letter
        self.setAccessibleName(letter)
        self.setFixedSize(look.px(24), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("borderS"), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
        painter.setFont(look.font("body", bold=True))
        painter.setPen(look.colour("text"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)


class ValueLabel(QLabel):
    """A value, large when it is short; in long ones the parts that differ have their own ground and a line."""

    def __init__(self, text: str, others: list[str]) -> None:
        super().__init__()
        self._text, self._others = text, others
        step = "value" if len(text) <= _SHORT else "question" if len(text) <= _LONG else "option"
        self.setFont(look.font(step))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText if len(text) > _SHORT and others else Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(text)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show()

    def _show(self) -> None:
        shown = self._marked() if self.textFormat() == Qt.TextFormat.RichText else self._text
        if shown != self.text():
            self.setText(shown)

    def _marked(self) -> str:
        made = []
        style = f"background-color:{look.code('warnSoft')};text-decoration:underline"
        for same, part in differing(self._text, self._others[0]):
            shown = html.escape(part).replace("\n", "<br>")
            made.append(shown if same else f'<span style="{style}">{shown}</span>')
        return "".join(made)


def differing(text: str, other: str) -> list[tuple[bool, str]]:
    """``text`` in parts: (whether the other has it too, part)."""
    found = []
    for kind, start, end, _from, _to in difflib.SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        if end > start:
            found.append((kind == "equal", text[start:end]))
    return found


class SideCard(Card):
    """One option. ``taken`` when it is chosen; ``chosen`` marks the one that was (no button then)."""

    taken = Signal()

    def __init__(self, case: Case, option: words.Option, known: Evidence | None) -> None:
        super().__init__()
        side = option.first
        head = row(Letter(option.letter), label(side.person, "answer", bold=True),
                   label(words.origin(side), "small", tone="text2", wrap=True), gap=8)  # fmt: skip
        head.setStretch(2, 1)
        text = words.option_text(case, option)
        self.value = ValueLabel(text, _compared(case, option, known))
        told = self._facts(case, option, known)
        widest = max(look.measure("small", name) for name, _value in told) + look.px(10)
        lines = facts(told, width=max(84, widest * 100 // look.percent()))
        layout = column(head, self.value, lines, None, gap=8, margins=(16, 14, 16, 14))
        self.button: Button | None = None
        if case.settlement is None:
            key = {"A": "1", "B": "2"}.get(option.letter, option.letter)
            self.button = Button(words.verb(case, option), kind="choice", size="talk", key=key)
            self.button.clicked.connect(self.taken)
            layout.addWidget(self.button)
        elif _was_taken(case, option):
            self.set_state("current")
            layout.addWidget(Chip(StateLook(tr("採った値"), "check", "ok")))
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _facts(self, case: Case, option: words.Option, known: Evidence | None) -> list[tuple[str, str]]:
        side = option.first
        lines = [(tr("書いた日時"), words.full_moment(side.at))]
        if known is None:
            return lines
        place = case.sides.index(side)
        seen = tr("、").join(_said(case, one) for one in known.seen[place])
        lines.append((tr("見ていた値"), seen or tr("まだありませんでした")))
        unseen = [
            tr("{value}（{letter}）", value=words.option_text(case, one).replace("\n", " "), letter=one.letter)
            for one in words.options(case) if one.letter != option.letter
        ]  # fmt: skip
        lines.append((tr("見ていない値"), tr("、").join(unseen)))
        lines.append((tr("メモ"), known.notes[place] or tr("ありません")))
        return lines


def _compared(case: Case, option: words.Option, known: Evidence | None) -> list[str]:
    """What a value is compared with: the other sides; for an edit beside a deletion, what it was before."""
    if case.conflict.kind != "deleted":
        return [words.option_text(case, one) for one in words.options(case) if one.letter != option.letter]
    if known is None or option.first.deletes or len(option.writings) > 1:
        return []
    return [words.value_text(case, one) for one in known.seen[case.sides.index(option.first)]]


def _said(case: Case, writing: Writing) -> str:
    return tr("{value}（{origin}）", value=words.value_text(case, writing), origin=words.who(writing))


def _was_taken(case: Case, option: words.Option) -> bool:
    decided = case.settlement
    if decided is None:
        return False
    if case.conflict.kind == "deleted":
        return decided.deletes == option.first.deletes
    return decided.value == option.first.value
