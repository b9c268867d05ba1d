"""How an error reaches the person: an expected one as its text; a bug saves, leaves a report file, says so, and ends.

A report names the place in the program and nothing else: no message of the exception, no values, hence no company.
"""

from __future__ import annotations

import platform
import traceback
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

import visitapp
from visitapp.errors import AnswerRefused, DamagedData, EnvironmentProblem, NotNow, VisitappError
from visitapp.files import write_whole
from visitapp.i18n import error_text, tr
from visitapp.ui.widgets.dialogs import Dialog


def heading(error: VisitappError) -> str:
    """One line for the kind of error."""
    if isinstance(error, AnswerRefused):
        return tr("このままでは受け付けられません")
    if isinstance(error, NotNow):
        return tr("先にすることがあります")
    if isinstance(error, EnvironmentProblem):
        return tr("いまはできませんでした")
    if isinstance(error, DamagedData):
        return tr("データを確かめてください")
    return tr("できませんでした")


def show_error(parent: QWidget, error: VisitappError) -> Dialog:
    """Say what happened, where, and what to do next."""
    dialog = Dialog(parent, heading(error), tr("閉じる"), text=error_text(error), icon="triangle-alert")
    dialog.stop.hide()
    dialog.open()
    return dialog


def report_text(error: BaseException, when: datetime) -> str:
    """What a report file holds: version, system, and where in the program it happened."""
    lines = [
        f"visitapp {getattr(visitapp, '__version__', '')}".strip(),
        f"{when.isoformat(timespec='seconds')}  Python {platform.python_version()}  {platform.system()}",
        type(error).__qualname__,
    ]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}")
    if error.__cause__ is not None:
        lines += ["caused by", report_text(error.__cause__, when)]
    return "\n".join(lines)


def write_report(folder: Path, error: BaseException, when: datetime) -> Path | None:
    """Keep a report in ``folder/reports``; None when even that is not possible (the dialog then says so)."""
    path = folder / "reports" / f"report-{when:%Y%m%d-%H%M%S}.txt"
    try:
        write_whole(path, report_text(error, when).encode())
    except EnvironmentProblem:
        return None
    return path


def show_bug(parent: QWidget, report: Path | None) -> Dialog:
    """Say that the program made a mistake, where the report lies, and that it will end now."""
    text = error_text(VisitappError("E-900"))
    where = tr("報告ファイル：{path}", path=report) if report else tr("報告ファイルは書けませんでした。")
    dialog = Dialog(
        parent, tr("プログラムの誤りです。終わります"), tr("終わる"), text=f"{text}\n{where}", icon="circle-alert"
    )
    dialog.stop.hide()
    dialog.open()
    return dialog
