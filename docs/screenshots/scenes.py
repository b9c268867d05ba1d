"""What each picture shows: a function gets the open window and leaves it as it shall be seen. To add a picture: write
a function, add a line to ``LAPTOP`` or ``HEADQUARTERS``. The order is the order of a day: what a scene does stays done.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from stage import Stage

from visitapp.ui.conflicts.page import ConflictsPage
from visitapp.ui.desk import Desk
from visitapp.ui.guidance.page import GuidancePage
from visitapp.ui.handin.page import HandInPage
from visitapp.ui.inbox.page import InboxPage
from visitapp.ui.interview.page import InterviewPage
from visitapp.ui.page import Page
from visitapp.ui.shell import House
from visitapp.ui.tables.page import TablesPage
from visitapp.ui.visit.owner import OwnerWindow

Settle = Callable[[], None]


@dataclass(slots=True)
class Set:
    """The window, where everything is, and how to wait until the window rests."""

    house: House
    stage: Stage
    settle: Settle

    @property
    def desk(self) -> Desk:
        """The open window's desk."""
        if self.house.desk is None:
            raise RuntimeError("the window is locked")
        return self.house.desk

    def go(self, page: str, target: str = "") -> Page:
        """Show a page and let it fill; returns it."""
        self.desk.go(page, target)
        self.settle()
        shown = self.desk.page()
        if shown is None:
            raise RuntimeError(page)
        return shown


Play = Callable[[Set], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """``name`` of the picture; ``variants`` are further ones: dark, en, 150 (percent), 1920 (wide)."""

    name: str
    play: Play
    variants: tuple[str, ...] = field(default=())


# -- a laptop --------------------------------------------------------------------------------------------------------
def _targets(set_: Set) -> None:
    set_.go(set_.desk.home())


def _trigger(page: Page, key: str) -> None:
    next(one for one in page.actions_of_page() if one.shortcut() == QKeySequence(key)).trigger()


def _company(set_: Set) -> None:
    page = set_.go(set_.desk.home())
    _trigger(page, "F2")


def _question(name: str) -> Play:
    def play(set_: Set) -> None:
        page = set_.go("interview", set_.stage.current)
        assert isinstance(page, InterviewPage) and page.session is not None and page.floor is not None
        path = page.session.form.question(name).path
        entry = next(one for one in page.session.structure.asked() if path in {at.path for at in one.addresses()})
        page.floor.centre.go(entry)

    return play


def _composing(set_: Set) -> None:
    """その他 is ticked and its words are still missing; an opinion is being composed in the input method."""
    _question("V6-2")(set_)
    page = set_.desk.page()
    assert isinstance(page, InterviewPage) and page.floor is not None
    area = page.floor.side.opinions.area
    _trigger(page, "F3")
    cursor = area.textCursor()
    cursor.movePosition(cursor.MoveOperation.End)
    area.setTextCursor(cursor)
    QApplication.sendEvent(area, QInputMethodEvent("なかった", []))


def _guidance(set_: Set) -> GuidancePage:
    page = set_.go("guidance", set_.stage.ready)
    assert isinstance(page, GuidancePage) and page.programmes is not None
    for card in list(page.programmes.cards.values())[:2]:
        if not page.chosen() or card.found.facts.id not in {one.facts.id for one in page.chosen()}:
            card.setFocus()
            QTest.keyClick(card, Qt.Key.Key_Space)
            set_.settle()
    return page


def _programmes(set_: Set) -> None:
    _guidance(set_)


def _owner(set_: Set) -> None:
    page = _guidance(set_)
    page.show_owner()
    shown = page.findChild(OwnerWindow)
    assert isinstance(shown, OwnerWindow)
    # Without a display the whole screen is smaller than a laptop's.
    shown.showNormal()
    shown.setGeometry(QRect(set_.house.mapToGlobal(QPoint(0, 0)), set_.house.size()))


def _review(set_: Set) -> None:
    set_.go("review", set_.stage.current)


def _review_ready(set_: Set) -> None:
    set_.go("review", set_.stage.ready)


def _hand_in(set_: Set) -> HandInPage:
    page = set_.go("handin")
    assert isinstance(page, HandInPage)
    page.take_folder(set_.stage.stick)
    return page


def _before_hand_in(set_: Set) -> None:
    _hand_in(set_)


def _handed_in(set_: Set) -> None:
    page = _hand_in(set_)
    set_.settle()
    _trigger(page, "Ctrl+Return")


def _keys(set_: Set) -> None:
    _question("V4-4")(set_)
    set_.settle()
    set_.house.show_keys()


def _settings(set_: Set) -> None:
    _targets(set_)
    set_.settle()
    set_.house.show_settings()


# -- headquarters ----------------------------------------------------------------------------------------------------
def _inbox(set_: Set) -> None:
    set_.go("inbox")


def _merged(set_: Set) -> None:
    page = set_.go("inbox")
    assert isinstance(page, InboxPage)
    page.take_in()


def _conflict(set_: Set) -> None:
    assert isinstance(set_.go("conflicts"), ConflictsPage)


def _tables(set_: Set) -> None:
    page = set_.go("tables")
    assert isinstance(page, TablesPage)
    page.tree.select("question:V7-1")


def _cross(set_: Set) -> None:
    """Question 6 (2) by the trend of sales."""
    page = set_.go("tables")
    assert isinstance(page, TablesPage)
    page.tree.select("question:V1-14")
    set_.settle()
    page.to_side()
    page.tree.select("question:V6-2")


def _devices(set_: Set) -> None:
    set_.go("devices")


LAPTOP = (
    Scene("01-targets", _targets, ("dark", "en", "1920")),
    Scene("01b-company", _company),
    Scene("02b-interview-q4", _question("V4-4")),
    Scene("02c-interview-q1", _question("V1-6")),
    Scene("13-interview", _question("V6-2"), ("150",)),
    Scene("03-programmes", _programmes, ("en",)),
    Scene("11-owner-card", _owner),
    Scene("04-review", _review),
    Scene("04b-review-ready", _review_ready),
    Scene("02-interview", _composing, ("dark",)),
    Scene("05-handin", _before_hand_in),
    Scene("05b-handin-done", _handed_in),
    Scene("14-keys", _keys),
    Scene("15-settings", _settings),
)
HEADQUARTERS = (
    Scene("01c-all-targets", _targets),
    Scene("06-inbox", _inbox),
    Scene("06b-merge-result", _merged),
    Scene("07-conflict", _conflict, ("dark",)),
    Scene("08-tables", _tables, ("dark", "en")),
    Scene("08b-cross-table", _cross),
    Scene("10-devices", _devices),
)
