"""The answers of many responses, turned on their side: for each question who was asked and who chose what.

A set of responses is an integer whose bit i stands for unit i. So a count is the number of ones of an intersection,
and a cross table of 10,000 responses takes hardly longer than one of 100.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from visitapp.errors import NotNow
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Choice, Form, Group, Question, Repeat, Text

Units = int
"""A set of units of one level, as bits."""
Level = tuple[str, ...]
"""The names of the repeats around a question, outermost first; () is the response itself."""

_NO_ANSWER = ""
"""Stands for 無回答 where a choice name stands: no choice has an empty name."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is counted: a response, or one row of a repeat in it (``rows`` as in ``Address``)."""

    response: str
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A question that can be tabulated.

    ``choices`` are those of all form versions, with the newest version's labels and order. ``alone``: names of the
    options that stand alone (特にない). ``estimated``: a proposal, not known from the report (推定).
    """

    name: str
    label: Text
    number: str
    multiple: bool
    choices: tuple[Choice, ...]
    level: Level
    alone: frozenset[str] = frozenset()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """One response: the form it was filled in with, and every tabulated question it was asked, answered or not."""

    response: str
    form: Form
    asked: Mapping[Address, Answer]


class Columns:
    """The answers of one survey's responses. Immutable once built."""

    def __init__(self, forms: Sequence[Form], responses: Iterable[Filled]) -> None:
        """``forms``: the versions used, newest first (at least one); ``responses`` in the order units are listed."""
        self.form_id = forms[0].form_id
        self.headings: Mapping[str, Heading] = _merged(forms)
        """Question name -> heading, in printed order of the newest version."""
        self._units: dict[Level, dict[Unit, int]] = defaultdict(dict)
        asked: dict[str, list[int]] = defaultdict(list)
        chosen: dict[tuple[str, str], list[int]] = defaultdict(list)
        names = {id(form): {q.path: q.name for q in form.questions()} for form in forms}
        for filled in responses:
            self._index((), Unit(filled.response))
            for address, answer in filled.asked.items():
                name = names[id(filled.form)][address.path]
                heading = self.headings.get(name)
                if heading is not None and len(address.rows) == len(heading.level):
                    unit = self._index(heading.level, Unit(filled.response, address.rows))
                    asked[name].append(unit)
                    for choice in (_NO_ANSWER,) if answer.no_answer else answer.choices:
                        chosen[name, choice].append(unit)
        self._asked = {name: _bits(units) for name, units in asked.items()}
        self._chosen = {key: _bits(units) for key, units in chosen.items()}
        self._listed = {level: tuple(units) for level, units in self._units.items()}

    def _index(self, level: Level, unit: Unit) -> int:
        units = self._units[level]
        return units.setdefault(unit, len(units))

    def heading(self, question: str) -> Heading:
        """The heading of a question. Raises KeyError when it is unknown or cannot be tabulated."""
        return self.headings[question]

    def asked(self, question: str) -> Units:
        """Who was asked (the base): relevant, answered or not."""
        return self._asked.get(question, 0)

    def chose(self, question: str, choice: str) -> Units:
        """Who chose the option of that name."""
        return self._chosen.get((question, choice), 0)

    def no_answer(self, question: str) -> Units:
        """Who was asked and gave no answer (無回答)."""
        return self._chosen.get((question, _NO_ANSWER), 0)

    def unanswered(self, question: str) -> Units:
        """Who was asked though nothing was entered (未回答)."""
        entered = 0
        for (name, _), units in self._chosen.items():
            if name == question:
                entered |= units
        return self.asked(question) & ~entered

    def lifted(self, units: Units, level: Level, wanted: Level) -> Units:
        """Units of an enclosing ``level`` as those rows of ``wanted`` that belong to them.

        Raises NotNow E-540 when the repeats lie beside each other.
        """
        if level == wanted:
            return units
        if wanted[: len(level)] != level:
            raise NotNow("E-540")
        outer = self._units[level]
        depth = len(level)
        return _bits(
            [
                index
                for unit, index in self._units[wanted].items()
                if units >> outer.get(Unit(unit.response, unit.rows[:depth]), len(outer)) & 1
            ]
        )

    def units(self, units: Units, level: Level) -> Iterator[Unit]:
        """The members of a set, in order."""
        listed = self._listed.get(level, ())
        return (unit for index, unit in enumerate(listed) if units >> index & 1)


def _bits(indices: Sequence[int]) -> Units:
    if not indices:
        return 0
    cells = bytearray(max(indices) // 8 + 1)
    for index in indices:
        cells[index // 8] |= 1 << index % 8
    return int.from_bytes(cells, "little")


def _merged(forms: Sequence[Form]) -> dict[str, Heading]:
    """Questions and choices of all versions by name; what the newest says comes first."""
    found: dict[str, Heading] = {}
    for form in forms:
        for question, level in _with_levels(form.root, ()):
            heading = heading_of(form, question, level)
            if heading is None:
                continue
            newest = found.setdefault(question.name, heading)
            known = {choice.name for choice in newest.choices}
            older = tuple(choice for choice in heading.choices if choice.name not in known)
            if older:
                found[question.name] = replace(newest, choices=newest.choices + older)
    return found


def heading_of(form: Form, question: Question, level: Level = ()) -> Heading | None:
    """How a question is tabulated; None for one without options or with ``tabulate`` = no."""
    choices = form.choices(question)
    extensions = question.extensions
    if not choices or extensions.get("tabulate") == "no":
        return None
    return Heading(
        question.name,
        question.label,
        extensions.get("number", ""),
        question.type == "select_multiple",
        choices,
        level,
        frozenset(extensions.get("exclusive", "").split()),
        extensions.get("estimated") == "yes",
    )


def _with_levels(group: Group | Repeat, level: Level) -> Iterator[tuple[Question, Level]]:
    inside = (*level, group.name) if isinstance(group, Repeat) else level
    for child in group.children:
        if isinstance(child, Question):
            yield child, inside
        else:
            yield from _with_levels(child, inside)
