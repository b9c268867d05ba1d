"""Location paths to closures (XPath 1.0 section 2)."""

from __future__ import annotations

from collections.abc import Callable

from visitapp.questionnaire.expressions.axes import AXES, LEVEL, REVERSE, in_document_order, unique
from visitapp.questionnaire.expressions.environment import Context
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.nodes import Attribute, Comment, Instruction, Node, Text
from visitapp.questionnaire.expressions.registry import Code, nodes_of
from visitapp.questionnaire.expressions.syntax import (
    Call,
    Literal,
    NodeTest,
    Number,
    Operation,
    Path,
    Step,
    Syntax,
)
from visitapp.questionnaire.expressions.values import NodeSet, is_relevant, string_value, to_boolean

Compile = Callable[[Syntax], Code]
Test = Callable[[Node, Context], bool]
Walk = Callable[[NodeSet, Context], NodeSet]
Narrow = Callable[[NodeSet, Context], NodeSet]

_ANYWHERE = Step("descendant-or-self", NodeTest("node"))


def compile_path(path: Path, compile_syntax: Compile) -> Code:
    """The code of a location path: its nodes in document order, without non-relevant ones where there are several."""
    begin = _begin(path, compile_syntax)
    steps = _joined(path.steps)
    if path.start is None and all(_is_plain_child(step) for step in steps):
        return _child_path(begin, tuple(step.test.name for step in steps))
    level = path.start is None
    walks = []
    for step in steps:
        walks.append(_compile_step(step, level, compile_syntax))
        level = level and step.axis in LEVEL

    def code(context: Context) -> NodeSet:
        nodes = begin(context)
        for walk in walks:
            nodes = walk(nodes, context)
        return only_relevant(nodes)

    return code


def only_relevant(nodes: NodeSet) -> NodeSet:
    """A single node as it is (it reads as blank); of several, those that are asked."""
    if len(nodes) < 2:
        return nodes
    found = []
    parent: Node | None = None
    asked = True
    for node in nodes:
        if node.parent is not parent:
            parent = node.parent
            asked = parent is None or is_relevant(parent)
        if asked and node.relevant:
            found.append(node)
    return found


def narrowing(predicates: tuple[Syntax, ...], compile_syntax: Compile) -> Narrow | None:
    """Code that keeps the nodes for which all ``predicates`` hold; None without predicates."""
    narrows = [_predicate(predicate, compile_syntax) for predicate in predicates]
    if not narrows:
        return None
    if len(narrows) == 1:
        return narrows[0]

    def narrow(nodes: NodeSet, context: Context) -> NodeSet:
        for one in narrows:
            nodes = one(nodes, context)
        return nodes

    return narrow


def _predicate(predicate: Syntax, compile_syntax: Compile) -> Narrow:
    if isinstance(predicate, Number):
        return _nth(predicate.value)
    key = _key_and_value(predicate)
    if key is not None:
        return _having(compile_syntax(key[0]), compile_syntax(key[1]))
    code = compile_syntax(predicate)

    def narrow(nodes: NodeSet, context: Context) -> NodeSet:
        kept = []
        inner = Context(context.node, context.environment, 0, len(nodes), context.current)
        for position, node in enumerate(nodes, 1):
            inner.node = node
            inner.position = position
            value = code(inner)
            if isinstance(value, float):
                holds = value == position
            else:
                holds = value if isinstance(value, bool) else to_boolean(value)
            if holds:
                kept.append(node)
        return kept

    return narrow


def _key_and_value(predicate: Syntax) -> tuple[Path, Syntax] | None:
    """The parts of ``[key = value]`` where the value is the same for every node, as in choice filters; else None."""
    if not isinstance(predicate, Operation) or predicate.operators != ("=",):
        return None
    first, second = predicate.operands
    for key, value in ((first, second), (second, first)):
        if isinstance(key, Path) and key.start is None and not key.absolute and _is_fixed(value):
            return key, value
    return None


def _is_fixed(part: Syntax) -> bool:
    """Whether the value is text or nodes and does not depend on the context node."""
    if isinstance(part, Path):
        from_current = isinstance(part.start, Call) and part.start.name == "current"
        return (part.absolute or from_current) and not any(step.predicates for step in part.steps)
    return isinstance(part, Literal)


def _having(key: Code, fixed: Code) -> Narrow:
    """Nodes whose key is one of the fixed texts, which are looked up once."""

    def narrow(nodes: NodeSet, context: Context) -> NodeSet:
        value = fixed(context)
        texts = {string_value(node) for node in value} if isinstance(value, list) else {value}
        inner = Context(context.node, context.environment, 1, len(nodes), context.current)
        kept = []
        for node in nodes:
            inner.node = node
            if any(string_value(found) in texts for found in nodes_of(key(inner), "=")):
                kept.append(node)
        return kept

    return narrow


def _nth(number: float) -> Narrow:
    if number != int(min(number, 1e9)):
        return lambda nodes, context: []
    index = int(number)
    return lambda nodes, context: nodes[index - 1 : index] if index else []


def _begin(path: Path, compile_syntax: Compile) -> Callable[[Context], NodeSet]:
    if path.start is None:
        if path.absolute:
            return lambda context: [context.environment.root]
        return lambda context: [context.node]
    start = compile_syntax(path.start)
    return lambda context: nodes_of(start(context), "/")


def _joined(steps: tuple[Step, ...]) -> list[Step]:
    """``//x`` as one step over the descendants, which is the same where no predicate counts positions."""
    result: list[Step] = []
    for step in steps:
        if result and result[-1] == _ANYWHERE and step.axis == "child" and not step.predicates:
            result[-1] = Step("descendant", step.test)
        else:
            result.append(step)
    return result


# -- the fast way: /data/group/question, group/question --------------------------------------------------------
def _is_plain_child(step: Step) -> bool:
    test = step.test
    return step.axis == "child" and test.kind == "name" and test.name != "*" and not test.prefix and not step.predicates


def _child_path(begin: Callable[[Context], NodeSet], names: tuple[str, ...]) -> Code:
    def code(context: Context) -> NodeSet:
        nodes = begin(context)
        namespace = context.environment.default_namespace
        for name in names:
            nodes = [child for node in nodes for child in node.named(name) if child.namespace == namespace]
        return only_relevant(nodes) if len(nodes) > 1 else nodes

    return code


# -- any step ----------------------------------------------------------------------------------------------------
def _compile_step(step: Step, level: bool, compile_syntax: Compile) -> Walk:
    """``level``: the nodes it starts from are of one depth and in document order."""
    candidates = _candidates(step)
    narrow = narrowing(step.predicates, compile_syntax)
    backwards = step.axis in REVERSE
    ordered = level and step.axis in LEVEL

    def from_one(node: Node, context: Context) -> NodeSet:
        found = candidates(node, context)
        return found if narrow is None or not found else narrow(found, context)

    def walk(nodes: NodeSet, context: Context) -> NodeSet:
        if len(nodes) == 1:
            found = from_one(nodes[0], context)
            return found[::-1] if backwards else found
        found = [target for node in nodes for target in from_one(node, context)]
        return unique(found) if ordered else in_document_order(found)

    return walk


def _candidates(step: Step) -> Callable[[Node, Context], NodeSet]:
    """The nodes of the axis that pass the test, nearest first."""
    if _is_plain_child(Step(step.axis, step.test)):
        name = step.test.name

        def children(node: Node, context: Context) -> NodeSet:
            namespace = context.environment.default_namespace
            return [child for child in node.named(name) if child.namespace == namespace]

        return children
    axis = AXES[step.axis]
    if step.test.kind == "node":
        return lambda node, context: list(axis(node))
    test = _attribute_test(step.test) if step.axis == "attribute" else _test(step.test)
    return lambda node, context: [found for found in axis(node) if test(found, context)]


def _test(test: NodeTest) -> Test:
    if test.kind == "text":
        return lambda node, context: type(node) is Text
    if test.kind == "comment":
        return lambda node, context: type(node) is Comment
    if test.kind == "processing-instruction":
        target = test.name
        return lambda node, context: isinstance(node, Instruction) and target in ("", node.target)
    return _name_test(test, lambda node: node.local)


def _attribute_test(test: NodeTest) -> Test:
    if test.kind != "name":
        return lambda node, context: False
    return _name_test(test, lambda node: node.name if isinstance(node, Attribute) else None)


def _name_test(test: NodeTest, name_of: Callable[[Node], str | None]) -> Test:
    name, prefix = test.name, test.prefix
    if name == "*" and not prefix:
        return lambda node, context: name_of(node) is not None
    if prefix:
        return lambda node, context: (
            node.namespace == _namespace(prefix, context)
            and (name_of(node) == name or (name == "*" and name_of(node) is not None))
        )
    return lambda node, context: (
        name_of(node) == name
        and node.namespace == ("" if isinstance(node, Attribute) else context.environment.default_namespace)
    )


def _namespace(prefix: str, context: Context) -> str:
    namespaces = context.environment.namespaces
    if prefix not in namespaces:
        raise ExpressionError("E-123", prefix=prefix)
    return namespaces[prefix]
