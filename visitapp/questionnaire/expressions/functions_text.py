"""Text, lists of choice names, labels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.nodes import Element
from visitapp.questionnaire.expressions.patterns import PatternError, found_in
from visitapp.questionnaire.expressions.registry import Code, compile_path_text, control, function
from visitapp.questionnaire.expressions.values import (
    SPACE,
    Texts,
    Value,
    string_value,
    to_number,
    to_text,
)


def texts_of(values: tuple[Value, ...]) -> Iterator[str]:
    """Every value as text, every node of a node-set for itself."""
    for value in values:
        if isinstance(value, list) and not isinstance(value, Texts):
            yield from (string_value(node) for node in value)
        else:
            yield to_text(value)


def own_or(context: Context, values: tuple[Value, ...]) -> str:
    """The argument as text, or the text of the context node where none is given."""
    return to_text(values[0]) if values else string_value(context.node)


def blank_free(text: str) -> list[str]:
    """The parts between XPath's white space; a full-width blank is part of a word."""
    return [part for part in text.translate(_BLANKS).split(" ") if part]


_BLANKS = str.maketrans(dict.fromkeys(SPACE, " "))


@function("string", 0, 1)
def _string(context: Context, *values: Value) -> Value:
    return own_or(context, values)


@function("concat", 0, None)
def _concat(context: Context, *values: Value) -> Value:
    return "".join(texts_of(values))


@function("join", 1, None)
def _join(context: Context, separator: Value, *values: Value) -> Value:
    return to_text(separator).join(texts_of(values))


@function("contains", 2, 2)
def _contains(context: Context, text: Value, part: Value) -> Value:
    return to_text(part) in to_text(text)


@function("starts-with", 2, 2)
def _starts_with(context: Context, text: Value, part: Value) -> Value:
    return to_text(text).startswith(to_text(part))


@function("ends-with", 2, 2)
def _ends_with(context: Context, text: Value, part: Value) -> Value:
    return to_text(text).endswith(to_text(part))


@function("substring-before", 2, 2)
def _substring_before(context: Context, text: Value, part: Value) -> Value:
    wanted = to_text(part)
    before, found, _ = to_text(text).partition(wanted) if wanted else ("", "", "")
    return before if found else ""


@function("substring-after", 2, 2)
def _substring_after(context: Context, text: Value, part: Value) -> Value:
    whole, wanted = to_text(text), to_text(part)
    return whole.partition(wanted)[2] if wanted else whole


@function("substring", 2, 3)
def _substring(context: Context, text: Value, start: Value, *length: Value) -> Value:
    """Characters at positions p (from 1) with round(start) <= p < round(start) + round(length)."""
    zone = context.environment.timezone
    first = _rounded(to_number(start, zone))
    end = first + _rounded(to_number(length[0], zone)) if length else math.inf
    whole = to_text(text)
    if first != first or end != end or first == math.inf or end <= 1:
        return ""
    begin = max(0, int(first) - 1) if first != -math.inf else 0
    return whole[begin:] if end == math.inf else whole[begin : max(begin, int(end) - 1)]


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


@function("substr", 2, 3)
def _substr(context: Context, text: Value, start: Value, *end: Value) -> Value:
    """From ``start`` (0 = first) up to but not including ``end``; negative counts from the end."""
    zone = context.environment.timezone
    whole = to_text(text)
    first = _index(to_number(start, zone), 0)
    last = _index(to_number(end[0], zone), 0) if end else None
    return whole[first:last]


def _index(number: float, instead: int) -> int:
    if number != number:
        return instead
    return int(max(-1e9, min(1e9, number)))


@function("string-length", 0, 1)
def _string_length(context: Context, *values: Value) -> Value:
    return float(len(own_or(context, values)))


@function("normalize-space", 0, 1)
def _normalize_space(context: Context, *values: Value) -> Value:
    return " ".join(blank_free(own_or(context, values)))


@function("translate", 3, 3)
def _translate(context: Context, text: Value, old: Value, new: Value) -> Value:
    partners = to_text(new)
    table: dict[int, str] = {}
    for index, character in enumerate(to_text(old)):
        table.setdefault(ord(character), partners[index : index + 1])
    return to_text(text).translate(table)


@function("regex", 2, 2)
def _regex(context: Context, text: Value, pattern: Value) -> Value:
    """Whether the pattern is found anywhere in the text. Raises ExpressionError (E-117, E-126)."""
    source = to_text(pattern)
    try:
        return found_in(source, to_text(text))
    except PatternError as error:
        raise ExpressionError("E-117", expression="", pattern=source, position=error.position + 1) from error
    except TimeoutError as error:
        raise ExpressionError("E-126", pattern=source) from error


# -- choices -------------------------------------------------------------------------------------------------------
@function("selected", 2, 2)
def _selected(context: Context, chosen: Value, name: Value) -> Value:
    names = blank_free(to_text(chosen))
    wanted = to_text(name).strip(SPACE)
    return wanted in names if wanted else not names


@function("selected-at", 2, 2)
def _selected_at(context: Context, chosen: Value, number: Value) -> Value:
    names = blank_free(to_text(chosen))
    index = to_number(number, context.environment.timezone)
    return names[int(index)] if 0 <= index < len(names) else ""


@function("count-selected", 1, 1)
def _count_selected(context: Context, chosen: Value) -> Value:
    return float(len(blank_free(to_text(chosen))))


@control("jr:choice-name", 2, 2)
def _choice_name(name: Code, path: Code) -> Code:
    """The label of a choice; the question is given by its path as text, with blanks around it as pyxform writes it."""

    def code(context: Context) -> Value:
        chosen = to_text(name(context)).strip(SPACE)
        question = compile_path_text(to_text(path(context)).strip(SPACE))(context)
        first = question[0] if isinstance(question, list) and question else None
        if not chosen or not isinstance(first, Element):
            return ""
        return context.environment.choice_name(chosen, first, context.environment.language)

    return code


@function("jr:itext", 1, 1)
def _itext(context: Context, identifier: Value) -> Value:
    environment = context.environment
    nodes = list(environment.itext(to_text(identifier), environment.language))
    plain = next((node.text for node in nodes if isinstance(node, Element) and node.get("form") is None), "")
    return Texts(nodes, plain)
