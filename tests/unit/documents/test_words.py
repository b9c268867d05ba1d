"""Facts as the words and figures of a card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.documents.leaflet import Item
from visitapp.documents.leaflet.words import (
    amount,
    asks_on_card,
    examples_of,
    fact_rows,
    fraction_of,
    money_of,
    reason_lines,
)
from visitapp.i18n import in_language
from visitapp.programmes import Cap, Facts, Reason, load_catalogue

CATALOGUE = load_catalogue()


def facts_of(programme: str) -> Facts:
    return CATALOGUE.entry(f"2016/{programme}").facts


@pytest.mark.parametrize(
    ("yen", "shown"),
    [(200_000, "20万円"), (25_000, "2.5万円"), (3_750_000, "375万円"), (12_345, "12,345円"), (1_000, "0.1万円"),
     (120_000_000, "12,000万円"), (999, "999円")],
)  # fmt: skip
def test_amounts(yen: int, shown: str) -> None:
    assert "".join(amount(yen)) == shown


@given(st.integers(1, 10**9))
def test_amounts_say_exactly_what_they_stand_for(yen: int) -> None:
    number, unit = amount(yen)
    value = float(number.replace(",", ""))
    assert round(value * (10_000 if unit == "万円" else 1)) == yen


def test_amounts_in_english() -> None:
    with in_language("en"):
        assert amount(200_000) == ("200,000", "yen")


@pytest.mark.parametrize(
    ("rate", "is_fraction"),
    [("2/3", True), ("3/2", False), ("2／3", False), ("取引額の5％", False), ("", False)],
)
def test_only_a_fraction_makes_a_bar(rate: str, is_fraction: bool) -> None:
    assert (fraction_of(rate) is not None) == is_fraction


def test_a_bar_is_whole() -> None:
    for entry in CATALOGUE.entries:
        money = money_of(entry.facts)
        if money and money.parts:
            assert sum(part.share for part in money.parts) == pytest.approx(1)


def test_shared_rate_names_who_bears_what() -> None:
    money = money_of(facts_of("ritchi-keizoku").certain())
    assert money is not None
    assert [(part.labels[0], part.fill) for part in money.parts] == [
        ("区 1/4", "solid"), ("都 1/2", "hatch"), ("自己負担 1/4", "white"),
    ]  # fmt: skip
    assert money.notes == ("助成 3/4（区・都の合計）",)
    assert money.caps[0].notes == ()


def test_five_percent_has_no_bar_but_its_rule_in_words() -> None:
    money = money_of(facts_of("shodankai"))
    assert money is not None
    assert money.parts == ()
    assert money.caps[0].notes == ("取引額の5％", "区内企業同士の新規取引")


def test_caps_are_sorted_and_more_than_three_become_a_range() -> None:
    caps = tuple(Cap(f"条件{size}", "1/2", size * 100_000, "") for size in (1, 5, 3, 2))
    money = money_of(replace(facts_of("shinseihin"), caps=caps))
    assert money is not None
    (line,) = money.caps
    assert (line.number, line.unit, line.notes) == ("10万円～50", "万円", ("条件により異なります",))
    money = money_of(replace(facts_of("shinseihin"), caps=caps[:3]))
    assert money is not None
    assert [line.number for line in money.caps] == ["50", "30", "10"]


def test_worked_examples_are_arithmetic_without_rounding() -> None:
    for entry in CATALOGUE.entries:
        by_condition = {cap.condition: cap for cap in entry.facts.caps}
        for example in examples_of(entry.facts):
            cap = by_condition[example.condition]
            rate = fraction_of(cap.rate)
            assert rate is not None
            assert cap.cap_yen is not None
            exact = example.cost * rate
            assert exact.denominator == 1
            assert example.grant == min(exact, cap.cap_yen)
            assert example.capped == (exact > cap.cap_yen)
            assert example.cost % 10_000 == example.grant % 10_000 == 0
    shown = [(each.cost, each.grant, each.capped) for each in examples_of(facts_of("shinseihin"))]
    assert shown == [(1_500_000, 1_000_000, False), (6_000_000, 2_500_000, True), (6_000_000, 4_000_000, False)]


def test_missing_facts_are_asked_for_or_left_out_and_the_contact_is_never_empty() -> None:
    facts = facts_of("kosha-newmarket")
    asked = [(row.label, row.value, row.ask) for row in fact_rows(facts, omit_missing=False)]
    assert asked == [("対象", "", ""), ("時期・手続", "", ""), ("窓口", "東京都中小企業振興公社", "電話")]
    left_out = [(row.label, row.value, row.ask) for row in fact_rows(facts, omit_missing=True)]
    assert left_out == [("窓口", "東京都中小企業振興公社", None)]
    nobody = fact_rows(replace(facts, provider=""), omit_missing=False)[-1]
    assert (nobody.value, nobody.ask) == ("右上の担当へお尋ねください", None)
    entered = replace(facts, target="中小企業", period="随時", contact="販路課", phone="03-0000-0000")
    assert [row.value for row in fact_rows(entered, omit_missing=True)] == ["中小企業", "随時", "販路課　03-0000-0000"]
    assert [row.label for row in fact_rows(entered, omit_missing=False)] == ["対象", "時期", "手続・書類", "窓口"]


def test_what_is_complete_asks_for_nothing() -> None:
    full = replace(facts_of("kokunai-tenjikai"), period="随時", procedure="申請書", contact="見本係")
    assert not asks_on_card(full)
    assert asks_on_card(replace(full, procedure=""))
    assert asks_on_card(replace(full, caps=()))
    assert asks_on_card(replace(full, caps=(Cap("", "2/3", None, ""),)))


STRONG = Reason("期待する支援策", "問10", "販路開拓に関する支援（展示会助成、商談会等）", 6)
WEAK = Reason("弱み", "問4(2)", "販売力（営業力）", 2)


def test_reasons_quote_word_for_word_and_cut_only_a_bracketed_tail() -> None:
    item = Item(facts_of("kokunai-tenjikai"), (STRONG, WEAK))
    assert reason_lines(item, lambda line: True) == [
        "期待する支援策（問10）に「販路開拓に関する支援（展示会助成、商談会等）」を、",
        "弱み（問4(2)）に「販売力（営業力）」を選ばれたため",
    ]
    assert reason_lines(item, lambda line: len(line) < 30) == [
        "期待する支援策（問10）に「販路開拓に関する支援」を、",
        "弱み（問4(2)）に「販売力（営業力）」を選ばれたため",
    ]


def test_at_most_two_reasons_and_the_weaker_goes_when_the_stronger_is_too_long() -> None:
    item = Item(facts_of("kokunai-tenjikai"), (STRONG, WEAK, WEAK))
    assert len(reason_lines(item, lambda line: True)) == 2
    assert reason_lines(item, lambda line: False) == ["期待する支援策（問10）に「販路開拓に関する支援」を選ばれたため"]


def test_open_points_say_what_would_decide() -> None:
    item = Item(facts_of("ritchi-keizoku"), (WEAK,), ("業種", "創業年"))
    assert reason_lines(item, lambda line: True)[-1] == "業種、創業年を確認できれば対象かどうか分かります"
