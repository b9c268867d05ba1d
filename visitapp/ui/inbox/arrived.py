"""The card at the left: what has arrived, or what was taken in before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from visitapp.i18n import tr
from visitapp.ui.inbox.history import HistoryTable
from visitapp.ui.inbox.listing import ArrivalList
from visitapp.ui.widgets.basics import Card, column, label, row, rule
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival
    from visitapp.store.records import Package

ARRIVED, HISTORY = "arrived", "history"


class ArrivedCard(Card):
    """``turned`` when another list or another line of the history is shown; ``choose`` from the empty list."""

    turned = Signal()
    choose = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._segments = Segments([(ARRIVED, tr("届いた受渡")), (HISTORY, tr("これまでの取込"))], size="tool")
        self._segments.choose(ARRIVED)
        self._segments.chosen.connect(self.show_list)
        self._counts = label("", "small", tone="text2", wrap=True)
        head = row(self._segments, self._counts, gap=10, margins=(12, 8, 12, 8))
        head.setStretch(1, 1)
        self.progress: QBoxLayout = column(gap=0)
        self.list = ArrivalList(today)
        self.history = HistoryTable(today)
        self.history.selected.connect(lambda _id: self.turned.emit())
        empty = EmptyState(
            "inbox",
            tr("届いた受渡はありません"),
            tr("USBメモリを挿すか、ファイルを選んでください。"),
            tr("ファイルを選ぶ"),
        )
        empty.pressed.connect(self.choose)
        self._lists = QStackedWidget()
        for part in (self.list, empty, self.history):
            self._lists.addWidget(part)
        layout = column(head, rule(), self.progress, self._lists, gap=0, margins=(1, 1, 1, 1))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_arrivals(self, arrivals: Sequence[Arrival]) -> None:
        """Show what has arrived."""
        self.list.show_arrivals(arrivals)
        self.show_list(self._segments.current())

    def show_list(self, which: str) -> None:
        """Show one of the two lists."""
        self._segments.choose(which)
        if which == HISTORY:
            self._lists.setCurrentIndex(2)
            self._counts.setText(tr("{n}件", n=self.history.shown()))
            self.history.select_first()
        else:
            arrivals = self.list.arrivals.arrivals()
            self._lists.setCurrentIndex(0 if arrivals else 1)
            self._counts.setText(_summary(arrivals))
        self.turned.emit()

    def current_package(self) -> Package | None:
        """The line of the history that is selected; None while the other list is shown."""
        if self._segments.current() != HISTORY:
            return None
        return self.history.rows.get(self.history.current_id())


def _summary(arrivals: Sequence[Arrival]) -> str:
    """取り込める 3・待ち 1・取り込めない 1・取込済み 2."""
    states = [one.state for one in arrivals]
    parts = [
        tr("取り込める {n}", n=states.count("ready")) if "ready" in states else "",
        tr("待ち {n}", n=states.count("waiting")) if "waiting" in states else "",
        tr("取り込めない {n}", n=states.count("refused")) if "refused" in states else "",
        tr("取込済み {n}", n=states.count("again")) if "again" in states else "",
    ]
    return "・".join(part for part in parts if part)
