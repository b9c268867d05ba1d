"""Hybrid logical time, ids that come out the same everywhere, values as JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.store import clock
from visitapp.store.changes import Change
from visitapp.store.identity import stable_id
from visitapp.store.values import check_received, encode, storable

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
moments = st.datetimes(NOON.replace(2020, tzinfo=None), NOON.replace(2100, tzinfo=None), timezones=st.just(UTC))


def test_a_later_wall_clock_is_taken_as_it_is() -> None:
    first = clock.next_time(NOON, 0)
    assert clock.to_datetime(first) == NOON
    assert clock.to_text(first) == f"{int(NOON.timestamp() * 1000)}-0000"


def test_a_clock_that_stands_or_goes_back_counts_on() -> None:
    first = clock.next_time(NOON, 0)
    assert clock.to_text(clock.next_time(NOON, first)).endswith("-0001")
    assert clock.next_time(NOON - timedelta(hours=3), first) == first + 1


def test_a_time_of_tomorrow_is_followed_and_one_of_next_year_is_not() -> None:
    soon, far = (clock.next_time(NOON + ahead, 0) for ahead in (timedelta(hours=20), timedelta(days=300)))
    assert clock.next_time(NOON, soon) == soon + 1
    assert clock.next_time(NOON, far) == clock.next_time(NOON, 0)


def test_more_changes_than_steps_in_one_millisecond() -> None:
    time = clock.next_time(NOON, 0)
    last = time + clock.STEPS - 1
    assert clock.to_text(last).endswith("-9999")
    assert clock.to_datetime(clock.next_time(NOON, last)) == NOON + timedelta(milliseconds=1)


@given(moments, st.integers(0, clock.STEPS - 1), moments, st.integers(0, clock.STEPS - 1))
def test_text_sorts_as_time_does(one: datetime, step: int, other: datetime, other_step: int) -> None:
    left, right = clock.next_time(one, 0) + step, clock.next_time(other, 0) + other_step
    assert (left < right) == (clock.to_text(left) < clock.to_text(right))
    assert clock.from_text(clock.to_text(left)) == left


@pytest.mark.parametrize(
    "text", ["", "1", "1795388472006", "1795388472006-1", "1795388472006-00000", "１795388472006-0000"]
)
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError):
        clock.from_text(text)


def test_ids_made_from_names_never_change() -> None:
    assert stable_id("answer", "r1", "V1-2", "") == "266bb7e5-74bb-5c1d-be9e-5e1e75317bdb"
    assert stable_id("target", "s1", "c1") != stable_id("target", "s1", "c2")


@given(st.one_of(st.text(), st.integers(-(2**63), 2**63 - 1), st.booleans()))
def test_what_we_write_we_take(value: str | int | bool) -> None:
    field = {str: "name", int: "employees", bool: "deleted"}[type(value)]
    change = received("company", field, encode(value))
    assert json.loads(change.value) == value
    if isinstance(value, str) and not storable(value):
        return
    assert check_received(change) == clock.from_text(change.hlc)


def received(table: str, field: str, value: str) -> Change:
    return Change("d:1", "d", 1, table, "r", field, value, "1795388472006-0000", "p", ())


@given(st.text(alphabet='"\\/bfnrtu0019ab\n\x07é', max_size=12))
def test_only_our_own_spelling_is_taken(inside: str) -> None:
    """Compared with the standard library: what it would write again in the same way."""
    value = f'"{inside}"'
    try:
        parsed = json.loads(value)
        ours = isinstance(parsed, str) and encode(parsed) == value and storable(parsed)
    except ValueError:
        ours = False
    try:
        check_received(received("company", "name", value))
    except Exception:
        assert not ours
    else:
        assert ours
