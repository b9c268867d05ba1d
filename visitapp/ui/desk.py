"""Where the pages are: what each of them knows as its shell. Lives from unlocking to locking.

Navigation, badges, the house and the room around the page. When language or text size change, ``rebuild`` makes
everything anew at the same place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from visitapp.ui.actions import action
from visitapp.ui.frames import HouseFrame, RoomFrame
from visitapp.ui.office import OpenedOffice
from visitapp.ui.page import Page
from visitapp.ui.pages import PageEntry, pages_for
from visitapp.ui.preferences import Preferences
from visitapp.ui.saved import SaveState
from visitapp.ui.tasks import Tasks
from visitapp.ui.widgets.basics import column

_LONGEST_PAST = 30


@dataclass(frozen=True, slots=True)
class Place:
    """Where the person is: a page, whom it is about, and where in it."""

    page: str
    target: str = ""
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Left:
    """Where the person was when the window locked: ids only, no name and no answer."""

    role: str
    person: str
    place: Place


class Desk(QWidget):
    """Implements ``page.Shell``. ``moved`` after another page is shown or its actions changed."""

    moved = Signal()
    failed = Signal(object)
    lock_wanted = Signal()
    settings_wanted = Signal()

    def __init__(
        self,
        opened: OpenedOffice,
        tasks: Tasks,
        preferences: Preferences,
        saved: SaveState,
        clock: Callable[[], datetime],
        window_actions: Callable[[], dict[str, QAction]],
    ) -> None:
        super().__init__()
        self.tasks, self.preferences = tasks, preferences
        self.person, self.role, self.device_code = opened.person, opened.role, opened.device_code
        self._saved, self._clock, self._window_actions = saved, clock, window_actions
        self._entries = pages_for(opened.role)
        self._built: dict[str, Page] = {}
        self._place: Place | None = None
        self._past: list[Place] = []
        self._badges: dict[str, tuple[int, str]] = {}
        self._company = ("", "")
        self._stack = QStackedWidget()
        self.setLayout(column(self._stack, gap=0))
        self._build()

    def _build(self) -> None:
        self.go_actions = [self._go_action(entry) for entry in self._entries.values() if entry.word is not None]
        listed = [entry for entry in self._entries.values() if entry.word is not None]
        self._house = HouseFrame(listed, self._saved, self.device_code, self.person, self._window_actions())
        self._house.chosen.connect(self._press_rail)
        self._room = RoomFrame(self._saved)
        self._room.head.stepped.connect(self._step)
        self._room.head.back.connect(lambda: self.go(self.home()))
        self._room.head.lock.connect(self.lock)
        self._stack.addWidget(self._house)
        self._stack.addWidget(self._room)

    def _go_action(self, entry: PageEntry) -> QAction:
        word = entry.word() if entry.word is not None else entry.id
        return action(self, word, lambda: self.go(entry.id), key=entry.key, menu="go", group="move", icon=entry.icon)

    def rebuild(self) -> None:
        """Everything anew, at the same place, with what the pages remember."""
        place, kept = self._place, {name: page.remember() for name, page in self._built.items()}
        for frame in (self._house, self._room):
            self._stack.removeWidget(frame)
            frame.deleteLater()
        for old in self.go_actions:
            old.deleteLater()
        self._built = {}
        self._place = None
        self._build()
        for name, (count, tone) in self._badges.items():
            self._house.rail.set_badge(name, count, tone)
        self._room.head.show_company(*self._company)
        if place is not None:
            self._go(place, remember=False)
            self._built[place.page].restore(kept.get(place.page, {}))

    def left(self) -> Left | None:
        """Where the person is now."""
        return Left(self.role, self.person, self._place) if self._place is not None else None

    def come_back(self, left: Left | None) -> None:
        """Go on where the same person was before the window locked, else at the first page."""
        same = left is not None and (left.role, left.person) == (self.role, self.person)
        self._go(left.place if same and left is not None else Place(self.home()), remember=False)

    # -- going -----------------------------------------------------------------------------------------------------
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._built.get(self._place.page) if self._place is not None else None

    def pages(self) -> frozenset[str]:
        """The ids of the pages this role has."""
        return frozenset(self._entries)

    def home(self) -> str:
        """The first page of this role."""
        return next(iter(self._entries))

    def go(self, page_id: str, target: str = "", **places: str) -> None:
        """Show a page. Raises KeyError for an unknown page id."""
        self._go(Place(page_id, target, places), remember=True)

    def back(self) -> None:
        """Show the page before this one; the first page when there was none."""
        self._go(self._past.pop() if self._past else Place(self.home()), remember=False)

    def _go(self, place: Place, *, remember: bool) -> None:
        entry = self._entries[place.page]
        old = self.page()
        if old is not None and not old.leave():
            return
        if remember and self._place is not None:
            self._past = [*self._past, self._place][-_LONGEST_PAST:]
        page = self._built.get(place.page) or entry.build(self)
        self._built[place.page] = page
        self._place = place
        frame = self._room if page.room else self._house
        frame.show_page(page)
        self._stack.setCurrentWidget(frame)
        page.activate(place.target, dict(place.places))
        if (first := page.first_focus()) is not None:
            first.setFocus()
        self.moved.emit()

    def _press_rail(self, key: str) -> None:
        if key == "lock":
            self.lock()
        elif key == "settings":
            self.settings_wanted.emit()
        else:
            self.go(key)

    def _step(self, page_id: str) -> None:
        if self._place is not None and page_id != self._place.page:
            self.go(page_id, self._place.target)

    # -- showing ---------------------------------------------------------------------------------------------------
    def tell_changed(self) -> None:
        """Something was written: badges and the visible page look again."""
        self.count_badges()
        if (page := self.page()) is not None:
            page.on_changes()

    def count_badges(self) -> None:
        """Count what waits at each page."""
        for entry in self._entries.values():
            if entry.count is not None:
                self.tasks.run(entry.count, partial(self._show_count, entry), owner=self)

    def _show_count(self, entry: PageEntry, count: int) -> None:
        self.set_badge(entry.id, count, entry.tone)

    def set_badge(self, page_id: str, count: int, tone: str = "accent") -> None:
        """Show how many tasks wait at a page."""
        self._badges[page_id] = (count, tone)
        self._house.rail.set_badge(page_id, count, tone)

    def set_company(self, name: str, line: str = "") -> None:
        """Whose interview this is (the room's head)."""
        self._company = (name, line)
        self._room.head.show_company(name, line)

    def refresh_actions(self) -> None:
        """Menus, foot and hints again from the page."""
        page = self.page()
        if page is not None and page.room:
            self._room.refresh(page)
        self.moved.emit()

    def say(self, text: str) -> None:
        """One quiet sentence for a few seconds."""
        page = self.page()
        if page is not None and page.room:
            self._room.foot.say(text)
        else:
            self._house.status.say(text)

    def actions_in_force(self) -> list[QAction]:
        """The page's actions, then those that lead to pages."""
        page = self.page()
        return [*(page.actions_of_page() if page is not None else ()), *self.go_actions]

    # -- passed on to the window -----------------------------------------------------------------------------------
    def now(self) -> datetime:
        """The clock, local time with zone."""
        return self._clock()

    def show_error(self, error: Exception) -> None:
        """Present an error."""
        self.failed.emit(error)

    def lock(self) -> None:
        """Lock the window."""
        self.lock_wanted.emit()

    def leave(self) -> bool:
        """Let the page keep its drafts; False when it holds the person here."""
        page = self.page()
        return page is None or page.leave()
