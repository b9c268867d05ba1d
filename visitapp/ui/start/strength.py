"""How strong a passphrase is: by length and variety, with what to do in words. Nothing is kept or sent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.style import mark
from visitapp.ui.widgets.basics import label, row

SHORTEST = 12
"""Characters a passphrase must have: three short words joined reach it."""

_BARS = 4


def strength(passphrase: str) -> int:
    """0 (empty) to 4. Below 3 it is not taken: too short, or too few different characters."""
    if not passphrase:
        return 0
    if len(passphrase) < 8:
        return 1
    if len(passphrase) < SHORTEST or len(set(passphrase)) < 6:
        return 2
    return 4 if len(passphrase) >= 20 else 3


class StrengthMeter(QWidget):
    """Four bars, a word, and how to do better."""

    def __init__(self) -> None:
        super().__init__()
        self._bars = _Bars()
        self._word = label("", "small", bold=True)
        hint = label(tr("12文字以上。短い言葉を3つつなぐと覚えやすくなります。"), "caption", tone="text2", wrap=True)
        line = row(self._bars, self._word, hint)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.show_strength(0)

    def show_strength(self, level: int) -> None:
        """Show a level of ``strength``."""
        words = {0: "", 1: tr("短すぎます"), 2: tr("もう少しです"), 3: tr("十分です"), 4: tr("とても強いです")}
        self._word.setText(words[level])
        mark(self._word, tone="ok" if level >= 3 else "warn")
        self._bars.show_level(level)


class _Bars(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._level = 0
        self.setFixedSize(look.px(180), look.px(20))

    def show_level(self, level: int) -> None:
        self._level = level
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap = look.px(4)
        width = (self.width() - gap * (_BARS - 1)) / _BARS
        full = "ok" if self._level >= 3 else "warn"
        for place in range(_BARS):
            painter.setBrush(look.colour(full if place < self._level else "sunken"))
            painter.drawRoundedRect(
                QRectF(place * (width + gap), look.px(7), width, look.px(6)), look.px(3), look.px(3)
            )
