"""The main window: start screen or desk, menus, look, lock, errors. It knows the store only through ``tasks``."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from visitapp.errors import VisitappError
from visitapp.i18n import tr
from visitapp.ui.bars import Corner
from visitapp.ui.desk import Desk, Left
from visitapp.ui.errors import show_bug, show_error, write_report
from visitapp.ui.lock import IdleWatch
from visitapp.ui.looks import LookControl
from visitapp.ui.office import Office, OpenedOffice
from visitapp.ui.office_dialog import OfficeDialog
from visitapp.ui.preferences import Preferences
from visitapp.ui.saved import SaveState
from visitapp.ui.start.screen import StartScreen
from visitapp.ui.tasks import Tasks
from visitapp.ui.widgets.dialogs import Overlay
from visitapp.ui.window_actions import fill_menus, window_actions
from visitapp.ui.window_dialogs import AboutDialog, SettingsDialog, key_list, palette


class House(QMainWindow):
    """The window. While locked it shows no name, no answer and no visitor, also not in its title."""

    def __init__(self, office: Office, tasks: Tasks, preferences: Preferences, looks: LookControl) -> None:
        super().__init__()
        self.office, self.tasks, self.preferences, self.looks = office, tasks, preferences, looks
        self.desk: Desk | None = None
        self.saved = SaveState(tasks, office.clock, self)
        self._start: StartScreen | None = None
        self._opened: OpenedOffice | None = None
        self._left: Left | None = None
        self._actions: dict[str, QAction] = {}
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self._corner = Corner(self)
        self._idle = IdleWatch(self)
        self._idle.idle.connect(self._lock_after_idling)
        tasks.failed.connect(self.show_error)
        looks.rebuild.connect(self._rebuild)
        self.setMinimumSize(QSize(1024, 600))
        if not self.restoreGeometry(preferences.state("window")):
            self.resize(QSize(1366, 768))
        self._show_start("")

    # -- start, desk, lock ------------------------------------------------------------------------------------------
    def _show_start(self, why: str) -> None:
        self._make_actions(locked=True)
        self._start = StartScreen(self.office, self.tasks, self.preferences, why)
        self._start.opened.connect(self.show_desk)
        self._start.given_up.connect(self.close)
        self._stack.addWidget(self._start)
        self._stack.setCurrentWidget(self._start)
        self._start.focus_first()
        self._show_menus()

    def start_screen(self) -> StartScreen | None:
        """The screen before the desk, while it is shown."""
        return self._start

    def unlock(self, passphrase: str) -> None:
        """Open the store with a passphrase that was given otherwise than by typing."""
        if self._start is not None:
            self._start.open_with(passphrase)

    def show_desk(self, opened: OpenedOffice) -> None:
        """The store is open: build the pages and show the first one."""
        self._opened = opened
        self._make_actions(locked=False)
        self.saved.start_from(opened.last_saved)
        self.desk = Desk(
            opened, self.tasks, self.preferences, self.saved, self.office.clock, lambda: self._actions,
        )  # fmt: skip
        self.desk.moved.connect(self._show_menus)
        self.desk.failed.connect(self.show_error)
        self.desk.lock_wanted.connect(self.lock)
        self.desk.settings_wanted.connect(self.show_settings)
        self._stack.addWidget(self.desk)
        self._stack.setCurrentWidget(self.desk)
        self._drop_start()
        self.desk.come_back(self._left)
        self.desk.count_badges()
        self._idle.start(self.preferences.idle_minutes)

    def _drop_start(self) -> None:
        if self._start is not None:
            self._stack.removeWidget(self._start)
            self._start.deleteLater()
            self._start = None

    def _drop_desk(self) -> None:
        if self.desk is not None:
            self._stack.removeWidget(self.desk)
            self.desk.hide()
            self.desk.deleteLater()
            self.desk = None

    def lock(self) -> None:
        """Lock at once."""
        self._lock(tr("鍵をかけました。"))

    def _lock_after_idling(self) -> None:
        self._lock(tr("{n}分使わなかったので、鍵をかけました。", n=self.preferences.idle_minutes))

    def _lock(self, why: str) -> None:
        if self.desk is None or not self.desk.leave():
            return
        self._idle.stop()
        for dialog in self.findChildren(Overlay):
            dialog.reject()
        self._left = self.desk.left()
        self._drop_desk()
        self._opened = None
        self.tasks.close()
        if self.saved.at is not None:
            why += "\n" + tr("書きかけのものは {time} に保存してあります。", time=self.saved.at.strftime("%H:%M"))
        self._show_start(why)

    def _rebuild(self) -> None:
        self._make_actions(locked=self.desk is None)
        if self.desk is not None:
            self.desk.rebuild()
        elif self._start is not None:
            self._start.rebuild()
        self._show_menus()

    # -- menus --------------------------------------------------------------------------------------------------------
    def _make_actions(self, *, locked: bool) -> None:
        for old in self._actions.values():
            old.deleteLater()
        self._actions = window_actions(self, self, locked=locked)
        self.setWindowTitle(tr("企業訪問手帳"))

    def actions_in_force(self) -> list[QAction]:
        """Every action that works now."""
        desk = self.desk.actions_in_force() if self.desk is not None else []
        return [*desk, *self._actions.values()]

    def _show_menus(self) -> None:
        bar = self.menuBar()
        fill_menus(bar, self.actions_in_force())
        words = [tr("企業訪問手帳")]
        if self._opened is not None:
            words.append("・".join(part for part in (self._opened.device_code, self._opened.person) if part))
        self._corner.say("　".join(words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._corner.place()

    def show_palette(self) -> None:
        """Ctrl K."""
        palette(self)

    def set_idle_minutes(self, minutes: int) -> None:
        """After how long the window locks itself."""
        self.preferences.idle_minutes = minutes
        if self.desk is not None:
            self._idle.start(minutes)

    def set_person(self, person: str) -> None:
        """Somebody else works here now."""
        if self.desk is not None and self._opened is not None:
            self._opened = replace(self._opened, person=person)
            self.desk.person = person
            self._rebuild()

    def find_company(self) -> None:
        """Ctrl E."""
        if self.desk is not None:
            self.desk.go(self.desk.home(), search="1")

    def show_keys(self) -> None:
        """F1."""
        key_list(self)

    def show_settings(self) -> None:
        """設定."""
        SettingsDialog(self).open()

    def show_office(self) -> None:
        """事務所の設定."""
        if self.desk is not None:
            OfficeDialog(self, self.desk).open()

    def show_about(self) -> None:
        """このプログラムについて."""
        AboutDialog(self).open()

    def switch_language(self) -> None:
        """Japanese to English and back."""
        self.looks.switch_language()

    def switch_colours(self) -> None:
        """Light to dark and back."""
        self.looks.switch_colours()

    def resize_text(self, step: int) -> None:
        """One step larger or smaller, or back to 100 %."""
        self.looks.resize_text(step)

    def full_screen(self) -> None:
        """Full screen and back."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def back(self) -> None:
        """To the page before this one."""
        if self.desk is not None:
            self.desk.back()

    # -- errors and the end -------------------------------------------------------------------------------------------
    def show_error(self, error: Exception) -> None:
        """Present an error: an expected one as its text, a bug with its report."""
        if isinstance(error, VisitappError):
            show_error(self, error)
        else:
            self.end_after(error)

    def end_after(self, error: BaseException) -> None:
        """A bug: keep open work, leave a report, say so, end."""
        report = write_report(self.office.folder, error, self.office.clock())
        if self.desk is not None:
            self.desk.leave()
        show_bug(self, report).finished.connect(lambda _result: self.close())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.desk is not None and not self.desk.leave():
            event.ignore()
            return
        self.preferences.keep_state("window", self.saveGeometry())
        self._idle.stop()
        self._drop_desk()
        self.tasks.shut_down()
        event.accept()
