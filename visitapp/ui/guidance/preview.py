"""The leaflet as it will be printed: the pages of the real PDF, on a grey ground, as wide as the pane.

The pages are drawn here and now, not by Qt's own PDF view: that one draws on a thread of its own, which crashes when
the document is replaced or goes while it draws (PySide6 6.12).
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.widgets.basics import column, holder, label

_GAP = 10


class _Pages(QWidget):
    """The pages one under another, as wide as the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self._images: list[QImage] = []
        self._kept: QBuffer | None = None

    def load(self, pdf: bytes) -> None:
        """Show another PDF."""
        buffer = QBuffer(self.document)
        buffer.setData(QByteArray(pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(buffer)
        self._kept = buffer
        self._draw()

    def _draw(self) -> None:
        width, ratio = max(1, self.width() - 2 * _GAP), self.devicePixelRatioF()
        self._images = []
        for page in range(self.document.pageCount()):
            points = self.document.pagePointSize(page)
            height = round(width * points.height() / points.width())
            image = self.document.render(page, QSize(round(width * ratio), round(height * ratio)))
            image.setDevicePixelRatio(ratio)
            self._images.append(image)
        self.setFixedHeight(sum(round(image.height() / ratio) + _GAP for image in self._images) + _GAP)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = _GAP
        painter.setPen(QPen(look.colour("border"), 1))
        for image in self._images:
            height = round(image.height() / image.devicePixelRatio())
            painter.fillRect(_GAP, top, self.width() - 2 * _GAP, height, Qt.GlobalColor.white)
            painter.drawImage(_GAP, top, image)
            painter.drawRect(_GAP, top, self.width() - 2 * _GAP - 1, height - 1)
            top += height + _GAP
        painter.end()


class LeafletPreview(QWidget):
    """Shows a PDF, or says why there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = _Pages()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        area.setAccessibleName(tr("案内書の見本"))
        area.setWidget(self._pages)
        self._words = label("", "body", tone="text2", wrap=True)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(area)
        self._stack.addWidget(holder(column(None, self._words, None, margins=(24, 24, 24, 24)), ground="sunken"))
        self.say(tr("載せる施策を選ぶと、ここに案内書の見本が出ます。"))

    @property
    def document(self) -> QPdfDocument:
        """The PDF that is shown."""
        return self._pages.document

    @property
    def pages(self) -> int:
        """How many pages are shown."""
        return self.document.pageCount() if self._stack.currentIndex() == 0 else 0

    @property
    def words(self) -> str:
        """What is said instead of a leaflet."""
        return self._words.text() if self._stack.currentIndex() == 1 else ""

    def show_pdf(self, pdf: bytes) -> None:
        """Show a leaflet."""
        self._stack.setCurrentIndex(0)
        self._pages.load(pdf)

    def say(self, text: str) -> None:
        """Show words instead of a leaflet."""
        self._words.setText(text)
        self._stack.setCurrentIndex(1)
