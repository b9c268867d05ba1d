"""Which changes follow from what someone does to a record: the writing side of the rules in ``register.py``.

Pure: gets what stands in the log, gives drafts, entries that have a number but no time yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from visitapp.store.records import Record
from visitapp.store.register import Entry
from visitapp.store.tables import BURIED, COUNTER_BITS, CURRENT, table_name
from visitapp.store.values import FALSE, NULL, TRUE, encode


class Drafting:
    """Numbers drafts from ``next`` on, in the name of ``person``."""

    def __init__(self, person: str) -> None:
        self.person = person
        self.next = 0

    def edit(
        self,
        kind: type[Record],
        record_id: str,
        present: Record | None,
        values: Mapping[str, str],
        standing: list[Entry],
    ) -> list[Entry]:
        """``values`` written to a record that shows ``present`` (None: it is new) and of which ``standing`` stands."""
        shown = present or kind(id=record_id)
        if shown.deleted and values.get("deleted") == FALSE:
            return self.restore(kind, record_id, values, standing)
        changed = {f: v for f, v in values.items() if f != "deleted" and v != encode(getattr(shown, f))}
        drafts = [self.draft(kind, record_id, f, v, [e for e in standing if e.field == f]) for f, v in changed.items()]
        current = [e for e in current_of(standing) if e.field not in changed]
        goes = values.get("deleted") == TRUE and not shown.deleted
        # An edit of a deleted record must not look like one that did not know of the deletion, unless there is one.
        stays_deleted = shown.deleted and bool(drafts) and all(deletes(e) for e in current)
        if goes or stays_deleted:
            drafts.append(self.draft(kind, record_id, "deleted", TRUE, [*current, *drafts]))
        elif present is None and not drafts:
            drafts.append(self.draft(kind, record_id, "deleted", FALSE, []))
        return drafts

    def restore(
        self, kind: type[Record], record_id: str, values: Mapping[str, str], standing: list[Entry]
    ) -> list[Entry]:
        """The record comes back, with the values its deletion replaced or the ``values`` given instead."""
        tombs = [e for e in current_of(standing) if e.field == "deleted"]
        drafts = [self.draft(kind, record_id, "deleted", FALSE, tombs)]
        for field in dict.fromkeys(e.field for e in standing if e.field != "deleted"):
            mine = [e for e in standing if e.field == field]
            if field not in values:
                drafts += self._revive(kind, record_id, mine)
            elif any(e.standing == BURIED or e.value != values[field] for e in mine):
                drafts.append(self.draft(kind, record_id, field, values[field], mine))
        named = {e.field for e in standing} | {"deleted"}
        new = {f: v for f, v in values.items() if f not in named and v != NULL}
        return drafts + [self.draft(kind, record_id, f, v, []) for f, v in new.items()]

    def _revive(self, kind: type[Record], record_id: str, entries: list[Entry]) -> list[Entry]:
        """Each buried value of one field as a current change again."""
        seen = {e.value for e in current_of(entries)}
        buried: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.standing == BURIED and entry.value not in seen:
                buried.setdefault(entry.value, []).append(entry)
        return [
            self.draft(kind, record_id, same[0].field, value, same, restores=_source(same[0]))
            for value, same in buried.items()
        ]

    def bring_back(self, kind: type[Record], old: Entry, group: Sequence[Entry]) -> Entry:
        """The value of ``old`` as a change that replaces its settlement (a deletion: all that came back with it)."""
        replaces = group if deletes(old) else [entry for entry in group if old.number in entry.replaces]
        return self.draft(kind, old.record, old.field, old.value, replaces, restores=_source(old))

    def draft(
        self,
        kind: type[Record],
        record_id: str,
        field: str,
        value: str,
        replaces: Iterable[Entry],
        restores: int | None = None,
    ) -> Entry:
        """One change of a field that replaces ``replaces``."""
        number, self.next = self.next, self.next + 1
        replaced = tuple(sorted({entry.number for entry in replaces}))
        return Entry(
            number=number, table=table_name(kind), record=record_id, field=field, value=value, hlc=0,
            person=self.person, replaces=replaced, restores=restores,
        )  # fmt: skip


def current_of(entries: Iterable[Entry]) -> list[Entry]:
    """Those that no known change replaces."""
    return [entry for entry in entries if entry.standing == CURRENT]


def deletes(entry: Entry) -> bool:
    """Whether it marks its record as deleted."""
    return entry.field == "deleted" and entry.value == TRUE


def _source(entry: Entry) -> int:
    """The change that first gave the value."""
    return entry.number if entry.restores is None else entry.restores


def goes_with(entry: Entry, settlement: Entry) -> bool:
    """Values brought back together with a record that was kept from deletion."""
    same_author = entry.number >> COUNTER_BITS == settlement.number >> COUNTER_BITS
    return settlement.field == "deleted" and entry.restores is not None and same_author and entry.hlc == settlement.hlc


def only_replaced_by(entries: Sequence[Entry], group: Sequence[Entry]) -> list[Entry]:
    """The changes that were current before ``group``, one for each different value; ``entries`` the strongest first."""
    ours = {entry.number for entry in group}
    replacers: dict[int, set[int]] = {}
    for entry in entries:
        for number in entry.replaces:
            replacers.setdefault(number, set()).add(entry.number)
    back: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.number in replacers and replacers[entry.number] <= ours:
            back.setdefault((entry.field, entry.value), entry)
    return list(back.values())
