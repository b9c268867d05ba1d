"""What happens to a choice when one option is pressed. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choosing:
    """The names chosen afterwards in printed order, and those that were cleared because they do not go together."""

    chosen: tuple[str, ...]
    cleared: tuple[str, ...] = ()


def press(
    name: str, chosen: Sequence[str], order: Sequence[str], *, single: bool, exclusive: Collection[str] = ()
) -> Choosing:
    """Press the option ``name``: a single choice is replaced, a multiple one toggled.

    Options in ``exclusive`` (特にない) stand alone: choosing one clears the others, choosing another clears it.
    Raises ValueError when ``name`` is not in ``order``.
    """
    if name not in order:
        raise ValueError(name)
    if single:
        return Choosing((name,))
    if name in chosen:
        return Choosing(tuple(other for other in chosen if other != name))
    clash = tuple(other for other in chosen if name in exclusive or other in exclusive)
    kept = {other for other in chosen if other not in clash} | {name}
    unknown = tuple(other for other in chosen if other in kept and other not in order)
    return Choosing((*(other for other in order if other in kept), *unknown), clash)
