"""案内: which programmes were ticked for a company, and how far each went afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from visitapp.errors import AnswerRefused, NotNow
from visitapp.store import records
from visitapp.store.identity import stable_id
from visitapp.store.store import Reader, Store, Writer

RECOMMENDED, EXPLAINED, LEAFLET = "recommended", "explained", "leaflet"
STAGES = (RECOMMENDED, EXPLAINED, LEAFLET, "interested", "applied", "used", "declined")
"""How far an offer went, in order; "declined" may follow any."""

Quoted = Sequence[Mapping[str, object]]
"""Why a programme was chosen: the reasons of ``programmes`` as plain mappings."""


def offer_id(target_id: str, programme_id: str) -> str:
    """The record id: one offer of a programme to a target, whoever makes it."""
    return stable_id("offer", target_id, programme_id)


def tick(store: Store, target_id: str, programme_id: str, person: str, *, ticked: bool, reasons: Quoted = ()) -> str:
    """Choose a programme for the leaflet, or take it off; returns the offer's id. A stage once reached stays."""
    found = offer_id(target_id, programme_id)
    with store.write(person) as writer:
        present = writer.get(records.Offer, found)
        if present is None and not ticked:
            return found
        _put(writer, target_id, programme_id, reasons, ticked=ticked)
    return found


def hand_over(store: Store, target_id: str, programmes: Mapping[str, Quoted], person: str, when: datetime) -> list[str]:
    """Note that a leaflet with these programmes (id -> reasons) was left; returns the offers' ids. One transaction."""
    with store.write(person) as writer:
        for programme_id, reasons in programmes.items():
            _put(writer, target_id, programme_id, reasons, ticked=True)
            present = writer.get(records.Offer, offer_id(target_id, programme_id))
            if present is not None and STAGES.index(present.stage or RECOMMENDED) < STAGES.index(LEAFLET):
                writer.put(records.Offer, present.id, stage=LEAFLET, offered_at=when.isoformat(timespec="seconds"))
    return [offer_id(target_id, programme_id) for programme_id in programmes]


def set_stage(store: Store, offer: str, stage: str, person: str) -> None:
    """Write down how far an offer went. Raises NotNow E-206 (no such offer), AnswerRefused E-213 (no such stage)."""
    if stage not in STAGES:
        raise AnswerRefused("E-213", value=stage)
    with store.write(person) as writer:
        if writer.get(records.Offer, offer) is None:
            raise NotNow("E-206", what="offer", id=offer)
        writer.put(records.Offer, offer, stage=stage)


def offers_of(reader: Reader, target_id: str) -> list[records.Offer]:
    """A target's offers, the ticked ones first."""
    found = reader.find(records.Offer, target=target_id)
    return sorted(found, key=lambda offer: (not offer.ticked, offer.programme or ""))


def _put(writer: Writer, target_id: str, programme_id: str, reasons: Quoted, *, ticked: bool) -> None:
    found = offer_id(target_id, programme_id)
    fields: dict[str, object] = {"target": target_id, "programme": programme_id, "ticked": ticked, "deleted": False}
    if reasons:
        fields["reasons"] = json.dumps([dict(reason) for reason in reasons], ensure_ascii=False, sort_keys=True)
    if writer.get(records.Offer, found) is None:
        fields["stage"] = RECOMMENDED
    writer.put(records.Offer, found, **fields)
