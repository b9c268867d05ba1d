"""What is wrong with a questionnaire, and where in its workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

from visitapp.errors import DamagedData


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of the reader or the linter.

    ``code`` names the text in errors.tsv and ``values`` fill it. ``path`` is the question's (or group's) XForm path,
    "" when the remark is about no question. ``sheet``, ``row`` (as Excel counts, the header is row 1) and ``column``
    (the header's text) say where to look; "" or None when unknown.
    """

    severity: Literal["error", "warning"]
    code: str
    path: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


class WorkbookError(DamagedData):
    """A workbook that cannot become a questionnaire. ``findings`` says why, one by one (may be empty)."""

    def __init__(self, code: str, findings: tuple[Finding, ...] = (), **values: object) -> None:
        super().__init__(code, **values)
        self.findings = findings


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like ``word``, "" when none is."""
    return next(iter(get_close_matches(word, [w for w in words if w], n=1, cutoff=0.5)), "")
