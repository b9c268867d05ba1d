"""Values of fields as JSON text: in one spelling, so that equal values are equal texts."""

from __future__ import annotations

import json
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
    """Field values as JSON. Raises TypeError (unknown field, wrong type), AnswerRefused E-204 (unusable characters)."""
    types = fields_of(kind)
    values: dict[str, str] = {}
    for name, value in fields.items():
        if name not in types:
            raise TypeError(f"{kind.__name__} has no field {name!r}")
        if type(value) is not types[name] and (value is not None or name == "deleted"):
            raise TypeError(f"{kind.__name__}.{name} cannot be {type(value).__name__}")
        if isinstance(value, str) and not storable(value):
            raise AnswerRefused("E-204", field=name)
        values[name] = _dumps(value)
    return values


def storable(text: str) -> bool:
    """Whether every database and file can hold the text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not (any("\ud800" <= c <= "\udfff" for c in text) if not text.isascii() else False)


def check_received(change: Change) -> int:
    """The time of a change from elsewhere, after its form was checked. Raises DamagedData E-312.

    Only the spelling ``encode`` writes is taken, so that equal values stay equal texts.
    """
    expected = _TYPES.get((change.table, change.field))
    try:
        time = from_text(change.hlc)
        value = json.loads(change.value)
        fits = type(value) is expected or (value is None and change.field != "deleted")
        if not fits or _dumps(value) != change.value or (isinstance(value, str) and not storable(value)):
            raise ValueError
        if not (
            storable(change.record) and storable(change.person) and change.id == f"{change.device}:{change.counter}"
        ):
            raise ValueError
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedData("E-312", change=change.id) from error
    return time
