"""What goes on a leaflet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from visitapp.documents.tokens import LARGE, NORMAL, Scale
from visitapp.programmes.offer import Facts, Reason

MOST_ON_ONE_SHEET = 14
"""More programmes run on to a third page; the screen asks before printing them."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How it is printed.

    ``large`` type; ``mono`` for black-and-white printers; ``omit_missing`` leaves out facts that are not known (by
    mail, in batches) where otherwise 要確認 and a line to write on are printed; ``language`` "ja" or "en".
    """

    large: bool = False
    mono: bool = False
    omit_missing: bool = False
    language: str = "ja"

    @property
    def scale(self) -> Scale:
        """The type of this edition."""
        return LARGE if self.large else NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who sends it; from the settings. ``phone`` must not be empty.

    ``person`` with title ("商工相談員 見本 花子"), "" when nobody in particular. ``logo`` is a picture file (PNG or
    JPEG). ``later`` and ``afterwards`` are the office's own sentences for a leaflet without programmes: what it will do
    when a new one starts, and what becomes of the company's wishes; "" leaves them out, for they promise something.
    """

    ward: str
    section: str
    phone: str
    hours: str = ""
    person: str = ""
    logo: bytes | None = None
    later: str = ""
    afterwards: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A ticked programme; ``open_points`` of its Recommendation when eligibility is "ask" or "unknown", else none."""

    facts: Facts
    reasons: tuple[Reason, ...] = ()
    open_points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaflet:
    """支援施策のご案内 for one company.

    ``items`` in the order of fit. ``printed_on`` stands at the head; ``visited_on`` is None when nobody went there
    (mail). ``number`` is the 案内番号. ``word`` is the visitor's word to the owner, two lines at most. ``wishes`` are
    what the company asked for, printed only when there is no programme. ``fiscal_year`` and ``as_of`` are the
    catalogue's.
    """

    company: str
    printed_on: date
    number: str
    office: Office
    fiscal_year: int
    items: tuple[Item, ...] = ()
    visited_on: date | None = None
    as_of: date | None = None
    word: str = ""
    wishes: tuple[Reason, ...] = ()
    edition: Edition = field(default_factory=Edition)
