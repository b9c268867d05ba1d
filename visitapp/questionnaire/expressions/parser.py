"""Tokens to syntax: the grammar of XPath 1.0, sections 2 and 3.

Unknown functions and wrong argument counts are no syntax errors: ``Expression.faults`` names them.
Variables (``$x``) do not exist in questionnaires and are refused.
"""

from __future__ import annotations

from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.lexer import Token, tokenize
from visitapp.questionnaire.expressions.syntax import (
    LEVELS,
    Call,
    Filter,
    Literal,
    Negation,
    NodeTest,
    Number,
    Operation,
    Path,
    Step,
    Syntax,
    Union,
)

AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
_NODE_TYPES = frozenset({"comment", "text", "processing-instruction", "node"})
_ANY_NODE = NodeTest("node")
_ANYWHERE = Step("descendant-or-self", _ANY_NODE)

DEEPEST = 100
"""Levels of parentheses, arguments and predicates."""


def parse(source: str) -> Syntax:
    """The syntax of ``source``. Raises ExpressionError (E-110, E-111, E-114, E-115)."""
    try:
        return _Parser(source).whole()
    except RecursionError:
        raise ExpressionError("E-114", expression=source, limit=DEEPEST) from None


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = tokenize(source)
        self._index = 0
        self._depth = 0

    # -- tokens -----------------------------------------------------------------------------------------------
    @property
    def _here(self) -> Token:
        return self._tokens[self._index]

    def _next(self) -> Token:
        token = self._tokens[self._index]
        if token.kind != "end":
            self._index += 1
        return token

    def _is(self, text: str) -> bool:
        """Whether the next token is that symbol or operator."""
        token = self._tokens[self._index]
        return token.text == text and token.kind in ("symbol", "operator")

    def _take(self, text: str) -> bool:
        if self._is(text):
            self._index += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error(self._here)

    def _error(self, token: Token) -> ExpressionError:
        return ExpressionError("E-110", expression=self._source, position=token.position, found=token.text)

    # -- operators --------------------------------------------------------------------------------------------
    def whole(self) -> Syntax:
        result = self._expression()
        if self._here.kind != "end":
            raise self._error(self._here)
        return result

    def _expression(self) -> Syntax:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError("E-114", expression=self._source, limit=DEEPEST)
        result = self._operation(1)
        self._depth -= 1
        return result

    def _level(self) -> int:
        token = self._here
        return LEVELS.get(token.text, 0) if token.kind == "operator" else 0

    def _operation(self, lowest: int) -> Syntax:
        """Precedence climbing; a run of operators of one level becomes one Operation."""
        left = self._signed()
        while (level := self._level()) >= lowest:
            operands = [left]
            operators = []
            while self._level() == level:
                operators.append(self._next().text)
                operands.append(self._operation(level + 1))
            left = Operation(tuple(operands), tuple(operators))
        return left

    def _signed(self) -> Syntax:
        times = 0
        while self._take("-"):
            times += 1
        operands = [self._path()]
        while self._take("|"):
            operands.append(self._path())
        result = operands[0] if len(operands) == 1 else Union(tuple(operands))
        return Negation(result, times) if times else result

    # -- paths ------------------------------------------------------------------------------------------------
    def _path(self) -> Syntax:
        position = self._here.position
        if self._is("/") or self._is("//"):
            return Path(None, True, self._absolute_steps(), position)
        if not self._at_primary():
            return Path(None, False, self._steps([self._step()]), position)
        start = self._primary()
        predicates = self._predicates()
        if predicates:
            start = Filter(start, predicates)
        if self._is("/") or self._is("//"):
            return Path(start, False, self._steps([]), position)
        return start

    def _absolute_steps(self) -> tuple[Step, ...]:
        if self._is("//") or self._starts_step(self._tokens[self._index + 1]):
            return self._steps([])
        self._next()
        return ()

    def _steps(self, steps: list[Step]) -> tuple[Step, ...]:
        while True:
            if self._take("//"):
                steps.append(_ANYWHERE)
            elif not self._take("/"):
                return tuple(steps)
            steps.append(self._step())

    @staticmethod
    def _starts_step(token: Token) -> bool:
        return token.kind in ("name", "axis") or (token.kind == "symbol" and token.text in (".", "..", "@"))

    def _step(self) -> Step:
        if self._take("."):
            return Step("self", _ANY_NODE)
        if self._take(".."):
            return Step("parent", _ANY_NODE)
        axis = "child"
        if self._take("@"):
            axis = "attribute"
        elif self._here.kind == "axis":
            token = self._next()
            axis = token.text
            if axis not in AXES:
                raise self._error(token)
            self._expect("::")
        return Step(axis, self._node_test(), self._predicates())

    def _node_test(self) -> NodeTest:
        token = self._next()
        if token.kind != "name":
            raise self._error(token)
        if token.text in _NODE_TYPES and self._take("("):
            target = ""
            if token.text == "processing-instruction" and self._here.kind == "literal":
                target = self._next().text[1:-1]
            self._expect(")")
            return NodeTest(token.text, target)
        if self._is("("):
            raise self._error(self._here)
        prefix, _, name = token.text.rpartition(":")
        return NodeTest("name", name, prefix)

    def _predicates(self) -> tuple[Syntax, ...]:
        predicates = []
        while self._take("["):
            predicates.append(self._expression())
            self._expect("]")
        return tuple(predicates)

    # -- primaries --------------------------------------------------------------------------------------------
    def _at_primary(self) -> bool:
        token = self._here
        if token.kind in ("number", "literal") or self._is("("):
            return True
        following = self._tokens[min(self._index + 1, len(self._tokens) - 1)]
        return (
            token.kind == "name"
            and following.text == "("
            and following.kind == "symbol"
            and token.text not in _NODE_TYPES
            and not token.text.endswith("*")
        )

    def _primary(self) -> Syntax:
        token = self._next()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "literal":
            return Literal(token.text[1:-1], token.position)
        if token.kind == "name":
            return self._call(token)
        result = self._expression()
        self._expect(")")
        return result

    def _call(self, name: Token) -> Call:
        self._expect("(")
        arguments: list[Syntax] = []
        if not self._take(")"):
            arguments.append(self._expression())
            while self._take(","):
                arguments.append(self._expression())
            self._expect(")")
        return Call(name.text, tuple(arguments), name.position)
