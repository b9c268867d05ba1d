"""Takes an XForm (XML) and the outline pyxform made of the same workbook over as an immutable ``Form``.

The XML gives resolved expressions, texts and option lists; the outline gives the XLSForm types, which the XML no
longer tells (a note and a read-only text look alike there). Source: the ODK XForms specification.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, tostring
from xml.etree.ElementTree import SubElement as sub_element  # noqa: N813 - a function in the library's own spelling

from defusedxml.ElementTree import iterparse

from visitapp.questionnaire.findings import Finding, WorkbookError
from visitapp.questionnaire.form import Choice, Form, Group, Itemset, Node, Question, Repeat, Text

_XF = "{http://www.w3.org/2002/xforms}"
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
_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[\w-]+)?)\)\s*$")
_ITEXT = re.compile(r"^jr:itext\((?:'([^']*)'|itextId)\)$")
_ITEMSET = re.compile(r"^instance\('([^']+)'\)/root/item(?:\[(.*)\])?$", re.DOTALL)
_SHUFFLED = re.compile(r"^randomize\((.*?)(?:,\s*([^,()\[\]]+))?\)$", re.DOTALL)
_RELATIVE = re.compile(r"(?<= )((?:current\(\)/)?)(\.\./[^\s()\[\],]+)(?= )")
_ALIASES = {"softmsg": "soft_message"}


def form_from_xform(xform: str, outline: Mapping[str, Any], attachments: Mapping[str, bytes]) -> Form:
    """The form in ``xform``. Raises WorkbookError (E-104, with findings) for what the program cannot carry."""
    return _Reader(xform, outline, attachments).form()


def language_code(name: str) -> str:
    """The code in "日本語 (ja)"; a name without a code stays as it is; "" for the unnamed language."""
    found = _LANGUAGE_CODE.search(name)
    return found[1] if found else ("" if name == "default" else name)


class _Reader:
    def __init__(self, xform: str, outline: Mapping[str, Any], attachments: Mapping[str, bytes]) -> None:
        self._outline = outline
        self._attachments = attachments
        self._top, self._extension_prefix = _parse(xform)
        self._model = _only(self._top, f".//{_XF}model")
        self._binds = {bind.get("nodeset", ""): bind for bind in self._model.findall(f"{_XF}bind")}
        self._body: dict[str, Element] = {}
        self._repeats: dict[str, Element] = {}
        self._set_values: dict[tuple[str, str], tuple[str, str]] = {}
        self._triggers: dict[str, list[str]] = {}
        self._read_body()

    # -- texts ------------------------------------------------------------------------------------------------
    @cached_property
    def _texts(self) -> dict[str, dict[str, dict[str, str]]]:
        """Text id -> form of the text ("" or "guidance") -> language -> text."""
        texts: dict[str, dict[str, dict[str, str]]] = {}
        for translation in self._model.findall(f"{_XF}itext/{_XF}translation"):
            language = language_code(translation.get("lang", ""))
            for text in translation.findall(f"{_XF}text"):
                forms = texts.setdefault(text.get("id", ""), {})
                for value in text.findall(f"{_XF}value"):
                    forms.setdefault(value.get("form", ""), {})[language] = _with_references(value)
        return {key: {form: _said(text) for form, text in forms.items()} for key, forms in texts.items()}

    def _text(self, element: Element | None, form: str = "") -> Text:
        if element is None:
            return {}
        reference = element.get("ref")
        if reference is None:
            return _plain(_with_references(element)) if form == "" else {}
        return self._by_id(reference, form)

    def _by_id(self, reference: str, form: str = "") -> Text:
        found = _ITEXT.match(reference)
        if not found:
            return _plain(reference) if form == "" else {}
        return self._texts.get(found[1], {}).get(form, {})

    # -- the body ---------------------------------------------------------------------------------------------
    def _read_body(self) -> None:
        parents = {child: parent for parent in self._top.iter() for child in parent}
        for element in self._top.iter():
            if element.tag == f"{_XF}repeat":
                self._repeats[element.get("nodeset", "")] = element
            elif element.tag == f"{_XF}setvalue":
                self._read_set_value(element, parents[element].get("ref", ""))
            elif element.get("ref") and element.tag not in {f"{_XF}label", f"{_XF}hint", f"{_XF}value"}:
                self._body[element.get("ref", "")] = element

    def _read_set_value(self, element: Element, inside: str) -> None:
        target, event = element.get("ref", ""), element.get("event", "")
        kind = "trigger" if "xforms-value-changed" in event else "default"
        self._set_values.setdefault((kind, target), (element.get("value", ""), inside))
        if kind == "trigger":
            self._triggers.setdefault(target, []).append(inside)

    # -- option lists and other secondary instances -----------------------------------------------------------
    @cached_property
    def _sources(self) -> dict[str, Element]:
        return {i.get("id", ""): i for i in self._model.findall(f"{_XF}instance") if i.get("id") is not None}

    def _rows(self, source: Element) -> list[dict[str, str]]:
        """The items of a secondary instance, inline or from an attached CSV, as column -> text."""
        address = source.get("src")
        if address is None:
            return [{_local(cell.tag): cell.text or "" for cell in item} for item in source.iter(f"{_XF}item")]
        name = PurePosixPath(address).name
        if name not in self._attachments:
            raise _refused("E-156", file=name)
        try:
            text = self._attachments[name].decode("utf-8-sig")
            return [dict(row) for row in csv.DictReader(io.StringIO(text), strict=True) if None not in row]
        except (UnicodeDecodeError, csv.Error) as error:
            raise _refused("E-157", file=name) from error

    @cached_property
    def _columns(self) -> dict[str, tuple[str, str]]:
        """List name -> the columns that hold an option's name and label."""
        columns: dict[str, tuple[str, str]] = {}
        for itemset in self._top.iter(f"{_XF}itemset"):
            found = _ITEMSET.match(_unshuffled(itemset.get("nodeset", "")))
            if found:
                used = (_ref(itemset, "value"), _ref(itemset, "label"))
                if columns.setdefault(found[1], used) != used:
                    raise _refused("E-158", list=found[1])
        return columns

    def _lists(self) -> dict[str, tuple[Choice, ...]]:
        lists = {}
        for name, source in self._sources.items():
            if source.get("src") is None or name in self._columns:
                value, label = self._columns.get(name, ("name", "label"))
                lists[name] = tuple(self._choice(row, value, label) for row in self._rows(source))
        return lists

    def _choice(self, row: dict[str, str], value: str, label: str) -> Choice:
        text_id = row.pop("itextId", None)
        text = self._texts.get(text_id, {}).get("", {}) if text_id else _plain(row.get(label, ""))
        attributes = {key: cell for key, cell in row.items() if (key, value) != ("name", "name") and key != "label"}
        if label != "label" and "label" in row:
            attributes["label"] = row["label"]
        return Choice(row.get(value, ""), text, attributes)

    def _instances(self) -> dict[str, str]:
        instances = {}
        for name, source in self._sources.items():
            if source.get("src") is not None and name not in self._columns:
                top = Element("root")
                for row in self._rows(source):
                    item = sub_element(top, "item")
                    for key, cell in row.items():
                        sub_element(item, key).text = cell
                instances[name] = tostring(top, encoding="unicode")
        return instances

    # -- nodes ------------------------------------------------------------------------------------------------
    def form(self) -> Form:
        data = next(i for i in self._model.findall(f"{_XF}instance") if i.get("id") is None)[0]
        path = f"/{_local(data.tag)}"
        title = self._top.findtext(".//{http://www.w3.org/1999/xhtml}title") or ""
        translations = self._model.findall(f"{_XF}itext/{_XF}translation")
        languages = tuple(language_code(t.get("lang", "")) for t in translations) or ("",)
        default = [language_code(t.get("lang", "")) for t in translations if t.get("default")]
        named = self._binds.get(f"{path}/meta/instanceName")
        return Form(
            form_id=data.get("id", ""),
            version=data.get("version", ""),
            title=_plain(title),
            languages=languages,
            default_language=(default or languages)[0],
            root=Group(path, path[1:], _plain(title), self._children(self._outline, path, data)),
            lists=self._lists(),
            instance_name=_expression(named, "calculate") if named is not None else "",
            instances=self._instances(),
        )

    def _children(self, outline: Mapping[str, Any], path: str, data: Element) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for child in outline.get("children", ()):
            if child["name"] == "meta" and child.get("control", {}).get("bodyless"):
                continue
            element = data.find(f"{_XF}{child['name']}")
            if element is not None:
                nodes.append(self._node(child, f"{path}/{child['name']}", element))
        return tuple(nodes)

    def _node(self, outline: Mapping[str, Any], path: str, data: Element) -> Node:
        if outline["type"] not in ("group", "repeat"):
            return self._question(outline, path, data)
        body, bind = self._body.get(path), self._binds.get(path)
        label = self._text(body.find(f"{_XF}label") if body is not None else None)
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
        hint = body.find(f"{_XF}hint") if body is not None else None
        list_name, choice_filter, itemset = self._options(body)
        dynamic, _ = self._set_values.get(("default", path), (_PRELOADED.get(kind, ""), ""))
        return Question(
            path=path,
            name=outline["name"],
            type=kind,
            label=self._text(body.find(f"{_XF}label")) if body is not None else self._bodyless_label(outline, path),
            hint=self._text(hint),
            guidance=self._text(hint, "guidance"),
            list_name=list_name,
            relevant=_expression(bind, "relevant"),
            constraint=_expression(bind, "constraint"),
            constraint_message=self._message(bind, "constraintMsg"),
            required=_truth(_expression(bind, "required")),
            required_message=self._message(bind, "requiredMsg"),
            calculation=self._calculation(path, bind),
            default="" if dynamic else data.text or "",
            dynamic_default=dynamic.strip(),
            readonly=_truth(_expression(bind, "readonly")),
            choice_filter=choice_filter,
            trigger=tuple(self._triggers.get(path, ())),
            appearance=body.get("appearance", "") if body is not None else "",
            parameters=_parameters(outline, body),
            extensions=self._extensions(bind),
            itemset=itemset,
        )

    def _bodyless_label(self, outline: Mapping[str, Any], path: str) -> Text:
        """A calculated question is not asked, but its table has a title: the label the workbook gives it."""
        label = outline.get("label")
        return _plain(label) if isinstance(label, str) else self._texts.get(f"{path}:label", {}).get("", {})

    def _calculation(self, path: str, bind: Element | None) -> str:
        """The calculation as seen from the question itself; a triggered one is written as seen from its trigger."""
        value, trigger = self._set_values.get(("trigger", path), ("", ""))
        if not trigger:
            return _expression(bind, "calculate")

        def from_here(found: re.Match[str]) -> str:
            return found[1] + relative(path, resolve(trigger, found[2]))

        return _RELATIVE.sub(from_here, value).strip() or "''"

    def _options(self, body: Element | None) -> tuple[str | None, str, Itemset | None]:
        itemset = body.find(f"{_XF}itemset") if body is not None else None
        if itemset is None:
            return None, "", None
        nodeset = _unshuffled(itemset.get("nodeset", ""))
        found = _ITEMSET.match(nodeset)
        if found is None:
            return None, "", Itemset(nodeset, _ref(itemset, "value"), _ref(itemset, "label"))
        return found[1], (found[2] or "").strip(), None

    def _message(self, bind: Element | None, name: str) -> Text:
        message = bind.get(f"{_JR}{name}", "") if bind is not None else ""
        return self._by_id(message) if message else {}

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


def _refused(code: str, **values: object) -> WorkbookError:
    finding = Finding("error", code, sheet="survey", values=values)
    return WorkbookError("E-104", (finding,), **values)


def _only(top: Element, path: str) -> Element:
    found = top.find(path)
    if found is None:
        raise ValueError(path)
    return found


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _ref(itemset: Element, name: str) -> str:
    element = itemset.find(f"{_XF}{name}")
    reference = element.get("ref", "") if element is not None else ""
    return "label" if reference.startswith("jr:itext") else reference


def _unshuffled(nodeset: str) -> str:
    found = _SHUFFLED.match(nodeset.strip())
    return (found[1] if found else nodeset).strip()


def _expression(bind: Element | None, name: str) -> str:
    return bind.get(name, "").strip() if bind is not None else ""


def _truth(expression: str) -> str:
    return _TRUTH.get(expression, expression)


def _parameters(outline: Mapping[str, Any], body: Element | None) -> Mapping[str, str]:
    parameters = {key: str(value) for key, value in (outline.get("parameters") or {}).items()}
    if body is not None and _local(body.tag) == "range":
        parameters |= {key: body.get(key, "") for key in ("start", "end", "step") if body.get(key)}
    return parameters


def _with_references(element: Element) -> str:
    """A text with its references in place of ``<output>``: "合計 ${/data/total} 円"."""
    parts = [element.text or ""]
    for output in element.findall(f"{_XF}output"):
        parts += ["${", output.get("value", "").strip(), "}", output.tail or ""]
    return "".join(parts).strip()


def _plain(text: str) -> Text:
    return {"": text} if text else {}


def _said(text: dict[str, str]) -> dict[str, str]:
    """Without the hyphen that stands where the workbook has no translation."""
    if all(value == "-" for value in text.values()):
        return text
    return {language: value for language, value in text.items() if value != "-"}
