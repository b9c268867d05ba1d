"""Truth, choice between values, and where the evaluation stands."""

from __future__ import annotations

import math

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.moments import NoMoment
from visitapp.questionnaire.expressions.nodes import Element, Node
from visitapp.questionnaire.expressions.registry import Code, control, function, nodes_of
from visitapp.questionnaire.expressions.values import (
    NAN,
    Value,
    string_value,
    to_boolean,
    to_number,
    to_text,
)


@function("true", 0, 0)
def _true(context: Context) -> Value:
    return True


@function("false", 0, 0)
def _false(context: Context) -> Value:
    return False


@function("not", 1, 1)
def _not(context: Context, value: Value) -> Value:
    return not to_boolean(value)


@function("boolean", 1, 1)
def _boolean(context: Context, value: Value) -> Value:
    return to_boolean(value)


@function("boolean-from-string", 1, 1)
def _boolean_from_string(context: Context, value: Value) -> Value:
    return to_text(value) in ("true", "1")


@control("if", 3, 3)
def _if(condition: Code, chosen: Code, other: Code) -> Code:
    return lambda context: chosen(context) if to_boolean(condition(context)) else other(context)


@control("coalesce", 2, 2)
def _coalesce(first: Code, second: Code) -> Code:
    def code(context: Context) -> Value:
        value = first(context)
        return second(context) if is_blank(value) else value

    return code


def is_blank(value: Value) -> bool:
    """Blank text, blank or no node, NaN, no date."""
    if isinstance(value, float):
        return math.isnan(value)
    return isinstance(value, NoMoment) or (not isinstance(value, bool) and to_text(value) == "")


@control("once", 1, 1)
def _once(value: Code) -> Code:
    def code(context: Context) -> Value:
        own = string_value(context.node)
        if own:
            return own
        first = value(context)
        return "" if is_blank(first) else first

    return code


# -- the place -----------------------------------------------------------------------------------------------------
@function("current", 0, 0)
def _current(context: Context) -> Value:
    return [context.current]


@function("last", 0, 0)
def _last(context: Context) -> Value:
    return float(context.size)


@function("position", 0, 1)
def _position(context: Context, *nodes: Value) -> Value:
    """The place in the node list; of a node, its place among its siblings of the same name."""
    if not nodes:
        return float(context.position)
    found = nodes_of(nodes[0], "position")
    return float(row_number(found[0])) if found else NAN


def row_number(node: Node) -> int:
    """The place of an element among its siblings of the same name, from 1."""
    if node.parent is None or not isinstance(node, Element):
        return 1
    number = 0
    for sibling in node.parent.children:
        if sibling.local == node.local and sibling.namespace == node.namespace:
            number += 1
            if sibling is node:
                break
    return number


# -- lists of conditions -------------------------------------------------------------------------------------------
@function("checklist", 2, None)
def _checklist(context: Context, least: Value, most: Value, *values: Value) -> Value:
    true = sum(holds for value in values for holds in _conditions(value))
    return _between(context, least, true, most)


@function("weighted-checklist", 2, None)
def _weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> Value:
    if len(pairs) % 2:
        raise ExpressionError("E-125", name="weighted-checklist", text=to_text(pairs[-1]))
    conditions = [holds for value in pairs[0::2] for holds in _conditions(value)]
    weights = [number for value in pairs[1::2] for number in _weights(value, context)]
    total = sum(weight for holds, weight in zip(conditions, weights, strict=False) if holds)
    return _between(context, least, total, most)


def _conditions(value: Value) -> list[bool]:
    if isinstance(value, list):
        return [to_boolean(string_value(node)) for node in value]
    return [to_boolean(value)]


def _weights(value: Value, context: Context) -> list[float]:
    zone = context.environment.timezone
    if isinstance(value, list):
        return [to_number([node], zone) for node in value]
    return [to_number(value, zone)]


def _between(context: Context, least: Value, number: float, most: Value) -> bool:
    zone = context.environment.timezone
    low, high = to_number(least, zone), to_number(most, zone)
    return (low < 0 or number >= low) and (high < 0 or number <= high)
