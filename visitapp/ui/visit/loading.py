"""Everything the room needs to know about a visit, read in one go on the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from visitapp.fieldwork.answers import answers_of
from visitapp.fieldwork.opinions import Draft, draft, opinions_of
from visitapp.fieldwork.responses import OpenResponse, PreviousResponse, previous_responses, start_response
from visitapp.fieldwork.visits import visits_of
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.interview import Interview
from visitapp.store import records
from visitapp.store.store import Store


@dataclass(frozen=True, slots=True)
class Visited:
    """The records around a response, as they were when read. ``opinions`` newest first, of all visits."""

    response: records.Response
    target: records.Target
    survey: records.Survey
    company: records.Company
    visits: tuple[records.Visit, ...]
    opinions: tuple[records.Opinion, ...]
    offers: tuple[records.Offer, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """``writer`` stays on the worker; ``interview`` is its twin for the window's thread, so that neither waits."""

    writer: OpenResponse
    interview: Interview
    form: Form
    records: Visited
    notes: Mapping[Address, str]
    previous: tuple[PreviousResponse, ...]
    draft: Draft
    resume: Address | None


def load(store: Store, target_id: str, person: str, language: str, clock: Callable[[], datetime]) -> Loaded:
    """Open a target's response, begun if there is none yet. Raises NotNow E-206 (no such target), DamagedData E-205."""
    response_id = start_response(store, target_id, person)
    opened = OpenResponse(store, response_id, person, language=language, clock=clock)
    with store.read() as reader:
        stored = answers_of(reader.find(records.Answer, response=response_id))
        earlier = previous_responses(reader, opened.company.id, opened.survey)
    presets = {} if opened.survey.reference_year is None else {"reference_year": str(opened.survey.reference_year)}
    twin = Interview(opened.form, stored, presets=presets, now=clock, language=language)
    return Loaded(
        opened, twin, opened.form, visited(store, opened), dict(opened.notes), tuple(earlier),
        draft(store, response_id), opened.resume_point(),
    )  # fmt: skip


def visited(store: Store, opened: OpenResponse) -> Visited:
    """The records around an open response as they are now."""
    with store.read() as reader:
        return Visited(
            opened.response, opened.target, opened.survey, opened.company,
            tuple(visits_of(reader, opened.target.id)),
            tuple(opinions_of(reader, opened.company.id)),
            tuple(reader.find(records.Offer, target=opened.target.id)),
        )  # fmt: skip
