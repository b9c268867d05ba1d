"""Starts the window: application, look, Qt's own texts, unexpected errors; and ends it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from visitapp.ui import style
from visitapp.ui.collecting import Collector
from visitapp.ui.composing import Composition
from visitapp.ui.looks import LookControl
from visitapp.ui.office import Office
from visitapp.ui.preferences import Preferences
from visitapp.ui.shell import House
from visitapp.ui.tasks import Tasks


def local_now() -> datetime:
    """The clock, local time with zone."""
    return datetime.now().astimezone()


def make_application(arguments: Sequence[str] = ("visitapp",)) -> QApplication:
    """The application with our look; the one there is, when there is one."""
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(list(arguments))
    app.setApplicationName("visitapp")
    style.set_up(app)
    Composition(app)
    Collector(app)
    translator = QTranslator(app)
    # Qt's own texts (file dialogs, context menus) come from its catalogue, not from ours.
    if translator.load("qtbase_ja", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    return app


def make_house(office: Office) -> House:
    """The window on a data folder, not yet shown."""
    office.folder.mkdir(parents=True, exist_ok=True)
    preferences = Preferences(office.folder)
    looks = LookControl(preferences)
    looks.start()
    return House(office, Tasks(), preferences, looks)


def run(folder: Path, passphrase: str | None) -> int:
    """Show the window until it is closed."""
    app = make_application(sys.argv[:1] or ["visitapp"])
    house = make_house(Office(folder, local_now))

    def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        house.end_after(error)

    sys.excepthook = unexpected
    house.show()
    if passphrase is not None:
        house.unlock(passphrase)
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__
