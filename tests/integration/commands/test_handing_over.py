"""Laptops and headquarters through the commands: states on the way, conflicts as people read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.integration.fieldwork.conftest import PERSON, MakeOffice
from visitapp.commands import conflicts, handin
from visitapp.errors import AnswerRefused, NotNow
from visitapp.fieldwork.responses import OpenResponse, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import TargetState, add_target
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.store import records
from visitapp.store.store import Store
from visitapp.sync.inbox import MergeResult

SURVEY = shipped_surveys()[0].id
V5, USED, PLACE = Address("/data/q5/V5"), Address("/data/q7/V7-3"), Address("/data/q7/V7-1")


class Team:
    """Headquarters and two laptops with one company to visit."""

    def __init__(self, make_office: MakeOffice, folder: Path) -> None:
        self.folder = folder
        self.headquarters = make_office("headquarters")
        with self.headquarters.write(PERSON) as writer:
            writer.put(records.Company, "company-1", name="株式会社見本")
        self.target = add_target(self.headquarters, SURVEY, "company-1", PERSON)
        self.laptops = [self.laptop(make_office, f"laptop-0{number}") for number in (1, 2)]

    def laptop(self, make_office: MakeOffice, code: str) -> Store:
        store = make_office(code, "laptop")
        invited = handin.invite_device(self.headquarters, code, self.folder, PERSON)
        assert handin.enrol_device(store, invited.path, invited.code, PERSON) == code
        return store

    def hand_in(self, laptop: Store) -> None:
        path = Path(handin.pack_changes(laptop, self.folder, PERSON).path or "")
        self.take(self.headquarters, path)

    def give_back(self, laptop: Store) -> None:
        with laptop.read() as reader:
            code = next(one.code for one in reader.find(records.Device) if one.id == laptop.device)
        (package,) = handin.pack_returns(self.headquarters, self.folder, PERSON, code)
        self.take(laptop, Path(package.path or ""))

    def take(self, store: Store, path: Path) -> None:
        (result,) = handin.receive_packages(store, [path], PERSON)
        assert isinstance(result, MergeResult), result


@pytest.fixture
def team(make_office: MakeOffice, tmp_path: Path) -> Team:
    return Team(make_office, tmp_path / "stick")


def state(store: Store) -> TargetState:
    (line,) = handin.target_list(store, SURVEY)
    return line.state


def test_a_response_is_followed_until_its_receipt(team: Team) -> None:
    laptop = team.laptops[0]
    assert state(laptop) is TargetState.NOT_VISITED
    opened = OpenResponse(laptop, start_response(laptop, team.target, PERSON), PERSON)
    opened.set(V5, Answer("1"))
    assert state(laptop) is TargetState.STARTED
    opened.finalise()
    assert state(laptop) is TargetState.FINAL
    assert handin.hand_in_state(laptop).unreceipted > 0
    team.hand_in(laptop)
    assert state(laptop) is TargetState.SENT
    assert state(team.headquarters) is TargetState.RECEIVED
    team.give_back(laptop)
    assert state(laptop) is TargetState.RECEIVED
    found = handin.hand_in_state(laptop)
    assert (found.enrolled, found.unreceipted, len(found.packages)) == (True, 0, 1)
    assert handin.receipts(laptop) and handin.receipts(team.headquarters)
    # The other laptop is enrolled, but headquarters hears of it only with its first package.
    assert [device.code for device in handin.devices(team.headquarters)] == ["laptop-01", "本部"]
    with pytest.raises(NotNow) as caught:
        handin.pack_changes(laptop, team.folder, PERSON)
    assert caught.value.code == "E-426"
    with pytest.raises(NotNow) as unknown:
        handin.pack_returns(team.headquarters, team.folder, PERSON, "laptop-99")
    assert unknown.value.code == "E-428"


def at_odds(team: Team, address: Address, first: Answer, second: Answer) -> None:
    """The two laptops answer the same question differently and hand in."""
    for laptop, answer, person in zip(team.laptops, (first, second), ("staff-01", "staff-02"), strict=True):
        OpenResponse(laptop, start_response(laptop, team.target, PERSON), person).set(address, answer)
        team.hand_in(laptop)


def test_a_conflict_is_shown_in_words_settled_and_undone(team: Team) -> None:
    at_odds(team, V5, Answer("1"), NO_ANSWER)
    store = team.headquarters
    (line,) = conflicts.open_conflicts(store)
    assert (line.company, line.question) == (
        "株式会社見本", "海外生産、原材料・部品等の輸出入など、海外ビジネスの実施"
    )  # fmt: skip
    assert [(side.shown, side.person, side.device) for side in line.sides] == [
        ("無回答", "staff-02", "laptop-02"), ("実施している", "staff-01", "laptop-01"),
    ]  # fmt: skip
    with pytest.raises(AnswerRefused):
        conflicts.settle_conflict(store, line.key, 3, PERSON)
    settlement = conflicts.settle_conflict(store, line.key, 2, PERSON)
    assert conflicts.open_conflicts(store) == []
    with pytest.raises(NotNow) as decided:
        conflicts.settle_conflict(store, line.key, 1, PERSON)
    assert decided.value.code == "E-310"
    assert conflicts.undo_settlement(store, settlement.id, PERSON).key == line.key
    assert len(conflicts.open_conflicts(store, "en")) == 1
    with pytest.raises(NotNow) as unknown:
        conflicts.undo_settlement(store, "nobody:1", PERSON)
    assert unknown.value.code == "E-206"


def test_a_settlement_reaches_the_laptops(team: Team) -> None:
    at_odds(team, PLACE, Answer("1 2"), Answer("3"))
    (line,) = conflicts.open_conflicts(team.headquarters)
    chosen = next(number for number, side in enumerate(line.sides, start=1) if "；" in side.shown)
    conflicts.settle_conflict(team.headquarters, line.key, chosen, PERSON)
    for laptop in team.laptops:
        team.give_back(laptop)
        assert conflicts.open_conflicts(laptop) == []
        opened = OpenResponse(laptop, start_response(laptop, team.target, PERSON), PERSON)
        assert opened.interview.answer(PLACE) == Answer("1 2")


def test_a_value_of_its_own_settles_too(team: Team) -> None:
    at_odds(team, V5, Answer("1"), Answer("2"))
    (line,) = conflicts.open_conflicts(team.headquarters)
    conflicts.settle_with(team.headquarters, line.key, None, PERSON)
    opened = OpenResponse(team.headquarters, start_response(team.headquarters, team.target, PERSON), PERSON)
    assert not opened.interview.answer(V5).given
    with pytest.raises(NotNow):
        conflicts.settle_with(team.headquarters, line.key, None, PERSON)


def test_a_deletion_beside_an_edit_is_shown_and_decided(team: Team) -> None:
    first, second = team.laptops
    with first.write("staff-01") as writer:
        writer.delete(records.Company, "company-1")
    with second.write("staff-02") as writer:
        writer.put(records.Company, "company-1", name="株式会社見本改")
    team.hand_in(first)
    team.hand_in(second)
    (line,) = conflicts.open_conflicts(team.headquarters)
    assert line.conflict.kind == "deleted"
    edit = next(number for number, side in enumerate(line.sides, start=1) if side.change.field == "name")
    conflicts.settle_conflict(team.headquarters, line.key, edit, PERSON)
    with team.headquarters.read() as reader:
        company = reader.get(records.Company, "company-1")
    assert company is not None and (company.deleted, company.name) == (False, "株式会社見本改")
