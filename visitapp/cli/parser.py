"""The parser, made from the list of commands in the language in use."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from visitapp.cli.commands import Argument, Command, all_commands, common_arguments, themes
from visitapp.i18n import language, tr

PROGRAM = "visitapp"


class UsageError(Exception):
    """The line cannot be understood; ``usage`` is the usage of the command meant."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage
        self.message = message


def _formatter(prog: str) -> argparse.HelpFormatter:
    # A Japanese character takes two columns, and argparse counts characters.
    return argparse.HelpFormatter(prog, max_help_position=28, width=100 if language() == "en" else 66)


class Parser(argparse.ArgumentParser):
    """Says what is wrong instead of leaving the program."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings, allow_abbrev=False, formatter_class=_formatter)

    def take(self, arguments: tuple[Argument, ...]) -> None:
        """Add arguments that are written down as data."""
        for argument in arguments:
            self.add_argument(*argument.flags, **argument.settings)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(self.format_usage(), message)


def build_parser() -> Parser:
    """The whole parser. Parsed arguments carry ``act`` (an Action) and ``command``; both None without a command."""
    parser = Parser(
        prog=PROGRAM,
        description=tr("企業訪問手帳。命令を書かなければ画面を開きます。"),
        epilog=tr(
            "終了コード: 0 できた・1 思いがけない誤り・2 書き方の誤り・3 断られた、または今はできない・"
            "4 ディスクや権限・5 こわれたファイル"
        ),
    )
    parser.take(common_arguments())
    parser.set_defaults(act=None, command=None)
    commands = parser.add_subparsers(title=tr("命令"), metavar="COMMAND", parser_class=Parser)
    groups: dict[str, Any] = {}
    for command in all_commands():
        first = command.words[0]
        if len(command.words) == 1:
            _add(commands, command)
            continue
        if first not in groups:
            theme = themes()[first]
            group = commands.add_parser(first, help=theme, description=theme)
            groups[first] = group.add_subparsers(
                title=tr("命令"), metavar="COMMAND", required=True, dest="word", parser_class=Parser
            )
        _add(groups[first], command)
    return parser


def usage_of(command: Command) -> str:
    """How one command is written, on one line."""
    parser = Parser(prog=f"{PROGRAM} {' '.join(command.words)}", add_help=False)
    parser.take(command.arguments)
    return " ".join(parser.format_usage().split()[1:])


def _add(place: Any, command: Command) -> None:
    parser = place.add_parser(command.words[-1], help=command.help, description=command.help)
    parser.take(command.arguments)
    parser.set_defaults(act=command.act, command=" ".join(command.words))
