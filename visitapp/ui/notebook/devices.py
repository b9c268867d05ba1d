"""How devices and kinds of records are called on the screen."""

from __future__ import annotations

import re

from visitapp.i18n import tr

_LAPTOP = re.compile(r"laptop-(\d+)")


def device_word(code: str) -> str:
    """端末03 of laptop-03; 本部; any other code as it is."""
    found = _LAPTOP.fullmatch(code)
    if found is not None:
        return tr("端末{n}", n=found[1])
    return tr("本部") if code == "本部" else code or tr("登録のない端末")


def kind_word(table: str) -> str:
    """What a table of records is called."""
    words = {
        "response": tr("回答票"),
        "answer": tr("回答"),
        "visit": tr("訪問の記録"),
        "opinion": tr("自由意見"),
        "offer": tr("案内した施策"),
        "company": tr("企業の台帳"),
        "target": tr("対象と割当"),
        "form": tr("調査票の版"),
        "survey": tr("調査"),
        "programme": tr("支援施策"),
        "device": tr("端末"),
        "setting": tr("設定"),
    }
    return words.get(table, table)
