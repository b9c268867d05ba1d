"""The program as a process: what a script sees of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PASSPHRASE = "合い言葉は 秘密"
ROOT = Path(__file__).parents[2]
MICRODATA = ROOT / "tests" / "data" / "microdata"


@dataclass(frozen=True, slots=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    error: str

    @property
    def value(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True, slots=True)
class Program:
    """The program on one data folder."""

    folder: Path
    passphrase: str | None = PASSPHRASE

    def __call__(self, *words: str | Path, expect: int | None = 0, **variables: str) -> Done:
        """Run with ``words`` after --data-dir; asserts the exit code unless ``expect`` is None."""
        return run(["--data-dir", str(self.folder), *map(str, words)], self.passphrase, expect, **variables)

    def json(self, *words: str | Path, expect: int | None = 0) -> Any:
        """Run with --json; the "result", or with another code the "error"."""
        value = self("--json", *words, expect=expect).value
        assert value["ok"] is (expect == 0)
        return value["result"] if value["ok"] else value["error"]


def run(words: Sequence[str], passphrase: str | None, expect: int | None = 0, **variables: str) -> Done:
    """Start the program and wait for it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VISITAPP_")}
    # No display and a bare locale: that is how scripts run.
    environment = {**kept, "LC_ALL": "C", "DISPLAY": "", "WAYLAND_DISPLAY": "", "QT_QPA_PLATFORM": "", **variables}
    if passphrase is not None:
        environment.setdefault("VISITAPP_PASSPHRASE", passphrase)
    done = subprocess.run(
        [sys.executable, "-m", "visitapp", *words], capture_output=True, env=environment, check=False, timeout=300
    )
    result = Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
    assert "Traceback" not in result.error, result.error
    assert expect is None or result.code == expect, (words, result)
    return result
