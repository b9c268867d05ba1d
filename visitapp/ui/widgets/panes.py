"""Panes side by side; on a narrow window one at a time, chosen above. Nothing is squashed: what has no room scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visitapp.ui import look
from visitapp.ui.widgets.basics import column, holder, row, scroller
from visitapp.ui.widgets.segments import Segments


class Panes(QWidget):
    """``panes``: (word, widget) from left to right. ``shares`` are their parts of the width, ``main`` the one that is
    shown first on a narrow window; below ``least`` body characters in width the window is narrow. ``lowest``: height in px at
    100 % under which the whole scrolls; ``gap`` between panes; ``inset`` around the tabs."""

    def __init__(
        self, panes: Sequence[tuple[str, QWidget]], shares: Sequence[float], *, main: int = 0, least: float = 62,
        lowest: int = 420, gap: int = 14, inset: int = 0,
    ) -> None:  # fmt: skip
        super().__init__()
        self._panes = [widget for _word, widget in panes]
        self._shares, self._least, self._lowest = tuple(shares), least, lowest
        self.narrow = False
        self._tabs = Segments([(str(place), word) for place, (word, _widget) in enumerate(panes)], size="tool")
        self._tabs.choose(str(main))
        self._tabs.chosen.connect(lambda _key: self._show())
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(look.px(gap))
        self._split.setChildrenCollapsible(False)
        for widget in self._panes:
            self._split.addWidget(widget)
        self._head = holder(row(self._tabs, None, margins=(inset, inset, inset, 0)))
        inside = column(self._head, self._split, gap=8 if not inset else 0)
        inside.setStretch(1, 1)
        layout = column(scroller(holder(inside)), gap=0)
        self.setLayout(layout)
        self._show()

    def show_pane(self, place: int) -> None:
        """On a narrow window: show this one."""
        self._tabs.choose(str(place))
        self._show()

    def set_shares(self, shares: Sequence[float]) -> None:
        """Divide the width otherwise."""
        self._shares = tuple(shares)
        self._share()

    def _show(self) -> None:
        self._head.setVisible(self.narrow)
        shown = int(self._tabs.current() or 0)
        for place, widget in enumerate(self._panes):
            widget.setVisible(not self.narrow or place == shown)
        self._split.setMinimumHeight(look.px(self._lowest))

    def _share(self) -> None:
        room = self._split.width()
        self._split.setSizes([round(room * share) for share in self._shares])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = look.characters(event.size().width()) < self._least
        if narrow != self.narrow:
            self.narrow = narrow
            self._show()
        self._share()
