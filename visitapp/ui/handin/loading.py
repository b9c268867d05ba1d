"""What is where: on this laptop only, on its way, or confirmed by headquarters. Loaded on the worker."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine
    from visitapp.store import records
    from visitapp.store.changes import Change
    from visitapp.store.store import Reader, Store

FRESH, WAITING, RECEIVED = "fresh", "waiting", "received"
STAGES = (FRESH, WAITING, RECEIVED)
"""渡していない, 受領待ち, 受領済み."""

_FAILURES = "window/handin-failures"
_MOST_FAILURES = 20


@dataclass(slots=True)
class Outstanding:
    """What of one company is not confirmed: records by table, and when the latest change was made (milliseconds)."""

    fresh: bool = False
    records: dict[str, set[str]] = field(default_factory=dict)
    wall_ms: int = 0


@dataclass(frozen=True, slots=True)
class HandInLine:
    """One company in one stage. ``counts``: response, visit, opinion, offer; ``wall_ms`` its latest change."""

    line: TargetLine
    stage: str
    counts: dict[str, int]
    wall_ms: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A hand-in that failed: ISO time, the error's code and its text as it was shown."""

    at: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class HandInView:
    """Everything the page shows. ``changes``: those that lie only here. ``packages`` out and in, newest first."""

    enrolled: bool
    changes: int
    totals: dict[str, int]
    lines: tuple[HandInLine, ...]
    packages: tuple[records.Package, ...]
    failures: tuple[Failure, ...]
    headquarters_key: str

    @property
    def finished(self) -> int:
        """Companies with a finished response that lies only here."""
        return sum(one.line.state.name == "FINAL" for one in self.lines)

    def stage(self, stage: str) -> list[HandInLine]:
        """The companies in one stage."""
        return [line for line in self.lines if line.stage == stage]


def load_hand_in(store: Store) -> HandInView:
    """The state of the hand-over, by company."""
    from visitapp.commands.handin import delivery, target_list
    from visitapp.fieldwork.surveys import surveys
    from visitapp.store import records
    from visitapp.sync.keys import headquarters

    reached = delivery(store)
    with store.read() as reader:
        packages = reader.find(records.Package)
        known = tuple(surveys(reader))
        outstanding, fresh = _outstanding(reader, reached) if reached is not None else ({}, 0)
    lines = [
        made
        for survey in known
        for line in target_list(store, survey.id)
        if (made := _line(line, outstanding.get(line.target.id))) is not None
    ]
    lines.sort(key=lambda one: (STAGES.index(one.stage), -one.wall_ms))
    newest = sorted(packages, key=lambda one: one.received_at or one.created_at or "", reverse=True)
    totals = Counter[str]()
    for one in lines:
        if one.stage == FRESH:
            totals.update(one.counts)
    to = headquarters(store)
    return HandInView(to is not None, fresh, dict(totals), tuple(lines), tuple(newest), failures(store),
                      _fingerprint(to.signing_key) if to is not None else "")  # fmt: skip


def _fingerprint(key: str) -> str:
    """A public key as people compare it: 5F2A-91C7."""
    import hashlib

    digest = hashlib.sha256(key.encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"


def _line(line: TargetLine, open_work: Outstanding | None) -> HandInLine | None:
    if open_work is not None:
        counts = {table: len(ids) for table, ids in open_work.records.items()}
        return HandInLine(line, FRESH if open_work.fresh else WAITING, counts, open_work.wall_ms)
    if line.state.name == "RECEIVED":
        return HandInLine(line, RECEIVED, {"response": 1}, 0)
    return None


def _outstanding(reader: Reader, reached: object) -> tuple[dict[str, Outstanding], int]:
    """Target id -> what of it is not confirmed; and how many changes lie only here."""
    from visitapp.fieldwork.targets import Delivery

    assert isinstance(reached, Delivery)
    changes = list(reader.changes_after(reader.known() | dict(reached.receipted)))
    owners = _Owners(reader, changes)
    found: dict[str, Outstanding] = {}
    fresh = 0
    for change in changes:
        is_fresh = change.counter > reached.packed.get(change.device, 0)
        fresh += is_fresh
        target, table, record = owners.of(change)
        if not target:
            continue
        one = found.setdefault(target, Outstanding())
        one.fresh = one.fresh or is_fresh
        one.records.setdefault(table, set()).add(record)
        one.wall_ms = max(one.wall_ms, int(change.hlc.partition("-")[0]))
    return found, fresh


class _Owners:
    """Whose company a change belongs to, looked up for all of them at once."""

    def __init__(self, reader: Reader, changes: list[Change]) -> None:
        from visitapp.store import records

        ids: dict[str, set[str]] = {}
        for change in changes:
            ids.setdefault(change.table, set()).add(change.record)
        answers = _find(reader, records.Answer, ids.get("answer", set()))
        self._response_of = {answer.id: answer.response or "" for answer in answers}
        opinions = _find(reader, records.Opinion, ids.get("opinion", set()))
        self._response_of |= {opinion.id: opinion.response or "" for opinion in opinions}
        wanted = ids.get("response", set()) | set(self._response_of.values())
        self._target_of = {one.id: one.target or "" for one in _find(reader, records.Response, wanted)}
        self._target_of |= {one.id: one.target or "" for one in _find(reader, records.Visit, ids.get("visit", set()))}
        self._target_of |= {one.id: one.target or "" for one in _find(reader, records.Offer, ids.get("offer", set()))}

    def of(self, change: Change) -> tuple[str, str, str]:
        """(target, table as it is counted, record); the target is "" for what belongs to no visit."""
        if change.table == "target":
            return change.record, "target", change.record
        if change.table in ("answer", "opinion"):
            response = self._response_of.get(change.record, "")
            counted = ("response", response) if change.table == "answer" else ("opinion", change.record)
            return (self._target_of.get(response, ""), *counted)
        return self._target_of.get(change.record, ""), change.table, change.record


def _find(reader: Reader, kind: type, ids: set[str]) -> list:  # type: ignore[type-arg]
    made: list[object] = []
    ordered = sorted(one for one in ids if one)
    for start in range(0, len(ordered), 500):
        made += reader.find(kind, deleted=True, id=ordered[start : start + 500])
    return made


def waiting_packages(folder: Path, own: str) -> int:
    """How many package files lie in a folder that the device ``own`` did not write; 0 when it cannot be read."""
    from visitapp.errors import EnvironmentProblem
    from visitapp.sync.inbox import packages_in

    try:
        # A package's name begins with its sender's code.
        return sum(not path.name.startswith(f"{own}-") for path in packages_in(folder))
    except EnvironmentProblem:
        return 0


def failures(store: Store) -> tuple[Failure, ...]:
    """The hand-ins that failed on this device, newest first."""
    return tuple(Failure(**one) for one in json.loads(store.local(_FAILURES) or "[]"))


def keep_failure(store: Store, failure: Failure) -> None:
    """Remember a hand-in that failed."""
    kept = [failure, *failures(store)][:_MOST_FAILURES]
    text = json.dumps([{"at": one.at, "code": one.code, "text": one.text} for one in kept], ensure_ascii=False)
    store.set_local(_FAILURES, text)
