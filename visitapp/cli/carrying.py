"""Commands of the hand-over: enrolling, packing, taking in."""

from __future__ import annotations

import argparse
import json

from visitapp.cli.outcome import Outcome
from visitapp.cli.session import Session
from visitapp.commands import handin, office
from visitapp.errors import VisitappError
from visitapp.i18n import error_text, tr
from visitapp.store import records
from visitapp.sync.inbox import MergeResult, Refused


def invite(session: Session, arguments: argparse.Namespace) -> Outcome:
    """device invite"""
    made = handin.invite_device(session.store, arguments.code, arguments.out, session.person)
    lines = (
        tr("登録ファイル: {path}", path=made.path),
        tr("登録の番号: {code}（ファイルとは別に伝えてください）", code=made.code),
    )
    return Outcome({"path": str(made.path), "device": made.device_code, "code": made.code}, lines)


def enrol(session: Session, arguments: argparse.Namespace) -> Outcome:
    """device enrol"""
    code = handin.enrol_device(session.store, arguments.file, arguments.code, session.person)
    return Outcome({"device": code}, (tr("この端末を {code} として登録しました。", code=code),))


def pack(session: Session, arguments: argparse.Namespace) -> Outcome:
    """pack"""
    if session.store.role == office.LAPTOP:
        packages = [handin.pack_changes(session.store, arguments.out, session.person)]
    else:
        packages = handin.pack_returns(session.store, arguments.out, session.person, arguments.device)
    lines = [
        tr("受渡ファイルを作りました（第{n}号・{size}バイト）: {path}", n=made.number, size=made.size, path=made.path)
        for made in packages
    ]
    return Outcome({"packages": [_package(package) for package in packages]}, tuple(lines))


def _package(package: records.Package) -> dict[str, object]:
    return {
        "path": package.path,
        "sha256": package.id,
        "kind": package.kind,
        "number": package.number,
        "size": package.size,
        "counts": json.loads(package.counts or "{}"),
    }


def inspect(session: Session, arguments: argparse.Namespace) -> Outcome:
    """package inspect"""
    found = handin.inspect_package(session.store, arguments.file)
    verdicts = {
        "ready": tr("検査すべて合格。取り込めます"),
        "again": tr("取込済み"),
        "waiting": tr("前の号を待っています"),
    }
    result = {
        "path": str(found.path),
        "sha256": found.sha256,
        "sender": found.header.sender_code,
        "number": found.header.number,
        "verdict": found.verdict,
        "changes": len(found.changes),
        "new": found.new,
        "counts": dict(found.header.counts),
    }
    line = tr(
        "{sender} 第{number}号: {verdict}（変更{changes}件・うち新しいもの{new}件）",
        sender=found.header.sender_code, number=found.header.number, verdict=verdicts[found.verdict],
        changes=len(found.changes), new=found.new,
    )  # fmt: skip
    return Outcome(result, (line,))


def take_in(session: Session, arguments: argparse.Namespace) -> Outcome:
    """package import"""
    from visitapp.cli.run import exit_code

    results = handin.receive_packages(session.store, arguments.files, session.person)
    refused: list[VisitappError] = [result.error for result in results if isinstance(result, Refused)]
    value = {"packages": [_taken(result) for result in results]}
    return Outcome(value, tuple(_line(result) for result in results), exit_code(refused[0]) if refused else 0)


def _taken(result: MergeResult | Refused) -> dict[str, object]:
    if isinstance(result, Refused):
        text = error_text(result.error)
        return {"path": str(result.path), "verdict": "refused", "code": result.error.code, "text": text}
    return {
        "path": result.package.path,
        "verdict": result.verdict,
        "new_changes": result.new_changes,
        "conflicts": len(result.conflicts),
        "before": dict(result.before),
        "after": dict(result.after),
    }


def _line(result: MergeResult | Refused) -> str:
    if isinstance(result, Refused):
        return f"{result.path}: {error_text(result.error)}"
    if result.verdict == "again":
        return tr("{path}: 取込済みです。何も変わりません。", path=result.package.path)
    return tr(
        "{path}: 取り込みました（変更{n}件・競合{conflicts}件）",
        path=result.package.path, n=result.new_changes, conflicts=len(result.conflicts),
    )  # fmt: skip
