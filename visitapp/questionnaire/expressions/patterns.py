"""Regular expressions for regex(), found by the library ``regex``.

Questionnaires write patterns as browsers and ODK's programs read them: ``\\d \\w \\b`` mean ASCII only, so that a
full-width digit is no ``\\d``; ``\\s`` is also the full-width blank; ``.`` is no line end; ``$`` is the very end. What
means something else to the library is written out before it is compiled.

A pattern comes with a workbook from outside, the text from an interview: no pair of them may hang the window.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regex import Pattern

_LONGEST_SEARCH = 0.2
"""Seconds of processor time; a search that finds or refuses in the usual way takes microseconds."""
_LARGEST = 100_000
"""Characters of a pattern with its counted repetitions written out, as the library does when it compiles."""

_SPACE = r"\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_NO_SPACE = (
    r"\x00-\x08\x0e-\x1f!-\x9f\xa1-\u167f\u1681-\u1fff\u200b-\u2027\u202a-\u202e\u2030-\u205e\u2060-\u2fff\u3001-\ufefe"
    r"\uff00-\U0010ffff"
)
_MEMBERS = {
    r"\d": r"0-9",
    r"\D": r"\x00-/:-\U0010ffff",
    r"\w": r"0-9A-Z_a-z",
    r"\W": r"\x00-/:-@\[-\^`{-\U0010ffff",
    r"\s": _SPACE,
    r"\S": _NO_SPACE,
}
"""What stands in a class for these."""
_WORD = f"[{_MEMBERS[chr(92) + 'w']}]"
_ALONE = {name: f"[{members}]" for name, members in _MEMBERS.items()} | {
    ".": r"[^\n\r\u2028\u2029]",
    "$": r"\Z",
    r"\b": f"(?:(?<={_WORD})(?!{_WORD})|(?<!{_WORD})(?={_WORD}))",
    r"\B": f"(?:(?<={_WORD})(?={_WORD})|(?<!{_WORD})(?!{_WORD}))",
}
_TOKEN = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)
"""A class, an escape or another character."""
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_COUNT = re.compile(r"(\)?)\{([0-9]*)(?:,([0-9]*))?\}")
"""A counted repetition, of a group or of something single."""


class PatternError(ValueError):
    """A pattern that cannot be used. ``position``: 0 = its first character."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


def found_in(pattern: str, text: str) -> bool:
    """Whether the pattern matches anywhere in ``text``.

    Raises PatternError, and TimeoutError when the search takes too long: a pattern that tries too many ways.
    """
    return compile_pattern(pattern).search(text, timeout=_LONGEST_SEARCH) is not None


@lru_cache(maxsize=512)
def compile_pattern(pattern: str) -> Pattern[str]:
    """The pattern ready to search. Raises PatternError."""
    import regex  # slow to import, and most questionnaires have no pattern

    if _written_out(pattern) > _LARGEST:
        raise PatternError(0)
    tokens = _TOKEN.findall(pattern)
    meant = [_meant(token) for token in tokens]
    try:
        return regex.compile("".join(meant))
    except regex.error as error:
        raise PatternError(_position(tokens, meant, getattr(error, "pos", None))) from None
    except (ValueError, OverflowError, RecursionError):  # flags that exclude each other, groups without end
        raise PatternError(0) from None


def _meant(token: str) -> str:
    """The token as the library has to read it."""
    if token.startswith("[") and len(token) > 1:
        return _ESCAPE.sub(lambda escape: _MEMBERS.get(escape[0], escape[0]), token)
    return _ALONE.get(token, token)


def _written_out(pattern: str) -> int:
    """At most so long is it with its repetitions written out: groups may stand in each other."""
    singles, groups = len(pattern), 1
    for group, least, most in _COUNT.findall(pattern):
        times = max(int(count) if len(count) < 7 else _LARGEST for count in (least or "1", most or "1"))
        if group:
            groups *= max(1, times)
        else:
            singles += times
    return singles * groups


def _position(tokens: list[str], meant: list[str], position: int | None) -> int:
    """The place in the pattern as written of the library's position: the beginning of the token there."""
    ends = list(accumulate(map(len, meant)))
    before = sum(end <= (position or 0) for end in ends)
    return sum(map(len, tokens[:before]))
