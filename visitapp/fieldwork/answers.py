"""Answers between the interview (address -> answer) and the store (records)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.store import records
from visitapp.store.identity import stable_id


def row_text(address: Address) -> str:
    """The ``row`` column: the row ids of the enclosing repeats joined by "/"."""
    return "/".join(address.rows)


def answer_id(response_id: str, address: Address) -> str:
    """The record id of one answer: two laptops that answer the same question write the same record."""
    return stable_id("answer", response_id, address.path, row_text(address))


def stored_value(answer: Answer) -> str | None:
    """The ``value`` column: canonical JSON, so that equal answers are equal texts; None for 未回答."""
    if not answer.given and not answer.reason:
        return None
    members = {"text": answer.text, "no_answer": answer.no_answer, "reason": answer.reason}
    return json.dumps(members, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def answer_from(value: str | None) -> Answer:
    """The answer in a ``value`` column."""
    return UNANSWERED if value is None else Answer(**json.loads(value))


def answer_rows(response_id: str, answers: Mapping[Address, Answer]) -> list[dict[str, object]]:
    """Answers as rows for ``Writer.put_many``."""
    return [
        {
            "id": answer_id(response_id, address),
            "response": response_id,
            "path": address.path,
            "row": row_text(address),
            "value": stored_value(answer),
        }
        for address, answer in answers.items()
    ]


def address_of(record: records.Answer) -> Address:
    """Where a stored answer stands."""
    return Address(record.path or "", tuple(record.row.split("/")) if record.row else ())


def answers_of(stored: Iterable[records.Answer]) -> dict[Address, Answer]:
    """Stored answers of one response as the interview takes them; 未回答 ones (a note without answer) are left out."""
    found = {address_of(record): answer_from(record.value) for record in stored}
    return {address: answer for address, answer in found.items() if answer != UNANSWERED}
