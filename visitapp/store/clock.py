"""Hybrid logical time: wall-clock milliseconds and a counter, in one integer.

Rule after Kulkarni et al., "Logical Physical Clocks" (2014): the next time is the wall clock, or one step after the
latest time known here if that is later. A time more than a day ahead of the wall clock is a wrong clock somewhere and
is not followed. Times order what is shown; which change replaces which never depends on them.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime

STEPS = 10_000
"""Counter steps within one millisecond; a fuller millisecond runs on into the next."""

_DAY = 24 * 60 * 60 * 1000 * STEPS
_TEXT = re.compile(r"[0-9]{13}-[0-9]{4}")


def wall_clock() -> datetime:
    """The time of this computer."""
    return datetime.now(UTC)


def furthest(now: datetime) -> int:
    """The latest time that is followed at ``now``: later ones come from a wrong clock."""
    return _of(now) + _DAY


def next_time(now: datetime, latest: int) -> int:
    """The time for a new change at wall clock ``now`` when ``latest`` is the latest time known here."""
    return max(_of(now), latest + 1) if latest <= furthest(now) else _of(now)


def to_text(time: int) -> str:
    """ "wallms-counter", in an order equal to that of the integers."""
    return f"{time // STEPS:013d}-{time % STEPS:04d}"


def from_text(text: str) -> int:
    """Reverse of ``to_text``. Raises ValueError for anything else."""
    if not _TEXT.fullmatch(text):
        raise ValueError(text)
    wall, _, counter = text.partition("-")
    return int(wall) * STEPS + int(counter)


def to_datetime(time: int) -> datetime:
    """The wall-clock part, UTC."""
    return datetime.fromtimestamp(time // STEPS / 1000, UTC)


def _of(now: datetime) -> int:
    return int(now.timestamp() * 1000) * STEPS
