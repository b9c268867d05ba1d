"""Puts the parts together: the window or the command line, over the same commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from visitapp.cli import run
from visitapp.errors import EnvironmentProblem


def main(line: Sequence[str] | None = None) -> int:
    """The program. ``line`` is what was typed after its name; returns the exit code."""
    return run(sys.argv[1:] if line is None else line, open_window)


def open_window(folder: Path, passphrase: str | None) -> int:
    """Show the window on a data folder, unlocked at once when the passphrase is given.

    Raises EnvironmentProblem E-703 where nothing can be shown.
    """
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    if sys.platform == "linux" and not shown:
        raise EnvironmentProblem("E-703")
    # Qt is loaded only for the window: a command must run where Qt's libraries are not even installed.
    from visitapp.ui.running import run as run_window

    return run_window(folder, passphrase)
