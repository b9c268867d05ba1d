"""What the change log hands out: single changes, and the conflicts between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """変更: one entry of the change log.

    ``id`` is "device:counter"; ``value`` JSON text; ``hlc`` "wallms-counter" sortable.

    ``replaces`` are the ids of the changes whose values the writer saw and replaced. ``restores`` names the change
    whose value an undone settlement (or an undone deletion) brought back.

    ``device`` is the device id; a store restored from a backup goes on as "device-id.xxxxxx" (``author``), because
    the counters it used after that backup may already be known elsewhere with other contents.
    """

    id: str
    device: str
    counter: int
    table: str
    record: str
    field: str
    value: str
    hlc: str
    person: str
    replaces: tuple[str, ...]
    restores: str | None = None

    @property
    def author(self) -> str:
        """The id of the device that wrote it, without the mark of a restored store."""
        return self.device.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Conflict:
    """競合: a field with several current changes of different value, newest first; or a deletion beside an edit.

    ``kind`` is "values" or "deleted" (``field`` is then "deleted"). ``changes`` holds each current change once for each
    different value (kind "deleted": the deletion and the edits it did not know).
    """

    table: str
    record: str
    field: str
    kind: str
    changes: tuple[Change, ...]
