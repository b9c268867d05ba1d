"""Patterns of regex(): what is understood, what is refused, how long it takes."""

from __future__ import annotations

import pytest

from visitapp.questionnaire.expressions.pattern_characters import PatternError
from visitapp.questionnaire.expressions.patterns import compile_pattern


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
    ],
)
def test_what_is_found(pattern: str, text: str, expected: bool) -> None:
    assert compile_pattern(pattern).found_in(text) is expected


@pytest.mark.parametrize(
    ("pattern", "position"),
    [
        ("(a", 0),
        ("a)", 1),
        ("*a", 0),
        ("a**", 2),
        ("a{2", 1),
        ("a{3,2}", 1),
        ("a{,2}", 1),
        ("a{1001}", 1),
        ("[a", 2),
        ("[b-a]", 0),
        (r"\1", 0),
        (r"\xZZ", 0),
        ("(?<=a)b", 0),
        ("a\\", 2),
    ],
)
def test_what_is_refused(pattern: str, position: int) -> None:
    with pytest.raises(PatternError) as caught:
        compile_pattern(pattern)
    assert caught.value.position == position


@pytest.mark.parametrize("pattern", ["((a{1000}){1000}){1000}", "(((){1000}){1000}){1000}", "(" * 60 + ")" * 60])
def test_patterns_that_would_grow_without_end_are_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern)


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "^(.*)*(.*)*x$", "^(a?){50}a{50}$"])
def test_time_grows_with_the_length_only(pattern: str) -> None:
    assert compile_pattern(pattern).found_in("a" * 3000 + "!") is False
