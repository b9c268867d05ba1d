"""One visit from the list to the table, by real keys and clicks: laptop, package, headquarters."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import PASSPHRASE, settle
from tests.gui.headquarters import CHEAP, SURVEY
from tests.gui.visiting import OpenHouse, Room
from visitapp.commands.handin import enrol_device, invite_device
from visitapp.commands.office import create_office
from visitapp.commands.settings import change_setting
from visitapp.fieldwork.answers import answer_id, stored_value
from visitapp.fieldwork.surveys import load_form
from visitapp.fieldwork.targets import target_id
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.store import records
from visitapp.store.store import Writer
from visitapp.ui.guidance import printing
from visitapp.ui.guidance.page import GuidancePage
from visitapp.ui.handin.page import HandInPage
from visitapp.ui.inbox.page import InboxPage
from visitapp.ui.interview.page import InterviewPage
from visitapp.ui.interview.sheets import SheetPicker
from visitapp.ui.page import Page
from visitapp.ui.review.findings import find
from visitapp.ui.review.page import ReviewPage
from visitapp.ui.shell import House
from visitapp.ui.tables.behind import BehindDialog
from visitapp.ui.tables.page import TablesPage
from visitapp.ui.targets.page import TargetsPage

PERSON = "staff-05"
VISITED = "つばめ仮想計器株式会社"
OTHERS = ("あおぞら架空精機株式会社", "わかば例題電子株式会社")
CONTROL = Qt.KeyboardModifier.ControlModifier
OPINION = "展示会で知り合った会社と共同で受けたい。"

Deed = Callable[[Room], None]


# -- the two offices -------------------------------------------------------------------------------------------------
def offices(place: Path) -> tuple[Path, Path]:
    """Headquarters with three companies, two of them already answered, and a laptop enrolled by its file and code."""
    headquarters = create_office(place / "hq", PASSPHRASE, "headquarters", kdf=CHEAP)
    change_setting(headquarters, "office_phone", "03-0000-0000", "staff-00")
    with headquarters.write("staff-00") as writer:
        for number, name in enumerate((VISITED, *OTHERS)):
            writer.put(records.Company, f"c{number}", name=name, kana=name, founded_year=1947, employees=46,
                       capital_yen=10_000_000, industry="業務用機械器具製造業")  # fmt: skip
            writer.put(records.Target, target_id(SURVEY, f"c{number}"), survey=SURVEY, company=f"c{number}",
                       visitor=PERSON, mode="訪問")  # fmt: skip
        for number in (1, 2):
            _answered(writer, f"c{number}")
    laptop = create_office(place / "laptop", PASSPHRASE, "laptop", code="laptop-05", kdf=CHEAP)
    invitation = invite_device(headquarters, "laptop-05", place / "stick", "staff-00")
    enrol_device(laptop, invitation.path, invitation.code, "staff-00")
    laptop.set_local("window/person", PERSON)
    for store in (laptop, headquarters):
        store.close()
    return place / "hq", place / "laptop"


def _answered(writer: Writer, company: str) -> None:
    survey = writer.get(records.Survey, SURVEY)
    assert survey is not None and survey.form is not None
    response, form = f"r-{company}", load_form(writer, survey.form)
    writer.put(records.Response, response, target=target_id(SURVEY, company), form=survey.form, status="final",
               visited_on="2016-06-10", visitor="staff-01")  # fmt: skip
    for name, text in {"V5": "1", "V6": "4", "V6-4": "5", "V1-11": "1"}.items():
        path = form.question(name).path
        writer.put(records.Answer, answer_id(response, Address(path)), response=response, path=path, row="",
                   value=stored_value(Answer(text)))  # fmt: skip


# -- what the visitor does, question by question ---------------------------------------------------------------------
def say(text: str) -> Deed:
    return lambda room: room.say(text)


def type_(text: str) -> Deed:
    return lambda room: room.keys(text)


def choose(*numbers: int) -> Deed:
    return lambda room: room.choose(*numbers)


def already(text: str) -> Deed:
    """The answer is there by itself: a band that follows from a number."""

    def deed(room: Room) -> None:
        assert room.here() == Answer(text)

    return deed


def employees(room: Room) -> None:
    """The breakdown, then the sum."""
    for number in ("31", "9", "6"):
        room.keys(number)
        room.key(Qt.Key.Key_Tab)
    room.keys("46")


def other(number: int, words: str) -> Deed:
    """その他, and its words in the row."""

    def deed(room: Room) -> None:
        room.choose(number)
        room.say(words)

    return deed


def no_answer(room: Room) -> None:
    room.key(Qt.Key.Key_F4)
    assert room.here() == NO_ANSWER


def settle_warning(room: Room) -> None:
    """A strength is to be strengthened: the warning appears and is settled by its first ready reason."""
    room.choose(2)
    floor = room.interview.floor
    assert floor is not None
    card = floor.centre.current_card()
    assert card is not None and card.warning.isVisible()
    QTest.mouseClick(card.warning.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert room.here() == Answer("2", reason="さらに伸ばしたい") and card.warning.isHidden()


def opinion_between(room: Room) -> None:
    """While 問10 is open, the owner says something: F3, write, Ctrl Enter, Esc, and on with the question."""
    room.choose(1, 6)
    room.key(Qt.Key.Key_F3)
    room.say(OPINION)
    room.key(Qt.Key.Key_Return, CONTROL)
    room.settle()
    assert [one.text for one in room.session.records.opinions] == [OPINION]
    room.key(Qt.Key.Key_Escape)


def add_sheet(room: Room) -> None:
    """One programme sheet, from the menu of the button."""
    picker = room.house.findChild(SheetPicker)
    assert isinstance(picker, SheetPicker)
    QTest.mouseClick(picker.button, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    room.settle()
    # Where no window manager is, nobody gives the focus back to the window when a menu closes.
    room.house.activateWindow()
    room.qtbot.waitUntil(room.house.isActiveWindow)
    room.go("V10")


VISIT: tuple[tuple[str, Deed], ...] = (
    ("V1-1", say("品川区架空1丁目　代表者がお答え")),
    ("V1-2", choose(1)),
    ("V1-3", say("見本太郎")),
    ("V1-4_age", type_("58")),
    ("V1-4", already("4")),
    ("V1-5", type_("S22")),
    ("V1-6", employees),
    ("V1-7", type_("120")),
    ("V1-8_age", type_("43")),
    ("V1-8", already("2")),
    ("V1-9", choose(1, 2)),
    ("V1-10", choose(5)),
    ("V1-11", other(7, "親会社の工場をゆずり受けた")),
    ("V1-12", choose(2)),
    ("V1-12f", choose(1)),  # asked because 二代目
    ("V1-13", no_answer),
    ("V1-14", choose(2)),
    ("V1-15", choose(3)),
    ("V2-1", choose(6)),
    ("V2-2", say("圧力計")),
    ("V2-3", say("製造業各社")),
    ("V2-4", say("小ロットに強い")),
    ("V2-5h", choose(1)),
    ("V2-5", choose(1)),  # asked because there are some
    ("V-F1", choose(3)),  # asked because sales rose; the other three reasons are not
    ("V4-strength", choose(2)),
    ("V4-weakness", choose(11)),
    ("V4-3", say("人手が足りない")),
    ("V4-4", settle_warning),
    ("V5", choose(1)),
    ("V5f", say("台湾へ輸出")),
    ("V6", choose(3)),
    ("V6-4", choose(2, 5)),  # (1) to (3) are skipped
    ("V7-1", choose(1)),
    ("V7-2", choose(1)),
    ("V7-3", choose(1)),
    ("V7-3f", choose(1)),
    ("V8", say("都の助成を使った")),
    ("V9-1", choose(3)),
    ("V9-3", choose(2)),
    ("V9-4", say("とくになし")),
    ("V9-5", choose(4)),
    ("V9-5f5", choose(1)),
    ("V10", opinion_between),
    ("V10", add_sheet),
    ("P1", already("1")),
    ("P2", choose(2)),
    ("P3", choose(1)),
    ("P4g", choose(6)),
    ("P4b", choose(10)),
    ("P5", choose(2)),
    ("P6", choose(1)),
)
"""Every question that is asked, in order, and what is done there. Enter leads from one to the next."""


def interview(room: Room) -> None:
    for place, (name, deed) in enumerate(VISIT):
        assert room.current() == name, VISIT[place - 1]
        deed(room)
        if (name, deed) != ("V10", opinion_between):
            room.next()


def begin(house: House, qtbot: QtBot) -> Room:
    """From the list, by keys alone: down to the company, Ctrl Enter."""
    room = Room(house, qtbot, target="")
    page = room.page(TargetsPage)
    page.first_focus().setFocus()  # type: ignore[union-attr]
    for _row in range(len(OTHERS) + 1):
        if page.current_company() == "c0":
            break
        room.key(Qt.Key.Key_Down)
    assert page.current_company() == "c0"
    room.key(Qt.Key.Key_Return, CONTROL)
    room.settle()
    assert room.page(InterviewPage).session is room.session
    return room


def leave_leaflet(room: Room) -> Path:
    """Two programmes ticked, the leaflet kept as PDF."""
    room.key(Qt.Key.Key_F8)
    room.settle()
    page = room.page(GuidancePage)
    assert page.programmes is not None
    cards = [page.programmes.cards[one.facts.id] for one in page.found.fitting[:2]]  # type: ignore[union-attr]
    for card in cards:
        card.setFocus()
        QTest.keyClick(card, Qt.Key.Key_Space)
        room.settle()
    assert len(page.chosen()) == 2
    room.key(Qt.Key.Key_P, CONTROL)
    room.settle()
    assert [offer.stage for offer in room.session.records.offers] == ["leaflet", "leaflet"]
    (kept,) = (room.house.office.folder / "leaflets").iterdir()
    return kept


def finalise(room: Room) -> None:
    """Who answered, then Ctrl Enter."""
    room.key(Qt.Key.Key_R, CONTROL)
    room.settle()
    page = room.page(ReviewPage)
    assert find(room.session).ready and not find(room.session).gaps
    assert page.record is not None
    page.record._respondent.setFocus()
    room.say("代表者")
    room.key(Qt.Key.Key_Return, CONTROL)
    room.settle()
    assert room.session.records.response.status == "final"
    assert [visit.respondent for visit in room.session.records.visits] == ["代表者"]


def hand_in(room: Room, folder: Path) -> Path:
    """The hand-in page writes one package into a folder."""
    room.desk.go(room.desk.home())
    room.settle()
    room.key(Qt.Key.Key_U, CONTROL)
    room.settle()
    page = room.page(HandInPage)
    page.take_folder(folder)
    room.key(Qt.Key.Key_Return, CONTROL)
    room.settle()
    (package,) = folder.glob("*.visitpkg")
    return package


# -- headquarters ----------------------------------------------------------------------------------------------------
class Desk:
    """Headquarters' window."""

    def __init__(self, house: House, qtbot: QtBot) -> None:
        self.house, self._qtbot = house, qtbot

    def settle(self) -> None:
        settle(self.house, self._qtbot)

    def page(self, name: str) -> Page:
        assert self.house.desk is not None
        self.house.desk.go(name)
        self.settle()
        page = self.house.desk.page()
        assert page is not None
        return page

    def tables(self, question: str) -> TablesPage:
        page = self.page("tables")
        assert isinstance(page, TablesPage) and page.tree.select(f"question:{question}")
        self.settle()
        return page

    def counts(self, question: str) -> dict[str, int]:
        """Option (or 母数) -> count, as the table of a question shows it."""
        grid = self.tables(question).sheet.current_grid()
        return {name: int(line[0].upper) for name, line in zip(grid.labels, grid.cells, strict=True)}

    def take_in(self, package: Path) -> None:
        page = self.page("inbox")
        assert isinstance(page, InboxPage)
        page.add_files([package])
        self.settle()
        QTest.mouseClick(page.main, Qt.MouseButton.LeftButton)
        self.settle()
        assert page.batch is not None and page.batch.agrees and page.batch.conflicts == 0

    def behind(self, question: str, option: str) -> set[str]:
        """Whose responses a cell counts."""
        page = self.tables(question)
        grid = page.sheet.grid
        grid.setCurrentIndex(grid.cells.index(page.sheet.current_grid().labels.index(option), 0))
        QTest.keyClick(grid, Qt.Key.Key_Return)
        self.settle()
        dialog = next(one for one in self.house.findChildren(BehindDialog) if one.isVisible())
        names = {dialog.table.rows.at(row).company.name or "" for row in range(dialog.table.shown())}
        dialog.reject()
        return names


EXPECTED = {
    "V5": {"母数（n）": 1, "実施している": 1},
    "V6": {"母数（n）": 1, "行っていないが関心がある": 1},
    "V6-4": {"母数（n）": 1, "どこに行ったらいいか分からないため": 1, "費用がかかるため": 1},
    "V1-11": {"母数（n）": 1, "その他": 1},
    "V1-13": {"母数（n）": 1, "無回答": 1},
    "V-founded": {"母数（n）": 1, "60年以上": 1},
    "P3": {"母数（n）": 1, "充分な成果があった": 1},
}
"""Question -> by how much the visit raises its counts; every other count stays."""


def test_a_whole_visit_reaches_the_table(
    tmp_path: Path, open_house: OpenHouse, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    office, laptop = offices(tmp_path)
    desk = Desk(open_house(office), qtbot)
    before = {question: desk.counts(question) for question in EXPECTED}
    desk.house.close()

    room = begin(open_house(laptop), qtbot)
    interview(room)
    assert leave_leaflet(room).read_bytes().startswith(b"%PDF-")
    finalise(room)
    stick = tmp_path / "usb"
    stick.mkdir()
    package = hand_in(room, stick)
    room.house.close()

    desk = Desk(open_house(office), qtbot)
    desk.take_in(package)
    for question, more in EXPECTED.items():
        after = desk.counts(question)
        assert {name: n - before[question].get(name, 0) for name, n in after.items()} == {
            name: more.get(name, 0) for name in after
        }, question
    assert desk.behind("V1-11", "その他") == {VISITED}
