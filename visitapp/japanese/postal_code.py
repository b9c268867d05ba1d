"""郵便番号: seven digits, written 140-0001."""

from __future__ import annotations

import re
import unicodedata

_WRITTEN = re.compile(r"〒?([0-9]{3})[-‐‑–—−ー]?([0-9]{4})")


def read(text: str) -> str | None:
    """ "〒１４０−０００１", "1400001", "140-0001" -> "140-0001"; None for anything else."""
    found = _WRITTEN.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    return f"{found[1]}-{found[2]}" if found else None
