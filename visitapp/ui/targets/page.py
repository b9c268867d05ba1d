"""今日の訪問: what do I do now, where do I stand. At headquarters the same list without today's cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.dates import full_date
from visitapp.ui.notebook.company_file import CompanyFile, load_company
from visitapp.ui.notebook.deeds import Deeds
from visitapp.ui.page import Page, Shell
from visitapp.ui.style import show_if
from visitapp.ui.targets.cards import HandInNote, TodayCards, verb
from visitapp.ui.targets.details import DetailsPane
from visitapp.ui.targets.listing import TargetList
from visitapp.ui.targets.loading import TargetsView, load_targets
from visitapp.ui.tokens import DETAILS, DETAILS_WIDE, PAGE_MARGIN
from visitapp.ui.widgets.basics import column, holder, label, scroller
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.fields import ChoiceField
from visitapp.ui.widgets.flow import Flow

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine


_LIST_HEIGHT = 250
"""The list is never lower (px at 100 %): with large text the page scrolls instead."""

_WIDE = 1500
"""From this width of the page on (px at 100 %), the details pane is wider: a window of about 1600."""


class TargetsPage(Page):
    """The visitor's home."""

    id: ClassVar[str] = "targets"
    _today: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._deeds = Deeds(self)
        self._view: TargetsView | None = None
        self._focused = self._wide = False
        today = shell.now().date()
        self._survey = ChoiceField()
        self._survey.setAccessibleName(tr("調査"))
        self._survey.setMinimumWidth(look.em(19))
        self._survey.picked.connect(self._choose_survey)
        self._note = HandInNote()
        self._note.pressed.connect(lambda: shell.go("handin"))
        self._cards = TodayCards(shell.now)
        self._cards.started.connect(self._interview)
        self._cards.plan.connect(self._focus_list)
        self._list = TargetList(shell.preferences, self.id, today, visitors=not self._today)
        self._list.selected.connect(self._select)
        self._list.opened.connect(lambda _id: self._open_company())
        self._list.add.connect(self._add_company)
        self._details = DetailsPane()
        self._details.wanted.connect(self._do)
        self._build(full_date(today))
        self._make_actions()

    def _build(self, today: str) -> None:
        add = Button(tr("企業を加える"), icon="plus")
        add.clicked.connect(self._add_company)
        name = label(self.title(), "title")
        if self._today:
            day = label(today, "option", tone="text2")
            title = Flow(name, day, self._survey, None, self._note, gap=12)
        else:
            title = Flow(name, self._survey, None, add, gap=12)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(look.px(12))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._list)
        self._split.addWidget(self._details)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([look.px(910), look.px(DETAILS)])
        self._split.restoreState(self.shell.preferences.state(f"{self.id}/split-{look.percent()}"))
        self._split.setMinimumHeight(look.px(_LIST_HEIGHT))
        inside = column(title, self._cards, self._split, gap=12, margins=PAGE_MARGIN)
        inside.setStretch(2, 1)
        layout = column(scroller(holder(inside)), gap=0)
        show_if(self._cards, self._today)
        self.setLayout(layout)

    def _make_actions(self) -> None:
        self._search = action(self, tr("この画面でさがす"), self._focus_search, key="Ctrl+F", menu="edit", group="move")
        self._start = action(
            self,
            tr("回答をはじめる・つづける"),
            lambda: self._do("interview"),
            key="Ctrl+Return",
            menu="visit",
            group="answer",
        )
        self._record = action(
            self, tr("訪問を記録"), lambda: self._do("visit"), key="Ctrl+J", menu="visit", group="write"
        )
        self._plan = action(
            self, tr("予定を入れる"), lambda: self._do("plan"), key="Ctrl+D", menu="visit", group="write"
        )
        self._unplan = action(self, tr("予定を消す"), self._take_plan_away, menu="visit")
        self._company = action(
            self, tr("企業のページ"), lambda: self._do("company"), key="F2", menu="visit", group="move"
        )
        self._add = action(self, tr("企業を加える"), self._add_company, key="Ctrl+N", menu="visit", group="write")

    # -- Page -------------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("今日の訪問")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._start, self._company, self._record, self._plan, self._unplan, self._add, self._search)

    def activate(self, target: str, places: dict[str, str]) -> None:
        self._load()
        if places.get("search"):
            self._focus_search()

    def leave(self) -> bool:
        self._list.keep()
        self.shell.preferences.keep_state(f"{self.id}/split-{look.percent()}", self._split.saveState())
        return True

    def on_changes(self) -> None:
        self._load()

    def first_focus(self) -> QWidget | None:
        return self._cards.main_button or self._list.table

    def remember(self) -> dict[str, str]:
        return {"selected": self._list.table.current_id(), "search": self._list.bar.search.text()}

    def restore(self, kept: dict[str, str]) -> None:
        self._list.bar.search.setText(kept.get("search", ""))
        self._wanted = kept.get("selected", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = event.size().width()
        show_if(self._details, look.characters(width) >= 74)
        wide = width >= look.px(_WIDE)
        if wide != self._wide:
            self._wide = wide
            pane = look.px(DETAILS_WIDE if wide else DETAILS)
            self._split.setSizes([width - pane, pane])

    # -- loading ----------------------------------------------------------------------------------------------------
    _wanted: str = ""

    def _load(self) -> None:
        chosen = self.shell.preferences.text("survey")
        self.run(lambda store: load_targets(store, chosen), self._show)

    def _choose_survey(self, survey: str) -> None:
        self.shell.preferences.keep_text("survey", survey)
        self._load()

    def _show(self, view: TargetsView) -> None:
        self._view = view
        self._survey.set_choices([(survey.id, survey.name or "") for survey in view.surveys])
        if view.survey is not None:
            self._survey.set_value(view.survey.id)
        self._survey.setVisible(bool(view.surveys))
        self._note.show_view(view, self.shell.now().date())
        self.shell.set_badge("handin", view.not_handed_in)
        self._list.show_lines(view.lines)
        if self._wanted and self._list.table.select(self._wanted):
            self._wanted = ""
        if self._today:
            self._cards.show_visits(view.planned_on(self.shell.now().date()))
            if not self._focused and self._cards.main_button is not None:
                self._cards.main_button.setFocus()
        self._focused = True
        self._select(self._list.table.current_id())

    def current_company(self) -> str:
        """The id of the selected company, "" for none."""
        line = self._line()
        return line.company.id if line is not None else ""

    def _line(self) -> TargetLine | None:
        return self._list.table.rows.get(self._list.table.current_id())

    def _select(self, target_id: str) -> None:
        line = self._list.table.rows.get(target_id)
        self._details.show_line(line, verb(line) if line is not None else "")
        for one in (self._start, self._company, self._record, self._plan):
            one.setEnabled(line is not None)
        self._unplan.setEnabled(line is not None and bool(line.planned_at))
        if line is not None:
            self.run(
                lambda store: load_company(store, line.company.id), lambda found: self._show_file(target_id, found)
            )

    def _show_file(self, target_id: str, found: CompanyFile) -> None:
        if target_id == self._list.table.current_id():
            self._details.show_file(found, self.shell.now().date())

    # -- doing ------------------------------------------------------------------------------------------------------
    def _focus_list(self) -> None:
        self._list.table.setFocus()

    def _focus_search(self) -> None:
        self._list.bar.search.setFocus()
        self._list.bar.search.selectAll()

    def _interview(self, target_id: str) -> None:
        self.shell.go("interview", target_id)

    def _open_company(self) -> None:
        if (line := self._line()) is not None:
            self.shell.go("company", line.company.id)

    def _do(self, what: str) -> None:
        line = self._line()
        if line is None:
            return
        name = line.company.name or ""
        if what == "interview":
            self._interview(line.target.id)
        elif what == "company":
            self._open_company()
        elif what == "visit":
            self._deeds.record_visit(line.target.id, name)
        else:
            self._deeds.plan_visit(line.target.id, name, line.planned_at)

    def _take_plan_away(self) -> None:
        if (line := self._line()) is not None:
            self._deeds.take_plan_away(line.target.id)

    def _add_company(self) -> None:
        if self._view is not None and self._view.survey is not None:
            self._deeds.add_company(self._view.survey.id)


class AllTargetsPage(TargetsPage):
    """対象企業: the whole survey, at headquarters."""

    id: ClassVar[str] = "all_targets"
    _today: ClassVar[bool] = False

    def title(self) -> str:
        return tr("対象企業")
