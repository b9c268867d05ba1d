"""Everything known about one company, as one frozen value, loaded on the worker in one read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.store import records
    from visitapp.store.store import Reader, Store


@dataclass(frozen=True, slots=True)
class SurveyPart:
    """The company's place in one survey: visits oldest first; ``response`` when there is one."""

    survey: records.Survey
    target: records.Target
    visits: tuple[records.Visit, ...]
    response: records.Response | None
    offers: tuple[records.Offer, ...]


@dataclass(frozen=True, slots=True)
class CompanyFile:
    """A company with its surveys (newest first), opinions (newest first) and the names of programmes offered to it."""

    company: records.Company
    parts: tuple[SurveyPart, ...]
    opinions: tuple[records.Opinion, ...]
    programmes: dict[str, str]

    def part(self, survey_id: str) -> SurveyPart | None:
        """Its place in that survey."""
        return next((part for part in self.parts if part.survey.id == survey_id), None)

    @property
    def open_opinions(self) -> tuple[records.Opinion, ...]:
        """What still waits for an answer."""
        return tuple(opinion for opinion in self.opinions if opinion.follow_up == "open")


def load_company(store: Store, company_id: str) -> CompanyFile:
    """The company's file. Raises NotNow E-206 for an unknown company."""
    from visitapp.errors import NotNow
    from visitapp.fieldwork.opinions import opinions_of
    from visitapp.store import records

    with store.read() as reader:
        company = reader.get(records.Company, company_id)
        if company is None:
            raise NotNow("E-206", what="company", id=company_id)
        parts = [_part(reader, target) for target in reader.find(records.Target, company=company_id)]
        known = [part for part in parts if part is not None]
        offered = {offer.programme or "" for part in known for offer in part.offers}
        programmes = {found.id: found.name or "" for found in reader.find(records.Programme, id=tuple(offered))}
        known.sort(key=lambda part: part.survey.starts_on or "", reverse=True)
        return CompanyFile(company, tuple(known), tuple(opinions_of(reader, company_id)), programmes)


def _part(reader: Reader, target: records.Target) -> SurveyPart | None:
    from visitapp.fieldwork.offers import offers_of
    from visitapp.fieldwork.visits import visits_of
    from visitapp.store import records

    survey = reader.get(records.Survey, target.survey or "")
    if survey is None:
        return None
    responses = sorted(reader.find(records.Response, target=target.id), key=lambda one: one.status == "final")
    return SurveyPart(
        survey, target, tuple(visits_of(reader, target.id)), responses[-1] if responses else None,
        tuple(offers_of(reader, target.id)),
    )  # fmt: skip
