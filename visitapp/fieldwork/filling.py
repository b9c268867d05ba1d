"""Fills one response from prepared answers through the interview, so that derived answers come out as in the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visitapp.fieldwork import exchange
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.questionnaire.form import Form, Repeat
from visitapp.questionnaire.interview import Interview

Rows = Sequence[tuple[str, Mapping[str, Answer]]]
"""Repeat rows: row id and its answers by question name."""


@dataclass(frozen=True, slots=True)
class Filled:
    """``changed`` is what has to be saved, ``entered`` the given answers.

    ``not_asked`` and ``refused`` are those among them that are not asked, or break the questionnaire's own rule; all
    are kept.
    """

    changed: Mapping[Address, Answer]
    entered: Mapping[Address, Answer]
    not_asked: tuple[Address, ...]
    refused: tuple[Address, ...]


class Filler:
    """Fills responses of one questionnaire."""

    def __init__(self, form: Form, reference_year: int) -> None:
        self._form = form
        self._presets = {"reference_year": str(reference_year)}
        questions = list(form.questions())
        self._paths = {question.name: question.path for question in questions}
        repeats = [n.path for n in form.walk() if isinstance(n, Repeat) and n.name == exchange.SHEETS_REPEAT]
        self._sheets = repeats[0] if repeats else ""
        self._specified = [
            (question, self._paths[question.extensions["specify"]], question.extensions["specify_choice"])
            for question in questions
            if question.extensions.get("specify") in self._paths
        ]

    def fill(
        self, stored: Mapping[Address, Answer], answers: Mapping[str, Answer], rows: Rows, *, complete: bool
    ) -> Filled:
        """Enter ``answers`` (by question name) and ``rows`` on top of ``stored``.

        In a ``complete`` response 無回答 stands for the text of a chosen その他 that nobody gives.

        Names the form lacks raise KeyError. An empty answer takes the stored one back.
        """
        interview = Interview(self._form, stored, presets=self._presets)
        changed = dict(interview.opening.changed)
        entered = {Address(self._paths[name]): answer for name, answer in answers.items()}
        for row_id, row_answers in rows:
            if row_id not in interview.rows(self._sheets):
                changed |= interview.add_row(self._sheets, row_id=row_id)[1].changed
            entered |= {Address(self._paths[name], (row_id,)): answer for name, answer in row_answers.items()}
        # At once: then what the file says about a band outweighs what the age beside it would trigger.
        changed |= interview.set_many(entered).changed
        changed |= interview.set_many(self._implied(interview, entered)).changed
        if complete:
            scopes = [(), *((row_id,) for row_id, _answers in rows)]
            changed |= interview.set_many(self._unspecified(interview, scopes)).changed
        given = {address: answer for address, answer in entered.items() if answer.given}
        return Filled(
            changed,
            given,
            tuple(address for address in given if not interview.is_relevant(address)),
            tuple(p.address for p in interview.problems() if p.kind in ("constraint", "type") and p.address in given),
        )

    def _implied(self, interview: Interview, entered: Mapping[Address, Answer]) -> dict[Address, Answer]:
        """はい to the yes/no question in front of a filled one, unless the file or the store answers it itself."""
        implied: dict[Address, Answer] = {}
        for filled, asked in exchange.IMPLIED.items():
            source, gate = self._paths.get(filled), self._paths.get(asked)
            if source is None or gate is None or not entered.get(Address(source), Answer()).given:
                continue
            if not interview.answer(Address(gate)).given:
                implied[Address(gate)] = Answer(exchange.IMPLIED_YES)
        return implied

    def _unspecified(self, interview: Interview, scopes: Sequence[tuple[str, ...]]) -> dict[Address, Answer]:
        """無回答 for the text of each chosen その他 that no file gives; nothing else is ever filled in."""
        found: dict[Address, Answer] = {}
        for question, select, choice in self._specified:
            inside = bool(self._sheets) and question.path.startswith(self._sheets + "/")
            for rows in (rows for rows in scopes if bool(rows) == inside):
                address = Address(question.path, rows)
                chosen = choice in interview.answer(Address(select, rows)).choices
                if chosen and not interview.answer(address).given and interview.is_relevant(address):
                    found[address] = NO_ANSWER
        return found
