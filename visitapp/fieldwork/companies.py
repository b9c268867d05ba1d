"""企業の台帳: adding a company met on the way, and mending the facts of one."""

from __future__ import annotations

import uuid

from visitapp.errors import AnswerRefused, NotNow
from visitapp.fieldwork.targets import target_id
from visitapp.store import records
from visitapp.store.identity import stable_id
from visitapp.store.store import Store, Writer


def add_company(store: Store, survey_id: str, person: str, **fields: object) -> str:
    """Add a company and put it into a survey; returns the company's id. ``fields`` as ``records.Company``.

    The same 法人番号 gives the same id in every store. Raises AnswerRefused E-230 (no name), E-231 (that number is
    another company's already).
    """
    number = fields.get("corporate_number")
    company_id = stable_id("company", str(number)) if number else str(uuid.uuid4())
    with store.write(person) as writer:
        _check(writer, company_id, {"name": None, **fields})
        writer.put(records.Company, company_id, deleted=False, **fields)
        writer.put(
            records.Target, target_id(survey_id, company_id), survey=survey_id, company=company_id, visitor=person,
            deleted=False,
        )  # fmt: skip
    return company_id


def change_company(store: Store, company_id: str, person: str, **fields: object) -> int:
    """Mend facts; returns the number of changes. Raises NotNow E-206, AnswerRefused E-230, E-231."""
    with store.write(person) as writer:
        if writer.get(records.Company, company_id) is None:
            raise NotNow("E-206", what="company", id=company_id)
        _check(writer, company_id, fields)
        return len(writer.put(records.Company, company_id, **fields))


def _check(writer: Writer, company_id: str, fields: dict[str, object]) -> None:
    if "name" in fields and not str(fields["name"] or "").strip():
        raise AnswerRefused("E-230")
    number = fields.get("corporate_number")
    for other in writer.find(records.Company, corporate_number=number) if number else ():
        if other.id != company_id:
            raise AnswerRefused("E-231", company=other.name or "", number=number)
