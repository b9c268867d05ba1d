"""A programme's facts as the words and figures of a card. Pure; texts in the document's language."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from visitapp.documents.leaflet.content import Item
from visitapp.documents.marks import Fill, Part
from visitapp.i18n import language, tr
from visitapp.programmes.offer import Cap, Facts, Reason

_FRACTION = re.compile(r"([1-9]\d*)/([1-9]\d*)")
_TAIL = re.compile(r"（[^（）]*）$")
_FILLS: dict[str, Fill] = {"区": "solid", "都": "hatch", "国": "dots"}
_MOST_CAPS = 3
_MOST_REASONS = 2


@dataclass(frozen=True, slots=True)
class FactRow:
    """A labelled line of a card.

    ``ask``: words before the 要確認 chip that follows the value; None when nothing is missing.
    """

    label: str
    value: str
    ask: str | None = None


@dataclass(frozen=True, slots=True)
class CapLine:
    """「上限」 with its figure; ``number`` is "" when it is not known. ``notes`` say when and for what it holds."""

    number: str
    unit: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Money:
    """Rate and caps. ``parts`` of the rate bar, none where a bar says nothing; ``notes`` hold for all caps."""

    parts: tuple[Part, ...]
    caps: tuple[CapLine, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """Arithmetic from rate and cap: min(cost x rate, cap), yen; ``capped`` when the cap decides."""

    condition: str
    cost: int
    grant: int
    capped: bool


def amount(yen: int) -> tuple[str, str]:
    """Figure and unit: 200000 -> ("20", "万円"), 25000 -> ("2.5", "万円"), 12345 -> ("12,345", "円")."""
    if language() != "ja":
        return f"{yen:,}", "yen"
    if yen % 1000:
        return f"{yen:,}", "円"
    whole = f"{Fraction(yen, 10000).numerator:,}" if yen % 10000 == 0 else f"{yen / 10000:,.1f}"
    return whole, "万円"


def amount_text(yen: int) -> str:
    """20万円, 200,000 yen."""
    number, unit = amount(yen)
    return f"{number} {unit}" if unit.isascii() else f"{number}{unit}"


def fraction_of(rate: str) -> Fraction | None:
    """ "2/3" as a number; None when the rate is no fraction below 1."""
    found = _FRACTION.fullmatch(rate)
    value = Fraction(int(found[1]), int(found[2])) if found else None
    return value if value is not None and value < 1 else None


def money_of(facts: Facts) -> Money | None:
    """Rate and caps of a programme, None when the catalogue gives neither."""
    if not facts.caps:
        return None
    rates = {cap.rate for cap in facts.caps}
    rate = facts.caps[0].rate if len(rates) == 1 else ""
    common = fraction_of(rate)
    caps = sorted(facts.caps, key=lambda cap: -(cap.cap_yen or 0))
    known = [cap.cap_yen for cap in caps if cap.cap_yen]
    if len(known) > _MOST_CAPS:
        low, high = known[-1], known[0]
        both = tr("{low}～{high}", low=amount_text(low), high=amount(high)[0])
        lines: tuple[CapLine, ...] = (CapLine(both, amount(high)[1], (tr("条件により異なります"),)),)
    else:
        lines = tuple(_cap_line(cap, with_rate=common is None) for cap in caps)
    return Money(_parts(facts, rate, common), lines, _shared_note(facts, rate))


def example_words(example: Example) -> str:
    """その他の分野 経費150万円なら助成100万円."""
    cost, grant = amount_text(example.cost), amount_text(example.grant)
    if example.condition:
        return tr("{condition}　経費{cost}なら助成{grant}", condition=example.condition, cost=cost, grant=grant)
    return tr("経費{cost}なら助成{grant}", cost=cost, grant=grant)


def examples_of(facts: Facts) -> list[Example]:
    """Worked examples in whole 万円: under the lowest cap, over it, and at that cost under the highest.

    No rounding rule is known, so the costs are multiples that leave nothing to round.
    """
    caps = sorted((cap for cap in facts.caps if cap.cap_yen), key=lambda cap: cap.cap_yen or 0)
    rate = fraction_of(caps[0].rate) if caps and len({cap.rate for cap in facts.caps}) == 1 else None
    if not caps or rate is None or not caps[0].cap_yen or len(caps) != len(facts.caps):
        return []
    lowest, full = caps[0], Fraction(caps[0].cap_yen) / rate
    costs = [rate.denominator * step * 10**power for power in range(4, 9) for step in (1, 2, 5)]
    below = [cost for cost in costs if cost <= full * Fraction(55, 100)]
    above = [cost for cost in costs if cost >= full * Fraction(115, 100)]
    chosen = [(lowest, cost) for cost in (*below[-1:], *above[:1])]
    if len(caps) > 1 and above:
        chosen.append((caps[-1], above[0]))
    return [_example(cap, cost, rate) for cap, cost in chosen]


def fact_rows(facts: Facts, omit_missing: bool) -> list[FactRow]:
    """対象, 時期, 手続・書類, 窓口. A missing fact is asked for, or left out; 窓口 is never empty."""
    rows = [_row(tr("対象"), facts.target)]
    if facts.period or facts.procedure:
        rows += [_row(tr("時期"), facts.period), _row(tr("手続・書類"), facts.procedure)]
    else:
        rows.append(_row(tr("時期・手続"), ""))
    rows = [row for row in rows if row.ask is None or not omit_missing]
    return [*rows, _contact(facts, omit_missing)]


def reason_lines(item: Item, fits: Callable[[str], bool]) -> list[str]:
    """At most two reasons, one a line, the strongest first; each quotes the answer.

    A bracketed tail of the option is cut where the line is too long. One that does not fit even so stands alone.
    """
    chosen = item.reasons[:_MOST_REASONS]
    lines = [_reason(reason, number == len(chosen) - 1, fits) for number, reason in enumerate(chosen)]
    if len(lines) == _MOST_REASONS and not all(fits(line) for line in lines):
        lines = [_reason(chosen[0], True, fits)]
    if item.open_points:
        lines.append(tr("{points}を確認できれば対象かどうか分かります", points="、".join(item.open_points)))
    return lines


def short_reason(reason: Reason) -> tuple[str, str]:
    """The same for a row of the list: question with number, option in brackets."""
    return question_words(reason), tr("「{option}」", option=_TAIL.sub("", reason.option) or reason.option)


def question_words(reason: Reason) -> str:
    """弱み（問4(2)）."""
    name = reason.question if language() == "ja" else reason.question_en or reason.question
    return tr("{question}（{number}）", question=name, number=reason.number)


def asks_on_card(facts: Facts) -> bool:
    """Whether 要確認 stands on the card of a programme (where missing facts are asked for)."""
    money = money_of(facts)
    unknown = money is None or any(not cap.number for cap in money.caps)
    return unknown or any(row.ask is not None for row in fact_rows(facts, omit_missing=False))


def cost_label(facts: Facts) -> str:
    """What is asked for where no figure is known: the amount of a grant or loan, else what it costs."""
    return tr("金額") if facts.kind in ("助成金", "融資") else tr("費用")


def _cap_line(cap: Cap, with_rate: bool) -> CapLine:
    number, unit = amount(cap.cap_yen) if cap.cap_yen else ("", "")
    notes = [cap.per]
    if with_rate and cap.rate:
        notes.append(tr("助成 {rate}", rate=cap.rate) if fraction_of(cap.rate) else cap.rate)
    notes.append(cap.condition)
    if cap.expense:
        notes.append(tr("対象経費：{expense}", expense=cap.expense))
    return CapLine(number, unit, tuple(note for note in notes if note))


def _parts(facts: Facts, rate: str, common: Fraction | None) -> tuple[Part, ...]:
    if common is None:
        return ()
    own = 1 - common
    rest = Part((tr("自己負担 {rate}", rate=own), tr("自己 {rate}", rate=own), str(own)), float(own), "white")
    if not facts.shares:
        return (Part((tr("助成 {rate}", rate=rate), rate), float(common), "solid"), rest)
    shares = [(share, fraction_of(share.rate) or Fraction(0)) for share in facts.shares]
    subsidy = tuple(
        Part((f"{share.level} {share.rate}", share.rate), float(value), _FILLS.get(share.level, "hatch"))
        for share, value in shares
    )
    return (*subsidy, rest)


def _shared_note(facts: Facts, rate: str) -> tuple[str, ...]:
    if not facts.shares or not rate:
        return ()
    levels = "・".join(share.level for share in facts.shares)
    return (tr("助成 {rate}（{levels}の合計）", rate=rate, levels=levels),)


def _example(cap: Cap, cost: int, rate: Fraction) -> Example:
    grant = int(cost * rate)
    limit = cap.cap_yen or 0
    return Example(cap.condition, cost, min(grant, limit), grant > limit)


def _row(label: str, value: str) -> FactRow:
    return FactRow(label, value, None if value else "")


def _contact(facts: Facts, omit_missing: bool) -> FactRow:
    label = tr("窓口")
    if facts.contact or facts.phone:
        return FactRow(label, "　".join(part for part in (facts.contact or facts.provider, facts.phone) if part))
    if not facts.provider:
        return FactRow(label, tr("右上の担当へお尋ねください"))
    return FactRow(label, facts.provider, None if omit_missing else tr("電話"))


def _reason(reason: Reason, last: bool, fits: Callable[[str], bool]) -> str:
    line = _reason_with(reason, reason.option, last)
    return line if fits(line) else _reason_with(reason, _TAIL.sub("", reason.option) or reason.option, last)


def _reason_with(reason: Reason, option: str, last: bool) -> str:
    question = question_words(reason)
    if last:
        return tr("{question}に「{option}」を選ばれたため", question=question, option=option)
    return tr("{question}に「{option}」を、", question=question, option=option)
