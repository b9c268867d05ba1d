"""Syntax to closures. Everything that can be decided from the text is decided here, once."""

from __future__ import annotations

import math
from collections.abc import Callable

from visitapp.questionnaire.expressions.axes import in_document_order
from visitapp.questionnaire.expressions.comparison import COMPARISONS
from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.functions import faults_of, find
from visitapp.questionnaire.expressions.paths import compile_path, narrowing, only_relevant
from visitapp.questionnaire.expressions.registry import Code, nodes_of
from visitapp.questionnaire.expressions.syntax import (
    Call,
    Filter,
    Literal,
    Negation,
    Number,
    Operation,
    Path,
    Syntax,
    Union,
)
from visitapp.questionnaire.expressions.values import NAN, Value, to_boolean, to_number


def compile_syntax(part: Syntax) -> Code:
    """The code of ``part``. Raises nothing: faults become code that raises when it is reached."""
    match part:
        case Number(value=value) | Literal(value=value):
            constant: Value = value
            return lambda context: constant
        case Path():
            return compile_path(part, compile_syntax)
        case Call():
            return _call(part)
        case Operation():
            return _operation(part)
        case Negation(operand=operand, times=times):
            return _negation(compile_syntax(operand), times)
        case Filter():
            return _filter(part)
        case Union():
            return _union([compile_syntax(operand) for operand in part.operands])


def _call(call: Call) -> Code:
    faults = faults_of(call, "")
    if faults:
        code, values = faults[0].code, faults[0].values

        def fail(context: Context) -> Value:
            raise ExpressionError(code, **values)

        return fail
    return find(call.name).build(*[compile_syntax(argument) for argument in call.arguments])


def _filter(part: Filter) -> Code:
    operand = compile_syntax(part.operand)
    narrow = narrowing(part.predicates, compile_syntax)
    assert narrow is not None
    return lambda context: narrow(nodes_of(operand(context), "[]"), context)


def _union(operands: list[Code]) -> Code:
    def code(context: Context) -> Value:
        found = [node for operand in operands for node in nodes_of(operand(context), "|")]
        return only_relevant(in_document_order(found))

    return code


def _negation(operand: Code, times: int) -> Code:
    if times % 2 == 0:
        return lambda context: to_number(operand(context), context.environment.timezone) + 0.0
    return lambda context: -to_number(operand(context), context.environment.timezone)


def _operation(part: Operation) -> Code:
    operands = [compile_syntax(operand) for operand in part.operands]
    operator = part.operators[0]
    if operator in ("and", "or"):
        return _logic(operands, decides=operator == "or")
    if operator in COMPARISONS:
        return _comparison(operands, part.operators)
    return _arithmetic(operands, part.operators)


def _logic(operands: list[Code], decides: bool) -> Code:
    """``and`` is decided by the first false, ``or`` by the first true."""

    def code(context: Context) -> Value:
        for operand in operands:
            value = operand(context)
            if (value if isinstance(value, bool) else to_boolean(value)) is decides:
                return decides
        return not decides

    return code


def _comparison(operands: list[Code], operators: tuple[str, ...]) -> Code:
    first, second = operands[:2]
    compare = COMPARISONS[operators[0]]
    if len(operands) == 2:
        return lambda context: compare(first(context), second(context), context.environment.timezone)
    pairs = [(COMPARISONS[operator], operand) for operator, operand in zip(operators, operands[1:], strict=True)]

    def code(context: Context) -> Value:
        value = first(context)
        for following, operand in pairs:
            value = following(value, operand(context), context.environment.timezone)
        return value

    return code


def _arithmetic(operands: list[Code], operators: tuple[str, ...]) -> Code:
    first = operands[0]
    pairs = [(_ARITHMETIC[operator], operand) for operator, operand in zip(operators, operands[1:], strict=True)]

    def code(context: Context) -> Value:
        zone = context.environment.timezone
        result = to_number(first(context), zone)
        for apply, operand in pairs:
            result = apply(result, to_number(operand(context), zone))
        return result

    return code


def _divide(left: float, right: float) -> float:
    """IEEE 754: by zero it is infinite, 0 div 0 is NaN."""
    if right:
        return left / right
    if left == 0 or left != left:
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def _remainder(left: float, right: float) -> float:
    """The remainder of a division cut towards zero; it has the sign of ``left``."""
    if right == 0 or math.isinf(left):
        return NAN
    return math.fmod(left, right)


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": float.__add__,
    "-": float.__sub__,
    "*": float.__mul__,
    "div": _divide,
    "mod": _remainder,
}
