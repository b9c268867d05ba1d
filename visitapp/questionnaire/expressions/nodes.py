"""The tree that expressions walk: documents, elements, attributes, texts.

Owned by whoever builds it; expressions never change it. Elements may be added, removed and changed
between evaluations; only through the methods here, which keep the index of children by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.dom import minidom as dom
from xml.parsers.expat import ExpatError

from visitapp.questionnaire.expressions.failure import ExpressionError

_FEW = 8
"""So many children are looked through faster than an index is made."""


class Node:
    """Any node. ``local`` is the local name of an element, None for every other kind."""

    __slots__ = ("parent",)

    local: str | None = None
    namespace: str = ""
    relevant: bool = True
    children: list[Node] = []  # noqa: RUF012 - shared by the kinds that have none; never written

    def __init__(self) -> None:
        self.parent: Node | None = None

    @property
    def text(self) -> str:
        """The string-value of XPath 1.0, without regard to relevance."""
        raise NotImplementedError

    def named(self, local: str) -> list[Node]:
        """The child elements of that local name, of any namespace, in order. Not to be changed."""
        return []


class _Container(Node):
    """A node with children."""

    __slots__ = ("_index", "children")

    children: list[Node]

    def __init__(self) -> None:
        super().__init__()
        self.children = []
        self._index: dict[str | None, list[Node]] | None = None

    def append(self, child: Node) -> None:
        """Add ``child`` at the end."""
        child.parent = self
        self.children.append(child)
        self._index = None

    def insert(self, index: int, child: Node) -> None:
        """Add ``child`` before the child at ``index``."""
        child.parent = self
        self.children.insert(index, child)
        self._index = None

    def remove(self, child: Node) -> None:
        """Take ``child`` out. Raises ValueError when it is none of the children."""
        self.children.remove(child)
        self._index = None
        child.parent = None

    def named(self, local: str) -> list[Node]:
        """See Node."""
        if len(self.children) < _FEW:
            return [child for child in self.children if child.local == local]
        if self._index is None:
            self._index = {}
            for child in self.children:
                self._index.setdefault(child.local, []).append(child)
        return self._index.get(local, [])

    @property
    def elements(self) -> list[Element]:
        """The child elements in order."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def text(self) -> str:
        """The text of all descendants."""
        children = self.children
        if not children:
            return ""
        first = children[0]
        if len(children) == 1 and type(first) is Text:
            return first.value
        return "".join(node.value for node in walk(self) if type(node) is Text)


class Document(_Container):
    """What ``/`` means when nothing else is said. Its children: one element, comments, instructions."""

    __slots__ = ()

    def __init__(self, root: Element | None = None) -> None:
        super().__init__()
        if root is not None:
            self.append(root)

    @property
    def root(self) -> Element:
        """The outermost element. Raises IndexError when there is none."""
        return self.elements[0]


class Element(_Container):
    """An element.

    ``name`` is the local name. ``relevant`` is its own flag: an element counts as relevant when it and all its
    ancestors are. A non-relevant element reads as blank and is missing from node-sets of several nodes
    (ODK XForms specification, "relevant").
    """

    __slots__ = ("attributes", "local", "namespace", "prefix", "relevant")

    local: str

    def __init__(
        self,
        name: str,
        text: str = "",
        *,
        children: Iterable[Node] = (),
        attributes: Mapping[str, str] | None = None,
        namespace: str = "",
        prefix: str = "",
    ) -> None:
        super().__init__()
        self.local = name
        self.namespace = namespace
        self.prefix = prefix
        self.relevant = True
        self.attributes: list[Attribute] = []
        for key, value in (attributes or {}).items():
            self.set(key, value)
        if text:
            self.append(Text(text))
        for child in children:
            self.append(child)

    @property
    def name(self) -> str:
        """The local name."""
        return self.local

    @property
    def text(self) -> str:
        """The text of all descendants; setting it replaces every child."""
        return super().text

    @text.setter
    def text(self, value: str) -> None:
        first = self.children[0] if len(self.children) == 1 else None
        if type(first) is Text and value:
            first.value = value
            return
        self.children = []
        self._index = None
        if value:
            self.append(Text(value))

    def get(self, name: str) -> str | None:
        """The value of the attribute without namespace, None when there is none."""
        for attribute in self.attributes:
            if attribute.name == name and not attribute.namespace:
                return attribute.value
        return None

    def set(self, name: str, value: str, namespace: str = "", prefix: str = "") -> None:
        """Set an attribute."""
        for attribute in self.attributes:
            if attribute.name == name and attribute.namespace == namespace:
                attribute.value = value
                return
        attribute = Attribute(name, value, namespace, prefix)
        attribute.parent = self
        self.attributes.append(attribute)

    def child(self, name: str) -> Element | None:
        """The first child element of that local name."""
        for child in self.children:
            if isinstance(child, Element) and child.local == name:
                return child
        return None


class Attribute(Node):
    """An attribute; its parent is the element it stands on."""

    __slots__ = ("name", "namespace", "prefix", "value")

    def __init__(self, name: str, value: str, namespace: str = "", prefix: str = "") -> None:
        super().__init__()
        self.name = name
        self.value = value
        self.namespace = namespace
        self.prefix = prefix

    @property
    def text(self) -> str:
        """The value."""
        return self.value


class Text(Node):
    """A run of text."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        super().__init__()
        self.value = value

    @property
    def text(self) -> str:
        """The run itself."""
        return self.value


class Comment(Text):
    """A comment; no part of the text of its parent."""

    __slots__ = ()


class Instruction(Comment):
    """A processing instruction."""

    __slots__ = ("target",)

    def __init__(self, target: str, value: str) -> None:
        super().__init__(value)
        self.target = target


def walk(top: Node) -> Iterator[Node]:
    """Every descendant of ``top`` in document order, without ``top``."""
    stack = list(reversed(top.children))
    while stack:
        node = stack.pop()
        yield node
        if node.children:
            stack.extend(reversed(node.children))


def parse_document(xml: str) -> Document:
    """The tree of an XML text; entities and external references are refused. Raises ExpressionError (E-116)."""
    from defusedxml import DefusedXmlException, minidom

    document = Document()
    try:
        parsed = minidom.parseString(xml.strip())
    except (ExpatError, DefusedXmlException, ValueError, AttributeError) as error:
        raise ExpressionError("E-116", reason=str(error)) from error
    pending: list[tuple[dom.Node, _Container]] = [(parsed, document)]
    while pending:
        source, target = pending.pop()
        for child in source.childNodes:
            node = _convert(child)
            if node is None:
                continue
            _adopt(target, node)
            if isinstance(node, _Container):
                pending.append((child, node))
    parsed.unlink()
    return document


def parse_element(xml: str) -> Element:
    """The outermost element of an XML text, without a document above it. Raises ExpressionError (E-116)."""
    document = parse_document(xml)
    root = document.root
    document.remove(root)
    return root


def _adopt(target: _Container, node: Node) -> None:
    """Append, joining a CDATA section with the text beside it: XPath knows no difference."""
    last = target.children[-1] if target.children else None
    if type(node) is Text and type(last) is Text:
        last.value += node.value
    else:
        target.append(node)


def _convert(source: dom.Node) -> Node | None:
    if isinstance(source, dom.Text):
        return Text(source.data)
    if isinstance(source, dom.Comment):
        return Comment(source.data)
    if isinstance(source, dom.ProcessingInstruction):
        return Instruction(source.target, source.data)
    return _convert_element(source) if isinstance(source, dom.Element) else None


def _convert_element(source: dom.Element) -> Element:
    name = source.localName or source.tagName
    element = Element(name, namespace=source.namespaceURI or "", prefix=source.prefix or "")
    for attribute in source.attributes.values():
        if attribute.name == "xmlns" or attribute.prefix == "xmlns":
            continue
        name = attribute.localName or attribute.name
        element.set(name, attribute.value, attribute.namespaceURI or "", attribute.prefix or "")
    return element
