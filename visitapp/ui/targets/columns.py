"""The columns of the list of companies."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from visitapp.i18n import tr
from visitapp.ui.dates import short_moment
from visitapp.ui.notebook.words import outcome_word, short_industry, town
from visitapp.ui.widgets.states import target_state
from visitapp.ui.widgets.tables import NOTHING, Cell, Column

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine

_ORDER = ("STARTED", "RETURNED", "PLANNED", "NOT_VISITED", "FINAL", "SENT", "RECEIVED", "NO_RESPONSE")


def columns(today: date, *, visitors: bool) -> list[Column[TargetLine]]:
    """State, name, town, industry, employees, visits, next plan; at headquarters also who visits."""
    made: list[Column[TargetLine]] = [
        Column("state", tr("状態"), _state, width=9),
        Column("name", tr("企業名"), _name),
        Column("town", tr("町名"), lambda line: Cell(town(line.company.address) or NOTHING), width=7.5, optional=True),
        Column(
            "industry",
            tr("業種"),
            lambda line: Cell(short_industry(line.company.industry) or NOTHING),
            width=9,
            optional=True,
        ),
        Column("employees", tr("従業員"), _employees, width=4.5, right=True, optional=True),
        Column("visits", tr("訪問"), _visits, width=4, right=True),
        Column("next", tr("次の予定"), lambda line: next_plan(line, today), width=9),
    ]
    if visitors:
        made.insert(6, Column("visitor", tr("担当"), lambda line: Cell(line.target.visitor or NOTHING), width=6))
    return made


def _state(line: TargetLine) -> Cell:
    return Cell(chip=target_state(line.state), sort=_ORDER.index(line.state.name))


def _name(line: TargetLine) -> Cell:
    company = line.company
    return Cell(company.name or NOTHING, company.kana or "", sort=company.kana or company.name or "")


def _employees(line: TargetLine) -> Cell:
    count = line.company.employees
    return Cell() if count is None else Cell(f"{count:,}", sort=count)


def _visits(line: TargetLine) -> Cell:
    return Cell(tr("{n}回", n=line.visits), tone="" if line.visits else "text3", sort=line.visits)


def next_plan(line: TargetLine, today: date) -> Cell:
    """The next visit; what has to be settled first stands in its place."""
    if line.planned_at:
        return Cell(short_moment(line.planned_at, today), sort=line.planned_at)
    if line.state.name == "NO_RESPONSE":
        return Cell(tr("{outcome}のため", outcome=outcome_word(line.last_outcome)), tone="text2", sort="9998")
    if line.absences >= 2 and line.response is None:
        return Cell(tr("不在{n}回・要連絡", n=line.absences), tone="warn", sort="9997")
    return Cell()
