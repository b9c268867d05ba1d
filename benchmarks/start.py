"""From starting Python to the first window on the screen (Qt's offscreen one), against a bare window of Qt.

Each round starts two new processes. Our window is the one of an empty data folder: the start screen. Compiled modules
are kept beside the run, as an installed program keeps them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import compare, ready

_END = "window.show(); application.processEvents(); window.grab(); os._exit(0)"
_BARE = f"""
import os
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(QLabel("visitapp"))
window.resize(1366, 768)
{_END}
"""
_OURS = f"""
import os, sys
from pathlib import Path
from visitapp.app import open_window
from visitapp.ui.office import Office
from visitapp.ui.running import local_now, make_application, make_house
application = make_application()
window = make_house(Office(Path(sys.argv[1]), local_now))
{_END}
"""


def main() -> None:
    """The window against the bare one."""
    with TemporaryDirectory() as name:
        environment = {
            **{key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"},
            "PYTHONPYCACHEPREFIX": str(Path(name) / "compiled"),
            "QT_QPA_PLATFORM": "offscreen",
        }

        def run(program: str) -> None:
            command = [sys.executable, "-c", program, str(Path(name) / "data")]
            subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL)

        compare("first window", ready(lambda: run(_OURS)), ready(lambda: run(_BARE)), rounds=9)


if __name__ == "__main__":
    main()
