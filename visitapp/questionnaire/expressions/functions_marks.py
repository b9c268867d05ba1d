"""Digests, signatures, encodings, identifiers."""

from __future__ import annotations

import base64
import binascii
import hashlib
import string
import uuid

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.registry import function
from visitapp.questionnaire.expressions.values import Value, to_number, to_text

_ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_CHARACTERS = string.ascii_letters + string.digits
_LONGEST = 10_000


@function("digest", 2, 3)
def _digest(context: Context, text: Value, algorithm: Value, *encoding: Value) -> Value:
    """The digest of the text in UTF-8. Raises ExpressionError (E-125) for other algorithms."""
    name = to_text(algorithm)
    if name not in _ALGORITHMS:
        raise ExpressionError("E-125", name="digest", text=name)
    digest = hashlib.new(_ALGORITHMS[name], to_text(text).encode(), usedforsecurity=False).digest()
    hexadecimal = bool(encoding) and to_text(encoding[0]) == "hex"
    return digest.hex() if hexadecimal else base64.b64encode(digest).decode()


@function("base64-decode", 1, 1)
def _base64_decode(context: Context, text: Value) -> Value:
    """The text that was encoded; "" when it cannot be decoded."""
    try:
        return base64.b64decode(to_text(text).strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


@function("extract-signed", 2, 2)
def _extract_signed(context: Context, signed: Value, key: Value) -> Value:
    """The message of "signature and message" in base64 if the Ed25519 signature holds for the key, else ""."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        content = _bytes(to_text(signed))
        public = Ed25519PublicKey.from_public_bytes(_bytes(to_text(key)))
        signature, message = content[:64], content[64:]
        public.verify(signature, message)
        return message.decode()
    except (binascii.Error, ValueError, InvalidSignature):
        return ""


def _bytes(text: str) -> bytes:
    """Base64 with either alphabet, with or without padding."""
    plain = text.strip().translate(str.maketrans("-_", "+/")).rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


@function("uuid", 0, 1)
def _uuid(context: Context, *length: Value) -> Value:
    """A random UUID of version 4, or that many random characters. Raises ExpressionError (E-125) for no length."""
    source = context.environment.random
    if not length:
        return str(uuid.UUID(int=source.getrandbits(128), version=4))
    number = to_number(length[0], context.environment.timezone)
    if not 0 <= number <= _LONGEST:
        raise ExpressionError("E-125", name="uuid", text=to_text(length[0]))
    return "".join(source.choice(_CHARACTERS) for _ in range(int(number)))
