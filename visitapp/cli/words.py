"""argparse in Japanese: its own fixed phrases, looked up while a parser speaks."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from visitapp.i18n import language, tr


def phrases() -> Mapping[str, str]:
    """argparse's English phrase -> the one to show."""
    return {
        "usage: ": tr("使い方: "),
        "options": tr("指定"),
        "positional arguments": tr("引数"),
        "show this help message and exit": tr("この説明を見せて終わる"),
        "show program's version number and exit": tr("版の番号を見せて終わる"),
        "%(prog)s: error: %(message)s\n": tr("%(prog)s: 誤り: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": tr("%(argument_name)s: %(message)s"),
        "the following arguments are required: %s": tr("足りない引数があります: %s"),
        "unrecognized arguments: %s": tr("知らない引数です: %s"),
        "expected one argument": tr("値を1つ書いてください"),
        "expected at least one argument": tr("値を1つ以上書いてください"),
        "invalid choice: %(value)r (choose from %(choices)s)": tr("%(value)r は選べません（%(choices)s から選びます）"),
        "invalid %(type)s value: %(value)r": tr("%(value)r は使えません。数を書いてください"),
        "not allowed with argument %s": tr("%s といっしょには使えません"),
        "ignored explicit argument %r": tr("値 %r は要りません"),
        "ambiguous option: %(option)s could match %(matches)s": tr("%(option)s は %(matches)s のどれか分かりません"),
    }


@contextmanager
def speaking() -> Iterator[None]:
    """Let argparse speak the language in use inside the block.

    argparse looks its phrases up through its module's ``_``; there is no other door. A test notices when that changes.
    """
    if language() == "en":
        yield
        return
    known = phrases()
    module = vars(argparse)
    before = module["_"]
    module["_"] = lambda text: known.get(text, before(text))
    try:
        yield
    finally:
        module["_"] = before
