"""Keeps relevance, calculated values and rows right while answers change: only what depends on a change runs again.

What has to run waits in a queue ordered by the plan, so that nothing runs before what it needs. Source of the rules:
ODK XForms specification (bindings, events, repeats); an expression that fails for its values reads as blank, and as
true where it is a condition, so that an interview never stops.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count

from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.evaluation import Evaluation
from visitapp.questionnaire.form import Question, Repeat
from visitapp.questionnaire.outcome import Effect
from visitapp.questionnaire.plan import Slot, View
from visitapp.questionnaire.tree import Rows

MOST_ROWS = 1_000
"""Most rows that a count makes; an answer of 99999 people must not stop the program."""
_MOST_RUNS = 8
"""How often one slot may run in one action: only questions that hide each other need more than one."""


@dataclass(slots=True)
class Wave:
    """What one action has changed so far. ``given``: what was entered by hand in it, which no trigger overwrites."""

    changed: dict[Address, Answer] = field(default_factory=dict)
    touched: set[Address] = field(default_factory=set)
    structure: bool = False
    opening: bool = False
    given: frozenset[Address] = frozenset()
    runs: Counter[tuple[int, Rows]] = field(default_factory=Counter)
    queue: list[tuple[int, int, Slot, Rows]] = field(default_factory=list)
    waiting: set[tuple[int, Rows]] = field(default_factory=set)

    def effect(self) -> Effect:
        """What to tell the caller."""
        return Effect(self.changed, frozenset(self.touched), self.structure)


class Computation:
    """The state of one interview. ``answers`` holds what was given, row markers included."""

    def __init__(self, evaluation: Evaluation, new_row_id: Callable[[], str]) -> None:
        self.evaluation = evaluation
        self.plan = evaluation.plan
        self.tree = evaluation.tree
        self.answers: dict[Address, Answer] = {}
        self._new_row_id = new_row_id
        self._numbers = count()

    # -- opening ----------------------------------------------------------------------------------------------
    def open(self, answers: Mapping[Address, Answer], presets: Mapping[Address, str], new: bool) -> Effect:
        """Take over stored answers, fill presets and, in a new response, defaults; compute everything once."""
        wave = Wave(opening=True)
        self._restore_rows(answers, wave)
        for address, answer in answers.items():
            if address in self.tree and isinstance(self.plan.nodes[address.path], Question) and answer.given:
                self.answers[address] = answer
                self.tree.element(address).text = answer.text
        for address, text in presets.items():
            if address in self.tree:
                self.write(address, Answer(text), wave)
        for path in self.plan.nodes:
            for rows in self.tree.instances(path):
                self._start(Address(path, rows), wave, new)
        return self.run(wave)

    def _restore_rows(self, answers: Mapping[Address, Answer], wave: Wave) -> None:
        """The rows that have a marker or an answer, in the order of their markers, outer repeats first."""
        for path, node in self.plan.nodes.items():
            if not isinstance(node, Repeat):
                continue
            depth = len(self.plan.repeats[path])
            inside = {path, *self.plan.below[path]}
            found = {a.rows[:depth] for a, answer in answers.items() if answer.given and a.path in inside}
            for rows in sorted(found, key=lambda rows: _order(answers.get(Address(path, rows)), rows[-1])):
                marker = Address(path, rows)
                if len(rows) == depth and Address(around(path), rows[:-1]) in self.tree:
                    self.tree.add_row(node, rows)
                    stored = answers.get(marker, UNANSWERED)
                    self.answers[marker] = stored if stored.text else self._mark(marker, wave)

    def _start(self, address: Address, wave: Wave, new: bool) -> None:
        """Queue what has to run for a node that has just come into being; give it its default."""
        node = self.plan.nodes[address.path]
        if isinstance(node, Question) and node.default and address not in self.answers and (new or _is_hidden(node)):
            self.write(address, Answer(node.default), wave, fire=False)
        for slot in self.plan.at.get(address.path, ()):
            if slot.kind in ("relevant", "calculate", "filter"):
                self._queue(slot, address.rows, wave)
            elif slot.kind == "default" and new:
                self._push(slot, address.rows, wave)
        for slot in self.plan.counts.get(address.path, ()):
            self._queue(slot, address.rows, wave)

    # -- acting -----------------------------------------------------------------------------------------------
    def write(self, address: Address, answer: Answer, wave: Wave, fire: bool = True) -> None:
        """Store an answer and queue what depends on it; ``fire``: also what it triggers."""
        old = self.answers.get(address, UNANSWERED)
        if answer == old:
            return
        if answer.given:
            self.answers[address] = answer
        else:
            self.answers.pop(address, None)
        wave.changed[address] = answer
        wave.touched.add(address)
        if answer.text == old.text:
            return
        self.tree.element(address).text = answer.text
        self._ripple(address.path, address.rows, wave)
        if fire and not wave.opening:
            for slot in self.plan.triggered.get(address.path, ()):
                shared = self.plan.shared(slot.path, address.path)
                for rows in self.tree.instances(slot.path, address.rows[:shared]):
                    self._push(slot, rows, wave)

    def add_row(self, repeat: Repeat, rows: Rows, wave: Wave) -> None:
        """Append a row (``rows`` ends with its id) with its defaults."""
        self.tree.add_row(repeat, rows)
        marker = Address(repeat.path, rows)
        self.answers[marker] = self._mark(marker, wave)
        wave.structure = True
        for path in (repeat.path, *self.plan.below[repeat.path]):
            for instance in self.tree.instances(path, rows):
                wave.touched.add(Address(path, instance))
                self._start(Address(path, instance), wave, new=True)
            self._ripple(path, rows, wave)

    def remove_row(self, repeat: Repeat, rows: Rows, wave: Wave) -> None:
        """Remove a row and what is in it."""
        paths = (repeat.path, *self.plan.below[repeat.path])
        for address in [a for a in self.answers if a.path in paths and a.rows[: len(rows)] == rows]:
            del self.answers[address]
            wave.changed[address] = UNANSWERED
            wave.touched.add(address)
        self.tree.remove_row(repeat, rows)
        wave.structure = True
        for path in paths:
            self._ripple(path, rows, wave)

    def run(self, wave: Wave) -> Effect:
        """Work the queue off."""
        while wave.queue:
            _, _, slot, rows = heapq.heappop(wave.queue)
            wave.waiting.discard((slot.index, rows))
            if Address(_place(slot), rows) in self.tree and wave.runs[slot.index, rows] < _MOST_RUNS:
                wave.runs[slot.index, rows] += 1
                _WORK[slot.kind](self, slot, Address(slot.path, rows), wave)
        return wave.effect()

    # -- what slots do ----------------------------------------------------------------------------------------
    def _relevant(self, slot: Slot, address: Address, wave: Wave) -> None:
        element = self.tree.element(address)
        relevant = self.evaluation.condition(slot.expression, element)
        if relevant == element.relevant:
            return
        element.relevant = relevant
        wave.structure = True
        for path in (address.path, *self.plan.below.get(address.path, ())):
            for rows in self.tree.instances(path, address.rows):
                wave.touched.add(Address(path, rows))
                for inner in self.plan.at.get(path, ()) if relevant else ():
                    if inner.kind == "filter":
                        self._queue(inner, rows, wave)
            self._ripple(path, address.rows, wave)

    def _calculate(self, slot: Slot, address: Address, wave: Wave) -> None:
        if address in wave.given:
            return
        text = self.evaluation.value(slot.expression, self.tree.element(address))
        old = self.answers.get(address, UNANSWERED)
        if old.text != text or old.no_answer:
            self.write(address, Answer(text), wave)

    def _default(self, slot: Slot, address: Address, wave: Wave) -> None:
        if address not in self.answers:
            text = self.evaluation.value(slot.expression, self.tree.element(address))
            self.write(address, Answer(text), wave, fire=False)

    def _filter(self, slot: Slot, address: Address, wave: Wave) -> None:
        """Take back chosen options that are no longer offered (docs.getodk.org, form logic, cascading selects)."""
        answer = self.answers.get(address, UNANSWERED)
        if address in wave.given or not answer.text or not self.tree.is_relevant(address):
            return
        names = {choice.name for choice in self.evaluation.choices(address)}
        kept = " ".join(name for name in answer.choices if name in names)
        if kept != answer.text:
            self.write(address, Answer(kept), wave)

    def _count(self, slot: Slot, address: Address, wave: Wave) -> None:
        """Make rows until there are as many as wanted; never fewer (docs.getodk.org, form logic, repeats)."""
        repeat = self.plan.nodes[slot.path]
        assert isinstance(repeat, Repeat)
        counter = Address(repeat.count, address.rows[: len(self.plan.repeats[repeat.count])])
        if counter not in self.tree or not self.tree.is_relevant(counter):
            return
        wanted = min(whole(self.tree.element(counter).text), MOST_ROWS)
        there = set(self.tree.rows(repeat.path, address.rows))
        for number in range(len(there) + 1, wanted + 1):
            # The same id on every laptop, so that the rows of one response are the same rows after a merge.
            row = str(number) if str(number) not in there else self._new_row_id()
            self.add_row(repeat, (*address.rows, row), wave)

    # -- queueing ---------------------------------------------------------------------------------------------
    def _ripple(self, path: str, rows: Rows, wave: Wave) -> None:
        for slot in self.plan.dependents.get(path, ()):
            for instance in self._affected(slot, path, rows):
                self._queue(slot, instance, wave)
        for view in self.plan.views.get(path, ()):
            wave.touched.update(Address(view.path, instance) for instance in self._affected(view, path, rows))

    def _affected(self, part: Slot | View, path: str, rows: Rows) -> Iterable[Rows]:
        target = _place(part)
        shared = self.plan.shared(target, path) if part.local else 0
        return self.tree.instances(target, rows[:shared])

    def _queue(self, slot: Slot, rows: Rows, wave: Wave) -> None:
        """Queue what follows from others; triggers and defaults wait for their event."""
        if slot.kind in ("trigger", "default") or (slot.kind == "filter" and wave.opening):
            return
        self._push(slot, rows, wave)

    def _push(self, slot: Slot, rows: Rows, wave: Wave) -> None:
        if (slot.index, rows) not in wave.waiting:
            wave.waiting.add((slot.index, rows))
            heapq.heappush(wave.queue, (slot.rank, next(self._numbers), slot, rows))

    def _mark(self, marker: Address, wave: Wave) -> Answer:
        """The marker of a new row: a position after all others. Positions order rows; they need not be 1, 2, 3."""
        beside = self.tree.rows(marker.path, marker.rows[:-1])
        others = [self.answers.get(Address(marker.path, (*marker.rows[:-1], row)), UNANSWERED) for row in beside]
        answer = Answer(str(1 + max((whole(other.text) for other in others), default=0)))
        wave.changed[marker] = answer
        wave.touched.add(marker)
        return answer


_WORK: Mapping[str, Callable[[Computation, Slot, Address, Wave], None]] = {
    "relevant": Computation._relevant,
    "calculate": Computation._calculate,
    "trigger": Computation._calculate,
    "default": Computation._default,
    "filter": Computation._filter,
    "count": Computation._count,
}


def around(path: str) -> str:
    """The path of the group or row around a node."""
    return path.rpartition("/")[0]


def _is_hidden(question: Question) -> bool:
    """Whether nobody can have taken its default back."""
    return question.type == "hidden"


def whole(text: str) -> int:
    """The number of rows or the position that a text means; 0 when it means none."""
    try:
        number = float(text)
    except ValueError:
        return 0
    return max(0, int(number)) if math.isfinite(number) else 0


def _place(part: Slot | View) -> str:
    """The node whose occurrences a slot runs for: the number of rows concerns what the repeat stands in."""
    return around(part.path) if isinstance(part, Slot) and part.kind == "count" else part.path


def _order(marker: Answer | None, row: str) -> tuple[float, str]:
    """Sorts rows by their markers; rows without one come last."""
    return (float(whole(marker.text)) if marker is not None and marker.text else math.inf), row
