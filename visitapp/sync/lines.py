"""Changes as lines of a package body, and their checks before anything is written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from visitapp.errors import DamagedData
from visitapp.store.changes import Change
from visitapp.store.records import TRAVELLING

_FIELDS: Mapping[str, frozenset[str]] = {
    kind.__name__.lower(): frozenset(f.name for f in fields(kind) if f.name != "id") for kind in TRAVELLING
}


def to_line(change: Change) -> str:
    """One change as a JSON array: device, counter, table, record, field, value, hlc, person, replaces, restores."""
    row = (
        *(change.device, change.counter, change.table, change.record, change.field),
        *(change.value, change.hlc, change.person, list(change.replaces), change.restores),
    )
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def from_lines(lines: Sequence[str], after: Mapping[str, int]) -> list[Change]:
    """The changes of a body, checked: known tables and fields, JSON values, counters without gap above ``after``.

    Raises DamagedData E-407 with the number of the first wrong line.
    """
    changes: list[Change] = []
    reached = dict(after)
    for number, line in enumerate(lines, start=1):
        change = _from_line(line, number)
        if change.counter != reached.get(change.device, 0) + 1:
            raise DamagedData("E-407", line=number)
        reached[change.device] = change.counter
        changes.append(change)
    return changes


def _from_line(line: str, number: int) -> Change:
    try:
        device, counter, table, record, field, value, hlc, person, replaces, restores = json.loads(line)
        texts = [device, table, record, field, value, hlc, person, *replaces]
        json.loads(value)
    except (ValueError, TypeError, RecursionError) as broken:
        raise DamagedData("E-407", line=number) from broken
    good = (
        all(isinstance(text, str) for text in texts)
        and type(counter) is int
        and field in _FIELDS.get(table, ())
        and (restores is None or isinstance(restores, str))
        and all(_is_change_id(text) for text in (*replaces, *([restores] if restores else [])))
    )
    if not good:
        raise DamagedData("E-407", line=number)
    return Change(
        id=f"{device}:{counter}", device=device, counter=counter, table=table, record=record, field=field,
        value=value, hlc=hlc, person=person, replaces=tuple(replaces), restores=restores,
    )  # fmt: skip


def _is_change_id(text: str) -> bool:
    device, _, counter = text.rpartition(":")
    return bool(device) and counter.isascii() and counter.isdigit()


def count_tables(changes: Iterable[Change]) -> dict[str, int]:
    """How many records of each table the changes touch, and "changes" in all."""
    touched: dict[str, set[str]] = {}
    total = 0
    for change in changes:
        touched.setdefault(change.table, set()).add(change.record)
        total += 1
    return {"changes": total} | {table: len(records) for table, records in sorted(touched.items())}
