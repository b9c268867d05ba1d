"""法人番号: 13 digits of which the first is a check digit.

Source: 法人番号の指定等に関する省令 (平成26年財務省令第70号) 第2条: 9 - (Σ Pn·Qn mod 9), Pn the n-th of the other 12
digits counted from the lowest, Qn = 1 where n is odd and 2 where it is even.
"""

from __future__ import annotations

import re
import unicodedata

_WRITTEN = re.compile(r"T?([0-9]{13})")
_SEPARATORS = re.compile(r"[\s\-‐‑–—−ー]")


def check_digit(base: str) -> int:
    """The check digit (1-9) of the twelve base digits. Raises ValueError unless they are twelve ASCII digits."""
    if not (len(base) == 12 and base.isascii() and base.isdigit()):
        raise ValueError(base)
    total = sum(int(digit) * (1 if place % 2 else 2) for place, digit in enumerate(reversed(base), start=1))
    return 9 - total % 9


def is_valid(number: str) -> bool:
    """Whether these 13 ASCII digits are a 法人番号 by their check digit."""
    return len(number) == 13 and number.isascii() and number.isdigit() and int(number[0]) == check_digit(number[1:])


def read(text: str) -> str | None:
    """The 13 digits of what was typed (full width, blanks, hyphens, an invoice number's T); None when wrong."""
    found = _WRITTEN.fullmatch(_SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper())
    return found[1] if found and is_valid(found[1]) else None
