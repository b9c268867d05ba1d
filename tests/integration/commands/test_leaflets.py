"""From a company's answers to the paper that is left there."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.integration.fieldwork.conftest import MICRODATA, PERSON
from visitapp.commands import leaflets
from visitapp.commands.settings import change_setting, known_settings, settings
from visitapp.errors import NotNow
from visitapp.fieldwork import offers
from visitapp.store import records
from visitapp.store.store import Store

NOW = datetime(2016, 8, 1, 10, 0, tzinfo=UTC)


def a_target(office: Store, **answer: str) -> str:
    """A target whose response has this answer (path=text)."""
    ((path, text),) = answer.items()
    with office.read() as reader:
        stored = next(
            one for one in reader.find(records.Answer, path=f"/data/{path.replace('__', '/').replace('_', '-')}")
            if one.value and json.loads(one.value)["text"].split() == [text]
        )  # fmt: skip
        response = reader.get(records.Response, stored.response or "")
    assert response is not None and response.target is not None
    return response.target


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_recommendations_quote_the_companys_own_answers(filled: Store) -> None:
    found = leaflets.guidance(filled, a_target(filled, q5__V5="1"))
    assert found.fitting and all(one.score for one in found.fitting)
    assert found.response is not None
    said: set[str] = set()
    for name in ("responses_visit.csv", "responses_programme.csv"):
        with (MICRODATA / name).open(encoding="utf-8", newline="") as file:
            own = [row for row in csv.DictReader(file) if row["response_id"] == found.response.id]
        said |= {option for row in own for cell in row.values() for option in cell.split("；")}
    quoted = {reason.option for one in found.fitting for reason in one.reasons}
    assert quoted and quoted <= said
    assert len(found.all_programmes) > len(found.fitting)
    assert found.company.name


def test_a_leaflet_makes_offers_that_keep_their_stage(filled: Store, tmp_path: Path) -> None:
    target = a_target(filled, q5__V5="1")
    change_setting(filled, "office_phone", "03-0000-0000", PERSON)
    made = leaflets.write_leaflet(filled, target, tmp_path / "a.pdf", PERSON, now=NOW)
    assert 1 <= len(made.programmes) <= leaflets.MOST_BY_ITSELF
    with filled.read() as reader:
        found = offers.offers_of(reader, target)
    assert {(one.programme, one.stage, one.ticked) for one in found} == {(p, "leaflet", True) for p in made.programmes}
    assert all(json.loads(one.reasons or "[]") for one in found)
    assert found[0].offered_at == "2016-08-01T10:00:00+00:00"
    text = text_of((tmp_path / "a.pdf").read_bytes())
    assert made.company in text.replace("\n", "") and "03-0000-0000" in text
    offers.set_stage(filled, found[0].id, "applied", PERSON)
    leaflets.write_leaflet(filled, target, tmp_path / "b.pdf", PERSON, now=NOW)
    with filled.read() as reader:
        again = reader.get(records.Offer, found[0].id)
    assert again is not None and again.stage == "applied"


def test_ticks_decide_before_the_order_does(filled: Store) -> None:
    target = a_target(filled, q5__V5="1")
    last = leaflets.guidance(filled, target).all_programmes[-1].facts.id
    offers.tick(filled, target, last, PERSON, ticked=True)
    found = leaflets.guidance(filled, target)
    assert [one.facts.id for one in leaflets.choose(found, None)] == [last]
    first = found.all_programmes[0].facts.id
    assert [one.facts.id for one in leaflets.choose(found, [first])] == [first]
    with pytest.raises(NotNow) as caught:
        leaflets.choose(found, ["2016/none"])
    assert caught.value.code == "E-206"


def test_looking_at_a_leaflet_writes_nothing(filled: Store) -> None:
    target = a_target(filled, q5__V5="1")
    change_setting(filled, "office_phone", "03-0000-0000", PERSON)
    with filled.read() as reader:
        before = reader.known()
    found = leaflets.guidance(filled, target)
    leaflets.leaflet_pdf(filled, found, leaflets.choose(found, None), date(2016, 8, 1), by_mail=True)
    with filled.read() as reader:
        assert reader.known() == before


def test_a_company_is_found_however_it_is_written(filled: Store) -> None:
    with filled.read() as reader:
        company = next(one for one in reader.find(records.Company) if (one.name or "").startswith("株式会社"))
        target = reader.find(records.Target, company=company.id)[0]
    name = company.name or ""
    for written in (company.id, target.id, name, "㈱" + name.removeprefix("株式会社"), f" {name} "):
        assert leaflets.find_target(filled, written) == target.id
    with pytest.raises(NotNow):
        leaflets.find_target(filled, "だれでもない")


def test_settings_are_for_the_whole_office(office: Store) -> None:
    assert settings(office)["office_ward"] == "品川区"
    change_setting(office, "office_ward", "見本区", PERSON)
    assert settings(office)["office_ward"] == "見本区"
    change_setting(office, "office_ward", "", PERSON)
    assert settings(office) == {known.name: known.preset for known in known_settings()}
    with pytest.raises(NotNow):
        change_setting(office, "colour", "red", PERSON)
