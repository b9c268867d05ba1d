"""端末の一覧: which laptops hand in here, when they last did, and which are invited."""

from __future__ import annotations

from dataclasses import dataclass

from visitapp.store import records
from visitapp.store.store import Store
from visitapp.sync.enrolment import invited
from visitapp.sync.keys import peers


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A laptop. ``last`` is the newest package that came from it; ``returned`` the newest return package for it.

    ``state``: "enrolled", "invited" (its file was made, nothing has come yet) or "revoked".
    """

    code: str
    state: str
    last: records.Package | None = None
    returned: records.Package | None = None


def device_lines(store: Store) -> list[DeviceLine]:
    """Every laptop by code, invited ones at the end."""
    with store.read() as reader:
        known = peers(reader)
        packages = reader.find(records.Package)
        waiting = invited(reader)
    lines = [
        DeviceLine(
            peer.code, "revoked" if peer.revoked else "enrolled",
            _newest(packages, peer.device, "in"), _newest(packages, peer.device, "out"),
        )
        for peer in known
    ]  # fmt: skip
    return lines + [DeviceLine(code, "invited") for code in waiting]


def _newest(packages: list[records.Package], peer: str, direction: str) -> records.Package | None:
    mine = [one for one in packages if one.peer == peer and one.direction == direction]
    return max(mine, key=lambda one: one.received_at or one.created_at or "", default=None)
