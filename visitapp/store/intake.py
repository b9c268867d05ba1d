"""Changes from elsewhere on their way into the register: what is new among them, after everything was checked."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.errors import DamagedData
from visitapp.store.changes import Change
from visitapp.store.register import Entry, Register
from visitapp.store.values import check_received


def new_entries(register: Register, changes: Sequence[Change]) -> list[Entry]:
    """Those of ``changes`` that are not here yet, each once.

    Raises DamagedData E-312 (a change of unknown field or wrong form), E-313 (a number that stands for another change
    here or twice in ``changes`` with different content: two stores write under one name).
    """
    received: dict[int, Entry] = {}
    for change in changes:
        entry = _received(register, change)
        same = received.setdefault(entry.number, entry)
        if same != entry:
            raise DamagedData("E-313", change=change.id)
    if not received:
        return []
    for known in register.known_among(sorted(received)):
        if _content(received.pop(known.number)) != _content(known):
            raise DamagedData("E-313", change=register.id(known.number))
    return [received[number] for number in sorted(received)]


def _received(register: Register, change: Change) -> Entry:
    time = check_received(change)
    try:
        return Entry(
            number=register.first(change.device) + change.counter,
            table=change.table,
            record=change.record,
            field=change.field,
            value=change.value,
            hlc=time,
            person=change.person,
            replaces=tuple(sorted({register.number(replaced) for replaced in change.replaces})),
            restores=None if change.restores is None else register.number(change.restores),
        )
    except ValueError as error:
        raise DamagedData("E-312", change=change.id) from error


def _content(entry: Entry) -> tuple[object, ...]:
    return (
        *(entry.table, entry.record, entry.field, entry.value),
        *(entry.hlc, entry.person, entry.replaces, entry.restores),
    )
