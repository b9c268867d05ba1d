"""The middle: what is in conflict, its original value, the cards of the sides, further ways, the answers around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.conflicts import words
from visitapp.ui.conflicts.cards import SideCard
from visitapp.ui.conflicts.other_value import can_be_other
from visitapp.ui.conflicts.surroundings import AroundTable
from visitapp.ui.widgets.basics import Card, clear, column, label, row
from visitapp.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from visitapp.commands.cases import Case, Evidence


class CaseSheet(QWidget):
    """``taken`` (0 for A), ``other``, ``later``, ``unsettle`` when one of the buttons is pressed."""

    taken = Signal(int)
    other = Signal()
    later = Signal()
    unsettle = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._layout = column(gap=12)
        self.setLayout(self._layout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("no_ring", True)
        self._cards: list[SideCard] = []
        self._row: QBoxLayout | None = None
        self._narrow = False

    def first_button(self) -> Button | None:
        """The button of the first side, None while nothing can be chosen."""
        return self._cards[0].button if self._cards else None

    def set_narrow(self, narrow: bool) -> None:
        """Put the cards one under another."""
        self._narrow = narrow
        self._turn()

    def _turn(self) -> None:
        if self._row is not None:
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(down if self._narrow else across)

    def show_case(self, case: Case | None, known: Evidence | None) -> None:
        """Show a case; ``known`` comes a moment later."""
        had_focus = any(card.button is not None and card.button.hasFocus() for card in self._cards)
        if had_focus:
            # The button goes; whatever Qt would focus next is not what the person looks at.
            self.setFocus()
        clear(self._layout)
        self._cards, self._row = [], None
        if case is None:
            return
        self._layout.addWidget(self._head(case, known))
        self._layout.addLayout(self._sides(case, known))
        if case.settlement is None:
            self._layout.addLayout(self._ways(case))
        else:
            self._layout.addWidget(self._decision(case))
        if known is not None and known.around:
            table = AroundTable(case, known)
            self._layout.addWidget(Card(column(table, gap=0, margins=(1, 1, 1, 1))))
        self._layout.addStretch(1)

    def _head(self, case: Case, known: Evidence | None) -> Card:
        survey = (case.survey.name or "") if case.survey is not None else ""
        where = "　".join(part for part in (words.company(case), survey) if part)
        left = column(
            label(where, "small", tone="text2", wrap=True), label(words.item(case), "question", wrap=True), gap=2
        )
        line = row(left, gap=16, margins=(16, 10, 16, 10))
        line.setStretch(0, 1)
        if known is not None:
            line.addLayout(self._original(case, known))
        return Card(line)

    def _original(self, case: Case, known: Evidence) -> QBoxLayout:
        seen = [one for side in known.seen for one in side if not one.deletes]
        if not seen:
            return column(label(tr("もとの値"), "small", tone="text2"), label(tr("ありませんでした")), gap=2)
        first = seen[0]
        value = label(words.shortened(words.value_text(case, first), 26), "answer", wrap=True)
        value.setMinimumWidth(min(look.em(13), look.measure("answer", value.text()) + 2))
        when = f"{words.full_moment(first.at)}\n{words.who(first)}"
        return row(column(label(tr("もとの値"), "small", tone="text2"), value, gap=2),
                   label(when, "caption", tone="text2"), gap=12)  # fmt: skip

    def _sides(self, case: Case, known: Evidence | None) -> QBoxLayout:
        made = row(gap=12)
        for place, option in enumerate(words.options(case)):
            card = SideCard(case, option, known)
            card.taken.connect(lambda place=place: self.taken.emit(place))
            self._cards.append(card)
            made.addWidget(card, 1)
        self._row = made
        self._turn()
        return made

    def _ways(self, case: Case) -> QBoxLayout:
        later = Button(tr("両方残して、あとで決める"), icon="arrow-right", key="3")
        later.clicked.connect(self.later)
        later.setToolTip(tr("一覧に残り、集計では「競合中」と出ます。"))
        line = row(later, gap=12)
        if can_be_other(case):
            other = Button(tr("別の値を入れる"), icon="pencil", key="4")
            other.setToolTip(tr("AとBは履歴に残ります。"))
            other.clicked.connect(self.other)
            line.addWidget(other)
        line.addStretch(1)
        return line

    def _decision(self, case: Case) -> Card:
        decided = case.settlement
        assert decided is not None
        told = tr(
            "{when}に {who} が「{value}」に決めました。",
            when=words.full_moment(decided.at), who=words.who(decided), value=words.value_text(case, decided),
        )  # fmt: skip
        back = Button(tr("この解決を取り消す"), icon="undo-2")
        back.clicked.connect(self.unsettle)
        line = row(label(told, wrap=True), back, gap=12, margins=(16, 10, 12, 10))
        line.setStretch(0, 1)
        return Card(line)
