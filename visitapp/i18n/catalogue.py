"""Looks a text up in the language in use."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from babel.messages.pofile import read_po

from visitapp.errors import VisitappError
from visitapp.resources import resource_path

LANGUAGES = ("ja", "en")
_in_use = "ja"
_of_document: ContextVar[str | None] = ContextVar("language of the document being made", default=None)


def use_language(code: str) -> None:
    """Switch the language of everything shown from now on. Raises ValueError for a language there is no catalogue of."""
    if code not in LANGUAGES:
        raise ValueError(code)
    global _in_use
    _in_use = code


def language() -> str:
    """The language in use: "ja" or "en"."""
    return _of_document.get() or _in_use


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Another language for one document made in this block (and thread); what the window shows does not change.

    Raises ValueError for a language there is no catalogue of.
    """
    if code not in LANGUAGES:
        raise ValueError(code)
    token = _of_document.set(code)
    try:
        yield
    finally:
        _of_document.reset(token)


def tr(text: str, **values: object) -> str:
    """``text`` (Japanese source) in the language in use, its ``{name}`` placeholders filled from ``values``."""
    shown = text if language() == "ja" else _english().get(text, text)
    return shown.format(**values) if values else shown


def error_text(error: VisitappError) -> str:
    """What happened, where, and what to do next; the code in brackets at the end."""
    japanese, english = error_texts().get(error.code, error_texts()["E-900"])
    template = japanese if language() == "ja" else english
    left, right = ("（", "）") if language() == "ja" else (" (", ")")
    return f"{template.format_map(_Gaps(error.values))}{left}{error.code}{right}"


class _Gaps(dict[str, object]):
    """An error's text must appear even when a value is missing."""

    def __missing__(self, name: str) -> str:
        return "…"


@cache
def error_texts() -> dict[str, tuple[str, str]]:
    """Code -> (Japanese, English), from errors.tsv."""
    text = resource_path("locale", "errors.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {row["code"]: (row["ja"], row["en"]) for row in rows}


@cache
def _english() -> dict[str, str]:
    with resource_path("locale", "en.po").open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
