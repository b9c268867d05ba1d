"""The characters of a pattern: single ones, escapes and classes."""

from __future__ import annotations

from collections.abc import Callable

Matches = Callable[[str], bool]
"""Whether a character is meant."""


class PatternError(ValueError):
    """A pattern that cannot be used. ``position``: 0 = its first character."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


class CharacterReader:
    """Reads a pattern from its beginning; ``index`` is the place of the next character."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.index = 0

    def peek(self, text: str) -> bool:
        """Whether the pattern goes on with ``text``."""
        return self.source.startswith(text, self.index)

    def take(self, text: str) -> bool:
        """Step over ``text`` if the pattern goes on with it."""
        if self.peek(text):
            self.index += len(text)
            return True
        return False

    def character(self) -> str:
        """The next character. Raises PatternError at the end."""
        if self.index >= len(self.source):
            raise PatternError(self.index)
        self.index += 1
        return self.source[self.index - 1]

    def one(self, character: str, position: int) -> Matches:
        """What ``character``, just read at ``position``, and what belongs to it match. Raises PatternError."""
        if character == ".":
            return lambda found: found not in "\n\r"
        if character == "[":
            return self._class(position)
        if character == "\\":
            return self._escape(position)
        return character.__eq__

    def _escape(self, position: int) -> Matches:
        character = self.character()
        if character in _KINDS:
            return _KINDS[character]
        return self._escaped(character, position).__eq__

    def _escaped(self, character: str, position: int) -> str:
        """The one character that an escape means."""
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in "xu":
            digits = self.source[self.index : self.index + (2 if character == "x" else 4)]
            self.index += len(digits)
            try:
                return chr(int(digits, 16))
            except ValueError:
                raise PatternError(position) from None
        if character.isalnum():
            raise PatternError(position)
        return character

    def _class(self, position: int) -> Matches:
        negated = self.take("^")
        kinds: list[Matches] = []
        ranges: list[tuple[str, str]] = []
        first = True
        while first or not self.take("]"):
            first = False
            low = self._member(kinds)
            if low is None:
                continue
            high: str | None = low
            if self.peek("-") and not self.peek("-]"):
                self.take("-")
                high = self._member(kinds)
            if high is None or high < low:
                raise PatternError(position)
            ranges.append((low, high))
        singles = frozenset(low for low, high in ranges if low == high)
        wide = [(low, high) for low, high in ranges if low != high]

        def matches(found: str) -> bool:
            inside = found in singles or any(low <= found <= high for low, high in wide)
            return (inside or any(kind(found) for kind in kinds)) is not negated

        return matches

    def _member(self, kinds: list[Matches]) -> str | None:
        """One character of a class; None after ``\\d`` and the like, which go to ``kinds``."""
        position = self.index
        character = self.character()
        if character != "\\":
            return character
        character = self.character()
        if character in _KINDS:
            kinds.append(_KINDS[character])
            return None
        return self._escaped(character, position)


def is_word(character: str) -> bool:
    """Whether it is an ASCII letter, digit or underscore."""
    return character.isascii() and (character.isalnum() or character == "_")


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_KINDS: dict[str, Matches] = {
    "d": _is_digit,
    "D": lambda found: not _is_digit(found),
    "w": is_word,
    "W": lambda found: not is_word(found),
    "s": str.isspace,
    "S": lambda found: not found.isspace(),
}
"""Digits and word characters are ASCII, as in ODK's programs: \\d must not let a full-width digit through."""
