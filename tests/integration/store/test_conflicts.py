"""The register's rules, one by one: what merges by itself, what is a conflict, how it is decided and undecided."""

from __future__ import annotations

import pytest

from tests.integration.store.conftest import MakeStore
from tests.integration.store.stores import Clock, deliver, exchange
from visitapp.errors import NotNow
from visitapp.store.records import Company, Record
from visitapp.store.store import Change, Conflict, Store


@pytest.fixture
def pair(make_store: MakeStore) -> tuple[Store, Store]:
    """Two stores that both know company c1 named "A"."""
    left, right = make_store("left", device="left"), make_store("right", device="right")
    put(left, name="A")
    exchange(left, right)
    return left, right


def put(store: Store, record: str = "c1", **fields: object) -> list[Change]:
    with store.write(f"at {store.device}") as writer:
        return writer.put(Company, record, **fields)


def remove(store: Store, record: str = "c1") -> list[Change]:
    with store.write(f"at {store.device}") as writer:
        return writer.delete(Company, record)


def settle(store: Store, value: object) -> Change:
    with store.write("本部") as writer:
        (conflict,) = writer.conflicts()
        return writer.settle(conflict, value)


def company(store: Store, record: str = "c1") -> Company:
    with store.read() as reader:
        found = reader.get(Company, record)
    assert found is not None
    return found


def conflicts(store: Store) -> list[Conflict]:
    with store.read() as reader:
        return reader.conflicts()


def values(conflict: Conflict) -> set[tuple[str, str]]:
    return {(change.field, change.value) for change in conflict.changes}


def same(*stores: Store) -> Record:
    """After an exchange all stores show the same and are sound."""
    exchange(*stores)
    for store in stores:
        store.check()
    assert len({company(store) for store in stores}) == 1
    assert len({tuple(map(values_of, conflicts(store))) for store in stores}) == 1
    return company(stores[0])


def values_of(conflict: Conflict) -> tuple[str, frozenset[tuple[str, str]]]:
    return conflict.field, frozenset(values(conflict))


def test_an_edit_that_knew_the_value_replaces_it(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(right, name="B")
    deliver(right, left)
    assert company(left).name == "B" and conflicts(left) == []


def test_a_replaced_value_of_a_clock_far_ahead_does_not_show(pair: tuple[Store, Store], clock: Clock) -> None:
    left, right = pair
    clock.jump(days=400)
    put(left, name="B")
    clock.jump(days=-400)
    deliver(left, right)
    put(right, name="C")
    assert company(right).name == "C"
    assert same(left, right) == Company(id="c1", name="C")
    assert conflicts(left) == []


def test_edits_of_different_fields_merge(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, phone="03-1")
    put(right, address="北品川")
    assert same(left, right) == Company(id="c1", name="A", phone="03-1", address="北品川")
    assert conflicts(left) == []


def test_two_different_values_are_both_kept_and_the_newer_is_shown(pair: tuple[Store, Store], clock: Clock) -> None:
    left, right = pair
    put(left, name="B")
    clock.jump(hours=1)
    put(right, name="C")
    assert company(right).name == "C"
    same(left, right)
    (conflict,) = conflicts(left)
    assert (conflict.table, conflict.record, conflict.field, conflict.kind) == ("company", "c1", "name", "values")
    assert [(c.value, c.person) for c in conflict.changes] == [('"C"', "at right"), ('"B"', "at left")]
    assert company(left).name == "C"


def test_equal_values_are_no_conflict(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="B")
    same(left, right)
    assert conflicts(left) == []
    put(left, name="C")
    assert same(left, right) == Company(id="c1", name="C")
    assert conflicts(right) == []


def test_three_values_two_of_them_equal(make_store: MakeStore) -> None:
    stores = [make_store(name, device=name) for name in ("a", "b", "c")]
    for store, name in zip(stores, ("X", "Y", "X"), strict=True):
        put(store, name=name)
    same(*stores)
    (conflict,) = conflicts(stores[0])
    assert values(conflict) == {("name", '"X"'), ("name", '"Y"')}
    assert len(conflict.changes) == 2
    settle(stores[1], "X")
    same(*stores)
    assert conflicts(stores[2]) == []


def test_the_same_record_made_twice(make_store: MakeStore) -> None:
    left, right = make_store("left", device="left"), make_store("right", device="right")
    put(left, name="A", phone="1")
    put(right, name="A", phone="2")
    same(left, right)
    assert [c.field for c in conflicts(left)] == ["phone"]


def test_settling_replaces_all_sides_and_travels(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    change = settle(left, "D")
    assert len(change.replaces) == 2
    assert same(left, right) == Company(id="c1", name="D")
    assert conflicts(right) == []


def test_writing_another_value_settles_but_writing_the_shown_one_does_not(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    assert put(left, name=company(left).name, phone="03") and len(conflicts(left)) == 1
    put(left, name="D")
    assert conflicts(left) == []


def test_a_settlement_undone_brings_every_value_back(pair: tuple[Store, Store]) -> None:
    left, right = pair
    (b,) = put(left, name="B")
    (c,) = put(right, name="C")
    exchange(left, right)
    settlement = settle(left, "D")
    with left.write("本部") as writer:
        conflict = writer.unsettle(settlement.id)
    assert {(change.value, change.restores) for change in conflict.changes} == {('"B"', b.id), ('"C"', c.id)}
    assert all(change.replaces == (settlement.id,) for change in conflict.changes)
    same(left, right)
    assert values(conflicts(right)[0]) == values(conflict)
    again = settle(right, "B")
    same(left, right)
    with left.write("本部") as writer:
        once_more = writer.unsettle(again.id)
    assert {change.restores for change in once_more.changes} == {b.id, c.id}


def test_what_came_after_the_conflict_was_shown_is_not_settled_away(make_store: MakeStore) -> None:
    a, b, c = (make_store(name, device=name) for name in "abc")
    for store, name in ((a, "A"), (b, "B"), (c, "C")):
        put(store, name=name)
    deliver(b, a)
    (shown,) = conflicts(a)
    deliver(c, a)
    with a.write("本部") as writer:
        writer.settle(shown, "A")
    assert values(conflicts(a)[0]) == {("name", '"A"'), ("name", '"C"')}


def test_a_conflict_is_settled_once(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    (shown,) = conflicts(left)
    settle(left, "B")
    with pytest.raises(NotNow) as refused, left.write("本部") as writer:
        writer.settle(shown, "C")
    assert refused.value.code == "E-310"
    with pytest.raises(TypeError), right.write("本部") as writer:
        writer.settle(shown, 5)


def test_two_offices_settle_differently(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    settle(left, "B")
    settle(right, "C")
    same(left, right)
    assert values(conflicts(left)[0]) == {("name", '"B"'), ("name", '"C"')}


def test_only_a_settlement_that_still_holds_can_be_undone(pair: tuple[Store, Store]) -> None:
    left, right = pair
    (plain,) = put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    settlement = settle(left, "D")
    put(left, name="E")
    with left.write("本部") as writer:
        with pytest.raises(NotNow) as refused:
            writer.unsettle(settlement.id)
        assert refused.value.code == "E-311"
        (edit,) = writer.put(Company, "c1", phone="1")
        with pytest.raises(ValueError):
            writer.unsettle(edit.id)
        for unknown in ("left:999", "nobody:1", "no id"):
            with pytest.raises(KeyError):
                writer.unsettle(unknown)
        with pytest.raises(NotNow):
            writer.unsettle(plain.id)
    assert company(left).name == "E"


# --- deletion ---


def test_a_deleted_record_keeps_its_values_and_comes_back_with_them(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, phone="03")
    (deletion,) = remove(left)
    assert len(deletion.replaces) == 2
    assert same(left, right) == Company(id="c1", name="A", phone="03", deleted=True)
    assert remove(left) == []
    restored = put(left, deleted=False)
    assert {(c.field, c.value) for c in restored} == {("deleted", "false"), ("name", '"A"'), ("phone", '"03"')}
    assert all(c.restores for c in restored[1:])
    assert same(left, right) == Company(id="c1", name="A", phone="03")
    assert conflicts(left) == []


def test_deleting_what_is_unknown(store: Store) -> None:
    with pytest.raises(KeyError):
        remove(store)


def test_a_record_comes_back_with_new_values(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    put(left, deleted=False, name="A", phone="new", kana=None)
    assert same(left, right) == Company(id="c1", name="A", phone="new")
    assert conflicts(left) == []


def test_deletion_beside_an_edit_is_a_conflict(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    put(right, phone="03")
    same(left, right)
    (conflict,) = conflicts(left)
    assert conflict.kind == conflict.field == "deleted"
    assert values(conflict) == {("deleted", "true"), ("phone", '"03"')}


@pytest.mark.parametrize("stays_deleted", [True, False])
def test_a_contested_deletion_settled_and_undone(pair: tuple[Store, Store], stays_deleted: bool) -> None:
    left, right = pair
    remove(left)
    put(right, phone="03")
    exchange(left, right)
    before = values(conflicts(left)[0])
    settlement = settle(right, stays_deleted)
    assert same(left, right) == Company(id="c1", name="A", phone="03", deleted=stays_deleted)
    assert conflicts(left) == []
    with left.write("本部") as writer:
        conflict = writer.unsettle(settlement.id)
    assert conflict.kind == "deleted" and values(conflict) == before
    same(left, right)
    settle(left, False)
    assert same(left, right) == Company(id="c1", name="A", phone="03")


def test_a_plain_deletion_or_return_is_no_settlement(pair: tuple[Store, Store]) -> None:
    left, _ = pair
    (deletion,) = remove(left)
    with left.write("p") as writer:
        with pytest.raises(ValueError):
            writer.unsettle(deletion.id)
        back = writer.put(Company, "c1", deleted=False)[0]
        with pytest.raises(ValueError):
            writer.unsettle(back.id)


def test_an_edit_of_a_deleted_record_does_not_bring_it_back_nor_make_a_conflict(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    put(left, name="B")
    assert same(left, right) == Company(id="c1", name="B", deleted=True)
    assert conflicts(left) == []


def test_an_edit_beside_a_contested_deletion_leaves_it_contested(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    put(right, phone="03", address="大崎")
    exchange(left, right)
    put(left, phone="04")
    assert values(conflicts(left)[0]) == {("deleted", "true"), ("phone", '"04"'), ("address", '"大崎"')}


def test_both_delete(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    remove(right)
    same(left, right)
    assert conflicts(left) == []
    put(left, deleted=False)
    put(right, deleted=False)
    assert same(left, right) == Company(id="c1", name="A")
    assert conflicts(left) == []


def test_one_deletes_again_while_the_other_brings_back(pair: tuple[Store, Store]) -> None:
    left, right = pair
    remove(left)
    exchange(left, right)
    put(left, deleted=False)
    with right.write("p") as writer:
        writer.put(Company, "c1", deleted=False)
        writer.delete(Company, "c1")
    same(left, right)
    assert [c.kind for c in conflicts(left)] == ["deleted"]


def test_a_conflict_that_was_deleted_comes_back_as_a_conflict(pair: tuple[Store, Store]) -> None:
    left, right = pair
    put(left, name="B")
    put(right, name="C")
    exchange(left, right)
    remove(left)
    assert conflicts(left) == []
    put(left, deleted=False)
    same(left, right)
    assert values(conflicts(left)[0]) == {("name", '"B"'), ("name", '"C"')}


def test_put_with_deleted_writes_and_deletes(store: Store) -> None:
    put(store, name="A", deleted=True)
    assert company(store) == Company(id="c1", name="A", deleted=True)
    assert conflicts(store) == []
    store.check()
