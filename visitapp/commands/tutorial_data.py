"""The tutorial's fictitious data, divided among the laptops that would have entered it.

Source: report/microdata (118 visited companies, 42 mailed responses). Nothing in it is real.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from visitapp.fieldwork.csvfiles import write_csv
from visitapp.resources import resource_path

Rows = list[dict[str, str]]
_COMPANIES = ("companies_visit.csv", "companies_mail.csv", "companies_extra.csv")
_MAIL = ("responses_mail.csv", "opinions_mail.csv")
_RESPONSES, _SHEETS, _OPINIONS = "responses_visit.csv", "responses_programme.csv", "opinions_visit.csv"


@dataclass(slots=True)
class Tutorial:
    """The files as rows. ``responses`` of the visits by device code; sheets and opinions by response id."""

    columns: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, Rows]
    devices: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.devices = tuple(sorted({row["device_code"] for row in self.rows[_RESPONSES]}))

    def responses(self, device: str) -> Rows:
        """What was answered on this device, in order of visit."""
        return [row for row in self.rows[_RESPONSES] if row["device_code"] == device]

    def response(self, response_id: str) -> dict[str, str]:
        """One response of a visit."""
        return next(row for row in self.rows[_RESPONSES] if row["response_id"] == response_id)

    def belonging(self, name: str, responses: Rows) -> Rows:
        """The sheets or opinions of these responses."""
        ids = {row["response_id"] for row in responses}
        return [row for row in self.rows[name] if row["response_id"] in ids]

    def sheets(self, response_id: str) -> Rows:
        """The programme sheets of one response."""
        return [row for row in self.rows[_SHEETS] if row["response_id"] == response_id]

    def opinions(self, response_id: str) -> Rows:
        """The opinions of one response."""
        return [row for row in self.rows[_OPINIONS] if row["response_id"] == response_id]

    def write_companies(self, folder: Path) -> None:
        """The register alone: what headquarters has before anybody goes out."""
        for name in _COMPANIES:
            write_csv(folder / name, self.columns[name], self.rows[name])

    def write_mail(self, folder: Path) -> None:
        """The mailed questionnaires, which headquarters enters itself."""
        for name in _MAIL:
            write_csv(folder / name, self.columns[name], self.rows[name])

    def write_visits(self, folder: Path, responses: Rows) -> None:
        """These responses of visits with their sheets and opinions."""
        write_csv(folder / _RESPONSES, self.columns[_RESPONSES], responses)
        for name in (_SHEETS, _OPINIONS):
            if rows := self.belonging(name, responses):
                write_csv(folder / name, self.columns[name], rows)


def load_tutorial() -> Tutorial:
    """The shipped files."""
    columns: dict[str, tuple[str, ...]] = {}
    rows: dict[str, Rows] = {}
    for name in (*_COMPANIES, *_MAIL, _RESPONSES, _SHEETS, _OPINIONS):
        with resource_path("tutorial", name).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows[name] = list(reader)
            columns[name] = tuple(reader.fieldnames or ())
    return Tutorial(columns, rows)
