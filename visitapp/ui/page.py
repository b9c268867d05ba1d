"""What a screen is to the shell, and what the shell is to a screen. Screens do not import each other: they go by id.

A page is built anew when the language or the text size changes, and after unlocking: texts and sizes are set once, in
``__init__``. What must survive goes through ``remember`` and ``restore``. Light and dark only repaint.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from visitapp.ui.preferences import Preferences
from visitapp.ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from visitapp.store.store import Store

T = TypeVar("T")


class Shell(Protocol):
    """What pages may ask of the window."""

    tasks: Tasks
    preferences: Preferences
    person: str
    """Staff code of who works here; written with each change."""
    role: str
    """"laptop" or "headquarters"."""
    device_code: str

    def go(self, page_id: str, target: str = "", **places: str) -> None:
        """Show a page: ``shell.go("interview", target_id, question=path)``. Raises KeyError for an unknown page."""

    def back(self) -> None:
        """Show the page before this one."""

    def pages(self) -> frozenset[str]:
        """The ids of the pages this store's role has."""

    def tell_changed(self) -> None:
        """Something was written: badges and the visible page look again."""

    def set_badge(self, page_id: str, count: int, tone: str = "accent") -> None:
        """Show how many tasks wait at a page (0 hides it)."""

    def set_company(self, name: str, line: str = "") -> None:
        """In the room: whose interview this is (shown in the head)."""

    def refresh_actions(self) -> None:
        """The page's actions, buttons or key hints are others now."""

    def say(self, text: str) -> None:
        """One quiet sentence in the status bar (house) or foot (room), for a few seconds."""

    def now(self) -> datetime:
        """The clock, local time with zone."""

    def show_error(self, error: Exception) -> None:
        """Present an error: an expected one as its text, a bug with its report."""

    def lock(self) -> None:
        """Lock the window."""


class Page(QWidget):
    """One screen. Subclasses build themselves in ``__init__`` and load in ``activate``.

    ``id`` is the name others navigate by; ``room`` says whether it takes the room shell (interview, guidance, review).
    """

    id: ClassVar[str]
    room: ClassVar[bool] = False

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self.shell = shell

    # -- what the shell shows ----------------------------------------------------------------------------------
    def title(self) -> str:
        """Its name for the window's title, key list and screen readers; no company's name in it."""
        raise NotImplementedError

    def actions_of_page(self) -> Sequence[QAction]:
        """Its actions (made with ``ui.actions.action``): they go to menus, key list and palette while it is shown."""
        return ()

    def fixed_keys(self) -> Sequence[tuple[str, str, str]]:
        """Keys of this page that are no actions, for the key list: (group, text, key in portable form)."""
        return ()

    def first_focus(self) -> QWidget | None:
        """Where the focus starts; None leaves it to Qt."""
        return None

    # -- only in the room ---------------------------------------------------------------------------------------
    def foot_buttons(self) -> Sequence[QWidget]:
        """Secondary buttons, then the main action, left to right at the foot."""
        return ()

    def head_widgets(self) -> Sequence[QWidget]:
        """What stands right in the head before the lock: elapsed time, 相手に見せる."""
        return ()

    def key_hints(self) -> Sequence[tuple[str, str]]:
        """(key in portable form, word) in the middle of the foot."""
        return ()

    # -- its life -------------------------------------------------------------------------------------------------
    def activate(self, target: str, places: dict[str, str]) -> None:
        """It is being shown, for this target: load. Called each time, also when shown again."""

    def leave(self) -> bool:
        """Another page will be shown, or the window locks or closes: keep drafts. False holds the person here."""
        return True

    def on_changes(self) -> None:
        """Something was written while it is visible: look again."""

    def remember(self) -> dict[str, str]:
        """What must survive being built anew (scroll position, selection, unsaved text)."""
        return {}

    def restore(self, kept: dict[str, str]) -> None:
        """Take back what ``remember`` gave, after ``activate``."""

    # -- short forms ------------------------------------------------------------------------------------------------
    def run(
        self,
        command: Callable[[Store], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Read from the store; the result is dropped if this page is gone by then."""
        return self.shell.tasks.run(command, on_done, on_error, self)

    def write(
        self,
        command: Callable[[Store], T],
        on_done: Callable[[T], object] | None = None,
        on_error: Callable[[Exception], object] | None = None,
    ) -> Task:
        """Change the store, then ``shell.tell_changed``; the result is dropped if this page is gone by then."""

        def done(result: T) -> None:
            if on_done is not None:
                on_done(result)
            self.shell.tell_changed()

        return self.shell.tasks.write(command, done, on_error, self)


PageFactory = Callable[[Shell], Page]
