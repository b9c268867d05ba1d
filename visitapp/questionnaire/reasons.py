"""Why a question is asked or not: the questions and options its conditions look at, told from their text."""

from __future__ import annotations

from collections.abc import Iterator

from visitapp.questionnaire.expressions.expression import Expression
from visitapp.questionnaire.expressions.references import references_of
from visitapp.questionnaire.expressions.syntax import Call, Literal, Number, Operation, Path, Syntax, walk
from visitapp.questionnaire.form import Question
from visitapp.questionnaire.plan import Plan, compiled

Reason = tuple[str, tuple[str, ...]]
_CHOICE_CALLS = ("selected", "jr:choice-name")


def reasons_for(plan: Plan, path: str) -> tuple[Reason, ...]:
    """((path of a question, the choice names that matter), ...), the outermost section's condition first.

    A calculated question stands for the questions it is calculated from.
    """
    found: dict[str, dict[str, None]] = {}
    steps = path.split("/")
    for end in range(2, len(steps) + 1):
        node = plan.nodes["/".join(steps[:end])]
        expression = compiled(node.relevant)
        if expression is not None:
            _collect(plan, expression, node.path, found, frozenset({path}))
    return tuple((question, tuple(names)) for question, names in found.items())


def _collect(
    plan: Plan, expression: Expression, path: str, found: dict[str, dict[str, None]], seen: frozenset[str]
) -> None:
    named = _named_choices(expression.tree, path)
    for reference in _questions_in(plan, expression.tree, path):
        question = plan.nodes[reference]
        assert isinstance(question, Question)
        inner = compiled(question.calculation) if question.type == "calculate" else None
        if inner is not None and reference not in seen:
            _collect(plan, inner, reference, found, seen | {reference})
        elif reference not in seen:
            options = found.setdefault(reference, {})
            if question.list_name is not None:
                options.update(dict.fromkeys(named.get(reference, ())))


def _questions_in(plan: Plan, tree: Syntax, path: str) -> Iterator[str]:
    """The questions an expression looks at, from left to right."""
    for part in walk(tree):
        if isinstance(part, Path):
            for reference in sorted(references_of(part, path)):
                if isinstance(plan.nodes.get(reference), Question):
                    yield reference


def _named_choices(tree: Syntax, path: str) -> dict[str, list[str]]:
    """Question -> the names it is compared with: ${q} = '3', selected(${q}, '3')."""
    named: dict[str, list[str]] = {}
    for part in walk(tree):
        if isinstance(part, Operation) and part.operators[0] in ("=", "!="):
            sides = part.operands
        elif isinstance(part, Call) and part.name in _CHOICE_CALLS:
            sides = part.arguments
        else:
            continue
        names = [side.value if isinstance(side, Literal) else str(side) for side in sides if _is_name(side)]
        for side in sides:
            if isinstance(side, Path):
                for reference in references_of(side, path):
                    named.setdefault(reference, []).extend(names)
    return named


def _is_name(side: Syntax) -> bool:
    return isinstance(side, Literal | Number) and str(side) not in ("''", '""')
