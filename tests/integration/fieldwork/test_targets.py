"""The target list: every state, whatever the number of companies; visits, opinions, offers that show in it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from tests.integration.fieldwork.conftest import PERSON
from visitapp.errors import AnswerRefused, NotNow
from visitapp.fieldwork import offers
from visitapp.fieldwork.opinions import (
    Draft,
    add_opinion,
    change_opinion,
    draft,
    keep_draft,
    open_opinions,
    opinions_of,
    remove_opinion,
)
from visitapp.fieldwork.responses import OpenResponse, send_back, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import (
    Delivery,
    TargetLine,
    TargetState,
    add_target,
    assign,
    list_targets,
    normalised,
)
from visitapp.fieldwork.visits import change_visit, plan_visit, record_visit, visits_of
from visitapp.questionnaire.answers import Address, Answer
from visitapp.store import records
from visitapp.store.store import Store

SURVEY = shipped_surveys()[0].id
V5 = Address("/data/q5/V5")


def listed(office: Store, delivery: Delivery | None = None) -> dict[str, TargetLine]:
    with office.read() as reader:
        return {line.company.id: line for line in list_targets(reader, SURVEY, delivery)}


@pytest.fixture
def targets(office: Store) -> dict[str, str]:
    """Company id -> target id."""
    names = [f"company-{number}" for number in range(8)]
    with office.write(PERSON) as writer:
        for number, name in enumerate(names):
            writer.put(records.Company, name, name=f"見本{number}", kana=f"ミホン{8 - number}")
    return {name: add_target(office, SURVEY, name, PERSON) for name in names}


def opened(office: Store, target: str) -> OpenResponse:
    return OpenResponse(office, start_response(office, target, PERSON), PERSON)


def test_every_state_before_hand_in(office: Store, targets: dict[str, str]) -> None:
    plan_visit(office, targets["company-1"], "2016-05-02", PERSON)
    record_visit(office, targets["company-2"], "2016-05-01", "拒否", PERSON)
    record_visit(office, targets["company-3"], "2016-05-01", "不在", PERSON)
    record_visit(office, targets["company-3"], "2016-05-03", "不在", PERSON)
    started = opened(office, targets["company-4"])
    started.set(V5, Answer("1"))
    final, returned = opened(office, targets["company-5"]), opened(office, targets["company-6"])
    final.finalise()
    returned.finalise()
    send_back(office, returned.response.id, "確かめてください", "staff-00")
    found = listed(office)
    assert [line.state for _, line in sorted(found.items())] == [
        TargetState.NOT_VISITED, TargetState.PLANNED, TargetState.NO_RESPONSE, TargetState.NOT_VISITED,
        TargetState.STARTED, TargetState.RECEIVED, TargetState.RETURNED, TargetState.NOT_VISITED,
    ]  # fmt: skip
    assert found["company-1"].planned_at == "2016-05-02"
    assert (found["company-2"].last_outcome, found["company-2"].visits) == ("拒否", 1)
    assert (found["company-3"].absences, found["company-3"].last_visit) == (2, "2016-05-03")
    assert found["company-4"].answered >= 1
    with office.read() as reader:
        in_order = [line.company.id for line in list_targets(reader, SURVEY)]
    assert in_order == [f"company-{number}" for number in reversed(range(8))]


def test_a_final_response_is_followed_on_its_way(office: Store, targets: dict[str, str]) -> None:
    response = opened(office, targets["company-0"])
    response.set(V5, Answer("1"))
    response.finalise()
    with office.read() as reader:
        last = reader.known()[office.device]

    def state(packed: int, receipted: int) -> TargetState:
        place = Delivery(office.device, {office.device: packed}, {office.device: receipted})
        return listed(office, place)["company-0"].state

    assert state(0, 0) is TargetState.FINAL
    assert state(last, 0) is TargetState.SENT
    assert state(last, last) is TargetState.RECEIVED
    response.reopen("訂正")
    response.set(V5, Answer("2"))
    response.finalise()
    assert state(last, last) is TargetState.FINAL


def test_a_changed_answer_alone_makes_a_final_response_wait_again(office: Store, targets: dict[str, str]) -> None:
    response = opened(office, targets["company-0"])
    response.finalise()
    with office.read() as reader:
        last = reader.known()[office.device]
    response.note(V5, "あとで聞く")
    place = Delivery(office.device, {office.device: last}, {office.device: last})
    assert listed(office, place)["company-0"].state is TargetState.FINAL


def test_the_search_ignores_how_a_name_is_written() -> None:
    key = normalised("株式会社 ミホンABC")
    for written in ("㈱みほんａｂｃ", "（株）ﾐﾎﾝ ABC", "(株)見本".replace("見本", "ミホンabc")):
        assert normalised(written) == key


def test_the_search_finds_names_numbers_and_places(filled: Store) -> None:
    with filled.read() as reader:
        lines = list_targets(reader, SURVEY)
    assert len(lines) == 118
    assert {line.state for line in lines} == {TargetState.RECEIVED}
    one = lines[0]
    for part in (one.company.name, one.company.kana, one.company.corporate_number, one.company.address):
        assert part is None or normalised(part) in one.search_key


def test_ten_thousand_companies_are_listed_in_a_few_times_what_reading_them_takes(office: Store) -> None:
    companies = [{"id": f"c{n}", "name": f"株式会社見本{n}", "kana": f"ミホン{n}"} for n in range(10_000)]
    rows = [{"id": f"t{n}", "survey": SURVEY, "company": f"c{n}"} for n in range(10_000)]
    visits = [{"id": f"v{n}", "target": f"t{n}", "outcome": "面談", "visited_at": "2016-05-01"} for n in range(10_000)]
    with office.write(PERSON) as writer:
        for kind, many in ((records.Company, companies), (records.Target, rows), (records.Visit, visits)):
            writer.put_many(kind, many)
    with office.read() as reader:
        floor = time.process_time()
        for kind in (records.Company, records.Target, records.Visit):
            reader.find(kind)
        floor = time.process_time() - floor
        taken = time.process_time()
        assert len(list_targets(reader, SURVEY)) == 10_000
        taken = time.process_time() - taken
    # Measured: about 2. One query for each company would be above 30.
    assert taken < 8 * floor


def test_assignment(office: Store, targets: dict[str, str]) -> None:
    assert assign(office, targets.values(), "staff-00", visitor="staff-03", device="laptop-03") == 16
    assert assign(office, targets.values(), "staff-00", visitor="staff-03", device="laptop-03") == 0
    assert {line.target.visitor for line in listed(office).values()} == {"staff-03"}


def test_a_visit_fulfils_its_plan_and_can_be_corrected(office: Store, targets: dict[str, str]) -> None:
    target = targets["company-0"]
    plan_visit(office, target, "2016-05-02T10:00", PERSON)
    visit = record_visit(office, target, "2016-05-02T10:05", "面談", PERSON, respondent="代表者", note="工場を見た")
    change_visit(office, visit, PERSON, outcome="不在")
    with office.read() as reader:
        assert [(one.outcome, one.note) for one in visits_of(reader, target)] == [("不在", "工場を見た")]
    assert listed(office)["company-0"].planned_at is None
    plan_visit(office, target, "2016-06-01", PERSON)
    record_visit(office, target, "2016-05-20", "不在", PERSON)
    assert listed(office)["company-0"].planned_at == "2016-06-01"
    for wrong in (
        lambda: record_visit(office, target, "2016-05-02", "留守", PERSON),
        lambda: change_visit(office, visit, PERSON, outcome=""),
    ):
        with pytest.raises(AnswerRefused) as refused:
            wrong()
        assert refused.value.code == "E-213"
    for nowhere in (
        lambda: plan_visit(office, "none", None, PERSON),
        lambda: record_visit(office, "none", "2016-05-02", "面談", PERSON),
        lambda: change_visit(office, "none", PERSON, note="x"),
    ):
        with pytest.raises(NotNow) as caught:
            nowhere()
        assert caught.value.code == "E-206"


def test_an_opinion_from_draft_to_done(office: Store, targets: dict[str, str]) -> None:
    response = opened(office, targets["company-0"]).response
    keep_draft(office, response.id, Draft("実習生を受け", "産学連携について"))
    assert draft(office, response.id) == Draft("実習生を受け", "産学連携について")
    said = (" 実習生を受け入れたい ", "産学連携について", "2016-05-02")
    first = add_opinion(office, response, "company-0", *said, PERSON, to_do=True)
    assert draft(office, response.id) == Draft()
    second = add_opinion(office, response, "company-0", "助成金を知らない", "", "2016-05-02", PERSON)
    with office.read() as reader:
        assert [(one.seq, one.text) for one in opinions_of(reader, "company-0")] == [
            (2, "助成金を知らない"), (1, "実習生を受け入れたい"),
        ]  # fmt: skip
        assert [one.id for one in open_opinions(reader)] == [first]
    assert listed(office)["company-0"].open_opinions == 1
    change_opinion(office, first, PERSON, follow_up="done")
    remove_opinion(office, second, PERSON)
    with office.read() as reader:
        assert open_opinions(reader) == []
        assert [one.id for one in opinions_of(reader, "company-0")] == [first]
    third = add_opinion(office, response, "company-0", "また来てほしい", "", "2016-05-02", PERSON)
    with office.read() as reader:
        found = reader.get(records.Opinion, third)
    assert found is not None and found.seq == 3
    with pytest.raises(AnswerRefused) as refused:
        change_opinion(office, first, PERSON, text="　")
    assert refused.value.code == "E-214"
    with pytest.raises(NotNow):
        remove_opinion(office, "none", PERSON)


def test_an_offer_goes_on_and_never_back(office: Store, targets: dict[str, str]) -> None:
    target, programme = targets["company-0"], "2016/kokunai-tenjikai"
    offer = offers.tick(office, target, programme, PERSON, ticked=True, reasons=[{"question": "V5"}])
    assert offers.tick(office, target, "2016/other", PERSON, ticked=False) != offer
    with office.read() as reader:
        assert [(one.stage, one.ticked) for one in offers.offers_of(reader, target)] == [("recommended", True)]
    when = datetime(2016, 5, 2, tzinfo=UTC)
    assert offers.hand_over(office, target, {programme: []}, PERSON, when) == [offer]
    offers.set_stage(office, offer, "applied", PERSON)
    offers.hand_over(office, target, {programme: []}, PERSON, when)
    offers.tick(office, target, programme, PERSON, ticked=False)
    with office.read() as reader:
        found = offers.offers_of(reader, target)
    assert [(one.stage, one.ticked, one.reasons) for one in found] == [("applied", False, '[{"question": "V5"}]')]
    with pytest.raises(AnswerRefused):
        offers.set_stage(office, offer, "lost", PERSON)
    with pytest.raises(NotNow):
        offers.set_stage(office, "none", "used", PERSON)
