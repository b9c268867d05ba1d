"""Values of fields as JSON text: in one spelling, so that equal values are equal texts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from visitapp.errors import AnswerRefused, DamagedData
from visitapp.store.changes import Change
from visitapp.store.clock import from_text
from visitapp.store.records import Record
from visitapp.store.tables import KINDS, fields_of

TRUE, FALSE, NULL = "true", "false", "null"

_TYPES = {(table, field): fits for table, kind in KINDS.items() for field, fits in fields_of(kind).items()}


def encode(value: object) -> str:
    """The JSON text of a str, int, bool or None."""
    return _dumps(value)


_dumps = json.JSONEncoder(ensure_ascii=False).encode


def encoded(kind: type[Record], fields: Mapping[str, object]) -> dict[str, str]:
    """Field values as JSON.

    Raises TypeError (unknown field, wrong type), AnswerRefused E-204 (unusable characters), E-221 (more than 64 bits).
    """
    types = fields_of(kind)
    values: dict[str, str] = {}
    for name, value in fields.items():
        if name not in types:
            raise TypeError(f"{kind.__name__} has no field {name!r}")
        if type(value) is not types[name] and (value is not None or name == "deleted"):
            raise TypeError(f"{kind.__name__}.{name} cannot be {type(value).__name__}")
        if isinstance(value, str) and not storable(value):
            raise AnswerRefused("E-204", field=name)
        if isinstance(value, int) and not _fits_column(value):
            raise AnswerRefused("E-221", field=name)
        values[name] = _dumps(value)
    return values


def storable(text: str) -> bool:
    """Whether every database and file can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and (text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text))


def _fits_column(number: int) -> bool:
    return -(2**63) <= number < 2**63


def check_received(change: Change) -> int:
    """The time of a change from elsewhere, after its form was checked. Raises DamagedData E-312.

    Only the spelling ``encode`` writes is taken, so that equal values stay equal texts.
    """
    try:
        spelling, value = _SPELLINGS[_TYPES[change.table, change.field]], change.value
        if not (spelling.fullmatch(value) or (value == NULL and change.field != "deleted")):
            raise ValueError
        if spelling is _SPELLINGS[int] and value != NULL and not _fits_column(int(value)):
            raise ValueError
        if change.id != f"{change.device}:{change.counter}" or not storable(change.id + change.record + change.person):
            raise ValueError
        return from_text(change.hlc)
    except (ValueError, KeyError) as error:
        raise DamagedData("E-312", change=change.id) from error


_SPELLINGS: dict[type, re.Pattern[str]] = {
    str: re.compile(r'"(?:[^"\\\x00-\x1f\ud800-\udfff]++|\\(?:["\\bfnrt]|u00(?:0[1-7bef]|1[0-9a-f])))*"'),
    int: re.compile(r"0|-?[1-9][0-9]{0,18}"),
    bool: re.compile(r"true|false"),
}
"""How ``encode`` writes values of these types (a string: only what must be escaped is, each in one way; no NUL)."""
