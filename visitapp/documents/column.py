"""Pieces of a page stacked from top to bottom: measured first, drawn later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from visitapp.documents.pen import Pen
from visitapp.documents.text import Laid

Draw = Callable[[Pen, float, float], None]
"""Draws a piece with its upper left corner at (x, top), mm."""


class Block(Protocol):
    """Something as wide as the text that stays on one page."""

    @property
    def height(self) -> float:
        """mm."""

    def draw(self, pen: Pen, top: float) -> None:
        """Draw it with its upper edge at ``top`` mm."""


class Column:
    """A stack of pieces; ``height`` in mm is known before anything is drawn."""

    def __init__(self) -> None:
        self.height = 0.0
        self._pieces: list[tuple[float, Draw]] = []

    def add(self, height: float, draw: Draw) -> None:
        """A piece below the last one."""
        self._pieces.append((self.height, draw))
        self.height += height

    def text(self, laid: Laid, indent: float = 0.0) -> None:
        """A paragraph."""
        self.add(laid.height, lambda pen, x, top: laid.draw(pen, x + indent, top))

    def space(self, height: float) -> None:
        """Room."""
        self.height += height

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw every piece."""
        for offset, draw in self._pieces:
            draw(pen, x, top + offset)
