"""The company page: who this is, what was said, what was offered; and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from visitapp.fieldwork.targets import TargetState
from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.company.cards import answers_card, history_card, offers_card, opinions_card, visits_card
from visitapp.ui.company.loading import CompanyView, load_view
from visitapp.ui.notebook.company_file import SurveyPart
from visitapp.ui.notebook.deeds import Deeds
from visitapp.ui.notebook.words import UNKNOWN, all_facts
from visitapp.ui.page import Page, Shell
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import Card, clear, column, facts, holder, label, row, scroller
from visitapp.ui.widgets.buttons import Button, action_button
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.states import target_state


class CompanyPage(Page):
    """``target`` of ``activate`` is the company's id; ``places["survey"]`` the survey in question (default: newest)."""

    id: ClassVar[str] = "company"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._deeds = Deeds(self)
        self._company = ""
        self._survey = ""
        self._view: CompanyView | None = None
        self._make_actions()
        self._name = label("", "title")
        self._kana = label("", "small", tone="text2")
        self._chip = Chip()
        self._main = action_button(self._interview, kind="primary", show_key=False)
        back = Button(tr("戻る"), kind="plain", icon="arrow-left")
        back.clicked.connect(shell.back)
        names = holder(column(self._name, self._kana, gap=0))
        more = [action_button(one, show_key=False) for one in (self._edit, self._plan, self._record)]
        title = Flow(back, names, self._chip, None, *more, self._main, gap=12)
        self._left, self._right = column(gap=12), column(gap=12)
        self._halves: QBoxLayout = row(gap=12)
        self._halves.addLayout(self._left, 2)
        self._halves.addLayout(self._right, 3)
        body = holder(self._halves)
        layout = column(title, scroller(body), gap=12, margins=PAGE_MARGIN)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _make_actions(self) -> None:
        self._interview = action(
            self, tr("回答をはじめる"), self._go_interview, key="Ctrl+Return", menu="visit", group="answer"
        )
        self._record = action(self, tr("訪問を記録"), self._record_visit, key="Ctrl+J", menu="visit", group="write")
        self._plan = action(self, tr("予定"), self._plan_visit, key="Ctrl+D", menu="visit", group="write")
        self._edit = action(self, tr("台帳を直す"), self._edit_company, key="F2", menu="visit", group="write")

    # -- Page ---------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("企業")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._interview, self._record, self._plan, self._edit)

    def activate(self, target: str, places: dict[str, str]) -> None:
        if target != self._company:
            self._view = None
        self._company, self._survey = target, places.get("survey", "")
        self._load()

    def on_changes(self) -> None:
        self._load()

    def first_focus(self) -> QWidget | None:
        return self._main

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = look.characters(event.size().width()) >= 60
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(direction)

    # -- showing --------------------------------------------------------------------------------------------------
    def _load(self) -> None:
        company = self._company
        self.run(lambda store: load_view(store, company), self._show)

    def _part(self) -> SurveyPart | None:
        """The company's place in the survey in question."""
        if self._view is None or not self._view.file.parts:
            return None
        return self._view.file.part(self._survey) or self._view.file.parts[0]

    def _show(self, view: CompanyView) -> None:
        if view.file.company.id != self._company:
            return
        self._view = view
        today = self.shell.now().date()
        company, part = view.file.company, self._part()
        self._name.setText(company.name or UNKNOWN)
        self._kana.setText(company.kana or "")
        state = view.states.get(part.target.id) if part is not None else None
        self._chip.set_state(target_state(state) if isinstance(state, TargetState) else None)
        self._interview.setText(_verb(part))
        for one in (self._interview, self._record, self._plan):
            one.setEnabled(part is not None)
        self._fill(view, today)

    def _fill(self, view: CompanyView, today: date) -> None:
        clear(self._left)
        clear(self._right)
        head = label(tr("企業のこと"), bold=True)
        self._left.addWidget(
            Card(column(head, facts(all_facts(view.file.company, today), width=70), gap=8, margins=(16, 12, 16, 12)))
        )
        self._left.addWidget(visits_card(view.file, today))
        self._left.addWidget(history_card(view.history, today))
        self._left.addStretch(1)
        if not view.file.parts:
            nothing = EmptyState(
                "file-text", tr("どの調査の対象でもありません"), tr("本部で対象に加えると、回答できます。")
            )
            self._right.addWidget(Card(column(nothing)))
        for part in view.file.parts:
            made = answers_card(part, view.answers.get(part.response.id if part.response else "", ()), today)
            made.opened.connect(lambda target=part.target.id: self.shell.go("interview", target))
            self._right.addWidget(made)
        self._right.addWidget(opinions_card(view.file, today))
        self._right.addWidget(offers_card(view.file))
        self._right.addStretch(1)

    # -- doing ----------------------------------------------------------------------------------------------------
    def _go_interview(self) -> None:
        if (part := self._part()) is not None:
            self.shell.go("interview", part.target.id)

    def _record_visit(self) -> None:
        if (part := self._part()) is not None:
            self._deeds.record_visit(part.target.id, self._name.text())

    def _plan_visit(self) -> None:
        if (part := self._part()) is not None:
            self._deeds.plan_visit(part.target.id, self._name.text(), part.target.planned_at)

    def _edit_company(self) -> None:
        if self._view is not None:
            self._deeds.mend_company(self._view.file.company)


def _verb(part: SurveyPart | None) -> str:
    if part is None or part.response is None:
        return tr("回答をはじめる")
    return tr("回答票をみる") if part.response.status == "final" else tr("回答をつづける")
