"""The look in use: which colours, and how large. Painted widgets, icons and the style sheet all ask here.

A change of colours repaints; a change of size makes the desk build its pages anew: nothing has to rescale itself.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics

from visitapp.resources import resource_path
from visitapp.ui.tokens import DARK, FONT_FAMILY, FONT_FILES, LIGHT, TYPES


class _Look:
    colours: Mapping[str, str] = LIGHT
    percent: int = 100


_in_use = _Look()


def use_colours(dark: bool) -> None:
    """Take the dark or the light colours from now on (``style.apply`` shows them)."""
    _in_use.colours = DARK if dark else LIGHT


def is_dark() -> bool:
    """Whether the dark colours are in use."""
    return _in_use.colours is DARK


def use_percent(percent: int) -> None:
    """Take a text size in percent from now on. Raises ValueError outside 100 to 200."""
    if not 100 <= percent <= 200:
        raise ValueError(percent)
    _in_use.percent = percent


def percent() -> int:
    """The text size in use, percent."""
    return _in_use.percent


def px(size: float) -> int:
    """A size given in px at 100 %, at the text size in use; never below 1 for a positive size."""
    return max(1, round(size * _in_use.percent / 100)) if size > 0 else 0


def code(token: str) -> str:
    """A colour token as "#RRGGBB" (style sheets, rich text). Raises KeyError for an unknown token."""
    return _in_use.colours[token]


def colour(token: str) -> QColor:
    """A colour token for painting. Raises KeyError for an unknown token."""
    return QColor(_in_use.colours[token])


def font(name: str, *, bold: bool | None = None) -> QFont:
    """The font of a step of the type scale; ``bold`` overrides its weight. Raises KeyError for an unknown step."""
    step = TYPES[name]
    made = QFont(FONT_FAMILY)
    made.setPixelSize(px(step.px))
    made.setBold(step.bold if bold is None else bold)
    return made


def line(name: str) -> int:
    """The line height of a step of the type scale in px."""
    return px(TYPES[name].line)


def em(characters: float) -> int:
    """The width of so many full-width body characters in px (layout answers to this, not to px)."""
    return px(TYPES["body"].px * characters)


def characters(width: int) -> float:
    """How many full-width body characters fit into ``width`` px."""
    return width / px(TYPES["body"].px)


def measure(name: str, text: str, *, bold: bool | None = None) -> int:
    """The width of ``text`` in a step of the type scale, px."""
    return QFontMetrics(font(name, bold=bold)).horizontalAdvance(text)


def load_fonts() -> None:
    """Load the fonts that ship with the program, before the first widget. Raises RuntimeError for an unreadable one."""
    # Offscreen Qt looks for system fonts first and warns when there are none; ours are enough.
    os.environ.setdefault("QT_QPA_FONTDIR", str(resource_path("fonts")))
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(resource_path("fonts", name))) < 0:
            raise RuntimeError(name)
