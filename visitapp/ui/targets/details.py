"""The pane at the right: who is selected, what was before, what to take up today."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.notebook.words import history, short_facts
from visitapp.ui.widgets.basics import Card, clear, column, facts, holder, label, rule, scroller
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.states import target_state

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine
    from visitapp.ui.notebook.company_file import CompanyFile


class DetailsPane(Card):
    """``wanted`` with "company", "interview", "visit" or "plan" when its buttons are pressed."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._name = label("", "option", bold=True, wrap=True)
        self._chip = Chip()
        self._number = label("", "caption", tone="text2")
        self._rest = column(gap=10, margins=(16, 10, 12, 10))
        self.interview = Button("")
        company, visit, plan = Button(tr("企業のページ")), Button(tr("訪問を記録")), Button(tr("予定"))
        for button, what in ((self.interview, "interview"), (company, "company"), (visit, "visit"), (plan, "plan")):
            button.clicked.connect(lambda _on=False, what=what: self.wanted.emit(what))
        head = column(self._name, Flow(self._chip, self._number), gap=4, margins=(16, 12, 12, 10))
        foot = column(self.interview, Flow(company, visit, plan, gap=6), gap=8, margins=(12, 10, 12, 10))
        full = QWidget()
        layout = column(head, rule(), scroller(holder(self._rest)), rule(), foot, gap=0)
        layout.setStretch(2, 1)
        full.setLayout(layout)
        self._stack = QStackedWidget()
        self._stack.addWidget(
            EmptyState("building-2", tr("企業を選んでください"), tr("ここに、これまでのことが出ます。"))
        )
        self._stack.addWidget(full)
        self.setLayout(column(self._stack, margins=(1, 1, 1, 1)))
        self.setMinimumWidth(look.px(280))

    def show_line(self, line: TargetLine | None, verb: str) -> None:
        """Show who is selected; the rest follows with ``show_file``."""
        self._stack.setCurrentIndex(0 if line is None else 1)
        if line is None:
            return
        self._name.setText(line.company.name or "")
        self._chip.set_state(target_state(line.state))
        number = line.company.corporate_number
        self._number.setText(tr("法人番号 {number}", number=number) if number else "")
        self.interview.setText(verb)

    def show_file(self, found: CompanyFile, today: date) -> None:
        """Show facts, past visits and what to take up."""
        clear(self._rest)
        self._rest.addWidget(facts(short_facts(found.company, today)))
        lines = history(found, today)
        self._rest.addWidget(rule())
        self._rest.addWidget(label(tr("これまでの訪問"), bold=True))
        if lines:
            self._rest.addWidget(facts(lines, width=70))
        else:
            self._rest.addWidget(label(tr("まだありません。"), "small", tone="text2"))
        if found.open_opinions:
            self._rest.addWidget(rule())
            self._rest.addWidget(label(tr("今日ふれたいこと"), bold=True))
        for opinion in found.open_opinions[:5]:
            said = label(tr("「{words}」", words=opinion.text or ""), "small", wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._rest.addWidget(said)
        self._rest.addStretch(1)
