"""Questionnaires as files: checked, and taken into the office."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from visitapp.errors import EnvironmentProblem
from visitapp.fieldwork.surveys import put_form
from visitapp.files import read_at_most
from visitapp.questionnaire.findings import Finding
from visitapp.store.store import Store


@dataclass(frozen=True, slots=True)
class Checked:
    """A questionnaire that could be read, and what the linter says about it."""

    form_id: str
    questions: int
    findings: tuple[Finding, ...]


def check_questionnaire(path: Path) -> Checked:
    """Read and lint a workbook, findings with sheet and row.

    Raises WorkbookError (E-101 to E-104, then with findings), EnvironmentProblem E-514.
    """
    from visitapp.questionnaire.check import findings_of
    from visitapp.questionnaire.xlsform import read_workbook

    data = _read(path)
    form = read_workbook(data, path.name)
    return Checked(form.form_id, sum(1 for _ in form.questions()), findings_of(form, data, path.name))


def add_questionnaire(store: Store, path: Path, person: str) -> str:
    """Take a workbook without errors into the store; returns the form's record id.

    Raises as ``check_questionnaire``, and WorkbookError E-104 when the linter finds errors.
    """
    from visitapp.questionnaire.check import findings_of
    from visitapp.questionnaire.definition import form_to_json
    from visitapp.questionnaire.findings import WorkbookError
    from visitapp.questionnaire.xlsform import read_workbook

    data = _read(path)
    form = read_workbook(data, path.name)
    errors = tuple(finding for finding in findings_of(form, data, path.name) if finding.severity == "error")
    if errors:
        raise WorkbookError("E-104", errors, name=path.name, count=len(errors))
    with store.write(person) as writer:
        return put_form(writer, form, form_to_json(form), data)[0]


def _read(path: Path) -> bytes:
    from visitapp.questionnaire.xlsform import MAX_BYTES

    try:
        return read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise EnvironmentProblem("E-514", path=path) from error
