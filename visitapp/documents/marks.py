"""The small marks of paper: badges, pills, 要確認 with its writing line, rate bars, QR codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.tokens import BOLD, FRAME, MM, WRITING, Style

_CHIP_PAD, _PILL_PAD, _WORD_PAD = 1.5, 2.2, 1.4
_QR_SIDE = {1: 15.5, 2: 15.5, 3: 15.5, 4: 15.5, 5: 18.0, 6: 20.0}
_MODULE = 0.48
"""Smallest cell of a larger QR code, mm."""

Fill = Literal["solid", "hatch", "dots", "white"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rate bar; the first of ``labels`` that it has room for is written in it."""

    labels: tuple[str, ...]
    share: float
    fill: Fill


def badge_width(level: str, size: float) -> float:
    """The width of a provider's badge in mm."""
    if level in ("区", "都", "国"):
        return size
    return text_width(level, _badge_style(level, size)) + 2 * _WORD_PAD


def badge(pen: Pen, level: str, x: float, top: float, size: float) -> float:
    """Who runs it: 区 filled square, 都 double-line square, 国 circle, others a pill with the word.

    Returns its end.
    """
    width = badge_width(level, size)
    style = _badge_style(level, size)
    ink = "ink"
    if level == "区":
        pen.rect(x, top, size, size, fill="navy")
        ink = "white"
    elif level == "都":
        pen.rect(x + 0.15, top + 0.15, size - 0.3, size - 0.3, line=FRAME, fill="white")
        inset = size * 0.115
        pen.rect(x + inset, top + inset, size - 2 * inset, size - 2 * inset, line=0.5)
    elif level == "国":
        pen.circle(x + 0.1, top + 0.1, size - 0.2, 0.8)
    else:
        pen.rect(x, top + 0.4, width, size - 0.8, line=FRAME, fill="white", radius=(size - 0.8) / 2)
    middle = top + size / 2 + 0.38 * style.size / MM
    pen.text_on(x + (width - text_width(level, style)) / 2, middle, level, style, ink)
    return x + width


def _badge_style(level: str, size: float) -> Style:
    part = {"区": 0.66, "都": 0.56, "国": 0.60}.get(level, 0.48)
    return Style(BOLD, max(9.0, size * MM * part), size * MM)


def pill_width(text: str, style: Style) -> float:
    """The width of a kind pill in mm."""
    return text_width(text, style) + 2 * _PILL_PAD


def pill(pen: Pen, text: str, right: float, middle: float, style: Style) -> None:
    """A word in a rounded frame that ends at ``right``, centred on ``middle``."""
    width, height = pill_width(text, style), line_height(style) + 0.8
    pen.rect(right - width, middle - height / 2, width, height, line=FRAME, radius=0.8)
    pen.text(right - width + _PILL_PAD, middle - line_height(style) / 2, text, style)


def chip_width(text: str, style: Style) -> float:
    """The width of a 要確認 chip in mm."""
    return text_width(text, style) + 2 * _CHIP_PAD


def chip(pen: Pen, text: str, x: float, top: float, style: Style, row: float) -> float:
    """A framed word in a row of ``row`` mm; returns its end."""
    width, height = chip_width(text, style), line_height(style)
    pen.rect(x, top + (row - height) / 2, width, height, line=FRAME, fill="white")
    pen.text(x + _CHIP_PAD, top + (row - height) / 2, text, style)
    return x + width


def writing_line(pen: Pen, x: float, end: float, top: float, row: float) -> None:
    """A dotted line after a chip, to write the missing fact on; none where there is no room to write."""
    if end - x > 8:
        pen.dots(x + 1.6, end, top + row - 0.6, WRITING)


def rate_bar(
    pen: Pen, x: float, top: float, width: float, height: float, parts: Sequence[Part], styles: tuple[Style, Style]
) -> None:
    """助成 and 自己負担 in proportion, labelled inside.

    ``styles``: of the subsidy's labels, and of the company's own part.
    """
    place = x
    for part in parts:
        size = width * part.share
        _fill(pen, place, top, size, height, part.fill)
        style = styles[1] if part.fill == "white" else styles[0]
        label = next((each for each in part.labels if text_width(each, style) + 0.6 <= size), "")
        wide = text_width(label, style)
        left, line_top = place + (size - wide) / 2, top + (height - line_height(style)) / 2
        if part.fill in ("hatch", "dots"):
            pen.rect(left - 0.7, line_top + 0.3, wide + 1.4, line_height(style) - 0.6, fill="white")
        pen.text(left, line_top, label, style, "white" if part.fill == "solid" else "ink")
        place += size
    pen.rect(x, top, width, height, line=FRAME)


def _fill(pen: Pen, x: float, top: float, width: float, height: float, fill: Fill) -> None:
    if fill == "solid":
        pen.rect(x, top, width, height, fill="navy")
    elif fill == "hatch":
        pen.hatch(x, top, width, height)
    elif fill == "dots":
        pen.speckle(x, top, width, height)
    pen.rect(x, top, width, height, line=0.5)


@cache
def qr_cells(address: str) -> list[list[bool]]:
    """The modules of a QR code of level M, without its quiet zone."""
    from reportlab.graphics.barcode.qr import QrCode

    code = QrCode(address, qrLevel="M", qrBorder=0).qr
    code.make()
    size = code.getModuleCount()
    return [[bool(code.isDark(row, column)) for column in range(size)] for row in range(size)]


def qr_side(address: str) -> float:
    """The side of the code in mm, so that a module is at least 0.45 mm: 15.5 up to version 4."""
    modules = len(qr_cells(address))
    return _QR_SIDE.get((modules - 17) // 4, modules * _MODULE)
