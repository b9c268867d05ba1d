"""Writes files whole: whoever reads the path sees the old content or the new one, never a part. Reads them bounded."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from visitapp.errors import EnvironmentProblem


def write_whole(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` through a temporary file beside it, flushed to disk before it takes the name.

    Missing parent folders are made. Raises EnvironmentProblem E-590 (disk full) or E-591 (cannot write there); the old
    file is then still as it was.
    """
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        temporary = None
        _flush_folder(path.parent)
    except OSError as error:
        code = "E-590" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "E-591"
        raise EnvironmentProblem(code, path=path) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def read_at_most(path: Path, most: int) -> bytes:
    """The file's bytes, cut at ``most`` + 1: whoever gets more than ``most`` knows that the file is too large.

    Raises OSError, also for what is no file (a folder, a pipe that would never answer, a device without end).
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    with path.open("rb") as file:
        return file.read(min(most, path.stat().st_size) + 1)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
