"""Digits as people type them with an input method."""

from __future__ import annotations

import re
import unicodedata

_INTEGER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)")
_MINUS = str.maketrans(dict.fromkeys("−‐‑–—―ー▲△", "-"))


def ascii_digits(text: str) -> str:
    """Full-width digits become ASCII ones; every other character stays as it is."""
    return "".join(str(unicodedata.digit(c)) if "０" <= c <= "９" else c for c in text)


def read_integer(text: str) -> int | None:
    """ "１，２００", "1,200", "▲５", "−5" -> the number; None for anything else (also for decimals and 漢数字)."""
    plain = unicodedata.normalize("NFKC", text).strip().translate(_MINUS)
    return int(plain.replace(",", "")) if plain.isascii() and _INTEGER.fullmatch(plain) else None
