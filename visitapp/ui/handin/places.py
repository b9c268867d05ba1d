"""Where a package can go: sticks that are plugged in, and folders once chosen; an unreachable one says why."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from visitapp.i18n import tr
from visitapp.ui.preferences import Preferences

_KEPT = "handin/folders"
_STICK_ROOTS = ("/media/", "/run/media/", "/Volumes/")
_REMOVABLE = 2
"""GetDriveTypeW: a removable drive (Windows)."""


@dataclass(frozen=True, slots=True)
class HandInPlace:
    """``kind`` "stick" or "folder"; ``free`` bytes, None when unknown; ``usable`` whether a file can be written now."""

    path: Path
    name: str
    kind: str
    usable: bool
    free: int | None

    def note(self, waiting: int) -> str:
        """One line under its name; ``waiting`` packages of headquarters lie there."""
        if not self.usable:
            return tr("いまはつながっていません")
        parts = [tr("使えます")]
        if self.free is not None:
            parts.append(tr("空き {size}", size=size_words(self.free)))
        if waiting:
            parts.append(tr("本部からの受渡 {n}件", n=waiting))
        return "・".join(parts)


def size_words(count: int) -> str:
    """Bytes as 14.2GB, 412MB, 0.4MB."""
    if count >= 1_000_000_000:
        return f"{count / 1_000_000_000:.1f}GB"
    return f"{count / 1_000_000:.0f}MB" if count >= 10_000_000 else f"{count / 1_000_000:.1f}MB"


def find_places(preferences: Preferences) -> list[HandInPlace]:
    """Sticks first, then the chosen folders."""
    sticks = [_stick(volume) for volume in QStorageInfo.mountedVolumes() if _is_stick(volume)]
    known = {place.path for place in sticks}
    return sticks + [_folder(path) for path in kept_folders(preferences) if path not in known]


def kept_folders(preferences: Preferences) -> list[Path]:
    """The folders chosen before, newest first."""
    return [Path(text) for text in json.loads(preferences.text(_KEPT, "[]"))]


def keep_folder(preferences: Preferences, path: Path) -> None:
    """Remember a chosen folder; the five latest stay."""
    rest = [str(one) for one in kept_folders(preferences) if one != path]
    preferences.keep_text(_KEPT, json.dumps([str(path), *rest][:5], ensure_ascii=False))


def _is_stick(volume: QStorageInfo) -> bool:
    if not volume.isValid() or not volume.isReady() or volume.isReadOnly():
        return False
    root = volume.rootPath()
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _REMOVABLE)
    return root.startswith(_STICK_ROOTS)


def _stick(volume: QStorageInfo) -> HandInPlace:
    path = Path(volume.rootPath())
    name = tr("USBメモリ「{name}」（{root}）", name=volume.displayName() or path.name, root=path)
    return HandInPlace(path, name, "stick", _writable(path), volume.bytesAvailable())


def _folder(path: Path) -> HandInPlace:
    usable = _writable(path)
    info = QStorageInfo(str(path)) if usable else None
    name = tr("フォルダ「{name}」", name=path.name or str(path))
    return HandInPlace(path, name, "folder", usable, info.bytesAvailable() if info is not None else None)


def _writable(path: Path) -> bool:
    return path.is_dir() and os.access(path, os.W_OK)
