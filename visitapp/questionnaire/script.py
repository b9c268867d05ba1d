"""Plays a scripted interview and says where it went otherwise than written.

A script is a JSON file beside a form: steps ("answer", "clear", "add_repeat", "finish" ...) and what must hold after
each. Questions are named by their path below the root, rows from 1: ``site[2]/worker[1]/hours``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from visitapp.errors import AnswerRefused
from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form, Repeat, text_in
from visitapp.questionnaire.interview import Interview, Problem
from visitapp.questionnaire.lint import lint
from visitapp.questionnaire.xform_texts import language_code

_STEP = re.compile(r"([^\[\]]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of a script: its number from 1, what was done, and each expectation that does not hold."""

    number: int
    action: str
    failures: tuple[str, ...]


def run_script(form: Form, script: Mapping[str, Any]) -> tuple[StepResult, ...]:
    """Play all steps; the steps after a failure are played too. Raises KeyError for unknown actions and names."""
    player = _Player(form, script)
    steps = script["steps"]
    if steps[0]["do"] != "open":
        player.do({"do": "open"})
    return tuple(StepResult(number, step["do"], tuple(player.play(step))) for number, step in enumerate(steps, start=1))


class _Player:
    def __init__(self, form: Form, script: Mapping[str, Any]) -> None:
        self._form = form
        self._now = datetime.fromisoformat(script["now"])
        self._language = form.default_language
        self._interview = self._opened({}, new=True)

    def play(self, step: Mapping[str, Any]) -> Iterator[str]:
        """Do one step; yields what does not hold afterwards."""
        expected = dict(step.get("expect", {}))
        refused = not self.do(step)
        if refused != expected.pop("refused", False):
            yield f"refused: {refused}"
        if step["do"] == "finish":
            yield from self._finished(expected)
        for name, what in expected.items():
            yield from _EXPECTATIONS[name](self, what)

    def do(self, step: Mapping[str, Any]) -> bool:
        """Whether the program did it."""
        if "now" in step:
            self._now = datetime.fromisoformat(step["now"])
        try:
            return _ACTIONS[step["do"]](self, step) is not False
        except AnswerRefused:
            return False

    def _opened(self, answers: Mapping[Address, Answer], new: bool) -> Interview:
        return Interview(self._form, answers, now=lambda: self._now, language=self._language, new=new)

    # -- names ------------------------------------------------------------------------------------------------
    def address(self, name: str) -> Address:
        path, rows = self._form.root.path, list[str]()
        for part in name.split("/"):
            found = _STEP.fullmatch(part)
            if found is None:
                raise KeyError(name)
            path = f"{path}/{found[1]}"
            if found[2]:
                ids = self._interview.rows(path, tuple(rows))
                rows.append(ids[int(found[2]) - 1] if int(found[2]) <= len(ids) else "")
        if path not in self._form.nodes:
            raise KeyError(name)
        return Address(path, tuple(rows))

    def name(self, address: Address) -> str:
        path, parts, rows = self._form.root.path, list[str](), list(address.rows)
        for step in address.path.removeprefix(f"{path}/").split("/"):
            path = f"{path}/{step}"
            if isinstance(self._form.nodes[path], Repeat) and rows:
                around = address.rows[: len(address.rows) - len(rows)]
                step = f"{step}[{self._interview.rows(path, around).index(rows.pop(0)) + 1}]"
            parts.append(step)
        return "/".join(parts)

    # -- actions ----------------------------------------------------------------------------------------------
    def open(self, step: Mapping[str, Any]) -> bool:
        self._interview = self._opened({}, new=True)
        return not any(finding.severity == "error" for finding in lint(self._form))

    def reopen(self, step: Mapping[str, Any]) -> None:
        self._interview = self._opened(self._interview.stored(), new=False)

    def answer(self, step: Mapping[str, Any]) -> None:
        self._interview.set(self.address(step["question"]), Answer(step["value"]))

    def clear(self, step: Mapping[str, Any]) -> None:
        self._interview.set(self.address(step["question"]), UNANSWERED)

    def language(self, step: Mapping[str, Any]) -> None:
        self._language = language_code(step["language"])
        self._interview.use_language(self._language)

    def add_repeat(self, step: Mapping[str, Any]) -> None:
        place = self.address(step["repeat"])
        self._interview.add_row(place.path, place.rows)

    def remove_repeat(self, step: Mapping[str, Any]) -> None:
        place = self.address(step["repeat"])
        self._interview.remove_row(place.path, place.rows)

    def set_repeats(self, step: Mapping[str, Any]) -> None:
        place = self.address(step["repeat"])
        while len(rows := self._interview.rows(place.path, place.rows)) > step["count"]:
            self._interview.remove_row(place.path, (*place.rows, rows[-1]))
        while len(self._interview.rows(place.path, place.rows)) < step["count"]:
            self._interview.add_row(place.path, place.rows)

    def finish(self, step: Mapping[str, Any]) -> None:
        """Finishing changes nothing; what it says is looked at in ``_finished``."""

    # -- expectations -----------------------------------------------------------------------------------------
    def _finished(self, expected: dict[str, Any]) -> Iterator[str]:
        problems = self._interview.problems()
        told = {
            "missing": self._told(problems, "required"),
            "invalid": self._told(problems, "constraint", "type"),
            "soft": self._told(problems, "soft"),
        }
        accepted = not told["missing"] and not told["invalid"]
        if accepted != expected.pop("accepted", accepted):
            yield f"accepted: {accepted}, {told}"
        for kind in told:
            if kind in expected and (wanted := expected.pop(kind)) != told[kind]:
                yield f"{kind}: {told[kind]}, not {wanted}"
        submission = expected.pop("submission", {})
        yield from self.relevant(submission.get("present", ()), True)
        yield from self.relevant(submission.get("absent", ()), False)

    def _told(self, problems: tuple[Problem, ...], *kinds: str) -> dict[str, str | None]:
        return {self.name(p.address): p.message or None for p in problems if p.kind in kinds}

    def relevant(self, names: list[str], wanted: bool) -> Iterator[str]:
        return self._each(dict.fromkeys(names, wanted), self._interview.is_relevant)

    def required(self, names: list[str], wanted: bool) -> Iterator[str]:
        return self._each(dict.fromkeys(names, wanted), self._interview.is_required)

    def readonly(self, names: list[str], wanted: bool) -> Iterator[str]:
        return self._each(dict.fromkeys(names, wanted), self._interview.is_readonly)

    def values(self, wanted: dict[str, str | None]) -> Iterator[str]:
        return self._each(wanted, lambda address: self._interview.answer(address).text or None)

    def messages(self, wanted: Mapping[str, object], *kinds: str) -> Iterator[str]:
        def told(address: Address) -> object:
            found = [problem.message or None for problem in self._interview.problems(address) if problem.kind in kinds]
            return found[0] if found else "fine"

        return self._each(wanted, told)

    def choices(self, wanted: Mapping[str, object], show: Callable[[list[str], list[str]], object]) -> Iterator[str]:
        def offered(address: Address) -> object:
            found = self._interview.choices(address)
            return show([c.name for c in found], [text_in(c.label, self._language) for c in found])

        return self._each(wanted, offered)

    def repeats(self, wanted: dict[str, int]) -> Iterator[str]:
        return self._each(wanted, lambda address: len(self._interview.rows(address.path, address.rows)))

    def texts(self, wanted: dict[str, str], kind: str) -> Iterator[str]:
        return self._each(wanted, self._interview.label if kind == "label" else self._interview.hint)

    def _each(self, wanted: Mapping[str, object], look: Callable[[Address], object]) -> Iterator[str]:
        for name, value in wanted.items():
            found = look(self.address(name))
            if found != value:
                yield f"{name}: {found!r}, not {value!r}"


_ACTIONS: Mapping[str, Callable[[_Player, Mapping[str, Any]], bool | None]] = {
    "open": _Player.open,
    "reopen": _Player.reopen,
    "answer": _Player.answer,
    "clear": _Player.clear,
    "language": _Player.language,
    "add_repeat": _Player.add_repeat,
    "remove_repeat": _Player.remove_repeat,
    "set_repeats": _Player.set_repeats,
    "finish": _Player.finish,
}
_EXPECTATIONS: Mapping[str, Callable[[_Player, Any], Iterator[str]]] = {
    "visible": lambda player, names: player.relevant(names, True),
    "hidden": lambda player, names: player.relevant(names, False),
    "values": _Player.values,
    "empty": lambda player, names: player.values(dict.fromkeys(names)),
    "valid": lambda player, names: player.messages(dict.fromkeys(names, "fine"), "constraint", "type"),
    "invalid": lambda player, wanted: player.messages(wanted, "constraint", "type"),
    "soft": lambda player, wanted: player.messages(wanted, "soft"),
    "no_soft": lambda player, names: player.messages(dict.fromkeys(names, "fine"), "soft"),
    "required": lambda player, names: player.required(names, True),
    "optional": lambda player, names: player.required(names, False),
    "readonly": lambda player, names: player.readonly(names, True),
    "writable": lambda player, names: player.readonly(names, False),
    "choices": lambda player, wanted: player.choices(wanted, lambda names, labels: names),
    "choice_labels": lambda player, wanted: player.choices(wanted, lambda names, labels: labels),
    "choice_count": lambda player, wanted: player.choices(wanted, lambda names, labels: len(names)),
    "repeats": _Player.repeats,
    "labels": lambda player, wanted: player.texts(wanted, "label"),
    "hints": lambda player, wanted: player.texts(wanted, "hint"),
}
