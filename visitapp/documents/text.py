"""Running text: broken into lines once, drawn later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from visitapp.documents.fonts import advances, printable
from visitapp.documents.kinsoku import break_lines
from visitapp.documents.pen import Pen, text_width
from visitapp.documents.tokens import MM, Style


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line in one style."""

    text: str
    style: Style


@dataclass(frozen=True, slots=True)
class Laid:
    """Text in lines. ``height`` in mm; every line is as high as the largest style in the text asks for."""

    lines: tuple[tuple[Run, ...], ...]
    leading: float

    @property
    def height(self) -> float:
        """mm."""
        return len(self.lines) * self.leading / MM

    @property
    def last_width(self) -> float:
        """The width of the last line in mm."""
        return sum(text_width(run.text, run.style) for run in self.lines[-1]) if self.lines else 0.0

    def draw(self, pen: Pen, x: float, top: float, ink: str = "") -> None:
        """Each line with its runs on one base line."""
        size = max((run.style.size for line in self.lines for run in line), default=0.0)
        for number, line in enumerate(self.lines):
            base = top + (number * self.leading + (self.leading - size) / 2 + 0.88 * size) / MM
            place = x
            for run in line:
                place = pen.text_on(place, base, run.text, run.style, ink)


def lay(text: str, style: Style, width: float, keep_last: int = 0) -> Laid:
    """A paragraph of one style in lines of ``width`` mm; its last ``keep_last`` characters stay together."""
    return lay_runs([Run(text, style)], width, keep_last)


def lay_marked(text: str, styles: Mapping[bool, Style], width: float) -> Laid:
    """A paragraph with ``**emphasised**`` parts; ``styles[True]`` is theirs."""
    parts = text.split("**")
    return lay_runs([Run(part, styles[number % 2 == 1]) for number, part in enumerate(parts) if part], width)


def lay_runs(runs: list[Run], width: float, keep_last: int = 0) -> Laid:
    """A paragraph of several styles in lines of ``width`` mm; blanks at the end of a line are dropped."""
    shown = [Run(printable(run.text), run.style) for run in runs]
    text = "".join(run.text for run in shown)
    owners = [run.style for run in shown for _ in run.text]
    widths = [
        advance + run.style.size * run.style.spacing
        for run in shown
        for advance in advances(run.text, run.style.font, run.style.size)
    ]
    places = break_lines(text, widths, width * MM, keep_last)
    lines = tuple(_runs_of(text[start:end].rstrip(" "), owners[start:end]) for start, end in places)
    return Laid(lines, max((run.style.leading for run in shown), default=0.0))


def _runs_of(line: str, owners: list[Style]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for character, style in zip(line, owners, strict=False):
        if runs and runs[-1].style is style:
            runs[-1] = Run(runs[-1].text + character, style)
        else:
            runs.append(Run(character, style))
    return tuple(runs)
