"""The option lists and further secondary instances of an XForm, inline or from attached files."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring as hostile_fromstring

from visitapp.questionnaire.findings import Finding, WorkbookError
from visitapp.questionnaire.form import Choice
from visitapp.questionnaire.xform_texts import XF, Texts, plain

_ITEMSET = re.compile(r"^instance\('([^']+)'\)/root/item(?:\[(.*)\])?$", re.DOTALL)
_SHUFFLED = re.compile(r"^randomize\((.*?)(?:,\s*([^,()\[\]]+))?\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Offer:
    """What an ``<itemset>`` says: a list and its filter, or (``source`` is "") an expression; columns; order."""

    source: str
    condition: str
    nodeset: str
    value: str
    label: str
    shuffled: bool
    seed: str


def offer_of(itemset: Element) -> Offer:
    """The options of a select."""
    nodeset = itemset.get("nodeset", "").strip()
    shuffled = _SHUFFLED.match(nodeset)
    if shuffled:
        nodeset = shuffled[1].strip()
    found = _ITEMSET.match(nodeset)
    return Offer(
        source=found[1] if found else "",
        condition=(found[2] or "").strip() if found else "",
        nodeset=nodeset,
        value=_column(itemset, "value"),
        label=_column(itemset, "label"),
        shuffled=shuffled is not None,
        seed=(shuffled[2] or "").strip() if shuffled else "",
    )


class Lists:
    """Reads the secondary instances of a form. ``attachments``: file name -> content."""

    def __init__(self, top: Element, model: Element, texts: Texts, attachments: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._attachments = attachments
        self._sources = {i.get("id", ""): i for i in model.findall(f"{XF}instance") if i.get("id") is not None}
        self._columns: dict[str, tuple[str, str]] = {}
        for offer in map(offer_of, top.iter(f"{XF}itemset")):
            used = (offer.value, offer.label)
            if offer.source and self._columns.setdefault(offer.source, used) != used:
                raise refused("E-158", list=offer.source)

    def lists(self) -> dict[str, tuple[Choice, ...]]:
        """List name -> its options in printed order. Raises WorkbookError for files that are missing or damaged."""
        found = {}
        for name, source in self._sources.items():
            if source.get("src") is None or name in self._columns:
                value, label = self._columns.get(name, ("name", "label"))
                found[name] = tuple(self._choice(row, value, label) for row in _rows(self._tree(source)))
        return found

    def instances(self) -> dict[str, str]:
        """Id -> XML text, of the instances that are no option lists. Raises WorkbookError likewise."""
        return {
            name: tostring(self._tree(source), encoding="unicode")
            for name, source in self._sources.items()
            if source.get("src") is not None and name not in self._columns
        }

    def _choice(self, row: dict[str, str], value: str, label: str) -> Choice:
        text_id = row.pop("itextId", None)
        text = self._texts.by_id(text_id) if text_id else plain(row.get(label, ""))
        usual = {key for key, column in (("name", value), ("label", label)) if key == column}
        return Choice(row.get(value, ""), text, {key: cell for key, cell in row.items() if key not in usual})

    def _tree(self, source: Element) -> Element:
        address = source.get("src")
        if address is None:
            return source
        if address.startswith("jr://instance/"):  # the response before this one: there is none on this device
            return Element("data")
        name = PurePosixPath(address).name
        if name not in self._attachments:
            raise refused("E-156", file=name)
        try:
            read = {".csv": _from_csv, ".xml": _from_xml}[PurePosixPath(name).suffix.lower()]
            return read(self._attachments[name])
        except (KeyError, ValueError, csv.Error, ParseError, DefusedXmlException) as error:
            raise refused("E-157", file=name) from error


def refused(code: str, **values: object) -> WorkbookError:
    """The error for one finding about the questionnaire as a whole."""
    return WorkbookError("E-104", (Finding("error", code, sheet="survey", values=values),), **values)


def _from_csv(content: bytes) -> Element:
    """Raises ValueError when the file is not UTF-8, a row is too long, or a header is no name."""
    top = Element("root")
    for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True):
        if None in row:
            raise ValueError(row)
        item = SubElement(top, "item")
        for column, cell in row.items():
            SubElement(item, column).text = cell or ""
    fromstring(tostring(top))  # fails for headers that cannot name a column in an expression
    return top


def _from_xml(content: bytes) -> Element:
    top: Element = hostile_fromstring(content)
    return top


def _rows(tree: Element) -> list[dict[str, str]]:
    items = (element for element in tree.iter() if _local(element.tag) == "item")
    return [{_local(cell.tag): cell.text or "" for cell in item} for item in items]


def _column(itemset: Element, name: str) -> str:
    element = itemset.find(f"{XF}{name}")
    reference = element.get("ref", "") if element is not None else ""
    return "label" if reference.startswith("jr:itext") else reference


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
