"""The two shells around a page: the house (rail, page, status bar) and the room (head, page, foot)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.i18n import tr
from visitapp.ui.bars import RoomFoot, RoomHead, StatusBar
from visitapp.ui.page import Page
from visitapp.ui.pages import PageEntry
from visitapp.ui.rail import Rail
from visitapp.ui.saved import SaveState
from visitapp.ui.widgets.basics import column, row


class HouseFrame(QWidget):
    """Everything but the interview. ``chosen`` with the rail's id ("settings" and "lock" at its foot)."""

    chosen = Signal(str)

    def __init__(
        self, entries: Sequence[PageEntry], saved: SaveState, device: str, person: str, actions: dict[str, QAction]
    ) -> None:
        super().__init__()
        foot = (("settings", "sliders-horizontal", tr("設定")), ("lock", "lock", tr("鍵をかける")))
        self.rail = Rail([(one.id, one.icon, one.word()) for one in entries if one.word is not None], foot)
        self.rail.chosen.connect(self.chosen)
        self.stack = QStackedWidget()
        self.status = StatusBar(saved, device, person, actions)
        upper = row(self.rail, self.stack, gap=0)
        upper.setStretch(1, 1)
        layout = column(upper, self.status, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def show_page(self, page: Page) -> None:
        """Show a page and mark it in the rail."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.show_current(page.id)


class RoomFrame(QWidget):
    """回答 → 施策の案内 → 確認・確定. Signals as ``RoomHead``."""

    def __init__(self, saved: SaveState) -> None:
        super().__init__()
        self.head = RoomHead()
        self.stack = QStackedWidget()
        self.foot = RoomFoot(saved)
        layout = column(self.head, self.stack, self.foot, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_page(self, page: Page) -> None:
        """Show a page with its head widgets, foot buttons and key hints."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.head.show_step(page.id)
        self.refresh(page)

    def refresh(self, page: Page) -> None:
        """Take head widgets, foot buttons and key hints from the page again."""
        self.head.show_widgets(page.head_widgets())
        self.foot.show_buttons(page.foot_buttons())
        self.foot.show_hints(page.key_hints())
