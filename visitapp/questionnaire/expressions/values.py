"""The values of expressions and how one kind becomes another.

Kinds: text, number, truth value, moment (an aware datetime in the local zone), the moment that is none, and
node-sets (lists of nodes). Rules: XPath 1.0 section 4 and the ODK XForms specification; text that has the shape of
a date counts as days since 1970-01-01 UTC.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from visitapp.questionnaire.expressions.moments import (
    NoMoment,
    days,
    looks_like_moment,
    moment_text,
    parse_moment,
)
from visitapp.questionnaire.expressions.nodes import Comment, Node, Text

NodeSet = list[Node]
Value = str | float | bool | datetime | NoMoment | NodeSet

NAN = math.nan
SPACE = " \t\r\n"
"""White space of XPath; a full-width blank is none."""

_NUMBER = re.compile(r"-?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][+-][0-9]{1,4})?")


class WholeDays(float):
    """The number of a date: as text whole days (number('1970-01-02') is stored as "1"), in arithmetic exact."""

    __slots__ = ()


class Texts(list[Node]):
    """Nodes of one text in several forms; read as text, ``plain`` counts and not the first one."""

    def __init__(self, nodes: Sequence[Node], plain: str) -> None:
        super().__init__(nodes)
        self.plain = plain


def is_relevant(node: Node) -> bool:
    """Whether the node and everything it stands in is asked."""
    here: Node | None = node
    while here is not None:
        if not here.relevant:
            return False
        here = here.parent
    return True


def string_value(node: Node) -> str:
    """The text of a node; blank when it is not relevant, without what is not relevant in it."""
    if not is_relevant(node):
        return ""
    children = node.children
    if not children or (len(children) == 1 and isinstance(children[0], Text)):
        return node.text
    found: list[str] = []
    stack = list(reversed(children))
    while stack:
        here = stack.pop()
        if isinstance(here, Text):
            if not isinstance(here, Comment):
                found.append(here.value)
        elif here.relevant:
            stack.extend(reversed(here.children))
    return "".join(found)


def nodes_text(nodes: NodeSet) -> str:
    """The text of a node-set: that of its first node, "" without nodes."""
    if not nodes:
        return ""
    return nodes.plain if isinstance(nodes, Texts) else string_value(nodes[0])


def to_text(value: Value) -> str:
    """``string()`` of XPath 1.0 section 4.2."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return nodes_text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number_text(math.floor(value) if isinstance(value, WholeDays) and math.isfinite(value) else value)
    return "Invalid Date" if isinstance(value, NoMoment) else moment_text(value)


def number_text(value: float) -> str:
    """A number without exponent: "3", "0.25", "NaN", "Infinity", "0" for minus zero."""
    if value != value:
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == int(value):
        return str(int(value)) if abs(value) < 1e16 else format(Decimal(repr(float(value))), "f").removesuffix(".0")
    text = repr(value)
    return format(Decimal(text), "f") if "e" in text else text


def text_number(text: str, zone: tzinfo) -> float:
    """``number()`` of text: digits with a point, or a date; else NaN."""
    text = text.strip(SPACE)
    if _NUMBER.fullmatch(text):
        return float(text)
    moment = parse_moment(text, zone)
    return NAN if moment is None else days(moment)


def to_number(value: Value, zone: tzinfo) -> float:
    """``number()``; moments are days since 1970-01-01 UTC."""
    if isinstance(value, float):
        return value
    if isinstance(value, str):
        return text_number(value, zone)
    if isinstance(value, list):
        return text_number(nodes_text(value), zone)
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    return NAN if isinstance(value, NoMoment) else days(value)


def is_date(value: Value) -> bool:
    """Whether the value is a moment or text with the shape of one."""
    if isinstance(value, str | list):
        return looks_like_moment(to_text(value).strip(SPACE))
    return isinstance(value, datetime)


def to_boolean(value: Value) -> bool:
    """``boolean()`` of XPath 1.0 section 4.3: text and node-sets are true when there is something in them."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value == value and value != 0
    if isinstance(value, str | list):
        return bool(value)
    return not isinstance(value, NoMoment)


def stored_text(value: Value) -> str:
    """What is stored as an answer: as text, but NaN and what is no date are blank."""
    if isinstance(value, NoMoment) or (isinstance(value, float) and value != value):
        return ""
    return to_text(value)
