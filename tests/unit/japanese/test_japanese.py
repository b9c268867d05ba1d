"""法人番号, 郵便番号, 商号, フリガナ order, digits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.jp import cn

from visitapp.japanese import corporate_number, postal_code
from visitapp.japanese.company_name import matches, search_key
from visitapp.japanese.digits import ascii_digits, read_integer
from visitapp.japanese.kana import sort_key


@given(st.from_regex(r"[0-9]{13}", fullmatch=True))
def test_check_digit_agrees_with_an_independent_library(number: str) -> None:
    assert corporate_number.is_valid(number) == cn.is_valid(number)


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_every_base_has_one_valid_number(base: str) -> None:
    number = f"{corporate_number.check_digit(base)}{base}"
    assert cn.is_valid(number)
    assert corporate_number.read(f" {number[:1]}-{number[1:5]}-{number[5:]} ") == number


@pytest.mark.parametrize(
    "typed", ["8700110005901", "８７００１１０００５９０１", "8-7001-1000-5901", "T8700110005901", "8 700110005901"]
)
def test_corporate_number_as_typed(typed: str) -> None:
    assert corporate_number.read(typed) == "8700110005901"


@pytest.mark.parametrize("typed", ["", "870011000590", "8700110005902", "87001100059011", "法人番号", "٨700110005901"])
def test_what_is_no_corporate_number(typed: str) -> None:
    assert corporate_number.read(typed) is None


@pytest.mark.parametrize("base", ["", "12345678901", "1234567890123", "１２３４５６７８９０１２"])
def test_check_digit_wants_twelve_digits(base: str) -> None:
    with pytest.raises(ValueError):
        corporate_number.check_digit(base)


@pytest.mark.parametrize(
    "typed", ["140-0001", "1400001", "〒140-0001", "〒１４０−０００１", "140 0001", "１４０ー０００１"]
)
def test_postal_code_as_typed(typed: str) -> None:
    assert postal_code.read(typed) == "140-0001"


@pytest.mark.parametrize("typed", ["", "140-001", "14000012", "140--0001", "あ140-0001"])
def test_what_is_no_postal_code(typed: str) -> None:
    assert postal_code.read(typed) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("株式会社山田製作所", "㈱山田製作所"),
        ("株式会社 山田製作所", "(株)山田製作所"),
        ("（有）髙﨑工業", "有限会社高崎工業"),
        ("キヤノン", "ｷｬﾉﾝ"),
        ("ＡＢＣ・デザイン", "abcデザイン"),
        ("コンピューター商会", "コンピュータ商会"),
        ("さくら電子", "サクラ電子"),
        ("𠮷田鉄工", "吉田鐵工"),
        ("葛\U000e0100飾堂", "葛飾堂"),
    ],
)
def test_names_that_search_alike(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("山田製作所", "山本製作所"), ("東京電子", "東京電工"), ("ハヤシ", "バヤシ")]
)
def test_names_that_differ(one: str, other: str) -> None:
    assert search_key(one) != search_key(other)


def test_a_name_of_nothing_but_a_legal_form_is_still_found() -> None:
    assert search_key("株式会社") == "株式会社"


@given(st.text())
def test_search_key_is_settled(name: str) -> None:
    assert isinstance(search_key(name), str)
    assert matches("", name)


def test_every_word_must_occur_somewhere() -> None:
    texts = ("株式会社山田製作所", "ヤマダセイサクショ", "品川区北品川1-2-3", None)
    assert matches("やまだ　北品川", *texts)
    assert matches("㈱山田", *texts)
    assert not matches("山田 大崎", *texts)


def test_order_of_a_name_list() -> None:
    names = [
        "ハヤシ",
        "バンノ",
        "パーマ",
        "アオキ",
        "アーク",
        "カトウ",
        "がとう",
        "ｷﾔﾉﾝ",
        "キャノン",
        "ヴィーナス",
        "ウエダ",
    ]
    assert sorted(names, key=sort_key) == [
        "アーク", "アオキ", "ヴィーナス", "ウエダ", "カトウ", "がとう", "キャノン", "ｷﾔﾉﾝ", "パーマ", "ハヤシ",
        "バンノ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("１，２００", 1200),
        ("1,200", 1200),
        ("▲５", -5),
        ("−5", -5),
        ("０", 0),
        (" 12 ", 12),
        ("1,20", None),
        ("1.5", None),
    ],
)
def test_integers_as_typed(typed: str, number: int | None) -> None:
    assert read_integer(typed) == number


@pytest.mark.parametrize("typed", ["", "十二", "12人", "--5", "٣"])
def test_what_is_no_integer(typed: str) -> None:
    assert read_integer(typed) is None


def test_only_digits_change_width() -> None:
    assert ascii_digits("ＡＢ１２（３）") == "ＡＢ12（3）"
