"""The answers as the tree that expressions walk, with the rows of its repeats."""

from __future__ import annotations

from collections.abc import Iterator

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.expressions.nodes import Document, Element
from visitapp.questionnaire.form import Group, Node, Question, Repeat
from visitapp.questionnaire.plan import Plan

Rows = tuple[str, ...]


class AnswerTree:
    """One element for each group, question and row that exists; repeats begin without rows."""

    def __init__(self, plan: Plan, root: Group) -> None:
        self._plan = plan
        self._elements: dict[Address, Element] = {}
        self._rows: dict[Address, list[str]] = {}
        self.document = Document(self._grow(root, ()))

    def __contains__(self, address: Address) -> bool:
        return address in self._elements

    def element(self, address: Address) -> Element:
        """Raises KeyError when there is none."""
        return self._elements[address]

    def rows(self, repeat: str, parent_rows: Rows) -> tuple[str, ...]:
        """The row ids of a repeat in order; empty when the row around it does not exist."""
        return tuple(self._rows.get(Address(repeat, parent_rows), ()))

    def instances(self, path: str, within: Rows = ()) -> list[Rows]:
        """The rows of every occurrence of a node, in order; ``within`` fixes the outermost ones."""
        found: list[Rows] = [()]
        for depth, repeat in enumerate(self._plan.repeats[path]):
            found = [
                (*rows, row)
                for rows in found
                for row in self._rows[Address(repeat, rows)]
                if depth >= len(within) or row == within[depth]
            ]
        return found

    def is_relevant(self, address: Address) -> bool:
        """Whether the node and everything around it is relevant."""
        element = self._elements[address]
        while element.relevant:
            if not isinstance(element.parent, Element):
                return True
            element = element.parent
        return False

    def add_row(self, repeat: Repeat, rows: Rows, at: int | None = None) -> None:
        """Add a row (``rows`` ends with its id) at that place, or at the end."""
        parent_rows = rows[:-1]
        ids = self._rows[Address(repeat.path, parent_rows)]
        index = len(ids) if at is None else at
        parent = self._parent(repeat)
        place = index + sum(self._width(child, parent_rows) for child in _before(parent, repeat))
        ids.insert(index, rows[-1])
        self._elements[Address(parent.path, parent_rows)].insert(place, self._grow(repeat, rows))

    def remove_row(self, repeat: Repeat, rows: Rows) -> None:
        """Remove a row and everything in it. Raises ValueError when there is none."""
        self._rows[Address(repeat.path, rows[:-1])].remove(rows[-1])
        element = self._elements[Address(repeat.path, rows)]
        self._elements[Address(self._parent(repeat).path, rows[:-1])].remove(element)
        paths = {repeat.path, *self._plan.below[repeat.path]}
        for book in (self._elements, self._rows):
            for address in [a for a in book if a.rows[: len(rows)] == rows and a.path in paths]:
                del book[address]

    def prototype(self, repeat: Repeat, parent_rows: Rows) -> Element:
        """A row as it would be if there were one more: it knows its parent, its parent does not know it."""
        element = Element(repeat.name)
        element.parent = self._elements[Address(self._parent(repeat).path, parent_rows)]
        return element

    def _parent(self, repeat: Repeat) -> Group | Repeat:
        parent = self._plan.nodes[repeat.path.rpartition("/")[0]]
        assert not isinstance(parent, Question)
        return parent

    def _width(self, node: Node, rows: Rows) -> int:
        return len(self._rows[Address(node.path, rows)]) if isinstance(node, Repeat) else 1

    def _grow(self, node: Node, rows: Rows) -> Element:
        element = Element(node.name)
        self._elements[Address(node.path, rows)] = element
        for child in () if isinstance(node, Question) else node.children:
            if isinstance(child, Repeat):
                self._rows[Address(child.path, rows)] = []
            else:
                element.append(self._grow(child, rows))
        return element


def _before(parent: Group | Repeat, node: Node) -> Iterator[Node]:
    for child in parent.children:
        if child.path == node.path:
            return
        yield child
