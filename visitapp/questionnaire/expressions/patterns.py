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

from visitapp.questionnaire.expressions.pattern_characters import (
    CharacterReader,
    Matches,
    PatternError,
    is_word,
)

_MOST_STATES = 5_000
_MOST_REPEATS = 1_000
_DEEPEST = 50

Holds = Callable[[str, int], bool]


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


class _Builder(CharacterReader):
    """Reads the pattern into parts, which then lay down their states from the end to the beginning."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._depth = 0
        self._copies = 0
        self._states: list[_State] = []

    def whole(self) -> Pattern:
        part = self._alternatives()
        if self.index < len(self.source):
            raise PatternError(self.index)
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
    def _alternatives(self) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise PatternError(self.index)
        choices = [self._sequence()]
        while self.take("|"):
            choices.append(self._sequence())
        self._depth -= 1
        if len(choices) == 1:
            return choices[0]
        return lambda end: self._state(None, None, tuple(choice(end) for choice in choices))

    def _sequence(self) -> Part:
        items: list[Part] = []
        while self.index < len(self.source) and not (self.peek("|") or self.peek(")")):
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
        mark = self.source[self.index : self.index + 1]
        if mark in _REPEATS:
            self.index += 1
        limits = _REPEATS[mark] if mark in _REPEATS else self._counted()
        if limits is not None:
            self.take("?")
        return limits

    def _counted(self) -> tuple[int, int | None] | None:
        start = self.index
        if not self.take("{"):
            return None
        closing = self.source.find("}", start)
        least, comma, most = self.source[start + 1 : max(closing, start + 1)].partition(",")
        if closing < 0 or not _is_count(least) or (most and not _is_count(most)):
            raise PatternError(start)
        self.index = closing + 1
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
        position = self.index
        character = self.character()
        if character == "(":
            return self._group(position)
        if character in "*+?{":
            raise PatternError(position)
        if character in _ANCHORS:
            return self._assertion(_ANCHORS[character])
        if character == "\\" and self.index < len(self.source) and self.source[self.index] in "bB":
            inside = self.character() == "b"
            return self._assertion(lambda text, place: _at_word_edge(text, place) is inside)
        return self._eating(self.one(character, position))

    def _eating(self, matches: Matches) -> Part:
        return lambda end: self._state(matches, None, (end,))

    def _assertion(self, holds: Holds) -> Part:
        return lambda end: self._state(None, holds, (end,))

    def _group(self, position: int) -> Part:
        ahead = self.take("?=")
        refused = not ahead and self.take("?!")
        if not (ahead or refused or self.take("?:")) and self.peek("?"):
            raise PatternError(position)
        part = self._alternatives()
        if not self.take(")"):
            raise PatternError(position)
        if not (ahead or refused):
            return part
        pattern = self._pattern(part)
        return self._assertion(lambda text, place: pattern.matches_at(text, place) is ahead)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def _at_word_edge(text: str, place: int) -> bool:
    before = place > 0 and is_word(text[place - 1])
    after = place < len(text) and is_word(text[place])
    return before is not after


_ANCHORS: dict[str, Holds] = {"^": lambda text, place: place == 0, "$": lambda text, place: place == len(text)}
_REPEATS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
