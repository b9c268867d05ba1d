"""Commands that write: the office, answers, conflicts, tables and paper."""

from __future__ import annotations

import argparse

from visitapp.cli.outcome import BUG, Outcome
from visitapp.cli.session import Session
from visitapp.cli.showing import conflict_value
from visitapp.commands import conflicts as conflict_commands
from visitapp.commands import office, transfer
from visitapp.commands import settings as setting_commands
from visitapp.fieldwork.importing import Remark
from visitapp.i18n import tr


def create(session: Session, arguments: argparse.Namespace) -> Outcome:
    """store create"""
    store = session.create(arguments.role, arguments.code)
    result = {"folder": str(store.folder), "role": store.role, "device": store.device}
    return Outcome(result, (tr("データフォルダを作りました: {folder}", folder=store.folder),))


def backup(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """backup"""
    copy = office.backup_office(session.store)
    return Outcome({"backup": str(copy)}, (tr("控えを取りました: {path}", path=copy),))


def restore(session: Session, arguments: argparse.Namespace) -> Outcome:
    """restore"""
    office.restore_office(session.folder, arguments.copy, session.passphrase())
    return Outcome({"restored": str(arguments.copy)}, (tr("控えに戻しました。それまでのものも控えに残しました。"),))


def import_folder(session: Session, arguments: argparse.Namespace) -> Outcome:
    """import"""
    report = transfer.import_answers(session.store, arguments.folder, session.person)
    counts = {
        "companies": report.companies,
        "targets": report.targets,
        "responses": report.responses,
        "sheets": report.sheets,
        "answers": report.answers,
        "opinions": report.opinions,
        "changes": report.changes,
    }
    remarks = [
        {"kind": r.kind, "file": r.file, "column": r.column, "row": r.row, "count": r.count} for r in report.remarks
    ]
    lines = [
        tr(
            "取り込みました。企業{companies}社・回答票{responses}票・個別施策シート{sheets}枚・回答{answers}問・意見{opinions}件"
            "（変更{changes}件）",
            **counts,
        ),
        *(_remark_line(remark) for remark in report.remarks),
    ]
    if report.ignored:
        lines.append(tr("読まなかったファイル: {files}", files=", ".join(report.ignored)))
    return Outcome({**counts, "remarks": remarks, "ignored": list(report.ignored)}, tuple(lines))


def _remark_line(remark: Remark) -> str:
    words = {
        "companies_without_facts": tr("台帳のない企業を、番号だけで入れました"),
        "responses_missing": tr("回答票がまだありません。届くとつながります"),
        "not_asked": tr("聞かれていない問いの答えです。残しますが、集計には入りません"),
        "constraint": tr("調査票の決まりに合わない答えです。そのまま入れました"),
    }
    return tr(
        "たしかめてください: {file} {row}行目 {column}（{n}件）{what}",
        file=remark.file, row=remark.row, column=remark.column, n=remark.count, what=words[remark.kind],
    )  # fmt: skip


def export_folder(session: Session, arguments: argparse.Namespace) -> Outcome:
    """export"""
    report = transfer.export_answers(session.store, arguments.folder)
    lines = [tr("{file}: {n}行", file=name, n=rows) for name, rows in report.files.items()]
    return Outcome({"folder": str(arguments.folder), "files": dict(report.files)}, tuple(lines))


def settle(session: Session, arguments: argparse.Namespace) -> Outcome:
    """conflicts settle"""
    change = conflict_commands.settle_conflict(session.store, arguments.key, arguments.choose, session.person)
    return Outcome({"change": change.id}, (tr("決めました。元に戻すときの番号: {change}", change=change.id),))


def undo(session: Session, arguments: argparse.Namespace) -> Outcome:
    """conflicts undo"""
    line = conflict_commands.undo_settlement(session.store, arguments.change, session.person)
    return Outcome({"conflict": conflict_value(line)}, (tr("元に戻しました。競合の番号: {key}", key=line.key),))


def tables(session: Session, arguments: argparse.Namespace) -> Outcome:
    """tables"""
    from visitapp.commands.results import write_tables

    written = write_tables(session.store, arguments.out, arguments.workbook)
    result = {
        "folder": str(arguments.out),
        "tables": [table.table_id for table in written.tables],
        "workbook": str(written.workbook) if written.workbook else None,
    }
    lines = [tr("集計表を{n}枚書きました: {folder}", n=len(written.files), folder=arguments.out)]
    if written.workbook:
        lines.append(tr("Excelの集計表: {path}", path=written.workbook))
    return Outcome(result, tuple(lines))


def leaflet(session: Session, arguments: argparse.Namespace) -> Outcome:
    """leaflet"""
    from visitapp.commands.leaflets import find_target, write_leaflet

    target = find_target(session.store, arguments.company)
    made = write_leaflet(
        session.store, target, arguments.out, session.person, arguments.programme or None, by_mail=arguments.by_mail
    )
    result = {"path": str(made.path), "company": made.company, "programmes": list(made.programmes)}
    count = len(made.programmes)
    line = tr("{company}の案内書を作りました（{n}件）: {path}", company=made.company, n=count, path=made.path)
    return Outcome(result, (line,))


def change_setting(session: Session, arguments: argparse.Namespace) -> Outcome:
    """settings set"""
    setting_commands.change_setting(session.store, arguments.name, arguments.value, session.person)
    return Outcome({arguments.name: arguments.value}, (tr("設定しました: {name}", name=arguments.name),))


def demo(_session: Session, arguments: argparse.Namespace) -> Outcome:
    """demo"""
    from visitapp.commands.tutorial import run_demo

    def say(text: str) -> None:
        """It takes half a minute: people see it going on, scripts get everything at the end."""
        if not arguments.json:
            print(text, flush=True)

    report = run_demo(arguments.folder, say)
    equal = sum(not comparison.different for comparison in report.comparisons)
    lines = [
        f"  {'=' if not comparison.different else '×'} {comparison.table_id} ({comparison.cells})"
        for comparison in report.comparisons
    ]
    lines.append(tr("公表された集計表と同じ: {equal}/{all}", equal=equal, all=len(report.comparisons)))
    result = {
        "story": list(report.story),
        "folder": str(arguments.folder),
        "equal": equal,
        "tables": {c.table_id: {"cells": c.cells, "different": len(c.different)} for c in report.comparisons},
        "files": [str(path) for path in report.files],
        "counts": dict(report.counts),
        "packages": dict(report.packages),
        "seconds": report.seconds,
    }
    return Outcome(result, tuple(lines), 0 if equal == len(report.comparisons) else BUG)
