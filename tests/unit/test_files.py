"""A file is written whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from visitapp.errors import EnvironmentProblem
from visitapp.files import write_whole


def test_the_content_is_there_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "new" / "表.csv"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert [entry.name for entry in path.parent.iterdir()] == ["表.csv"]


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, "E-590"), (errno.EIO, "E-591")])
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "table.csv"
    write_whole(path, b"old")

    def fail(handle: int) -> None:
        raise OSError(number, "")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(EnvironmentProblem) as caught:
        write_whole(path, b"new")
    assert caught.value.code == code
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["table.csv"]
