"""競合: choose between values, with all that is known of them; the next one opens, and all can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.errors import NotNow
from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.conflicts import words
from visitapp.ui.conflicts.listing import CaseList, case_id
from visitapp.ui.conflicts.other_value import OtherValueDialog, can_be_other
from visitapp.ui.conflicts.sheet import CaseSheet
from visitapp.ui.conflicts.surroundings import HintCard, Path
from visitapp.ui.page import Page, Shell
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import Card, column, holder, label, row, scroller
from visitapp.ui.widgets.notices import EmptyState, UndoBar
from visitapp.ui.widgets.panes import Panes
from visitapp.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitapp.commands.cases import Case, Evidence
    from visitapp.store.store import Change, Store

OPEN, SETTLED = "open", "settled"
_Cases = tuple[list["Case"], list["Case"]]


class ConflictsPage(Page):
    """Headquarters settles what the laptops wrote against each other."""

    id: ClassVar[str] = "conflicts"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._cases: dict[str, list[Case]] = {OPEN: [], SETTLED: []}
        self._known: Evidence | None = None
        self._wanted = ""
        self._decided: list[tuple[str, str]] = []
        """(id of the settlement, key of its case), the last one at the end."""
        self._make_actions()
        self._build()

    # -- building ----------------------------------------
    def _make_actions(self) -> None:
        self._takes = [
            action(self, tr("{letter}の値を採る", letter=letter), partial(self.take, place),
                   key=(str(place + 1), letter) if place < 2 else letter, menu="answer", group="answer")
            for place, letter in enumerate(words.LETTERS[:4])
        ]  # fmt: skip
        self._later = action(
            self, tr("両方残して、あとで決める"), self.later, key=("3", "L"), menu="answer", group="answer"
        )
        self._other = action(self, tr("別の値を入れる"), self.other, key=("4", "F2"), menu="answer", group="answer")
        self._undo = action(self, tr("元に戻す"), self.undo, key="Ctrl+Z", menu="edit", group="answer")
        self._company = action(
            self, tr("企業のページ"), self._open_company, key="Ctrl+Return", menu="answer", group="move"
        )
        self._switch = action(
            self, tr("未解決・解決済みを切りかえる"), self.switch_list, key="Ctrl+T", menu="view", group="move"
        )

    def _build(self) -> None:
        today = self.shell.now().date()
        self._segments = Segments([(OPEN, tr("未解決")), (SETTLED, tr("解決済み"))])
        self._segments.choose(OPEN)
        self._segments.chosen.connect(lambda _key: self._show_list())
        hint = tr("同じ項目に、互いを知らない値があります。選ぶまで、どれも残します。")
        title = row(label(self.title(), "title"), label(hint, tone="text2", wrap=True), self._segments, gap=12)
        title.setStretch(1, 1)
        self.list = CaseList(today)
        self.list.selected.connect(self._select)
        self._sheet = CaseSheet()
        self._sheet.taken.connect(self.take)
        self._sheet.other.connect(self.other)
        self._sheet.later.connect(self.later)
        self._sheet.unsettle.connect(self.unsettle)
        self._hints = HintCard()
        self._path = Path(today)
        self._bar = UndoBar()
        self._bar.undone.connect(self.undo)
        middle = column(scroller(self._sheet), self._bar, gap=8)
        middle.setStretch(0, 1)
        way = column(label(tr("値のうつりかわり"), bold=True), self._path,
                     label(tr("採らなかった値にも、いつでも戻せます。"), "small", tone="text2", wrap=True),
                     gap=8, margins=(14, 12, 14, 12))  # fmt: skip
        self._evidence = scroller(holder(column(self._hints, Card(way), None, gap=12)))
        listed = Card(column(self.list, gap=0, margins=(1, 1, 1, 1)))
        self._panes = Panes(
            [(tr("競合の一覧"), listed), (tr("競合を解決する"), holder(middle)), (tr("選ぶ手がかり"), self._evidence)],
            (0.21, 0.57, 0.22), main=1, lowest=200,
        )  # fmt: skip
        self.list.activated.connect(lambda _index: self._panes.show_pane(1))
        self.list.clicked.connect(lambda _index: self._panes.show_pane(1))
        self._empty = {
            OPEN: EmptyState("circle-check", tr("解決を待つ競合はありません"),
                             tr("新しい受渡を取り込むと、ここに出ることがあります。"), tr("受信箱へ")),
            SETTLED: EmptyState("meeting", tr("解決した競合はまだありません"),
                                tr("解決すると、ここから取り消せます。")),
        }  # fmt: skip
        self._empty[OPEN].pressed.connect(lambda: self.shell.go("inbox"))
        self._stack = QStackedWidget()
        for page in (self._panes, *self._empty.values()):
            self._stack.addWidget(page)
        layout = column(title, self._stack, gap=14, margins=PAGE_MARGIN)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    # -- Page ----------------------------------------
    def title(self) -> str:
        return tr("競合")

    def actions_of_page(self) -> Sequence[QAction]:
        return (*self._takes, self._later, self._other, self._undo, self._company, self._switch)

    def first_focus(self) -> QWidget | None:
        # The sheet hands the focus on to its first side as soon as there is one.
        return self._sheet.first_button() or self._sheet

    def activate(self, target: str, places: dict[str, str]) -> None:
        self._wanted = target
        self._load()

    def on_changes(self) -> None:
        self._load()

    def remember(self) -> dict[str, str]:
        case = self.list.current()
        return {"list": self._segments.current(), "case": case_id(case) if case is not None else ""}

    def restore(self, kept: dict[str, str]) -> None:
        self._segments.choose(kept.get("list", OPEN))
        self._wanted = kept.get("case", "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sheet.set_narrow(look.characters(event.size().width()) < 78)

    # -- loading ----------------------------------------
    def _load(self) -> None:
        from visitapp.commands.cases import open_cases, settled_cases

        self.run(lambda store: (open_cases(store), settled_cases(store)), self._show)

    def _show(self, found: _Cases) -> None:
        self._cases = {OPEN: found[0], SETTLED: found[1]}
        for key, cases in self._cases.items():
            self._segments.set_count(key, len(cases))
        self._show_list()

    def _show_list(self) -> None:
        which = self._segments.current()
        cases = self._cases[which]
        wanted, self._wanted = self._wanted, ""
        current = self.list.current()
        self._stack.setCurrentWidget(self._panes if cases else self._empty[which])
        self.list.show_cases(cases, wanted or (case_id(current) if current is not None else ""))

    def switch_list(self) -> None:
        """From the open ones to the settled ones and back."""
        self._segments.choose(SETTLED if self._segments.current() == OPEN else OPEN)
        self._show_list()

    def _select(self, case: Case | None) -> None:
        self._known = None
        self._show_actions(case)
        self._sheet.show_case(case, None)
        if case is None:
            return
        from visitapp.commands.cases import evidence

        def show(known: Evidence) -> None:
            current = self.list.current()
            if current is not None and case_id(current) == case_id(case):
                self._known = known
                self._sheet.show_case(case, known)
                self._hints.show_case(case, known)
                self._path.show_case(case, known)
                self._focus_sheet()

        self.run(lambda store: evidence(store, case), show, self._decided_meanwhile)

    def _focus_sheet(self) -> None:
        """The first side, unless the person is going through the list."""
        button = self._sheet.first_button()
        if button is not None and not self.list.hasFocus():
            button.setFocus()

    def _decided_meanwhile(self, error: Exception) -> None:
        if isinstance(error, NotNow):
            self._load()
        else:
            self.shell.show_error(error)

    def _show_actions(self, case: Case | None) -> None:
        is_open = case is not None and case.settlement is None
        count = len(words.options(case)) if case is not None else 0
        for place, one in enumerate(self._takes):
            one.setEnabled(is_open and place < count)
        self._later.setEnabled(is_open)
        self._other.setEnabled(is_open and case is not None and can_be_other(case))
        self._company.setEnabled(case is not None and case.company is not None)
        self._undo.setEnabled(bool(self._decided))

    # -- deciding ----------------------------------------
    def take(self, place: int) -> None:
        """Take the value of a side (0 for A)."""
        from visitapp.commands.conflicts import settle_for

        case = self.list.current()
        if case is None or case.settlement is not None or place >= len(words.options(case)):
            return
        option, person = words.options(case)[place], self.shell.person
        said = tr("{company}：{letter}の値を採りました。", company=words.company(case), letter=option.letter)
        self._decide(case, lambda store: settle_for(store, case.key, option.first.standing, person), said)

    def other(self) -> None:
        """Ask for a value that neither side wrote."""
        case = self.list.current()
        if case is None or case.settlement is not None or not can_be_other(case):
            return
        dialog = OtherValueDialog(self, case)
        dialog.accepted.connect(lambda: self._settle_with(case, dialog.value()))
        dialog.open()

    def _settle_with(self, case: Case, value: object) -> None:
        from visitapp.commands.conflicts import settle_with

        person = self.shell.person
        said = tr("{company}：別の値を入れました。", company=words.company(case))
        self._decide(case, lambda store: settle_with(store, case.key, value, person), said)

    def _decide(self, case: Case, command: Callable[[Store], Change], said: str) -> None:
        for one in (*self._takes, self._other):
            one.setEnabled(False)

        def done(change: Change) -> None:
            self._decided.append((change.id, case.key))
            self._bar.say(said)
            self._sheet.setFocus()

        self.write(command, done, self._not_decided)

    def _not_decided(self, error: Exception) -> None:
        self.shell.show_error(error)
        self._load()

    def later(self) -> None:
        """Leave both values, and go on with the next conflict."""
        self.list.step()

    def undo(self) -> None:
        """Take the last decision back."""
        if self._decided:
            change, key = self._decided[-1]
            self._take_back(change, key)

    def unsettle(self) -> None:
        """Take the decision back that is shown."""
        case = self.list.current()
        if case is not None and case.settlement is not None:
            self._take_back(case.settlement.change.id, case.key)

    def _take_back(self, change: str, key: str) -> None:
        from visitapp.commands.conflicts import undo_settlement

        person = self.shell.person

        def done(_line: object) -> None:
            self._decided = [one for one in self._decided if one[0] != change]
            self._bar.hide()
            self._segments.choose(OPEN)
            self._wanted = key
            self.shell.say(tr("競合に戻しました。"))

        self.write(lambda store: undo_settlement(store, change, person), done, self._not_decided)

    def _open_company(self) -> None:
        case = self.list.current()
        if case is not None and case.company is not None:
            self.shell.go("company", case.company.id)
