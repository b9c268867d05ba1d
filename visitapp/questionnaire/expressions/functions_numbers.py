"""Numbers."""

from __future__ import annotations

import decimal
import math
from collections.abc import Callable
from decimal import Decimal

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.registry import function, nodes_of
from visitapp.questionnaire.expressions.values import (
    NAN,
    Value,
    WholeDays,
    is_date,
    string_value,
    text_number,
    to_number,
)

_EXACT = decimal.Context(prec=1100)


@function("number", 0, 1)
def _number(context: Context, *values: Value) -> Value:
    value = values[0] if values else string_value(context.node)
    number = to_number(value, context.environment.timezone)
    return WholeDays(number) if is_date(value) else number


@function("sum", 1, 1)
def _sum(context: Context, nodes: Value) -> Value:
    zone = context.environment.timezone
    return math.fsum(text_number(string_value(node), zone) for node in nodes_of(nodes, "sum"))


def _extreme(name: str, choose: Callable[[list[float]], float]) -> None:
    @function(name, 1, None)
    def extreme(context: Context, *values: Value) -> Value:
        zone = context.environment.timezone
        numbers: list[float] = []
        for value in values:
            if isinstance(value, list):
                numbers += [text_number(string_value(node), zone) for node in value]
            else:
                numbers.append(to_number(value, zone))
        if not numbers or any(math.isnan(number) for number in numbers):
            return NAN
        return float(choose(numbers))


_extreme("min", min)
_extreme("max", max)


@function("round", 1, 2)
def _round(context: Context, value: Value, *places: Value) -> Value:
    """To ``places`` decimals (0; negative: tens, hundreds ...), halves away from zero, on the decimal digits shown."""
    zone = context.environment.timezone
    number = to_number(value, zone)
    digits = to_number(places[0], zone) if places else 0.0
    if not math.isfinite(number) or math.isnan(digits):
        return number if not math.isnan(digits) else NAN
    unit = Decimal(1).scaleb(-int(max(-400.0, min(400.0, digits))))
    rounded = Decimal(repr(float(number))).quantize(unit, decimal.ROUND_HALF_UP, context=_EXACT)
    return math.copysign(float(rounded), number)


def _number_function(name: str, compute: Callable[[float], float]) -> None:
    """A function of one number; where mathematics gives no answer it is NaN."""

    @function(name, 1, 1)
    def apply(context: Context, value: Value) -> Value:
        number = to_number(value, context.environment.timezone)
        if math.isnan(number):
            return NAN
        try:
            return float(compute(number))
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf


def _whole(cut: Callable[[float], int]) -> Callable[[float], float]:
    """Floor, ceiling or cutting, which leave infinity as it is and keep the sign of zero."""
    return lambda number: math.copysign(cut(number), number) if math.isfinite(number) else number


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _logarithm(base: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else base(number)


_NUMBER_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "floor": _floor,
    "ceiling": _whole(math.ceil),
    "int": _whole(math.trunc),
    "abs": abs,
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "exp": math.exp,
    "exp10": lambda number: math.pow(10.0, number),
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
}
for _name, _compute in _NUMBER_FUNCTIONS.items():
    _number_function(_name, _compute)


@function("atan2", 2, 2)
def _atan2(context: Context, y: Value, x: Value) -> Value:
    zone = context.environment.timezone
    return math.atan2(to_number(y, zone), to_number(x, zone))


@function("pow", 2, 2)
def _pow(context: Context, base: Value, exponent: Value) -> Value:
    zone = context.environment.timezone
    number, power = to_number(base, zone), to_number(exponent, zone)
    try:
        return math.pow(number, power)
    except ValueError:
        return math.inf if number == 0 else NAN
    except OverflowError:
        return -math.inf if number < 0 and power % 2 == 1 else math.inf


@function("pi", 0, 0)
def _pi(context: Context) -> Value:
    return math.pi


@function("random", 0, 0)
def _random(context: Context) -> Value:
    return context.environment.random.random()
