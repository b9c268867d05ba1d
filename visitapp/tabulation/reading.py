"""Columns and tables from a store: final responses of one survey's undeleted targets.

Of a response that is still awaited while its programme sheets are here (status "sheets") the sheets are counted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.definition import form_from_json
from visitapp.questionnaire.form import Form
from visitapp.store import records
from visitapp.store.store import Reader, Store
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, Filled
from visitapp.tabulation.counting import make_table
from visitapp.tabulation.definitions import Definition, definition_by_id, published
from visitapp.tabulation.table import Table

_SHEETS = "sheets"
_COUNTED = ("final", _SHEETS)


def tabulate(
    store: Store,
    definitions: Iterable[Definition] | None = None,
    surveys: Iterable[str] | None = None,
    language: str = "ja",
) -> list[Table]:
    """The tables of these definitions (all published ones), in their order.

    ``surveys``: ids of the surveys to count, one for each questionnaire; else ``surveys_to_count``. A questionnaire
    that nobody answered gives tables with base 0. Raises DamagedData E-105, E-106 for a stored form that cannot be
    read.
    """
    wanted = tuple(published() if definitions is None else definitions)
    with store.read() as reader:
        chosen = surveys_to_count(reader) if surveys is None else tuple(surveys)
        columns = [survey_columns(reader, survey) for survey in chosen]
    found = {c.form_id: c for c in columns if c is not None}
    return [make_table(definition, found.get(definition.form_id), language) for definition in wanted]


def table_by_id(store: Store, table_id: str, surveys: Iterable[str] | None = None, language: str = "ja") -> Table:
    """One published table. Raises KeyError for an unknown id, DamagedData as ``tabulate``."""
    return tabulate(store, [definition_by_id(table_id)], surveys, language)[0]


def surveys_to_count(reader: Reader) -> tuple[str, ...]:
    """For each questionnaire the newest survey that has a final response, else the newest."""
    finals = {response.target for response in reader.find(records.Response, status=_COUNTED)}
    answered = {target.survey for target in reader.find(records.Target) if target.id in finals}
    newest: dict[str, records.Survey] = {}
    for survey in reader.find(records.Survey):
        form = reader.get(records.Form, survey.form) if survey.form else None
        if form is None or form.form_id is None:
            continue
        rival = newest.get(form.form_id)
        if rival is None or _age(survey, answered) > _age(rival, answered):
            newest[form.form_id] = survey
    return tuple(survey.id for survey in newest.values())


def _age(survey: records.Survey, answered: set[str | None]) -> tuple[bool, int, str, str]:
    return survey.id in answered, survey.fiscal_year or 0, survey.starts_on or "", survey.id


def survey_columns(reader: Reader, survey_id: str) -> Columns | None:
    """The columns of a survey's final responses; None when the survey or its questionnaire is not known here.

    Raises DamagedData E-105, E-106 for a stored form that cannot be read.
    """
    survey = reader.get(records.Survey, survey_id)
    if survey is None or survey.form is None:
        return None
    targets = {target.id for target in reader.find(records.Target, survey=survey_id)}
    responses = [r for r in reader.find(records.Response, status=_COUNTED) if r.target in targets]
    ids = dict.fromkeys([survey.form, *(r.form for r in responses if r.form)])
    forms = {form_id: form for form_id in ids if (form := _form(reader, form_id)) is not None}
    if not forms:
        return None
    year = "" if survey.reference_year is None else str(survey.reference_year)
    return Columns(list(forms.values()), _filled(reader, survey_id, responses, forms, year))


def _form(reader: Reader, form_id: str) -> Form | None:
    record = reader.get(records.Form, form_id)
    return _parsed(record.definition) if record is not None and record.definition is not None else None


@lru_cache(maxsize=16)
def _parsed(definition: str) -> Form:
    return form_from_json(definition)


def _filled(
    reader: Reader, survey_id: str, responses: Sequence[records.Response], forms: Mapping[str, Form], year: str
) -> Iterator[Filled]:
    answers: dict[str, dict[Address, Answer]] = {response.id: {} for response in responses}
    for response_id, path, row, value in (r for status in _COUNTED for r in reader.answer_rows(survey_id, status)):
        if response_id in answers:
            address = Address(path, tuple(row.split("/")) if row else ())
            answers[response_id][address] = Answer(**json.loads(value))
    deciders = {form_id: Asked(form, {"reference_year": year} if year else {}) for form_id, form in forms.items()}
    for response in responses:
        form = response.form or ""
        if form in forms:
            asked = deciders[form].of(answers[response.id])
            if response.status == _SHEETS:
                asked = {address: answer for address, answer in asked.items() if address.rows}
            yield Filled(response.id, forms[form], asked)
