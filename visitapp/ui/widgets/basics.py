"""Labels, cards, rules and layouts: the small pieces every screen is made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.style import mark


def label(text: str, step: str = "body", *, bold: bool | None = None, tone: str = "", wrap: bool = False) -> QLabel:
    """A text in a step of the type scale; ``tone``: "", text2, text3, accent, ok, warn, err. Plain, never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(look.font(step, bold=bold))
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    made.setProperty("tone", tone)
    return made


class IconLabel(QLabel):
    """An icon that stands beside its word, in a token's colour; ``size`` in px at 100 %."""

    def __init__(self, name: str, size: int, token: str = "text2") -> None:
        super().__init__()
        self._name, self._token = name, token
        self.setFixedSize(look.px(size), look.px(size))

    def show_icon(self, name: str, token: str) -> None:
        """Another icon or colour; "" shows nothing."""
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._name:
            side = min(self.width(), self.height())
            middle = (self.width() - side) // 2, (self.height() - side) // 2
            paint_icon(QPainter(self), self._name, QRect(*middle, side, side), self._token)


def icon_label(name: str, size: int, token: str = "text2") -> IconLabel:
    """An icon that stands beside its word; ``size`` in px at 100 %."""
    return IconLabel(name, size, token)


def frame(role: str) -> QFrame:
    """A frame the style sheet knows by its role: card, panel, banner, rail, status ..."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """A hairline across."""
    made = frame("rule")
    made.setFixedHeight(look.px(1))
    return made


def rule_down() -> QFrame:
    """A hairline downwards."""
    made = frame("rulev")
    made.setFixedWidth(look.px(1))
    return made


Piece = QWidget | QLayout | int | None
"""What a row or column is made of: a widget, a layout, a gap in px at 100 %, or None for a stretch."""


def row(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """Pieces side by side; gaps and margins (left, top, right, bottom) in px at 100 %."""
    return _fill(QHBoxLayout(), pieces, gap, margins)


def column(*pieces: Piece, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """Pieces one under another; gaps and margins (left, top, right, bottom) in px at 100 %."""
    return _fill(QVBoxLayout(), pieces, gap, margins)


L = TypeVar("L", bound=QBoxLayout)
A = TypeVar("A", bound=QScrollArea)


def _fill(layout: L, pieces: Iterable[Piece], gap: int, margins: tuple[int, int, int, int]) -> L:
    layout.setSpacing(look.px(gap))
    layout.setContentsMargins(*(look.px(side) for side in margins))
    for piece in pieces:
        if piece is None:
            layout.addStretch(1)
        elif isinstance(piece, int):
            layout.addSpacing(look.px(piece))
        elif isinstance(piece, QLayout):
            layout.addLayout(piece)
        else:
            layout.addWidget(piece)
    return layout


def holder(layout: QLayout, *, ground: str = "") -> QWidget:
    """A widget that holds a layout; ``ground`` is bg, surface, surface2 or sunken."""
    made = QWidget()
    made.setLayout(layout)
    if ground:
        made.setProperty("ground", ground)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def scroller(content: QWidget) -> QScrollArea:
    """A scroll area that only scrolls up and down."""
    return make_scroller(QScrollArea(), content)


def make_scroller(made: A, content: QWidget) -> A:
    """Let a scroll area hold this and scroll it up and down only."""
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setWidget(content)
    # The ground is that of whatever the area stands on.
    made.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


class Card(QFrame):
    """A card: surface, hairline, radius 6. ``state``: "", "current", "warn", "error"."""

    def __init__(self, content: QLayout | None = None, *, role: str = "card") -> None:
        super().__init__()
        self.setProperty("role", role)
        if content is not None:
            self.setLayout(content)

    def set_state(self, state: str) -> None:
        """Show another state."""
        mark(self, state=state)


def facts(lines: Iterable[tuple[str, str]], *, width: int = 51) -> QWidget:
    """Names at the left in ``text3``, values at the right, wrapping; ``width`` of the names in px at 100 %."""
    layout = column(gap=3)
    shown = list(lines)
    widest = max((look.measure("small", name) for name, _value in shown), default=0) + look.px(8)
    for name, value in shown:
        left = label(name, "small", tone="text3")
        left.setFixedWidth(max(look.px(width), widest))
        left.setAlignment(Qt.AlignmentFlag.AlignTop)
        right = label(value, "small", wrap=True)
        right.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = row(left, right, gap=0)
        line.setStretch(1, 1)
        layout.addLayout(line)
    return holder(layout)
