"""The parsed form of an expression: plain immutable data, for the linter and for "why is this asked".

``str()`` of any part gives an expression that parses to the same part again. Positions (1 = first character
of the source) take no part in comparisons. Grammar: XPath 1.0, W3C Recommendation of 16 November 1999.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from math import isinf

LEVELS = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
"""Operator -> binding strength; a larger one binds tighter."""

_SIGN, _UNION, _PATH, _PRIMARY = 7, 8, 9, 10


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written; never negative."""

    value: float

    def __str__(self) -> str:
        if isinf(self.value):
            return "1" + "0" * 309
        return format(Decimal(repr(self.value)), "f").removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Literal:
    """A text between quotes."""

    value: str
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"'{self.value}'" if "'" not in self.value else f'"{self.value}"'


@dataclass(frozen=True, slots=True)
class Operation:
    """Operators of one level, applied from the left: ``a + b - c`` has three operands and two operators."""

    operands: tuple[Syntax, ...]
    operators: tuple[str, ...]

    def __str__(self) -> str:
        level = LEVELS[self.operators[0]]
        parts = [_inside(self.operands[0], level + 1)]
        for operator, operand in zip(self.operators, self.operands[1:], strict=True):
            parts += [operator, _inside(operand, level + 1)]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Negation:
    """``times`` minus signs before an operand."""

    operand: Syntax
    times: int

    def __str__(self) -> str:
        return "-" * self.times + _inside(self.operand, _UNION)


@dataclass(frozen=True, slots=True)
class Union:
    """Node-sets joined by ``|``."""

    operands: tuple[Syntax, ...]

    def __str__(self) -> str:
        return " | ".join(_inside(operand, _PATH) for operand in self.operands)


@dataclass(frozen=True, slots=True)
class Call:
    """A function call; ``name`` as written, with its prefix."""

    name: str
    arguments: tuple[Syntax, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(str(argument) for argument in self.arguments)})"


@dataclass(frozen=True, slots=True)
class NodeTest:
    """Which nodes of an axis: ``kind`` is "name", "node", "text", "comment" or "processing-instruction".

    ``name`` is the local name, "*" for any; for an instruction its target, "" for any.
    """

    kind: str
    name: str = ""
    prefix: str = ""

    def __str__(self) -> str:
        if self.kind != "name":
            return f"{self.kind}({str(Literal(self.name)) if self.name else ''})"
        return f"{self.prefix}:{self.name}" if self.prefix else self.name


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    axis: str
    test: NodeTest
    predicates: tuple[Syntax, ...] = ()

    def __str__(self) -> str:
        predicates = "".join(f"[{predicate}]" for predicate in self.predicates)
        if not predicates and self.test.kind == "node" and self.axis in ("self", "parent"):
            return "." if self.axis == "self" else ".."
        axis = {"child": "", "attribute": "@"}.get(self.axis, f"{self.axis}::")
        return f"{axis}{self.test}{predicates}"


@dataclass(frozen=True, slots=True)
class Filter:
    """A value with predicates that is no path: ``(a | b)[1]``."""

    operand: Syntax
    predicates: tuple[Syntax, ...]

    def __str__(self) -> str:
        return _inside(self.operand, _PRIMARY) + "".join(f"[{predicate}]" for predicate in self.predicates)


@dataclass(frozen=True, slots=True)
class Path:
    """A location path. ``start``: what it begins with; None means the root if ``absolute``, else the context node."""

    start: Syntax | None
    absolute: bool
    steps: tuple[Step, ...]
    position: int = field(default=0, compare=False)

    def __str__(self) -> str:
        steps = "/".join(str(step) for step in self.steps)
        if self.start is None:
            return f"/{steps}" if self.absolute else steps
        level = _PRIMARY if not isinstance(self.start, Filter) else _PATH
        return f"{_inside(self.start, level)}/{steps}"


Syntax = Number | Literal | Operation | Negation | Union | Call | Filter | Path


def _level(part: Syntax) -> int:
    if isinstance(part, Operation):
        return LEVELS[part.operators[0]]
    if isinstance(part, Negation):
        return _SIGN
    if isinstance(part, Union):
        return _UNION
    if isinstance(part, Path) and not part.steps:
        return 0  # "/ * 5" would read the star as a step
    return _PATH if isinstance(part, Path | Filter) else _PRIMARY


def _inside(part: Syntax, least: int) -> str:
    """``part`` as text, in parentheses where it binds more loosely than ``least``."""
    return str(part) if _level(part) >= least else f"({part})"


def parts(part: Syntax) -> tuple[Syntax, ...]:
    """What ``part`` is made of, one level down, predicates included."""
    match part:
        case Operation(operands=operands) | Union(operands=operands):
            return operands
        case Negation(operand=operand):
            return (operand,)
        case Call(arguments=arguments):
            return arguments
        case Filter(operand=operand, predicates=predicates):
            return (operand, *predicates)
        case Path(start=start, steps=steps):
            inner = tuple(predicate for step in steps for predicate in step.predicates)
            return inner if start is None else (start, *inner)
    return ()


def walk(part: Syntax) -> Iterator[Syntax]:
    """``part`` and everything in it, from left to right."""
    stack = [part]
    while stack:
        here = stack.pop()
        yield here
        stack.extend(reversed(parts(here)))
