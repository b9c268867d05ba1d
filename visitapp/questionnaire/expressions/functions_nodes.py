"""Node-sets: counting, names, other instances, shuffling."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable

from visitapp.questionnaire.expressions.axes import in_document_order
from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.nodes import Attribute, Element, Instruction, Node, walk
from visitapp.questionnaire.expressions.registry import function, nodes_of
from visitapp.questionnaire.expressions.values import Value, string_value, to_number, to_text


@function("count", 1, 1)
def _count(context: Context, nodes: Value) -> Value:
    return float(len(nodes_of(nodes, "count")))


@function("count-non-empty", 1, 1)
def _count_non_empty(context: Context, nodes: Value) -> Value:
    return float(sum(string_value(node) != "" for node in nodes_of(nodes, "count-non-empty")))


def _top(node: Node) -> Node:
    while node.parent is not None:
        node = node.parent
    return node


@function("id", 1, 1)
def _id(context: Context, value: Value) -> Value:
    """The elements whose attribute ``id`` is one of the names; no DTD declares others."""
    texts = [string_value(node) for node in value] if isinstance(value, list) else [to_text(value)]
    wanted = {name for text in texts for name in text.split()}
    return [node for node in walk(_top(context.node)) if isinstance(node, Element) and node.get("id") in wanted]


@function("lang", 1, 1)
def _lang(context: Context, value: Value) -> Value:
    """Whether the nearest ``xml:lang`` is the language or a variant of it."""
    wanted = to_text(value).lower()
    here: Node | None = context.node
    while here is not None:
        for attribute in here.attributes if isinstance(here, Element) else ():
            if attribute.name == "lang" and attribute.prefix == "xml":
                language = attribute.value.lower()
                return language == wanted or language.startswith(f"{wanted}-")
        here = here.parent
    return False


# -- names ---------------------------------------------------------------------------------------------------------
def _local_name(node: Node) -> str:
    if isinstance(node, Instruction):
        return node.target
    return node.name if isinstance(node, Element | Attribute) else ""


def _full_name(node: Node) -> str:
    prefix = node.prefix if isinstance(node, Element | Attribute) else ""
    return f"{prefix}:{_local_name(node)}" if prefix else _local_name(node)


def _name_function(name: str, name_of: Callable[[Node], str]) -> None:
    @function(name, 0, 1)
    def read(context: Context, *values: Value) -> Value:
        nodes = nodes_of(values[0], name) if values else [context.node]
        return name_of(nodes[0]) if nodes else ""


_name_function("local-name", _local_name)
_name_function("name", _full_name)
_name_function("namespace-uri", lambda node: node.namespace)


# -- other instances -----------------------------------------------------------------------------------------------
@function("instance", 1, 1)
def _instance(context: Context, identifier: Value) -> Value:
    found = context.environment.instances.get(to_text(identifier))
    return [] if found is None else [found]


@function("pulldata", 4, 4)
def _pulldata(context: Context, identifier: Value, column: Value, key_column: Value, key: Value) -> Value:
    """The column of the first row whose key column has the key."""
    instance = context.environment.instances.get(to_text(identifier))
    wanted, key_name, name = to_text(key), to_text(key_column), to_text(column)
    for root in instance.children if instance is not None else ():
        for row in root.children:
            if isinstance(row, Element) and _cell(row, key_name) == wanted:
                return _cell(row, name) or ""
    return ""


def _cell(row: Element, name: str) -> str | None:
    cell = row.child(name)
    return None if cell is None else cell.text


# -- order ---------------------------------------------------------------------------------------------------------
_MODULUS = 2_147_483_647
_FACTOR = 16_807


@function("randomize", 1, 2)
def _randomize(context: Context, nodes: Value, *seed: Value) -> Value:
    """Shuffled: inside-out Fisher-Yates; with a seed by the generator of Park and Miller, always the same."""
    source = in_document_order(nodes_of(nodes, "randomize"))
    draw = _park_miller(_seed(seed[0], context)) if seed else context.environment.random.random
    result: list[Node] = []
    for index, node in enumerate(source):
        place = math.floor(draw() * (index + 1))
        result.append(node)
        if place != index:
            result[index] = result[place]
            result[place] = node
    return result


def _seed(value: Value, context: Context) -> int:
    """A number cut to a whole one; of other text the first eight bytes of its SHA-256 digest; blank counts as 0."""
    number = to_number(value, context.environment.timezone)
    if math.isfinite(number):
        return int(number)
    text = to_text(value)
    if not text or isinstance(value, float):
        return 0
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big", signed=True)


def _park_miller(seed: int) -> Callable[[], float]:
    """Numbers from 0 to below 1."""
    state = seed % _MODULUS if seed >= 0 else -(-seed % _MODULUS)
    if state <= 0:
        state += _MODULUS - 1

    def draw() -> float:
        nonlocal state
        state = state * _FACTOR % _MODULUS
        return (state - 1) / (_MODULUS - 1)

    return draw
