"""Ids that come out the same in every store: for records that two laptops may make independently."""

from __future__ import annotations

from uuid import UUID, uuid5

_NAMESPACE = UUID("6f0a3c1e-5d5b-5c1b-9a53-8f3f2f0e7a16")


def stable_id(kind: str, *parts: str) -> str:
    """The UUID (version 5, RFC 9562) of "kind/part/part". The same parts give the same id everywhere and for ever."""
    return str(uuid5(_NAMESPACE, "/".join((kind, *parts))))
