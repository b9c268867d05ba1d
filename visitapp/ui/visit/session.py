"""One visit under way in the window: the interview that is shown, and its twin on the worker that writes.

Every action is carried out at once on the interview the screens read, and handed to the worker, which does the same and
writes it. The saved mark follows the worker alone. Undo goes the other way: the worker takes back, the window follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from weakref import WeakValueDictionary

from PySide6.QtCore import Signal

from visitapp.fieldwork.responses import OpenResponse
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Question, Repeat
from visitapp.questionnaire.interview import Effect
from visitapp.ui.page import Shell
from visitapp.ui.visit.following import follow
from visitapp.ui.visit.opened import OpenedVisit
from visitapp.ui.visit.structure import Entry, build


class Session(OpenedVisit):
    """Signals: ``changed`` (Effect) after every change of answers; ``noted`` (Address); ``sealed`` (what to do once the
    person gave a reason) when a final response would be changed."""

    changed = Signal(object)
    noted = Signal(object)
    sealed = Signal(object)

    def __init__(self, shell: Shell, target_id: str) -> None:
        super().__init__(shell, target_id)
        self._held: list[Callable[[], object]] | None = None

    # -- answering ----------------------------------------------------------------------------------------------
    def enter(self, address: Address, answer: Answer) -> None:
        """Enter an answer: shown at once, written by the worker."""
        if answer != self.interview.answer(address):
            self.enter_many({address: answer})

    def enter_many(self, answers: Mapping[Address, Answer]) -> None:
        """Enter several as one action."""

        def act() -> None:
            self._show(self.interview.set_many(answers))
            self._keep(lambda opened: opened.set_many(answers))

        self._act(act)

    def toggle_no_answer(self, entry: Entry) -> None:
        """無回答 for what is asked on a card, or take it back."""
        asked = [address for address in entry.addresses() if self.interview.is_relevant(address)]
        parts = asked[: len(entry.parts)]
        taken = all(self.interview.answer(address).no_answer for address in parts)
        self.enter_many(dict.fromkeys(parts, UNANSWERED if taken else NO_ANSWER))

    def add_row(self, repeat: Repeat, question: Question | None, choice: str = "") -> None:
        """Add a row to a repeat; ``choice`` of ``question`` is what it is about."""

        def act() -> None:
            picked = (question.path, choice) if question is not None and choice else None
            self._write(lambda opened: opened.add_row(repeat.path, picked=picked)[1])

        self._act(act)

    def remove_row(self, repeat: Repeat, rows: tuple[str, ...]) -> None:
        """Take a row away; undo brings it back."""

        def act() -> None:
            self._write(lambda opened: opened.remove_row(repeat.path, rows))

        self._act(act)

    def undo(self) -> None:
        """Take the last action back."""
        self._act(lambda: self._write(lambda opened: opened.undo()))

    def redo(self) -> None:
        """Do the last undone action again."""
        self._act(lambda: self._write(lambda opened: opened.redo()))

    def reopen(self, reason: str, action: Callable[[], object]) -> None:
        """Open a final response for changes, then do what was wanted."""
        self.do(lambda _store, opened: opened.reopen(reason), lambda: self._act(action))

    def retry(self) -> None:
        """Try again to write what could not be written."""
        self._keep(lambda opened: opened.save())

    # -- beside the answers -------------------------------------------------------------------------------------
    def note(self, address: Address) -> str:
        """The note on a question, "" when there is none."""
        return self._notes.get(address, "")

    def notes(self) -> Mapping[Address, str]:
        """All notes."""
        return dict(self._notes)

    def set_note(self, address: Address, text: str) -> None:
        """Keep a note on a question; "" takes it away."""
        if text == self.note(address):
            return
        self._notes.pop(address, None)
        if text:
            self._notes[address] = text
        self.noted.emit(address)
        self._keep(lambda opened: opened.note(address, text))

    # -- inside -------------------------------------------------------------------------------------------------
    def _act(self, action: Callable[[], object]) -> None:
        """Now; after the undo under way; or, on a final response, once the person gave a reason."""
        if self.records.response.status == "final":
            self.sealed.emit(action)
        elif self._held is not None:
            self._held.append(action)
        else:
            action()

    def _show(self, effect: Effect) -> None:
        if effect.structure:
            self.structure = build(self.interview, self.form, self._language)
        self.changed.emit(effect)

    def _write(self, work: Callable[[OpenResponse], Effect | None]) -> None:
        """Let the worker act first; what the person does meanwhile waits, so that both stay the same."""
        self._held = []

        def done(effect: Effect | None) -> None:
            if effect is not None:
                self._follow(effect)
            self._release()
            self.written.emit()

        def failed(error: Exception) -> None:
            self._failed(error)
            self._release()

        opened = self.loaded.writer
        self._start(lambda _store: work(opened), done, failed)

    def _keep(self, work: Callable[[OpenResponse], object]) -> None:
        opened = self.loaded.writer
        self._start(lambda _store: work(opened), lambda _done: self.written.emit(), self._failed)

    def _release(self) -> None:
        held, self._held = self._held or [], None
        for action in held:
            self._act(action)

    def _follow(self, effect: Effect) -> None:
        self._show(follow(self.interview, self.form, effect))


_open: WeakValueDictionary[str, Session] = WeakValueDictionary()


def session_for(shell: Shell, target_id: str) -> Session:
    """The session of a target's response: the one the other screens of the room hold, unless it went stale.

    Nothing outlives the pages: when the window locks they go, and the session with them.
    """
    found = _open.get(target_id)
    if found is None or not found.belongs_to(shell) or not found.is_fresh:
        found = Session(shell, target_id)
        _open[target_id] = found
        found.load()
    return found
