"""indexed-repeat(): a question in a row named by its number."""

from __future__ import annotations

from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.functions_control import row_number
from visitapp.questionnaire.expressions.nodes import Node
from visitapp.questionnaire.expressions.registry import Code, control, nodes_of
from visitapp.questionnaire.expressions.values import NodeSet, Value, to_number


@control("indexed-repeat", 3, 7)
def _indexed_repeat(target: Code, *pairs: Code) -> Code:
    def code(context: Context) -> Value:
        if len(pairs) % 2:
            raise ExpressionError("E-125", name="indexed-repeat", text=str(len(pairs) + 1))
        zone = context.environment.timezone
        found = nodes_of(target(context), "indexed-repeat")
        for repeat, number in zip(pairs[0::2], pairs[1::2], strict=True):
            rows = nodes_of(repeat(context), "indexed-repeat")
            wanted = to_number(number(context), zone)
            found = _in_rows(found, [row for row in rows if row_number(row) == wanted])
        return found[:1] if len(found) < 2 else [_nearest(found, context.node)]

    return code


def _in_rows(nodes: NodeSet, rows: NodeSet) -> NodeSet:
    wanted = {id(row) for row in rows}
    return [node for node in nodes if any(id(above) in wanted for above in _line(node))]


def _line(node: Node) -> list[Node]:
    """The node and what it stands in, outermost last."""
    line = []
    here: Node | None = node
    while here is not None:
        line.append(here)
        here = here.parent
    return line


def _nearest(nodes: NodeSet, node: Node) -> Node:
    """The one that shares most rows with ``node``, the first of several."""
    around = {id(above) for above in _line(node)}
    return max(nodes, key=lambda found: sum(id(above) in around for above in _line(found)))
