"""How much room a card has, in full-width body characters (ui/README section 8)."""

from __future__ import annotations

NARROW = 85
"""Below this width of the window the side panes become strips."""
NARROWEST = 65
"""Below this the options stand in one column."""
_PANES, _STRIPS, _WIDEST, _MARGINS = 39.0, 9.5, 66.0, 8.0


def form_of(characters: float) -> int:
    """Which of the three forms of the room a width asks for: 2 as drawn, 1 strips, 0 one column of options."""
    return 2 if characters >= NARROW else int(characters >= NARROWEST)


def card_room(characters: float) -> float:
    """The width inside a card of a window that is so many characters wide."""
    beside = _PANES if characters >= NARROW else _STRIPS
    return max(16.0, min(_WIDEST, characters - beside) - _MARGINS)
