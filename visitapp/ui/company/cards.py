"""The cards of the company page."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.dates import moment, short_date, short_moment
from visitapp.ui.notebook.words import fact_words, field_word, history, stage_word
from visitapp.ui.style import show_if
from visitapp.ui.widgets.basics import Card, column, facts, frame, holder, icon_label, label, row, rule
from visitapp.ui.widgets.buttons import Button, Link
from visitapp.ui.widgets.chips import Chip, Tag
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.states import StateLook

if TYPE_CHECKING:
    from visitapp.store import records
    from visitapp.ui.company.loading import AnswerLine, HistoryLine
    from visitapp.ui.notebook.company_file import CompanyFile, SurveyPart

_MARGINS = (16, 12, 16, 12)


def _card(title: str, note: str, body: QWidget) -> Card:
    return Card(
        column(row(label(title, bold=True), label(note, "small", tone="text2"), None), body, gap=8, margins=_MARGINS)
    )


def _quiet(text: str) -> QWidget:
    return label(text, "small", tone="text2", wrap=True)


def visits_card(found: CompanyFile, today: date) -> Card:
    """Every visit and finished response, newest first."""
    lines = history(found, today, most=30)
    body = facts(lines, width=84) if lines else _quiet(tr("まだありません。"))
    return _card(tr("これまでの訪問"), tr("{n}件", n=len(lines)) if lines else "", body)


def history_card(lines: tuple[HistoryLine, ...], today: date) -> Card:
    """What was changed in the register, by whom and where; what was written at one moment stands in one line."""
    moments: dict[tuple[int, str, str], list[HistoryLine]] = {}
    for line in lines:
        moments.setdefault((line.wall_ms // 1000, line.person, line.device), []).append(line)
    shown = [
        (short_date(datetime.fromtimestamp(second).astimezone().date(), today), _change_words(together))
        for (second, _person, _device), together in moments.items()
    ]
    body = facts(shown, width=84) if shown else _quiet(tr("変わっていません。"))
    return _card(tr("台帳の履歴"), "", body)


_MANY = 4


def _change_words(lines: list[HistoryLine]) -> str:
    who = "・".join(part for part in (lines[0].person, lines[0].device) if part) or "—"
    if len(lines) >= _MANY:
        return tr("{n}項目を書きました（{who}）", n=len(lines), who=who)
    fields = "、".join(f"{field_word(line.field)} {fact_words(line.field, line.value)}" for line in lines)
    return tr("{fields}（{who}）", fields=fields, who=who)


def opinions_card(found: CompanyFile, today: date) -> Card:
    """What was said, newest first, with what is still to be done about it."""
    if not found.opinions:
        return _card(tr("自由意見"), "", _quiet(tr("まだありません。")))
    layout = column(gap=10)
    for place, opinion in enumerate(found.opinions):
        if place:
            layout.addWidget(rule())
        layout.addLayout(_opinion(opinion, today))
    return _card(tr("自由意見"), tr("{n}件", n=len(found.opinions)), holder(layout))


def _opinion(opinion: records.Opinion, today: date) -> QVBoxLayout:
    said = label(opinion.text or "", "body", wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words = [word for word in (short_moment(opinion.said_at, today), opinion.category) if word]
    head = row(*(label(word, "caption", tone="text2") for word in words), None, gap=10)
    if opinion.follow_up == "open":
        head.addWidget(Chip(StateLook(tr("対応がまだ"), "hourglass", "warn")))
    elif opinion.follow_up == "done":
        head.addWidget(Chip(StateLook(tr("対応済み"), "check", "ok")))
    return column(head, said, gap=2)


def offers_card(found: CompanyFile) -> Card:
    """Programmes shown to this company and how far each went."""
    offers = [offer for part in found.parts for offer in part.offers]
    if not offers:
        return _card(tr("案内した施策"), "", _quiet(tr("まだありません。")))
    layout = column(gap=8)
    for offer in offers:
        name = label(found.programmes.get(offer.programme or "", offer.programme or ""), "body", wrap=True)
        line = row(icon_label("file-text", 16), name, Tag(stage_word(offer.stage)), gap=8)
        line.setStretch(1, 1)
        layout.addLayout(line)
    return _card(tr("案内した施策"), tr("{n}件", n=len(offers)), holder(layout))


class AnswersCard(Card):
    """One survey: how far the response is, and its answers by section, folded until asked for. ``opened``: to 回答."""

    opened = Signal()

    def __init__(self, part: SurveyPart, lines: tuple[AnswerLine, ...], today: date) -> None:
        super().__init__()
        self._lines = lines
        self._table: QWidget | None = None
        response = part.response
        if response is None:
            note = tr("まだ回答がありません")
        else:
            day = moment(response.visited_on or response.received_on)
            when = short_date(day.date(), today) if day is not None else ""
            state = tr("確定") if response.status == "final" else tr("途中")
            note = "・".join(word for word in (when, state, tr("{n}問に回答", n=len(lines))) if word)
        self._fold = Link(tr("答えをみる"), "small")
        show_if(self._fold, bool(lines))
        self._fold.clicked.connect(self._toggle)
        go = Button(tr("回答へ"), size="tool", icon="arrow-right")
        go.clicked.connect(self.opened)
        name = label(part.survey.name or "", bold=True)
        names = holder(column(name, label(note, "small", tone="text2"), gap=0))
        head = Flow(names, None, self._fold, go, gap=12)
        self._body = column(head, gap=8, margins=_MARGINS)
        self.setLayout(self._body)

    def _toggle(self) -> None:
        if self._table is None:
            self._table = _answers_table(self._lines)
            self._body.addWidget(self._table)
            shown = True
        else:
            shown = not self._table.isVisible()
            self._table.setVisible(shown)
        self._fold.setText(tr("答えをたたむ") if shown else tr("答えをみる"))


def answers_card(part: SurveyPart, lines: tuple[AnswerLine, ...], today: date) -> AnswersCard:
    """The card of one survey."""
    return AnswersCard(part, lines, today)


def _answers_table(lines: tuple[AnswerLine, ...]) -> QWidget:
    made = frame("plain")
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(look.px(12))
    grid.setVerticalSpacing(look.px(4))
    grid.setColumnStretch(1, 2)
    grid.setColumnStretch(2, 3)
    section = None
    at = 0
    for line in lines:
        if line.section != section:
            section = line.section
            grid.addWidget(label(section, "small", bold=True, tone="accent"), at, 0, 1, 3)
            at += 1
        words = (
            label(line.number, "small", tone="text3"), label(line.title, "small", tone="text2", wrap=True),
            label(line.answer, "small", bold=True, wrap=True),
        )  # fmt: skip
        for place, word in enumerate(words):
            grid.addWidget(word, at, place, Qt.AlignmentFlag.AlignTop)
        at += 1
    return made
