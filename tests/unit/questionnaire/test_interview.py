"""Interviews as they are held: a question is answered, and others appear, disappear, change or are wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone

import pytest

from tests.unit.questionnaire.workbooks import conformance_form, form_of
from visitapp.errors import AnswerRefused
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.interview import Effect, Interview, QuestionState

SETTINGS = {"namespaces": 'visitapp="urn:visitapp"'}
LISTS = [
    {"list_name": "yn", "name": "1", "label": "はい"},
    {"list_name": "yn", "name": "2", "label": "いいえ"},
    {"list_name": "aims", "name": "1", "label": "資金"},
    {"list_name": "aims", "name": "2", "label": "販路"},
    {"list_name": "aims", "name": "3", "label": "特にない"},
]
NOON = datetime(2016, 6, 14, 12, 0, tzinfo=timezone(timedelta(hours=9)))


class Talk:
    """An interview spoken to by question names; ``rows`` are numbers from 1."""

    def __init__(
        self,
        form: Form,
        answers: Mapping[Address, Answer] | None = None,
        presets: Mapping[str, str] | None = None,
    ) -> None:
        self.form = form
        ids = iter(f"row{number}" for number in range(1, 1000))
        self.interview = Interview(
            form, answers or {}, presets=presets, now=lambda: NOON, language="", new_row_id=lambda: next(ids)
        )

    def at(self, name: str, *rows: str) -> Address:
        return Address(next(path for path, node in self.form.nodes.items() if node.name == name), rows)

    def say(self, name: str, text: str, *rows: str) -> Effect:
        return self.interview.set(self.at(name, *rows), Answer(text))

    def no_answer(self, name: str) -> Effect:
        return self.interview.set(self.at(name), NO_ANSWER)

    def told(self, name: str, *rows: str) -> str:
        return self.interview.answer(self.at(name, *rows)).text

    def state(self, name: str, *rows: str) -> QuestionState:
        return self.interview.state(self.at(name, *rows))

    def wrong(self, name: str, *rows: str) -> list[tuple[str, str, str]]:
        return [(p.kind, p.detail, p.message) for p in self.interview.problems(self.at(name, *rows))]

    def again(self, presets: Mapping[str, str] | None = None) -> Talk:
        return Talk(self.form, self.interview.stored(), presets)


def talk(
    *rows: dict[str, str],
    choices: Sequence[dict[str, str]] = LISTS,
    presets: Mapping[str, str] | None = None,
) -> Talk:
    return Talk(form_of(rows, choices, SETTINGS), presets=presets)


EXPORTS: Sequence[dict[str, str]] = (
    {"type": "select_one yn", "name": "exports", "label": "輸出していますか"},
    {"type": "begin group", "name": "abroad", "label": "海外", "relevant": "${exports} = '1'"},
    {"type": "integer", "name": "share", "label": "輸出の割合", "required": "yes", "required_message": "割合を。"},
    {"type": "calculate", "name": "home", "calculation": "100 - ${share}"},
    {"type": "end group"},
    {"type": "calculate", "name": "seen", "calculation": "coalesce(${home}, 'なし')"},
)


# -- what is asked --------------------------------------------------------------------------------------------
def test_an_answer_opens_a_section_and_says_so() -> None:
    visit = talk(*EXPORTS)
    assert visit.state("share") == QuestionState.NOT_APPLICABLE
    effect = visit.say("exports", "1")
    assert visit.state("share") == QuestionState.UNANSWERED
    assert effect.structure
    assert {visit.at("exports"), visit.at("abroad"), visit.at("share")} <= effect.touched
    assert effect.changed == {visit.at("exports"): Answer("1")}


def test_answers_no_longer_asked_are_kept_but_count_for_nothing() -> None:
    visit = talk(*EXPORTS)
    visit.say("exports", "1")
    visit.say("share", "30")
    assert visit.told("seen") == "70"
    visit.say("exports", "2")
    assert visit.told("share") == "30"
    assert visit.told("seen") == "なし"
    assert visit.interview.kept() == (visit.at("share"),)
    assert visit.at("share") not in visit.interview.relevant_answers()
    visit.say("exports", "1")
    assert visit.told("seen") == "70"
    assert visit.interview.kept() == ()


def test_the_answer_without_an_answer_reads_as_blank_and_satisfies_required() -> None:
    visit = talk(*EXPORTS)
    visit.say("exports", "1")
    assert visit.wrong("share") == [("required", "", "割合を。")]
    visit.say("share", "30")
    effect = visit.no_answer("share")
    assert visit.wrong("share") == []
    assert visit.state("share") == QuestionState.NO_ANSWER
    assert visit.told("seen") == "なし"
    assert effect.changed[visit.at("share")] == NO_ANSWER
    assert visit.interview.relevant_answers()[visit.at("share")] == NO_ANSWER


def test_gaps_are_what_is_asked_and_not_yet_entered() -> None:
    visit = talk(*EXPORTS)
    assert visit.interview.gaps() == (visit.at("exports"),)
    visit.say("exports", "1")
    assert visit.interview.gaps() == (visit.at("share"),)
    visit.no_answer("share")
    assert visit.interview.gaps() == ()


def test_the_base_of_a_table_counts_what_is_asked_calculated_ones_too() -> None:
    visit = talk(*EXPORTS)
    assert list(visit.interview.applicable()) == [visit.at("exports"), visit.at("seen")]
    visit.say("exports", "1")
    assert visit.at("home") in visit.interview.applicable()


def test_why_a_question_is_asked_is_told_by_questions_and_options() -> None:
    visit = talk(
        *EXPORTS, {"type": "text", "name": "plan", "label": "計画", "relevant": "${seen} > 10 and ${share} < 90"}
    )
    assert visit.interview.why(visit.at("share")) == (("/data/exports", ("1",)),)
    assert visit.interview.why(visit.at("exports")) == ()
    assert visit.interview.why(visit.at("plan")) == (("/data/abroad/share", ()),)


def test_questions_that_hide_each_other_settle() -> None:
    visit = talk(
        {"type": "text", "name": "a", "label": "甲", "relevant": "${b} = ''"},
        {"type": "text", "name": "b", "label": "乙", "relevant": "${a} = ''"},
    )
    visit.say("a", "x")
    assert (visit.state("a"), visit.state("b")) == (QuestionState.ANSWERED, QuestionState.NOT_APPLICABLE)
    visit.say("a", "")
    assert visit.state("b") == QuestionState.UNANSWERED


def test_items_come_in_printed_order_with_rows_and_without_calculations() -> None:
    visit = talk(
        {"type": "note", "name": "hello", "label": "ようこそ"},
        {"type": "hidden", "name": "year", "default": "2016"},
        {"type": "begin repeat", "name": "site", "label": "事業所"},
        {"type": "text", "name": "town", "label": "町"},
        {"type": "end repeat"},
        {"type": "calculate", "name": "sites", "calculation": "count(${site})"},
    )
    visit.interview.add_row("/data/site")
    assert [(item.node.name, item.address.rows) for item in visit.interview.items()] == [
        ("hello", ()), ("site", ()), ("site", ("row1",)), ("town", ("row1",)),
    ]  # fmt: skip


# -- what is right and wrong ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("integer", "１２", "12"),
        ("integer", " 1,234 ", "1234"),
        ("integer", "－５", "-5"),
        ("integer", "007", "7"),
        ("decimal", "１２．５", "12.5"),
        ("date", "2016/4/7", "2016-04-07"),
        ("date", "２０１６年４月７日", "2016-04-07"),
        ("time", "9:05", "09:05:00"),
        ("select_multiple aims", "2  1 2", "2 1"),
        ("text", "１２　個", "１２　個"),
    ],
)
def test_what_is_typed_is_stored_in_one_form(kind: str, typed: str, stored: str) -> None:
    visit = talk({"type": kind, "name": "q", "label": "問"})
    visit.say("q", typed)
    assert visit.told("q") == stored
    assert visit.wrong("q") == []


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        ("integer", "十二", "integer"),
        ("integer", "1.5", "integer"),
        ("integer", "1,23", "integer"),
        ("decimal", "約5", "decimal"),
        ("date", "2016-02-30", "date"),
        ("date", "昨日", "date"),
        ("time", "25:00", "time"),
        ("dateTime", "2016-04-07 99", "dateTime"),
        ("select_one aims", "9", "choice"),
        ("select_one aims", "1 2", "one"),
        ("select_multiple aims", "1 9", "choice"),
    ],
)
def test_wrong_values_are_kept_and_reported(kind: str, typed: str, expected: str) -> None:
    visit = talk({"type": kind, "name": "q", "label": "問"})
    visit.say("q", typed)
    assert visit.told("q") == typed
    assert visit.wrong("q") == [("type", expected, "")]
    assert visit.state("q") == QuestionState.ERROR


def test_a_range_knows_its_ends_and_steps() -> None:
    visit = talk({"type": "range", "name": "q", "label": "問", "parameters": "start=0 end=10 step=2"})
    for text, fine in [("0", True), ("10", True), ("3", False), ("12", False), ("-2", False), ("x", False)]:
        visit.say("q", text)
        assert (visit.wrong("q") == []) == fine, text


def test_a_choice_that_stands_alone_forbids_the_others() -> None:
    visit = talk({"type": "select_multiple aims", "name": "q", "label": "問", "bind::visitapp:exclusive": "3"})
    visit.say("q", "1 2")
    assert visit.wrong("q") == []
    visit.say("q", "1 3")
    assert visit.wrong("q") == [("constraint", "exclusive", "")]
    visit.say("q", "3")
    assert visit.wrong("q") == []


def test_a_soft_check_is_settled_by_a_reason_and_raised_again_by_a_new_value() -> None:
    visit = talk(
        {
            "type": "integer", "name": "staff", "label": "人数", "constraint": ". >= 0",
            "bind::visitapp:soft": ". < 300", "bind::visitapp:soft_message": "多すぎませんか。",
        }
    )  # fmt: skip
    visit.say("staff", "500")
    assert visit.wrong("staff") == [("soft", "", "多すぎませんか。")]
    assert visit.state("staff") == QuestionState.WARNING
    visit.interview.set(visit.at("staff"), Answer("500", reason="大企業"))
    assert visit.state("staff") == QuestionState.ANSWERED
    assert visit.interview.answer(visit.at("staff")).reason == "大企業"
    visit.say("staff", "600")
    assert visit.state("staff") == QuestionState.WARNING
    visit.say("staff", "-1")
    assert visit.state("staff") == QuestionState.ERROR


def test_a_constraint_follows_the_answers_it_looks_at() -> None:
    visit = talk(
        {"type": "integer", "name": "all", "label": "合計"},
        {
            "type": "integer",
            "name": "part",
            "label": "内数",
            "constraint": ". <= ${all}",
            "constraint_message": "多い。",
        },
    )
    visit.say("all", "10")
    visit.say("part", "5")
    effect = visit.say("all", "4")
    assert visit.at("part") in effect.touched
    assert visit.wrong("part") == [("constraint", "", "多い。")]
    assert [problem.address for problem in visit.interview.problems()] == [visit.at("part")]


@pytest.mark.parametrize("name", ["sum", "office", "thanks", "nowhere"])
def test_what_the_form_itself_fills_cannot_be_entered(name: str) -> None:
    visit = talk(
        {"type": "calculate", "name": "sum", "calculation": "1 + 1"},
        {"type": "text", "name": "office", "label": "課", "default": "商業課", "read_only": "yes"},
        {"type": "note", "name": "thanks", "label": "以上"},
    )
    address = Address(f"/data/{name}")
    before = visit.interview.stored()
    with pytest.raises(AnswerRefused) as caught:
        visit.interview.set(address, Answer("x"))
    assert caught.value.code == "E-201"
    with pytest.raises(AnswerRefused):
        visit.interview.set_many({address: Answer("x")})
    assert visit.interview.stored() == before


# -- options --------------------------------------------------------------------------------------------------
TOWNS = [
    {"list_name": "wards", "name": "s", "label": "品川区"},
    {"list_name": "wards", "name": "o", "label": "大田区"},
    {"list_name": "towns", "name": "1", "label": "大井", "ward": "s"},
    {"list_name": "towns", "name": "2", "label": "蒲田", "ward": "o"},
]
TOWN = (
    {"type": "select_one wards", "name": "ward", "label": "区"},
    {"type": "select_one towns", "name": "town", "label": "町", "choice_filter": "ward = ${ward}"},
)


def test_options_follow_the_answers_and_take_back_what_they_no_longer_offer() -> None:
    visit = talk(*TOWN, choices=TOWNS)
    visit.say("ward", "s")
    assert [choice.name for choice in visit.interview.choices(visit.at("town"))] == ["1"]
    visit.say("town", "1")
    effect = visit.say("ward", "o")
    assert effect.changed == {visit.at("ward"): Answer("o"), visit.at("town"): UNANSWERED}
    assert [choice.name for choice in visit.interview.choices(visit.at("town"))] == ["2"]


def test_a_stored_option_that_is_not_offered_is_a_problem_and_stays() -> None:
    visit = talk(*TOWN, choices=TOWNS)
    stored = {visit.at("ward"): Answer("s"), visit.at("town"): Answer("2")}
    opened = Talk(visit.form, stored)
    assert opened.told("town") == "2"
    assert opened.wrong("town") == [("constraint", "offered", "")]


def test_options_may_be_rows_of_a_repeat() -> None:
    visit = talk(
        {"type": "begin repeat", "name": "person", "label": "人"},
        {"type": "text", "name": "name", "label": "氏名"},
        {"type": "end repeat"},
        {"type": "select_one ${name}", "name": "head", "label": "代表"},
    )
    for name in ("佐藤", "鈴木"):
        row, _ = visit.interview.add_row("/data/person")
        visit.say("name", name, row)
    assert [choice.name for choice in visit.interview.choices(visit.at("head"))] == ["佐藤", "鈴木"]
    visit.say("head", "鈴木")
    effect = visit.interview.remove_row("/data/person", ("row2",))
    assert effect.changed[visit.at("head")] == UNANSWERED


# -- rows -----------------------------------------------------------------------------------------------------
SITES = (
    {"type": "begin repeat", "name": "site", "label": "事業所"},
    {"type": "integer", "name": "staff", "label": "人数", "default": "1"},
    {"type": "calculate", "name": "no", "calculation": "position(..)"},
    {"type": "begin repeat", "name": "machine", "label": "機械"},
    {"type": "text", "name": "maker", "label": "製造元"},
    {"type": "end repeat"},
    {"type": "end repeat"},
    {"type": "calculate", "name": "all", "calculation": "sum(${staff})"},
)


def test_rows_are_added_with_their_defaults_and_saved_by_markers() -> None:
    visit = talk(*SITES)
    row, effect = visit.interview.add_row("/data/site")
    assert effect.changed == {
        visit.at("site", row): Answer("1"),
        visit.at("staff", row): Answer("1"),
        visit.at("no", row): Answer("1"),
        visit.at("all"): Answer("1"),
    }
    assert effect.structure


def test_rows_keep_their_order_and_their_answers_when_opened_again() -> None:
    visit = talk(*SITES)
    for _ in range(12):
        row, _ = visit.interview.add_row("/data/site")
        visit.say("staff", row.removeprefix("row"), row)
    visit.interview.add_row("/data/site/machine", ("row3",), "m1")
    visit.say("maker", "甲社", "row3", "m1")
    visit.interview.remove_row("/data/site", ("row2",))
    again = visit.again()
    rows = [f"row{number}" for number in range(1, 13) if number != 2]
    assert list(again.interview.rows("/data/site")) == rows
    assert [again.told("no", row) for row in rows] == [str(number) for number in range(1, 12)]
    assert again.told("maker", "row3", "m1") == "甲社"
    assert again.told("all") == str(78 - 2)
    assert again.interview.opening.changed == {}


def test_a_removed_row_takes_back_everything_in_it() -> None:
    visit = talk(*SITES)
    visit.interview.add_row("/data/site")
    visit.interview.add_row("/data/site")
    visit.interview.add_row("/data/site/machine", ("row1",), "m1")
    visit.say("maker", "甲社", "row1", "m1")
    effect = visit.interview.remove_row("/data/site", ("row1",))
    gone = [visit.at("site", "row1"), visit.at("staff", "row1"), visit.at("maker", "row1", "m1")]
    assert [effect.changed[address] for address in gone] == [UNANSWERED] * 3
    assert effect.changed[visit.at("no", "row2")] == Answer("1")
    assert visit.interview.answer(visit.at("maker", "row1", "m1")) == UNANSWERED
    with pytest.raises(AnswerRefused):
        visit.say("staff", "1", "row1")


def test_a_row_whose_marker_is_missing_appears_with_its_answers() -> None:
    visit = talk(*SITES)
    opened = Talk(visit.form, {visit.at("staff", "b"): Answer("7"), visit.at("site", "a"): Answer("3")})
    assert opened.interview.rows("/data/site") == ("a", "b")
    assert opened.interview.opening.changed[visit.at("site", "b")] == Answer("4")


def test_a_number_makes_rows_and_never_takes_them_away() -> None:
    visit = talk(
        {"type": "integer", "name": "people", "label": "人数"},
        {"type": "begin repeat", "name": "person", "label": "人", "repeat_count": "${people}"},
        {"type": "text", "name": "name", "label": "氏名"},
        {"type": "end repeat"},
    )
    visit.say("people", "2")
    visit.say("name", "佐藤", "2")
    visit.say("people", "1")
    assert visit.interview.rows("/data/person") == ("1", "2")
    assert visit.told("name", "2") == "佐藤"
    for refuse in (
        lambda: visit.interview.add_row("/data/person"),
        lambda: visit.interview.remove_row("/data/person", ("2",)),
    ):
        with pytest.raises(AnswerRefused) as caught:
            refuse()
        assert caught.value.code == "E-202"


def test_a_mistyped_number_makes_no_endless_rows() -> None:
    visit = talk(
        {"type": "integer", "name": "people", "label": "人数"},
        {"type": "begin repeat", "name": "person", "label": "人", "repeat_count": "${people}"},
        {"type": "text", "name": "name", "label": "氏名"},
        {"type": "end repeat"},
    )
    for wild in ("99999999999999999999", "-3", "多数", "1e400"):
        visit.say("people", wild)
    assert len(visit.interview.rows("/data/person")) == 1000


# -- defaults, presets, triggers, texts -----------------------------------------------------------------------
def test_defaults_fill_a_new_response_once_and_are_to_be_saved() -> None:
    visit = talk(
        {"type": "text", "name": "country", "label": "国", "default": "日本"},
        {"type": "date", "name": "visited", "label": "訪問日", "default": "today()"},
    )
    assert visit.interview.opening.changed == {
        visit.at("country"): Answer("日本"),
        visit.at("visited"): Answer("2016-06-14"),
    }
    visit.say("country", "")
    again = visit.again()
    assert (again.told("country"), again.told("visited")) == ("", "2016-06-14")


BAND: Sequence[dict[str, str]] = (
    {"type": "hidden", "name": "reference_year", "default": "2016"},
    {"type": "integer", "name": "founded", "label": "創業年"},
    {"type": "calculate", "name": "years", "calculation": "${reference_year} - ${founded}"},
)


def test_presets_reach_calculations_of_new_and_stored_responses() -> None:
    visit = talk(*BAND, presets={"reference_year": "2020"})
    visit.say("founded", "2000")
    assert visit.told("years") == "20"
    assert visit.again().told("years") == "20"
    assert visit.again({"reference_year": "2026"}).told("years") == "26"


def test_a_hidden_default_is_there_for_answers_that_come_from_elsewhere() -> None:
    visit = Talk(talk(*BAND).form, {Address("/data/founded"): Answer("2010")})
    assert visit.told("years") == "6"


AGE: Sequence[dict[str, str]] = (
    {"type": "integer", "name": "age", "label": "年齢"},
    {
        "type": "select_one yn", "name": "old", "label": "60歳以上",
        "calculation": "if(${age} = '', '', if(${age} >= 60, '1', '2'))", "trigger": "${age}",
    },
)  # fmt: skip


def test_a_trigger_fills_once_and_leaves_the_choice_to_the_visitor() -> None:
    visit = talk(*AGE)
    visit.say("old", "1")
    assert visit.told("old") == "1"
    effect = visit.say("age", "45")
    assert effect.changed == {visit.at("age"): Answer("45"), visit.at("old"): Answer("2")}
    visit.say("old", "1")
    assert visit.again().told("old") == "1"


def test_what_is_imported_together_is_not_overwritten_by_its_trigger() -> None:
    visit = talk(*AGE)
    visit.interview.set_many({visit.at("age"): Answer("45"), visit.at("old"): Answer("1")})
    assert visit.told("old") == "1"


def test_an_import_brings_its_rows_along() -> None:
    visit = talk(*SITES)
    visit.interview.set_many({visit.at("staff", "s7"): Answer("３"), visit.at("maker", "s9", "m"): Answer("甲社")})
    assert visit.interview.rows("/data/site") == ("s7", "s9")
    assert visit.told("all") == "4"


def test_labels_speak_of_the_answers_of_their_own_row() -> None:
    visit = talk(
        {"type": "begin repeat", "name": "person", "label": "参加者"},
        {"type": "text", "name": "name", "label": "氏名"},
        {"type": "integer", "name": "years", "label": "${name}さんの勤続年数"},
        {"type": "end repeat"},
    )
    visit.interview.add_row("/data/person")
    visit.interview.add_row("/data/person")
    effect = visit.say("name", "佐藤", "row2")
    assert visit.interview.label(visit.at("years", "row2")) == "佐藤さんの勤続年数"
    assert visit.interview.label(visit.at("years", "row1")) == "さんの勤続年数"
    assert visit.at("years", "row2") in effect.touched
    assert visit.at("years", "row1") not in effect.touched
    assert visit.interview.label(visit.at("person")) == "参加者"


def test_the_language_changes_texts_and_no_answer() -> None:
    form = conformance_form("32-language-messages")
    interview = Interview(form, {}, language="ja")
    interview.set(Address("/data/age"), Answer("17"))
    assert interview.problems()[0].message == "18歳以上です。"
    interview.use_language("en")
    assert interview.problems()[0].message == "Must be 18 or older."
    assert interview.hint(Address("/data/age")) == "In full years"
    assert interview.answer(Address("/data/age")) == Answer("17")


def test_an_expression_that_fails_stops_no_interview() -> None:
    visit = talk(
        {"type": "text", "name": "q", "label": "問", "relevant": "count('x') > 1", "constraint": "today() > '2016'"},
        {"type": "calculate", "name": "sum", "calculation": "count('x')"},
    )
    interview = Interview(visit.form, {}, language="")
    interview.set(Address("/data/q"), Answer("a"))
    assert interview.problems() == ()
    assert interview.answer(Address("/data/sum")) == UNANSWERED


def test_answers_of_questions_the_form_does_not_know_are_left_alone() -> None:
    visit = talk(*EXPORTS)
    stored = {Address("/data/gone"): Answer("x"), Address("/data/exports", ("r",)): Answer("1")}
    opened = Talk(visit.form, {**stored, visit.at("exports"): Answer("1")})
    assert opened.state("share") == QuestionState.UNANSWERED
    assert not stored.keys() & opened.interview.opening.changed.keys()


def test_entering_the_same_again_changes_nothing() -> None:
    visit = talk(*EXPORTS)
    visit.say("exports", "1")
    effect = visit.say("exports", "1")
    assert effect == Effect({}, frozenset(), False)


def test_shuffled_options_keep_their_order_during_an_interview() -> None:
    many = [{"list_name": "many", "name": str(n), "label": str(n)} for n in range(30)]
    shuffled = {"type": "select_one many", "name": "q", "label": "問", "parameters": "randomize=true"}
    visit = talk(shuffled, {"type": "text", "name": "x", "label": "他"}, choices=many)
    before = [choice.name for choice in visit.interview.choices(visit.at("q"))]
    assert before != [row["name"] for row in many]
    assert sorted(before) == sorted(row["name"] for row in many)
    visit.say("q", "3")
    assert [choice.name for choice in visit.interview.choices(visit.at("q"))] == before


def test_a_seed_shuffles_the_same_way_everywhere() -> None:
    many = [{"list_name": "many", "name": str(n), "label": str(n)} for n in range(30)]
    rows = [
        {"type": "integer", "name": "seed", "label": "種"},
        {"type": "select_one many", "name": "q", "label": "問", "parameters": "randomize=true seed=${seed}"},
    ]
    orders = []
    for seed in ("4", "4", "5"):
        visit = talk(*rows, choices=many)
        visit.interview.choices(visit.at("q"))
        visit.say("seed", seed)
        orders.append([choice.name for choice in visit.interview.choices(visit.at("q"))])
    assert orders[0] == orders[1] != orders[2]
