"""What the matching hands on: a programme's facts, and why it was chosen for a company."""

from __future__ import annotations

from dataclasses import dataclass, replace

LEVELS = ("区", "都", "国", "機構", "その他")
"""Who runs a programme, in the order in which equally fitting programmes are named."""

STATUSES = ("継続", "拡充", "既存", "区以外", "新規（提案）", "下書き", "終了")
NOT_OFFERED = frozenset({"新規（提案）", "下書き", "終了"})
"""Kept in the catalogue, never recommended and never printed (report: proposals have no rate, no cap)."""


@dataclass(frozen=True, slots=True)
class Cap:
    """Rate and ceiling under one condition.

    ``rate`` as printed ("2/3", "取引額の5％", ""); ``cap_yen`` yen or None; ``per`` as printed ("学生1人あたり");
    ``expense`` is what the rate applies to (対象経費).
    """

    condition: str
    rate: str
    cap_yen: int | None
    per: str
    expense: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a shared rate that one level bears: 区 "1/4"."""

    level: str
    rate: str


@dataclass(frozen=True, slots=True)
class Facts:
    """支援施策 as the catalogue knows it. An absent fact is "" or None and is never made up.

    ``id`` is the Programme record's id ("2016/kokunai-tenjikai"). ``level`` is 区, 都, 国, 機構 or その他: where to
    apply first; ``also`` the further levels that take part. ``what`` is what it is, ``target`` for whom, ``contact``
    where to ask; ``period`` and ``procedure`` are absent in the 2016 report. ``kind`` 助成金, 専門家派遣 ... or "";
    ``field`` 販路開拓, 人材育成 ... or ""; ``support`` the form of support where there is no money (専門家の派遣).
    ``address`` is a web address.
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
    """Names of facts that are our guess (推定): "target", "level", "caps.per"."""
    name_en: str = ""
    also: tuple[str, ...] = ()
    field: str = ""
    support: str = ""
    shares: tuple[Share, ...] = ()
    for_companies: bool = True
    """False for what no company can apply for (a grant to an association, the survey itself)."""
    note: str = ""
    """For staff only."""

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level that takes part, the one to apply to first."""
        return (self.level, *self.also)

    @property
    def may_be_offered(self) -> bool:
        """Whether a company may be told of it, on screen or on paper."""
        return self.for_companies and self.status not in NOT_OFFERED

    def certain(self) -> Facts:
        """The same without our guesses: what may go on paper."""
        target = "" if "target" in self.estimated else self.target
        caps = self.caps
        if "caps.per" in self.estimated:
            caps = tuple(replace(cap, per="") for cap in caps)
        return replace(self, target=target, caps=caps)


@dataclass(frozen=True, slots=True)
class Reason:
    """One quote of the company's own answers: printed question name and number, and the option, word for word.

    ``estimated`` tells that the link from this answer to the programme is our guess (推定), not the report's.
    """

    question: str
    number: str
    option: str
    weight: int
    estimated: bool = False
    question_en: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A programme that fits, or does not.

    ``eligibility``: "yes"; "no" (a condition is not met); "ask" (the owner can tell); "unknown" (a fact about the
    company is missing, or the catalogue does not say for whom it is). ``open_points`` name what would decide it (業種,
    創業年 ...), or what was not met when "no". ``used_as`` are the options of 個別施策シート問1 that tell of earlier
    use, word for word: one option may stand for two programmes.
    """

    facts: Facts
    reasons: tuple[Reason, ...]
    eligibility: str
    used_before: bool
    score: int
    open_points: tuple[str, ...] = ()
    used_as: tuple[str, ...] = ()
