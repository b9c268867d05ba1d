"""From the last answer to the finalised response: review, programmes, leaflet, owner's card, change with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.visiting import MakeStore, OpenHouse, Room, fill
from visitapp.questionnaire.answers import NO_ANSWER, Answer
from visitapp.store.store import Store
from visitapp.ui.guidance import printing
from visitapp.ui.guidance.page import GuidancePage
from visitapp.ui.interview.page import InterviewPage
from visitapp.ui.review.findings import find
from visitapp.ui.review.lines import FindingLine
from visitapp.ui.review.page import ReviewPage
from visitapp.ui.visit.owner import OwnerWindow
from visitapp.ui.widgets.dialogs import Dialog


@pytest.fixture
def room(make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot) -> Iterator[Room]:
    house = open_house(make_store("laptop", fill))
    yield Room(house, qtbot)


def _answer(room: Room, **texts: str) -> None:
    names = {name.replace("_", "-", 1): text for name, text in texts.items()}
    room.session.enter_many({room.address(name): Answer(text) for name, text in names.items()})
    room.settle()


def _review(room: Room) -> ReviewPage:
    room.key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    return room.page(ReviewPage)


def _guidance(room: Room) -> GuidancePage:
    room.key(Qt.Key.Key_F8)
    room.settle()
    return room.page(GuidancePage)


def _close_gaps(room: Room, page: ReviewPage) -> None:
    assert page.panel is not None
    page.panel.cards["gap"].all_none.emit()
    room.settle()


def test_errors_and_unexplained_warnings_block_and_gaps_do_not(room: Room) -> None:
    _answer(room, V6="1", V6_2="1 7", V4_strength="2", V4_4="2")
    page = _review(room)
    found = find(room.session)
    assert (len(found.errors), found.unexplained) == (1, 1)
    assert found.gaps
    assert not page.foot_buttons()[-1].isEnabled()
    assert page.panel is not None
    page.panel.reason_given.emit(found.warnings[0], "さらに伸ばしたい")
    _answer(room, V6_2="1")
    assert find(room.session).ready
    assert page.foot_buttons()[-1].isEnabled()
    assert room.stored("V4-4") == Answer("2", reason="さらに伸ばしたい")


def test_enter_on_a_line_goes_to_its_question_and_comes_back(room: Room) -> None:
    _answer(room, V6="1", V6_2="1 7")
    page = _review(room)
    line = page.panel.cards["error"].lines()[0]  # type: ignore[union-attr]
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    room.settle()
    assert isinstance(room.desk.page(), InterviewPage)
    assert room.current() == "V6-2"
    room.key(Qt.Key.Key_7)
    room.key(Qt.Key.Key_Return)
    room.settle()
    assert isinstance(room.desk.page(), ReviewPage)
    assert not find(room.session).errors


def test_all_gaps_become_no_answer_in_one_action_and_undo_opens_them_again(room: Room) -> None:
    page = _review(room)
    before = len(find(room.session).gaps)
    _close_gaps(room, page)
    assert not find(room.session).gaps
    assert room.stored("V1-13") == NO_ANSWER
    room.session.undo()
    room.settle()
    assert len(find(room.session).gaps) == before


def test_answers_no_longer_asked_are_kept_and_listed(room: Room) -> None:
    _answer(room, V6="3")
    _answer(room, V6_4="5")
    _answer(room, V6="1")
    page = _review(room)
    kept = find(room.session).kept
    assert [finding.number for finding in kept] == ["問6 (4)"]
    assert "費用がかかるため" in kept[0].words
    assert page.panel is not None and not page.panel.cards["kept"].isHidden()


def test_arrows_walk_over_all_lines(room: Room) -> None:
    page = _review(room)
    first = page.first_focus()
    assert isinstance(first, FindingLine)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    focus = QApplication.focusWidget()
    assert isinstance(focus, FindingLine) and focus is not first
    QTest.keyClick(focus, Qt.Key.Key_F4)
    room.settle()
    assert room.stored("V1-2") == NO_ANSWER


def test_finalising_records_the_visit_and_a_later_change_asks_for_a_reason(room: Room, qtbot: QtBot) -> None:
    page = _review(room)
    _close_gaps(room, page)
    assert page.record is not None
    page.record._respondent.setText("代表者")
    qtbot.keyClick(page.foot_buttons()[-1], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)  # type: ignore[no-untyped-call]
    room.settle()
    assert room.session.records.response.status == "final"
    assert [(visit.outcome, visit.respondent) for visit in room.session.records.visits] == [("面談", "代表者")]
    room.desk.go("interview", room.session.target_id)
    room.settle()
    room.go("V1-13")
    room.key(Qt.Key.Key_2)
    dialog = room.house.findChild(Dialog)
    assert isinstance(dialog, Dialog)
    assert room.answer("V1-13") == NO_ANSWER
    dialog.verb.click()
    room.settle()
    assert room.session.records.response.status == "draft"
    assert room.stored("V1-13") == Answer("2")


def test_programmes_are_ranked_with_the_companys_own_words(room: Room) -> None:
    _answer(room, V4_4="11", V10="1")
    page = _guidance(room)
    assert page.found is not None and page.programmes is not None
    scores = [one.score for one in page.found.fitting]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0
    first = next(iter(page.programmes.cards.values()))
    said = {"販売力（営業力）", "販路開拓に関する支援（展示会助成、商談会等）"}
    assert {reason.option for reason in first.found.reasons} <= said
    page.programmes.levels.chosen.emit("国")
    page.programmes.search.setText("てんじかい")
    shown = [card for card in page.programmes.cards.values() if not card.isHidden()]
    assert len(shown) < len(page.programmes.cards)


def test_ticks_make_the_leaflet_at_once_and_are_kept(room: Room, qtbot: QtBot) -> None:
    _answer(room, V4_4="11", V10="1")
    page = _guidance(room)
    assert page.programmes is not None and page.leaflet is not None
    card = page.programmes.first_card()
    assert card is not None
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    room.settle()
    assert page.leaflet.preview.pages == 1
    assert len(page.chosen()) == 1
    assert [offer.ticked for offer in room.session.records.offers] == [True]
    QTest.keyClick(card, Qt.Key.Key_Space)
    room.settle()
    assert page.chosen() == [] and page.leaflet.preview.pages == 0


def test_without_a_printer_the_leaflet_is_kept_as_pdf_and_the_offer_written_down(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    _answer(room, V10="1")
    page = _guidance(room)
    card = page.programmes.first_card()  # type: ignore[union-attr]
    assert card is not None
    QTest.keyClick(card, Qt.Key.Key_Space)
    room.settle()
    room.key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    kept = list((room.house.office.folder / "leaflets").iterdir())
    assert len(kept) == 1 and kept[0].read_bytes()[:5] == b"%PDF-"
    assert [(offer.stage, bool(offer.offered_at)) for offer in room.session.records.offers] == [("leaflet", True)]


def test_every_page_reaches_the_printer_at_its_real_size(room: Room, tmp_path: Path) -> None:
    _answer(room, V10="1 2 3 4 5 6", V4_4="1 2 11 20 21")
    page = _guidance(room)
    assert page.found is not None and page.programmes is not None and page.leaflet is not None
    for one in page.found.fitting[:7]:
        page._tick(one.facts.id, True)
    room.settle()
    assert page.leaflet.preview.pages == 2
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    assert printing.print_document(page.leaflet.preview.document, printer)
    paper = QPdfDocument()
    paper.load(str(tmp_path / "paper.pdf"))
    assert paper.pageCount() == 2
    assert round(paper.pagePointSize(0).width()) == 595
    paper.close()


def test_without_the_offices_telephone_the_preview_says_what_to_do(
    make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot
) -> None:
    def without_phone(store: Store) -> None:
        from visitapp.commands.settings import change_setting

        fill(store)
        change_setting(store, "office_phone", "", "staff-03")

    room = Room(open_house(make_store("laptop", without_phone)), qtbot)
    _answer(room, V10="1")
    page = _guidance(room)
    card = page.programmes.first_card()  # type: ignore[union-attr]
    assert card is not None
    QTest.keyClick(card, Qt.Key.Key_Space)
    room.settle()
    assert page.leaflet is not None
    assert "E-650" in page.leaflet.preview.words
    assert not page.foot_buttons()[-1].isEnabled()


def test_the_owner_sees_no_score_no_note_and_comes_back_to_the_same_place(room: Room) -> None:
    _answer(room, V10="1")
    page = _guidance(room)
    card = page.programmes.first_card()  # type: ignore[union-attr]
    assert card is not None
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_F9)
    window = room.house.findChild(OwnerWindow)
    assert isinstance(window, OwnerWindow)
    texts = [text for owner in window.cards for pair in owner.facts for text in pair]
    assert not any("要確認" in text for text in texts)
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert window.place == min(1, len(window.cards) - 1)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.focusWidget() is card


def test_the_question_is_shown_to_the_owner_without_answers(room: Room) -> None:
    room.go("V7-1")
    room.key(Qt.Key.Key_1)
    room.key(Qt.Key.Key_F9)
    window = room.house.findChild(OwnerWindow)
    assert isinstance(window, OwnerWindow)
    shown = window.cards[0]
    assert shown.name == "品川区内に立地しているメリット"
    assert "交通の利便性が高い" in shown.options and shown.facts == ()
    QTest.keyClick(window, Qt.Key.Key_Escape)
