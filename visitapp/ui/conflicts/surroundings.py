"""What helps to decide: tables that depend on it, the band it falls into, the answers around, the value's way."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Answer
from visitapp.ui import look
from visitapp.ui.conflicts import words
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.visit.wording import answer_text, labels_of, slash
from visitapp.ui.widgets.basics import Card, clear, column, icon_label, label, row
from visitapp.ui.widgets.tables import Cell, Column, Table
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.commands.cases import Case, Evidence, Neighbour, Writing


def hints(case: Case, known: Evidence) -> list[tuple[str, str]]:
    """(icon, sentence): what the choice changes."""
    found: list[tuple[str, str]] = []
    for question, answers in known.bands:
        if case.form is None:
            continue
        told = [slash().join(labels_of(case.form, question, answer.choices)) or tr("区分なし") for answer in answers]
        title = words.question_title(question)
        if len(set(told)) == 1:
            found.append(
                ("table-2", tr("どれを採っても、「{title}」の区分は「{band}」で同じです。", title=title, band=told[0]))
            )
        else:
            shown = "、".join(f"{letter}：{band}" for letter, band in zip(words.LETTERS, told, strict=False))
            found.append(("table-2", tr("「{title}」の区分が変わります（{bands}）。", title=title, bands=shown)))
    if known.tables:
        names = "、".join(_title(title) for title in known.tables[:3])
        rest = tr("ほか{n}枚", n=len(known.tables) - 3) if len(known.tables) > 3 else ""
        found.append(("table-2", tr("この値を使う集計表：{names}{rest}", names=names, rest=rest)))
    if not found:
        found.append(("info", tr("集計表には使いません。")))
    return found


def _title(titles: object) -> str:
    return tr("「{words}」", words=titles.get(language()) or titles.get("ja", ""))  # type: ignore[attr-defined]


class HintCard(Card):
    """選ぶ手がかり."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=10)
        self.setLayout(column(label(tr("選ぶ手がかり"), bold=True), self._lines, gap=8, margins=(14, 12, 14, 12)))

    def show_case(self, case: Case, known: Evidence) -> None:
        """Show what the choice changes."""
        clear(self._lines)
        for icon, text in hints(case, known):
            picture = icon_label(icon, 16)
            line = row(picture, label(text, "small", wrap=True), gap=8)
            line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
            self._lines.addLayout(line)


class Path(QWidget):
    """値のうつりかわり: every value of the field in order, one under another, the conflict or decision at the end."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._steps: list[tuple[str, str, str]] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_case(self, case: Case, known: Evidence) -> None:
        """Show the way of this value."""
        letters = {side.change.id: option.letter for option in words.options(case) for side in option.writings}
        self._steps = [self._step(case, one, letters.get(one.change.id, "")) for one in known.history]
        if case.settlement is None:
            self._steps.append((tr("競合"), tr("まだ選んでいません"), "conflict"))
        self.setAccessibleName("、".join(f"{text} {below}" for text, below, _kind in self._steps))
        self.updateGeometry()
        self.update()

    def _step(self, case: Case, writing: Writing, letter: str) -> tuple[str, str, str]:
        value = words.value_text(case, writing)
        text = f"{letter}　{value}" if letter else value
        below = "・".join((words.who(writing), words.short(writing, self._today)))
        decided = case.settlement is not None and writing.change.id == case.settlement.change.id
        return text, below, "decided" if decided else "side" if letter else "old"

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._height(step, width) for step in self._steps)

    def sizeHint(self) -> QSize:
        return QSize(look.px(200), self.heightForWidth(max(self.width(), look.px(200))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _lines(self, step: tuple[str, str, str], width: int) -> tuple[list[str], list[str]]:
        room = width - look.px(26)
        return (
            lines_of(step[0], look.font("small", bold=True), room)[:4],
            lines_of(step[1], look.font("caption"), room),
        )

    def _height(self, step: tuple[str, str, str], width: int) -> int:
        upper, lower = self._lines(step, width)
        return look.line("small") * len(upper) + look.line("caption") * len(lower) + look.px(10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, middle = 0, look.px(8)
        for place, step in enumerate(self._steps):
            height = self._height(step, self.width())
            at = top + look.px(10)
            if place < len(self._steps) - 1:
                painter.setPen(QPen(look.colour("borderS"), 1))
                painter.drawLine(middle, at, middle, at + height)
            self._mark(painter, middle, at, step[2])
            self._words(painter, step, top)
            top += height

    def _mark(self, painter: QPainter, x: int, y: int, kind: str) -> None:
        size = look.px(6)
        painter.setBrush(look.colour("warnSoft" if kind == "conflict" else "surface"))
        painter.setPen(QPen(look.colour({"conflict": "warn", "decided": "ok"}.get(kind, "text2")), 2))
        if kind == "conflict":
            corners = [QPointF(x, y - size), QPointF(x + size, y + size), QPointF(x - size, y + size)]
            painter.drawPolygon(QPolygonF(corners))
        else:
            if kind == "decided":
                painter.setBrush(look.colour("okSoft"))
            small = size if kind != "old" else look.px(4)
            painter.drawEllipse(QPointF(x, y), small, small)

    def _words(self, painter: QPainter, step: tuple[str, str, str], top: int) -> None:
        upper, lower = self._lines(step, self.width())
        left, room = look.px(24), self.width() - look.px(24)
        for lines, name, bold, token in ((upper, "small", True, "text"), (lower, "caption", False, "text2")):
            painter.setFont(look.font(name, bold=bold))
            painter.setPen(look.colour("warn" if step[2] == "conflict" and bold else token))
            for text in lines:
                painter.drawText(QRect(left, top, room, look.line(name)), Qt.AlignmentFlag.AlignVCenter, text)
                top += look.line(name)


class AroundTable(Table):
    """まわりの答え: what each side's device wrote itself; else what stands there, with its origin."""

    def __init__(self, case: Case, known: Evidence) -> None:
        self._case = case
        made: list[Column[Neighbour]] = [
            Column("question", tr("まわりの答え"), lambda one: Cell(words.question_title(one.question)))
        ]
        for option in words.options(case):
            place = case.sides.index(option.first)
            head = tr("{letter}　{device}", letter=option.letter, device=device_word(option.first.device))
            made.append(Column(option.letter, head, partial(self._own, place), width=13))
        super().__init__(made, tr("まわりの答え"))
        self.setSortingEnabled(False)
        self.sieve.sort(-1)
        self.set_rows([(one.question.path, one) for one in known.around])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(look.px(33) + (look.px(40) + 1) * len(known.around) + 2)

    def _own(self, place: int, one: Neighbour) -> Cell:
        own = one.own[place]
        shown = own or one.now
        text = self._text(one, shown)
        if own is not None:
            return Cell(text)
        return Cell(text, tr("この端末では書いていません"), tone="text3")

    def _text(self, one: Neighbour, writing: Writing) -> str:
        value = writing.value
        if self._case.form is None or not isinstance(value, Answer):
            return str(value)
        return answer_text(self._case.form, one.question, value) or tr("未回答")
