"""Filling a questionnaire in the room with real keys: what is shown, what is on disk, where the focus goes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.visiting import MakeStore, OpenHouse, Room, compose, fill
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Repeat
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui.interview.fields import TextEntry
from visitapp.ui.interview.inputs import ChoiceInput, FieldInput
from visitapp.ui.interview.sheets import SheetPicker
from visitapp.ui.visit.structure import entry_state
from visitapp.ui.visit.writing import LineField


@pytest.fixture
def room(make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot) -> Iterator[Room]:
    house = open_house(make_store("laptop", fill))
    qtbot.waitExposed(house)
    house.activateWindow()
    yield Room(house, qtbot)


def _choice(room: Room) -> ChoiceInput:
    card = room.interview.floor.centre.current_card()  # type: ignore[union-attr]
    assert card is not None
    found = card.findChild(ChoiceInput)
    assert isinstance(found, ChoiceInput)
    return found


def _line(room: Room) -> LineField:
    card = room.interview.floor.centre.current_card()  # type: ignore[union-attr]
    assert card is not None
    found = card.findChild(TextEntry)
    assert isinstance(found, TextEntry)
    return found.line


def test_a_digit_chooses_and_is_on_disk_and_enter_goes_on(room: Room) -> None:
    room.go("V1-10")
    room.key(Qt.Key.Key_5)
    assert room.answer("V1-10") == Answer("5")
    assert room.stored("V1-10") == Answer("5")
    room.key(Qt.Key.Key_Return)
    assert room.current() == "V1-11"
    room.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert room.current() == "V1-10"


def test_two_digits_collect_from_ten_options_on(room: Room, qtbot: QtBot) -> None:
    room.go("V4-4")
    room.key(Qt.Key.Key_1)
    assert room.answer("V4-4") == UNANSWERED
    room.key(Qt.Key.Key_1)
    assert room.answer("V4-4") == Answer("11")
    room.key(Qt.Key.Key_2)
    room.key(Qt.Key.Key_Return)
    assert room.answer("V4-4") == Answer("2 11")
    assert room.current() == "V4-4"
    room.key(Qt.Key.Key_1)
    qtbot.waitUntil(lambda: room.answer("V4-4") == Answer("1 2 11"), timeout=3000)
    room.key(Qt.Key.Key_9)
    assert room.answer("V4-4") == Answer("1 2 9 11")


def test_the_conditional_questions_open_below_and_the_card_stays_where_it_is(room: Room) -> None:
    room.go("V6")
    centre = room.interview.floor.centre  # type: ignore[union-attr]
    card = centre.current_card()
    assert card is not None
    before = card.mapTo(centre.viewport(), card.rect().topLeft()).y()
    assert centre.cards[room.address("V6-1")].isHidden()
    room.key(Qt.Key.Key_1)
    assert not centre.cards[room.address("V6-1")].isHidden()
    assert centre.cards[room.address("V6-4")].isHidden()
    assert card.mapTo(centre.viewport(), card.rect().topLeft()).y() == before
    room.key(Qt.Key.Key_4)
    assert centre.cards[room.address("V6-1")].isHidden()
    assert not centre.cards[room.address("V6-4")].isHidden()


def test_what_opens_above_does_not_move_the_current_card(room: Room) -> None:
    room.go("V7-1")
    centre = room.interview.floor.centre  # type: ignore[union-attr]
    card = centre.current_card()
    assert card is not None
    before = card.mapTo(centre.viewport(), card.rect().topLeft()).y()
    range_before = centre.verticalScrollBar().maximum()
    room.session.enter(room.address("V6"), Answer("1"))
    assert centre.verticalScrollBar().maximum() > range_before
    assert card.mapTo(centre.viewport(), card.rect().topLeft()).y() == before


def test_other_takes_its_text_in_the_row_and_is_an_error_while_empty(room: Room, qtbot: QtBot) -> None:
    room.go("V6")
    room.key(Qt.Key.Key_1)
    room.go("V6-2")
    room.key(Qt.Key.Key_7)
    field = QApplication.focusWidget()
    assert isinstance(field, LineField)
    assert entry_state(room.session.interview, room.entry("V6-2")) is QuestionState.ERROR
    assert field.property("state") == "error"
    compose(field, "", "標準化の相談")
    field.flush()
    assert room.answer("V6-2_other") == Answer("標準化の相談")
    assert room.stored("V6-2_other") == Answer("標準化の相談")
    assert entry_state(room.session.interview, room.entry("V6-2")) is QuestionState.ANSWERED


def test_an_exclusive_option_clears_the_others_and_undo_brings_them_back(room: Room) -> None:
    room.go("V7-1")
    for key in (Qt.Key.Key_2, Qt.Key.Key_3):
        room.key(key)
    room.key(Qt.Key.Key_1)
    room.key(Qt.Key.Key_2)
    assert room.answer("V7-1") == Answer("12")
    bar = room.interview.floor.undo_bar  # type: ignore[union-attr]
    assert bar.isVisible()
    room.settle()
    room.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.answer("V7-1") == Answer("2 3")
    assert room.stored("V7-1") == Answer("2 3")
    room.key(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.answer("V7-1") == Answer("12")


def test_no_answer_is_an_answer_of_its_own_and_f4_takes_it_back(room: Room) -> None:
    room.go("V1-13")
    room.key(Qt.Key.Key_F4)
    assert room.answer("V1-13") == NO_ANSWER
    assert room.stored("V1-13") == NO_ANSWER
    room.key(Qt.Key.Key_F4)
    assert room.answer("V1-13") == UNANSWERED


def test_numbers_take_full_width_digits_and_show_separators_after_leaving(room: Room) -> None:
    room.go("V1-7")
    field = _line(room)
    compose(field, "", "１２，３４５")
    room.key(Qt.Key.Key_Return)
    assert room.answer("V1-7") == Answer("12345")
    room.go("V1-7")
    assert field.text() == "12,345"


def test_the_sum_of_the_breakdown_is_offered_and_taken_with_f7(room: Room) -> None:
    room.go("V1-6")
    for text in ("31", "9", "6"):
        room.keys(text)
        room.key(Qt.Key.Key_Tab)
    room.keys("460")
    room.interview.floor.centre.current_card().focusWidget().flush()  # type: ignore[union-attr]
    assert entry_state(room.session.interview, room.entry("V1-6")) is QuestionState.ERROR
    room.key(Qt.Key.Key_F7)
    assert room.answer("V1-6") == Answer("46")
    assert entry_state(room.session.interview, room.entry("V1-6")) is QuestionState.ANSWERED


@pytest.mark.parametrize("typed", ["S22", "1947"])
def test_a_year_is_understood_in_both_calendars(room: Room, typed: str) -> None:
    room.go("V1-5")
    room.keys(typed)
    room.key(Qt.Key.Key_Return)
    assert room.answer("V1-5") == Answer("1947")
    assert room.stored("V1-5") == Answer("1947")


def test_a_soft_warning_is_settled_by_a_reason_that_stays_with_the_answer(room: Room, qtbot: QtBot) -> None:
    room.session.enter(room.address("V4-strength"), Answer("2"))
    room.go("V4-4")
    room.key(Qt.Key.Key_2)
    room.key(Qt.Key.Key_Return)
    assert entry_state(room.session.interview, room.entry("V4-4")) is QuestionState.WARNING
    card = room.interview.floor.centre.current_card()  # type: ignore[union-attr]
    assert card is not None and card.warning.isVisible()
    card.warning.reason_given.emit("さらに伸ばしたい")
    assert entry_state(room.session.interview, room.entry("V4-4")) is QuestionState.ANSWERED
    assert room.stored("V4-4") == Answer("2", reason="さらに伸ばしたい")
    assert card.warning.isHidden()


def test_same_as_last_time(room: Room) -> None:
    room.session.enter(room.address("V6"), Answer("1"))
    room.go("V6-2")
    room.key(Qt.Key.Key_F6)
    assert room.answer("V6-2") == Answer("3 6")


def test_sheets_are_added_once_each_and_taken_away_with_undo(room: Room) -> None:
    room.session.enter(room.address("V7-3"), Answer("1"))
    section = next(s for s in room.session.structure.sections if isinstance(s.node, Repeat))
    picker = room.interview.floor.centre.findChild(SheetPicker)  # type: ignore[union-attr]
    assert isinstance(picker, SheetPicker)
    picker.pick("3")
    room.settle()
    picker.pick("5")
    room.settle()
    section = next(s for s in room.session.structure.sections if isinstance(s.node, Repeat))
    assert len(section.sheets) == 2
    question = section.sheets[0].choosing
    assert question is not None
    chosen = [room.session.interview.answer(Address(question.path, s.address.rows)).text for s in section.sheets]
    assert chosen == ["3", "5"]
    assert isinstance(section.node, Repeat)
    room.session.remove_row(section.node, section.sheets[0].address.rows)
    room.settle()
    assert len(room.session.structure.sections[-1].sheets) == 1
    room.session.undo()
    room.settle()
    sheets = room.session.structure.sections[-1].sheets
    assert {room.session.interview.answer(Address(question.path, s.address.rows)).text for s in sheets} == {"3", "5"}


def test_a_note_is_kept_beside_the_answer(room: Room) -> None:
    room.go("V4-3")
    room.key(Qt.Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, LineField)
    compose(field, "", "次の訪問でうかがう")
    field.flush()
    assert room.session.note(room.address("V4-3")) == "次の訪問でうかがう"
    assert room.answer("V4-3") == UNANSWERED


def test_gaps_and_problems_are_reached_by_key(room: Room) -> None:
    room.go("V1-10")
    room.key(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert room.current() == "V1-11"
    room.session.enter(room.address("V6"), Answer("1"))
    room.session.enter(room.address("V6-2"), Answer("7"))
    room.key(Qt.Key.Key_F12)
    assert room.current() == "V6-2"


def test_composition_is_never_disturbed(room: Room) -> None:
    """A save result, an answer from elsewhere and keys that arrive meanwhile leave the preedit alone."""
    room.go("V1-3")
    field = _line(room)
    compose(field, "", "見本")
    field.flush()
    compose(field, "はなこ")
    assert field.composing
    room.settle()
    room.session.enter(room.address("V1-3"), Answer("ほかの名"))
    room.settle()
    assert field.text() == "見本"
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F4, Qt.Key.Key_F8, Qt.Key.Key_Escape):
        room.key(key)
    assert room.current() == "V1-3"
    assert room.desk.page() is room.interview
    compose(field, "", "花子")
    field.flush()
    assert field.text() == "見本花子"
    assert room.stored("V1-3") == Answer("見本花子")


def test_option_rows_switch_the_input_method_off(room: Room) -> None:
    room.go("V6")
    rows = _choice(room).grid.rows
    assert rows
    assert not any(row.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled) for row in rows)


def test_an_opinion_keeps_its_draft_and_is_added(room: Room) -> None:
    room.key(Qt.Key.Key_F3)
    area = room.interview.floor.side.opinions.area  # type: ignore[union-attr]
    assert area.hasFocus()
    compose(area, "", "展示会で知り合った会社と共同で受けたい。")
    area.flush()
    room.settle()
    assert room.interview.floor.side.opinions.area.toPlainText()  # type: ignore[union-attr]
    room.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert [opinion.text for opinion in room.session.records.opinions] == ["展示会で知り合った会社と共同で受けたい。"]
    assert area.toPlainText() == ""
    room.key(Qt.Key.Key_Escape)
    assert not area.hasFocus()


def test_the_place_and_the_draft_are_there_again_after_closing(
    make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot
) -> None:
    folder = make_store("laptop", fill)
    house = open_house(folder)
    room = Room(house, qtbot)
    room.go("V5")
    room.key(Qt.Key.Key_F3)
    compose(room.interview.floor.side.opinions.area, "", "途中の意見")  # type: ignore[union-attr]
    house.close()
    again = Room(open_house(folder), qtbot)
    assert again.current() == "V5"
    assert again.interview.floor.side.opinions.area.toPlainText() == "途中の意見"  # type: ignore[union-attr]
    assert again.interview.floor.banner.isVisible()  # type: ignore[union-attr]


def test_the_outline_is_a_sound_model_and_finds_questions(room: Room, qtbot: QtBot) -> None:
    outline = room.interview.floor.outline  # type: ignore[union-attr]
    assert outline is not None
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, mode, outline) for model in (outline.tree.source, outline.tree.proxy)]
    room.session.enter(room.address("V6"), Answer("1"))
    room.session.enter(room.address("V7-3"), Answer("1"))
    section = room.session.structure.sections[-1]
    assert isinstance(section.node, Repeat)
    room.session.add_row(section.node, room.session.form.question("P1"), "4")
    room.settle()
    room.key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert outline.search.hasFocus()
    outline.search.setText("れんけいのけいたい")
    assert outline.tree.first_found() is None
    outline.search.setText("連携の形態")
    QTest.keyClick(outline.search, Qt.Key.Key_Return)
    assert room.current() == "V6-2"
    assert len(testers) == 2


def test_a_text_answer_is_saved_after_a_pause_without_leaving_the_field(room: Room, qtbot: QtBot) -> None:
    room.go("V1-3")
    room.keys("Mihon Hanako")
    qtbot.waitUntil(lambda: room.answer("V1-3") == Answer("Mihon Hanako"), timeout=3000)
    assert _line(room).hasFocus()
    assert room.stored("V1-3") == Answer("Mihon Hanako")
    card = room.interview.floor.centre.current_card()  # type: ignore[union-attr]
    assert card is not None and isinstance(card.findChild(FieldInput), FieldInput)
