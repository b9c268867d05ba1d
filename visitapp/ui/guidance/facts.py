"""What a programme's card says on the screen, and what is left of it for the owner's eyes. No Qt."""

from __future__ import annotations

from fractions import Fraction

from visitapp.i18n import language, tr
from visitapp.programmes.offer import Cap, Facts, Reason, Recommendation
from visitapp.ui.visit.owner import Bar, OwnerCard
from visitapp.ui.visit.wording import comma, quoted
from visitapp.ui.widgets.fields import large_amount

_MAN = 10_000


def programme_name(facts: Facts) -> str:
    """Its name in the language in use."""
    return facts.name_en or facts.name if language() == "en" else facts.name


def money(yen: int) -> str:
    """20万円, 2.5万円, 12,345円; 3,750,000 yen in English."""
    if language() != "ja":
        return f"{yen:,} yen"
    if yen % _MAN == 0 and yen >= 100_000_000:
        return tr("{amount}円", amount=large_amount(yen))
    if yen % 1000 == 0 and yen >= _MAN:
        man, rest = divmod(yen, _MAN)
        return tr("{n}万円", n=f"{man:,}.{rest // 1000}" if rest else f"{man:,}")
    return tr("{n}円", n=f"{yen:,}")


def amount(facts: Facts) -> str:
    """The big words at the right of a card: a ceiling, a form of support, or that the amount is not known."""
    caps = sorted({cap.cap_yen for cap in facts.caps if cap.cap_yen is not None}, reverse=True)
    if len(caps) > 3:
        return tr("上限 {low}～{high}", low=money(caps[-1]), high=money(caps[0]))
    if caps:
        return tr("上限 {amounts}", amounts="／".join(money(cap) for cap in caps))
    return facts.support or (tr("金額：要確認") if facts.kind in ("助成金", "融資", "") else facts.kind)


def amount_note(facts: Facts) -> str:
    """The small words under the amount: rate, what it applies to, or who runs it."""
    rates = list(dict.fromkeys(cap.rate for cap in facts.caps if cap.rate))
    parts = [_rate_words(rates[0], facts.caps[0])] if len(rates) == 1 else []
    if len({cap.condition for cap in facts.caps if cap.condition}) > 1:
        parts.append(tr("条件で変わります"))
    return "・".join(parts) or facts.provider


def reason_texts(reasons: tuple[Reason, ...]) -> list[tuple[str, str]]:
    """(number, quote) of each reason, strongest first: the company's own words."""
    return [(reason.number or reason.question, quoted(reason.option)) for reason in reasons]


def eligibility(found: Recommendation) -> tuple[str, str, str]:
    """(icon, tone, words): 対象です, 確かめると決まります, 要件：要確認, 対象にならない."""
    points = comma().join(found.open_points)
    if found.eligibility == "yes":
        return "check", "ok", tr("対象です")
    if found.eligibility == "ask":
        return "circle-help", "warn", tr("確かめると決まります：{points}", points=points)
    if found.eligibility == "no":
        return "ban", "neutral", tr("対象になりません：{points}", points=points)
    return "circle-help", "neutral", tr("要件：要確認（{points}）", points=points) if points else tr("要件：要確認")


def owner_card(found: Recommendation, fiscal_year: int | None) -> OwnerCard:
    """A programme as the owner sees it: certain facts only, no score, no missing fact; why, in his own words."""
    facts = found.facts.certain()
    boxes: list[tuple[str, str]] = []
    if len(facts.caps) == 1:
        cap = facts.caps[0]
        boxes = [(tr("助成の割合"), _fraction_words(cap.rate))] if cap.rate else []
        if cap.cap_yen is not None:
            boxes.append((_of_cap(cap), money(cap.cap_yen)))
    else:
        boxes = [(cap.condition or tr("上限"), money(cap.cap_yen)) for cap in facts.caps if cap.cap_yen is not None]
    if not boxes and facts.support:
        boxes = [(tr("支援の形"), facts.support)]
    told = [(tr("対象"), facts.target)] if facts.target else []
    if found.reasons:
        quotes = comma().join(quote for _, quote in reason_texts(found.reasons)[:2])
        told.append((tr("ご案内の理由"), tr("{quotes}とのお答えから", quotes=quotes)))
    if facts.contact:
        told.append((tr("窓口"), facts.contact))
    year = tr("{year}年度", year=fiscal_year) if fiscal_year else ""
    return OwnerCard(
        facts.provider, facts.kind, programme_name(facts), lead=facts.what, boxes=tuple(boxes), bar=example(facts),
        facts=tuple(told), foot=year,
    )  # fmt: skip


def example(facts: Facts) -> Bar | None:
    """A worked example from rate and cap: costs of which the cap is exactly the share. Only whole 万円 are shown."""
    if len(facts.caps) != 1 or facts.caps[0].cap_yen is None:
        return None
    cap, share = facts.caps[0], _fraction(facts.caps[0].rate)
    if share is None or cap.cap_yen is None:
        return None
    costs = cap.cap_yen / share
    if costs.denominator != 1 or int(costs) % _MAN or cap.cap_yen % _MAN:
        return None
    own = int(costs) - cap.cap_yen
    what = cap.expense or tr("費用")
    return Bar(
        tr("例　{what}が{costs}のとき", what=what, costs=money(int(costs))), float(share),
        tr("助成　{amount}", amount=money(cap.cap_yen)), tr("ご負担　{amount}", amount=money(own)),
    )  # fmt: skip


def _fraction(rate: str) -> Fraction | None:
    over, slash, under = rate.partition("/")
    if not slash or not over.isdecimal() or not under.isdecimal() or not 0 < int(over) < int(under):
        return None
    return Fraction(int(over), int(under))


def _fraction_words(rate: str) -> str:
    share = _fraction(rate)
    if share is None:
        return rate
    over, _, under = rate.partition("/")
    return tr("費用の {under}分の{over}", under=under, over=over)


def _rate_words(rate: str, cap: Cap) -> str:
    words = tr("費用の {rate}", rate=rate) if _fraction(rate) is not None else rate
    return tr("{rate}（{of}）", rate=words, of=cap.expense) if cap.expense else words


def _of_cap(cap: Cap) -> str:
    return tr("上限（{per}）", per=cap.per) if cap.per else tr("上限")
