"""受渡の記録: which packages left and arrived, and what was said of them. Stays in this store; never travels.

The records only; reading and keeping them is in ``store.Reader.packages`` and ``Writer.keep_package`` and their
receipt twins.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """受渡: one package file. ``direction`` "out" or "in"; ``peer`` is the other store: its device id and code.

    ``number`` counts from 1 for each sender and recipient. ``upto``: the last own counter in it (out), the sender's
    last (in). ``counts`` JSON {"changes": n, table: records}. ``status``: out "handed" or "receipted"; in "imported".
    ``path`` where the file was written or read. ``backup`` the copy made before it was imported.
    """

    id: str
    direction: str
    kind: str
    peer: str
    peer_code: str
    number: int
    sha256: str
    created_at: str
    handled_at: str
    upto: int
    counts: str
    status: str
    path: str
    person: str
    backup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """受領: what the recipient says of a package. ``verdict`` "imported" or "again" (already had it)."""

    package: str
    peer: str
    number: int
    sha256: str
    verdict: str
    received_at: str
