"""Breaks text into lines for painted widgets, by Qt's own rules for Japanese."""

from __future__ import annotations

from PySide6.QtGui import QFont, QTextLayout, QTextOption


def lines_of(text: str, font: QFont, width: int) -> list[str]:
    """``text`` in lines no wider than ``width`` px; its own line breaks are kept."""
    found: list[str] = []
    for part in text.split("\n"):
        found += _broken(part, font, max(1, width))
    return found


def _broken(text: str, font: QFont, width: int) -> list[str]:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines or [""]
