"""商号: one spelling for searching and comparing, whatever way a name was typed."""

from __future__ import annotations

import re
import unicodedata

from visitapp.japanese.kana import fold_small, katakana

_FORMS = (
    "株式会社|有限会社|合同会社|合資会社|合名会社|相互会社|特定非営利活動法人|(?:一般|公益)?(?:社団|財団)法人|"
    "医療法人|学校法人|社会福祉法人|協同組合|企業組合|"
    r"\((?:株|有|同|資|名|特非|一社|一財|公社|公財|医|学|福|協)\)|"
    r"カブシキガイシャ|ユウゲンガイシャ|ゴウドウガイシャ"
)
_FORM = re.compile(_FORMS)
_IGNORED = re.compile(r"[\s・･．.,，、。’'`\"“”\-‐‑–—―−ー~〜&＆/()（）「」『』]")
_VARIANTS = str.maketrans(
    dict(
        zip(
            "髙﨑濵濱邊邉澤櫻廣國龍眞惠嶋嶌冨𠮷德圓齋齊斉藏榮壽濟實繩學縣舊豐瀧鐵圖會應來假傳彌與萬蠶鷗淵渕峯曾",
            "高崎浜浜辺辺沢桜広国竜真恵島島富吉徳円斎斎斎蔵栄寿済実縄学県旧豊滝鉄図会応来仮伝弥与万蚕鴎渕渕峰曽",
            strict=True,
        )
    )
)


def search_key(name: str) -> str:
    """What is compared when a company is searched for.

    Legal form (株式会社, ㈱, (有) ...), width, blanks, dots, dashes and long-vowel marks, hiragana or katakana, small
    kana, capitals and old forms of a character (髙 高, 﨑 崎, 𠮷 吉) do not count. A name that is nothing but a legal
    form keeps it.
    """
    plain = katakana(_without_selectors(name)).lower()
    bare = _FORM.sub("", re.sub(r"\s", "", plain)) or plain
    return fold_small(_IGNORED.sub("", bare)).translate(_VARIANTS)


def matches(query: str, *texts: str | None) -> bool:
    """Whether every blank-separated word of ``query`` occurs in one of ``texts`` (name, フリガナ, address ...)."""
    keys = [search_key(text) for text in texts if text]
    words = [search_key(word) for word in unicodedata.normalize("NFKC", query).split()]
    return all(any(word in key for key in keys) for word in words if word)


def _without_selectors(text: str) -> str:
    """Without the invisible marks that choose a glyph of the same character."""
    return "".join(c for c in text if not ("\ufe00" <= c <= "\ufe0f" or "\U000e0100" <= c <= "\U000e01ef"))
