"""A questionnaire as stored text: canonical JSON, the same bytes for the same form, so that its hash names it.

What a laptop reads to start an interview; no workbook is parsed for that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from typing import Any, cast

from visitapp.errors import DamagedData
from visitapp.questionnaire.form import Choice, Form, Group, Itemset, Node, Question, Repeat

FORMAT = 1
"""Grows when a form is written in a way that older programs would misread."""

_KINDS: dict[str, type[Question] | type[Group] | type[Repeat]] = {
    "question": Question,
    "group": Group,
    "repeat": Repeat,
}
_NAMES = {cls: name for name, cls in _KINDS.items()}


def form_to_json(form: Form) -> str:
    """Canonical JSON of ``form``: keys sorted, empty members left out, no blanks."""
    data = {"format": FORMAT, **_members(form)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def form_from_json(text: str) -> Form:
    """The form that ``form_to_json`` wrote. Raises DamagedData: E-105 damaged, E-106 written by a newer program."""
    try:
        data = json.loads(text)
        version = data.pop("format")
        if version > FORMAT:
            raise DamagedData("E-106")
        data["root"] = _node(data["root"])
        data["languages"] = tuple(data["languages"])
        data["lists"] = {name: tuple(Choice(**choice) for choice in found) for name, found in data["lists"].items()}
        return Form(**data)
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DamagedData("E-105") from error


def form_hash(text: str) -> str:
    """SHA-256 of a stored form, in hexadecimal: its name wherever a response says which form it answers."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _members(value: Any) -> dict[str, object]:
    kind = _NAMES.get(type(value))
    found: dict[str, object] = {"kind": kind} if kind else {}
    for field in fields(value):
        member = getattr(value, field.name)
        if member != _default(field):
            found[field.name] = _encoded(member)
    return found


def _default(field: Field[Any]) -> object:
    if field.default_factory is not MISSING:
        return field.default_factory()
    return field.default


def _encoded(value: object) -> object:
    if isinstance(value, Question | Group | Repeat | Choice | Itemset):
        return _members(value)
    if isinstance(value, Mapping):
        return {key: _encoded(member) for key, member in value.items()}
    if isinstance(value, tuple):
        return [_encoded(member) for member in value]
    return value


def _node(data: dict[str, Any]) -> Any:
    cls = cast("Callable[..., Node]", _KINDS[data.pop("kind")])
    if "children" in data:
        data["children"] = tuple(_node(child) for child in data["children"])
    if "trigger" in data:
        data["trigger"] = tuple(data["trigger"])
    if "itemset" in data:
        data["itemset"] = Itemset(**data["itemset"])
    return cls(**data)
