"""The two fonts of all paper, and what of a text they can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from reportlab.pdfbase import pdfmetrics, ttfonts

from visitapp.documents.tokens import BOLD, REGULAR
from visitapp.resources import resource_path

MISSING = "〓"
"""Drawn for a character the font lacks: Japanese typesetting's own mark for "here a character is missing"."""

_CODES_A_BLOCK = 100


def _to_unicode(fontname: str, subset: Iterable[int]) -> str:
    """The ToUnicode map of a font subset, in UTF-16BE and blocks of at most 100 (PDF 32000-1, 9.10.3).

    WORKAROUND: ReportLab 5.1 writes code points beyond U+FFFF as five hexadecimal digits, so that 𠮷 is copied and
    searched as another character. It can go when a leaflet with 𠮷 extracts right without it (tested).
    """
    codes = [f"<{code:02X}> <{chr(value).encode('utf-16-be').hex().upper()}>" for code, value in enumerate(subset)]
    blocks = [codes[start : start + _CODES_A_BLOCK] for start in range(0, len(codes), _CODES_A_BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({fontname}) /Ordering ({fontname}) /Supplement 0 >> def",
            f"/CMapName /{fontname} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(codes) - 1:02X}>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


@cache
def register_fonts() -> None:
    """Make both fonts known to ReportLab, once a process (60 ms)."""
    ttfonts.makeToUnicodeCMap = _to_unicode
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(ttfonts.TTFont(name, str(resource_path("fonts", f"{name}.ttf"))))


@cache
def _widths(font: str) -> dict[int, float]:
    register_fonts()
    loaded = pdfmetrics.getFont(font)
    assert isinstance(loaded, ttfonts.TTFont)
    widths: dict[int, float] = loaded.face.charWidths
    return widths


def advances(text: str, font: str, size: float) -> list[float]:
    """The width of each character in pt. ReportLab does not kern, so a line is as wide as their sum."""
    widths = _widths(font)
    return [widths[ord(character)] * size / 1000 for character in text]


def width_of(text: str, font: str, size: float) -> float:
    """The width of a line in pt."""
    return sum(advances(text, font, size))


def printable(text: str) -> str:
    """The text as it can be drawn: without variation selectors (they print a box) and control characters.

    〓 stands for what the font lacks; line breaks and tabs become blanks. Nothing else is changed: a name is printed as
    registered.
    """
    known = _widths(REGULAR)
    shown = []
    for character in text:
        if character in "\n\r\t":
            shown.append(" ")
        elif not _invisible(character):
            shown.append(character if ord(character) in known else MISSING)
    return "".join(shown)


def _invisible(character: str) -> bool:
    selector = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF
    return selector or unicodedata.category(character) in ("Cc", "Cf")
