"""Line breaking: what must never happen, and what is preferred."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.documents.fonts import advances
from visitapp.documents.kinsoku import NOT_FIRST, NOT_LAST, break_lines
from visitapp.documents.tokens import REGULAR

EM = 10.0
_CHARACTERS = "、。！）」』ーっゃ（「『漢字開発かなのをおカタログABC12/3.5%円 　…—々￥"
_TEXTS = st.text(st.sampled_from(_CHARACTERS), max_size=120)


def lines_of(text: str, ems: float) -> list[str]:
    return [text[start:end] for start, end in break_lines(text, advances(text, REGULAR, EM), ems * EM)]


@given(_TEXTS, st.floats(3, 40))
def test_text_is_kept_and_nothing_is_wider_than_the_line(text: str, ems: float) -> None:
    lines = lines_of(text, ems)
    assert "".join(lines) == text
    for line in lines:
        shown = line.rstrip(" ")
        assert sum(advances(shown, REGULAR, EM)) <= ems * EM + 0.01 or len(shown) <= 1


@given(_TEXTS, st.floats(6, 40))
def test_no_forbidden_start_or_end_where_it_can_be_avoided(text: str, ems: float) -> None:
    lines = lines_of(text, ems)
    for before, after in pairwise(lines):
        if after[0] in NOT_FIRST or before.rstrip(" ")[-1:] in NOT_LAST:
            # Only where the line before holds no permitted place at all.
            assert not any(_free(before, place) for place in range(1, len(before)))


def _free(line: str, place: int) -> bool:
    """Whether a line may certainly be parted there: between two plain kanji or kana."""
    plain = "漢字開発かなのをお"
    return line[place - 1] in plain and line[place] in plain


@given(_TEXTS, st.floats(3, 40))
def test_never_more_lines_than_the_tightest_filling_needs(text: str, ems: float) -> None:
    assert len(lines_of(text, ems)) >= sum(advances(text.replace(" ", ""), REGULAR, EM)) / (ems * EM) - 1e-6


@pytest.mark.parametrize(
    ("text", "ems", "lines"),
    [
        ("", 10, []),
        ("漢字漢字 ………漢字", 5, ["漢字漢", "字 ………", "漢字"]),
        ("東京都中小企業振興公社の支援制度です。", 14, ["東京都中小企業振興公社の", "支援制度です。"]),
        ("助成は上限20万円です", 7, ["助成は上限", "20万円です"]),
        ("電話は03-0000-0000です", 8, ["電話は", "03-0000-0000", "です"]),
        ("ものづくりマイスター制度", 9, ["ものづくり", "マイスター制度"]),
        ("いつでも担当にお知らせください。", 9, ["いつでも担当に", "お知らせください。"]),
        ("「大きな「文字」の版」", 5, ["「大きな", "「文字」", "の版」"]),
    ],
)
def test_lines_end_where_phrases_end(text: str, ems: float, lines: list[str]) -> None:
    assert lines_of(text, ems) == lines


def test_the_last_characters_can_be_kept_together() -> None:
    text = "ひながた三日月ウェブラボ㈱　御中"
    places = break_lines(text, advances(text, REGULAR, EM), 14 * EM, keep_last=5)
    assert [text[start:end] for start, end in places] == ["ひながた三日月", "ウェブラボ㈱　御中"]


def test_a_word_longer_than_the_line_is_parted_where_it_must() -> None:
    assert "".join(lines_of("https://www.example.jp/sangyo/josei/2016", 6)) == "https://www.example.jp/sangyo/josei/2016"
    assert len(lines_of("https://www.example.jp/sangyo/josei/2016", 6)) > 2


def test_the_last_line_is_no_lonely_character() -> None:
    for ems in range(6, 30):
        last = lines_of("販路開拓のための東京都中小企業振興公社の支援制度です。", ems)[-1]
        assert len(last) > 2, (ems, last)
