"""How a function is declared and found. The functions themselves stand in ``functions_*.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.values import NodeSet, Value

Code = Callable[[Context], Value]
"""A compiled part of an expression."""


@dataclass(frozen=True, slots=True)
class Function:
    """``least`` to ``most`` arguments (None: any number); ``build`` makes code of the arguments' code."""

    least: int
    most: int | None
    build: Callable[..., Code]

    @property
    def expected(self) -> str:
        """The number of arguments as "2", "1-3" or "1-"."""
        if self.least == self.most:
            return str(self.least)
        return f"{self.least}-{'' if self.most is None else self.most}"

    def takes(self, count: int) -> bool:
        """Whether ``count`` arguments are right."""
        return count >= self.least and (self.most is None or count <= self.most)


FUNCTIONS: dict[str, Function] = {}

Eager = TypeVar("Eager", bound=Callable[..., Value])
Lazy = TypeVar("Lazy", bound=Callable[..., Code])


def function(name: str, least: int, most: int | None) -> Callable[[Eager], Eager]:
    """Declare a function of (context, *values)."""

    def declare(body: Eager) -> Eager:
        FUNCTIONS[name] = Function(least, most, lambda *arguments: _applied(body, arguments))
        return body

    return declare


def control(name: str, least: int, most: int | None) -> Callable[[Lazy], Lazy]:
    """Declare a function that gets the code of its arguments and decides itself what is evaluated."""

    def declare(build: Lazy) -> Lazy:
        FUNCTIONS[name] = Function(least, most, build)
        return build

    return declare


def _applied(body: Callable[..., Value], arguments: tuple[Code, ...]) -> Code:
    if not arguments:
        return body
    if len(arguments) == 1:
        (only,) = arguments
        return lambda context: body(context, only(context))
    if len(arguments) == 2:
        first, second = arguments
        return lambda context: body(context, first(context), second(context))
    return lambda context: body(context, *[argument(context) for argument in arguments])


@lru_cache(maxsize=512)
def compile_path_text(text: str) -> Code:
    """The code of a path that a function receives as text. Raises ExpressionError when it cannot be read."""
    from visitapp.questionnaire.expressions.compiler import compile_syntax
    from visitapp.questionnaire.expressions.parser import parse

    return compile_syntax(parse(text))


def nodes_of(value: Value, name: str) -> NodeSet:
    """``value`` as nodes. Raises ExpressionError (E-120) naming the function ``name`` when it is none."""
    if isinstance(value, list):
        return value
    raise ExpressionError("E-120", name=name)
