"""Every error the store raises has its text."""

from __future__ import annotations

import re
from pathlib import Path

import visitapp.store
from visitapp.resources import resource_path

KNOWN_FOR_FOLLOWING = {"folder", "path", "found", "known", "change", "field"}


def test_every_code_raised_has_a_text_and_its_placeholders_are_given() -> None:
    lines = resource_path("locale", "errors.tsv").read_text(encoding="utf-8").splitlines()
    texts = {line.split("\t")[0]: line.split("\t")[1:] for line in lines}
    source = "".join(path.read_text(encoding="utf-8") for path in Path(visitapp.store.__file__).parent.glob("*.py"))
    codes = set(re.findall(r'"(E-\d{3})"', source))
    assert len(codes) >= 15
    for code in codes:
        japanese, english = texts[code]
        for text in (japanese, english):
            assert set(re.findall(r"{(\w+)}", text)) <= KNOWN_FOR_FOLLOWING, code
