"""Colours, type and measures of paper (print rules, section 2). Sizes in pt, everything else in mm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

REGULAR, BOLD = "NotoSansJP-Regular", "NotoSansJP-Bold"
PAGE_WIDTH, PAGE_HEIGHT = 210.0, 297.0
LEFT = 16.0
TEXT_WIDTH = 178.0
RIGHT = LEFT + TEXT_WIDTH
TOP = 11.0
MM = 72 / 25.4
"""Points in a millimetre."""

FRAME, FRAME_BIG, INNER, HEAD_RULE, WRITING = 0.7, 0.9, 0.35, 1.1 * MM, 0.6
"""Line widths in pt."""
GAP = 2.2
"""Between cards."""

COLOUR: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#111111", "ink2": "#454545", "navy": "#17406D", "line": "#8A8A8A", "hair": "#B8B8B8",
        "shade": "#D2D2D2", "tint": "#F1F3F5", "white": "#FFFFFF",
    }
)  # fmt: skip
MONO: Mapping[str, str] = MappingProxyType(
    {**COLOUR, "ink": "#000000", "ink2": "#111111", "navy": "#000000", "tint": "#FFFFFF"}
)
"""The black-and-white edition changes these four and no measure."""


@dataclass(frozen=True, slots=True)
class Style:
    """Type of one role: ``size`` and ``leading`` in pt, ``ink`` names a colour, ``spacing`` in parts of the size."""

    font: str
    size: float
    leading: float
    ink: str = "ink"
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """The type of one edition, by role."""

    title: Style
    ward: Style
    company: Style
    company_long: Style
    running: Style
    running_long: Style
    name: Style
    name_long: Style
    number: Style
    lead: Style
    lead_figure: Style
    body: Style
    body_bold: Style
    label: Style
    reason_label: Style
    section: Style
    small: Style
    small2: Style
    chip: Style
    pill: Style
    support: Style
    cap: Style
    cap_unit: Style
    cap_first: Style
    cap_second: Style
    phone: Style
    phone_running: Style
    foot: Style
    foot_bold: Style


NORMAL = Scale(
    title=Style(BOLD, 21, 27, "navy", 0.02),
    ward=Style(BOLD, 13, 17),
    company=Style(BOLD, 15, 20),
    company_long=Style(BOLD, 12.5, 17),
    running=Style(BOLD, 12, 16),
    running_long=Style(BOLD, 10.5, 14.5),
    name=Style(BOLD, 13.5, 18),
    name_long=Style(BOLD, 12, 16),
    number=Style(BOLD, 15, 19),
    lead=Style(REGULAR, 10.5, 16),
    lead_figure=Style(BOLD, 12.5, 16),
    body=Style(REGULAR, 10.5, 14.5),
    body_bold=Style(BOLD, 10.5, 14.5),
    label=Style(BOLD, 9, 14.5),
    reason_label=Style(BOLD, 9.5, 14.5, "navy"),
    section=Style(BOLD, 12.5, 16),
    small=Style(REGULAR, 9, 12),
    small2=Style(REGULAR, 9, 12, "ink2"),
    chip=Style(BOLD, 9, 12),
    pill=Style(REGULAR, 9, 12),
    support=Style(BOLD, 15, 20),
    cap=Style(BOLD, 21, 25),
    cap_unit=Style(BOLD, 13, 25),
    cap_first=Style(BOLD, 17, 21),
    cap_second=Style(BOLD, 13, 17),
    phone=Style(BOLD, 16, 20),
    phone_running=Style(BOLD, 12, 16),
    foot=Style(REGULAR, 8.5, 11.5, "ink2"),
    foot_bold=Style(BOLD, 8.5, 11.5),
)

LARGE = Scale(
    title=Style(BOLD, 26, 34, "navy", 0.02),
    ward=Style(BOLD, 15, 20),
    company=Style(BOLD, 19, 26),
    company_long=Style(BOLD, 16, 22),
    running=Style(BOLD, 15, 20),
    running_long=Style(BOLD, 14, 20),
    name=Style(BOLD, 18, 25),
    name_long=Style(BOLD, 16, 22),
    number=Style(BOLD, 19, 25),
    lead=Style(REGULAR, 14, 21),
    lead_figure=Style(BOLD, 17, 21),
    body=Style(REGULAR, 14, 21),
    body_bold=Style(BOLD, 14, 21),
    label=Style(BOLD, 12.5, 20),
    reason_label=Style(BOLD, 12.5, 20, "navy"),
    section=Style(BOLD, 15, 20),
    small=Style(REGULAR, 12, 16.5),
    small2=Style(REGULAR, 12, 16.5, "ink2"),
    chip=Style(BOLD, 12, 16.5),
    pill=Style(REGULAR, 12, 16.5),
    support=Style(BOLD, 18, 25),
    cap=Style(BOLD, 28, 32),
    cap_unit=Style(BOLD, 17, 32),
    cap_first=Style(BOLD, 28, 32),
    cap_second=Style(BOLD, 20, 25),
    phone=Style(BOLD, 21, 27),
    phone_running=Style(BOLD, 15, 20),
    foot=Style(REGULAR, 12, 16.5),
    foot_bold=Style(BOLD, 12, 16.5),
)
