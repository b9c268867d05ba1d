"""A visit as it was read: its records, notes and draft; and commands on it, after which they are read again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from visitapp.fieldwork.opinions import Draft, keep_draft
from visitapp.fieldwork.responses import OpenResponse
from visitapp.i18n import language
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Form
from visitapp.questionnaire.interview import Interview
from visitapp.store.store import Store
from visitapp.ui.page import Shell
from visitapp.ui.visit.loading import Loaded, Visited, load, visited
from visitapp.ui.visit.structure import Structure, build
from visitapp.ui.visit.writes import OwnWrites


class OpenedVisit(OwnWrites):
    """Signals: ``ready`` after loading; ``records_changed`` after a command."""

    ready = Signal()
    records_changed = Signal()

    interview: Interview
    form: Form
    structure: Structure
    draft: Draft
    """The opinion being written."""

    def __init__(self, shell: Shell, target_id: str) -> None:
        super().__init__(shell.tasks)
        self._shell, self.target_id, self._language = shell, target_id, language()
        self._loaded: Loaded | None = None
        self._records: Visited | None = None
        self._notes: dict[Address, str] = {}
        self.began = shell.now()
        """When the person opened it."""
        self.current: Address | None = None
        """Where the person is in the interview."""

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
        self.foreign = False
        self.ready.emit()

    @property
    def is_ready(self) -> bool:
        """Whether everything is read."""
        return self._loaded is not None

    @property
    def is_fresh(self) -> bool:
        """Whether nothing but this session wrote since it was read, and the language is still the same."""
        return not self.foreign and self._language == language()

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

    # -- beside the answers -------------------------------------------------------------------------------------
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

        self._start(work, done, self._failed)
