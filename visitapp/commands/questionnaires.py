"""Questionnaires as files: checked, and taken into the office."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from visitapp.errors import EnvironmentProblem
from visitapp.fieldwork.surveys import put_form
from visitapp.files import read_at_most
from visitapp.questionnaire.findings import Finding
from visitapp.questionnaire.form import Form
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

    data = _read(path)
    form = _form(path, data)
    return Checked(form.form_id, sum(1 for _ in form.questions()), findings_of(form, data, path.name))


def add_questionnaire(store: Store, path: Path, person: str) -> str:
    """Take a workbook without errors into the store; returns the form's record id.

    Raises as ``check_questionnaire``, and WorkbookError E-104 when the linter finds errors.
    """
    from visitapp.questionnaire.check import findings_of
    from visitapp.questionnaire.definition import form_to_json
    from visitapp.questionnaire.findings import WorkbookError

    data = _read(path)
    form = _form(path, data)
    errors = tuple(finding for finding in findings_of(form, data, path.name) if finding.severity == "error")
    if errors:
        raise WorkbookError("E-104", errors, name=path.name, count=len(errors))
    with store.write(person) as writer:
        return put_form(writer, form, form_to_json(form), data)[0]


def _form(path: Path, data: bytes) -> Form:
    """The questionnaire, with those CSV files beside it that it refers to."""
    from visitapp.questionnaire.findings import WorkbookError
    from visitapp.questionnaire.xlsform import read_workbook

    attachments: dict[str, bytes] = {}
    while True:
        try:
            return read_workbook(data, path.name, attachments)
        except WorkbookError as error:
            wanted = {Path(str(one.values["file"])).name for one in error.findings if one.code == "E-156"}
            beside = [path.with_name(name) for name in sorted(wanted - attachments.keys())]
            found = {file.name: _read(file) for file in beside if file.is_file()}
            if not found:
                raise
            attachments |= found


def _read(path: Path) -> bytes:
    from visitapp.questionnaire.xlsform import MAX_BYTES

    try:
        return read_at_most(path, MAX_BYTES)
    except OSError as error:
        raise EnvironmentProblem("E-514", path=path) from error
