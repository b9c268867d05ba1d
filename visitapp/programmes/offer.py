"""What the matching hands on: a programme's facts, and why it was chosen for a company."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cap:
    """Rate and ceiling under one condition. ``rate`` as printed ("2/3", "取引額の5％", ""); ``cap_yen`` yen or None; ``per`` "年間" ..."""

    condition: str
    rate: str
    cap_yen: int | None
    per: str


@dataclass(frozen=True, slots=True)
class Facts:
    """支援施策 as the catalogue knows it. An absent fact is "" or None and is never made up.

    ``level`` is 区, 都, 国, 機構 or その他; ``what`` is what it is, ``target`` for whom, ``contact`` where to ask,
    ``period`` and ``procedure`` are absent in the 2016 report. ``kind`` 助成金, 専門家派遣 ... or "".
    """

    id: str
    fiscal_year: int
    name: str
    provider: str
    level: str
    status: str
    kind: str
    what: str
    target: str
    caps: tuple[Cap, ...] = ()
    period: str = ""
    procedure: str = ""
    contact: str = ""
    phone: str = ""
    address: str = ""
    estimated: tuple[str, ...] = ()
    """Names of facts that are our guess (推定)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One quote of the company's own answers: printed question name and number, and the option, word for word."""

    question: str
    number: str
    option: str
    weight: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A programme that fits. ``eligibility`` "yes", "ask", "unknown" or "no"; ``open_points`` what would decide it."""

    facts: Facts
    reasons: tuple[Reason, ...]
    eligibility: str
    used_before: bool
    score: int
    open_points: tuple[str, ...] = ()
