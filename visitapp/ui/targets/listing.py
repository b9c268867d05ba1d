"""The list of companies with search, states and filters, remembered per page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.notebook.words import town
from visitapp.ui.preferences import Preferences
from visitapp.ui.targets.columns import columns
from visitapp.ui.targets.loading import GROUPS, in_group
from visitapp.ui.widgets.basics import Card, column, holder, row, rule
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.fields import ChoiceField, Labelled
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.segments import FilterBar
from visitapp.ui.widgets.tables import Table

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine


class TargetList(Card):
    """``selected`` and ``opened`` with a target's id; ``add`` when an empty list offers a new company."""

    selected = Signal(str)
    opened = Signal(str)
    add = Signal()

    def __init__(self, preferences: Preferences, name: str, today: date, *, visitors: bool) -> None:
        super().__init__()
        self._preferences, self._name = preferences, name
        more = Button(tr("絞り込み"), icon="funnel")
        more.setCheckable(True)
        more.toggled.connect(self._show_panel)
        self.bar = FilterBar(tr("企業名・カナ・町名・法人番号"), _group_words(), more, key="Ctrl F")
        self.bar.states.choose("all")
        self.bar.changed.connect(self._sift)
        self._filters = {"town": ChoiceField(), "industry": ChoiceField(), "visitor": ChoiceField()}
        self._panel = self._make_panel()
        self.table = Table(columns(today, visitors=visitors), tr("企業の一覧"))
        self.table.selected.connect(self.selected)
        self.table.opened.connect(self.opened)
        self._nothing = EmptyState(
            "search", tr("あてはまる企業はありません"), tr("言葉や条件を減らしてください。"), tr("条件をはずす")
        )
        self._nothing.pressed.connect(self.show_all)
        self._empty = EmptyState(
            "building-2",
            tr("企業がまだありません"),
            tr("本部からの割当を受け取るか、企業を加えてください。"),
            tr("企業を加える"),
        )
        self._empty.pressed.connect(self.add)
        self._stack = QStackedWidget()
        for part in (self.table, self._nothing, self._empty):
            self._stack.addWidget(part)
        layout = column(self.bar, self._panel, rule(), gap=0, margins=(1, 1, 1, 1))
        layout.addWidget(self._stack, 1)
        self.setLayout(layout)
        self._recall()

    def _show_panel(self, wanted: bool) -> None:
        # Active filters stay in sight.
        self._panel.setVisible(wanted or self._narrowed())

    def _make_panel(self) -> QWidget:
        words = {"town": tr("町名"), "industry": tr("業種"), "visitor": tr("担当")}
        for field in self._filters.values():
            field.picked.connect(lambda _value: self._sift())
        parts = [Labelled(words[key], field) for key, field in self._filters.items()]
        made = holder(row(*parts, None, gap=12, margins=(12, 0, 12, 10)), ground="surface")
        made.hide()
        return made

    def _recall(self) -> None:
        self.bar.states.choose(self._preferences.text(f"{self._name}/state", "all"))
        self.table.restore_columns(self._preferences.state(self._columns_name()))

    def _columns_name(self) -> str:
        # Widths are kept for each text size: those of one do not fit another.
        return f"{self._name}/columns-{look.percent()}"

    def keep(self) -> None:
        """Remember state filter and columns."""
        self._preferences.keep_text(f"{self._name}/state", self.bar.states.current())
        if self.table.touched:
            self._preferences.keep_state(self._columns_name(), self.table.columns_state())

    def show_lines(self, lines: tuple[TargetLine, ...]) -> None:
        """Show these companies, with counts by state."""
        for group, _states in GROUPS:
            self.bar.states.set_count(group, sum(in_group(line.state, group) for line in lines))
        self._offer("town", sorted({town(line.company.address) for line in lines} - {""}))
        self._offer("industry", sorted({line.company.industry or "" for line in lines} - {""}))
        self._offer("visitor", sorted({line.target.visitor or "" for line in lines} - {""}))
        self.table.set_rows([(line.target.id, line) for line in lines])
        self._sift()

    def _offer(self, key: str, values: list[str]) -> None:
        self._filters[key].set_choices([("", tr("すべて")), *((value, value) for value in values)])

    def _narrowed(self) -> bool:
        return any(field.value() for field in self._filters.values())

    def show_all(self) -> None:
        """Take every filter away."""
        self.bar.search.clear()
        self.bar.states.choose("all")
        for field in self._filters.values():
            field.set_value("")
        self._sift()

    def _sift(self) -> None:
        wanted = normalised(self.bar.search.text())
        group = self.bar.states.current()
        chosen = {key: field.value() for key, field in self._filters.items() if field.value()}

        def passes(line: TargetLine) -> bool:
            company = line.company
            facts = {"town": town(company.address), "industry": company.industry, "visitor": line.target.visitor}
            return (
                wanted in line.search_key and in_group(line.state, group)
                and all(facts[key] == value for key, value in chosen.items())
            )  # fmt: skip

        self.table.sieve.set_filter(passes)
        some = self.table.rows.rowCount() > 0
        self._stack.setCurrentIndex(0 if self.table.shown() else 1 if some else 2)
        self.table.select_first()


def _group_words() -> list[tuple[str, str]]:
    words = (tr("すべて"), tr("未訪問"), tr("予定"), tr("途中"), tr("確定"), tr("回答なし"))
    return [(group, word) for (group, _states), word in zip(GROUPS, words, strict=True)]
