"""Patterns of regex(): what they mean, what is refused, which searches end unfinished."""

from __future__ import annotations

import pytest

from visitapp.questionnaire.expressions.patterns import PatternError, compile_pattern, found_in


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"^[0-9]{3}-[0-9]{4}$", "140-0001", True),
        (r"^[0-9]{3}-[0-9]{4}$", "140-001", False),
        (r"^\d{13}$", "1234567890123", True),
        (r"^\d{13}$", "１２３４５６７８９０１２３", False),
        (r"^[ァ-ヶー]+$", "カブシキガイシャ", True),
        (r"^[ァ-ヶー]+$", "かぶしき", False),
        (r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", "a@b.jp", True),
        (r"^(?!0)[0-9]+$", "01", False),
        (r"^(?=.*[0-9]).{4,}$", "abc1", True),
        (r"^a{2,3}$", "aaaa", False),
        (r"^(ab?)+$", "abaab", True),
        (r"[\]\-x]", "-", True),
        (r"[]a]", "]", True),
        (r"[a-]", "-", True),
        (r"[\d-]", "-", True),
        (r"^\x41A\u0041$", "AAA", True),
        (r"^\u3042$", "あ", True),
        (r"^a|b$", "xb", True),
        (r"^$", "", True),
        (r"", "anything", True),
        (r"\bcat\b", "a cat!", True),
        (r"\Bcat", "a cat", False),
        (r"^\.$", ".", True),
        (r"^.$", "\n", False),
        (r"^[^.]$", "\n", True),
        (r"^a$", "a\n", False),
        (r"^a[$]$", "a$", True),
        (r"^\s$", "\u3000", True),
        (r"\S", "\u3000", False),
        (r"^[\s,]+$", "\u3000, ", True),
        (r"^[^\S]$", "\u3000", True),
        (r"^[\s\S]$", "あ", True),
        (r"[\S]", "\u3000\ufeff\xa0", False),
        (r"^[\D]$", "１", True),
        (r"[\D]", "1", False),
        (r"^\D\W$", "１あ", True),
        (r"[\W]", "aZ_9", False),
        (r"^[^\W]$", "あ", False),
        (r"^\w$", "あ", False),
        (r"\bあ", "あ", False),
        (r"a\bあ", "aあ", True),
        (r"^\p{Hiragana}+$", "ひらがな", True),
        (r"^(.)\1$", "ああ", True),
        (r"^(.)\1$", "あい", False),
        (r"(?<=東京都)品川区", "東京都品川区", True),
        (r"(?<!東京都)品川区", "東京都品川区", False),
        (r"^(?<year>\d{4})年", "2016年", True),
    ],
)
def test_what_is_found(pattern: str, text: str, expected: bool) -> None:
    assert found_in(pattern, text) is expected


@pytest.mark.parametrize(
    ("pattern", "position"),
    [
        ("(a", 2),
        ("a)", 1),
        ("*a", 0),
        ("a**", 2),
        (r"\d\d\s**", 7),
        (r"\d[b-a]", 2),
        ("[a", 2),
        (r"\d\b[a", 6),
        (r"\q", 2),
        (r"\xZZ", 2),
        ("(?u)a(?a)b", 0),
    ],
)
def test_what_is_refused(pattern: str, position: int) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert caught.value.position == position


@pytest.mark.parametrize(
    "pattern",
    ["((a{1000}){1000}){1000}", "(((){1000}){1000}){1000}", "a{1000000000}", "(a{,9000}){99}", "(" * 5000 + ")" * 5000],
)
def test_patterns_that_would_grow_without_end_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_many_counts_side_by_side_are_no_growth() -> None:
    pattern = r"^[^@\s]{1,64}@([a-z0-9-]{1,63}\.){1,8}[a-z]{2,63}$"
    assert found_in(pattern, "office@city.shinagawa.example")


@pytest.mark.parametrize("pattern", ["^(a|aa)+$", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_search_without_end_is_given_up(pattern: str) -> None:
    with pytest.raises(TimeoutError):
        found_in(pattern, "a" * 3000 + "!")
