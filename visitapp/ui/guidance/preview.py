"""The leaflet as it will be printed: the real PDF, on a grey ground, as wide as the pane."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.widgets.basics import column, holder, label


class LeafletPreview(QWidget):
    """Shows a PDF, or says why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self._view = QPdfView(self)
        self._view.setDocument(self.document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        palette = self._view.palette()
        for role in (QPalette.ColorRole.Dark, QPalette.ColorRole.Window, QPalette.ColorRole.Base):
            palette.setColor(role, look.colour("sunken"))
        self._view.setPalette(palette)
        self._words: QLabel = label("", "body", tone="text2", wrap=True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(holder(column(None, self._words, None, margins=(24, 24, 24, 24)), ground="sunken"))
        self.say(tr("載せる施策を選ぶと、ここに案内書の見本が出ます。"))

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self.document.pageCount() if self._stack.currentIndex() == 0 else 0

    def show_pdf(self, pdf: bytes) -> None:
        """Show a leaflet."""
        buffer = QBuffer(self)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self._stack.setCurrentIndex(0)

    def say(self, text: str) -> None:
        """Show words instead of a leaflet."""
        self._words.setText(text)
        self._stack.setCurrentIndex(1)
