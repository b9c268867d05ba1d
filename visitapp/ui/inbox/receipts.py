"""受領書と控え: what an import left behind, and the return packages for the laptops."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices

from visitapp.i18n import tr
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.preferences import Preferences
from visitapp.ui.widgets.basics import Card, clear, column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from visitapp.store.records import Package
    from visitapp.ui.inbox.working import Batch

_FOLDER = "inbox/returns"


class ReceiptCard(Card):
    """``wanted`` when receipts shall be written (to a folder that is asked for)."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=6)
        self._receipt = column(gap=2)
        self._write = Button(tr("受領書を書き出す"), size="tool", icon="send")
        self._write.clicked.connect(self.wanted)
        self._open = Button(tr("フォルダを開く"), kind="plain", size="tool", icon="folder-open")
        self._open.clicked.connect(self._open_folder)
        self._open.hide()
        self._place: Path | None = None
        head = label(tr("受領書と控え"), bold=True)
        self.setLayout(column(head, self._receipt, row(self._write, self._open, None), self._lines, gap=8,
                              margins=(14, 12, 14, 12)))  # fmt: skip

    def folder(self, preferences: Preferences) -> Path | None:
        """Where receipts went the last time, if it is there now."""
        kept = preferences.text(_FOLDER)
        return Path(kept) if kept and Path(kept).is_dir() else None

    def keep_folder(self, preferences: Preferences, folder: Path) -> None:
        """Write receipts there from now on."""
        preferences.keep_text(_FOLDER, str(folder))

    def show_batch(self, batch: Batch) -> None:
        """Show the copy that was made; receipts are still to be written."""
        clear(self._lines)
        clear(self._receipt)
        self._open.hide()
        names = _names([result.package for result in batch.done], batch.codes)
        self._write.setEnabled(bool(batch.done))
        if batch.done:
            waiting = tr("{devices}への受領書がまだです。端末は、受領書を受け取るまで何も消しません。", devices=names)
            self._line(self._receipt, "hourglass", "warn", waiting)
        if batch.first is not None:
            self._line(self._lines, "check", "ok", tr("取込の前の控えを取り、開けることを確かめました"),
                       Path(batch.first.backup or "").name)  # fmt: skip

    def show_written(self, written: list[Package], folder: Path, codes: Mapping[str, str]) -> None:
        """Show which receipts are there now, and where."""
        clear(self._receipt)
        self._place = folder
        done = tr("{devices}への受領書を書きました", devices=_names(written, codes))
        self._line(self._receipt, "check", "ok", done, str(folder))
        self._open.show()

    def _line(self, into: object, icon: str, tone: str, text: str, below: str = "") -> None:
        words = column(label(text, wrap=True), gap=0)
        if below:
            words.addWidget(label(below, "small", tone="text2", wrap=True))
        line = row(icon_label(icon, 16, tone), words, gap=8)
        line.setStretch(1, 1)
        into.addLayout(line)  # type: ignore[attr-defined]

    def _open_folder(self) -> None:
        if self._place is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._place)))


def _names(packages: list[Package], codes: Mapping[str, str]) -> str:
    return "・".join(dict.fromkeys(device_word(codes.get(package.peer or "", "")) for package in packages))
