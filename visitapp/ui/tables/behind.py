"""The responses behind a cell, each leading to its company."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.dates import full_date, moment
from visitapp.ui.notebook.words import town
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.tables import NOTHING, Cell, Column, Table

if TYPE_CHECKING:
    from visitapp.ui.tables.loading import Behind


def _day(text: str) -> Cell:
    found = moment(text)
    return Cell(full_date(found.date()) if found is not None else NOTHING, sort=text)


class BehindDialog(Dialog):
    """``wanted`` with a company's id when its line is opened."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget, what: str, found: Sequence[Behind]) -> None:
        super().__init__(
            parent, tr("{n}票の回答があります", n=len(found)), tr("企業のページを開く"), width=640, stop=tr("閉じる")
        )
        self.body.addWidget(label(what, "small", tone="text2", wrap=True))
        columns: list[Column[Behind]] = [
            Column("name", tr("企業名"), _company),
            Column("day", tr("回答した日"), lambda one: _day(one.visited_on), width=12),
            Column("visitor", tr("担当"), lambda one: Cell(one.visitor or NOTHING), width=6),
        ]
        if any(one.rows for one in found):
            columns.append(
                Column(
                    "rows", tr("シート"), lambda one: Cell(tr("{n}枚", n=one.rows), sort=one.rows), width=4, right=True
                )
            )
        self.table = Table(columns, tr("回答した企業"))
        self.table.setMinimumHeight(look.px(320))
        self.table.set_rows([(one.response, one) for one in found])
        self.table.opened.connect(lambda _id: self.accept())
        self.verb.setVisible(bool(found))
        if found:
            self.body.addWidget(self.table)
            self.table.select_first()
            self.table.setFocus()
        else:
            self.table.setParent(self)
            self.table.hide()
            self.body.addWidget(EmptyState("list", tr("あてはまる回答はありません"), tr("件数は0です。")))
        self.accepted.connect(self._open)

    def _open(self) -> None:
        one = self.table.rows.get(self.table.current_id())
        if one is not None and one.company is not None:
            self.wanted.emit(one.company.id)


def _company(one: Behind) -> Cell:
    company = one.company
    if company is None:
        return Cell()
    return Cell(company.name or NOTHING, town(company.address), sort=company.kana or company.name)
