"""これまでの取込: what was taken in, newest first, each with its way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from visitapp.i18n import tr
from visitapp.ui.dates import short_moment
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.widgets.tables import NOTHING, Cell, Column, Table

if TYPE_CHECKING:
    from visitapp.store.records import Package


class HistoryTable(Table):
    """Packages taken in. Columns: when, which device and number, changes, by whom, whether a copy was kept."""

    def __init__(self, today: date) -> None:
        self._codes: Mapping[str, str] = {}
        columns: list[Column[Package]] = [
            Column("when", tr("取り込んだ日時"), lambda one: _when(one, today), width=11),
            Column("package", tr("受渡"), self._name),
            Column("changes", tr("変更"), _changes, width=5, right=True),
            Column("person", tr("取り込んだ人"), lambda one: Cell(one.person or NOTHING), width=7, optional=True),
            Column("backup", tr("取込の前の控え"), _backup, width=8),
        ]
        super().__init__(columns, tr("これまでの取込"))
        self.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        # That was not the person's wish: widths still follow what the cells need.
        self.touched = False

    def _name(self, package: Package) -> Cell:
        code = device_word(self._codes.get(package.peer or "", ""))
        return Cell(tr("{device}　第{n}号", device=code, n=package.number), sort=(code, package.number or 0))

    def show_packages(self, packages: list[Package], codes: Mapping[str, str]) -> None:
        """Show these; ``codes`` names the devices by id."""
        self._codes = codes
        self.set_rows([(package.id, package) for package in packages])


def _changes(package: Package) -> Cell:
    count = json.loads(package.counts or "{}").get("changes", 0)
    return Cell(f"{count:,}", sort=count)


def _when(package: Package, today: date) -> Cell:
    return Cell(short_moment(package.received_at, today), sort=package.received_at)


def _backup(package: Package) -> Cell:
    return Cell(tr("あり") if package.backup else NOTHING)
