"""Commands that only look."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from visitapp.cli.outcome import DAMAGED, Outcome
from visitapp.cli.session import Session
from visitapp.commands import conflicts as conflict_commands
from visitapp.commands import handin, office
from visitapp.commands import settings as setting_commands
from visitapp.errors import NotNow, VisitappError
from visitapp.fieldwork.surveys import surveys as all_surveys
from visitapp.i18n import error_text, language, tr
from visitapp.store import records


def info(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """store info"""
    found = office.office_info(session.store)
    saved = found.last_saved.isoformat(timespec="seconds") if found.last_saved else None
    result = {
        "folder": str(found.folder),
        "role": found.role,
        "device": found.device,
        "code": found.code,
        "counts": dict(found.counts),
        "conflicts": found.conflicts,
        "last_saved": saved,
    }
    lines = [
        tr("データフォルダ: {folder}", folder=found.folder),
        tr("使い道: {role}（{code}）", role=_role(found.role), code=found.code or found.device[:8]),
        *(f"  {_record_word(name)}: {count}" for name, count in found.counts.items()),
        tr("競合: {n}件", n=found.conflicts),
    ]
    return Outcome(result, tuple(lines))


def _role(role: str) -> str:
    return tr("本部") if role == office.HEADQUARTERS else tr("訪問の端末")


def _record_word(table: str) -> str:
    words = {
        "survey": tr("調査"),
        "company": tr("企業"),
        "target": tr("対象企業"),
        "visit": tr("訪問"),
        "response": tr("回答票"),
        "answer": tr("回答"),
        "opinion": tr("自由意見"),
        "programme": tr("支援施策"),
        "offer": tr("案内"),
        "device": tr("端末"),
    }
    return words[table]


def check(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """store check"""
    office.check_office(session.store)
    return Outcome({"sound": True}, (tr("こわれたところはありません。"),))


def surveys(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """survey list"""
    with session.store.read() as reader:
        found = all_surveys(reader)
        targets = {survey.id: reader.count(records.Target, survey=survey.id) for survey in found}
    result = [
        {
            "id": survey.id,
            "name": survey.name,
            "fiscal_year": survey.fiscal_year,
            "mode": survey.mode,
            "starts_on": survey.starts_on,
            "ends_on": survey.ends_on,
            "targets": targets[survey.id],
        }
        for survey in found
    ]
    lines = [
        tr(
            "{id}  {name}  {start}～{end}  対象{n}社",
            id=one.id, name=one.name, start=one.starts_on, end=one.ends_on, n=targets[one.id],
        )
        for one in found
    ]  # fmt: skip
    return Outcome({"surveys": result}, tuple(lines))


def targets(session: Session, arguments: argparse.Namespace) -> Outcome:
    """targets"""
    found = handin.target_list(session.store, _survey(session, arguments.survey))
    result = [
        {
            "id": line.target.id,
            "company": line.company.id,
            "name": line.company.name,
            "state": line.state.name.lower(),
            "visits": line.visits,
            "outcome": line.last_outcome,
            "planned_at": line.planned_at,
            "visitor": line.target.visitor,
            "device": line.target.device,
        }
        for line in found
    ]
    lines = [
        f"{line.state.value}\t{line.company.name or line.company.id}\t{line.target.visitor or '-'}" for line in found
    ]
    return Outcome({"targets": result}, tuple(lines))


def _survey(session: Session, named: str | None) -> str:
    with session.store.read() as reader:
        found = all_surveys(reader)
        with_targets = [survey for survey in found if reader.count(records.Target, survey=survey.id)]
    chosen = [survey for survey in found if survey.id == named] if named else [*with_targets, *found]
    if not chosen:
        raise NotNow("E-206", what="survey", id=named or "")
    return chosen[0].id


def devices(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """device list"""
    found = handin.devices(session.store)
    result = [
        {"id": device.id, "code": device.code, "role": device.role, "revoked": bool(device.revoked)} for device in found
    ]
    lines = tuple(f"{device.code}\t{_role(device.role or '')}\t{device.id}" for device in found)
    return Outcome({"devices": result}, lines)


def settings(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """settings list"""
    values = setting_commands.settings(session.store)
    labels = {known.name: known.label[language()] for known in setting_commands.known_settings()}
    lines = tuple(f"{name}\t{value or '-'}\t{labels[name]}" for name, value in values.items())
    return Outcome({"settings": values}, lines)


def receipts(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """receipts"""
    found = handin.receipts(session.store)
    state = handin.hand_in_state(session.store)
    result = {
        "receipts": [
            {
                "package": receipt.package,
                "direction": receipt.direction,
                "peer": receipt.peer,
                "issued_at": receipt.issued_at,
                "result": receipt.result,
            }
            for receipt in found
        ],
        "unreceipted_changes": state.unreceipted if session.store.role == office.LAPTOP else 0,
    }
    lines = [f"{r.issued_at}\t{r.direction}\t{(r.package or '')[:12]}\t{r.result}" for r in found]
    if session.store.role == office.LAPTOP:
        lines.append(tr("まだ受領されていない変更: {n}件", n=state.unreceipted))
    return Outcome(result, tuple(lines))


def conflicts(session: Session, _arguments: argparse.Namespace) -> Outcome:
    """conflicts list"""
    found = conflict_commands.open_conflicts(session.store, language())
    result = [conflict_value(line) for line in found]
    lines: list[str] = []
    for line in found:
        lines.append(f"{line.key}\t{line.company}\t{line.question}")
        lines += [
            f"  {number}. {side.shown or '—'}\t{side.person}\t{side.device}"
            for number, side in enumerate(line.sides, start=1)
        ]
    lines.append(tr("競合: {n}件", n=len(found)))
    return Outcome({"conflicts": result}, tuple(lines))


def conflict_value(line: conflict_commands.ConflictLine) -> dict[str, object]:
    """A conflict for scripts."""
    return {
        "key": line.key,
        "company": line.company,
        "question": line.question,
        "sides": [
            {"value": side.shown, "person": side.person, "device": side.device, "change": side.change.id}
            for side in line.sides
        ],
    }


def questionnaire(_session: Session, arguments: argparse.Namespace) -> Outcome:
    """questionnaire check"""
    from visitapp.commands.questionnaires import check_questionnaire

    checked = check_questionnaire(arguments.file)
    findings = [
        {
            "severity": one.severity,
            "code": one.code,
            "sheet": one.sheet,
            "row": one.row,
            "column": one.column,
            "path": one.path,
            "text": finding_text(one.code, one.values),
        }
        for one in checked.findings
    ]
    errors = sum(finding["severity"] == "error" for finding in findings)
    lines = [_finding_line(finding) for finding in findings]
    lines.append(tr("誤り{errors}件・注意{warnings}件", errors=errors, warnings=len(findings) - errors))
    result = {"form_id": checked.form_id, "questions": checked.questions, "errors": errors, "findings": findings}
    return Outcome(result, tuple(lines), DAMAGED if errors else 0)


def _finding_line(finding: Mapping[str, object]) -> str:
    place: Sequence[object] = [part for part in (finding["sheet"], finding["row"], finding["column"]) if part]
    return f"{':'.join(map(str, place)) or '-'}\t{finding['text']}"


def finding_text(code: str, values: object) -> str:
    """A finding in words."""
    return error_text(VisitappError(code, **(dict(values) if isinstance(values, dict) else {})))
