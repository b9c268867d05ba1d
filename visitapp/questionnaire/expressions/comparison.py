"""``= != < <= > >=`` (XPath 1.0 section 3.4) with dates and with ODK's reading of truth values.

Numbers count as equal when they differ by less than 1e-12, as in JavaRosa: sums of decimal fractions meet their
written result.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import tzinfo

from visitapp.questionnaire.expressions.values import (
    Value,
    string_value,
    text_number,
    to_boolean,
    to_number,
)

_TOLERANCE = 1e-12
Comparison = Callable[[Value, Value, tzinfo], bool]


def equal(left: Value, right: Value, zone: tzinfo) -> bool:
    """``left = right``."""
    if isinstance(left, list):
        return _any_node_equal(left, right, zone)
    if isinstance(right, list):
        return _any_node_equal(right, left, zone)
    return _same(left, right, zone)


def unequal(left: Value, right: Value, zone: tzinfo) -> bool:
    """``left != right``: with nodes, whether any of them differs."""
    if isinstance(right, list) and not isinstance(left, list):
        left, right = right, left
    if not isinstance(left, list):
        return not _same(left, right, zone)
    if isinstance(right, bool):
        return to_boolean(left) != right
    texts = {string_value(node) for node in left}
    if isinstance(right, list):
        others = {string_value(node) for node in right}
        return bool(texts) and bool(others) and len(texts | others) > 1
    return any(not _same(text, right, zone) for text in texts)


def _any_node_equal(nodes: Value, other: Value, zone: tzinfo) -> bool:
    assert isinstance(nodes, list)
    if isinstance(other, bool):
        return to_boolean(nodes) == other
    if isinstance(other, str):
        return any(string_value(node) == other for node in nodes)
    if isinstance(other, list):
        texts = {string_value(node) for node in nodes}
        return any(string_value(node) in texts for node in other)
    number = to_number(other, zone)
    return any(_close(text_number(string_value(node), zone), number) for node in nodes)


def _same(left: Value, right: Value, zone: tzinfo) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return to_boolean(left) == to_boolean(right)
    return _close(to_number(left, zone), to_number(right, zone))


def _close(left: float, right: float) -> bool:
    return left == right or abs(left - right) < _TOLERANCE


def _less(left: float, right: float) -> bool:
    return left < right and not _close(left, right)


def _less_or_equal(left: float, right: float) -> bool:
    return left <= right or _close(left, right)


def _numbers(value: Value, zone: tzinfo) -> list[float]:
    """The numbers to compare with: one, or one for each node; NaN, which compares with nothing, left out."""
    if isinstance(value, list):
        numbers = [text_number(string_value(node), zone) for node in value]
        return [number for number in numbers if not math.isnan(number)]
    number = to_number(value, zone)
    return [] if math.isnan(number) else [number]


def _ordered(compare: Callable[[float, float], bool]) -> Comparison:
    def below(left: Value, right: Value, zone: tzinfo) -> bool:
        lows = _numbers(left, zone)
        highs = _numbers(right, zone) if lows else []
        return bool(highs) and compare(min(lows), max(highs))

    return below


def _turned(comparison: Comparison) -> Comparison:
    return lambda left, right, zone: comparison(right, left, zone)


_BELOW = _ordered(_less)
_AT_MOST = _ordered(_less_or_equal)

COMPARISONS: dict[str, Comparison] = {
    "=": equal,
    "!=": unequal,
    "<": _BELOW,
    "<=": _AT_MOST,
    ">": _turned(_BELOW),
    ">=": _turned(_AT_MOST),
}
