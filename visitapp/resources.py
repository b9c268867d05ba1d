"""Where the files that ship with the program are; the only module that knows.

In a checkout they lie in ``resources/`` and ``db/`` beside the package; a wheel carries them inside it.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(inside_wheel: str, in_checkout: str) -> Path:
    packed = _PACKAGE / inside_wheel
    return packed if packed.is_dir() else _PACKAGE.parent / in_checkout


def resource_path(*parts: str) -> Path:
    """The path of a shipped file or folder below ``resources/``."""
    return _folder("_resources", "resources").joinpath(*parts)


def database_path(*parts: str) -> Path:
    """The path of a shipped file or folder below ``db/`` (migrations, seed data)."""
    return _folder("_db", "db").joinpath(*parts)
