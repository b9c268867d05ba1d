"""Grabs every screen of the program, on the tutorial's fictitious data.

    python docs/screenshots/make.py [--out FOLDER] [NAME ...]

Needs no display. Without ``--out`` the pictures go into this folder. Each scene is a function in scenes.py; the offices
they play in are made by stage.py. A name chooses scenes by the beginning of their names.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QPA_PLATFORMTHEME", "")

from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from scenes import HEADQUARTERS, LAPTOP, Scene, Set
from stage import Stage, build

from visitapp.commands.tutorial import PASSPHRASE
from visitapp.ui import look
from visitapp.ui.office import Office
from visitapp.ui.running import make_application, make_house
from visitapp.ui.shell import House
from visitapp.ui.tokens import DARK, LIGHT

HERE = Path(__file__).resolve().parent
SMALL, WIDE = QSize(1366, 768), QSize(1920, 1080)
REST = 18
"""Rounds of 10 ms without work until the window counts as resting: longer than the scroll to a question (120 ms)."""
PATIENCE = 60.0
"""Seconds after which a scene that does not come to rest is an error."""


class Camera:
    """Grabs the windows, each at rest."""

    def __init__(self, out: Path) -> None:
        self._out = out

    def settle(self, house: House) -> None:
        """Let the worker finish and its results be shown."""
        until = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < REST:
            if time.monotonic() > until:
                raise TimeoutError("a scene does not come to rest")
            QApplication.processEvents()
            # Outside of exec() nothing else carries out what was put off with deleteLater.
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            quiet = 0 if house.tasks.busy else quiet + 1
            time.sleep(0.01)

    def grab(self, house: House, name: str) -> None:
        """The window with whatever stands over it."""
        self.settle(house)
        picture = house.grab()
        painter = QPainter(picture)
        for other in QApplication.topLevelWidgets():
            if other is not house and other.isVisible():
                painter.drawPixmap(other.mapToGlobal(QPoint(0, 0)) - house.mapToGlobal(QPoint(0, 0)), other.grab())
        painter.end()
        path = self._out / f"{name}.png"
        # Quality 0 is the strongest compression of a PNG.
        if not _few_colours(picture.toImage()).save(str(path), quality=0):
            raise OSError(path)
        print(path, flush=True)

    @contextmanager
    def window(self, folder: Path, *, unlock: bool = True) -> Iterator[House]:
        """The window on a data folder."""
        house = make_house(Office(folder, lambda: datetime.now().astimezone()))
        house.looks.set_theme("light")
        house.resize(SMALL)
        house.show()
        try:
            if unlock:
                house.unlock(PASSPHRASE)
                while house.desk is None:
                    self.settle(house)
            yield house
        finally:
            house.close()
            house.deleteLater()

    def play(self, house: House, stage: Stage, scenes: Iterable[Scene]) -> None:
        """Each scene, and its variants."""
        for scene in scenes:
            # Every look plays the scene anew: changing language or size builds the pages anew.
            for variant in ("", *scene.variants):
                _wear(house, variant)
                self.settle(house)
                scene.play(Set(house, stage, lambda: self.settle(house)))
                self.grab(house, f"{scene.name}-{variant}" if variant else scene.name)
                _close_dialogs(house)
                self.settle(house)
            _wear(house, "")


def _few_colours(picture: QImage) -> QImage:
    """With 256 colours: all of the look's own (a warning may be one small icon), then the commonest. A third of the
    size, and nobody sees the difference in a drawn window."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    own = [QColor(code).rgb() for code in (DARK if look.is_dark() else LIGHT).values()]
    common = [colour for colour, _count in Counter(memoryview(plain.constBits()).cast("I")).most_common(256)]
    avoid = Qt.ImageConversionFlag.AvoidDither
    return plain.convertToFormat(QImage.Format.Format_Indexed8, list(dict.fromkeys([*own, *common]))[:256], avoid)


def _wear(house: House, variant: str) -> None:
    if look.is_dark() != (variant == "dark"):
        house.looks.switch_colours()
    if house.preferences.language != (wanted := "en" if variant == "en" else "ja"):
        house.looks.set_language(wanted)
    house.looks.set_percent(150 if variant == "150" else 100)
    house.resize(WIDE if variant == "1920" else SMALL)


def _close_dialogs(house: House) -> None:
    from visitapp.ui.visit.owner import OwnerWindow
    from visitapp.ui.widgets.dialogs import Overlay

    for dialog in house.findChildren(Overlay):
        dialog.reject()
    for shown in house.findChildren(OwnerWindow):
        shown.close()


def _start(camera: Camera, place: Path, laptop: Path) -> None:
    """First run and unlocking, which have no desk yet."""
    with camera.window(place / "企業訪問手帳", unlock=False) as house:
        camera.grab(house, "09-first-run")
        screen = house.start_screen()
        assert screen is not None and screen.first_run is not None
        run = screen.first_run
        run.next.click()
        run.passphrase_step.field.setText(PASSPHRASE)
        run.passphrase_step.again.setText(PASSPHRASE[:-1])
        run.passphrase_step.again.settled.emit("")
        camera.grab(house, "09b-first-run-passphrase")
        run.passphrase_step.again.setText(PASSPHRASE)
        run.next.click()
        camera.grab(house, "09d-first-run-enrolment")
        run.enrolment_step.person.setText("staff-04")
        run.next.click()
        camera.grab(house, "09e-first-run-summary")
    with camera.window(laptop, unlock=False) as house:
        camera.grab(house, "09c-unlock")


def _chosen(scenes: tuple[Scene, ...], names: list[str]) -> list[Scene]:
    return [scene for scene in scenes if not names or scene.name.startswith(tuple(names))]


def main(arguments: list[str]) -> int:
    """Make the pictures named, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=HERE, help="where the pictures go")
    parser.add_argument("--stage", type=Path, help="an empty folder for the offices, kept; one made before is used")
    parser.add_argument("names", nargs="*", help="beginnings of names; all without")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    make_application(["visitapp-screenshots"])
    camera = Camera(asked.out)
    with tempfile.TemporaryDirectory() as scratch:
        # Places are shown as they are below the home folder: no name of this machine gets into a picture.
        os.environ["HOME"] = os.environ["USERPROFILE"] = scratch
        stage = build(asked.stage or Path(scratch))
        if not asked.names or any("09".startswith(name[:2]) for name in asked.names):
            _start(camera, Path(scratch), stage.laptop)
        for folder, scenes in ((stage.laptop, LAPTOP), (stage.headquarters, HEADQUARTERS)):
            if chosen := _chosen(scenes, asked.names):
                with camera.window(folder) as house:
                    camera.play(house, stage, chosen)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
