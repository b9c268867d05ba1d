"""Where a Japanese line may end (禁則処理, strict; after JIS X 4051 and the W3C's requirements for Japanese layout)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

NOT_FIRST = frozenset(
    "、。，．,.・：；:;？！?!‼⁇⁈⁉゛゜ヽヾゝゞ々〻ー）〕］｝〉》」』】〙〗〟’”｠»)]}"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ‐゠–〜～…‥％%‰℃°′″"
)
NOT_LAST = frozenset("（〔［｛〈《「『【〘〖〝‘“｟«([{￥＄￡№＃#")
_TOGETHER = frozenset("…‥—―")
_UNITS = frozenset("円万億千百年月日時分件人社回枚番％号")
_AFTER_MARK = frozenset("、。，．）」』】・！？　")
_PREFIXES = frozenset("おご")
"""Polite prefixes: お知らせ is one word."""
_SLACK, _SLACK_CHARACTERS, _MOST_SLACK = 0.18, 4.5, 0.45
"""How much of a line may stay empty for a better end: a part of its width, in a narrow column some characters."""
_NARROWER = (1.0, 0.94, 0.88, 0.82)
_SHORTEST_LAST = 3


def break_lines(text: str, advances: Sequence[float], width: float, keep_last: int = 0) -> list[tuple[int, int]]:
    """The lines as (start, end) within ``text``, without gaps; ``advances`` and ``width`` in one unit.

    The last ``keep_last`` characters stay on one line (御中 with the end of the name).

    The fewest lines possible. Among those, lines that end where a phrase ends, and a last line of more than two
    characters, are preferred. A run that has no permitted break is broken where it must.
    """
    if not text:
        return []
    sums = [0.0, *accumulate(advances)]
    last = len(text) - max(keep_last, 1)
    allowed = [0 < place <= last and _permitted(text, place) for place in range(len(text))]
    tight = _fill(text, sums, allowed, width, 0.0)
    slack = max(_SLACK * width, min(_MOST_SLACK * width, _SLACK_CHARACTERS * max(advances)))
    filled = [_fill(text, sums, allowed, width * factor, slack - width * (1 - factor)) for factor in _NARROWER]
    fewest = [lines for lines in filled if len(lines) == len(tight)]

    def merit(lines: list[tuple[int, int]]) -> tuple[int, int]:
        forced = sum(not allowed[start] for start, _end in lines[1:])
        return -forced, min(_visible(text, lines[-1]), _SHORTEST_LAST)

    return max((*fewest, tight), key=merit)


def _fill(
    text: str, sums: Sequence[float], allowed: Sequence[bool], width: float, slack: float
) -> list[tuple[int, int]]:
    lines = []
    start = 0
    while start < len(text):
        end = _furthest(text, sums, start, width)
        if end < len(text):
            end = _choose(text, sums, allowed, start, end, slack)
        lines.append((start, end))
        start = end
    return lines


def _furthest(text: str, sums: Sequence[float], start: int, width: float) -> int:
    """The end of the longest piece that fits; blanks at the end of a line take no room."""
    end = start + 1
    limit = sums[start] + width + 1e-6
    while end < len(text) and (sums[end + 1] <= limit or text[end] == " "):
        end += 1
    return end


def _choose(
    text: str, sums: Sequence[float], allowed: Sequence[bool], start: int, end: int, slack: float
) -> int:
    places = [place for place in range(end, start, -1) if allowed[place]]
    near = [place for place in places if sums[places[0]] - sums[place] <= slack]
    for good in (_phrase_ends, _word_ends):
        for place in near:
            if good(text, place):
                return place
    return places[0] if places else end


def _visible(text: str, line: tuple[int, int]) -> int:
    return len(text[slice(*line)].strip())


def _permitted(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if after in NOT_FIRST or before in NOT_LAST or after == " ":
        return False
    if before == " ":
        return True
    if after == "　":
        return False
    return not (_word(before) and _word(after)) and not _bound(before, after)


def _bound(before: str, after: str) -> bool:
    """Pairs that stay together: dots and dashes, a number and its unit, a letter and its mark."""
    if before in _TOGETHER and after in _TOGETHER:
        return True
    return (before.isdigit() and after in _UNITS) or "\u3099" <= after <= "\u309a" or "\u0300" <= after <= "\u036f"


def _word(character: str) -> bool:
    return character.isascii() and character not in " ()[]{}"


def _phrase_ends(text: str, place: int) -> bool:
    before, after = text[:place].rstrip(" ")[-1:], text[place]
    if before in _AFTER_MARK or after in NOT_LAST:
        return True
    word_begins = not _hiragana(after) or (after in _PREFIXES and "一" <= text[place + 1 : place + 2] <= "鿿")
    return _hiragana(before) and before not in _PREFIXES and word_begins


def _word_ends(text: str, place: int) -> bool:
    """Not within a word in katakana."""
    return not all("ァ" <= character <= "ー" for character in text[place - 1 : place + 1])


def _hiragana(character: str) -> bool:
    return "ぁ" <= character <= "ゟ"
