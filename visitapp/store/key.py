"""The database key and the passphrase that opens it.

``key.json`` holds the random 32-byte database key, encrypted with AES-256-GCM under a key that Argon2id (RFC 9106)
makes from the passphrase and a salt of this store. The cost of that step stands in the file, so that it can be raised
later.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from pathlib import Path

from visitapp.errors import AnswerRefused, DamagedData, EnvironmentProblem
from visitapp.files import read_at_most, write_whole

KEY_FILE = "key.json"
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Cost of Argon2id: memory in KiB, passes over it, and lanes. The default takes about 0.2 s and 64 MiB."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    def acceptable(self) -> bool:
        """Within what a file may ask of this computer (a forged file must not exhaust it): at most 1 GiB, 64 passes."""
        return 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024 and 1 <= self.passes <= 64


def new_key() -> bytes:
    """A random database key of 32 bytes."""
    return secrets.token_bytes(32)


def write_key(folder: Path, key: bytes, passphrase: str, kdf: KdfCost) -> None:
    """Wrap ``key`` under ``passphrase`` with a new salt and write ``key.json`` whole.

    Raises AnswerRefused E-220 for an empty passphrase, EnvironmentProblem when the file cannot be written.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not passphrase.strip():
        raise AnswerRefused("E-220")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    head: dict[str, object] = {
        "format": 1,
        "kdf": "argon2id",
        **asdict(kdf),
        "salt": _text(salt),
        "nonce": _text(nonce),
    }
    wrapped = AESGCM(_derive(passphrase, salt, kdf)).encrypt(nonce, key, _canonical(head))
    body = {**head, "wrapped": _text(wrapped)}
    content = {**body, "sha256": hashlib.sha256(_canonical(body)).hexdigest()}
    write_whole(folder / KEY_FILE, json.dumps(content, indent=1).encode() + b"\n")


def read_key(folder: Path, passphrase: str) -> bytes:
    """The database key.

    Raises AnswerRefused E-203 (wrong passphrase), DamagedData E-303 (not what was written), E-314 (missing),
    EnvironmentProblem E-306 (no right to read it).
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    path = folder / KEY_FILE
    body = _checked_body(path)
    try:
        kdf = _cost(body)
        salt, nonce, wrapped = (b64decode(str(body[name]), validate=True) for name in ("salt", "nonce", "wrapped"))
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedData("E-303", path=path) from error
    head = {name: value for name, value in body.items() if name != "wrapped"}
    try:
        return AESGCM(_derive(passphrase, salt, kdf)).decrypt(nonce, wrapped, _canonical(head))
    except InvalidTag:
        raise AnswerRefused("E-203") from None


def key_cost(folder: Path) -> KdfCost:
    """The cost that stands in ``key.json``. Raises DamagedData E-303."""
    path = folder / KEY_FILE
    try:
        return _cost(_checked_body(path))
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedData("E-303", path=path) from error


def _cost(body: dict[str, object]) -> KdfCost:
    kdf = KdfCost(*(int(str(body[name])) for name in ("memory_kib", "passes", "lanes")))
    if not kdf.acceptable():
        raise ValueError(kdf)
    return kdf


def _checked_body(path: Path) -> dict[str, object]:
    """The file's content after its checksum: tells a damaged or missing file from a wrong passphrase."""
    try:
        content = json.loads(read_at_most(path, _MOST_BYTES))
        claimed = content.pop("sha256")
        if content["format"] != 1 or hashlib.sha256(_canonical(content)).hexdigest() != claimed:
            raise ValueError
    except FileNotFoundError as error:
        raise DamagedData("E-314", path=path) from error
    except PermissionError as error:
        raise EnvironmentProblem("E-306", folder=path.parent) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedData("E-303", path=path) from error
    return dict(content)


def _derive(passphrase: str, salt: bytes, kdf: KdfCost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    # NFKC: the same passphrase whether an input method gave full-width or half-width letters.
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    derivation = Argon2id(salt=salt, length=32, iterations=kdf.passes, lanes=kdf.lanes, memory_cost=kdf.memory_kib)
    return derivation.derive(secret)


def _canonical(content: dict[str, object]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _text(data: bytes) -> str:
    return b64encode(data).decode()
