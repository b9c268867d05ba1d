"""The errors that have a code: their five kinds, and nothing else.

A leaf that every package may import. An error carries a code and values; its Japanese and English
text (what, where, what to do next) is in ``visitapp.i18n.errors`` under the same code.
"""

from __future__ import annotations


class VisitappError(Exception):
    """An expected failure. ``code`` names its text, ``values`` fill the text's placeholders."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}({shown})"


class AnswerRefused(VisitappError):
    """What was entered cannot be taken; shown at the field."""


class NotNow(VisitappError):
    """Something has to be done first; the text says what."""


class EnvironmentProblem(VisitappError):
    """Disk, stick, lock, rights: the same action can succeed later."""


class DamagedData(VisitappError):
    """A file, package, workbook or store is not what it should be; nothing was written."""
