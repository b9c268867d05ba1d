"""The surveys an office starts with, and the stored questionnaires they use.

Which surveys there are is data: resources/surveys.tsv (source: report/tables/surveys.tsv). ``key`` names a survey's
files in the exchange format (companies_KEY.csv, responses_KEY.csv, opinions_KEY.csv).
"""

from __future__ import annotations

import base64
import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from visitapp.errors import DamagedData
from visitapp.questionnaire.definition import form_from_json, form_hash, form_to_json
from visitapp.questionnaire.form import Form
from visitapp.resources import resource_path
from visitapp.store import records
from visitapp.store.identity import stable_id

if TYPE_CHECKING:
    from visitapp.store.store import Reader, Writer


@dataclass(frozen=True, slots=True)
class ShippedSurvey:
    """One line of resources/surveys.tsv. Dates ISO, both days included; ``mode`` 訪問 or 郵送."""

    key: str
    name: str
    fiscal_year: int
    reference_year: int
    workbook: str
    mode: str
    starts_on: str
    ends_on: str

    @property
    def id(self) -> str:
        """The survey's record id: the same in every store."""
        return stable_id("survey", self.key, str(self.fiscal_year))


@cache
def shipped_surveys() -> tuple[ShippedSurvey, ...]:
    """The surveys that come with the program, in printed order."""
    with resource_path("surveys.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        ShippedSurvey(
            row["key"], row["name"], int(row["fiscal_year"]), int(row["reference_year"]),
            row["workbook"], row["mode"], row["starts_on"], row["ends_on"],
        )
        for row in rows
    )  # fmt: skip


def install_surveys(writer: Writer) -> int:
    """Write the shipped questionnaires and surveys that this store does not have yet; returns the number of changes.

    What is there, edited or deleted, stays as it is.
    """
    changes = 0
    for survey in shipped_surveys():
        if writer.get(records.Survey, survey.id) is not None:
            continue
        form_id, form_changes = _install_form(writer, survey.workbook)
        changes += form_changes
        written = writer.put(
            records.Survey, survey.id, name=survey.name, fiscal_year=survey.fiscal_year, form=form_id,
            reference_year=survey.reference_year, mode=survey.mode, starts_on=survey.starts_on, ends_on=survey.ends_on,
        )  # fmt: skip
        changes += len(written)
    return changes


def _install_form(writer: Writer, workbook: str) -> tuple[str, int]:
    data, form, definition = _shipped_form(workbook)
    form_id, changes = put_form(writer, form, definition, data)
    return form_id, changes


@cache
def _shipped_form(workbook: str) -> tuple[bytes, Form, str]:
    # Reading a workbook takes most of a second and loads the converter: once, and only where surveys are installed.
    from visitapp.questionnaire.xlsform import read_workbook

    data = resource_path("questionnaires", workbook).read_bytes()
    form = read_workbook(data, workbook)
    return data, form, form_to_json(form)


def put_form(writer: Writer, form: Form, definition: str, workbook: bytes) -> tuple[str, int]:
    """Store a questionnaire under the hash of its definition; returns that id and the number of changes."""
    form_id = form_hash(definition)
    title = form.title.get("ja") or next(iter(form.title.values()), form.form_id)
    changes = writer.put(
        records.Form, form_id, form_id=form.form_id, version=form.version, title=title, definition=definition,
        workbook=base64.b64encode(workbook).decode("ascii"),
    )  # fmt: skip
    return form_id, len(changes)


def load_form(reader: Reader, form_id: str) -> Form:
    """The parsed questionnaire with that record id. Raises DamagedData E-205 when it is not in this store."""
    stored = reader.get(records.Form, form_id)
    if stored is None or stored.definition is None:
        raise DamagedData("E-205", form=form_id[:12])
    return _parsed(stored.definition)


@lru_cache(maxsize=16)
def _parsed(definition: str) -> Form:
    return form_from_json(definition)


def surveys(reader: Reader) -> list[records.Survey]:
    """Every survey, newest first."""
    return sorted(reader.find(records.Survey), key=lambda s: (s.starts_on or "", s.name or "", s.id), reverse=True)
