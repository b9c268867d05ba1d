"""Enrolling this laptop: headquarters' file, and the number told with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from visitapp.errors import VisitappError
from visitapp.i18n import error_text, tr
from visitapp.ui.office import enrol
from visitapp.ui.tasks import Tasks
from visitapp.ui.widgets.basics import label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import Labelled, TextField


class EnrolDialog(Dialog):
    """``enrolled`` with the device's code. An error is said at the field and the dialog stays."""

    enrolled = Signal(str)

    def __init__(self, parent: QWidget, tasks: Tasks, person: str) -> None:
        super().__init__(parent, tr("この端末を登録します"), tr("登録する"), icon="key-round")
        self._tasks, self._person = tasks, person
        self._path: Path | None = None
        choose = Button(tr("登録ファイルをえらぶ"), icon="folder")
        choose.clicked.connect(self._choose)
        self._name = label(tr("選んでいません"), "small", tone="text2", wrap=True)
        line = row(choose, self._name)
        line.setStretch(1, 1)
        self.code = TextField(placeholder="7K3M-Q2XZ-9DWA")
        self._code = Labelled(tr("登録の番号"), self.code, hint=tr("本部から、ファイルとは別に知らされた番号です。"))
        self.body.addLayout(line)
        self.body.addWidget(self._code)
        self.ready = self._begin

    def _choose(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, tr("登録ファイルをえらぶ"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take headquarters' file; it is read when the verb is pressed."""
        self._path = path
        self._name.setText(path.name)

    def _begin(self) -> bool:
        """Enrol on the worker; the dialog closes when it is done."""
        path, code = self._path, self.code.text().strip()
        if path is None or not code:
            self._code.say(tr("ファイルをえらび、番号を入れてください。"))
            return False
        self.verb.setEnabled(False)
        self._tasks.write(lambda store: enrol(store, path, code, self._person), self._done, self._refuse, self)
        return False

    def _done(self, code: str) -> None:
        self.enrolled.emit(code)
        self.accept()

    def _refuse(self, error: Exception) -> None:
        self.verb.setEnabled(True)
        if isinstance(error, VisitappError):
            self._code.say(error_text(error))
        else:
            self._tasks.failed.emit(error)
