"""Colours, sizes and type of the window as data; nothing else in ``ui`` names a colour.

Values and their contrast rules: ui/README of the design, section 2. All sizes are px at text size 100 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "bg": "#F3F5F7",
        "surface": "#FFFFFF",
        "surface2": "#F8F9FB",
        "sunken": "#E9ECF0",
        "border": "#D3D9E0",
        "borderS": "#76828F",
        "text": "#1A222C",
        "text2": "#4A5563",
        "text3": "#5F6B79",
        "accent": "#1B5E93",
        "accentH": "#154B77",
        "accentSoft": "#E4EEF7",
        "onAccent": "#FFFFFF",
        "ok": "#1C7043",
        "okSoft": "#E3F3EA",
        "okLine": "#8CC7A5",
        "warn": "#855300",
        "warnSoft": "#FDF2DA",
        "warnLine": "#D9A94A",
        "err": "#B0261F",
        "errSoft": "#FCEAE8",
        "errLine": "#E09A95",
        "rank": "#D5DEE8",
        "chart1": "#1B5E93",
        "chart2": "#729BBC",
        "chart3": "#BFD2E1",
    }
)

DARK: Mapping[str, str] = MappingProxyType(
    {
        "bg": "#14181D",
        "surface": "#1C2228",
        "surface2": "#232A31",
        "sunken": "#2B333B",
        "border": "#3A444F",
        "borderS": "#8A96A3",
        "text": "#E8ECF0",
        "text2": "#B9C3CD",
        "text3": "#99A5B2",
        "accent": "#82BBEA",
        "accentH": "#A4CFF2",
        "accentSoft": "#1F3A52",
        "onAccent": "#0D1B28",
        "ok": "#7CCB9C",
        "okSoft": "#1C3427",
        "okLine": "#3E7A58",
        "warn": "#E9BE69",
        "warnSoft": "#3A2F17",
        "warnLine": "#8A6A25",
        "err": "#F19A93",
        "errSoft": "#42211F",
        "errLine": "#9A4A45",
        "rank": "#39475A",
        "chart1": "#82BBEA",
        "chart2": "#5B81A0",
        "chart3": "#394D5E",
    }
)


@dataclass(frozen=True, slots=True)
class Type:
    """One step of the type scale: size and line height in px, weight."""

    px: int
    line: int
    bold: bool = False


TYPES: Mapping[str, Type] = MappingProxyType(
    {
        "caption": Type(12, 18),
        "small": Type(13, 20),
        "body": Type(14, 21),
        "answer": Type(15, 24, bold=True),
        "option": Type(16, 24),
        "question": Type(18, 28, bold=True),
        "title": Type(20, 28, bold=True),
        "figure": Type(28, 36, bold=True),
        "value": Type(32, 44, bold=True),
        "owner-label": Type(20, 30),
        "owner-text": Type(24, 36),
        "owner-lead": Type(28, 42),
        "owner-amount": Type(44, 60, bold=True),
        "owner-name": Type(52, 70, bold=True),
    }
)

FONT_FAMILY = "Noto Sans JP"
FONT_FILES = ("NotoSansJP-Regular.ttf", "NotoSansJP-Bold.ttf")

SCALES = (100, 112, 125, 150, 175, 200)
"""Text sizes in percent, as Ctrl + and Ctrl − step through them."""

HEIGHT: Mapping[str, int] = MappingProxyType({"tool": 32, "default": 36, "talk": 44, "great": 56, "handin": 72})
ROW: Mapping[str, int] = MappingProxyType({"table": 40, "head": 32, "outline": 29, "cross": 36, "settled": 42})
RADIUS: Mapping[str, int] = MappingProxyType({"control": 4, "card": 6, "chip": 11, "tag": 3})
RAIL = 88
MENU = 28
STATUS = 26
ROOM_HEAD = 56
ROOM_FOOT = 52
DETAILS = 316
DETAILS_WIDE = 420
PAGE_MARGIN = (20, 14, 20, 14)
GAP = 12


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two "#RRGGBB" colours after WCAG 2 (1 to 21)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
