"""A questionnaire as data: immutable, without behaviour, storable as JSON.

Source of the format: the XLSForm standard and the ODK XForms specification. What the standard lacks
rides in ``bind::visitapp:*`` columns and arrives here in ``Question.extensions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Text = Mapping[str, str]
"""One text in several languages: language code ("ja", "en", or "" when the workbook names none) -> text.

A text may refer to answers: "合計 ${/data/total} 円", "${../family}さん" (see ``text_parts``).
"""

_REFERENCE = re.compile(r"\$\{([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. ``attributes`` holds the further columns of the choices sheet (for choice filters)."""

    name: str
    label: Text
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Itemset:
    """Options that are rows of a repeat: an expression for the rows, and the columns of name and label."""

    nodeset: str
    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A row of the survey sheet that holds a value.

    ``path`` is the XForm path ("/data/q1/V1-2"); expressions are XPath with ``${name}`` already resolved.
    ``type`` is the XLSForm type without its list ("select_one", "integer", "calculate" ...).
    ``list_name`` names the choice list of a select; None otherwise.
    ``extensions`` are the ``bind::visitapp:*`` attributes without prefix, see docs/questionnaires.md:
    number (printed), estimated ("yes" = 推定), exclusive (choice names that stand alone), specify (name of
    the select whose その他 this text explains), specify_choice (that choice's name), source (question a derived
    one is computed from), categories (list of a derived question), base (expression narrowing the table's base),
    tabulate ("no" = left out of tables), soft / soft_message (soft check; soft_message_en and so on for further
    languages).
    ``calculation`` with ``trigger`` (paths) runs only when one of the triggers changes. ``default`` is a text,
    ``dynamic_default`` an expression; both fill a new response or row once. ``choice_filter`` is a predicate on the
    items of the list. ``required`` and ``readonly`` are expressions, "" for never.
    """

    path: str
    name: str
    type: str
    label: Text
    hint: Text = field(default_factory=dict)
    guidance: Text = field(default_factory=dict)
    list_name: str | None = None
    relevant: str = ""
    constraint: str = ""
    constraint_message: Text = field(default_factory=dict)
    required: str = ""
    required_message: Text = field(default_factory=dict)
    calculation: str = ""
    default: str = ""
    dynamic_default: str = ""
    readonly: str = ""
    choice_filter: str = ""
    trigger: tuple[str, ...] = ()
    appearance: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    extensions: Mapping[str, str] = field(default_factory=dict)
    itemset: Itemset | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A section. The root group has the path of the form's root element ("/data")."""

    path: str
    name: str
    label: Text
    children: tuple[Question | Group | Repeat, ...]
    relevant: str = ""
    appearance: str = ""
    extensions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A group that occurs once for each row.

    ``count`` is the path of the question that holds the number of rows, or "" when rows are added by hand.
    """

    path: str
    name: str
    label: Text
    children: tuple[Question | Group | Repeat, ...]
    relevant: str = ""
    appearance: str = ""
    count: str = ""
    extensions: Mapping[str, str] = field(default_factory=dict)


Node = Question | Group | Repeat


@dataclass(frozen=True)
class Form:
    """A whole questionnaire. ``lists``: list name -> its choices in printed order."""

    form_id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    default_language: str
    root: Group
    lists: Mapping[str, tuple[Choice, ...]]
    instance_name: str = ""
    instances: Mapping[str, str] = field(default_factory=dict)
    """Secondary instances that are not choice lists: id -> XML text of their root element."""

    @cached_property
    def nodes(self) -> Mapping[str, Node]:
        """Path -> node, in printed order."""
        return {node.path: node for node in self.walk()}

    def walk(self) -> Iterator[Node]:
        """Every node in printed order, the root first."""
        stack: list[Node] = [self.root]
        while stack:
            node = stack.pop()
            yield node
            if not isinstance(node, Question):
                stack.extend(reversed(node.children))

    def questions(self) -> Iterator[Question]:
        """Every question in printed order."""
        return (node for node in self.walk() if isinstance(node, Question))

    def question(self, name: str) -> Question:
        """The question of that name. Raises KeyError when there is none."""
        for node in self.questions():
            if node.name == name:
                return node
        raise KeyError(name)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The options of a select, or of a derived question's categories; empty for others."""
        return self.lists.get(question.list_name or question.extensions.get("categories", ""), ())


def text_in(text: Text, language: str) -> str:
    """The text in ``language``, else the first there is, else "". References stay as they are."""
    return text.get(language) or next(iter(text.values()), "")


def text_parts(text: str) -> Iterator[tuple[str, str]]:
    """A text cut at its references: (literal before it, path as seen from the text's node), "" after the last."""
    end = 0
    for found in _REFERENCE.finditer(text):
        yield text[end : found.start()], found[1].strip()
        end = found.end()
    yield text[end:], ""


def without_references(text: str, blank: str = "＿＿") -> str:
    """A text with each reference shown as ``blank``: what a blank questionnaire prints."""
    return _REFERENCE.sub(lambda _: blank, text)
