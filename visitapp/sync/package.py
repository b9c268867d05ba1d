"""The package file: its layout, sealing and opening. Pure bytes; knows no store.

Layout, version 1 (big-endian):

    8   magic "VISITPKG"
    2   version
    4   length of the header
    n   header, JSON in UTF-8 (who, to whom, number, what the sender has; no company, no answer)
    m   body: zlib-compressed JSON lines, sealed to the recipient with HPKE (RFC 9180: X25519, HKDF-SHA256,
        ChaCha20-Poly1305), the header as the info parameter, so that no header fits another body
    64  Ed25519 signature of the sender over the SHA-256 of all bytes before it
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from visitapp.errors import DamagedData, NotNow

MAGIC = b"VISITPKG"
VERSION = 1
SIGNATURE_LENGTH = 64
HEADER_LIMIT = 1 << 20
BODY_LIMIT = 1 << 30
"""A body that unpacks to more than 1 GiB is refused before it is unpacked."""

_START = struct.Struct(">8sHI")


@dataclass(frozen=True, slots=True)
class Header:
    """What can be read of a package without any key.

    ``kind`` "hand_in" (laptop to headquarters) or "return". ``number`` counts the sender's packages to this recipient
    from 1. ``after`` and ``have`` map device ids to counters: the body holds changes above ``after``; the sender holds
    everything up to ``have``. ``certificate`` proves a new laptop (see enrolment.py). ``receipts`` are what the sender
    says of packages it got: [{"number", "sha256", "verdict", "at"}].
    """

    kind: str
    id: str
    number: int
    sender: str
    sender_code: str
    recipient: str
    created_at: str
    after: Mapping[str, int]
    have: Mapping[str, int]
    counts: Mapping[str, int]
    body_length: int
    certificate: Mapping[str, str] = field(default_factory=dict)
    receipts: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package file taken apart, not yet opened. ``sha256`` of the whole file, hexadecimal."""

    header: Header
    header_bytes: bytes
    body: bytes
    signature: bytes
    signed: bytes
    sha256: str


_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def seal(header: Header, lines: Sequence[str], signing_key: Ed25519PrivateKey, recipient_key: X25519PublicKey) -> bytes:
    """The package file for ``lines`` (JSON texts without line breaks); ``header.body_length`` is filled in."""
    plain = "\n".join(lines).encode()
    named = {f.name: getattr(header, f.name) for f in fields(Header)} | {"body_length": len(plain)}
    header_bytes = json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    body = _SUITE.encrypt(zlib.compress(plain, 6), recipient_key, info=header_bytes)
    signed = _START.pack(MAGIC, VERSION, len(header_bytes)) + header_bytes + body
    return signed + signing_key.sign(hashlib.sha256(signed).digest())


def take_apart(data: bytes) -> Sealed:
    """Read the header of a package file.

    Raises DamagedData E-401 (no package), E-402 (cut off or header unreadable); NotNow E-403 (made by a newer program).
    """
    if len(data) < _START.size or not data.startswith(MAGIC):
        raise DamagedData("E-401" if not MAGIC.startswith(data[:8]) or not data else "E-402")
    _magic, version, length = _START.unpack_from(data)
    if version > VERSION:
        raise NotNow("E-403", version=version)
    end = _START.size + length
    if length > HEADER_LIMIT or len(data) < end + SIGNATURE_LENGTH:
        raise DamagedData("E-402")
    header_bytes = data[_START.size : end]
    signed = data[:-SIGNATURE_LENGTH]
    return Sealed(
        header=_read_header(header_bytes),
        header_bytes=header_bytes,
        body=data[end:-SIGNATURE_LENGTH],
        signature=data[-SIGNATURE_LENGTH:],
        signed=signed,
        sha256=hashlib.sha256(data).hexdigest(),
    )


_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "kind": str, "id": str, "number": int, "sender": str, "sender_code": str, "recipient": str, "created_at": str,
    "after": dict, "have": dict, "counts": dict, "body_length": int, "certificate": dict, "receipts": list,
}  # fmt: skip


def _read_header(data: bytes) -> Header:
    try:
        named = json.loads(data)
    except (ValueError, RecursionError) as broken:
        raise DamagedData("E-402") from broken
    if not isinstance(named, dict) or any(not isinstance(named.get(name), kind) for name, kind in _KINDS.items()):
        raise DamagedData("E-402")
    for vector in ("after", "have", "counts"):
        if any(type(counter) is not int or counter < 0 for counter in named[vector].values()):
            raise DamagedData("E-402")
    return Header(**{name: named[name] for name in _KINDS})


def verify(package: Sealed, sender_key: Ed25519PublicKey) -> None:
    """Raises DamagedData E-404 unless the sender signed exactly these bytes."""
    try:
        sender_key.verify(package.signature, hashlib.sha256(package.signed).digest())
    except InvalidSignature as forged:
        raise DamagedData("E-404", sender=package.header.sender_code) from forged


def open_body(package: Sealed, recipient_key: X25519PrivateKey) -> list[str]:
    """The lines of a verified package. Raises DamagedData E-405 (not for this key, or altered), E-406 (too large)."""
    expected = package.header.body_length
    if not 0 <= expected <= BODY_LIMIT:
        raise DamagedData("E-406", size=expected)
    try:
        packed = _SUITE.decrypt(package.body, recipient_key, info=package.header_bytes)
    except (InvalidTag, ValueError) as altered:
        raise DamagedData("E-405", sender=package.header.sender_code) from altered
    unpacker = zlib.decompressobj()
    try:
        # One byte more than announced is enough to see that the announcement was wrong, however well it packs.
        plain = unpacker.decompress(packed, expected + 1)
    except zlib.error as broken:
        raise DamagedData("E-402") from broken
    if len(plain) != expected or not unpacker.eof:
        raise DamagedData("E-406", size=expected)
    return plain.decode("utf-8", errors="strict").split("\n") if plain else []
