"""What the keys and buttons of the room do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui.interview.floor import Floor
from visitapp.ui.page import Shell
from visitapp.ui.visit.owner import OwnerWindow, question_card
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import entry_state


class InterviewDeeds:
    """Acts on the panes of the page; does nothing while there are none."""

    def __init__(self, shell: Shell, page: QWidget) -> None:
        self._shell, self._page = shell, page
        self.floor: Floor | None = None
        self.came_from_review = False
        """Whether the question was opened from the review and Enter goes back there."""

    @property
    def session(self) -> Session | None:
        """The session under way."""
        return self.floor.session if self.floor is not None else None

    def flush(self) -> None:
        """Hand on what is being typed before leaving its question."""
        flush = getattr(self._page.focusWidget(), "flush", None)
        if callable(flush):
            flush()

    def next_question(self) -> None:
        """Enter: the next question that is asked; after the last one, or when one came from there, the review."""
        if self.came_from_review:
            self.flush()
            self.open_review()
        else:
            self._step(1)

    def previous_question(self) -> None:
        """Shift Enter."""
        self._step(-1)

    def step(self, direction: int) -> None:
        """Enter (1) or Shift Enter (-1) on a card."""
        if direction > 0:
            self.next_question()
        else:
            self.previous_question()

    def _step(self, direction: int) -> None:
        if self.floor is None or self.session is None:
            return
        self.flush()
        entry, asked = self.floor.centre.current, self.session.structure.asked()
        here = next((place for place, other in enumerate(asked) if entry and other.address == entry.address), -1)
        there = here + direction
        if 0 <= there < len(asked):
            self.floor.centre.go(asked[there])
        elif direction > 0:
            self.open_review()

    def next_section(self) -> None:
        """PageDown."""
        self._section(1)

    def previous_section(self) -> None:
        """PageUp."""
        self._section(-1)

    def _section(self, direction: int) -> None:
        if self.floor is None or self.session is None or self.floor.centre.current is None:
            return
        self.flush()
        asked = [section for section in self.session.structure.sections if any(e.asked for e in section.all_entries())]
        here = self.session.structure.section_of(self.floor.centre.current)
        place = next((n for n, section in enumerate(asked) if section.address == here.address), 0) + direction
        if 0 <= place < len(asked):
            self.floor.centre.go(next(entry for entry in asked[place].all_entries() if entry.asked))

    def next_gap(self) -> None:
        """Ctrl G: the next question without an answer."""
        self._next_in((QuestionState.UNANSWERED,), tr("未回答はありません"))

    def next_problem(self) -> None:
        """F12: the next error or warning."""
        self._next_in((QuestionState.ERROR, QuestionState.WARNING), tr("エラーも注意もありません"))

    def _next_in(self, states: tuple[QuestionState, ...], nothing: str) -> None:
        if self.floor is None or self.session is None:
            return
        self.flush()
        asked, current = self.session.structure.asked(), self.floor.centre.current
        here = next((place for place, other in enumerate(asked) if current and other.address == current.address), -1)
        around = [*asked[here + 1 :], *asked[: here + 1]]
        found = next((entry for entry in around if entry_state(self.session.interview, entry) in states), None)
        if found is None:
            self._shell.say(nothing)
        else:
            self.floor.centre.go(found)

    def no_answer(self) -> None:
        """F4: 無回答, or back."""
        if self.floor is not None and self.session is not None and self.floor.centre.current is not None:
            self.session.toggle_no_answer(self.floor.centre.current)

    def write_note(self) -> None:
        """F2."""
        card = self.floor.centre.current_card() if self.floor is not None else None
        if card is not None and card.body is not None:
            card.body.note.open()

    def write_opinion(self) -> None:
        """F3."""
        if self.floor is not None:
            self.floor.write_opinion()

    def add_opinion(self) -> None:
        """Ctrl Enter."""
        if self.floor is not None:
            self.floor.side.opinions.add()

    def same_as_last_time(self) -> None:
        """F6."""
        if self.floor is not None:
            self.floor.same_as_last_time()

    def take_suggestion(self) -> None:
        """F7."""
        card = self.floor.centre.current_card() if self.floor is not None else None
        if card is not None and card.body is not None:
            card.body.take_suggestion()

    def next_pane(self) -> None:
        """F5."""
        if self.floor is not None:
            self.floor.next_pane()

    def find(self) -> None:
        """Ctrl F."""
        if self.floor is not None:
            self.floor.find_question()

    def undo(self) -> None:
        """Ctrl Z."""
        if self.session is not None and self.session.is_ready:
            self.session.undo()

    def redo(self) -> None:
        """Ctrl Y."""
        if self.session is not None and self.session.is_ready:
            self.session.redo()

    def show_owner(self) -> None:
        """F9: the current question for the owner's eyes."""
        if self.floor is not None and self.session is not None and self.floor.centre.current is not None:
            OwnerWindow([question_card(self.session, self.floor.centre.current)], self._page).open()

    def open_guidance(self) -> None:
        """F8."""
        if self.session is not None:
            self._shell.go("guidance", self.session.target_id)

    def open_review(self) -> None:
        """Ctrl R."""
        if self.session is not None:
            self._shell.go("review", self.session.target_id)
