"""Which programmes fit a company, in which order, and why. Pure: nothing is read, nothing is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from visitapp.programmes.catalogue import Catalogue, Condition, Entry
from visitapp.programmes.offer import LEVELS, Facts, Reason, Recommendation
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form, text_in

Answers = Mapping[str, frozenset[str]]
"""Question name -> labels of the chosen options, word for word."""

_MET, _ASK, _UNKNOWN, _NOT_MET = "yes", "ask", "unknown", "no"


@dataclass(frozen=True, slots=True)
class CompanyFacts:
    """What conditions may ask about. The age of a company is counted in ``reference_year`` (western year)."""

    industries: frozenset[str] = frozenset()
    founded_year: int | None = None
    employees: int | None = None
    reference_year: int | None = None


def recommend(
    catalogue: Catalogue, answers: Answers, used: frozenset[str], company: CompanyFacts
) -> list[Recommendation]:
    """The programmes for which at least one answer speaks, best fit first.

    Equal fit: 区, 都, 国, 機構, その他, then name. ``used`` are the options of 個別施策シート問1 the company filled in
    sheets for. Those it may not apply for are in the list too (``eligibility`` "no"): the visitor must be able to
    say why.
    """
    return [found for found in assess(catalogue, answers, used, company) if found.score]


def assess(catalogue: Catalogue, answers: Answers, used: frozenset[str], company: CompanyFacts) -> list[Recommendation]:
    """Every programme that may be offered at all, in the same order; score 0 when no answer speaks for it."""
    known = {**answers, "P1": answers.get("P1", frozenset()) | used}
    found = [
        _assessed(entry, known, company, catalogue.part_of) for entry in catalogue.entries if entry.facts.may_be_offered
    ]
    return sorted(found, key=lambda each: (-each.score, LEVELS.index(each.facts.level), each.facts.name))


def chosen_labels(form: Form, answers: Mapping[Address, Answer], language: str = "ja") -> dict[str, frozenset[str]]:
    """The chosen options of every select of a response, by question name; rows of a repeat are put together."""
    found: dict[str, set[str]] = {}
    by_path = {question.path: question for question in form.questions()}
    for address, answer in answers.items():
        question = by_path.get(address.path)
        if question is None:
            continue
        labels = {choice.name: text_in(choice.label, language) for choice in form.choices(question)}
        chosen = {labels[name] for name in answer.choices if name in labels}
        if chosen:
            found.setdefault(question.name, set()).update(chosen)
    return {name: frozenset(labels) for name, labels in found.items()}


def _assessed(entry: Entry, answers: Answers, company: CompanyFacts, part_of: Mapping[str, str]) -> Recommendation:
    reasons = _reasons(entry, answers)
    eligibility, open_points = _eligibility(entry, answers, company, part_of)
    used_as = tuple(option for option in entry.p1_options if option in answers["P1"])
    return Recommendation(
        facts=entry.facts,
        reasons=reasons,
        eligibility=eligibility,
        used_before=bool(used_as),
        score=sum(reason.weight for reason in reasons),
        open_points=open_points,
        used_as=used_as,
    )


def _reasons(entry: Entry, answers: Answers) -> tuple[Reason, ...]:
    """Strongest first; among equals in the order of the catalogue's rules."""
    met = [rule for rule in entry.rules if rule.option in answers.get(rule.question, ())]
    met.sort(key=lambda rule: -rule.weight)
    return tuple(
        Reason(rule.name, rule.number, rule.option, rule.weight, rule.estimated, rule.name_en) for rule in met
    )


def _eligibility(
    entry: Entry, answers: Answers, company: CompanyFacts, part_of: Mapping[str, str]
) -> tuple[str, tuple[str, ...]]:
    """The verdict over all conditions, and the points that decide it.

    One condition not met settles it; what the owner can tell comes before what the catalogue leaves open.
    """
    verdicts = [(_verdict(condition, answers, company, part_of), condition) for condition in entry.conditions]
    for wanted in (_NOT_MET, _ASK, _UNKNOWN):
        if any(verdict == wanted for verdict, _ in verdicts):
            open_ones = (_NOT_MET,) if wanted == _NOT_MET else (_ASK, _UNKNOWN)
            points = dict.fromkeys(each.open_point for verdict, each in verdicts if verdict in open_ones)
            return wanted, tuple(points)
    return (_MET if _says_for_whom(entry.facts) else _UNKNOWN), ()


def _says_for_whom(facts: Facts) -> bool:
    return bool(facts.certain().target)


def _verdict(condition: Condition, answers: Answers, company: CompanyFacts, part_of: Mapping[str, str]) -> str:
    verdict = _CHECKS[condition.fact](condition, answers, company, part_of)
    # A guess of ours must not keep a company from asking.
    return _ASK if condition.estimated and verdict == _NOT_MET else verdict


def _industry(condition: Condition, _: Answers, company: CompanyFacts, part_of: Mapping[str, str]) -> str:
    if not company.industries:
        return _UNKNOWN
    divisions = company.industries | {part_of[name] for name in company.industries if name in part_of}
    return _MET if divisions & set(condition.accepts) else _NOT_MET


def _age(condition: Condition, _: Answers, company: CompanyFacts, __: Mapping[str, str]) -> str:
    if company.founded_year is None or company.reference_year is None:
        return _UNKNOWN
    years = company.reference_year - company.founded_year
    return _compared(years, condition)


def _employees(condition: Condition, _: Answers, company: CompanyFacts, __: Mapping[str, str]) -> str:
    return _UNKNOWN if company.employees is None else _compared(company.employees, condition)


def _compared(value: int, condition: Condition) -> str:
    return _MET if condition.below is not None and value < condition.below else _NOT_MET


def _answered(condition: Condition, answers: Answers, _: CompanyFacts, __: Mapping[str, str]) -> str:
    wanted = (accepted.partition("=") for accepted in condition.accepts)
    return _MET if any(option in answers.get(question, ()) for question, _, option in wanted) else _ASK


def _only_the_owner(_: Condition, __: Answers, ___: CompanyFacts, ____: Mapping[str, str]) -> str:
    return _ASK


_CHECKS: Mapping[str, Callable[[Condition, Answers, CompanyFacts, Mapping[str, str]], str]] = {
    "業種": _industry,
    "創業年数": _age,
    "従業員数": _employees,
    "回答": _answered,
    "聞き取り": _only_the_owner,
}
