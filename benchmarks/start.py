"""From starting Python to the first window on the screen (Qt's offscreen one), against a bare window of Qt.

Each round starts two new processes. Our window is the one of an empty data folder: the start screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from tempfile import TemporaryDirectory

from benchmarks.measure import compare, ready

_END = "application.processEvents(); window.grab(); os._exit(0)"
_BARE = f"""
import os
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("visitapp"))
window.resize(1366, 768)
window.show(); {_END}
"""
_OURS = f"""
import os, sys
from pathlib import Path
from visitapp.app import open_window
from visitapp.ui.office import Office
from visitapp.ui.running import local_now, make_application, make_house
application = make_application()
window = make_house(Office(Path(sys.argv[1]), local_now))
window.show(); {_END}
"""


def run(program: str, *arguments: str) -> None:
    """Run a program to its end. Raises CalledProcessError when it fails."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    subprocess.run([sys.executable, "-c", program, *arguments], check=True, env=environment)


def main() -> None:
    """The window against the bare one."""
    with TemporaryDirectory() as folder:
        compare("first window", ready(partial(run, _OURS, folder)), ready(partial(run, _BARE)), rounds=9)


if __name__ == "__main__":
    main()
