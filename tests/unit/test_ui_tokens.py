"""The tokens keep the contrast they promise, and nothing else in the window names a colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

import visitapp.ui
from visitapp.resources import resource_path
from visitapp.ui.tokens import DARK, LIGHT, TYPES, contrast

_TEXT = [
    *((text, ground) for text in ("text", "text2", "text3", "accent") for ground in ("bg", "surface")),
    *((text, ground) for text in ("text", "text2") for ground in ("accentSoft", "surface2", "sunken")),
    ("text", "rank"), ("text", "warnSoft"), ("text", "errSoft"), ("text", "okSoft"),
    ("text3", "surface2"), ("text3", "sunken"), ("accent", "accentSoft"),
    ("ok", "okSoft"), ("warn", "warnSoft"), ("err", "errSoft"), ("ok", "surface"), ("warn", "surface"), ("err", "surface"),
    ("onAccent", "accent"), ("onAccent", "accentH"), ("surface", "text"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), _TEXT)
def test_text_has_at_least_4_5(colours: Mapping[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "surface"])
def test_edges_of_controls_have_at_least_3(colours: Mapping[str, str], ground: str) -> None:
    assert contrast(colours["borderS"], colours[ground]) >= 3


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    # Published example of a grey that just passes.
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


def test_light_and_dark_have_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_nothing_is_smaller_than_a_caption() -> None:
    assert min(step.px for step in TYPES.values()) == 12


def test_no_colour_is_named_outside_the_tokens() -> None:
    folder = Path(visitapp.ui.__file__).parent
    files = [*folder.rglob("*.py"), *resource_path("style").iterdir()]
    wrong = [
        f"{path.name}: {found}"
        for path in files
        if path.name != "tokens.py"
        for found in re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?![0-9a-zA-Z])", path.read_text(encoding="utf-8"))
    ]
    assert not wrong
