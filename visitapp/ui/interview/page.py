"""The page 回答: outline, questions, facts; keys and buttons of the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStyle, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui import look
from visitapp.ui.interview.commands import fixed_keys, hints, interview_actions
from visitapp.ui.interview.deeds import InterviewDeeds
from visitapp.ui.interview.floor import Floor
from visitapp.ui.interview.room import form_of
from visitapp.ui.interview.strips import ProgressNote
from visitapp.ui.page import Page, Shell
from visitapp.ui.visit.head import ElapsedTime, show_company
from visitapp.ui.visit.sealed import ask_reason
from visitapp.ui.visit.session import Session, session_for
from visitapp.ui.visit.structure import Entry, entry_state
from visitapp.ui.widgets.buttons import Button, action_button


class InterviewPage(Page):
    """Target: the id of a target. Places: ``question`` (path) and ``rows`` (joined by "/") to begin at, ``back``."""

    id: ClassVar[str] = "interview"
    room: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.session: Session | None = None
        self._wanted: Address | None = None
        self._form = 2
        self._deeds = InterviewDeeds(shell, self)
        self._actions = interview_actions(self, self._deeds)
        self._elapsed = ElapsedTime(shell.now)
        self._owner_button = action_button(self._actions["owner"], icon="monitor", show_key=look.percent() <= 112)
        self._buttons = self._make_buttons()
        self._progress = ProgressNote()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def _make_buttons(self) -> list[QWidget]:
        wide = look.percent() <= 112
        none = Button(tr("無回答"), size="default", key="F4")
        previous = Button(tr("前へ"), key="Shift+Return" if wide else "", icon="chevron-up")
        following = Button(tr("次へ"), kind="primary", size="great", key="Return", after="chevron-down")
        for button, name in ((none, "no_answer"), (previous, "previous"), (following, "next")):
            button.setFixedHeight(look.px(40))
            button.clicked.connect(self._actions[name].trigger)
            button.setToolTip(self._actions[name].toolTip())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return [none, previous, following]

    @property
    def floor(self) -> Floor | None:
        """The panes, once everything is read."""
        return self._deeds.floor

    # -- page ---------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("回答")

    def actions_of_page(self) -> Sequence[QAction]:
        return list(self._actions.values())

    def foot_buttons(self) -> Sequence[QWidget]:
        # A narrow window has no outline to show the progress; a very narrow one has no room for it.
        return [self._progress, *self._buttons] if 112 < look.percent() <= 150 else self._buttons

    def head_widgets(self) -> Sequence[QWidget]:
        return (*((self._elapsed,) if self._elapsed.shown else ()), self._owner_button)

    def key_hints(self) -> Sequence[tuple[str, str]]:
        return hints()

    def fixed_keys(self) -> Sequence[tuple[str, str, str]]:
        return fixed_keys()

    def first_focus(self) -> QWidget | None:
        return self.focusWidget()

    def activate(self, target: str, places: dict[str, str]) -> None:
        rows = tuple(row for row in places.get("rows", "").split("/") if row)
        self._wanted = Address(places["question"], rows) if places.get("question") else None
        self._deeds.came_from_review = places.get("back") == "review"
        session = session_for(self.shell, target)
        if session is not self.session:
            self._take_down()
            self.session = session
            session.ready.connect(self._build)
            session.changed.connect(lambda _effect: self._progress.show_progress(session))
            session.sealed.connect(self._ask_reason)
            session.records_changed.connect(self._show_company)
        if session.is_ready:
            self._build()

    def leave(self) -> bool:
        if self.floor is not None:
            self.floor.side.opinions.flush()
            focus = self.focusWidget()
            if focus is not None:
                focus.clearFocus()
        return True

    def remember(self) -> dict[str, str]:
        current = self.session.current if self.session is not None else None
        return {} if current is None else {"question": current.path, "rows": "/".join(current.rows)}

    def restore(self, kept: dict[str, str]) -> None:
        if kept.get("question"):
            self._wanted = Address(kept["question"], tuple(row for row in kept.get("rows", "").split("/") if row))
            if self.floor is not None:
                self._go_to_start()

    # -- building -----------------------------------------------------------------------------------------------
    def _build(self) -> None:
        session = self.session
        if session is None or not session.is_ready:
            return
        fresh = self.floor is None
        if fresh:
            characters = look.characters(self._width())
            self._form = form_of(characters)
            floor = Floor(self.shell, session, characters, glide=_may_move(self))
            floor.moved.connect(self._moved)
            floor.centre.finished.connect(self._deeds.next_question)
            floor.centre.stepped.connect(self._deeds.step)
            self._layout.addWidget(floor)
            self._deeds.floor = floor
            self._progress.show_progress(session)
            self._elapsed.start(session.began)
            if self.isVisible():
                self.shell.refresh_actions()
        self._show_company()
        self._go_to_start(fresh)

    def _width(self) -> int:
        window = self.window()
        return max(self.width(), window.width()) if window is not self else self.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.floor is not None and form_of(look.characters(self._width())) != self._form:
            # Not while the layout is being resized.
            QTimer.singleShot(0, self._build_anew)

    def _build_anew(self) -> None:
        """The other form of the room, at the same question; what is being written is kept by the session."""
        if self.floor is not None and form_of(look.characters(self._width())) != self._form:
            self.floor.side.opinions.flush()
            self._deeds.flush()
            self._take_down()
            self._build()

    def _go_to_start(self, fresh: bool = False) -> None:
        session, floor = self.session, self.floor
        if session is None or floor is None:
            return
        wanted = self._wanted or session.current
        entry = session.structure.entry(wanted) if wanted is not None else None
        asked = session.structure.asked()
        if entry is None or not entry.asked:
            entry = next((e for e in asked if entry_state(session.interview, e) is QuestionState.UNANSWERED), None)
        resumed = fresh and session.loaded.resume is not None and self._wanted is None and entry is not None
        if entry is None and asked:
            entry = asked[0]
        if entry is not None:
            floor.centre.go(entry)
        if entry is not None and resumed:
            self._say_resumed(entry)
        self._wanted = None

    def _say_resumed(self, entry: Entry) -> None:
        if self.floor is not None:
            where = entry.number or entry.title
            self.floor.banner.say("info", tr("前回の終わりから続けます（{number}）。", number=where))

    def _take_down(self) -> None:
        if self.floor is not None:
            self.floor.hide()
            self.floor.deleteLater()
            self._deeds.floor = None

    def _show_company(self) -> None:
        if self.session is not None and self.session.is_ready and self.isVisible():
            show_company(self.shell, self.session)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_company()

    def _ask_reason(self, action: Callable[[], object]) -> None:
        if self.session is not None and self.isVisible():
            ask_reason(self, self.session, action)

    def _moved(self, entry: Entry) -> None:
        if self._wanted is None and self.isVisible():
            # Once the person moves on alone, Enter is the next question again.
            self._deeds.came_from_review = False
        if self.session is not None:
            self.session.keep_place(entry.address)
        if self.floor is not None and self.floor.banner.property("tone") == "info":
            self.floor.banner.say("info", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.floor is not None:
            self.floor.back_to_question()
        else:
            super().keyPressEvent(event)


def _may_move(widget: QWidget) -> bool:
    """Whether the system allows motion."""
    return widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget) > 0
