"""The parser, made from the list of commands in the language in use."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, NoReturn

from visitapp.cli.commands import Action, Command, all_commands, themes
from visitapp.i18n import tr
from visitapp.i18n.catalogue import LANGUAGES

WIDTH = 100
"""Columns of the help, whatever the terminal: the manual is made from it."""


class UsageError(Exception):
    """The line cannot be understood; ``usage`` is the usage of the command meant."""

    def __init__(self, usage: str, message: str) -> None:
        super().__init__(message)
        self.usage = usage
        self.message = message


class Parser(argparse.ArgumentParser):
    """Says what is wrong instead of leaving the program."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            **settings, allow_abbrev=False, formatter_class=lambda prog: argparse.HelpFormatter(prog, 32, WIDTH)
        )

    def error(self, message: str) -> NoReturn:
        """Raises UsageError."""
        raise UsageError(self.format_usage(), message)


def common_arguments() -> Parser:
    """What stands before every command."""
    parser = Parser(prog="visitapp", add_help=False)
    folder = tr("データフォルダ（なければ VISITAPP_DATA_DIR、それもなければ個人の場所）")
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help=folder)
    passphrase = tr("合言葉を1行目に書いたファイル（なければ VISITAPP_PASSPHRASE）")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=passphrase)
    parser.add_argument("--person", metavar="CODE", help=tr("だれの変更として残すか（staff-01 など。VISITAPP_PERSON）"))
    parser.add_argument("--language", choices=LANGUAGES, help=tr("ことば（VISITAPP_LANGUAGE。なければ ja）"))
    parser.add_argument("--json", action="store_true", help=tr("結果を1つのJSONで出す"))
    return parser


def build_parser() -> Parser:
    """The whole parser. Parsed arguments carry ``act`` (an Action) and ``command``; both None without a command."""
    parser = Parser(
        prog="visitapp",
        description=tr("企業訪問手帳。命令を書かなければ画面を開きます。"),
        parents=[common_arguments()],
        epilog=tr(
            "終了コード: 0 できた・1 思いがけない誤り・2 書き方の誤り・3 断られた、または今はできない・"
            "4 ディスクや権限・5 こわれたファイル"
        ),
    )
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


def _add(place: Any, command: Command) -> None:
    parser = place.add_parser(command.words[-1], help=command.help, description=command.help)
    for argument in command.arguments:
        parser.add_argument(*argument.flags, **argument.settings)
    action: Action = command.act
    parser.set_defaults(act=action, command=" ".join(command.words))
