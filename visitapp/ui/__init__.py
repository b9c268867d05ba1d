"""The window (PySide6), and nobody else: one folder a screen, components in ``widgets``, one worker in ``tasks``.

May call ``commands``, ``documents``, ``exports`` and ``fieldwork``; never SQL. Start reading at ``shell.py`` (the
window), then ``page.py`` (what a screen is), ``pages.py`` (which there are) and ``tasks.py`` (how a command runs).
"""

from __future__ import annotations

from pathlib import Path

from visitapp.ui.singletons import hold_singletons

hold_singletons()


def run_window(folder: Path, *, passphrase: str | None = None) -> int:
    """Show the window on a data folder; returns its exit code. ``passphrase`` opens it without asking."""
    from visitapp.ui.running import run

    return run(folder, passphrase)
