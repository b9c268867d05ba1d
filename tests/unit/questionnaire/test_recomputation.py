"""What is computed step by step is what would be computed from nothing: for random forms and random interviews."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.questionnaire.large_forms import large_form
from visitapp.errors import AnswerRefused
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Choice, Form, Group, Node, Question, Repeat, Text
from visitapp.questionnaire.interview import Effect, Interview
from visitapp.questionnaire.lint import lint

NAMED: Text = {"": "問"}
ANSWERS = [UNANSWERED, NO_ANSWER, *(Answer(text) for text in ("1", "2", "3", "1 3", "x"))]
LIST = tuple(Choice(str(number), {"": f"選択{number}"}, {"least": str(number)}) for number in range(1, 5))


class FormMaker:
    """Draws a form whose expressions look at earlier questions only: outside, in a group, in (nested) repeats."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = count(1)
        self.known: list[tuple[str, str]] = []  # (path, innermost repeat)

    def reference(self, path: str, repeat: str) -> str:
        """As pyxform writes it: relative inside the row, absolute otherwise; aggregated where there are many."""
        target, inside = self.draw(st.sampled_from(self.known))
        if inside and inside == repeat and self.draw(st.booleans()):
            return "/".join([".."] * (path.count("/") - repeat.count("/"))) + target.removeprefix(repeat)
        if inside:
            return f"{self.draw(st.sampled_from(['sum', 'count', 'max']))}({target})"
        return target

    def expression(self, path: str, repeat: str) -> str:
        if not self.known:
            return "1 = 1"
        first, second = self.reference(path, repeat), self.reference(path, repeat)
        if repeat and self.draw(st.integers(0, 3)) == 0:
            return "position(..) mod 2 = 1"
        shapes = [
            f"{first} > {self.draw(st.integers(0, 3))}",
            f"{first} = '' or {second} = 2",
            f"not(selected({first}, '1'))",
            f"{first} < {second}",
            f"coalesce({first}, 1) + coalesce({second}, 2) > 2",
        ]
        return self.draw(st.sampled_from(shapes))

    def sometimes(self, path: str, repeat: str) -> str:
        return self.expression(path, repeat) if self.draw(st.booleans()) else ""

    def question(self, parent: str, repeat: str) -> Question:
        name = f"n{next(self.numbers)}"
        path = f"{parent}/{name}"
        kinds = ["integer", "integer", "select_multiple", *(["calculate"] if self.known else [])]
        kind = self.draw(st.sampled_from(kinds))
        made = Question(
            path,
            name,
            kind,
            {"": f"問${{{self.reference(path, repeat)}}}" if self.known else "問"},
            list_name="list" if kind == "select_multiple" else None,
            relevant=self.sometimes(path, repeat),
            required=self.sometimes(path, repeat),
            constraint=self.sometimes(path, repeat),
            calculation=f"number({self.expression(path, repeat)}) + 1" if kind == "calculate" else "",
            default=self.draw(st.sampled_from(["", "", "1"])) if kind == "integer" else "",
            choice_filter=self.filter(path, repeat) if kind == "select_multiple" else "",
        )
        self.known.append((path, repeat))
        return made

    def filter(self, path: str, repeat: str) -> str:
        """Inside a predicate a relative path begins at current(), as pyxform writes it."""
        if not self.known or self.draw(st.booleans()):
            return ""
        reference = self.reference(path, repeat)
        return f"least >= coalesce({'current()/' if reference.startswith('..') else ''}{reference}, 0)"

    def children(self, parent: str, repeat: str, depth: int) -> tuple[Node, ...]:
        return tuple(self.child(parent, repeat, depth) for _ in range(self.draw(st.integers(1, 3))))

    def child(self, parent: str, repeat: str, depth: int) -> Node:
        shape = self.draw(st.sampled_from(["question", "question", "group", "repeat"])) if depth else "question"
        if shape == "question":
            return self.question(parent, repeat)
        name = f"{shape[0]}{next(self.numbers)}"
        path = f"{parent}/{name}"
        if shape == "group":
            relevant = self.sometimes(path, repeat)
            return Group(path, name, NAMED, self.children(path, repeat, depth - 1), relevant)
        counters = ["", *(known for known, inside in self.known if not inside and not repeat)]
        counter = self.draw(st.sampled_from(counters))
        return Repeat(path, name, NAMED, self.children(path, path, depth - 1), count=counter)


@st.composite
def forms(draw: st.DrawFn) -> Form:
    root = Group("/data", "data", NAMED, FormMaker(draw).children("/data", "", 2))
    return Form("f", "1", NAMED, ("",), "", root, {"list": LIST})


def places(interview: Interview) -> list[Address]:
    return [item.address for item in interview.items() if isinstance(item.node, Question)]


def act(data: st.DataObject, interview: Interview) -> Mapping[Address, Answer]:
    """One thing a visitor may do; what has to be saved then."""
    try:
        return _act(data, interview).changed
    except AnswerRefused:
        return {}


def _act(data: st.DataObject, interview: Interview) -> Effect:
    repeats = [item.address for item in interview.items() if isinstance(item.node, Repeat)]
    if repeats and data.draw(st.integers(0, 3)) == 0:
        path, rows = (address := data.draw(st.sampled_from(repeats))).path, address.rows
        if rows and rows[-1] in interview.rows(path, rows[:-1]):
            return interview.remove_row(path, rows)
        return interview.add_row(path, rows)[1]
    address = data.draw(st.sampled_from(places(interview) or [Address("/data/none")]))
    return interview.set(address, data.draw(st.sampled_from(ANSWERS)))


def shown(interview: Interview) -> list[object]:
    """Everything that can be asked of an interview."""
    found: list[object] = [interview.stored(), interview.problems(), interview.gaps(), interview.kept()]
    for item in interview.items():
        found += [item.address, item.relevant, interview.label(item.address)]
        if isinstance(item.node, Question):
            found += [interview.state(item.address), interview.choices(item.address)]
    return found


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_step_by_step_equals_from_nothing(form: Form, data: st.DataObject) -> None:
    ids = count(1)
    interview = Interview(form, {}, new_row_id=lambda: f"r{next(ids):04}")
    for _ in range(data.draw(st.integers(1, 12))):
        shown(interview)  # fills what is remembered, so that forgetting too little would show
        act(data, interview)
        fresh = Interview(form, interview.stored(), new=False)
        assert fresh.opening.changed == {}
        assert shown(interview) == shown(fresh)


@settings(max_examples=60, deadline=None)
@given(forms(), st.data())
def test_what_is_saved_after_each_action_is_the_whole_state(form: Form, data: st.DataObject) -> None:
    ids = count(1)
    interview = Interview(form, {}, new_row_id=lambda: f"r{next(ids):04}")
    saved = dict(interview.opening.changed)
    for _ in range(data.draw(st.integers(1, 12))):
        saved.update(act(data, interview))
    assert {address: answer for address, answer in saved.items() if answer.given} == interview.stored()


def test_a_sum_over_a_large_form_follows_every_answer() -> None:
    """300 questions, every third shown by the one before: the total counts what is shown."""
    form = large_form(300)
    assert lint(form) == ()
    interview = Interview(form, {})
    for number in range(300):
        interview.set(Address(f"/data/q{number}"), Answer("1"))
    assert interview.answer(Address("/data/total")).text == "300"
    interview.set(Address("/data/q1"), Answer("0"))
    assert interview.answer(Address("/data/total")).text == "298"
