"""The texts of an XForm in all its languages."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from visitapp.questionnaire.form import Text

XF = "{http://www.w3.org/2002/xforms}"
"""The namespace of XForms elements, as ElementTree writes it."""

_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,3}(?:-[\w-]+)?)\)\s*$")
_ITEXT = re.compile(r"^jr:itext\('([^']*)'\)$")


def language_code(name: str) -> str:
    """The code in "日本語 (ja)"; a name without a code stays as it is; "" for the unnamed language."""
    found = _LANGUAGE_CODE.search(name)
    return found[1] if found else ("" if name == "default" else name)


def plain(text: str) -> Text:
    """A text in no particular language; nothing when there is none."""
    return {"": text} if text else {}


class Texts:
    """The itext block of a model: text id -> form of the text ("" or "guidance") -> language -> text."""

    def __init__(self, model: Element) -> None:
        texts: dict[str, dict[str, dict[str, str]]] = {}
        translations = model.findall(f"{XF}itext/{XF}translation")
        for translation in translations:
            language = language_code(translation.get("lang", ""))
            for text in translation.findall(f"{XF}text"):
                forms = texts.setdefault(text.get("id", ""), {})
                for value in text.findall(f"{XF}value"):
                    forms.setdefault(value.get("form", ""), {})[language] = _with_references(value)
        self._texts = {key: {form: _said(text) for form, text in forms.items()} for key, forms in texts.items()}
        self.languages = tuple(language_code(t.get("lang", "")) for t in translations) or ("",)
        default = [language_code(t.get("lang", "")) for t in translations if t.get("default")]
        self.default_language = (default or self.languages)[0]

    def of(self, element: Element | None, form: str = "") -> Text:
        """The text of a label or hint element, written in it or referred to."""
        if element is None:
            return {}
        reference = element.get("ref")
        if reference is None:
            return plain(_with_references(element)) if form == "" else {}
        return self.referred(reference, form)

    def referred(self, reference: str, form: str = "") -> Text:
        """The text that an attribute means: "jr:itext('id')", or the attribute itself."""
        found = _ITEXT.match(reference)
        if found:
            return self.by_id(found[1], form)
        return plain(reference) if form == "" else {}

    def by_id(self, text_id: str, form: str = "") -> Text:
        """The text of that id; nothing when there is none."""
        return self._texts.get(text_id, {}).get(form, {})


def _with_references(element: Element) -> str:
    """A text with its references in place of ``<output>``: "合計 ${/data/total} 円"."""
    parts = [element.text or ""]
    for output in element.findall(f"{XF}output"):
        parts += ["${", output.get("value", "").strip(), "}", output.tail or ""]
    return "".join(parts).strip()


def _said(text: dict[str, str]) -> dict[str, str]:
    """Without the hyphen that stands where the workbook has no translation."""
    if all(value == "-" for value in text.values()):
        return text
    return {language: value for language, value in text.items() if value != "-"}
