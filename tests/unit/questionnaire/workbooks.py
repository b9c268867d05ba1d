"""Workbooks made in memory, and the conformance forms."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from visitapp.questionnaire.form import Form
from visitapp.questionnaire.xlsform import read_workbook

FORMS = Path(__file__).parents[2] / "data" / "forms"

Rows = Sequence[Mapping[str, str]]


def workbook(survey: Rows, choices: Rows = (), settings: Mapping[str, str] | None = None) -> bytes:
    """An .xlsx file with these rows; keys are the headers."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    sheets = {"survey": survey, "choices": choices, "settings": [{"form_id": "test", **(settings or {})}]}
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        headers = list(dict.fromkeys(key for row in rows for key in row))
        if headers:
            sheet.append(headers)
        for row in rows:
            sheet.append([row.get(header) for header in headers])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def form_of(survey: Rows, choices: Rows = (), settings: Mapping[str, str] | None = None) -> Form:
    return read_workbook(workbook(survey, choices, settings), "test.xlsx")


def conformance_script(name: str) -> dict[str, Any]:
    script: dict[str, Any] = json.loads((FORMS / f"{name}.json").read_text(encoding="utf-8"))
    return script


def conformance_form(name: str) -> Form:
    files = {key: text.encode() for key, text in conformance_script(name).get("files", {}).items()}
    return read_workbook((FORMS / f"{name}.md").read_bytes(), f"{name}.md", files)


def conformance_names() -> list[str]:
    return sorted(path.stem for path in FORMS.glob("*.md"))
