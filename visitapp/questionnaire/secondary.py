"""The secondary instances of a form: its option lists and attached tables as trees, made when first asked for."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping

from visitapp.questionnaire.expressions.nodes import Document, Element, parse_element
from visitapp.questionnaire.form import Choice, Form, text_in


class Instances(Mapping[str, Document]):
    """Id -> tree (root / item / name, label, further columns), with labels in one language."""

    def __init__(self, form: Form, language: str) -> None:
        self._lists = form.lists
        self._texts = form.instances
        self._language = language
        self._made: dict[str, Document] = {}
        self._choices: dict[int, Choice] = {}

    def __getitem__(self, name: str) -> Document:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter((*self._lists, *self._texts))

    def __len__(self) -> int:
        return len(self._lists) + len(self._texts)

    def choice(self, item: Element) -> Choice:
        """The choice that an item stands for. Raises KeyError when it is no item of an option list."""
        return self._choices[id(item)]

    def _make(self, name: str) -> Document:
        if name not in self._lists:
            return Document(parse_element(self._texts[name]))
        root = Element("root")
        for choice in self._lists[name]:
            columns = {"name": choice.name, "label": text_in(choice.label, self._language), **choice.attributes}
            item = Element("item", children=[Element(key, text) for key, text in columns.items()])
            self._choices[id(item)] = choice
            root.append(item)
        return Document(root)


_INSTANCES: dict[tuple[int, str], Instances] = {}


def instances_of(form: Form, language: str) -> Instances:
    """The instances of ``form``; shared by its interviews, forgotten with it."""
    key = (id(form), language)
    if key not in _INSTANCES:
        _INSTANCES[key] = Instances(form, language)
        weakref.finalize(form, _INSTANCES.pop, key, None)
    return _INSTANCES[key]
