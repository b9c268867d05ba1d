"""Takes an XForm (XML) and the outline pyxform made of the same workbook over as an immutable ``Form``.

The XML gives resolved expressions, texts and option lists; the outline gives the XLSForm types, which the XML no
longer tells (a note and a read-only text look alike there). Source: the ODK XForms specification.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

from visitapp.questionnaire.form import Form, Group, Itemset, Node, Question, Repeat, Text
from visitapp.questionnaire.xform_lists import Lists, Offer, offer_of
from visitapp.questionnaire.xform_texts import XF, Texts, plain

_JR = "{http://openrosa.org/javarosa}"
_TYPES = {
    "select one": "select_one",
    "select all that apply": "select_multiple",
    "photo": "image",
    "int": "integer",
    "string": "text",
    "datetime": "dateTime",
    "trigger": "acknowledge",
}
_PRELOADED = {"today": "today()", "start": "now()"}
_TRUTH = {"": "", "true()": "true()", "yes": "true()", "false()": "", "no": ""}
_RELATIVE = re.compile(r"(?<= )((?:current\(\)/)?)(\.\./[^\s()\[\],]+)(?= )")
_ALIASES = {"softmsg": "soft_message"}


def form_from_xform(xform: str, outline: Mapping[str, Any], attachments: Mapping[str, bytes]) -> Form:
    """The form in ``xform``. Raises WorkbookError (E-104, with findings) for what the program cannot carry."""
    return _Reader(xform, outline, attachments).form()


class _Reader:
    def __init__(self, xform: str, outline: Mapping[str, Any], attachments: Mapping[str, bytes]) -> None:
        self._outline = outline
        self._top, self._extension_prefix = _parse(xform)
        self._model = _only(self._top, f".//{XF}model")
        self._binds = {bind.get("nodeset", ""): bind for bind in self._model.findall(f"{XF}bind")}
        self._body: dict[str, Element] = {}
        self._repeats: dict[str, Element] = {}
        self._set_values: dict[tuple[str, str], tuple[str, str]] = {}
        self._triggers: dict[str, list[str]] = {}
        self._read_body()
        self._texts = Texts(self._model)
        self._lists = Lists(self._top, self._model, self._texts, attachments)

    # -- the body ---------------------------------------------------------------------------------------------
    def _read_body(self) -> None:
        parents = {child: parent for parent in self._top.iter() for child in parent}
        for element in self._top.iter():
            if element.tag == f"{XF}repeat":
                self._repeats[element.get("nodeset", "")] = element
            elif element.tag == f"{XF}setvalue":
                self._read_set_value(element, parents[element].get("ref", ""))
            elif element.get("ref") and element.tag not in {f"{XF}label", f"{XF}hint", f"{XF}value"}:
                self._body[element.get("ref", "")] = element

    def _read_set_value(self, element: Element, inside: str) -> None:
        target, event = element.get("ref", ""), element.get("event", "")
        kind = "trigger" if "xforms-value-changed" in event else "default"
        self._set_values.setdefault((kind, target), (element.get("value", ""), inside))
        if kind == "trigger":
            self._triggers.setdefault(target, []).append(inside)

    # -- nodes ------------------------------------------------------------------------------------------------
    def form(self) -> Form:
        data = next(i for i in self._model.findall(f"{XF}instance") if i.get("id") is None)[0]
        path = f"/{_local(data.tag)}"
        title = self._top.findtext(".//{http://www.w3.org/1999/xhtml}title") or ""
        named = self._binds.get(f"{path}/meta/instanceName")
        return Form(
            form_id=data.get("id", ""),
            version=data.get("version", ""),
            title=plain(title),
            languages=self._texts.languages,
            default_language=self._texts.default_language,
            root=Group(path, path[1:], plain(title), self._children(self._outline, path, data)),
            lists=self._lists.lists(),
            instance_name=_expression(named, "calculate") if named is not None else "",
            instances=self._lists.instances(),
        )

    def _children(self, outline: Mapping[str, Any], path: str, data: Element) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for child in outline.get("children", ()):
            if child["name"] == "meta" and child.get("control", {}).get("bodyless"):
                continue
            element = data.find(f"{XF}{child['name']}")
            if element is not None:
                nodes.append(self._node(child, f"{path}/{child['name']}", element))
        return tuple(nodes)

    def _node(self, outline: Mapping[str, Any], path: str, data: Element) -> Node:
        if outline["type"] not in ("group", "repeat"):
            return self._question(outline, path, data)
        body, bind = self._body.get(path), self._binds.get(path)
        label = self._texts.of(body.find(f"{XF}label") if body is not None else None)
        children = self._children(outline, path, data)
        relevant, extensions = _expression(bind, "relevant"), self._extensions(bind)
        appearance = body.get("appearance", "") if body is not None else ""
        name = outline["name"]
        if outline["type"] == "group":
            return Group(path, name, label, children, relevant, appearance, extensions)
        repeat = self._repeats[path]
        count = repeat.get(f"{_JR}count", "").strip()
        return Repeat(
            path, name, label, children, relevant, repeat.get("appearance", appearance),
            resolve(path, count) if count else "", extensions,
        )  # fmt: skip

    def _question(self, outline: Mapping[str, Any], path: str, data: Element) -> Question:
        body, bind = self._body.get(path), self._binds.get(path)
        kind = _TYPES.get(outline["type"], outline["type"])
        hint = body.find(f"{XF}hint") if body is not None else None
        itemset = body.find(f"{XF}itemset") if body is not None else None
        offer = offer_of(itemset) if itemset is not None else None
        dynamic, _ = self._set_values.get(("default", path), (_PRELOADED.get(kind, ""), ""))
        return Question(
            path=path,
            name=outline["name"],
            type=kind,
            label=self._texts.of(body.find(f"{XF}label")) if body is not None else self._bodyless_label(outline, path),
            hint=self._texts.of(hint),
            guidance=self._texts.of(hint, "guidance"),
            list_name=(offer.source or None) if offer else None,
            relevant=_expression(bind, "relevant"),
            constraint=_expression(bind, "constraint"),
            constraint_message=self._message(bind, "constraintMsg"),
            required=_truth(_expression(bind, "required")),
            required_message=self._message(bind, "requiredMsg"),
            calculation=self._calculation(path, bind),
            default="" if dynamic else data.text or "",
            dynamic_default=dynamic.strip(),
            readonly=_truth(_expression(bind, "readonly")),
            choice_filter=offer.condition if offer else "",
            trigger=tuple(self._triggers.get(path, ())),
            appearance=body.get("appearance", "") if body is not None else "",
            parameters=_parameters(outline, body, offer),
            extensions=self._extensions(bind),
            itemset=Itemset(offer.nodeset, offer.value, offer.label) if offer and not offer.source else None,
        )

    def _bodyless_label(self, outline: Mapping[str, Any], path: str) -> Text:
        """A calculated question is not asked, but its table has a title: the label the workbook gives it."""
        label = outline.get("label")
        return plain(label) if isinstance(label, str) else self._texts.by_id(f"{path}:label")

    def _calculation(self, path: str, bind: Element | None) -> str:
        """The calculation as seen from the question itself; a triggered one is written as seen from its trigger."""
        value, trigger = self._set_values.get(("trigger", path), ("", ""))
        if not trigger:
            return _expression(bind, "calculate")

        def from_here(found: re.Match[str]) -> str:
            return found[1] + relative(path, resolve(trigger, found[2]))

        return _RELATIVE.sub(from_here, value).strip() or "''"

    def _message(self, bind: Element | None, name: str) -> Text:
        message = bind.get(f"{_JR}{name}", "") if bind is not None else ""
        return self._texts.referred(message) if message else {}

    def _extensions(self, bind: Element | None) -> Mapping[str, str]:
        if bind is None or not self._extension_prefix:
            return {}
        prefix = f"{{{self._extension_prefix}}}"
        names = {key: key.removeprefix(prefix) for key in bind.keys() if key.startswith(prefix)}  # noqa: SIM118
        return {_ALIASES.get(name, name): bind.get(key, "").strip() for key, name in names.items()}


def resolve(base: str, reference: str) -> str:
    """The absolute path of ``reference`` as seen from the node ``base``."""
    if not reference.startswith("."):
        return reference
    steps = base.split("/")
    for step in reference.split("/"):
        if step == "..":
            steps.pop()
        elif step != ".":
            steps.append(step)
    return "/".join(steps)


def relative(base: str, path: str) -> str:
    """The way from the node ``base`` to ``path``: "../name"."""
    here, there = base.split("/"), path.split("/")
    shared = 0
    while shared < min(len(here), len(there)) - 1 and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:])


def _parse(xform: str) -> tuple[Element, str]:
    """The document and the namespace of the visitapp extensions ("" when the workbook declares none)."""
    extension = ""
    top: Element | None = None
    for event, found in iterparse(io.BytesIO(xform.encode("utf-8")), events=("start-ns", "end")):
        if event == "end":
            top = found
        elif found[0] == "visitapp":
            extension = found[1]
    assert top is not None  # a document without an element does not parse
    return top, extension


def _only(top: Element, path: str) -> Element:
    found = top.find(path)
    if found is None:
        raise ValueError(path)
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _expression(bind: Element | None, name: str) -> str:
    return bind.get(name, "").strip() if bind is not None else ""


def _truth(expression: str) -> str:
    return _TRUTH.get(expression, expression)


def _parameters(outline: Mapping[str, Any], body: Element | None, offer: Offer | None) -> Mapping[str, str]:
    parameters = {key: str(value) for key, value in (outline.get("parameters") or {}).items()}
    if body is not None and _local(body.tag) == "range":
        parameters |= {key: body.get(key, "") for key in ("start", "end", "step") if body.get(key)}
    if offer is not None and offer.seed:
        parameters["seed"] = offer.seed
    return parameters
