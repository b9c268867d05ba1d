"""What an expression sees of the world: the answers, other instances, the clock, chance, texts.

Nothing here reads a clock or a file itself; whoever evaluates brings it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo

from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.nodes import Element, Node

JAPAN = timezone(timedelta(hours=9), "JST")
"""The zone of local dates unless another is given; Japan has no summer time."""

NAMESPACES: Mapping[str, str] = {
    "h": "http://www.w3.org/1999/xhtml",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "jr": "http://openrosa.org/javarosa",
    "orx": "http://openrosa.org/xforms",
    "odk": "http://www.opendatakit.org/xforms",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""The prefixes that XForms made by pyxform use."""


def _no_clock() -> datetime:
    raise ExpressionError("E-124")


def _no_choice_name(name: str, question: Element, language: str) -> str:
    return ""


def _no_itext(identifier: str, language: str) -> Sequence[Node]:
    return ()


@dataclass(slots=True)
class Environment:
    """What stays the same for all expressions of one interview.

    ``root``: the node that ``/`` means: a Document (or element) whose child is the primary instance's root element,
    so that ``/data/q1`` finds it.
    ``instances``: id -> the node that ``instance(id)`` gives; its child is that instance's root element.
    ``now``: the present moment, aware; seen in ``timezone``.
    ``language``: active language, "" for the form's default.
    ``itext``: (id, language) -> the ``value`` elements of that text, those without ``form`` attribute are plain.
    ``choice_name``: (choice name, the question's element, language) -> its label, "" when there is no such choice.
    ``default_namespace``: the namespace of unprefixed names; "" for trees built without namespaces.
    """

    root: Node
    instances: Mapping[str, Node] = field(default_factory=dict)
    now: Callable[[], datetime] = _no_clock
    timezone: tzinfo = JAPAN
    language: str = ""
    itext: Callable[[str, str], Sequence[Node]] = _no_itext
    choice_name: Callable[[str, Element, str], str] = _no_choice_name
    namespaces: Mapping[str, str] = field(default_factory=lambda: NAMESPACES)
    default_namespace: str = ""
    random: random.Random = field(default_factory=random.SystemRandom)


class Context:
    """Where one evaluation stands.

    ``current`` is the node whose expression is evaluated (``current()``); ``node`` differs from it inside predicates.
    """

    __slots__ = ("current", "environment", "node", "position", "size")

    def __init__(
        self, node: Node, environment: Environment, position: int = 1, size: int = 1, current: Node | None = None
    ) -> None:
        self.node = node
        self.environment = environment
        self.position = position
        self.size = size
        self.current = node if current is None else current
