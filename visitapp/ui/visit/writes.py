"""The writes of one session: told apart from everybody else's, so that it knows when it has gone stale."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from visitapp.store.store import Store
from visitapp.ui.tasks import Tasks

T = TypeVar("T")


class OwnWrites(QObject):
    """Signals: ``written`` when something is on disk; ``save_failed`` (exception)."""

    written = Signal()
    save_failed = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._under_way = 0
        self.foreign = False
        """Whether anybody else wrote since the session was read."""
        tasks.wrote.connect(self._some_write)

    @property
    def busy(self) -> bool:
        """Whether something of ours is still being written."""
        return self._under_way > 0

    def _start(
        self, work: Callable[[Store], T], done: Callable[[T], object], failed: Callable[[Exception], object]
    ) -> None:
        """Carry something out on the worker as a write of ours."""
        self._under_way += 1
        self._tasks.write(work, done, failed, self)

    def _failed(self, error: Exception) -> None:
        # A failed write is not reported as written.
        self._under_way = max(0, self._under_way - 1)
        self.save_failed.emit(error)

    def _some_write(self) -> None:
        if self._under_way:
            self._under_way -= 1
        else:
            self.foreign = True
