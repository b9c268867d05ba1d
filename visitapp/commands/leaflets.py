"""Which programmes fit a company, and the leaflet that is left there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from visitapp.commands.settings import settings
from visitapp.errors import NotNow
from visitapp.fieldwork import offers
from visitapp.fieldwork.answers import answers_of
from visitapp.fieldwork.responses import local_now
from visitapp.fieldwork.surveys import load_form
from visitapp.fieldwork.targets import normalised
from visitapp.files import write_whole
from visitapp.i18n import language
from visitapp.programmes import (
    Catalogue,
    CompanyFacts,
    Recommendation,
    assess,
    catalogue_from,
    chosen_labels,
    load_catalogue,
)
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.interview import Interview
from visitapp.store import records
from visitapp.store.store import Reader, Store

MOST_BY_ITSELF = 3
"""How many programmes a leaflet gets when nobody ticked any."""

# 業種: the questions of the visit and of the mail questionnaire that name it.
_INDUSTRY_QUESTIONS = ("V1-2", "V2-1", "S-m7", "S-m8")


@dataclass(frozen=True, slots=True)
class Guidance:
    """One company's programmes. ``fitting`` best first; ``all_programmes`` also those no answer speaks for.

    ``offers`` by programme id.
    """

    target: records.Target
    company: records.Company
    survey: records.Survey
    response: records.Response | None
    fitting: tuple[Recommendation, ...]
    all_programmes: tuple[Recommendation, ...]
    offers: Mapping[str, records.Offer]


@dataclass(frozen=True, slots=True)
class LeafletMade:
    """A leaflet on disk, and the offers it made."""

    path: Path
    company: str
    programmes: tuple[str, ...]
    offers: tuple[str, ...]


def find_target(store: Store, company: str) -> str:
    """The newest target of the company with that id, target id, or name (in any spelling). Raises NotNow E-206."""
    with store.read() as reader:
        direct = reader.get(records.Target, company)
        if direct is not None and not direct.deleted:
            return direct.id
        wanted = normalised(company)
        ids = tuple(
            one.id for one in reader.find(records.Company) if one.id == company or normalised(one.name or "") == wanted
        )
        targets = reader.find(records.Target, company=ids)
        starts = {survey.id: survey.starts_on or "" for survey in reader.find(records.Survey)}
    if not targets:
        raise NotNow("E-206", what="company", id=company)
    return max(targets, key=lambda target: (starts.get(target.survey or "", ""), target.id)).id


def guidance(store: Store, target_id: str) -> Guidance:
    """Recommendations with reasons from the company's facts and its answers so far. Raises NotNow E-206."""
    with store.read() as reader:
        target = reader.get(records.Target, target_id)
        if target is None:
            raise NotNow("E-206", what="target", id=target_id)
        company = reader.get(records.Company, target.company or "") or records.Company(id=target.company or "")
        survey = reader.get(records.Survey, target.survey or "") or records.Survey(id=target.survey or "")
        responses = reader.find(records.Response, target=target_id)
        response = max(responses, key=lambda one: (one.status == "final", one.id)) if responses else None
        labels, numbers = _answered(reader, response, survey)
        catalogue = _catalogue(reader, survey.fiscal_year)
        found = {offer.programme or "": offer for offer in offers.offers_of(reader, target_id)}
    facts = _facts(company, survey, labels, numbers)
    every = assess(catalogue, labels, labels.get("P1", frozenset()), facts)
    fitting = tuple(one for one in every if one.score)
    return Guidance(target, company, survey, response, fitting, tuple(every), found)


def _catalogue(reader: Reader, fiscal_year: int | None) -> Catalogue:
    """The office's own catalogue; the shipped one where a store has none yet (a laptop before enrolment)."""
    stored = reader.find(records.Programme, fiscal_year=fiscal_year) if fiscal_year else []
    return catalogue_from(stored, fiscal_year or 0) if stored else load_catalogue()


def _answered(
    reader: Reader, response: records.Response | None, survey: records.Survey
) -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    """Chosen options and whole numbers by question name, from the answers that are asked."""
    if response is None or not (response.form or survey.form):
        return {}, {}
    form = load_form(reader, response.form or survey.form or "")
    stored = answers_of(reader.find(records.Answer, response=response.id))
    presets = {} if survey.reference_year is None else {"reference_year": str(survey.reference_year)}
    relevant = Interview(form, stored, presets=presets).relevant_answers()
    return chosen_labels(form, relevant), _numbers(form, relevant)


def _numbers(form: Form, answers: Mapping[Address, Answer]) -> dict[str, int]:
    names = {question.path: question.name for question in form.questions() if question.type == "integer"}
    found = ((names.get(address.path), answer.text) for address, answer in answers.items())
    return {name: int(text) for name, text in found if name and text.lstrip("-").isdigit()}


def _facts(
    company: records.Company,
    survey: records.Survey,
    labels: Mapping[str, frozenset[str]],
    numbers: Mapping[str, int],
) -> CompanyFacts:
    """What was said today outweighs the register."""
    industries = frozenset().union(*(labels.get(name, frozenset()) for name in _INDUSTRY_QUESTIONS))
    return CompanyFacts(
        industries=industries or frozenset([company.industry] if company.industry else []),
        founded_year=numbers.get("V1-5", company.founded_year),
        employees=numbers.get("V1-6", numbers.get("S-m4", company.employees)),
        reference_year=survey.reference_year,
    )


def choose(found: Guidance, programmes: Sequence[str] | None) -> list[Recommendation]:
    """The named programmes; else the ticked ones; else the best fitting that are open to the company.

    Raises NotNow E-206 for a programme that is not in the catalogue.
    """
    by_id = {one.facts.id: one for one in found.all_programmes}
    if programmes is not None:
        unknown = [name for name in programmes if name not in by_id]
        if unknown:
            raise NotNow("E-206", what="programme", id=unknown[0])
        return [by_id[name] for name in programmes]
    ticked = {name for name, offer in found.offers.items() if offer.ticked}
    if ticked:
        return [one for one in found.all_programmes if one.facts.id in ticked]
    return [one for one in found.fitting if one.eligibility != "no"][:MOST_BY_ITSELF]


def leaflet_pdf(
    store: Store,
    found: Guidance,
    chosen: Sequence[Recommendation],
    today: date,
    *,
    by_mail: bool = False,
    word: str = "",
    large: bool = False,
    mono: bool = False,
) -> bytes:
    """The leaflet as PDF in the language in use; nothing is written down. ``large`` type, ``mono`` for black-and-white.

    Raises NotNow E-650 (the office's telephone is not set), AnswerRefused E-652 (``word`` is over two lines).
    """
    from visitapp.documents.leaflet import Edition, Item, Leaflet, Office, render_leaflet

    told = settings(store)
    items = tuple(
        Item(one.facts, one.reasons, one.open_points if one.eligibility in ("ask", "unknown") else ()) for one in chosen
    )
    visited = found.response.visited_on if found.response else None
    leaflet = Leaflet(
        company=found.company.name or "",
        printed_on=today,
        number=f"{found.survey.fiscal_year}-{found.target.id[:8].upper()}-{today:%m%d}",
        office=Office(
            ward=told["office_ward"], section=told["office_section"], phone=told["office_phone"],
            hours=told["office_hours"], person=told["office_person"], later=told["office_later"],
            afterwards=told["office_afterwards"],
        ),
        fiscal_year=found.survey.fiscal_year or 0,
        items=items,
        visited_on=date.fromisoformat(visited[:10]) if visited and not by_mail else None,
        word=word,
        edition=Edition(large=large, mono=mono, omit_missing=by_mail, language=language()),
    )  # fmt: skip
    return render_leaflet(leaflet)


def write_leaflet(
    store: Store,
    target_id: str,
    path: Path,
    person: str,
    programmes: Sequence[str] | None = None,
    *,
    by_mail: bool = False,
    now: datetime | None = None,
) -> LeafletMade:
    """Make the leaflet and note that it was left: each programme becomes an offer of stage "leaflet".

    ``programmes`` as in ``choose``. Raises as ``guidance``, ``choose``, ``leaflet_pdf``; EnvironmentProblem E-590 and
    E-591.
    """
    when = now or local_now()
    found = guidance(store, target_id)
    chosen = choose(found, programmes)
    write_whole(path, leaflet_pdf(store, found, chosen, when.date(), by_mail=by_mail))
    reasons = {one.facts.id: [asdict(reason) for reason in one.reasons] for one in chosen}
    made = offers.hand_over(store, target_id, reasons, person, when)
    return LeafletMade(path, found.company.name or found.company.id, tuple(reasons), tuple(made))
