"""フリガナ: one spelling, and the order of a Japanese name list.

Order after JIS X 4061 in short: first the bare syllables (a long-vowel mark counts as the vowel it lengthens), then
清音 before 濁音 before 半濁音, then small before large kana.
"""

from __future__ import annotations

import unicodedata

import jaconv

_SMALL = dict(zip("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ", strict=True))
_VOICED, _HALF_VOICED = "\u3099", "\u309a"
_ROWS = {
    "ア": "アカサタナハマヤラワ",
    "イ": "イキシチニヒミリヰ",
    "ウ": "ウクスツヌフムユル",
    "エ": "エケセテネヘメレヱ",
    "オ": "オコソトノホモヨロヲ",
}
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}


def katakana(text: str) -> str:
    """Full-width katakana for hiragana and half-width kana; everything else NFKC."""
    return str(jaconv.hira2kata(unicodedata.normalize("NFKC", text)))


def fold_small(text: str) -> str:
    """キャノン and キヤノン alike: small katakana become large ones."""
    return "".join(_SMALL.get(c, c) for c in text)


def sort_key(text: str) -> tuple[str, str, str]:
    """Sorts フリガナ as a name list does; blanks do not count. Other scripts come in the order of their characters."""
    bare: list[str] = []
    voicing: list[str] = []
    size: list[str] = []
    for character in unicodedata.normalize("NFD", katakana(text)):
        if character in (_VOICED, _HALF_VOICED):
            if voicing:
                voicing[-1] = "1" if character == _VOICED else "2"
            continue
        if character.isspace():
            continue
        large = _SMALL.get(character, character)
        if large == "ー" and bare:
            large = _VOWEL.get(bare[-1], large)
        bare.append(large)
        voicing.append("0")
        size.append("0" if large != character else "1")
    return "".join(bare), "".join(voicing), "".join(size)
