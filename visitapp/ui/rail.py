"""The rail of the house: pages by icon and word, with the number of tasks that wait."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.tokens import RAIL
from visitapp.ui.widgets.basics import column, holder, scroller
from visitapp.ui.widgets.texts import lines_of

_HEIGHT = 60


class RailButton(QAbstractButton):
    """One entry: icon 24, word, badge; the current one has a soft ground and a bar."""

    def __init__(self, icon_name: str, word: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self._badge, self._badge_tone = 0, "accent"
        self.setText(word)
        self.setCheckable(True)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        more = look.line("caption") * (len(self._lines()) - 1)
        return QSize(look.px(RAIL - 1), look.px(_HEIGHT) + more)

    def _lines(self) -> list[str]:
        """The word, broken where it is too long for the rail (English)."""
        return lines_of(self.text(), look.font("small", bold=True), look.px(RAIL - 6))

    def set_badge(self, count: int, tone: str) -> None:
        """Show how many wait; 0 hides it."""
        self._badge, self._badge_tone = count, tone
        self.setAccessibleName(tr("{word}、{n}件", word=self.text(), n=count) if count else self.text())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accent" if self.isChecked() else "text2"
        inner = QRectF(look.px(6), 0, self.width() - look.px(12), self.height())
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accentSoft" if self.isChecked() else "surface2"))
            painter.drawRoundedRect(inner, look.px(6), look.px(6))
        if self.isChecked():
            painter.fillRect(QRectF(0, look.px(8), look.px(3), self.height() - look.px(16)), look.colour("accent"))
        size = look.px(24)
        middle = self.width() // 2
        paint_icon(painter, self._icon_name, QRect(middle - size // 2, look.px(9), size, size), token)
        painter.setFont(look.font("small", bold=self.isChecked()))
        painter.setPen(look.colour(token))
        for place, words in enumerate(self._lines()):
            line = QRect(0, look.px(34) + look.line("caption") * place, self.width(), look.px(20))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, words.strip())
        if self._badge:
            self._paint_badge(painter, middle)

    def _paint_badge(self, painter: QPainter, middle: int) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(look.font("caption", bold=True))
        width = max(look.px(18), painter.fontMetrics().horizontalAdvance(text) + look.px(8))
        rect = QRectF(middle + look.px(7), look.px(5), width, look.px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(self._badge_tone))
        painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setPen(look.colour("onAccent"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QFrame):
    """The entries in their order, 設定 and 鍵をかける at the foot. ``chosen`` with the id."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[tuple[str, str, str]], foot: Sequence[tuple[str, str, str]]) -> None:
        """``entries`` and ``foot``: (id, icon, word)."""
        super().__init__()
        self.setProperty("role", "rail")
        self.setFixedWidth(look.px(RAIL))
        self._buttons: dict[str, RailButton] = {}
        upper = column(*(self._add(*entry) for entry in entries), None, gap=2)
        lower = column(*(self._add(*entry) for entry in foot), gap=2)
        # With large text there may be more entries than room: they scroll, the foot stays.
        self._room = scroller(holder(upper))
        self._room.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = column(self._room, lower, gap=2, margins=(0, 8, 0, 8))
        layout.setStretch(0, 1)
        self.setLayout(layout)

    def _add(self, key: str, icon_name: str, word: str) -> RailButton:
        button = RailButton(icon_name, word)
        button.clicked.connect(lambda _on, key=key: self._press(key))
        self._buttons[key] = button
        return button

    def _press(self, key: str) -> None:
        # The page shown decides what is checked, not the click.
        self._buttons[key].setChecked(not self._buttons[key].isChecked())
        self.chosen.emit(key)

    def show_current(self, key: str) -> None:
        """Mark the page that is shown."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        if key in self._buttons:
            self._room.ensureWidgetVisible(self._buttons[key], 0, 0)

    def set_badge(self, key: str, count: int, tone: str) -> None:
        """Show a number at an entry."""
        if key in self._buttons:
            self._buttons[key].set_badge(count, tone)
