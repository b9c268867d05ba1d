"""Reading and writing records in one store."""

from __future__ import annotations

import pytest

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import Clock, all_changes
from visitapp.errors import AnswerRefused
from visitapp.store.records import (
    TRAVELLING,
    Answer,
    Company,
    Device,
    Offer,
    Package,
    Response,
    Setting,
    Survey,
    Target,
)
from visitapp.store.store import Store
from visitapp.store.tables import fields_of


def test_a_record_reads_back_as_it_was_put(store: Store) -> None:
    with store.write("staff-04") as writer:
        writer.put(Company, "c1", name='㈱𠮷田\n製作所 "A"', employees=0, capital_yen=10**12)
    with store.read() as reader:
        company = reader.get(Company, "c1")
    assert company == Company(id="c1", name='㈱𠮷田\n製作所 "A"', employees=0, capital_yen=10**12)


@pytest.mark.parametrize("kind", TRAVELLING)
def test_every_field_of_every_kind_is_kept(store: Store, kind: type[Company]) -> None:
    samples: dict[type, object] = {str: "あ", int: -7, bool: True}
    values = {name: samples[python_type] for name, python_type in fields_of(kind).items() if name != "deleted"}
    with store.write("p") as writer:
        writer.put(kind, "x", **values)
    with store.read() as reader:
        assert reader.get(kind, "x") == kind(id="x", **values)  # type: ignore[arg-type]  # values fit the class
    store.check()


def test_true_false_and_unknown_are_three_things(store: Store) -> None:
    with store.write("p") as writer:
        for name, ticked in {"a": True, "b": False, "c": None}.items():
            writer.put(Offer, name, target="t", ticked=ticked)
    with store.read() as reader:
        assert [offer.ticked for offer in reader.find(Offer)] == [True, False, None]
        assert [offer.id for offer in reader.find(Offer, ticked=True)] == ["a"]
        assert [offer.id for offer in reader.find(Offer, ticked=None)] == ["c"]


def test_only_what_differs_becomes_a_change(store: Store) -> None:
    with store.write("p") as writer:
        first = writer.put(Company, "c1", name="A", kana="エー", address=None)
        second = writer.put(Company, "c1", name="A", kana="エイ")
        third = writer.put(Company, "c1", kana=None)
    assert [(c.field, c.value) for c in first] == [("name", '"A"'), ("kana", '"エー"')]
    assert [(c.field, c.value, c.replaces) for c in second] == [("kana", '"エイ"', (first[1].id,))]
    assert [(c.value, c.replaces) for c in third] == [("null", (second[0].id,))]


def test_a_record_without_values_exists(store: Store) -> None:
    with store.write("p") as writer:
        assert [c.field for c in writer.put(Setting, "office_name", value=None)] == ["deleted"]
        assert writer.get(Setting, "office_name") == Setting(id="office_name")


def test_a_block_that_raises_writes_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("p") as writer:
        writer.put(Company, "c1", name="A")
        raise ZeroDivisionError
    assert all_changes(store) == []
    with store.write("p") as writer:
        assert writer.put(Company, "c1", name="A")[0].counter == 1


@pytest.mark.parametrize(
    "fields", [{"nome": "A"}, {"name": 3}, {"employees": "3"}, {"employees": True}, {"id": "c2"}, {"deleted": None}]
)
def test_what_does_not_fit_the_table_is_a_programming_error(store: Store, fields: dict[str, object]) -> None:
    with pytest.raises(TypeError), store.write("p") as writer:
        writer.put(Company, "c1", **fields)


@pytest.mark.parametrize("text", ["a\0b", "half \ud867"])
def test_characters_no_file_can_hold_are_refused(store: Store, text: str) -> None:
    with pytest.raises(AnswerRefused) as refused, store.write("p") as writer:
        writer.put(Company, "c1", name=text)
    assert refused.value.code == "E-204"


def test_find_by_one_or_several_values(store: Store) -> None:
    with store.write("p") as writer:
        for number in range(6):
            writer.put(
                Target, f"t{number}", survey="s1" if number % 2 else "s2", visitor=f"staff-{number}" if number else None
            )
        writer.delete(Target, "t5")
    with store.read() as reader:
        assert [t.id for t in reader.find(Target, survey="s1")] == ["t1", "t3"]
        assert [t.id for t in reader.find(Target, survey="s1", deleted=True)] == ["t1", "t3", "t5"]
        assert [t.id for t in reader.find(Target, visitor=["staff-1", "staff-2", None])] == ["t0", "t1", "t2"]
        assert [t.id for t in reader.find(Target, id=("t3", "t4"), survey="s2")] == ["t4"]
        assert reader.find(Target, visitor=[]) == []
        assert reader.count(Target) == 5
        assert reader.count(Target, survey="s1") == 2
        with pytest.raises(TypeError):
            reader.find(Target, survay="s1")


def test_put_many_is_put_for_each(make_store: MakeStore) -> None:
    one, many = make_store("one", device="d"), make_store("many", device="d")
    rows = [{"id": f"c{n}", "name": f"会社{n}", "employees": n % 3 or None} for n in range(50)]
    rows += [{"id": "c7", "name": "later"}, {"id": "c8", "deleted": True}]
    changed = [{"id": f"c{n}", "name": f"会社{n}", "kana": "カ"} for n in range(0, 50, 2)]
    for batch in (rows, changed):
        with many.write("p") as writer:
            written = writer.put_many(Company, batch)
        with one.write("p") as writer:
            merged: dict[str, dict[str, object]] = {}
            for row in batch:
                merged.setdefault(str(row["id"]), {}).update(row)
            expected = sum(len(writer.put(Company, str(row.pop("id")), **row)) for row in merged.values())
        assert written == expected
    with one.read() as left, many.read() as right:
        assert left.find(Company, deleted=True) == right.find(Company, deleted=True)
    contents = [[(c.id, c.record, c.field, c.value, c.replaces) for c in all_changes(store)] for store in (one, many)]
    assert contents[0] == contents[1]
    many.check()


def test_answers_of_a_survey_in_one_go(store: Store) -> None:
    with store.write("p") as writer:
        writer.put(Survey, "s", name="調査")
        for number, status in enumerate(["final", "draft", "final", "final"]):
            writer.put(Target, f"t{number}", survey="s" if number < 3 else "other")
            writer.put(Response, f"r{number}", target=f"t{number}", status=status)
            writer.put(Answer, f"a{number}", response=f"r{number}", path="V1", row="", value='{"text":"1"}')
            writer.put(Answer, f"b{number}", response=f"r{number}", path="V2", row="x", value=None)
        writer.put(Answer, "gone", response="r0", path="V3", row="", value='{"text":"2"}')
        writer.delete(Answer, "gone")
        writer.delete(Target, "t2")
    with store.read() as reader:
        assert reader.answer_rows("s") == [("r0", "V1", "", '{"text":"1"}')]
        assert reader.answer_rows("s", "draft") == [("r1", "V1", "", '{"text":"1"}')]
        assert reader.answer_rows("none") == []


def test_history_names_who_wrote_what_and_when(store: Store, clock: Clock) -> None:
    with store.write("staff-01") as writer:
        writer.put(Company, "c1", name="A")
    clock.jump(days=1)
    with store.write("staff-02") as writer:
        writer.put(Company, "c1", name="B", phone="03")
    with store.read() as reader:
        names = reader.history(Company, "c1", "name")
        assert [(c.value, c.person) for c in names] == [('"A"', "staff-01"), ('"B"', "staff-02")]
        assert names[0].hlc < names[1].hlc
        assert len(reader.history(Company, "c1")) == 3
        saved = reader.last_saved()
    assert saved is not None and abs((clock.now - saved).total_seconds()) < 1


def test_nothing_saved_yet(store: Store) -> None:
    with store.read() as reader:
        assert reader.last_saved() is None
        assert reader.known() == {}
        assert reader.conflicts() == []


def test_a_clock_that_stands_still_or_goes_back_keeps_the_order(store: Store, clock: Clock) -> None:
    for minutes in (0, -30, -30):
        clock.jump(minutes=minutes)
        with store.write("p") as writer:
            writer.put(Company, "c1", name=f"at {minutes} {clock.now}")
    with store.read() as reader:
        assert [c.counter for c in reader.history(Company, "c1")] == [1, 2, 3]


def test_a_clock_that_was_a_year_ahead_is_not_followed_for_ever(store: Store, clock: Clock) -> None:
    clock.jump(days=365)
    with store.write("p") as writer:
        writer.put(Company, "c1", name="wrong clock")
    clock.jump(days=-365)
    with store.write("p") as writer:
        change = writer.put(Company, "c2", name="right clock")[0]
    assert int(change.hlc[:13]) / 1000 == pytest.approx(clock.now.timestamp(), abs=1)


def test_local_values_and_records_leave_no_change(store: Store) -> None:
    store.set_local("resume", "r1/V3")
    with store.write("p") as writer:
        writer.keep(Package(id="h1", direction="out", number=1, peer="hq"))
        writer.keep(Package(id="h1", direction="out", number=1, peer="hq", status="receipted"))
        writer.set_local("draft", "a")
        with pytest.raises(TypeError):
            writer.keep(Device(id="d"))
    assert store.local("resume") == "r1/V3"
    store.set_local("resume", None)
    assert store.local("resume") is None and store.local("draft") == "a"
    with store.read() as reader:
        assert [p.status for p in reader.find(Package, peer="hq")] == ["receipted"]
    assert all_changes(store) == []


def test_one_write_block_at_a_time(store: Store) -> None:
    with store.write("p") as writer:
        writer.put(Company, "c1", name="A")
        with pytest.raises(RuntimeError), store.write("p"):
            pass
        with store.read() as reader:
            assert reader.get(Company, "c1") is None
    with store.read() as reader:
        assert reader.get(Company, "c1") is not None


def test_a_reader_sees_one_moment(store: Store) -> None:
    with store.write("p") as writer:
        writer.put(Company, "c1", name="A")
    with store.read() as reader:
        assert reader.count(Company) == 1
        with store.write("p") as writer:
            writer.put(Company, "c2", name="B")
        assert reader.count(Company) == 1
