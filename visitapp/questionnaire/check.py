"""Checks a workbook as its author sees it: everything that is wrong, with sheet and row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from visitapp.questionnaire.findings import Finding, WorkbookError
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.lint import lint
from visitapp.questionnaire.xlsform import read_workbook, sheet_rows

_BEGINS, _ENDS = ("begin group", "begin repeat"), ("end group", "end repeat")


def check_workbook(
    data: bytes, name: str, attachments: Mapping[str, bytes] | None = None
) -> tuple[Form | None, tuple[Finding, ...]]:
    """The questionnaire (None when it cannot be read) and all findings. Arguments as for ``read_workbook``.

    Raises nothing: an unreadable file is a finding too.
    """
    try:
        form = read_workbook(data, name, attachments)
    except WorkbookError as error:
        return None, error.findings or (Finding("error", error.code, values=error.values),)
    return form, findings_of(form, data, name)


def findings_of(form: Form, data: bytes, name: str) -> tuple[Finding, ...]:
    """What the linter says about the questionnaire that was read from this workbook, with sheet and row."""
    survey = _survey_rows(form.root.path, sheet_rows(data, name, "survey"))
    choices = _choice_rows(sheet_rows(data, name, "choices"))
    return tuple(_located(finding, survey, choices) for finding in lint(form))


def _located(
    finding: Finding, survey: Mapping[str, int], choices: Mapping[tuple[object, object], int]
) -> Finding:  # fmt: skip
    if finding.sheet == "choices":
        return replace(finding, row=choices.get((finding.values.get("list"), finding.values.get("value"))))
    return replace(finding, row=survey.get(finding.path))


def _survey_rows(root: str, rows: Sequence[Mapping[str, str]]) -> dict[str, int]:
    """XForm path -> row of the sheet."""
    found: dict[str, int] = {}
    around = [root]
    for number, row in enumerate(rows, start=2):
        kind = " ".join(row.get("type", "").replace("_", " ").lower().split())
        path = f"{around[-1]}/{row.get('name', '')}"
        if kind in _ENDS and len(around) > 1:
            around.pop()
        elif row.get("name"):
            found.setdefault(path, number)
            if kind in _BEGINS:
                around.append(path)
    return found


def _choice_rows(rows: Sequence[Mapping[str, str]]) -> dict[tuple[object, object], int]:
    """(list, choice name) -> row of the sheet."""
    found: dict[tuple[object, object], int] = {}
    for number, row in enumerate(rows, start=2):
        found.setdefault((row.get("list name", row.get("list_name")), row.get("name")), number)
    return found
