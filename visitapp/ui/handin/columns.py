"""The columns of the hand-in list, and what is handed in, in words."""

from __future__ import annotations

from datetime import date, datetime

from visitapp.i18n import tr
from visitapp.ui.dates import short_date
from visitapp.ui.handin.loading import FRESH, HandInLine
from visitapp.ui.widgets.states import StateLook, target_state
from visitapp.ui.widgets.tables import NOTHING, Cell, Column


def counted(counts: dict[str, int]) -> str:
    """回答票・訪問の記録1・意見3・案内2."""
    words = []
    if counts.get("response"):
        words.append(tr("回答票"))
    if counts.get("visit"):
        words.append(tr("訪問の記録{n}", n=counts["visit"]))
    if counts.get("opinion"):
        words.append(tr("意見{n}", n=counts["opinion"]))
    if counts.get("offer"):
        words.append(tr("案内{n}", n=counts["offer"]))
    if counts.get("target") and not words:
        words.append(tr("予定"))
    return "・".join(words)


def stage_look(line: HandInLine) -> StateLook:
    """Where it stands: what lies only here shows the target's own state."""
    waiting = StateLook(tr("受領待ち"), "hourglass", "warn")
    if line.stage == FRESH:
        return target_state(line.line.state)
    return waiting if line.stage == "waiting" else StateLook(tr("受領済み"), "inbox", "ok")


def columns(today: date) -> list[Column[HandInLine]]:
    """企業, 状態, 渡すもの, 最後の変更."""
    return [
        Column("company", tr("企業"), lambda line: _company(line)),
        Column("state", tr("状態"), lambda line: Cell(chip=stage_look(line)), width=9),
        Column("content", tr("渡すもの"), lambda line: Cell(counted(line.counts) or NOTHING), width=15),
        Column("changed", tr("最後の変更"), lambda line: _changed(line, today), width=8),
    ]


def _company(line: HandInLine) -> Cell:
    company = line.line.company
    return Cell(company.name or NOTHING, bold=line.stage == FRESH, sort=company.kana or company.name)


def _changed(line: HandInLine, today: date) -> Cell:
    if not line.wall_ms:
        return Cell()
    at = datetime.fromtimestamp(line.wall_ms / 1000).astimezone()
    return Cell(f"{short_date(at.date(), today)} {at:%H:%M}", sort=line.wall_ms)
