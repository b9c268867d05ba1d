"""Shows a task that takes longer than a second in place, with a way to stop it; gone when the task is through."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QBoxLayout

from visitapp.ui.tasks import Task
from visitapp.ui.widgets.notices import Progress


def show_progress(place: QBoxLayout, task: Task, text: str) -> Progress:
    """Put a ``Progress`` for ``task`` into ``place``; it appears only if the task is late."""
    shown = Progress(text)
    shown.hide()
    started = time.monotonic()
    place.addWidget(shown)
    task.late.connect(shown.show)
    shown.cancelled.connect(task.cancel)
    task.destroyed.connect(shown.deleteLater)

    def step(done: int, total: int) -> None:
        spent = time.monotonic() - started
        shown.show_step(done, total, spent / done * (total - done) if done else None)

    task.progressed.connect(step)
    return shown
