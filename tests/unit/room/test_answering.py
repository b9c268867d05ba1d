"""What a pressed option does, and what typed text means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.ui.visit.choosing import Choosing, press
from visitapp.ui.visit.values import shown_time

ORDER = [str(number) for number in range(1, 9)]


def test_a_single_choice_is_replaced() -> None:
    assert press("3", ("1",), ORDER, single=True) == Choosing(("3",))
    assert press("3", ("3",), ORDER, single=True) == Choosing(("3",))


def test_a_multiple_choice_is_toggled_in_printed_order() -> None:
    assert press("2", ("5", "8"), ORDER, single=False).chosen == ("2", "5", "8")
    assert press("5", ("2", "5"), ORDER, single=False).chosen == ("2",)


def test_an_exclusive_option_stands_alone_both_ways() -> None:
    assert press("8", ("1", "2"), ORDER, single=False, exclusive={"8"}) == Choosing(("8",), ("1", "2"))
    assert press("1", ("8",), ORDER, single=False, exclusive={"8"}) == Choosing(("1",), ("8",))


def test_an_unknown_option_is_an_error() -> None:
    with pytest.raises(ValueError, match="9"):
        press("9", (), ORDER, single=False)


@given(st.lists(st.sampled_from(ORDER), max_size=20), st.sets(st.sampled_from(ORDER), max_size=3))
def test_no_exclusive_option_ever_stands_beside_another(pressed: list[str], exclusive: set[str]) -> None:
    chosen: tuple[str, ...] = ()
    for name in pressed:
        chosen = press(name, chosen, ORDER, single=False, exclusive=exclusive).chosen
        assert len(chosen) == len(set(chosen))
        assert len(chosen) <= 1 or not exclusive & set(chosen)


def test_a_stored_time_loses_its_seconds_only_on_the_screen() -> None:
    assert shown_time("13:30:00.000+09:00") == "13:30"
    assert shown_time("昼ごろ") == "昼ごろ"
