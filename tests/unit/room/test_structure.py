"""How a questionnaire becomes sections, cards and groups, and how a second interview follows the first."""

from __future__ import annotations

import pytest

from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form, Repeat
from visitapp.questionnaire.interview import Interview, QuestionState
from visitapp.questionnaire.xlsform import read_workbook
from visitapp.resources import resource_path
from visitapp.ui.visit.advice import ready_reasons, suggestion
from visitapp.ui.visit.following import follow
from visitapp.ui.visit.structure import (
    Entry,
    Structure,
    blocks,
    build,
    entry_state,
    printed_number,
    progress,
    short_number,
)
from visitapp.ui.visit.wording import condition_text, entry_text, problem_text, rule_text


@pytest.fixture(scope="module")
def form() -> Form:
    path = resource_path("questionnaires", "visit.xlsx")
    return read_workbook(path.read_bytes(), path.name)


def _started(form: Form, **texts: str) -> tuple[Interview, Structure]:
    interview = Interview(form, {}, presets={"reference_year": "2016"})
    for name, text in texts.items():
        interview.set(Address(form.question(name.replace("_", "-")).path), Answer(text))
    return interview, build(interview, form, "ja")


def _entry(form: Form, structure: Structure, name: str) -> Entry:
    found = structure.entry(Address(form.question(name).path))
    assert found is not None
    return found


def test_every_question_stands_on_exactly_one_card(form: Form) -> None:
    _interview, structure = _started(form)
    cards = [address for entry in structure.entries() for address in entry.addresses()]
    assert len(cards) == len(set(cards))
    shown = {address.path for address in cards}
    wanted = {q.path for q in form.questions() if q.type not in ("calculate", "hidden") and "/sheets/" not in q.path}
    assert shown == wanted


def test_a_total_and_its_breakdown_are_one_card_about_the_total(form: Form) -> None:
    _interview, structure = _started(form)
    entry = _entry(form, structure, "V1-6_part")
    assert [part.name for part in entry.parts] == ["V1-6_regular", "V1-6_part", "V1-6_other", "V1-6"]
    assert entry.question.name == "V1-6" and entry.number == "問1 (6)"


def test_neighbours_asked_for_the_same_reason_form_one_group(form: Form) -> None:
    _interview, structure = _started(form, V6="1")
    section = next(section for section in structure.sections if section.number == "6")
    groups = [(bool(condition), [entry.question.name for entry in entries]) for condition, entries in blocks(section.entries)]
    assert groups == [(False, ["V6"]), (True, ["V6-1", "V6-2", "V6-3"]), (True, ["V6-4"])]


def test_the_reason_quotes_what_was_answered(form: Form) -> None:
    interview, structure = _started(form, V6="1")
    entries = [_entry(form, structure, name) for name in ("V6-1", "V6-2", "V6-3")]
    text = condition_text(interview, form, entries[0].condition, entries)
    assert text == "問6で「現在、行っている」なので、(1)～(3)をうかがいます。"
    assert "「現在、行っていないが過去に行ったことがある」" in rule_text(form, entries[0].condition)


def test_an_empty_text_of_a_chosen_other_is_an_error_and_no_gap(form: Form) -> None:
    interview, structure = _started(form, V6="1", V6_2="7")
    entry = _entry(form, structure, "V6-2")
    assert entry_state(interview, entry) is QuestionState.ERROR
    problem = interview.problems(Address(form.question("V6-2_other").path))[0]
    assert problem_text(interview, form, problem) == "「その他」の内容が空です。内容を書くか、「その他」を外してください。"
    interview.set(problem.address, Answer("標準化"))
    assert entry_state(interview, entry) is QuestionState.ANSWERED
    assert entry_text(interview, form, entry) == "その他（標準化）"


def test_progress_counts_no_answer_and_leaves_out_what_is_not_asked(form: Form) -> None:
    interview, structure = _started(form)
    before = progress(interview, structure.entries())
    interview.set(Address(form.question("V1-13").path), NO_ANSWER)
    assert progress(interview, structure.entries()) == (before[0] + 1, before[1])
    interview.set(Address(form.question("V6").path), Answer("1"))
    structure = build(interview, form, "ja")
    assert progress(interview, structure.entries()) == (before[0] + 2, before[1] + 3)


def test_the_sum_is_offered_only_where_it_differs(form: Form) -> None:
    interview, structure = _started(form)
    entry = _entry(form, structure, "V1-6")
    for name, text in (("V1-6_regular", "31"), ("V1-6_part", "9"), ("V1-6_other", "6"), ("V1-6", "460")):
        interview.set(Address(form.question(name).path), Answer(text))
    offered = suggestion(interview, entry)
    assert offered is not None and offered.answer == Answer("46") and offered.words == "内訳の合計 46人 にする"
    interview.set(offered.address, offered.answer)
    assert suggestion(interview, entry) is None


def test_ready_reasons_come_from_the_questionnaire_else_the_usual_ones(form: Form) -> None:
    _interview, structure = _started(form)
    assert ready_reasons(_entry(form, structure, "V4-4"))[0] == "さらに伸ばしたい"
    assert len(ready_reasons(_entry(form, structure, "V1-7"))) == 2


@pytest.mark.parametrize(("number", "short"), [("問6 (2)", "(2)"), ("問6", "問6"), ("問9 (5)付問①", "(5)付問①"), ("", "")])
def test_numbers_inside_their_section(number: str, short: str) -> None:
    assert short_number(number) == short


def test_numbers_in_english() -> None:
    assert printed_number("問9 (5)付問①", "en") == "Q9 (5) sub ①"
    assert printed_number("問6 (2)", "ja") == "問6 (2)"


def test_a_second_interview_follows_the_first_through_rows_and_undo(form: Form) -> None:
    first, _ = _started(form)
    second, _ = _started(form)
    repeat = next(node for node in form.walk() if isinstance(node, Repeat))
    choosing = form.question("P1").path
    effects = [first.set(Address(form.question("V7-3").path), Answer("1"))]
    row, effect = first.add_row(repeat.path, (), "row-1")
    effects += [effect, first.set(Address(choosing, (row,)), Answer("3"))]
    for each in effects:
        follow(second, form, each)
    assert second.relevant_answers() == first.relevant_answers()
    follow(second, form, first.remove_row(repeat.path, (row,)))
    assert second.rows(repeat.path) == ()
    follow(second, form, first.set(Address(form.question("V7-3").path), UNANSWERED))
    assert second.relevant_answers() == first.relevant_answers()
