"""表側 and 表頭: what a table is crossed by, and what it counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui.widgets.basics import row
from visitapp.ui.widgets.buttons import Button, icon_button


class Slots(QWidget):
    """``side_pressed`` sets or clears the side; ``swapped`` turns both round. Full titles stand over the table."""

    side_pressed = Signal()
    head_pressed = Signal()
    swapped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.side = Button(tr("表側を決める"), icon="plus")
        self.head = Button(tr("表頭を決める"), icon="plus")
        self._swap = icon_button("arrow-up-down", tr("表側と表頭を入れかえる"))
        self.side.clicked.connect(self.side_pressed)
        self.head.clicked.connect(self.head_pressed)
        self._swap.clicked.connect(self.swapped)
        self.setLayout(row(self.side, self._swap, self.head, gap=8))

    def show_slots(self, side: tuple[str, str], head: tuple[str, str]) -> None:
        """(short name, full title) of each; ("", "") for an empty one."""
        self._show(self.side, tr("表側"), side, tr("表側を決める"))
        self._show(self.head, tr("表頭"), head, tr("表頭を決める"))
        self._swap.setEnabled(bool(side[0] and head[0]))

    @staticmethod
    def _show(button: Button, word: str, slot: tuple[str, str], empty: str) -> None:
        short, full = slot
        button.set_icon_name("x" if short else "plus")
        button.setText(tr("{slot}　{name}", slot=word, name=short) if short else empty)
        button.setToolTip(tr("{title}（押すと、はずします）", title=full) if short else empty)
        button.setAccessibleName(f"{word}　{full}" if short else empty)
