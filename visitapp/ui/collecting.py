"""Collects Python's cyclic garbage on the window's thread only.

Widgets and timers live in reference cycles (signal connections). Python collects cycles on whatever thread allocates
next; a QObject that dies on the worker leaves its timers behind, and the window crashes when one fires. So automatic
collection is off, and a timer of the window's thread does it instead.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 1000


class Collector(QObject):
    """Does what Python would do by itself, at the same thresholds, once a second at the most."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @staticmethod
    def collect() -> None:
        """Collect the oldest generation whose threshold is passed."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
