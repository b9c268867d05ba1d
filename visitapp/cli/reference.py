"""The list of commands in docs/cli.md, made from the commands themselves.

``python -m visitapp.cli.reference docs/cli.md`` writes it anew below the file's mark; a test compares the two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from visitapp.cli.commands import Argument, all_commands, common_arguments
from visitapp.cli.parser import usage_of
from visitapp.i18n import in_language, tr

MARK = "<!-- visitapp.cli.reference -->"


def reference() -> str:
    """The list in Japanese, whatever language is in use."""
    with in_language("ja"):
        parts = [f"## {tr('共通の指定')}\n", *_table(common_arguments()), f"\n## {tr('命令')}\n"]
        for command in all_commands():
            parts += [f"### {' '.join(command.words)}\n", f"{command.help}\n", f"    {usage_of(command)}\n"]
            parts += [*_table(command.arguments), ""] if command.arguments else []
    return "\n".join(parts).rstrip() + "\n"


def with_reference(document: str) -> str:
    """The document with a fresh list below its mark. Raises ValueError when it has no mark."""
    return document[: document.index(MARK) + len(MARK)] + "\n\n" + reference()


def _table(arguments: Iterable[Argument]) -> list[str]:
    rows = [f"| `{_name(argument)}` | {argument.settings['help']} |" for argument in arguments]
    return [f"| {tr('引数')} | {tr('説明')} |", "|---|---|", *rows]


def _name(argument: Argument) -> str:
    flag = argument.flags[0]
    return flag if flag.startswith("-") else str(argument.settings["metavar"])


if __name__ == "__main__":
    document = Path(sys.argv[1])
    document.write_text(with_reference(document.read_text(encoding="utf-8")), encoding="utf-8")
