"""Which tabulated questions a response was asked, and what it answered: relevance for many responses at once.

Relevance is decided by ``Interview`` alone. But most conditions look at one other answer, so the same few combinations
come up again and again: the questions are sorted by what decides about them, and one interview for each such set is
asked once for each combination of answers. Conditions that cannot be separated so (over the rows of a repeat) take a
whole interview for each response.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.expressions.expression import compile_expression
from visitapp.questionnaire.form import Form, Node, Question, Repeat
from visitapp.questionnaire.interview import Interview
from visitapp.tabulation.columns import heading_of

_PROBE = "probe"
"""The id of the one row that a probing interview has in each repeat."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A tabulated question; ``source`` is the question a derived one is computed from, else the question itself."""

    question: Question
    source: Question
    repeats: tuple[str, ...]


def _said(wanted: _Wanted, source: Answer, derived: str) -> Answer:
    """The answer a table counts: 無回答 of the source makes a derived question 無回答."""
    if source.no_answer or not _calculated(wanted.question):
        return source
    return Answer(derived)


class Asked:
    """Answers relevance for one form. ``presets`` as in ``Interview``."""

    def __init__(self, form: Form, presets: Mapping[str, str]) -> None:
        self._form = form
        self._presets = presets
        sections = [node for node in form.walk() if not isinstance(node, Question)]
        self._parents: dict[str, Node] = {child.path: node for node in sections for child in node.children}
        self._all_repeats = {node.path for node in sections if isinstance(node, Repeat)}
        self._by_name = {question.name: question for question in form.questions()}
        self._questions = {question.path: question for question in form.questions()}
        self._probes: list[_Probe] = []
        self._whole: list[_Wanted] = []
        self._sort()

    def of(self, answers: Mapping[Address, Answer]) -> dict[Address, Answer]:
        """Every tabulated question that is asked, with its answer (UNANSWERED when there is none).

        ``answers`` are the stored ones of one response, row markers included.
        """
        rows = _rows(answers, self._all_repeats)
        found: dict[Address, Answer] = {}
        for probe in self._probes:
            for place in rows.get(probe.repeats[-1], ()) if probe.repeats else ((),):
                found.update(probe.asked(answers, place))
        if self._whole:
            interview = Interview(self._form, answers, presets=self._presets)
            for wanted in self._whole:
                for place in rows.get(wanted.repeats[-1], ()) if wanted.repeats else ((),):
                    if interview.is_relevant(Address(wanted.source.path, place)):
                        address = Address(wanted.question.path, place)
                        source = interview.answer(Address(wanted.source.path, place))
                        found[address] = _said(wanted, source, interview.answer(address).text)
        return found

    def _sort(self) -> None:
        probes: dict[tuple[tuple[str, ...], frozenset[str]], list[_Wanted]] = defaultdict(list)
        for question in self._form.questions():
            if heading_of(self._form, question) is None:
                continue
            source = self._by_name.get(question.extensions.get("source", ""), question)
            wanted = _Wanted(question, source, self._repeats(question.path))
            deciding = self._deciding(wanted)
            if deciding is None:
                self._whole.append(wanted)
            else:
                probes[wanted.repeats, deciding].append(wanted)
        self._probes = [
            _Probe(
                self._form,
                self._presets,
                repeats,
                sorted(deciding),
                {p: len(self._repeats(p)) for p in deciding},
                group,
            )
            for (repeats, deciding), group in probes.items()
        ]

    def _repeats(self, path: str) -> tuple[str, ...]:
        """The paths of the repeats around a node, outermost first."""
        return tuple(node.path for node in self._above(path) if isinstance(node, Repeat))

    def _above(self, path: str) -> Sequence[Node]:
        """The groups and repeats around a node, outermost first."""
        found: list[Node] = []
        while path in self._parents:
            found.append(self._parents[path])
            path = self._parents[path].path
        return found[::-1]

    def _deciding(self, wanted: _Wanted) -> frozenset[str] | None:
        """The paths of all answers that decide whether a question is asked and what a derived one says.

        None when they cannot be looked at apart from the rest: wildcards, or rows of a repeat not around the question.
        """
        found: set[str] = set()
        open_paths = {wanted.question.path, wanted.source.path}
        seen: set[str] = set()
        while open_paths:
            path = open_paths.pop()
            seen.add(path)
            references = frozenset(self._references(path))
            for reference in references:
                question = self._questions.get(reference)
                around = self._repeats(reference)
                if question is None or wanted.repeats[: len(around)] != around:
                    return None
                found.add(reference)
            open_paths |= references - seen
        return frozenset(path for path in found if _entered(self._questions[path]))

    def _references(self, path: str) -> Iterator[str]:
        """What relevance (also of the sections around it) and calculation of one question look at."""
        question = self._questions[path]
        expressions = [(node.path, node.relevant) for node in (*self._above(path), question)]
        if _calculated(question):
            expressions.append((path, question.calculation))
        for at, expression in expressions:
            if expression:
                yield from compile_expression(expression).references(at)


def _entered(question: Question) -> bool:
    """Whether its answer is given by a person (also one that a trigger proposes), not worked out or preset."""
    return question.type != "hidden" and not _calculated(question)


def _calculated(question: Question) -> bool:
    return bool(question.calculation) and not question.trigger


class _Probe:
    """The questions that the same answers decide about, and the interview that is asked for each combination."""

    def __init__(
        self,
        form: Form,
        presets: Mapping[str, str],
        repeats: tuple[str, ...],
        deciding: Sequence[str],
        depths: Mapping[str, int],
        wanted: Sequence[_Wanted],
    ) -> None:
        self.repeats = repeats
        self._deciding = [(path, depths[path]) for path in deciding]
        self._wanted = wanted
        markers = {Address(path, (_PROBE,) * depth): Answer("1") for depth, path in enumerate(repeats, start=1)}
        self._interview = Interview(form, markers, presets=presets)
        self._known: dict[tuple[str, ...], tuple[tuple[_Wanted, str], ...]] = {}

    def asked(self, answers: Mapping[Address, Answer], rows: tuple[str, ...]) -> Iterator[tuple[Address, Answer]]:
        """Those of the questions that are asked in the row, with their answers."""
        key = tuple(answers.get(Address(path, rows[:depth]), UNANSWERED).text for path, depth in self._deciding)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._look(key))
        for wanted, derived in known:
            address = Address(wanted.question.path, rows)
            source = answers.get(Address(wanted.source.path, rows), UNANSWERED)
            yield address, _said(wanted, source, derived)

    def _look(self, key: tuple[str, ...]) -> Iterator[tuple[_Wanted, str]]:
        entered = {
            Address(path, (_PROBE,) * depth): Answer(text)
            for (path, depth), text in zip(self._deciding, key, strict=True)
        }
        self._interview.set_many(entered)
        place = (_PROBE,) * len(self.repeats)
        for wanted in self._wanted:
            if self._interview.is_relevant(Address(wanted.source.path, place)):
                yield wanted, self._interview.answer(Address(wanted.question.path, place)).text


def _rows(answers: Mapping[Address, Answer], repeats: Container[str]) -> dict[str, list[tuple[str, ...]]]:
    """Repeat path -> row ids of its rows, in order."""
    found: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for address, answer in answers.items():
        if address.path in repeats and answer.text.isdecimal():
            found[address.path].append((int(answer.text), address.rows))
    return {path: [rows for _, rows in sorted(places)] for path, places in found.items()}
