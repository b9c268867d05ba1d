"""Brings one interview to where another one already is. Pure."""

from __future__ import annotations

from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form, Question, Repeat
from visitapp.questionnaire.interview import Effect, Interview

_READ_ONLY = ("calculate", "hidden", "note")


def follow(interview: Interview, form: Form, effect: Effect) -> Effect:
    """Do to ``interview`` what ``effect`` says was done elsewhere; calculated answers follow by themselves."""
    touched: set[Address] = set(effect.touched)
    answers: dict[Address, Answer] = {}
    for address, answer in effect.changed.items():
        node = form.nodes[address.path]
        if isinstance(node, Repeat):
            touched |= _follow_row(interview, address, answer)
        elif isinstance(node, Question) and node.type not in _READ_ONLY:
            answers[address] = answer
    present = {address: answer for address, answer in answers.items() if _row_is_there(interview, form, address)}
    touched |= interview.set_many(present).touched
    return Effect(effect.changed, frozenset(touched), effect.structure)


def _follow_row(interview: Interview, address: Address, marker: Answer) -> frozenset[Address]:
    present = address.rows[-1] in interview.rows(address.path, address.rows[:-1])
    if marker.given and not present:
        return interview.add_row(address.path, address.rows[:-1], address.rows[-1])[1].touched
    if present and not marker.given:
        return interview.remove_row(address.path, address.rows).touched
    return frozenset()


def _row_is_there(interview: Interview, form: Form, address: Address) -> bool:
    """Whether every repeat row around a question exists (the answers of a removed row come back as 未回答)."""
    around = (node.path for node in form.walk() if isinstance(node, Repeat))
    repeats = [path for path in around if address.path.startswith(path + "/")]
    return all(
        row in interview.rows(path, address.rows[:depth])
        for depth, (path, row) in enumerate(zip(repeats, address.rows, strict=False))
    )
