"""The window is there before the database is: what is slow to load waits until it is needed."""

from __future__ import annotations

import subprocess
import sys


def test_the_first_window_loads_nothing_slow() -> None:
    slow = {"sqlalchemy", "sqlcipher3", "alembic", "reportlab", "pyxform", "openpyxl", "cryptography", "regex"}
    program = "import sys, visitapp.app, visitapp.ui.running; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    assert "visitapp.ui.shell" in loaded
    assert not slow & set(loaded)
