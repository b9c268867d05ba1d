"""What a command says: lines for people, a value for scripts, an exit code for both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DONE, BUG, USAGE, REFUSED, ENVIRONMENT, DAMAGED = range(6)
"""The exit codes: done; an unexpected error (report written); wrong words on the line; refused or not possible now;
disk, rights or lock; a damaged or wrong file. They never change their meaning."""
INTERRUPTED = 130
"""Stopped with Ctrl-C, as shells count it; what was saved is saved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """``result`` is JSON-able and stable; ``lines`` are in the reader's language."""

    result: Mapping[str, object] = field(default_factory=dict)
    lines: tuple[str, ...] = ()
    code: int = DONE
