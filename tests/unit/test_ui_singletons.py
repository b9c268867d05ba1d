"""Under CPython 3.11 Qt must not be able to use up the references to None."""

from __future__ import annotations

import sys

import pytest

import visitapp.ui  # noqa: F401 - lends the references
from visitapp.ui.singletons import hold_singletons


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from CPython 3.12 on")
def test_none_and_the_booleans_have_references_to_spare() -> None:
    hold_singletons()
    assert all(sys.getrefcount(one) > 1 << 59 for one in (None, True, False))


def test_holding_twice_changes_nothing() -> None:
    before = sys.getrefcount(None)
    hold_singletons()
    assert abs(sys.getrefcount(None) - before) < 1000
