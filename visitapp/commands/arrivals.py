"""届いた受渡: packages looked at before anything is written, what they would do, taking them in, and going back.

Nothing here decides whether a package is good: ``sync.inbox`` does. This says it for a whole folder, in the order in
which the packages can be taken in, and counts what came of it by kind of record.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from visitapp.errors import NotNow, VisitappError
from visitapp.files import read_at_most
from visitapp.store import clock, records
from visitapp.store.store import Change, Reader, Store
from visitapp.sync import inbox
from visitapp.sync.package import Header, take_apart

Report = Callable[[int, int], None]
"""Called with (done, total); may raise to stop."""

READY, AGAIN, WAITING, REFUSED = "ready", "again", "waiting", "refused"
_KINDS = {kind.__name__.lower(): kind for kind in records.TRAVELLING}
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """A package file as headquarters sees it. ``state``: "ready", "again" (imported before), "waiting", "refused".

    ``error`` says why it waits or is refused; ``header`` is None when not even that can be read; ``person`` wrote most
    of its changes. ``finals`` and ``drafts`` count its responses by the status they arrive with; ``written`` counts
    the characters of its opinions. ``known_forms`` is whether every questionnaire it answers is here or in it.
    """

    path: Path
    state: str
    size: int
    header: Header | None = None
    sha256: str = ""
    person: str = ""
    error: VisitappError | None = None
    changes: tuple[Change, ...] = ()
    new: int = 0
    finals: int = 0
    drafts: int = 0
    written: int = 0
    known_forms: bool = True

    @property
    def counts(self) -> Mapping[str, int]:
        """Records touched, by table, and "changes" in all; empty for a file that cannot be read."""
        return self.header.counts if self.header is not None else {}


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of record over an import: ids that were not there (or deleted) before, that were and are, that are gone.

    ``before`` and ``after`` count the undeleted records of the store.
    """

    table: str
    before: int
    after: int
    came: frozenset[str] = frozenset()
    edited: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()

    @property
    def new(self) -> int:
        """How many came."""
        return len(self.came)

    @property
    def changed(self) -> int:
        """How many that had been there were edited and are still there."""
        return len(self.edited - self.came - self.gone)

    @property
    def deleted(self) -> int:
        """How many went."""
        return len(self.gone)

    @property
    def agrees(self) -> bool:
        """Whether the counts of the store follow from what was taken in, record by record."""
        return self.before + self.new - self.deleted == self.after


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in one package did."""

    path: Path
    result: inbox.MergeResult | inbox.Refused
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """What going back to before an import takes away: the packages since, and changes written here since."""

    packages: tuple[records.Package, ...]
    own_changes: int


# --- before ---------------------------------------------------------------------------------------------------------


def look_at(store: Store, paths: Sequence[Path], report: Report | None = None) -> list[Arrival]:
    """Check package files (and folders of them), ready ones first and in the order they can be taken in.

    A folder that cannot be read is left out: its stick may just have been pulled.
    """
    files = list(dict.fromkeys(file for path in paths for file in _files(path)))
    found: list[Arrival] = []
    for number, file in enumerate(files):
        if report is not None:
            report(number, len(files))
        found.append(_arrival(store, file))
    if report is not None:
        report(len(files), len(files))
    with store.read() as reader:
        return _in_order(found, reader.known())


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    with suppress(VisitappError):
        return inbox.packages_in(path)
    return []


def _arrival(store: Store, path: Path) -> Arrival:
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    try:
        found = inbox.inspect(store, path)
    except VisitappError as error:
        return Arrival(path, REFUSED, size, _header(path), error=error)
    people = Counter(change.person for change in found.changes)
    person = people.most_common(1)[0][0] if people else ""
    made = Arrival(path, found.verdict, size, found.header, found.sha256, person, changes=found.changes, new=found.new)
    with store.read() as reader:
        return _with_content(reader, made)


def _header(path: Path) -> Header | None:
    with suppress(VisitappError, OSError):
        return take_apart(read_at_most(path, inbox.SIZE_LIMIT)).header
    return None


def _with_content(reader: Reader, arrival: Arrival) -> Arrival:
    statuses: dict[str, object] = {}
    texts: dict[str, object] = {}
    forms: set[str] = set()
    brought: set[str] = set()
    for change in arrival.changes:
        place = (change.table, change.field)
        if place == ("response", "status"):
            statuses[change.record] = json.loads(change.value)
        elif place == ("response", "form"):
            forms.add(str(json.loads(change.value)))
        elif place == ("opinion", "text"):
            texts[change.record] = json.loads(change.value)
        elif change.table == "form":
            brought.add(change.record)
    touched = arrival.counts.get("response", 0)
    finals = sum(status == "final" for status in statuses.values())
    return replace(
        arrival, finals=finals, drafts=max(0, touched - finals),
        written=sum(len(str(text or "")) for text in texts.values()),
        known_forms=all(form in brought or reader.get(records.Form, form) is not None for form in forms),
    )  # fmt: skip


def _in_order(found: Iterable[Arrival], known: Mapping[str, int]) -> list[Arrival]:
    """Ready packages in the order they can be taken in, then those that wait, refused ones, repeated ones."""
    reached = dict(known)
    ready: list[Arrival] = []
    open_ones = [one for one in found if one.state in (READY, WAITING)]
    rest = [one for one in found if one.state not in (READY, WAITING)]
    while fitting := [one for one in open_ones if _fits(one, reached)]:
        for arrival in fitting:
            again = any(arrival.sha256 == other.sha256 for other in ready)
            (rest if again else ready).append(replace(arrival, state=AGAIN if again else READY))
            for change in arrival.changes:
                reached[change.device] = max(reached.get(change.device, 0), change.counter)
        open_ones = [one for one in open_ones if one not in fitting]
    waiting = [replace(one, state=WAITING, error=_lacking(one)) for one in open_ones]
    rest.sort(key=lambda one: one.state == AGAIN)
    return [*ready, *waiting, *rest]


def _fits(arrival: Arrival, reached: Mapping[str, int]) -> bool:
    header = arrival.header
    return header is not None and all(counter <= reached.get(device, 0) for device, counter in header.after.items())


def _lacking(arrival: Arrival) -> NotNow:
    header = arrival.header
    sender, number = (header.sender_code, header.number - 1) if header is not None else ("", 0)
    return NotNow("E-412", sender=sender, number=number)


class _Undone(Exception):
    """Ends a trial: the transaction is rolled back."""


def forecast(store: Store, arrivals: Sequence[Arrival], person: str) -> int:
    """How many new conflicts taking these in would make: it is done, counted, and rolled back.

    Raises what ``Store.write`` raises.
    """
    made = 0
    with suppress(_Undone), store.write(person) as writer:
        before = {(c.table, c.record, c.field) for c in writer.conflicts()}
        for arrival in arrivals:
            writer.apply(arrival.changes)
        made = sum((c.table, c.record, c.field) not in before for c in writer.conflicts())
        raise _Undone
    return made


# --- taking in --------------------------------------------------------------------------------------------------------


def take_in(store: Store, path: Path, person: str) -> Intake:
    """Take one package in: checks, backup, one transaction, counts compared; a refused one changes nothing."""
    try:
        found = inbox.inspect(store, path)
        with store.read() as reader:
            known = reader.known()
        new = [change for change in found.changes if change.counter > known.get(change.device, 0)]
        touched = _touched(new)
        alive = _alive(store, touched)
        result = inbox.import_package(store, path, person)
    except VisitappError as error:
        return Intake(path, inbox.Refused(path, error))
    return Intake(path, result, _tallies(result, alive, _alive(store, touched)))


Alive = Mapping[str, Mapping[str, bool]]
"""Table -> record id -> whether it is there and not deleted."""


def _touched(changes: Iterable[Change]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    for change in changes:
        found.setdefault(change.table, {})[change.record] = None
    return {table: list(ids) for table, ids in found.items()}


def _alive(store: Store, touched: Mapping[str, Sequence[str]]) -> Alive:
    found: dict[str, dict[str, bool]] = {}
    with store.read() as reader:
        for table, ids in touched.items():
            mine = found[table] = dict.fromkeys(ids, False)
            for at in range(0, len(ids), _AT_ONCE):
                part = list(ids[at : at + _AT_ONCE])
                mine.update({record.id: True for record in reader.find(_KINDS[table], id=part)})
    return found


def _tallies(result: inbox.MergeResult, before: Alive, after: Alive) -> tuple[Tally, ...]:
    made = []
    for table in _KINDS:
        was, there = before.get(table, {}), after.get(table, {})
        made.append(
            Tally(
                table, result.before.get(table, 0), result.after.get(table, 0),
                frozenset(record for record in there if there[record] and not was[record]),
                frozenset(record for record in there if there[record] and was[record]),
                frozenset(record for record in there if was[record] and not there[record]),
            )
        )  # fmt: skip
    return tuple(made)


def summed(intakes: Sequence[Intake]) -> tuple[Tally, ...]:
    """The tallies of several packages taken in one after another, as of one."""
    found: dict[str, Tally] = {}
    for intake in intakes:
        for one in intake.tallies:
            sofar = found.get(one.table, Tally(one.table, one.before, one.before))
            found[one.table] = Tally(
                one.table, sofar.before, one.after,
                sofar.came | one.came, sofar.edited | one.edited, sofar.gone | one.gone,
            )  # fmt: skip
    return tuple(found.values())


# --- afterwards -------------------------------------------------------------------------------------------------------


def imported_packages(store: Store) -> list[records.Package]:
    """Every package taken in, newest first."""
    with store.read() as reader:
        found = reader.find(records.Package, direction="in")
    return sorted(found, key=lambda one: (one.received_at or "", one.backup or "", one.number or 0), reverse=True)


def backup_before(store: Store, package: records.Package) -> Path | None:
    """The copy made before this package was taken in; None when there was nothing new or it was thinned out since."""
    # By name: the data folder may have been moved as a whole.
    copy = store.folder / "backups" / Path(package.backup or "").name
    return copy if package.backup and copy.is_dir() else None


def lost_by_going_back(store: Store, package: records.Package) -> Lost:
    """What ``office.go_back_to`` the backup of this package would take away."""
    # Several packages arrive within a second, but their backups carry milliseconds in their names.
    start_name = Path(package.backup or "").name
    since = [one for one in imported_packages(store) if one.backup and Path(one.backup).name >= start_name]
    start = datetime.fromisoformat(package.received_at or "1970-01-01T00:00:00+00:00")
    with store.read() as reader:
        others = {device: counter for device, counter in reader.known().items() if not _own(store, device)}
        own = sum(
            _own(store, change.device) and clock.to_datetime(clock.from_text(change.hlc)) > start
            for change in reader.changes_after(others)
        )
    return Lost(tuple(since), own)


def _own(store: Store, device: str) -> bool:
    return device.partition(".")[0] == store.device
