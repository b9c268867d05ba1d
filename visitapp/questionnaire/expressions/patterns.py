"""Regular expressions in linear time, for regex().

A pattern comes with a workbook from outside, the text from an interview: no pair of them may hang the window. So
patterns are not handed to a backtracking engine but run as a set of states, one pass over the text (Thompson,
"Regular expression search algorithm", CACM 11, 1968).

Understood: characters, ``.``, classes with ranges and ``\\d \\w \\s \\D \\W \\S``,
``\\t \\n \\r \\f \\v \\xHH \\uHHHH``, groups (also ``(?:...)``), ``|``, ``^ $ \\b \\B``,
``* + ? {n} {n,} {n,m}`` (a lazy mark ``?`` after them changes no answer),
``(?=...)``, ``(?!...)``. Back-references and look-behind are refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_MOST_STATES = 5_000
_MOST_REPEATS = 1_000
_DEEPEST = 50

Matches = Callable[[str], bool]
Holds = Callable[[str, int], bool]


class PatternError(ValueError):
    """A pattern that cannot be used. ``position``: 0 = its first character."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


@dataclass(slots=True)
class _State:
    """Eats a character that ``matches``; or, where that is None, is passed freely when ``holds`` (None: always).

    ``next`` are the numbers of the states after it.
    """

    matches: Matches | None
    holds: Holds | None
    next: tuple[int, ...]


class Pattern:
    """A pattern ready to search."""

    def __init__(self, states: list[_State], start: int, end: int) -> None:
        self._states = states
        self._start = start
        self._end = end

    def found_in(self, text: str) -> bool:
        """Whether it matches anywhere in ``text``."""
        return self._run(text, 0, anywhere=True)

    def matches_at(self, text: str, position: int) -> bool:
        """Whether a match begins exactly there."""
        return self._run(text, position, anywhere=False)

    def _run(self, text: str, position: int, anywhere: bool) -> bool:
        states = self._states
        alive: dict[int, None] = {}
        self._enter(self._start, text, position, alive)
        while True:
            if self._end in alive:
                return True
            if position >= len(text) or not (alive or anywhere):
                return False
            character = text[position]
            position += 1
            following: dict[int, None] = {}
            for number in alive:
                state = states[number]
                if state.matches is not None and state.matches(character):
                    self._enter(state.next[0], text, position, following)
            if anywhere:
                self._enter(self._start, text, position, following)
            alive = following

    def _enter(self, start: int, text: str, position: int, alive: dict[int, None]) -> None:
        """Add a state and all that is reached from it without eating a character."""
        pending = [start]
        while pending:
            number = pending.pop()
            if number in alive:
                continue
            state = self._states[number]
            if state.holds is not None and not state.holds(text, position):
                continue
            alive[number] = None
            if state.matches is None:
                pending.extend(state.next)


@lru_cache(maxsize=512)
def compile_pattern(source: str) -> Pattern:
    """Raises PatternError."""
    return _Builder(source).whole()


Part = Callable[[int], int]
"""Builds states that lead to the state given and returns the first of them."""


class _Builder:
    """Reads the pattern into parts, which then lay down their states from the end to the beginning."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._index = 0
        self._depth = 0
        self._copies = 0
        self._states: list[_State] = []

    def whole(self) -> Pattern:
        part = self._alternatives()
        if self._index < len(self._source):
            raise PatternError(self._index)
        return self._pattern(part)

    def _pattern(self, part: Part) -> Pattern:
        outer, self._states = self._states, []
        end = self._state(None, None, ())
        start = part(end)
        states, self._states = self._states, outer
        return Pattern(states, start, end)

    def _state(self, matches: Matches | None, holds: Holds | None, following: tuple[int, ...]) -> int:
        if len(self._states) >= _MOST_STATES:
            raise PatternError(0)
        self._states.append(_State(matches, holds, following))
        return len(self._states) - 1

    # -- reading ----------------------------------------------------------------------------------------------
    def _peek(self, text: str) -> bool:
        return self._source.startswith(text, self._index)

    def _take(self, text: str) -> bool:
        if self._peek(text):
            self._index += len(text)
            return True
        return False

    def _character(self) -> str:
        if self._index >= len(self._source):
            raise PatternError(self._index)
        self._index += 1
        return self._source[self._index - 1]

    def _alternatives(self) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError(self._index)
        choices = [self._sequence()]
        while self._take("|"):
            choices.append(self._sequence())
        self._depth -= 1
        if len(choices) == 1:
            return choices[0]
        return lambda end: self._state(None, None, tuple(choice(end) for choice in choices))

    def _sequence(self) -> Part:
        items: list[Part] = []
        while self._index < len(self._source) and not (self._peek("|") or self._peek(")")):
            items.append(self._repeated())

        def lay(end: int) -> int:
            for item in reversed(items):
                end = item(end)
            return end

        return lay

    def _repeated(self) -> Part:
        item = self._item()
        limits = self._limits()
        return item if limits is None else self._times(item, *limits)

    def _limits(self) -> tuple[int, int | None] | None:
        """The repetition that follows, None when there is none."""
        mark = self._source[self._index : self._index + 1]
        if mark in _REPEATS:
            self._index += 1
        limits = _REPEATS[mark] if mark in _REPEATS else self._counted()
        if limits is not None:
            self._take("?")
        return limits

    def _counted(self) -> tuple[int, int | None] | None:
        start = self._index
        if not self._take("{"):
            return None
        closing = self._source.find("}", start)
        least, comma, most = self._source[start + 1 : max(closing, start + 1)].partition(",")
        if closing < 0 or not _is_count(least) or (most and not _is_count(most)):
            raise PatternError(start)
        self._index = closing + 1
        limits = (int(least), (int(most) if most else None) if comma else int(least))
        if max(limits[0], limits[1] or 0) > _MOST_REPEATS or (limits[1] is not None and limits[1] < limits[0]):
            raise PatternError(start)
        return limits

    def _times(self, item: Part, least: int, most: int | None) -> Part:
        def lay(end: int) -> int:
            if most is None:
                loop = self._state(None, None, ())
                self._states[loop].next = (item(loop), end)
                start = loop
            else:
                start = end
                for _ in range(most - least):
                    self._count_copy()
                    start = self._state(None, None, (item(start), end))
            for _ in range(least):
                self._count_copy()
                start = item(start)
            return start

        return lay

    def _count_copy(self) -> None:
        """Copies of something empty make no states, and still take time."""
        self._copies += 1
        if self._copies > _MOST_STATES:
            raise PatternError(0)

    def _item(self) -> Part:
        position = self._index
        character = self._character()
        if character == "(":
            return self._group(position)
        if character in "*+?{":
            raise PatternError(position)
        if character in _ANCHORS:
            return self._assertion(_ANCHORS[character])
        if character == "\\" and self._index < len(self._source) and self._source[self._index] in "bB":
            inside = self._character() == "b"
            return self._assertion(lambda text, place: _at_word_edge(text, place) is inside)
        return self._eating(self._one(character, position))

    def _one(self, character: str, position: int) -> Matches:
        if character == ".":
            return lambda found: found not in "\n\r"
        if character == "[":
            return self._class(position)
        if character == "\\":
            return self._escape(position)
        return character.__eq__

    def _eating(self, matches: Matches) -> Part:
        return lambda end: self._state(matches, None, (end,))

    def _assertion(self, holds: Holds) -> Part:
        return lambda end: self._state(None, holds, (end,))

    def _group(self, position: int) -> Part:
        ahead = self._take("?=")
        refused = not ahead and self._take("?!")
        if not (ahead or refused or self._take("?:")) and self._peek("?"):
            raise PatternError(position)
        part = self._alternatives()
        if not self._take(")"):
            raise PatternError(position)
        if not (ahead or refused):
            return part
        pattern = self._pattern(part)
        return self._assertion(lambda text, place: pattern.matches_at(text, place) is ahead)

    # -- characters -------------------------------------------------------------------------------------------
    def _escape(self, position: int) -> Matches:
        character = self._character()
        if character in _KINDS:
            return _KINDS[character]
        return self._escaped(character, position).__eq__

    def _escaped(self, character: str, position: int) -> str:
        """The one character that an escape means."""
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in "xu":
            digits = self._source[self._index : self._index + (2 if character == "x" else 4)]
            self._index += len(digits)
            try:
                return chr(int(digits, 16))
            except ValueError:
                raise PatternError(position) from None
        if character.isalnum():
            raise PatternError(position)
        return character

    def _class(self, position: int) -> Matches:
        negated = self._take("^")
        kinds: list[Matches] = []
        ranges: list[tuple[str, str]] = []
        first = True
        while first or not self._take("]"):
            first = False
            low = self._member(kinds)
            if low is None:
                continue
            high: str | None = low
            if self._peek("-") and not self._peek("-]"):
                self._take("-")
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
        position = self._index
        character = self._character()
        if character != "\\":
            return character
        character = self._character()
        if character in _KINDS:
            kinds.append(_KINDS[character])
            return None
        return self._escaped(character, position)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def _is_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character == "_")


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"


def _at_word_edge(text: str, place: int) -> bool:
    before = place > 0 and _is_word(text[place - 1])
    after = place < len(text) and _is_word(text[place])
    return before is not after


_ANCHORS: dict[str, Holds] = {"^": lambda text, place: place == 0, "$": lambda text, place: place == len(text)}
_REPEATS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_KINDS: dict[str, Matches] = {
    "d": _is_digit,
    "D": lambda found: not _is_digit(found),
    "w": _is_word,
    "W": lambda found: not _is_word(found),
    "s": str.isspace,
    "S": lambda found: not found.isspace(),
}
"""Digits and word characters are ASCII, as in ODK's programs: \\d must not let a full-width digit through."""
