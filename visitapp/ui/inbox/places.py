"""Where packages arrive: the watched folder, sticks that are plugged in, and files a person chose."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QStorageInfo, QTimer, Signal

from visitapp.sync.handin import SUFFIX

_STICKS = ("/media/", "/run/media/", "/Volumes/")
_SETTLE_MS, _LOOK_MS = 300, 5_000

Snapshot = tuple[tuple[str, int, int], ...]


def sticks() -> list[Path]:
    """The roots of what is plugged in; the disks of the computer itself are left out."""
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        own = volume.isRoot() if sys.platform != "win32" else root.upper().startswith("C:")
        if volume.isValid() and volume.isReady() and not own and (sys.platform == "win32" or root.startswith(_STICKS)):
            found.append(Path(root))
    return found


def snapshot(places: list[Path]) -> Snapshot:
    """Name, time and size of every package in these folders: equal as long as nothing came or went."""
    found = []
    for place in places:
        try:
            for path in place.iterdir():
                if path.suffix == SUFFIX:
                    state = path.stat()
                    found.append((str(path), state.st_mtime_ns, state.st_size))
        except OSError:
            continue
    return tuple(sorted(found))


class Watch(QObject):
    """``stirred`` when something may have arrived: the folder says so, or it is time to look (shares tell nothing)."""

    stirred = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._watcher = QFileSystemWatcher(self)
        # A package is renamed into place; wait until what belongs together is there.
        self._soon = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._regular = QTimer(self, interval=_LOOK_MS)
        self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        self._soon.timeout.connect(self.stirred)
        self._regular.timeout.connect(self.stirred)

    def follow(self, folders: list[Path]) -> None:
        """Watch these from now on."""
        if old := self._watcher.directories():
            self._watcher.removePaths(old)
        if there := [str(folder) for folder in folders if folder.is_dir()]:
            self._watcher.addPaths(there)

    def set_active(self, active: bool) -> None:
        """Look regularly, or not at all while nobody looks at the page."""
        if active:
            self._regular.start()
        else:
            self._regular.stop()
            self._soon.stop()
