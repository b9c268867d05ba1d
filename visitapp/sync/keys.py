"""A store's own key pairs, and whom it trusts.

Private keys never leave the encrypted store. Trust is kept locally and never taken from travelling records: a laptop
that could write another's key into the change log could forge its packages.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from visitapp.errors import DamagedData
from visitapp.store.store import Reader, Store, Writer

_OWN = "sync/keys"
_PEER = "sync/peer/"
_HEADQUARTERS = "sync/headquarters"


@dataclass(frozen=True, slots=True)
class Keys:
    """``signing`` proves who packed; ``sealing`` opens what is packed for this store."""

    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey

    @property
    def signing_public(self) -> str:
        """Base64 of the 32 public bytes."""
        return encode(self.signing.public_key().public_bytes_raw())

    @property
    def sealing_public(self) -> str:
        """Base64 of the 32 public bytes."""
        return encode(self.sealing.public_key().public_bytes_raw())


@dataclass(frozen=True, slots=True)
class Peer:
    """Another store as this one trusts it. ``have``: the highest counters it said it holds, by device id."""

    device: str
    code: str
    signing_key: str
    sealing_key: str
    have: dict[str, int]
    revoked: bool = False

    def verifier(self) -> Ed25519PublicKey:
        """The key that checks its signatures."""
        return signing_public_key(self.signing_key)

    def recipient(self) -> X25519PublicKey:
        """The key that seals a package for it."""
        return X25519PublicKey.from_public_bytes(decode(self.sealing_key))


def encode(data: bytes) -> str:
    """Base64 text."""
    return base64.b64encode(data).decode("ascii")


def decode(text: str) -> bytes:
    """The 32 bytes of a key. Raises DamagedData E-402 for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as broken:
        raise DamagedData("E-402") from broken
    if len(data) != 32:
        raise DamagedData("E-402")
    return data


def signing_public_key(text: str) -> Ed25519PublicKey:
    """The public key in base64 ``text``."""
    return Ed25519PublicKey.from_public_bytes(decode(text))


def own_keys(store: Store) -> Keys:
    """This store's keys, made the first time they are asked for."""
    kept = store.local(_OWN)
    if kept is None:
        keys = Keys(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())
        private = {
            "signing": encode(keys.signing.private_bytes_raw()),
            "sealing": encode(keys.sealing.private_bytes_raw()),
        }
        store.set_local(_OWN, json.dumps(private))
        return keys
    private = json.loads(kept)
    return Keys(
        Ed25519PrivateKey.from_private_bytes(decode(private["signing"])),
        X25519PrivateKey.from_private_bytes(decode(private["sealing"])),
    )


def peer(store: Store | Reader, device: str) -> Peer | None:
    """The trusted store of that device id."""
    kept = store.local(_PEER + device)
    return Peer(**json.loads(kept)) if kept else None


def keep_peer(writer: Writer, trusted: Peer) -> None:
    """Trust a store from now on, or keep what is newly known of it."""
    writer.set_local(_PEER + trusted.device, json.dumps(asdict(trusted)))


def headquarters(store: Store | Reader) -> Peer | None:
    """The headquarters a laptop hands in to; None before enrolment."""
    device = store.local(_HEADQUARTERS)
    return peer(store, device) if device else None


def keep_headquarters(writer: Writer, trusted: Peer) -> None:
    """Hand in to this headquarters from now on."""
    keep_peer(writer, trusted)
    writer.set_local(_HEADQUARTERS, trusted.device)


def peers(reader: Reader) -> list[Peer]:
    """Every trusted store, by code."""
    found = (peer(reader, name.removeprefix(_PEER)) for name in reader.local_names(_PEER))
    return sorted((known for known in found if known is not None), key=lambda known: known.code)


def own_origins(store: Store, known: Mapping[str, int]) -> list[str]:
    """The names under which this store has counted changes: its device id, and another after each restored backup."""
    return [name for name in known if name.partition(".")[0] == store.device]
