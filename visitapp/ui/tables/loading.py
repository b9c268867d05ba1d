"""What the tables are made of: surveys, the answers of one of them as columns, the open conflicts in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.commands.cases import Case
    from visitapp.questionnaire.form import Form
    from visitapp.store import records
    from visitapp.store.store import Reader, Store
    from visitapp.tabulation.columns import Columns, Unit
    from visitapp.tabulation.definitions import Definition
    from visitapp.tabulation.table import Table


@dataclass(frozen=True, slots=True)
class Loaded:
    """``columns`` and ``form`` are None when there is no survey or its questionnaire is not here."""

    surveys: tuple[records.Survey, ...]
    survey: records.Survey | None
    columns: Columns | None
    form: Form | None
    cases: tuple[Case, ...]
    responses: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One response behind a cell; ``rows`` counts how many of its sheets are meant (0: the response itself)."""

    response: str
    company: records.Company | None
    visited_on: str
    visitor: str
    rows: int


def load(store: Store, survey_id: str) -> Loaded:
    """Everything about one survey (the one with the most final responses for ""). Raises DamagedData E-105, E-106."""
    from visitapp.commands.cases import open_cases
    from visitapp.fieldwork.surveys import load_form, surveys
    from visitapp.tabulation.reading import survey_columns

    cases = tuple(open_cases(store))
    with store.read() as reader:
        known = tuple(surveys(reader))
        counts = {survey.id: _finals(reader, survey.id) for survey in known}
        chosen = next((one for one in known if one.id == survey_id), None)
        if chosen is None and known:
            chosen = max(known, key=lambda one: counts[one.id])
        columns = survey_columns(reader, chosen.id) if chosen is not None else None
        form = load_form(reader, chosen.form) if chosen is not None and chosen.form and columns is not None else None
    return Loaded(known, chosen, columns, form, cases, counts[chosen.id] if chosen is not None else 0)


def _finals(reader: Reader, survey: str) -> int:
    from visitapp.store import records

    targets = {target.id for target in reader.find(records.Target, survey=survey)}
    return sum(response.target in targets for response in reader.find(records.Response, status="final"))


def load_behind(store: Store, units: Sequence[Unit]) -> list[Behind]:
    """The responses of these units with their companies, in order."""
    from visitapp.store import records

    rows: dict[str, int] = {}
    for unit in units:
        rows[unit.response] = rows.get(unit.response, 0) + bool(unit.rows)
    with store.read() as reader:
        responses = {one.id: one for one in reader.find(records.Response, id=list(rows))}
        targets = {one.id: one for one in reader.find(records.Target, id=[r.target for r in responses.values()])}
        companies = {one.id: one for one in reader.find(records.Company, id=[t.company for t in targets.values()])}
    found = []
    for response_id, count in rows.items():
        response = responses[response_id]
        target = targets.get(response.target or "")
        company = companies.get(target.company or "") if target is not None else None
        when = response.visited_on or response.received_on or ""
        found.append(Behind(response_id, company, when, response.visitor or "", count))
    return found


def write_excel(
    tables: Callable[[Callable[[int, int], None]], list[Table]], path: Path, report: Callable[[int, int], None]
) -> Path:
    """Count the tables, then write them as a workbook; returns the path. Raises EnvironmentProblem E-590, E-591."""
    from visitapp.commands.results import write_workbook_of

    write_workbook_of(tables(report), path)
    return path


def write_csv(
    tables: Callable[[Callable[[int, int], None]], list[Table]], folder: Path, report: Callable[[int, int], None]
) -> Path:
    """As ``write_excel``: one tidy file a table into ``folder``."""
    from visitapp.exports.tidy import write_tidy

    write_tidy(tables(report), folder)
    return folder


def counted(
    definitions: Sequence[Definition], columns: Columns | None, language: str, report: Callable[[int, int], None]
) -> list[Table]:
    """The tables of these definitions; ``report`` is told before each one."""
    from visitapp.tabulation.counting import make_table

    made = []
    for number, definition in enumerate(definitions):
        report(number, len(definitions))
        made.append(make_table(definition, columns, language))
    report(len(definitions), len(definitions))
    return made
