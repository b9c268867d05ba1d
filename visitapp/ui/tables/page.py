"""集計表: choose a survey and a question, cross it with another, read, copy, write to a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from visitapp.errors import NotNow
from visitapp.i18n import error_text, language, tr
from visitapp.questionnaire.form import text_in, without_references
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.page import Page, Shell
from visitapp.ui.tables.behind import BehindDialog
from visitapp.ui.tables.files import FileWriter, ScopeDialog
from visitapp.ui.tables.loading import Behind, Loaded, counted, load, load_behind, write_csv, write_excel
from visitapp.ui.tables.sheet import TableSheet
from visitapp.ui.tables.slots import Slots
from visitapp.ui.tables.tree import QUESTION, TABLE, QuestionTree, heading_title
from visitapp.ui.widgets.basics import column, holder, row, rule
from visitapp.ui.widgets.buttons import action_button
from visitapp.ui.widgets.fields import ChoiceField, SearchField
from visitapp.ui.widgets.notices import Banner, EmptyState
from visitapp.ui.widgets.panes import Panes

if TYPE_CHECKING:
    from visitapp.commands.cases import Case
    from visitapp.tabulation.definitions import Definition
    from visitapp.tabulation.table import Table

_SURVEY, _LAST = "tables/survey", "tables/last"


class TablesPage(Page):
    """The tables of a survey."""

    id: ClassVar[str] = "tables"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._loaded: Loaded | None = None
        self._definition: Definition | None = None
        self._side = self._head = ""
        self._make_actions()
        self._build()

    # -- building ----------------------------------------
    def _make_actions(self) -> None:
        self._copy = action(self, tr("写す"), self._copy_table, key="Ctrl+Shift+C", menu="tables", icon="copy")
        self._excel = action(
            self, tr("Excelへ書き出す"), self.write_excel, key="Ctrl+S", menu="tables", icon="download"
        )
        self._csv = action(self, tr("CSVへ書き出す"), self.write_csv, menu="tables", icon="download")
        self._to_side = action(
            self, tr("この問いを表側にする"), self.to_side, key="Ctrl+Shift+1", menu="tables", group="move"
        )
        self._to_head = action(
            self, tr("この問いを表頭にする"), self.to_head, key="Ctrl+Shift+2", menu="tables", group="move"
        )
        self._swap = action(
            self, tr("表側と表頭を入れかえる"), self.swap, key="Ctrl+Shift+X", menu="tables", group="move"
        )
        self._alone = action(
            self, tr("この問いだけの表にする"), self.alone, key="Ctrl+Shift+0", menu="tables", group="move"
        )
        self._find = action(self, tr("問いをさがす"), self._focus_search, key="Ctrl+F", menu="edit", group="move")
        self._behind = action(self, tr("この数の回答をみる"), self._open_cell, menu="tables", group="move")

    def _build(self) -> None:
        self._survey = ChoiceField()
        self._survey.setAccessibleName(tr("調査"))
        self._survey.setSizePolicy(self._survey.sizePolicy().Policy.Ignored, self._survey.sizePolicy().Policy.Fixed)
        self._survey.picked.connect(self._choose_survey)
        self.search = SearchField(tr("問い・選択肢をさがす"), "Ctrl F")
        self.tree = QuestionTree()
        self.tree.chosen.connect(self._choose)
        self.tree.entered_leaf.connect(lambda _key: self._offer_slots())
        self.search.searched.connect(self.tree.search)
        fields = column(self._survey, self.search, gap=6, margins=(10, 12, 10, 10))
        left = column(fields, rule(), self.tree, gap=0)
        left.setStretch(2, 1)
        self._slots = Slots()
        self._slots.side_pressed.connect(self._press_side)
        self._slots.head_pressed.connect(self._press_head)
        self._slots.swapped.connect(self.swap)
        buttons = [
            action_button(self._copy, icon="copy", show_key=False),
            action_button(self._csv, icon="download", show_key=False),
            action_button(self._excel, kind="primary", icon="download", show_key=False),
        ]
        self._buttons = row(None, *buttons, gap=8)
        self._bar = row(self._slots, None, self._buttons, gap=8)
        self._told, self.conflict_banner = Banner("ok"), Banner("warn")
        self._progress = column(gap=0)
        self.sheet = TableSheet()
        self.sheet.opened.connect(self._show_behind)
        self.sheet.copied.connect(lambda text: self.shell.say(text))
        right = column(
            self._bar, self._told, self.conflict_banner, self._progress, self.sheet, gap=8, margins=(16, 12, 16, 10)
        )
        right.setStretch(4, 1)
        self._files = FileWriter(self, self._told, self._progress)
        self._empty = EmptyState(
            "table-2", tr("集計できる調査がありません"), tr("受渡を取り込むと、ここに集計表が出ます。"), tr("受信箱へ")
        )
        self._empty.pressed.connect(lambda: self.shell.go("inbox"))
        self._stack = QStackedWidget()
        self._stack.addWidget(holder(right))
        self._stack.addWidget(self._empty)
        asked = holder(left, ground="surface")
        self._panes = Panes(
            [(tr("問いと表"), asked), (tr("集計表"), self._stack)], (0.205, 0.795), main=1, lowest=480, gap=1, inset=12
        )
        self.tree.clicked.connect(lambda _index: self._panes.show_pane(1) if self.tree.current_key() else None)
        self.setLayout(column(self._panes, gap=0))

    # -- Page ----------------------------------------
    def title(self) -> str:
        return tr("集計表")

    def actions_of_page(self) -> Sequence[QAction]:
        return (
            self._excel, self._csv, self._copy, self._to_side, self._to_head, self._swap, self._alone, self._behind,
            self._find,
        )  # fmt: skip

    def first_focus(self) -> QWidget | None:
        return self.tree

    def activate(self, target: str, places: dict[str, str]) -> None:
        self._load()

    def on_changes(self) -> None:
        self._load()

    def remember(self) -> dict[str, str]:
        return {"key": self.tree.current_key(), "side": self._side, "head": self._head, "search": self.search.text()}

    def restore(self, kept: dict[str, str]) -> None:
        self._side, self._head = kept.get("side", ""), kept.get("head", "")
        self.shell.preferences.keep_text(_LAST, kept.get("key", ""))
        self.search.setText(kept.get("search", ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = look.characters(event.size().width()) < 72
        self._bar.setDirection(self._bar.Direction.TopToBottom if narrow else self._bar.Direction.LeftToRight)

    def _focus_search(self) -> None:
        self._panes.show_pane(0)
        self.search.setFocus()
        self.search.selectAll()

    # -- loading ----------------------------------------
    def _load(self) -> None:
        chosen = self.shell.preferences.text(_SURVEY)
        self.run(lambda store: load(store, chosen), self._show)

    def _choose_survey(self, survey: str) -> None:
        self.shell.preferences.keep_text(_SURVEY, survey)
        self._side = self._head = ""
        self._definition = None
        self._load()

    def _show(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._survey.set_choices([(one.id, one.name or "") for one in loaded.surveys])
        if loaded.survey is not None:
            self._survey.set_value(loaded.survey.id)
        ready = loaded.columns is not None and loaded.form is not None
        self._stack.setCurrentIndex(0 if ready else 1)
        for one in self.actions_of_page():
            one.setEnabled(ready)
        if loaded.columns is None or loaded.form is None:
            return
        key = self.tree.current_key() or self.shell.preferences.text(_LAST)
        self.tree.show_survey(loaded.form, loaded.columns, self.published())
        if not key or not self.tree.select(key):
            self.tree.select_first()
        self._choose(self.tree.current_key())

    def published(self) -> list[Definition]:
        """The report's tables of this questionnaire."""
        from visitapp.tabulation.definitions import published

        form = self._loaded.columns.form_id if self._loaded is not None and self._loaded.columns is not None else ""
        return [one for one in published() if one.form_id == form]

    # -- choosing ----------------------------------------
    def _choose(self, key: str) -> None:
        if self._loaded is None or self._loaded.columns is None or not key:
            return
        self.shell.preferences.keep_text(_LAST, key)
        if key.startswith(TABLE):
            self._side = self._head = ""
            wanted = key.removeprefix(TABLE)
            self._count(next((one for one in self.published() if one.table_id == wanted), None))
        else:
            self._head = key.removeprefix(QUESTION)
            self._count_slots()

    def _count_slots(self) -> None:
        from visitapp.tabulation.definitions import cross, one_way

        columns = self._loaded.columns if self._loaded is not None else None
        if columns is None or self._head not in columns.headings:
            return
        if self._side and self._side != self._head and self._side in columns.headings:
            side, head = (text_in(columns.heading(name).label, language()) for name in (self._side, self._head))
            title = tr("{side}別　{head}", side=without_references(side), head=without_references(head))
            self._count(replace(cross(columns, self._side, self._head), title={language(): title}))
            return
        printed = (
            one for one in self.published() if one.kind == "one_way" and [x.question for x in one.lines] == [self._head]
        )
        self._count(next(printed, None) or one_way(columns, self._head))

    def _count(self, definition: Definition | None) -> None:
        self._definition = definition
        self._show_slots()
        if definition is None or self._loaded is None:
            return
        columns, words = self._loaded.columns, language()

        def show(tables: list[Table]) -> None:
            if self._definition is definition:
                self._show_table(definition, tables[0])

        self.run(lambda _store: counted([definition], columns, words, lambda _done, _all: None), show, self._refused)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, NotNow):
            self.conflict_banner.say("warn", error_text(error))
        else:
            self.shell.show_error(error)

    def _show_table(self, definition: Definition, table: Table) -> None:
        self.sheet.show_table(table)
        self._show_conflicts(definition)

    def _show_conflicts(self, definition: Definition) -> None:
        from visitapp.commands.cases import conflicting_answers

        loaded = self._loaded
        if loaded is None or loaded.survey is None:
            return
        names = {name for line in definition.lines for name in (line.question, line.group) if name}
        found = conflicting_answers(loaded.cases, loaded.survey.id, names)
        if not found:
            self.conflict_banner.say("warn", "")
            return
        told = tr("競合中の回答が{n}件あります（{names}）。選ぶまでは、新しく書かれた値で数えています。",
                  n=len(found), names=_names(found))  # fmt: skip
        self.conflict_banner.say("warn", told)
        self.conflict_banner.offer(tr("競合を解決する"), partial(self.shell.go, "conflicts", found[0].key))

    # -- slots ----------------------------------------
    def _show_slots(self) -> None:
        columns = self._loaded.columns if self._loaded is not None else None

        def named(name: str) -> tuple[str, str]:
            if columns is None or name not in columns.headings:
                return "", ""
            heading = columns.headings[name]
            title = heading_title(heading)
            return heading.number or title[:8], title

        self._slots.show_slots(named(self._side), named(self._head))
        tags = {QUESTION + self._side: tr("表側")} if self._side else {}
        if self._side and self._head:
            tags[QUESTION + self._head] = tr("表頭")
        self.tree.set_tags(tags)
        self._swap.setEnabled(bool(self._side and self._head))

    def _current_question(self) -> str:
        key = self.tree.current_key()
        return key.removeprefix(QUESTION) if key.startswith(QUESTION) else ""

    def to_side(self) -> None:
        """The current question's options become the rows; whatever is chosen next is counted by them."""
        if name := self._current_question():
            self._side = name
            self._count_slots()
            self.shell.say(tr("表側を決めました。表頭にする問いを選んでください。"))

    def to_head(self) -> None:
        """The current question's options become the columns."""
        if name := self._current_question():
            self._head = name
            self._count_slots()

    def alone(self) -> None:
        """The current question by itself."""
        self._side = ""
        self.to_head()

    def swap(self) -> None:
        """Rows become columns."""
        if self._side and self._head:
            self._side, self._head = self._head, self._side
            self.tree.select(QUESTION + self._head)
            self._count_slots()

    def _press_side(self) -> None:
        if self._side:
            self._side = ""
            self._count_slots()
        else:
            self.to_side()

    def _press_head(self) -> None:
        if self._side:
            # Without columns the rows stand alone.
            self._head, self._side = self._side, ""
            self.tree.select(QUESTION + self._head)
            self._count_slots()
        else:
            self.to_head()

    def _offer_slots(self) -> None:
        if not self._current_question():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in (self._alone, self._to_side, self._to_head):
            menu.addAction(one)
        below = self.tree.visualRect(self.tree.currentIndex()).bottomLeft()
        menu.popup(self.tree.viewport().mapToGlobal(below + QPoint(look.px(24), 0)))

    # -- behind, copy, files ----------------------------------------
    def _open_cell(self) -> None:
        self.sheet.grid.open_current()

    def _show_behind(self, line: int, option: int, what: str) -> None:
        from visitapp.tabulation.counting import units_behind

        definition, columns = self._definition, self._loaded.columns if self._loaded is not None else None
        if definition is None or columns is None:
            return
        units = units_behind(definition, columns, line, option)

        def show(found: list[Behind]) -> None:
            dialog = BehindDialog(self, what, found)
            if "company" in self.shell.pages():
                dialog.wanted.connect(lambda company: self.shell.go("company", company))
            dialog.open()

        self.run(lambda store: load_behind(store, units), show)

    def _copy_table(self) -> None:
        self.sheet.copy()

    def write_excel(self) -> None:
        """Ask what and where, then write a workbook."""
        self._ask_scope(tr("Excelへ書き出します"), self._write_excel)

    def write_csv(self) -> None:
        """Ask what and where, then write CSV files."""
        self._ask_scope(tr("CSVへ書き出します"), self._write_csv)

    def _ask_scope(self, title: str, go_on: Callable[[bool], None]) -> None:
        if self._definition is None or self.sheet.table is None:
            return
        dialog = ScopeDialog(self, title, tr("置き場所を選ぶ"), self.sheet.table.title, len(self.published()))
        dialog.accepted.connect(lambda: go_on(dialog.whole()))
        dialog.open()

    def _wanted(self, whole: bool) -> list[Definition]:
        assert self._definition is not None
        return self.published() if whole else [self._definition]

    def _write_excel(self, whole: bool) -> None:
        assert self.sheet.table is not None and self._loaded is not None
        survey = self._loaded.survey
        path = self._files.ask_file((survey.name or "") if whole and survey is not None else self.sheet.table.title)
        if path is not None:
            wanted, columns, words = self._wanted(whole), self._loaded.columns, language()
            self._files.write(
                lambda _store, report: write_excel(partial(counted, wanted, columns, words), path, report), len(wanted)
            )

    def _write_csv(self, whole: bool) -> None:
        assert self._loaded is not None
        folder = self._files.ask_folder()
        if folder is not None:
            # For machines: Japanese labels in either language.
            wanted, columns = self._wanted(whole), self._loaded.columns
            self._files.write(
                lambda _store, report: write_csv(partial(counted, wanted, columns, "ja"), folder, report), len(wanted)
            )


def _names(cases: Sequence[Case]) -> str:
    """The companies whose answers are in conflict; the first three, and how many more."""
    names = list(dict.fromkeys(case.company.name or "" for case in cases if case.company is not None))
    shown = "、".join(names[:3])
    return tr("{names} ほか{n}社", names=shown, n=len(names) - 3) if len(names) > 3 else shown
