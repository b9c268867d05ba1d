"""Every text has its English, every error code its two sentences, and no text is written past the catalogue."""

from __future__ import annotations

import ast
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from visitapp.errors import VisitappError
from visitapp.i18n import error_text, tr, use_language
from visitapp.i18n.catalogue import error_texts

PACKAGE = Path(__file__).resolve().parents[2] / "visitapp"
LOCALE = PACKAGE.parent / "resources" / "locale"
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
SPEAKING = ("ui", "cli", "documents", "exports", "commands")


def sources() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def extracted() -> dict[str, str]:
    """Each text given to tr, and the file that uses it first."""
    found: dict[str, str] = {}
    for path in sources():
        with path.open("rb") as file:
            for _line, message, _comments, _context in extract("python", file, keywords={"tr": None}):
                found.setdefault(str(message), str(path.relative_to(PACKAGE)))
    return found


def english() -> dict[str, str]:
    catalogue = read_po(io.BytesIO((LOCALE / "en.po").read_bytes()), locale="en")
    assert not [message.id for message in catalogue if message.fuzzy and message.id]
    return {str(message.id): str(message.string) for message in catalogue if message.id}


def placeholders(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def test_every_text_has_its_english_and_none_is_stale() -> None:
    used, translated = extracted(), english()
    assert {text: where for text, where in used.items() if not translated.get(text)} == {}
    assert sorted(set(translated) - set(used)) == []


def test_translations_keep_the_placeholders() -> None:
    different = {text: shown for text, shown in english().items() if placeholders(text) != placeholders(shown)}
    assert different == {}


def test_translations_hold_no_japanese_but_names() -> None:
    """A name of the survey's world may stay Japanese in brackets or quotes; whole sentences may not."""
    assert [shown for shown in english().values() if len(JAPANESE.findall(shown)) > 12] == []


def test_every_raised_code_has_its_sentences_and_every_sentence_its_code() -> None:
    raised = {
        code for path in sources() for code in re.findall(r"[\"'](E-\d{3})[\"']", path.read_text(encoding="utf-8"))
    }
    assert sorted(raised - set(error_texts())) == []
    assert sorted(set(error_texts()) - raised) == []


def test_error_sentences_agree_in_both_languages() -> None:
    lines = (LOCALE / "errors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    codes = [line.split("\t")[0] for line in lines]
    assert len(codes) == len(set(codes))
    for code, (japanese, translated) in error_texts().items():
        assert japanese and translated, code
        assert JAPANESE.search(japanese), code
        assert not JAPANESE.search(translated), code
        assert placeholders(japanese) == placeholders(translated), code


def test_an_error_speaks_even_when_a_value_is_missing() -> None:
    try:
        use_language("en")
        assert error_text(VisitappError("E-999")).endswith("(E-999)")
    finally:
        use_language("ja")
    assert error_text(VisitappError("E-999")).endswith("（E-999）")
    assert tr("{n}件", n=3) == "3件"
    with pytest.raises(ValueError, match="fr"):
        use_language("fr")


def bare_texts(path: Path) -> list[str]:
    """Japanese string literals of a file that are neither given to tr nor documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    allowed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tr":
            allowed.update(id(inner) for inner in ast.walk(node))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            allowed.add(id(node.value))
    constants = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in allowed)
    texts = [node for node in constants if isinstance(node.value, str)]
    return [f"{path.relative_to(PACKAGE)}:{n.lineno} {n.value!r}" for n in texts if JAPANESE.search(str(n.value))]


def is_data(text: str) -> bool:
    """Units, eras and states of the survey's data are notation, a character table or pattern is no sentence."""
    return len(JAPANESE.findall(text)) <= 3 or "kinsoku.py" in text or "\\d" in text


def test_no_text_is_written_past_the_catalogue() -> None:
    found = [text for part in SPEAKING for path in sorted((PACKAGE / part).rglob("*.py")) for text in bare_texts(path)]
    assert [text for text in found if not is_data(text.split(" ", 1)[1]) and not is_data(text)] == []
