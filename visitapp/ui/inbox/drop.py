"""The place to drop files on, and what is being watched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame

from visitapp.i18n import tr
from visitapp.ui.style import mark
from visitapp.ui.widgets.basics import column, icon_label, label, row
from visitapp.ui.widgets.buttons import action_button


class DropZone(QFrame):
    """Says what to do; the page itself takes the drop. ``change`` chooses another watched folder."""

    def __init__(self, change: QAction) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self._watched = label("", "small", tone="text2", wrap=True)
        words = label(tr("USBメモリを挿すか、ファイルをここへ置くと、届いたものが並びます"), tone="text2", wrap=True)
        button = action_button(change, kind="plain", size="tool", show_key=False)
        line = row(
            icon_label("download", 20), column(words, self._watched, gap=0), button, gap=14, margins=(16, 8, 12, 8)
        )
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_places(self, places: list[Path]) -> None:
        """The watched folder first, then what is plugged in."""
        names = [tr("見張り中：{folder}", folder=places[0])] if places else []
        names += [tr("USBメモリ「{name}」", name=place.name) for place in places[1:]]
        self._watched.setText("・".join(names))

    def set_over(self, over: bool) -> None:
        """Whether files are being held over the page."""
        mark(self, state="over" if over else "")
