"""The public face: an expression, read once, evaluated often."""

from __future__ import annotations

from functools import cached_property, lru_cache

from visitapp.questionnaire.expressions import syntax
from visitapp.questionnaire.expressions.compiler import compile_syntax
from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.functions import faults_of
from visitapp.questionnaire.expressions.parser import DEEPEST, parse
from visitapp.questionnaire.expressions.references import references_of
from visitapp.questionnaire.expressions.syntax import Call, Literal, Syntax
from visitapp.questionnaire.expressions.values import Value, stored_text, to_boolean, to_number, to_text


class Expression:
    """A compiled expression. Immutable; may be shared between interviews.

    All ways of evaluating raise ExpressionError: E-112, E-113 when a fault named by ``faults`` is reached, E-12x for
    values that cannot be used. What ``and``, ``or``, ``if`` and ``coalesce`` do not need is not evaluated.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.tree: Syntax = parse(source)
        """The syntax; see ``syntax.py``. ``str(tree)`` is a normalised source."""
        try:
            self._code = compile_syntax(self.tree)
        except RecursionError:
            raise ExpressionError("E-114", expression=source, limit=DEEPEST) from None

    def __repr__(self) -> str:
        return f"Expression({self.source!r})"

    # -- evaluating -------------------------------------------------------------------------------------------
    def evaluate(self, context: Context) -> Value:
        """The value as it is: text, number, truth value, moment or nodes."""
        return self._code(context)

    def string(self, context: Context) -> str:
        """The value as ``string()`` gives it; NaN is "NaN"."""
        return to_text(self._code(context))

    def stored(self, context: Context) -> str:
        """The value as it is stored in an answer: NaN and what is no date are blank."""
        return stored_text(self._code(context))

    def boolean(self, context: Context) -> bool:
        """The value as ``boolean()`` gives it."""
        return to_boolean(self._code(context))

    def number(self, context: Context) -> float:
        """The value as ``number()`` gives it; a moment counts as days since 1970-01-01 UTC."""
        return to_number(self._code(context), context.environment.timezone)

    # -- asking about it --------------------------------------------------------------------------------------
    def references(self, context_path: str) -> frozenset[str]:
        """The element paths of the primary instance that the value may depend on, without predicates.

        ``context_path`` is the absolute path of the node that the expression belongs to ("/data/q1/V1-2"), against
        which relative paths are resolved. A path that cannot be resolved from the text alone (wildcards, ``//``,
        sibling axes) comes as its longest certain beginning followed by "/*": anything below it.
        """
        return references_of(self.tree, context_path)

    @cached_property
    def functions(self) -> tuple[tuple[str, int], ...]:
        """Name and number of arguments of every call, from left to right."""
        return tuple((call.name, len(call.arguments)) for call in self._calls)

    @cached_property
    def instances(self) -> frozenset[str]:
        """The ids of the secondary instances it names: the first, literal argument of instance() and pulldata()."""
        return frozenset(
            call.arguments[0].value
            for call in self._calls
            if call.name in ("instance", "pulldata") and call.arguments and isinstance(call.arguments[0], Literal)
        )

    @cached_property
    def faults(self) -> tuple[ExpressionError, ...]:
        """What is certain to fail when it is reached: E-112, E-113, E-117. For the linter."""
        return tuple(fault for call in self._calls for fault in faults_of(call, self.source))

    @cached_property
    def _calls(self) -> tuple[Call, ...]:
        return tuple(part for part in syntax.walk(self.tree) if isinstance(part, Call))


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """The expression of that text. Cached.

    Raises ExpressionError when it cannot be read: E-110, E-111, E-114, E-115. Unknown functions and wrong numbers of
    arguments are found in ``Expression.faults``, because XPath lets them stand where they are never reached.
    """
    return Expression(source)
