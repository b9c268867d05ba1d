"""argparse speaks Japanese, and the manual says what the program does."""

from __future__ import annotations

import argparse
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

from visitapp.cli.commands import all_commands
from visitapp.cli.parser import UsageError, build_parser
from visitapp.cli.reference import with_reference
from visitapp.cli.words import phrases, speaking
from visitapp.i18n import in_language

ROOT = Path(__file__).parents[3]


def refused(line: list[str]) -> str:
    with speaking(), pytest.raises(UsageError) as caught:
        build_parser().parse_args(line)
    return caught.value.message


WRONG = (
    ["store"],
    ["frobnicate"],
    ["store", "create"],
    ["store", "create", "--role", "both"],
    ["store", "create", "--role"],
    ["import", "a", "b"],
    ["package", "import"],
    ["conflicts", "settle", "x", "--choose", "one"],
    ["--json=yes", "receipts"],
)


@pytest.mark.parametrize("line", WRONG, ids=" ".join)
def test_every_usage_error_is_japanese(line: list[str]) -> None:
    message = refused(line)
    names = {word for command in all_commands() for word in command.words}
    foreign = set(re.findall(r"[a-z]{4,}", message)) - names - {"headquarters", "laptop", *line}
    foreign -= {"choose", "role", "json"}
    assert re.search("[ぁ-ん]", message)
    assert foreign == set(), message


def test_english_stays_what_argparse_says() -> None:
    with in_language("en"):
        assert refused(["store", "create"]) == "the following arguments are required: --role"


def test_the_phrases_are_those_of_this_argparse() -> None:
    source = inspect.getsource(argparse)
    joined = re.sub(r"'\s*\n\s*'", "", source)
    for phrase in phrases():
        assert repr(phrase)[1:-1] in joined or phrase.replace("\n", "\\n") in joined, phrase


def test_argparse_is_left_as_it_was() -> None:
    before = vars(argparse)["_"]
    with speaking():
        assert vars(argparse)["_"] is not before
    assert vars(argparse)["_"] is before


def test_abbreviations_are_not_taken() -> None:
    assert "--choo" in refused(["conflicts", "settle", "key", "--choose", "1", "--choo", "2"])


def test_every_command_has_its_action() -> None:
    for command in all_commands():
        assert command.act.load().__doc__ == " ".join(command.words)


def test_making_the_parser_loads_no_database_and_no_window() -> None:
    line = "import sys, visitapp.app, visitapp.cli.parser as p; p.build_parser(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True).stdout.split()
    slow = {"sqlalchemy", "alembic", "PySide6", "reportlab", "pyxform", "openpyxl", "cryptography"}
    assert slow.isdisjoint(loaded)


def test_docs_cli_is_what_the_program_says() -> None:
    document = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert document == with_reference(document), "run: python -m visitapp.cli.reference docs/cli.md"
