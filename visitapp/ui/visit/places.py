"""Where passing things stand: a place with margins that is there only while its content is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from visitapp.ui.widgets.basics import column


class Slot(QWidget):
    """Holds one widget with margins (left, top, right, bottom in px at 100 %) and hides when it hides."""

    def __init__(self, content: QWidget, margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        self._content = content
        self.setLayout(column(content, margins=margins))
        content.installEventFilter(self)
        if content.isHidden():
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._content and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(watched, event)
