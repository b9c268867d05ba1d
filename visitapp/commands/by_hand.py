"""Enters a response the way a person does: question by question, each answer saved before the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from visitapp.fieldwork import exchange
from visitapp.fieldwork.cells import SEPARATOR, CellCodec
from visitapp.fieldwork.opinions import add_opinion
from visitapp.fieldwork.reading import importable
from visitapp.fieldwork.responses import OpenResponse, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import target_id
from visitapp.fieldwork.visits import record_visit
from visitapp.i18n import tr
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.questionnaire.form import Question, Repeat
from visitapp.store.store import Store

Cells = Mapping[str, str]


class Hand:
    """A visitor at a laptop. Cells are those of the exchange format."""

    def __init__(self, store: Store, person: str, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._person = person
        self._clock = clock

    def visit(self, row: Cells, sheets: Sequence[Cells], opinions: Sequence[Cells]) -> str:
        """The whole visit, finalised; returns the target's id."""
        target = target_id(shipped_surveys()[0].id, row["company_id"])
        outcome = "面談" if row["mode"] == "訪問" else "郵送"
        record_visit(self._store, target, row["visit_date"], outcome, self._person, respondent=row["respondent"])
        opened = OpenResponse(
            self._store, start_response(self._store, target, self._person), self._person, clock=self._clock
        )
        dated = "visited_on" if outcome == "面談" else "received_on"
        opened.describe(mode=row["mode"], respondent=row["respondent"], **{dated: row["visit_date"]})
        for name in importable(opened.form, None):
            if row.get(name):
                self._gate(opened, name)
                self.answer(opened, name, row[name])
        for sheet in sheets:
            self._sheet(opened, sheet)
        for opinion in opinions:
            add_opinion(
                self._store, opened.response, row["company_id"], opinion["text"], opinion["category"],
                row["visit_date"], self._person,
            )  # fmt: skip
        self.close(opened)
        return target

    def answer(self, opened: OpenResponse, name: str, cell: str, rows: tuple[str, ...] = ()) -> None:
        """Enter one cell, unless that is what the question already says."""
        question = opened.form.question(name)
        address, answer = Address(question.path, rows), CellCodec(opened.form).read(question, cell)
        if opened.interview.answer(address) != answer:
            opened.set(address, answer)

    def other_option(self, opened: OpenResponse, name: str, cell: str) -> str:
        """An option of the question that the cell does not name."""
        question = opened.form.question(name)
        codec = CellCodec(opened.form)
        words = (codec.write(question, Answer(choice.name)) for choice in opened.form.choices(question))
        return next(word for word in words if word not in cell.split(SEPARATOR))

    def _gate(self, opened: OpenResponse, name: str) -> None:
        """はい to the yes/no question that the format does not have."""
        if name in exchange.IMPLIED:
            question = opened.form.question(exchange.IMPLIED[name])
            opened.set(Address(question.path), Answer(exchange.IMPLIED_YES))

    def _sheet(self, opened: OpenResponse, sheet: Cells) -> None:
        repeat = next(
            node for node in opened.form.walk() if isinstance(node, Repeat) and node.name == exchange.SHEETS_REPEAT
        )
        picked = opened.form.question("P1")
        choice = CellCodec(opened.form).read(picked, sheet["P1"]).text
        row_id, _effect = opened.add_row(repeat.path, picked=(picked.path, choice))
        for name in importable(opened.form, exchange.SHEETS_REPEAT):
            if sheet.get(name):
                self.answer(opened, name, sheet[name], (row_id,))

    def close(self, opened: OpenResponse) -> None:
        """Settle what the review still asks (その他 without words, warnings) and finalise."""
        for problem in opened.interview.problems():
            node = opened.form.nodes[problem.address.path]
            if problem.kind == "soft":
                present = opened.interview.answer(problem.address)
                reason = tr("聞いて確かめた")
                opened.set(problem.address, Answer(present.text, present.no_answer, reason))
            elif isinstance(node, Question) and "specify" in node.extensions:
                opened.set(problem.address, NO_ANSWER)
        opened.finalise()
