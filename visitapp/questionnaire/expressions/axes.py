"""The axes of XPath 1.0 (section 2.2) over our tree, and document order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from visitapp.questionnaire.expressions.nodes import Attribute, Element, Node, walk


def _ancestors(node: Node) -> Iterator[Node]:
    here = node.parent
    while here is not None:
        yield here
        here = here.parent


def _parent(node: Node) -> Iterable[Node]:
    return () if node.parent is None else (node.parent,)


def _place(node: Node) -> int:
    """The index of a node among its siblings."""
    assert node.parent is not None
    for index, sibling in enumerate(node.parent.children):
        if sibling is node:
            return index
    raise ValueError("a node that its parent does not have")


def _following_siblings(node: Node) -> list[Node]:
    if node.parent is None or isinstance(node, Attribute):
        return []
    return node.parent.children[_place(node) + 1 :]


def _preceding_siblings(node: Node) -> list[Node]:
    if node.parent is None or isinstance(node, Attribute):
        return []
    return node.parent.children[: _place(node)][::-1]


def _following(node: Node) -> Iterator[Node]:
    if isinstance(node, Attribute) and node.parent is not None:
        yield from walk(node.parent)
        node = node.parent
    for here in (node, *_ancestors(node)):
        for sibling in _following_siblings(here):
            yield sibling
            yield from walk(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if isinstance(node, Attribute) and node.parent is not None:
        node = node.parent
    for here in (node, *_ancestors(node)):
        for sibling in _preceding_siblings(here):
            yield from reversed([sibling, *walk(sibling)])


def _attributes(node: Node) -> Iterable[Node]:
    return node.attributes if isinstance(node, Element) else ()


AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "ancestor": _ancestors,
    "ancestor-or-self": lambda node: (node, *_ancestors(node)),
    "attribute": _attributes,
    "child": lambda node: node.children,
    "descendant": walk,
    "descendant-or-self": lambda node: (node, *walk(node)),
    "following": _following,
    "following-sibling": _following_siblings,
    "namespace": lambda node: (),  # there are no namespace nodes
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
    "self": lambda node: (node,),
}
"""Axis -> the nodes on it, nearest first."""

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
"""Axes whose nearest node is the last in document order."""

LEVEL = frozenset({"attribute", "child", "parent", "self"})
"""Axes that lead from nodes of one depth, in document order, to nodes of one depth in document order."""


def unique(nodes: Iterable[Node]) -> list[Node]:
    """Each node once, in the order given."""
    return list({id(node): node for node in nodes}.values())


def in_document_order(nodes: list[Node]) -> list[Node]:
    """Each node once, in document order; several trees in the order in which they first appear."""
    nodes = unique(nodes)
    if len(nodes) < 2:
        return nodes
    places: dict[int, int] = {}
    trees: dict[int, int] = {}

    def place(node: Node, parent: Node) -> int:
        """The node's index below its parent: attributes before children."""
        if id(node) not in places:
            siblings: list[Node] = [*_attributes(parent), *parent.children]
            places.update((id(sibling), index) for index, sibling in enumerate(siblings))
        return places[id(node)]

    def key(node: Node) -> tuple[int, ...]:
        indexes: list[int] = []
        while node.parent is not None:
            indexes.append(place(node, node.parent))
            node = node.parent
        indexes.append(trees.setdefault(id(node), len(trees)))
        return tuple(reversed(indexes))

    return sorted(nodes, key=key)
