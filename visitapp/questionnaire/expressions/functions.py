"""All functions by name, and what can be told to be wrong with a call before it is evaluated."""

from __future__ import annotations

from collections.abc import Iterator

from visitapp.questionnaire.expressions import (
    functions_control,
    functions_dates,
    functions_marks,
    functions_nodes,
    functions_numbers,
    functions_places,
    functions_repeats,
    functions_text,
)
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.patterns import PatternError, compile_pattern
from visitapp.questionnaire.expressions.registry import FUNCTIONS, Function
from visitapp.questionnaire.expressions.syntax import Call, Literal

MODULES = (
    functions_control,
    functions_dates,
    functions_marks,
    functions_nodes,
    functions_numbers,
    functions_places,
    functions_repeats,
    functions_text,
)
"""Where the functions are declared; importing them fills the registry."""


def find(name: str) -> Function:
    """The function of that name. Raises KeyError when there is none."""
    return FUNCTIONS[name]


def names() -> frozenset[str]:
    """Every name that may be called."""
    return frozenset(FUNCTIONS)


def faults_of(call: Call, source: str) -> list[ExpressionError]:
    """E-112, E-113 or E-117 when the call cannot succeed, whatever the answers."""
    return list(_faults(call, source))


def _faults(call: Call, source: str) -> Iterator[ExpressionError]:
    function = FUNCTIONS.get(call.name)
    given = len(call.arguments)
    if function is None:
        yield ExpressionError("E-112", expression=source, name=call.name, position=call.position)
    elif not function.takes(given):
        yield ExpressionError(
            "E-113",
            expression=source,
            name=call.name,
            position=call.position,
            given=given,
            expected=function.expected,
        )
    elif call.name == "regex" and isinstance(call.arguments[1], Literal):
        literal = call.arguments[1]
        try:
            compile_pattern(literal.value)
        except PatternError as error:
            position = literal.position + 1 + error.position
            yield ExpressionError("E-117", expression=source, pattern=literal.value, position=position)
