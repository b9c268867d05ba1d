"""One visit under way in the window: the interview that is shown, and its twin on the worker that writes.

Every action is carried out at once on the interview the screens read, and handed to the worker, which does the same and
writes it. The saved mark follows the worker alone. Undo goes the other way: the worker takes back, the window follows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from weakref import WeakValueDictionary

from PySide6.QtCore import QObject, Signal

from visitapp.fieldwork.opinions import Draft, keep_draft
from visitapp.fieldwork.responses import OpenResponse
from visitapp.i18n import language
from visitapp.questionnaire.answers import NO_ANSWER, UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Form, Question, Repeat
from visitapp.questionnaire.interview import Effect, Interview
from visitapp.store.store import Store
from visitapp.ui.page import Shell
from visitapp.ui.visit.following import follow
from visitapp.ui.visit.loading import Loaded, Visited, load, visited
from visitapp.ui.visit.structure import Entry, Structure, build


class Session(QObject):
    """Signals: ``ready`` after loading; ``changed`` (Effect) after every change of answers; ``noted`` (Address);
    ``written`` when something is on disk; ``save_failed`` (exception); ``records_changed``; ``sealed`` (what to do once
    the person gave a reason) when a final response would be changed."""

    ready = Signal()
    changed = Signal(object)
    noted = Signal(object)
    written = Signal()
    save_failed = Signal(object)
    records_changed = Signal()
    sealed = Signal(object)

    interview: Interview
    form: Form
    structure: Structure
    draft: Draft
    """The opinion being written."""

    def __init__(self, shell: Shell, target_id: str) -> None:
        super().__init__()
        self._shell, self.target_id, self._language = shell, target_id, language()
        self._loaded: Loaded | None = None
        self._records: Visited | None = None
        self._notes: dict[Address, str] = {}
        self._own_writes = 0
        self._foreign = False
        self._held: list[Callable[[], object]] | None = None
        self.began = shell.now()
        """When the person opened it."""
        self.current: Address | None = None
        """Where the person is in the interview."""
        shell.tasks.wrote.connect(self._some_write)

    # -- loading ------------------------------------------------------------------------------------------------
    def load(self) -> None:
        """Read everything on the worker; ``ready`` follows."""
        # Nothing of the window goes into what the worker carries out: it must not die there.
        target, person, spoken, clock = self.target_id, self._shell.person, self._language, self._shell.now
        self._shell.tasks.run(lambda store: load(store, target, person, spoken, clock), self._take, owner=self)

    def _take(self, loaded: Loaded) -> None:
        self._loaded, self._records = loaded, loaded.records
        self.interview, self.form = loaded.interview, loaded.form
        self._notes = dict(loaded.notes)
        self.draft = loaded.draft
        self.structure = build(self.interview, self.form, self._language)
        self.current = self.current or loaded.resume
        self._foreign = False
        self.ready.emit()

    @property
    def is_ready(self) -> bool:
        """Whether everything is read."""
        return self._loaded is not None

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but this session wrote since it was read, and the language is still the same."""
        return not self._foreign and self._language == language()

    def belongs_to(self, shell: Shell) -> bool:
        """Whether it was opened at this desk: after locking and unlocking there is another one."""
        return self._shell is shell

    @property
    def loaded(self) -> Loaded:
        """What was read. Raises RuntimeError before ``ready``."""
        if self._loaded is None:
            raise RuntimeError(self.target_id)
        return self._loaded

    @property
    def records(self) -> Visited:
        """The records around the response as they are now."""
        return self._records or self.loaded.records

    @property
    def busy(self) -> bool:
        """Whether something of ours is still being written."""
        return self._own_writes > 0

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

    def keep_place(self, address: Address) -> None:
        """Remember the current question on this machine."""
        if address != self.current:
            self.current = address
            opened = self.loaded.writer
            self._shell.tasks.run(lambda _store: opened.keep_resume_point(address), owner=self)

    def keep_draft(self, unfinished: Draft) -> None:
        """Keep the opinion being written."""
        self.draft = unfinished
        self.do(lambda store, opened: keep_draft(store, opened.response.id, unfinished), reload=False)

    def do(
        self, command: Callable[[Store, OpenResponse], object], then: Callable[[], object] | None = None, *,
        reload: bool = True,
    ) -> None:  # fmt: skip
        """Carry out a command on the worker; the records around the response are read again afterwards."""
        opened = self.loaded.writer

        def work(store: Store) -> Visited | None:
            command(store, opened)
            return visited(store, opened) if reload else None

        def done(now: Visited | None) -> None:
            if now is not None:
                self._records = now
                self.records_changed.emit()
            if then is not None:
                then()
            self.written.emit()
            self._shell.tell_changed()

        self._own_writes += 1
        self._shell.tasks.write(work, done, self._failed, self)

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

    def _keep(self, work: Callable[[OpenResponse], object]) -> None:
        opened = self.loaded.writer
        self._own_writes += 1
        self._shell.tasks.write(lambda _store: work(opened), lambda _done: self.written.emit(), self._failed, self)

    def _write(self, work: Callable[[OpenResponse], Effect | None]) -> None:
        """Let the worker act first; what the person does meanwhile waits, so that both stay the same."""
        opened = self.loaded.writer
        self._held = []
        self._own_writes += 1

        def done(effect: Effect | None) -> None:
            if effect is not None:
                self._follow(effect)
            self._release()
            self.written.emit()

        def failed(error: Exception) -> None:
            self._failed(error)
            self._release()

        self._shell.tasks.write(lambda _store: work(opened), done, failed, self)

    def _release(self) -> None:
        held, self._held = self._held or [], None
        for action in held:
            self._act(action)

    def _follow(self, effect: Effect) -> None:
        self._show(follow(self.interview, self.form, effect))

    def _failed(self, error: Exception) -> None:
        # A failed write is not reported as written.
        self._own_writes = max(0, self._own_writes - 1)
        self.save_failed.emit(error)

    def _some_write(self) -> None:
        if self._own_writes:
            self._own_writes -= 1
        else:
            self._foreign = True


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
