"""Draws on a page measured in mm from its upper left corner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from visitapp.documents.fonts import width_of
from visitapp.documents.tokens import MM, PAGE_HEIGHT, Style

_HATCH, _DOTS = 1.1, 1.5
"""Distance of hatch lines and of dots in mm."""


def text_width(text: str, style: Style) -> float:
    """The width of a line in mm."""
    return (width_of(text, style.font, style.size) + style.size * style.spacing * len(text)) / MM


def line_height(style: Style) -> float:
    """The height of a line in mm."""
    return style.leading / MM


class Pen:
    """A canvas in mm; ``palette`` gives the colours their value."""

    def __init__(self, canvas: Canvas, palette: Mapping[str, str]) -> None:
        self._canvas = canvas
        self._palette = palette

    def text(self, x: float, top: float, text: str, style: Style, ink: str = "") -> float:
        """One line whose line box begins at ``top``; returns the x where it ends."""
        # Noto's em box ends 0.12 em below the base line.
        base = top + ((style.leading - style.size) / 2 + 0.88 * style.size) / MM
        return self.text_on(x, base, text, style, ink)

    def text_on(self, x: float, base: float, text: str, style: Style, ink: str = "") -> float:
        """One line on the base line ``base``; returns the x where it ends."""
        if text:
            self._canvas.setFillColor(self._palette[ink or style.ink])
            self._canvas.setFont(style.font, style.size)
            self._canvas.drawString(x * MM, self._y(base), text, charSpace=style.size * style.spacing)
        return x + text_width(text, style)

    def rect(
        self, x: float, top: float, width: float, height: float, *,
        line: float = 0.0, fill: str = "", ink: str = "ink", radius: float = 0.0,
    ) -> None:  # fmt: skip
        """A rectangle: ``line`` is the width of its edge in pt (0: none), ``fill`` a colour ("": none)."""
        self._edge(line, ink, fill)
        place = (x * MM, self._y(top + height), width * MM, height * MM)
        if radius:
            self._canvas.roundRect(*place, radius * MM, stroke=int(line > 0), fill=int(bool(fill)))
        else:
            self._canvas.rect(*place, stroke=int(line > 0), fill=int(bool(fill)))

    def circle(self, x: float, top: float, size: float, line: float, fill: str = "white") -> None:
        """A circle in the square of ``size`` mm whose corner is (x, top)."""
        self._edge(line, "ink", fill)
        self._canvas.circle((x + size / 2) * MM, self._y(top + size / 2), size / 2 * MM, stroke=1, fill=1)

    def rule(self, x: float, end: float, y: float, line: float, ink: str = "ink") -> None:
        """A level line."""
        self._edge(line, ink, "")
        self._canvas.line(x * MM, self._y(y), end * MM, self._y(y))

    def upright(self, x: float, top: float, bottom: float, line: float, ink: str = "ink") -> None:
        """An upright line."""
        self._edge(line, ink, "")
        self._canvas.line(x * MM, self._y(top), x * MM, self._y(bottom))

    def dots(self, x: float, end: float, y: float, line: float = 0.6) -> None:
        """A dotted line to write on."""
        self._edge(line, "ink", "")
        self._canvas.setDash(0.7, 1.4)
        self._canvas.line(x * MM, self._y(y), end * MM, self._y(y))
        self._canvas.setDash()

    def hatch(self, x: float, top: float, width: float, height: float) -> None:
        """Lines at 45 degrees within a rectangle (ReportLab has no pattern fill)."""
        with self._clipped(x, top, width, height):
            self._edge(0.5, "ink", "")
            steps = int((width + height) / _HATCH) + 1
            for step in range(steps):
                left = x - height + step * _HATCH
                self._canvas.line(left * MM, self._y(top + height), (left + height) * MM, self._y(top))

    def speckle(self, x: float, top: float, width: float, height: float) -> None:
        """Dots within a rectangle."""
        with self._clipped(x, top, width, height):
            self._edge(0.0, "ink", "ink")
            for row in range(int(height / _DOTS) + 1):
                for column in range(int(width / _DOTS) + 1):
                    centre = (x + (column + row % 2 / 2 + 0.3) * _DOTS) * MM
                    self._canvas.circle(centre, self._y(top + (row + 0.5) * _DOTS), 0.6, stroke=0, fill=1)

    def cells(self, x: float, top: float, size: float, dark: list[list[bool]]) -> None:
        """A square of dark and light cells (QR), neighbours in a row drawn as one."""
        self._edge(0.0, "ink", "ink")
        side = size / len(dark)
        for number, row in enumerate(dark):
            y = self._y(top + (number + 1) * side)
            for start, end in _runs(row):
                # A hair higher than a cell, or renderers leave a pale seam between rows.
                self._canvas.rect(
                    (x + start * side) * MM, y - 0.03, (end - start) * side * MM, side * MM + 0.06, stroke=0, fill=1
                )

    def picture(self, x: float, top: float, width: float, height: float, image: object) -> None:
        """A picture (ReportLab ImageReader) on white."""
        self._canvas.drawImage(image, x * MM, self._y(top + height), width * MM, height * MM)

    def mark(self, key: str, title: str) -> None:
        """An entry of the outline that leads to this page."""
        self._canvas.bookmarkPage(key)
        self._canvas.addOutlineEntry(title, key)

    def _y(self, from_top: float) -> float:
        return (PAGE_HEIGHT - from_top) * MM

    def _edge(self, line: float, ink: str, fill: str) -> None:
        self._canvas.setLineWidth(line)
        self._canvas.setStrokeColor(self._palette[ink])
        if fill:
            self._canvas.setFillColor(self._palette[fill])

    @contextmanager
    def _clipped(self, x: float, top: float, width: float, height: float) -> Iterator[None]:
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(x * MM, self._y(top + height), width * MM, height * MM)
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()


def _runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    start = None
    for place, dark in enumerate([*row, False]):
        if dark and start is None:
            start = place
        elif not dark and start is not None:
            yield start, place
            start = None
