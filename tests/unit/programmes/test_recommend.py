"""Fit, order, reasons, eligibility."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.programmes import Catalogue, CompanyFacts, Recommendation, assess, load_catalogue, recommend
from visitapp.programmes.offer import LEVELS

CATALOGUE = load_catalogue()
MAKER = CompanyFacts(frozenset({"製造業"}), founded_year=1962, employees=12, reference_year=2016)
HANRO = "販路開拓に関する支援（展示会助成、商談会等）"
KENKYU = "研究開発に係る支援（開発費助成、専門家派遣等）"


def ask(
    answers: dict[str, set[str]], company: CompanyFacts = MAKER, used: frozenset[str] = frozenset()
) -> dict[str, Recommendation]:
    given_answers = {question: frozenset(options) for question, options in answers.items()}
    found = recommend(CATALOGUE, given_answers, used, company)
    return {each.facts.id.removeprefix("2016/"): each for each in found}


def test_reasons_quote_the_option_with_name_and_number_strongest_first() -> None:
    found = ask({"V10": {HANRO}, "V4-4": {"販売力（営業力）"}, "V4-weakness": {"販売力（営業力）"}})["kokunai-tenjikai"]
    quotes = [(reason.question, reason.number, reason.option) for reason in found.reasons]
    assert quotes == [
        ("期待する支援策", "問10", HANRO),
        ("強化したい点", "問4(4)", "販売力（営業力）"),
        ("弱み", "問4(2)", "販売力（営業力）"),
    ]
    assert all(reason.estimated for reason in found.reasons)
    assert found.score == sum(reason.weight for reason in found.reasons)


def test_nothing_fits_when_no_answer_speaks_for_anything() -> None:
    assert ask({"V10": {"特になし"}}) == {}
    assert ask({}) == {}


def test_order_is_fit_then_level_then_name() -> None:
    found = list(ask({"V10": {HANRO}, "V4-4": {"販売力（営業力）", "人材育成"}}).values())
    keys = [(-each.score, LEVELS.index(each.facts.level), each.facts.name) for each in found]
    assert len(found) > 10
    assert keys == sorted(keys)


def test_proposals_and_what_no_company_can_apply_for_are_never_named() -> None:
    everything = {rule.question: set[str]() for entry in CATALOGUE.entries for rule in entry.rules}
    for entry in CATALOGUE.entries:
        for rule in entry.rules:
            everything[rule.question].add(rule.option)
    found = ask(everything)
    assert not {"coi", "yachin", "atelier", "business-club", "jisedai", "jigyosho-chosa"} & set(found)
    assert {"shinseihin", "smrj-hanro", "monozukuri-meister"} <= set(found)


@pytest.mark.parametrize(
    ("industries", "verdict", "points"),
    [
        ({"製造業"}, "yes", ()),
        ({"金属製品製造業"}, "yes", ()),
        ({"情報サービス業"}, "no", ("業種",)),
        (set(), "unknown", ("業種",)),
    ],
)
def test_industry_decides_who_may_apply(industries: set[str], verdict: str, points: tuple[str, ...]) -> None:
    found = ask({"V10": {KENKYU}}, replace(MAKER, industries=frozenset(industries)))["shinseihin"]
    assert (found.eligibility, found.open_points) == (verdict, points)


@pytest.mark.parametrize(("founded", "verdict"), [(2016, "yes"), (2014, "yes"), (2013, "no"), (None, "unknown")])
def test_start_up_centre_is_for_companies_younger_than_three_years(founded: int | None, verdict: str) -> None:
    found = ask({"V10": {"経営全般に関する相談"}}, replace(MAKER, founded_year=founded))["sogyo-center"]
    assert found.eligibility == verdict


def test_a_guess_of_ours_never_excludes() -> None:
    found = ask({"V10": {KENKYU}})["software"]
    assert (found.eligibility, found.open_points) == ("ask", ("情報通信業に当たるかどうか",))


def test_an_answer_can_settle_what_would_have_to_be_asked() -> None:
    asked = ask({"V4-4": {"販売力（営業力）"}})["kaigai-tenjikai"]
    told = ask({"V4-4": {"販売力（営業力）"}, "V5": {"検討中・計画中"}})["kaigai-tenjikai"]
    assert (asked.eligibility, asked.open_points) == ("ask", ("海外との取引や海外進出の予定",))
    assert (told.eligibility, told.open_points) == ("yes", ())


def test_unknown_when_the_catalogue_does_not_say_for_whom() -> None:
    found = ask({"V10": {HANRO}})["kosha-newmarket"]
    assert (found.eligibility, found.open_points) == ("unknown", ())


def test_use_is_told_word_for_word_also_where_one_option_means_two_programmes() -> None:
    option = "新製品・新技術開発費助成、ソフトウェア開発費助成"
    found = ask({"V10": {KENKYU}}, used=frozenset({option}))
    assert found["shinseihin"].used_as == found["software"].used_as == (option,)
    assert found["shinseihin"].used_before
    assert not found["catalyst"].used_before


def test_use_of_one_programme_can_speak_for_another() -> None:
    found = ask({}, used=frozenset({"メードイン品川ＰＲ事業（品川ブランド認定事業）"}))
    assert set(found) == {"kosha-newmarket"}
    assert found["kosha-newmarket"].reasons[0].estimated is False


ALL_RULES = [(rule.question, rule.option) for entry in CATALOGUE.entries for rule in entry.rules]


@given(st.sets(st.sampled_from(ALL_RULES), max_size=12), st.randoms())
def test_more_answers_never_lower_a_score_and_order_does_not_depend_on_the_table(
    chosen: set[tuple[str, str]], random: object
) -> None:
    answers: dict[str, frozenset[str]] = {}
    for question, option in chosen:
        answers[question] = answers.get(question, frozenset()) | {option}
    before = assess(CATALOGUE, answers, frozenset(), MAKER)
    more = {**answers, "V10": answers.get("V10", frozenset()) | {HANRO}}
    after = {each.facts.id: each.score for each in assess(CATALOGUE, more, frozenset(), MAKER)}
    assert all(after[each.facts.id] >= each.score for each in before)
    turned = Catalogue(2016, tuple(reversed(CATALOGUE.entries)), CATALOGUE.part_of)
    assert assess(turned, answers, frozenset(), MAKER) == before
    for each in before:
        rules = CATALOGUE.entry(each.facts.id).rules
        spoken = {(rule.number, rule.option) for rule in rules if (rule.question, rule.option) in chosen}
        assert {(reason.number, reason.option) for reason in each.reasons} == spoken
