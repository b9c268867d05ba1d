"""A company to visit, and short words for what the tests of the room do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import settle
from visitapp.commands.settings import change_setting
from visitapp.fieldwork.responses import OpenResponse, start_response
from visitapp.fieldwork.surveys import install_surveys, shipped_surveys
from visitapp.questionnaire.answers import Address, Answer
from visitapp.store import records
from visitapp.store.identity import stable_id
from visitapp.store.store import Store
from visitapp.ui.interview.page import InterviewPage
from visitapp.ui.page import Page
from visitapp.ui.shell import House
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry
from visitapp.ui.visit.writing import AreaField

OpenHouse = Callable[..., House]
MakeStore = Callable[..., Path]
P = TypeVar("P", bound=Page)

PERSON = "staff-03"
SURVEY = "survey-2026"
LAST_TIME = {"V6": "1", "V6-2": "3 6", "V1-6": "43", "V4-4": "2 11"}


def fill(store: Store) -> None:
    """One company, asked in 2016 (final) and to be visited in 2026."""
    with store.write(PERSON) as writer:
        install_surveys(writer)
        old = next(survey for survey in shipped_surveys() if survey.workbook == "visit.xlsx")
        form = writer.get(records.Survey, old.id)
        assert form is not None
        writer.put(
            records.Company, "company-1", name="つばめ仮想計器株式会社", founded_year=1947, employees=43,
            capital_yen=50_000_000, industry="業務用機械器具製造業",
        )  # fmt: skip
        writer.put(
            records.Survey, SURVEY, name="企業訪問調査（令和8年度）", fiscal_year=2026, reference_year=2026,
            form=form.form, mode="訪問", starts_on="2026-04-01", ends_on="2027-03-31",
        )  # fmt: skip
        for survey in (old.id, SURVEY):
            writer.put(records.Target, stable_id("target", survey, "company-1"), survey=survey, company="company-1",
                       visitor=PERSON, mode="訪問")  # fmt: skip
    earlier = OpenResponse(store, start_response(store, stable_id("target", old.id, "company-1"), PERSON), PERSON)
    paths = {question.name: question.path for question in earlier.form.questions()}
    earlier.set_many({Address(paths[name]): Answer(text) for name, text in LAST_TIME.items()})
    with store.write(PERSON) as writer:
        writer.put(records.Response, earlier.response.id, status="final")
    change_setting(store, "office_phone", "03-0000-0000", PERSON)


TARGET = stable_id("target", SURVEY, "company-1")
RESPONSE = stable_id("response", TARGET)


class Room:
    """The window in the room of one response; ``target`` "" leaves the window where it is."""

    def __init__(self, house: House, qtbot: QtBot, target: str = TARGET) -> None:
        self.house, self.qtbot = house, qtbot
        assert house.desk is not None
        self.desk = house.desk
        if target:
            self.desk.go("interview", target)
        self.settle()

    def settle(self) -> None:
        """Wait until all is written and shown."""
        settle(self.house, self.qtbot)

    def page(self, kind: type[P]) -> P:
        """The page that is shown."""
        shown = self.desk.page()
        assert isinstance(shown, kind)
        return shown

    @property
    def interview(self) -> InterviewPage:
        """The page 回答 (shown or not)."""
        found = self.house.findChild(InterviewPage)
        assert isinstance(found, InterviewPage)
        return found

    @property
    def session(self) -> Session:
        """The session under way."""
        session = self.interview.session
        assert session is not None
        return session

    def address(self, name: str) -> Address:
        """Where a question stands."""
        return Address(self.session.form.question(name).path)

    def entry(self, name: str) -> Entry:
        """The card of a question."""
        entry = self.session.structure.entry(self.address(name))
        assert entry is not None
        return entry

    def go(self, name: str) -> None:
        """Open the card of a question."""
        assert self.interview.floor is not None
        self.interview.floor.centre.go(self.entry(name))

    def current(self) -> str:
        """The name of the question that is open."""
        assert self.interview.floor is not None
        entry = self.interview.floor.centre.current
        return entry.question.name if entry is not None else ""

    def here(self) -> Answer:
        """What the question that is open holds."""
        assert self.interview.floor is not None
        entry = self.interview.floor.centre.current
        assert entry is not None
        return self.session.interview.answer(entry.addresses()[len(entry.parts) - 1])

    def choose(self, *numbers: int) -> None:
        """Options of the open question by their numbers; Enter where a longer number could still come."""
        for number in numbers:
            self.keys(str(number))
            if str(number) not in self.here().choices:
                self.key(Qt.Key.Key_Return)
            assert str(number) in self.here().choices, (self.current(), number, self.here())

    def say(self, text: str) -> None:
        """Japanese text from an input method, where the focus is: first unfinished, then finished."""
        focus = QApplication.focusWidget()
        assert focus is not None
        compose(focus, text[:2])
        compose(focus, "", text)

    def next(self) -> None:
        """Enter; from a large writing area Ctrl Enter."""
        large = isinstance(QApplication.focusWidget(), AreaField)
        none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
        self.key(Qt.Key.Key_Return, control if large else none)

    def answer(self, name: str) -> Answer:
        """What the shown interview holds."""
        return self.session.interview.answer(self.address(name))

    def stored(self, name: str) -> Answer:
        """What is on disk."""
        self.settle()
        found: list[Answer] = []

        def read(store: Store) -> Answer:
            opened = OpenResponse(store, RESPONSE, PERSON)
            return opened.interview.answer(Address(opened.form.question(name).path))

        self.house.tasks.run(read, found.append)
        self.settle()
        return found[0]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, modifiers)

    def keys(self, text: str) -> None:
        """Typed ASCII where the focus is."""
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)


def compose(target: QObject, preedit: str, commit: str = "") -> None:
    """What an input method sends: unfinished text, or finished text."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(target, event)


def focus_of(widget: QWidget) -> QWidget:
    """The widget with the focus, which must be inside ``widget``."""
    focus = QApplication.focusWidget()
    assert focus is not None and (focus is widget or widget.isAncestorOf(focus))
    return focus
