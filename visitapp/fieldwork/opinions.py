"""自由意見: what was said, its category, and what is still to be done about it."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from visitapp.errors import AnswerRefused, NotNow
from visitapp.store import records
from visitapp.store.store import Reader, Store

NOTHING_TO_DO, OPEN, DONE = "none", "open", "done"

CATEGORIES = (
    "会社の経営状況について", "海外との取引について", "産学連携について", "区の支援施策（全般）について",
    "区外の支援機関等について", "ＳＨＩＰについて", "企業間交流・連携について", "区に期待する施策等について", "その他",
)  # fmt: skip
"""The headings under which the report of 2016 sorts opinions, in its order; others may be used."""


@dataclass(frozen=True, slots=True)
class Draft:
    """An opinion being written: kept on this machine until it is added."""

    text: str = ""
    category: str = ""


def add_opinion(
    store: Store, response: records.Response, company_id: str, text: str, category: str, said_at: str, person: str,
    *, to_do: bool = False, due_on: str | None = None,
) -> str:  # fmt: skip
    """Add an opinion and drop the draft it grew from; returns its id. Raises AnswerRefused E-214 (empty text)."""
    opinion_id = str(uuid.uuid4())
    with store.write(person) as writer:
        earlier = writer.find(records.Opinion, response=response.id, deleted=True)
        writer.put(
            records.Opinion, opinion_id, response=response.id, company=company_id, category=category or None,
            text=_text(text), said_at=said_at, follow_up=OPEN if to_do else NOTHING_TO_DO, due_on=due_on,
            seq=1 + max((opinion.seq or 0 for opinion in earlier), default=0),
        )  # fmt: skip
    keep_draft(store, response.id, Draft())
    return opinion_id


def change_opinion(store: Store, opinion_id: str, person: str, **fields: object) -> None:
    """Edit text, category, follow_up or due_on. Raises NotNow E-206, AnswerRefused E-214 (empty text)."""
    if "text" in fields:
        fields["text"] = _text(str(fields["text"]))
    with store.write(person) as writer:
        if writer.get(records.Opinion, opinion_id) is None:
            raise NotNow("E-206", what="opinion", id=opinion_id)
        writer.put(records.Opinion, opinion_id, **fields)


def remove_opinion(store: Store, opinion_id: str, person: str) -> None:
    """Delete an opinion (its history stays). Raises NotNow E-206."""
    with store.write(person) as writer:
        if writer.get(records.Opinion, opinion_id) is None:
            raise NotNow("E-206", what="opinion", id=opinion_id)
        writer.delete(records.Opinion, opinion_id)


def opinions_of(reader: Reader, company_id: str) -> list[records.Opinion]:
    """What was said in this company, newest first."""
    found = reader.find(records.Opinion, company=company_id)
    return sorted(found, key=lambda opinion: (opinion.said_at or "", opinion.seq or 0), reverse=True)


def open_opinions(reader: Reader) -> list[records.Opinion]:
    """Every opinion that waits for an answer, the most urgent first."""
    found = reader.find(records.Opinion, follow_up=OPEN)
    return sorted(found, key=lambda opinion: (opinion.due_on or "9999", opinion.id))


def draft(store: Store, response_id: str) -> Draft:
    """The opinion being written for this response."""
    kept = store.local(f"opinion/{response_id}")
    return Draft(**json.loads(kept)) if kept else Draft()


def keep_draft(store: Store, response_id: str, unfinished: Draft) -> None:
    """Keep what is being written, durable when this returns; an empty draft is forgotten."""
    content = {"text": unfinished.text, "category": unfinished.category}
    kept = json.dumps(content, ensure_ascii=False) if any(content.values()) else None
    store.set_local(f"opinion/{response_id}", kept)


def _text(text: str) -> str:
    if not text.strip():
        raise AnswerRefused("E-214")
    return text.strip()
