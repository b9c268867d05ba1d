"""Outline icons from ``resources/icons``, drawn in the colour of a token by one icon engine.

The colour is looked up when the icon is painted, so that light and dark need no second set.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from visitapp.resources import resource_path
from visitapp.ui import look

_STROKE = 'stroke-width="2"'


@cache
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _stroke_width(size: int) -> float:
    """Optical weight on the 24 grid: heavier when small, lighter when large."""
    at_normal_size = size * 100 / look.percent()
    if at_normal_size <= 14:
        return 2.2
    return 1.4 if at_normal_size >= 32 else 1.8


@cache
def _renderer(name: str, code: str, stroke: float) -> QSvgRenderer:
    text = _source(name).replace("currentColor", code).replace(_STROKE, f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))


def paint_icon(painter: QPainter, name: str, rect: QRect | QRectF, token: str) -> None:
    """Draw an icon into ``rect`` (square) in a token's colour. Raises FileNotFoundError for an unknown icon."""
    stroke = _stroke_width(round(rect.width()))
    _renderer(name, look.code(token), stroke).render(painter, QRectF(rect))


class _Engine(QIconEngine):
    """Draws one icon in the colours of its control's states."""

    def __init__(self, name: str, colour: str, chosen: str) -> None:
        super().__init__()
        self._name, self._colour, self._chosen = name, colour, chosen

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour, self._chosen)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        token = self._chosen if state == QIcon.State.On else self._colour
        if mode == QIcon.Mode.Disabled:
            token = "text3"
        paint_icon(painter, self._name, rect, token)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:  # noqa: N802
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.scale(scale, scale)
        self.paint(painter, QRect(QPoint(0, 0), size / scale), mode, state)
        painter.end()
        return made


def icon(name: str, colour: str = "text", chosen: str = "") -> QIcon:
    """An icon in a token's colour; ``chosen`` is the token of a checked control (default: the same)."""
    _source(name)
    return QIcon(_Engine(name, colour, chosen or colour))
