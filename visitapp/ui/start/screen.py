"""The start screen: first run where there is no store, else unlocking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from visitapp.errors import AnswerRefused, VisitappError
from visitapp.i18n import error_text, tr
from visitapp.ui.office import Office, OpenedOffice, Setup, enrol, opened_office
from visitapp.ui.preferences import Preferences
from visitapp.ui.start.first_run import FirstRun
from visitapp.ui.start.unlock import UnlockCard
from visitapp.ui.tasks import Cancelled, Task, Tasks
from visitapp.ui.widgets.basics import clear, column, holder, label, row, scroller
from visitapp.ui.widgets.dialogs import Dialog

if TYPE_CHECKING:
    from visitapp.store.store import Store


class StartScreen(QWidget):
    """``opened`` with what is known about the open store; ``given_up`` when the first run is left."""

    opened = Signal(object)
    given_up = Signal()

    def __init__(self, office: Office, tasks: Tasks, preferences: Preferences, why: str) -> None:
        super().__init__()
        self._office, self._tasks, self._preferences, self._why = office, tasks, preferences, why
        self.setProperty("ground", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.unlock: UnlockCard | None = None
        self.first_run: FirstRun | None = None
        self._layout = column(gap=0)
        self.setLayout(self._layout)
        self._build()

    def _build(self) -> None:
        if self._office.exists():
            self.unlock = UnlockCard(self._why)
            self.unlock.entered.connect(self.open_with)
            self.unlock.forgotten.connect(self._explain_forgotten)
            self.unlock.restore.connect(self._restore)
            below = label(
                tr("続けて5回まちがえると、1分待ちます。回答が消えることはありません。"), "caption", tone="text2"
            )
            card = column(self.unlock, below, gap=14)
            card.setAlignment(below, Qt.AlignmentFlag.AlignHCenter)
        else:
            self.first_run = FirstRun(self._office.folder)
            self.first_run.finished.connect(self._create)
            self.first_run.given_up.connect(self.given_up)
            card = column(self.first_run)
        self._layout.addWidget(scroller(holder(column(None, row(None, card, None), None, margins=(16, 16, 16, 16)))))

    def rebuild(self) -> None:
        """Anew in another language or size; what was typed is typed again (a passphrase is never carried about)."""
        clear(self._layout)
        self.unlock = self.first_run = None
        self._build()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where typing begins."""
        if self.unlock is not None:
            self.unlock.field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.first_run is not None:
            self.first_run.focus_first()

    # -- unlocking ---------------------------------------------------------------------------------------------------
    def open_with(self, passphrase: str) -> None:
        """Open the store on the worker; a wrong passphrase is said at the field."""
        self._tasks.open(lambda: self._office.open(passphrase), self._tell_opened, self._refuse, self)

    def _refuse(self, error: Exception) -> None:
        if self.unlock is None or not isinstance(error, VisitappError):
            self._tasks.failed.emit(error)
            return
        self.unlock.refuse(error_text(error), wrong=isinstance(error, AnswerRefused))

    def _tell_opened(self, _store: Store) -> None:
        self._tasks.run(opened_office, self._pass_on, owner=self)

    def _pass_on(self, opened: OpenedOffice) -> None:
        self.opened.emit(opened)

    def _explain_forgotten(self) -> None:
        text = tr(
            "合言葉がないと、このパソコンの回答はだれにも読めません。合言葉を書いた紙をさがしてください。\n"
            "見つからないときは、本部に伝えてください。受渡の済んだ回答は、本部に残っています。"
        )
        dialog = Dialog(self, tr("合言葉を忘れたとき"), tr("閉じる"), text=text)
        dialog.stop.hide()
        dialog.open()

    def _restore(self) -> None:
        from visitapp.ui.start.restore import RestoreDialog

        dialog = RestoreDialog(self, self._office, self._tasks)
        dialog.restored.connect(self._tell_opened)
        dialog.open()

    # -- first run ---------------------------------------------------------------------------------------------------
    def _create(self, setup: Setup) -> None:
        if self._tasks.has_store:
            self._enrol(setup)
            return
        task = self._tasks.open_long(
            lambda task: self._office.create(setup, task.step),
            lambda _store: self._enrol(setup),
            self._refuse_setup,
            self,
        )
        if self.first_run is not None:
            task.late.connect(lambda: self._show_progress(task))
            task.stepped.connect(self.first_run.show_step)

    def _show_progress(self, task: Task) -> None:
        if self.first_run is not None:
            self.first_run.show_progress().cancelled.connect(task.cancel)

    def _enrol(self, setup: Setup) -> None:
        if setup.enrolment is None:
            self._tasks.run(opened_office, self._pass_on, owner=self)
            return
        path, code = setup.enrolment
        self._tasks.write(
            lambda store: enrol(store, path, code, setup.person),
            lambda _code: self._tasks.run(opened_office, self._pass_on, owner=self), self._refuse_setup, self,
        )  # fmt: skip

    def _refuse_setup(self, error: Exception) -> None:
        if self.first_run is not None and isinstance(error, Cancelled):
            self.first_run.go_back_to_summary()
        elif self.first_run is not None and isinstance(error, VisitappError):
            self.first_run.refuse(error_text(error))
        else:
            self._tasks.failed.emit(error)
