"""Taking changes in from elsewhere: any order, any repetition, and nothing that is not what it says."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import all_changes, deliver, exchange
from visitapp.errors import DamagedData
from visitapp.store.records import Answer, Company, Offer
from visitapp.store.store import Change, Store


def fill(store: Store) -> None:
    with store.write("p") as writer:
        for number in range(30):
            writer.put(Company, f"c{number}", name=f"会社{number}", employees=number)
        for number in range(0, 30, 2):
            writer.put(Company, f"c{number}", name=f"新会社{number}")
        for number in range(0, 30, 3):
            writer.delete(Company, f"c{number}")
        for number in range(0, 30, 6):
            writer.put(Company, f"c{number}", deleted=False)
        writer.put(Offer, "o", ticked=True, target="t")


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_repetition_gives_the_same(make_store: MakeStore, seed: int) -> None:
    source, target = make_store("source", device="s"), make_store("target", device="t")
    fill(source)
    changes = all_changes(source)
    shuffled = changes + random.Random(seed).sample(changes, 20)
    random.Random(seed).shuffle(shuffled)
    taken = 0
    for at in range(0, len(shuffled), 7):
        with target.write("受渡") as writer:
            taken += writer.apply(shuffled[at : at + 7])
    assert taken == len(changes)
    assert all_changes(target) == changes
    with source.read() as here, target.read() as there:
        assert here.find(Company, deleted=True) == there.find(Company, deleted=True)
        assert here.known() == there.known() == {"s": len(changes)}
    with target.write("受渡") as writer:
        assert writer.apply(changes) == 0
        assert all(writer.holds(change) for change in changes)
        assert not writer.holds(replace(changes[0], person="else"))
    target.check()


def test_known_stops_at_a_gap(make_store: MakeStore) -> None:
    source, target = make_store("source", device="s"), make_store("target", device="t")
    fill(source)
    changes = all_changes(source)
    with target.write("受渡") as writer:
        writer.apply([*changes[:10], *changes[12:20]])
        assert writer.known() == {"s": 10}
        writer.apply(changes[11:12])
        assert writer.known() == {"s": 10}
        writer.apply(changes[10:11])
        assert writer.known() == {"s": 20}
        assert [c.counter for c in writer.changes_after({"s": 18})] == [19, 20]


@pytest.fixture
def received(make_store: MakeStore) -> Change:
    source = make_store("source", device="s")
    with source.write("p") as writer:
        return writer.put(Company, "c1", name="A")[0]


@pytest.mark.parametrize(
    "forged",
    [
        {"table": "alembic_version"},
        {"table": "package"},
        {"field": "id"},
        {"field": "name; DROP TABLE company"},
        {"value": "5"},
        {"value": '"open'},
        {"value": "[1]"},
        {"value": '"\\u0041"'},
        {"value": ' "A"'},
        {"value": '"a\\u0000"'},
        {"value": '"\\ud800"'},
        {"value": "[" * 100_000},
        {"field": "employees", "value": "true"},
        {"field": "employees", "value": "1.0"},
        {"field": "employees", "value": "9223372036854775808"},
        {"field": "deleted", "value": "null"},
        {"hlc": "today"},
        {"replaces": ("s:x",)},
        {"replaces": ("s:0",)},
        {"restores": "s:"},
        {"id": "s:7"},
        {"record": "a\0b"},
    ],
)
def test_a_change_of_wrong_form_is_refused_whole(
    make_store: MakeStore, received: Change, forged: dict[str, object]
) -> None:
    target = make_store("target", device="t")
    good = replace(received, id="s:2", counter=2, record="c2")
    with pytest.raises(DamagedData) as refused, target.write("受渡") as writer:
        writer.apply([good, replace(received, **forged)])  # type: ignore[arg-type]  # forged on purpose
    assert refused.value.code == "E-312"
    assert all_changes(target) == []


@pytest.mark.parametrize("together", [True, False])
def test_one_number_with_two_contents_is_refused(make_store: MakeStore, received: Change, together: bool) -> None:
    target = make_store("target", device="t")
    other = replace(received, value='"B"')
    with pytest.raises(DamagedData) as refused, target.write("受渡") as writer:
        if together:
            writer.apply([received, other])
        else:
            writer.apply([received])
            writer.apply([other])
    assert refused.value.code == "E-313"
    assert all_changes(target) == []


def test_a_change_cannot_replace_one_of_another_record(make_store: MakeStore, received: Change) -> None:
    target = make_store("target", device="t")
    stranger = replace(received, id="x:1", device="x", record="c2", replaces=(received.id,))
    with target.write("受渡") as writer:
        writer.apply([received, stranger])
        company = writer.get(Company, "c1")
        assert company is not None and company.name == "A"
        assert [c.value for c in writer.history(Company, "c1")] == ['"A"']
    target.check()


def test_changes_that_replace_each_other_do_no_harm(make_store: MakeStore, received: Change) -> None:
    target = make_store("target", device="t")
    one = replace(received, replaces=("s:2",))
    two = replace(received, id="s:2", counter=2, value='"B"', replaces=("s:1",))
    with target.write("受渡") as writer:
        writer.apply([one])
        writer.apply([two])
        assert len(writer.history(Company, "c1")) == 2
    target.check()


def test_an_old_copy_of_a_folder_goes_on_under_a_new_name(make_store: MakeStore) -> None:
    """Someone put last week's folder back by hand: what others know of it returns, and no number is used twice."""
    laptop, hq = make_store("laptop", device="laptop"), make_store("hq", device="hq")
    with laptop.write("p") as writer:
        writer.put(Company, "c1", name="A")
    deliver(laptop, hq)
    stale = make_store("stale", device="laptop")
    deliver(hq, stale)
    with stale.write("p") as writer:
        (change,) = writer.put(Company, "c2", name="B")
    assert change.device != "laptop" and change.author == "laptop" and change.counter == 1
    exchange(stale, hq, laptop)
    with laptop.read() as reader:
        assert reader.count(Company) == 2
        assert reader.last_saved() is not None


def test_a_big_batch_is_one_transaction(make_store: MakeStore) -> None:
    source, target = make_store("source", device="s"), make_store("target", device="t")
    rows = [
        {"id": f"a{n}", "response": f"r{n % 50}", "path": f"V{n % 9}", "row": "", "value": f'{{"text":"{n}"}}'}
        for n in range(6000)
    ]
    with source.write("p") as writer:
        assert writer.put_many(Answer, rows) == 24_000
    assert deliver(source, target) == 24_000
    target.check()
    with source.read() as here, target.read() as there:
        assert here.find(Answer) == there.find(Answer)
