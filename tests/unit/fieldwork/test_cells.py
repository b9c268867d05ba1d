"""Cells of the exchange format and answers are each other's inverse."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.errors import AnswerRefused
from visitapp.fieldwork.cells import CellCodec, date_text
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Answer
from visitapp.questionnaire.form import Choice, Form, Group, Question

ONE = Question("/data/one", "one", "select_one", {"ja": "一つ"}, list_name="trade")
MANY = Question("/data/many", "many", "select_multiple", {"ja": "いくつでも"}, list_name="trade")
TEXT = Question("/data/text", "text", "text", {"ja": "文"})
WHOLE = Question("/data/whole", "whole", "integer", {"ja": "数"})
PART = Question("/data/part", "part", "decimal", {"ja": "数"})
DAY = Question("/data/day", "day", "date", {"ja": "日"})


@cache
def codec() -> CellCodec:
    words = ("製造業", "情報\u200b通信業", "1,000～5,000万円未満", "その他")
    trade = tuple(Choice(str(n), {"ja": word, "en": f"trade {n}"}) for n, word in enumerate(words, start=1))
    form = Form("f", "1", {"ja": "票"}, ("ja",), "ja", Group("/data", "data", {}, (ONE, MANY, TEXT)), {"trade": trade})
    return CellCodec(form)


@pytest.mark.parametrize(
    ("question", "cell", "answer"),
    [
        (ONE, "製造業", Answer("1")),
        (ONE, " 情報通信業 ", Answer("2")),
        (ONE, "trade 4", Answer("4")),
        (ONE, "1,000～5,000万円未満", Answer("3")),
        (MANY, "その他；製造業；製造業", Answer("1 4")),
        (MANY, "無回答", NO_ANSWER),
        (ONE, "", UNANSWERED),
        (TEXT, " 前の空白 ", Answer(" 前の空白 ")),
        (TEXT, "　", UNANSWERED),
        (WHOLE, "１，２００", Answer("1200")),
        (WHOLE, "-3", Answer("-3")),
        (PART, "1.50", Answer("1.50")),
        (DAY, "2016/4/7", Answer("2016-04-07")),
    ],
)
def test_reading(question: Question, cell: str, answer: Answer) -> None:
    assert codec().read(question, cell) == answer


@pytest.mark.parametrize(
    ("question", "cell", "code"),
    [
        (ONE, "農業", "E-506"),
        (MANY, "製造業；農業", "E-506"),
        (ONE, "製造業；その他", "E-511"),
        (MANY, "製造業；無回答", "E-512"),
        (WHOLE, "1.5", "E-507"),
        (WHOLE, "十", "E-507"),
        (PART, "NaN", "E-507"),
        (PART, "1e", "E-507"),
        (PART, "1e999999999", "E-507"),
        (WHOLE, "9" * 5000, "E-507"),
        (DAY, f"{'9' * 30}-1-1", "E-524"),
        (DAY, "2016-13-01", "E-524"),
        (DAY, "4月7日", "E-524"),
    ],
)
def test_what_a_cell_cannot_say(question: Question, cell: str, code: str) -> None:
    with pytest.raises(AnswerRefused) as caught:
        codec().read(question, cell)
    assert caught.value.code == code


@given(st.lists(st.sampled_from("1234"), unique=True, min_size=1))
def test_any_choice_comes_back(names: list[str]) -> None:
    answer = Answer(" ".join(sorted(names)))
    assert codec().read(MANY, codec().write(MANY, answer)) == answer


@given(st.text().filter(lambda text: text.strip() not in ("", "無回答")))
def test_any_text_comes_back(text: str) -> None:
    assert codec().read(TEXT, codec().write(TEXT, Answer(text))) == Answer(text)


def test_no_answer_and_none() -> None:
    assert codec().write(MANY, NO_ANSWER) == "無回答"
    assert codec().write(MANY, UNANSWERED) == ""
    assert date_text("2016-4-7") == "2016-04-07"
