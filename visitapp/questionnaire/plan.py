"""What follows from a form alone and holds for all its interviews: which expression needs which, and their order.

Built once per form. A *slot* is an expression whose result changes the state (relevance, a value, a number of rows);
a *view* is one that only changes what is shown or wrong. Source of the rules: ODK XForms specification, section
"Bindings", and JavaRosa's description of its dependency graph.
"""

from __future__ import annotations

import weakref
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from visitapp.questionnaire.expressions.expression import Expression, compile_expression
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.syntax import Call, Path, walk
from visitapp.questionnaire.form import Form, Group, Node, Question, Repeat, Text, text_parts
from visitapp.questionnaire.ordering import knots

T = TypeVar("T")
Kind = Literal["relevant", "calculate", "trigger", "default", "filter", "count"]
_LASTING: frozenset[Kind] = frozenset({"relevant", "calculate", "count"})
"""What is computed again whenever something it needs changes; triggers and defaults happen once."""


@dataclass(frozen=True, slots=True)
class Slot:
    """``path`` is the node whose state the result changes; ``local``: it looks at its own row and outside, only.

    ``rank`` puts what is needed before what needs it.
    """

    index: int
    path: str
    kind: Kind
    expression: Expression
    references: frozenset[str]
    local: bool
    rank: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A node that may look different when one of its references changes."""

    path: str
    local: bool


class Plan:
    """See the module. ``cycles``: the paths of calculations that wait for each other; empty in a sound form."""

    def __init__(self, form: Form) -> None:
        self.nodes: Mapping[str, Node] = form.nodes
        self.repeats = {path: tuple(self._enclosing(path)) for path in self.nodes}
        self.below = _below(self.nodes)
        raw = list(self._slots(form))
        edges = self._edges(raw)
        order = {index: rank for rank, knot in enumerate(knots(edges)) for index in knot}
        self.cycles = tuple(_cycles(raw, edges))
        self.slots = tuple(
            Slot(s.index, s.path, s.kind, s.expression, s.references, s.local, order[s.index]) for s in raw
        )
        self.at: dict[str, tuple[Slot, ...]] = _grouped((slot.path, slot) for slot in self.slots)
        self.counts: dict[str, tuple[Slot, ...]] = _grouped(
            (slot.path.rpartition("/")[0], slot) for slot in self.slots if slot.kind == "count"
        )
        self.dependents: dict[str, tuple[Slot, ...]] = _grouped(
            (reference, slot) for slot in self.slots for reference in sorted(self._expand(slot.references, slot.path))
        )
        self.views: dict[str, tuple[View, ...]] = _grouped(self._views(form))
        self.triggered: dict[str, tuple[Slot, ...]] = _grouped(
            (trigger, slot) for slot in self.slots if slot.kind == "trigger" for trigger in self._triggers(slot.path)
        )

    def shared(self, path: str, other: str) -> int:
        """In how many common repeats two nodes stand."""
        count = 0
        for mine, yours in zip(self.repeats[path], self.repeats[other], strict=False):
            if mine != yours:
                break
            count += 1
        return count

    def _triggers(self, path: str) -> tuple[str, ...]:
        node = self.nodes[path]
        return node.trigger if isinstance(node, Question) else ()

    def _enclosing(self, path: str) -> Iterator[str]:
        """The repeats around a node and the node itself when it is one, outermost first."""
        steps = path.split("/")
        for end in range(2, len(steps) + 1):
            above = "/".join(steps[:end])
            if isinstance(self.nodes.get(above), Repeat):
                yield above

    def _slots(self, form: Form) -> Iterator[Slot]:
        index = 0
        for node in form.walk():
            for kind, source in _sources(node, form):
                expression = compiled(source)
                if expression is not None:
                    references = expression.references(node.path)
                    yield Slot(index, node.path, kind, expression, references, self._is_local(expression, node.path))
                    index += 1

    def _views(self, form: Form) -> Iterator[tuple[str, View]]:
        for node in form.walk():
            for expression in filter(None, map(compiled, _shown(node))):
                view = View(node.path, self._is_local(expression, node.path))
                for reference in self._expand(expression.references(node.path), ""):
                    yield reference, view

    def _is_local(self, expression: Expression, path: str) -> bool:
        """Whether a change in one row cannot matter to the same expression in another row."""
        repeats = self.repeats[path]
        if not repeats:
            return True
        depth = path.count("/") - repeats[-1].count("/")
        for part in walk(expression.tree):
            if isinstance(part, Call) and part.name in ("indexed-repeat", "position", "current"):
                return False
            if isinstance(part, Path) and not _stays_inside(part, depth, repeats[0]):
                return False
        return True

    def _expand(self, references: Iterable[str], own: str) -> frozenset[str]:
        """References as paths of nodes: "anything below x" becomes every node below x but the asking one."""
        found: set[str] = set()
        for reference in references:
            if reference.endswith("/*"):
                found.update(path for path in self.below.get(reference[:-2], ()) if path != own)
            elif reference in self.nodes:
                found.add(reference)
        return frozenset(found)

    def _edges(self, slots: list[Slot]) -> dict[int, frozenset[int]]:
        """Slot -> the slots it waits for."""
        writers: dict[str, list[Slot]] = defaultdict(list)
        for slot in slots:
            writers[slot.path].append(slot)
        return {slot.index: frozenset(self._waits_for(slot, writers)) for slot in slots}

    def _waits_for(self, slot: Slot, writers: Mapping[str, list[Slot]]) -> Iterator[int]:
        for reference in self._expand(slot.references, slot.path):
            yield from (writer.index for writer in writers[reference])
            for above in _ancestors(reference):
                yield from (w.index for w in writers[above] if w.kind in ("relevant", "count"))
        if slot.kind == "filter":  # it looks at the question's own value, and only while the question is asked
            yield from (w.index for w in writers[slot.path] if w is not slot)
            yield from (w.index for above in _ancestors(slot.path) for w in writers[above] if w.kind == "relevant")


def _cycles(slots: list[Slot], edges: Mapping[int, frozenset[int]]) -> Iterator[tuple[str, ...]]:
    """Circles of lasting slots. Questions that only hide each other are no circle: each looks at what is shown."""
    lasting = {slot.index for slot in slots if slot.kind in _LASTING}
    inner = {index: edges[index] & lasting for index in lasting}
    for knot in knots(inner):
        kinds = {slots[index].kind for index in knot}
        if knot[0] in inner[knot[0]] or (len(knot) > 1 and kinds != {"relevant"}):
            yield tuple(dict.fromkeys(slots[index].path for index in knot))


_PLANS: dict[int, Plan] = {}


def plan_of(form: Form) -> Plan:
    """The plan of ``form``; made at the first call, forgotten with the form."""
    key = id(form)
    if key not in _PLANS:
        _PLANS[key] = Plan(form)
        weakref.finalize(form, _PLANS.pop, key, None)
    return _PLANS[key]


def compiled(source: str) -> Expression | None:
    """The expression, None when there is none or it cannot be read (the linter says so)."""
    if not source:
        return None
    try:
        return compile_expression(source)
    except ExpressionError:
        return None


def offered(question: Question) -> str:
    """The expression for the options a question offers, "" when it offers its whole list in printed order."""
    if question.itemset is not None:
        items = question.itemset.nodeset
    elif question.list_name is None:
        return ""
    else:
        condition = f"[{question.choice_filter}]" if question.choice_filter else ""
        items = f"instance('{question.list_name}')/root/item{condition}"
    if seed := question.parameters.get("seed", ""):
        return f"randomize({items}, {seed})"
    return items if question.itemset or question.choice_filter else ""


def _sources(node: Node, form: Form) -> Iterator[tuple[Kind, str]]:
    yield "relevant", node.relevant
    if isinstance(node, Repeat):
        yield "count", node.count
    if isinstance(node, Question):
        yield "trigger" if node.trigger else "calculate", node.calculation
        yield "default", node.dynamic_default
        yield "filter", offered(node) if node.itemset or node.choice_filter else ""


def _shown(node: Node) -> Iterator[str]:
    """The expressions that decide how a node looks or whether its answer is right."""
    yield from _in_texts(node.label)
    if isinstance(node, Question):
        yield from (node.constraint, node.required, node.readonly, node.extensions.get("soft", ""), offered(node))
        for text in (node.hint, node.guidance, node.constraint_message, node.required_message):
            yield from _in_texts(text)


def _in_texts(text: Text) -> Iterator[str]:
    for said in text.values():
        yield from (reference for _, reference in text_parts(said) if reference)


def _stays_inside(path: Path, depth: int, outermost: str) -> bool:
    """Whether a path leaves its row by no more than lies outside all repeats. ``depth``: steps up to the row."""
    if any(step.predicates for step in path.steps) or path.start is not None:
        return False
    if path.absolute:
        names = "/" + "/".join(step.test.name for step in path.steps)
        inside = names == outermost or names.startswith(outermost + "/") or outermost.startswith(names + "/")
        return not inside and all(step.axis == "child" and step.test.name != "*" for step in path.steps)
    up = 0
    for step in path.steps:
        if step.axis == "parent":
            up += 1
        elif step.axis not in ("child", "self"):
            return False
    return up <= depth and not (up == depth and len(path.steps) == up)


def _below(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """Path -> the paths of everything below it, in printed order."""
    found: dict[str, list[str]] = {path: [] for path, node in nodes.items() if isinstance(node, Group | Repeat)}
    for path in nodes:
        for above in _ancestors(path):
            if above in found:
                found[above].append(path)
    return {path: tuple(below) for path, below in found.items()}


def _ancestors(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, dict[T, None]] = {}
    for key, value in pairs:
        groups.setdefault(key, {})[value] = None
    return {key: tuple(values) for key, values in groups.items()}
