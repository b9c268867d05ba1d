"""The saved mark: green with the time only after the write is on disk; 保存しています… only when that takes 300 ms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui.style import mark
from visitapp.ui.tasks import Tasks
from visitapp.ui.widgets.basics import IconLabel, label, row

_SLOW_MS = 300


class SaveState(QObject):
    """Follows the writes of ``tasks``. ``changed`` whenever the mark has to show something else."""

    changed = Signal()

    def __init__(self, tasks: Tasks, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._pending = 0
        self.state = "saved"
        """"saved", "saving" or "failed"."""
        self.at: datetime | None = None
        """When the last write was on disk."""
        self._slow = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._slow.timeout.connect(self._show_saving)
        tasks.writing.connect(self._writing)
        tasks.wrote.connect(self._wrote)
        tasks.write_failed.connect(self._failed)

    def start_from(self, at: datetime | None) -> None:
        """What the store says about the last write, after opening."""
        self.state, self.at = "saved", at
        self.changed.emit()

    def _writing(self) -> None:
        self._pending += 1
        if not self._slow.isActive():
            self._slow.start()

    def _wrote(self) -> None:
        self._pending = max(0, self._pending - 1)
        self.at = self._now()
        if not self._pending:
            self._slow.stop()
            self.state = "saved"
        self.changed.emit()

    def _failed(self, _error: Exception) -> None:
        self._pending = max(0, self._pending - 1)
        self._slow.stop()
        self.state = "failed"
        self.changed.emit()

    def _show_saving(self) -> None:
        if self._pending:
            self.state = "saving"
            self.changed.emit()


class SavedMark(QWidget):
    """Icon, word and time; ``large`` in the room's foot."""

    def __init__(self, state: SaveState, *, large: bool = False) -> None:
        super().__init__()
        self._state = state
        step = "body" if large else "caption"
        self._icon = IconLabel("", 18 if large else 16)
        self._word = label("", step, bold=large)
        self._time = label("", step, bold=large)
        self.setLayout(row(self._icon, self._word, self._time, gap=6))
        state.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        name, tone, word = {
            "saved": ("check", "ok", tr("保存済み")),
            "saving": ("clock", "text2", tr("保存しています…")),
            "failed": ("circle-alert", "err", tr("保存できません")),
        }[self._state.state]
        at = self._state.at
        shown = at.strftime("%H:%M:%S") if at is not None and self._state.state != "saving" else ""
        self._icon.show_icon(name, tone)
        for part, text in ((self._word, word), (self._time, shown)):
            part.setText(text)
            mark(part, tone=tone)
        self.setAccessibleName(f"{word} {shown}".strip())
