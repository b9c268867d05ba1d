"""端末登録: how a laptop and headquarters come to trust each other with one file carried one way.

Headquarters makes an enrolment file and a code to be told apart from it. The file, sealed under the code, holds
headquarters' public keys, a one-time invitation key and the first contents (surveys, questionnaires, companies). The
laptop keeps its own private keys; its first package carries a certificate: its public keys, signed with the invitation
key, which headquarters knows and lets be used by one device only.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import urandom

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from visitapp.errors import AnswerRefused, DamagedData, NotNow
from visitapp.store.changes import Change
from visitapp.store.records import Device
from visitapp.store.store import Reader, Store, Writer
from visitapp.sync.keys import (
    Keys,
    Peer,
    decode,
    encode,
    headquarters,
    keep_headquarters,
    own_keys,
    signing_public_key,
)
from visitapp.sync.lines import from_lines, to_line

MAGIC = b"VISITENR1"
SIZE_LIMIT = 1 << 29
HEADQUARTERS_CODE = "本部"
_INVITATION = "sync/invitation/"
_CERTIFICATE = "sync/certificate"
# No letters that are taken for digits when read aloud or written by hand.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_DEVICE_CODE = re.compile(r"\w[\w-]{0,31}")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What headquarters hands to a laptop: the file's bytes, and the code told separately ("7K3M-Q2XZ-9DWA")."""

    data: bytes
    code: str


def invite(store: Store, device_code: str, person: str) -> Enrolment:
    """Make the enrolment file for a new laptop called ``device_code``.

    Raises NotNow E-420 unless this is headquarters, AnswerRefused E-427 for a code that cannot be a file's name.
    """
    if store.role != "headquarters":
        raise NotNow("E-420")
    if not _DEVICE_CODE.fullmatch(device_code):
        raise AnswerRefused("E-427", value=device_code[:40])
    invitation, key = str(uuid.uuid4()), Ed25519PrivateKey.generate()
    own = own_keys(store)
    with store.write(person) as writer:
        writer.put(
            Device, store.device, code=store.code or HEADQUARTERS_CODE, role=store.role, revoked=False,
            signing_key=own.signing_public, sealing_key=own.sealing_public,
        )  # fmt: skip
        changes = list(writer.changes_after({}))
        told = {"code": device_code, "key": encode(key.public_key().public_bytes_raw()), "device": ""}
        writer.set_local(_INVITATION + invitation, json.dumps(told))
    content = {
        "invitation": invitation,
        "key": encode(key.private_bytes_raw()),
        "code": device_code,
        "headquarters": store.device,
        "code_of_headquarters": store.code or HEADQUARTERS_CODE,
        "signing_key": own.signing_public,
        "sealing_key": own.sealing_public,
        "lines": [to_line(change) for change in changes],
    }
    code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    salt, nonce = urandom(16), urandom(12)
    packed = zlib.compress(json.dumps(content).encode())
    sealed = AESGCM(_derive(code, salt)).encrypt(nonce, packed, MAGIC)
    return Enrolment(MAGIC + salt + nonce + sealed, "-".join(code[i : i + 4] for i in range(0, len(code), 4)))


def accept(store: Store, data: bytes, code: str, person: str) -> str:
    """Enrol this laptop with the file and its code; returns its device code.

    Raises NotNow E-421 (not a laptop), E-422 (enrolled with another headquarters already); DamagedData E-423 (no
    enrolment file); AnswerRefused E-424 (wrong code).
    """
    if store.role != "laptop":
        raise NotNow("E-421")
    content = _open(data, code)
    present = headquarters(store)
    if present is not None and present.device != content["headquarters"]:
        raise NotNow("E-422")
    changes = _changes(content["lines"])
    device_code, own = str(content["code"]), own_keys(store)
    with store.write(person) as writer:
        writer.apply(changes)
        writer.put(
            Device, store.device, code=device_code, role=store.role, revoked=False,
            signing_key=own.signing_public, sealing_key=own.sealing_public,
        )  # fmt: skip
        keep_headquarters(writer, _headquarters(content, changes))
        writer.set_local(_CERTIFICATE, json.dumps(_certify(store.device, own, content, device_code)))
    return device_code


def _headquarters(content: Mapping[str, object], changes: Sequence[Change]) -> Peer:
    return Peer(
        device=str(content["headquarters"]),
        code=str(content["code_of_headquarters"]),
        signing_key=str(content["signing_key"]),
        sealing_key=str(content["sealing_key"]),
        have={change.device: change.counter for change in changes},
    )


def _certify(device: str, own: Keys, content: Mapping[str, object], device_code: str) -> dict[str, str]:
    statement = _statement(device, device_code, own.signing_public, own.sealing_public)
    key = Ed25519PrivateKey.from_private_bytes(decode(str(content["key"])))
    return {
        "invitation": str(content["invitation"]),
        "code": device_code,
        "signing_key": own.signing_public,
        "sealing_key": own.sealing_public,
        "signature": base64.b64encode(key.sign(statement)).decode("ascii"),
    }


def certificate(store: Store) -> Mapping[str, str]:
    """What this laptop shows headquarters with each package; empty before enrolment."""
    kept = store.local(_CERTIFICATE)
    return dict(json.loads(kept)) if kept else {}


def admit(store: Store, device: str, shown: Mapping[str, str]) -> Peer | None:
    """The sender as trusted by its certificate, not yet kept; None where the invitation is unknown or another's."""
    kept = store.local(_INVITATION + str(shown.get("invitation", "")))
    if kept is None:
        return None
    invitation = json.loads(kept)
    if invitation["device"] not in ("", device):
        return None
    signing, sealing = str(shown.get("signing_key", "")), str(shown.get("sealing_key", ""))
    try:
        signature = base64.b64decode(str(shown.get("signature", "")), validate=True)
        statement = _statement(device, invitation["code"], signing, sealing)
        signing_public_key(invitation["key"]).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return None
    decode(signing), decode(sealing)
    return Peer(device, invitation["code"], signing, sealing, {})


def invited(reader: Reader) -> list[str]:
    """The device codes that were invited and have not handed in yet, in order."""
    found = [json.loads(reader.local(name) or "{}") for name in reader.local_names(_INVITATION)]
    return sorted(str(told["code"]) for told in found if told.get("device") == "")


def keep_admitted(writer: Writer, admitted: Peer, shown: Mapping[str, str]) -> None:
    """Trust the new laptop from now on; its invitation serves nobody else."""
    name = _INVITATION + str(shown["invitation"])
    if kept := writer.local(name):
        writer.set_local(name, json.dumps(json.loads(kept) | {"device": admitted.device}))


def _statement(device: str, code: str, signing: str, sealing: str) -> bytes:
    return json.dumps(["visitapp enrolment", device, code, signing, sealing], ensure_ascii=False).encode()


def _derive(code: str, salt: bytes) -> bytes:
    plain = code.upper().replace("-", "").replace(" ", "").replace("O", "0").replace("I", "1").replace("L", "1")
    return Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=64 * 1024).derive(plain.encode())


def _open(data: bytes, code: str) -> dict[str, object]:
    start = len(MAGIC)
    if not data.startswith(MAGIC) or not start + 28 < len(data) <= SIZE_LIMIT:
        raise DamagedData("E-423")
    salt, nonce, sealed = data[start : start + 16], data[start + 16 : start + 28], data[start + 28 :]
    try:
        content = json.loads(zlib.decompress(AESGCM(_derive(code, salt)).decrypt(nonce, sealed, MAGIC)))
    except InvalidTag as wrong:
        raise AnswerRefused("E-424") from wrong
    if not isinstance(content, dict):
        raise DamagedData("E-423")
    return content


def _changes(lines: object) -> list[Change]:
    if not isinstance(lines, Sequence):
        raise DamagedData("E-423")
    return from_lines([str(line) for line in lines], {})
