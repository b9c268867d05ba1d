"""Excel and CSV: this table or all of the survey, with progress, and the folder afterwards."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui.page import Page
from visitapp.ui.tasks import Cancelled
from visitapp.ui.widgets.choice import ChoiceCard
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.notices import Banner
from visitapp.ui.widgets.progress import show_progress

if TYPE_CHECKING:
    from visitapp.store.store import Store

_LAST = "tables/folder"


class ScopeDialog(Dialog):
    """Asks what shall be written. ``whole()`` after it was accepted."""

    def __init__(self, parent: QWidget, title: str, verb: str, table: str, count: int) -> None:
        super().__init__(parent, title, verb, width=640)
        self.one = ChoiceCard(tr("この表"), table, "table-2", mark_icon="check")
        self.all = ChoiceCard(
            tr("この調査の表すべて"), tr("報告書と同じ{n}枚を、同じ順で書きます。", n=count), "list", mark_icon="check"
        )
        group = QButtonGroup(self)
        for card in (self.one, self.all):
            group.addButton(card)
            self.body.addWidget(card)
        self.one.setChecked(True)
        self.all.setEnabled(count > 0)
        self.one.setFocus()

    def whole(self) -> bool:
        """Whether all tables were chosen."""
        return self.all.isChecked()


def file_name(title: str) -> str:
    """A title as a file name: no sign that a system refuses, at most 40 characters."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", title).strip("_.")[:40] or tr("集計表")


class FileWriter:
    """Asks for a place, writes on the worker, says where it is. ``banner`` and ``place`` belong to the page."""

    def __init__(self, page: Page, banner: Banner, place: QVBoxLayout) -> None:
        self._page, self._banner, self._place = page, banner, place

    def _start(self) -> Path:
        kept = self._page.shell.preferences.text(_LAST)
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()

    def ask_file(self, name: str) -> Path | None:
        """Where to write a workbook; None when the person gave up."""
        start = self._start() / f"{file_name(name)}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, tr("Excelの置き場所を選ぶ"), str(start), tr("Excelのブック (*.xlsx)")
        )
        return Path(chosen).with_suffix(".xlsx") if chosen else None

    def ask_folder(self) -> Path | None:
        """Where to write CSV files; None when the person gave up."""
        chosen = QFileDialog.getExistingDirectory(self._page, tr("CSVを書くフォルダを選ぶ"), str(self._start()))
        return Path(chosen) if chosen else None

    def write(self, command: Callable[[Store, Callable[[int, int], None]], Path], count: int) -> None:
        """Run it on the worker with progress; afterwards the folder can be opened."""
        self._banner.say("ok", "")
        task = self._page.shell.tasks.run_long(
            command, lambda path: self._done(path, count), self._failed, self._page, write=False
        )
        show_progress(self._place, task, tr("集計表を書いています"))

    def _done(self, path: Path, count: int) -> None:
        folder = path if path.is_dir() else path.parent
        self._page.shell.preferences.keep_text(_LAST, str(folder))
        self._banner.say("ok", tr("集計表{n}枚を書きました：{path}", n=count, path=path))
        self._banner.offer(tr("フォルダを開く"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._banner.say("info", tr("書き出しを止めました。ファイルは元のままです。"))
        else:
            self._page.shell.show_error(error)
