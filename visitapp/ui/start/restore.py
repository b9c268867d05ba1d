"""控えから戻す: choose a backup by its time, with its passphrase; the present store is kept as a backup first."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.i18n import error_text, tr
from visitapp.ui.office import Office
from visitapp.ui.tasks import Tasks
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import ChoiceField, Labelled, PassphraseField


class RestoreDialog(Dialog):
    """``restored`` with the open store."""

    restored = Signal(object)

    def __init__(self, parent: QWidget, office: Office, tasks: Tasks) -> None:
        super().__init__(parent, tr("控えの時点に戻します"), tr("戻す"), destroys=True, icon="history")
        self._office, self._tasks = office, tasks
        copies = office.backups()
        self._places = copies
        self._copies = ChoiceField([(str(path), when_text(path)) for path in copies])
        self.passphrase = PassphraseField()
        self._field = Labelled(tr("控えを取ったときの合言葉"), self.passphrase)
        if copies:
            self.body.addWidget(
                label(
                    tr(
                        "いまのデータも控えとして残してから戻します。控えのあとに書いたものは、本部へ渡した分のほかは出てこなくなります。"
                    ),
                    wrap=True,
                )
            )
            self.body.addWidget(Labelled(tr("控え"), self._copies))
            self.body.addWidget(self._field)
        else:
            self.body.addWidget(label(tr("このパソコンに控えはありません。"), wrap=True))
            self.verb.setEnabled(False)
        self.ready = self._begin

    def copies(self) -> list[Path]:
        """The backups that can be chosen, newest first."""
        return self._places

    def choose(self, path: Path) -> None:
        """Choose a backup."""
        self._copies.set_value(str(path))

    def _begin(self) -> bool:
        """Restore on the worker; the dialog closes when it is done."""
        path, passphrase = Path(self._copies.value()), self.passphrase.text()
        self.verb.setEnabled(False)
        self._tasks.open(lambda: self._office.restore(path, passphrase), self._done, self._refuse, self)
        return False

    def _done(self, store: object) -> None:
        self.accept()
        self.restored.emit(store)

    def _refuse(self, error: Exception) -> None:
        self.verb.setEnabled(True)
        if isinstance(error, VisitappError):
            self._field.say(error_text(error))
        else:
            self._tasks.failed.emit(error)


def when_text(path: Path) -> str:
    """When a backup was made, for the list."""
    made = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return f"{made:%Y/%m/%d %H:%M}　{path.name}"
