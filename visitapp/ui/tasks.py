"""The one worker thread that owns the store; results come back to the window's thread by signal.

A task is a function that takes the open store. No QObject is made on the worker. Tests may pass an executor that runs
at once.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

if TYPE_CHECKING:
    from visitapp.store.store import Store


T = TypeVar("T")

PROGRESS_AFTER_MS = 1000


class Cancelled(Exception):
    """The person stopped a long task; whatever it had begun is rolled back by its transaction."""


class Task(QObject):
    """One piece of work under way. ``progressed`` (done, total) at most ten times a second; ``late`` after a second."""

    progressed = Signal(int, int)
    stepped = Signal(int, int, str)
    late = Signal()
    _result = Signal(object, object)

    def __init__(self, parent: QObject, owner: QObject | None) -> None:
        super().__init__(parent)
        self._owner = owner
        self._stop = threading.Event()
        self._reported = 0.0
        self._timer = QTimer(self, singleShot=True, interval=PROGRESS_AFTER_MS)
        self._timer.timeout.connect(self.late)
        self._timer.start()

    def cancel(self) -> None:
        """Ask the task to stop at its next report; what it had begun is undone."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Say how far it is; called by the command on the worker thread. Raises Cancelled when asked to stop."""
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._reported >= 0.1 or done == total:
            self._reported = now
            self.progressed.emit(done, total)

    def step(self, done: int, total: int, text: str) -> None:
        """As ``report``, with what comes now in words: for few long steps."""
        if self._stop.is_set():
            raise Cancelled
        self.stepped.emit(done, total, text)

    def owner_lives(self) -> bool:
        """Whether whoever asked is still there to hear the answer."""
        return self._owner is None or isValid(self._owner)


class Tasks(QObject):
    """Runs commands one after another on the worker.

    ``failed`` carries an error nobody else handles; ``idle`` says that nothing is under way. ``writing`` and ``wrote``
    (or ``write_failed``) enclose each task that was started as a write.
    """

    failed = Signal(object)
    idle = Signal()
    writing = Signal()
    wrote = Signal()
    write_failed = Signal(object)

    def __init__(self, executor: Executor | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._under_way = 0
        self._store: Store | None = None

    @property
    def busy(self) -> bool:
        """Whether anything is under way or waiting."""
        return self._under_way > 0

    @property
    def has_store(self) -> bool:
        """Whether a store is open."""
        return self._store is not None

    def open(
        self,
        opener: Callable[[], Store],
        on_done: Callable[[Store], object],
        on_error: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Open a store on the worker and keep it for the tasks to come."""
        return self.open_long(lambda _task: opener(), on_done, on_error, owner)

    def open_long(
        self,
        opener: Callable[[Task], Store],
        on_done: Callable[[Store], object],
        on_error: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """As ``open``, for what takes long: ``task.step`` says how far it is, and stops it when cancelled."""

        def keep(task: Task) -> Store:
            self._close_store()
            self._store = opener(task)
            return self._store

        return self._start(keep, on_done, on_error, owner, write=False)

    def close(self) -> None:
        """Close the store after what is waiting, and wait for it. Pages must be gone."""
        self._executor.submit(self._close_store).result()

    def _close_store(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def shut_down(self) -> None:
        """Close the store and end the worker."""
        self.close()
        self._executor.shutdown(wait=True)

    def run(
        self,
        command: Callable[[Store], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Read from the store. ``on_done`` gets the result, ``on_error`` the exception (default: ``failed``)."""
        return self._start(lambda _task: command(self._opened()), on_done, on_error, owner, write=False)

    def write(
        self,
        command: Callable[[Store], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
    ) -> Task:
        """Change the store: as ``run``, and the saved mark follows; ``on_done`` runs once it is on disk."""
        return self._start(lambda _task: command(self._opened()), on_done, on_error, owner, write=True)

    def run_long(
        self,
        command: Callable[[Store, Callable[[int, int], None]], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
        owner: QObject | None = None,
        *,
        write: bool = True,
    ) -> Task:
        """As ``write`` (or ``run``), for commands that take a ``report(done, total)`` function; can be cancelled."""
        return self._start(lambda task: command(self._opened(), task.report), on_done, on_error, owner, write=write)

    def _opened(self) -> Store:
        if self._store is None:
            raise Cancelled
        return self._store

    def _start(
        self,
        work: Callable[[Task], T],
        on_done: Callable[[T], object] | None,
        on_error: Callable[[Exception], object] | None,
        owner: QObject | None,
        *,
        write: bool,
    ) -> Task:
        task = Task(self, owner)
        finish = self._finisher(task, on_done, on_error, write)
        task._result.connect(finish, Qt.ConnectionType.QueuedConnection)
        self._under_way += 1
        if write:
            self.writing.emit()
        self._executor.submit(self._perform, task, work)
        return task

    @staticmethod
    def _perform(task: Task, work: Callable[[Task], object]) -> None:
        try:
            result, error = work(task), None
        except Exception as raised:
            result, error = None, raised
        if isValid(task):
            task._result.emit(result, error)

    def _finisher(
        self,
        task: Task,
        on_done: Callable[[T], object] | None,
        on_error: Callable[[Exception], object] | None,
        write: bool,
    ) -> Callable[[T, Exception | None], None]:
        def finish(result: T, error: Exception | None) -> None:
            self._under_way -= 1
            task.deleteLater()
            if write:
                self._tell_saved(error)
            self._deliver(task, result, error, on_done, on_error)
            if not self.busy:
                self.idle.emit()

        return finish

    def _tell_saved(self, error: Exception | None) -> None:
        if error is None or isinstance(error, Cancelled):
            self.wrote.emit()
        else:
            self.write_failed.emit(error)

    def _deliver(
        self,
        task: Task,
        result: T,
        error: Exception | None,
        on_done: Callable[[T], object] | None,
        on_error: Callable[[Exception], object] | None,
    ) -> None:
        if error is None:
            if on_done is not None and task.owner_lives():
                on_done(result)
        elif on_error is not None and task.owner_lives():
            on_error(error)
        elif not isinstance(error, Cancelled):
            self.failed.emit(error)
