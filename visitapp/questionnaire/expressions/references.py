"""Which answers an expression depends on, told from its text alone."""

from __future__ import annotations

from collections.abc import Iterator

from visitapp.questionnaire.expressions.syntax import Call, Filter, Path, Step, Syntax, parts

Place = tuple[str, ...] | None
"""The names from the root to a node of the primary instance; None: somewhere else, or unknown."""

_ANY = "*"


def references_of(tree: Syntax, context_path: str) -> frozenset[str]:
    """See ``Expression.references``."""
    own = tuple(name for name in context_path.split("/") if name)
    found: set[str] = set()
    for place in _visit(tree, own, own):
        found.add("/" + "/".join(place))
    found.discard("/")
    return frozenset(found)


def _visit(part: Syntax, here: Place, own: Place) -> Iterator[tuple[str, ...]]:
    """The places that ``part`` reads. ``here``: the context node, ``own``: current()."""
    if isinstance(part, Path):
        yield from _visit_path(part, here, own)
    elif isinstance(part, Filter):
        yield from _visit(part.operand, here, own)
        inner = _value_place(part.operand, here, own)
        for predicate in part.predicates:
            yield from _visit(predicate, inner, own)
    elif isinstance(part, Call) and part.name == "once":
        for argument in part.arguments:
            yield from (place for place in _visit(argument, here, own) if place != own)
    elif _is_current(part) and own is not None:
        yield own
    else:
        for inside in parts(part):
            yield from _visit(inside, here, own)


def _visit_path(path: Path, here: Place, own: Place) -> Iterator[tuple[str, ...]]:
    if path.start is None:
        place = () if path.absolute else here
    else:
        place = _value_place(path.start, here, own)
        if not _is_current(path.start):
            yield from _visit(path.start, here, own)
    for step in path.steps:
        place = _after(place, step)
        for predicate in step.predicates:
            yield from _visit(predicate, place, own)
    if place is not None:
        yield place


def _is_current(part: Syntax) -> bool:
    return isinstance(part, Call) and part.name == "current"


def _value_place(part: Syntax, here: Place, own: Place) -> Place:
    """Where the nodes of ``part`` stand when it is something a path begins with."""
    if _is_current(part):
        return own
    if isinstance(part, Filter):
        return _value_place(part.operand, here, own)
    if isinstance(part, Path):
        place = _value_place(part.start, here, own) if part.start is not None else () if part.absolute else here
        for step in part.steps:
            place = _after(place, step)
        return place
    return None


def _after(place: Place, step: Step) -> Place:
    """Where one step leads. After an uncertain step the place stays "anything below"."""
    if place is None or step.axis == "attribute":
        return place
    if step.axis == "self" and step.test.kind == "node":
        return place
    if step.axis == "parent" and step.test.kind == "node":
        # The parent of "anything below x" may be x itself or lie below it.
        return place if place[-1:] == (_ANY,) else place[:-1]
    if place[-1:] == (_ANY,):
        return place
    if step.axis == "child" and step.test.kind == "name" and step.test.name != _ANY:
        return (*place, step.test.name)
    if step.axis == "child" and step.test.kind == "text":
        return place
    return _uncertain(place, step.axis)


def _uncertain(place: tuple[str, ...], axis: str) -> Place:
    if axis in ("child", "descendant", "descendant-or-self", "self"):
        return (*place, _ANY)
    if axis in ("following-sibling", "preceding-sibling", "parent"):
        return (*place[:-1], _ANY)
    return (*place[:1], _ANY)
