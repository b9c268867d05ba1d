"""A response being worked on: what the caller hears as saved is on disk, and every step can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.integration.fieldwork.conftest import PERSON
from tests.integration.store.stores import PASSPHRASE
from visitapp.errors import AnswerRefused, EnvironmentProblem, NotNow
from visitapp.fieldwork.answers import answers_of
from visitapp.fieldwork.responses import NotReady, OpenResponse, previous_responses, send_back, start_response
from visitapp.fieldwork.surveys import shipped_surveys
from visitapp.fieldwork.targets import add_target
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.store import records
from visitapp.store.store import Reader, Store, Writer, open_store

V5 = Address("/data/q5/V5")
FOUNDED, BAND = Address("/data/q1/V1-5"), Address("/data/q1/V-founded")
USED, SHEETS, P1, P3 = Address("/data/q7/V7-3"), "/data/sheets", "/data/sheets/P1", "/data/sheets/P3"
ORIGIN, ORIGIN_OTHER = Address("/data/q1/V1-11"), Address("/data/q1/V1-11_other")


def clock() -> datetime:
    return datetime(2016, 5, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def target(office: Store) -> str:
    with office.write(PERSON) as writer:
        writer.put(records.Company, "company-1", name="株式会社見本")
    return add_target(office, shipped_surveys()[0].id, "company-1", PERSON, mode="訪問")


@pytest.fixture
def opened(office: Store, target: str) -> OpenResponse:
    return OpenResponse(office, start_response(office, target, PERSON), PERSON, clock=clock)


def stored(office: Store, opened: OpenResponse) -> dict[Address, Answer]:
    with office.read() as reader:
        return answers_of(reader.find(records.Answer, response=opened.response.id))


def test_a_response_is_started_once(office: Store, target: str) -> None:
    first = start_response(office, target, PERSON)
    assert start_response(office, target, "staff-02") == first
    with office.read() as reader:
        assert reader.count(records.Response) == 1
    with pytest.raises(NotNow) as caught:
        start_response(office, "nowhere", PERSON)
    assert caught.value.code == "E-206"


def test_an_answer_is_on_disk_with_all_that_follows_from_it(office: Store, target: str) -> None:
    opened = OpenResponse(office, start_response(office, target, PERSON), PERSON, clock=clock)
    effect = opened.set(FOUNDED, Answer("1950"))
    assert effect.changed[BAND] == Answer("7")
    assert opened.unsaved == {}
    folder, response = office.folder, opened.response.id
    office.close()
    again = open_store(folder, PASSPHRASE)
    try:
        reopened = OpenResponse(again, response, PERSON, clock=clock)
        assert reopened.interview.answer(FOUNDED) == Answer("1950")
        assert reopened.interview.answer(BAND) == Answer("7")
    finally:
        again.close()


def test_looking_writes_nothing(office: Store, opened: OpenResponse) -> None:
    OpenResponse(office, opened.response.id, PERSON, clock=clock)
    assert stored(office, opened) == {}


def test_one_action_is_one_transaction(office: Store, opened: OpenResponse) -> None:
    with office.read() as reader:
        before = sum(1 for _ in reader.changes_after({}))
    opened.set(V5, Answer("1"))
    with office.read() as reader:
        after = list(reader.changes_after({}))[before:]
    assert {change.table for change in after} == {"answer"}
    assert stored(office, opened)[V5] == Answer("1")


def test_undo_and_redo_are_new_changes(office: Store, opened: OpenResponse) -> None:
    opened.set(FOUNDED, Answer("1950"))
    opened.set(FOUNDED, NO_ANSWER)
    assert opened.can_undo and not opened.can_redo
    opened.undo()
    assert stored(office, opened)[FOUNDED] == Answer("1950")
    assert stored(office, opened)[BAND] == Answer("7")
    opened.undo()
    assert FOUNDED not in stored(office, opened) and BAND not in stored(office, opened)
    assert opened.undo() is None
    opened.redo()
    opened.redo()
    assert stored(office, opened)[FOUNDED] == NO_ANSWER
    assert opened.redo() is None
    with office.read() as reader:
        record = reader.find(records.Answer, response=opened.response.id, path=FOUNDED.path)[0]
        assert len(reader.history(records.Answer, record.id, "value")) == 6
    opened.undo()
    opened.set(V5, Answer("2"))
    assert not opened.can_redo


def test_rows_come_and_go_and_come_back(office: Store, opened: OpenResponse) -> None:
    opened.set(USED, Answer("1"))
    row, effect = opened.add_row(SHEETS, picked=(P1, "3"))
    assert effect.structure
    opened.set(Address(P3, (row,)), Answer("2"))
    opened.remove_row(SHEETS, (row,))
    assert not [address for address in stored(office, opened) if address.rows]
    opened.undo()
    found = stored(office, opened)
    assert (found[Address(P1, (row,))], found[Address(P3, (row,))]) == (Answer("3"), Answer("2"))
    assert opened.interview.rows(SHEETS) == (row,)
    opened.redo()
    assert opened.interview.rows(SHEETS) == ()
    for _ in range(3):
        opened.undo()
    assert opened.interview.rows(SHEETS) == ()
    opened.redo()
    assert stored(office, opened)[Address(P1, (row,))] == Answer("3")


def test_the_same_programme_picked_on_two_laptops_is_one_sheet(opened: OpenResponse, office: Store) -> None:
    elsewhere = OpenResponse(office, opened.response.id, "staff-02", clock=clock)
    first, _ = opened.add_row(SHEETS, picked=(P1, "3"))
    second, _ = elsewhere.add_row(SHEETS, picked=(P1, "3"))
    assert first == second
    assert opened.add_row(SHEETS, picked=(P1, "4"))[0] != first


def test_finalising_is_refused_while_something_is_open_and_allows_gaps(opened: OpenResponse) -> None:
    opened.set(ORIGIN, Answer("7"))
    opened.set(FOUNDED, Answer("1850"))
    with pytest.raises(NotReady) as caught:
        opened.finalise()
    assert (caught.value.code, caught.value.values) == ("E-210", {"count": 2, "errors": 1, "warnings": 1})
    assert {problem.address for problem in caught.value.problems} == {ORIGIN_OTHER, FOUNDED}
    opened.set(ORIGIN_OTHER, Answer("親会社の事業を引き継いだ"))
    opened.set(FOUNDED, Answer("1850", reason="社史で確かめた"))
    assert opened.interview.gaps()
    opened.finalise()
    assert opened.is_final
    assert opened.response.finalised_at == "2016-05-02"


def test_a_final_response_opens_again_only_with_a_reason(office: Store, opened: OpenResponse) -> None:
    opened.finalise()
    for act in (lambda: opened.set(V5, Answer("1")), lambda: opened.add_row(SHEETS), opened.undo, opened.redo):
        with pytest.raises(NotNow) as refused:
            act()
        assert refused.value.code == "E-211"
    with pytest.raises(AnswerRefused) as caught:
        opened.reopen("  ")
    assert caught.value.code == "E-212"
    opened.reopen("電話で訂正があった")
    opened.set(V5, Answer("1"))
    opened.finalise()
    send_back(office, opened.response.id, "内訳を確かめてください", "staff-00")
    again = OpenResponse(office, opened.response.id, PERSON)
    assert (again.response.status, again.response.reopen_reason) == ("returned", "内訳を確かめてください")
    again.set(V5, Answer("2"))


def test_what_cannot_be_entered_leaves_nothing_behind(opened: OpenResponse) -> None:
    with pytest.raises(AnswerRefused) as caught:
        opened.set(BAND, Answer("1"))
    assert caught.value.code == "E-201"
    assert not opened.can_undo
    assert opened.unsaved == {}


def test_what_the_disk_refuses_is_kept_and_written_with_the_next_try(
    office: Store, opened: OpenResponse, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(person: str) -> Iterator[Writer]:
        raise EnvironmentProblem("E-305")
        yield

    monkeypatch.setattr(office, "write", full)
    with pytest.raises(EnvironmentProblem):
        opened.set(V5, Answer("1"))
    assert opened.unsaved[V5] == Answer("1")
    assert opened.interview.answer(V5) == Answer("1")
    assert V5 not in stored(office, opened)
    monkeypatch.undo()
    opened.set(FOUNDED, Answer("1990"))
    assert opened.unsaved == {}
    assert (stored(office, opened)[V5], stored(office, opened)[FOUNDED]) == (Answer("1"), Answer("1990"))


def test_notes_and_the_place_where_one_was(office: Store, opened: OpenResponse) -> None:
    opened.note(V5, "来年また聞く")
    opened.keep_resume_point(Address(P1, ("row-1",)))
    again = OpenResponse(office, opened.response.id, PERSON)
    assert again.notes == {V5: "来年また聞く"}
    assert again.interview.answer(V5) == UNANSWERED
    assert again.resume_point() == Address(P1, ("row-1",))
    again.note(V5, "")
    assert OpenResponse(office, opened.response.id, PERSON).notes == {}


def test_answers_of_an_earlier_survey(filled: Store) -> None:
    visit = shipped_surveys()[0]
    with filled.write(PERSON) as writer:
        first = writer.get(records.Survey, visit.id)
        assert first is not None
        writer.put(records.Survey, "next", name="平成29年度", form=first.form, starts_on="2017-04-01")
        answered = writer.find(records.Response, mode="訪問")[0]
        company = company_of(writer, answered)
    add_target(filled, "next", company, PERSON)
    with filled.read() as reader:
        following = reader.get(records.Survey, "next")
        assert following is not None
        found = previous_responses(reader, company, following)
        assert [(one.survey.id, one.response.id) for one in found] == [(visit.id, answered.id)]
        assert found[0].answers[FOUNDED].given
        assert previous_responses(reader, company, first) == []


def company_of(reader: Reader, response: records.Response) -> str:
    target = reader.get(records.Target, response.target or "")
    assert target is not None and target.company is not None
    return target.company
