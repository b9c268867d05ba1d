"""The page 施策の案内."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitapp.errors import VisitappError
from visitapp.i18n import error_text, language, tr
from visitapp.programmes.offer import Recommendation
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.guidance.facts import owner_card
from visitapp.ui.guidance.panels import TWO_PANES, LeafletPane, ProgrammeList
from visitapp.ui.guidance.printing import Leaflet, Paper
from visitapp.ui.page import Page, Shell
from visitapp.ui.visit.head import ElapsedTime, owner_action, show_company
from visitapp.ui.visit.owner import OwnerWindow
from visitapp.ui.visit.session import Session, session_for
from visitapp.ui.widgets.buttons import Button, action_button
from visitapp.ui.widgets.panes import Panes

if TYPE_CHECKING:
    from visitapp.commands.leaflets import Guidance
    from visitapp.store.store import Store


class GuidancePage(Page):
    """Target: the id of a target."""

    id: ClassVar[str] = "guidance"
    room: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.session: Session | None = None
        self.found: Guidance | None = None
        self.programmes: ProgrammeList | None = None
        self.leaflet: LeafletPane | None = None
        self.paper: Paper | None = None
        self._pdf = b""
        self._wanted = 0
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._elapsed = ElapsedTime(shell.now)
        self._print = action(self, tr("案内書を印刷する"), self.print_leaflet, key="Ctrl+P", menu="file", group="guide")
        self._owner = owner_action(self, self.show_owner)
        self._back = action(self, tr("回答へ戻る"), self._to_interview, key="F8", menu="go", group="guide")
        self._review = action(self, tr("確認・確定"), self._to_review, key="Ctrl+R", menu="go", group="guide")
        self._owner_button = action_button(self._owner, icon="monitor", show_key=look.percent() <= 112)
        self._skip = Button(tr("印刷せずに確認へ"))
        self._skip.clicked.connect(self._to_review)
        key = "Ctrl+P" if look.percent() <= 112 else ""
        self._button = Button("", kind="primary", size="great", icon="printer", key=key)
        self._button.clicked.connect(self._print.trigger)
        for button in (self._skip, self._button):
            button.setFixedHeight(look.px(40))

    # -- page ---------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("施策の案内")

    def actions_of_page(self) -> Sequence[QAction]:
        return [self._print, self._owner, self._back, self._review]

    def foot_buttons(self) -> Sequence[QWidget]:
        # At large text sizes the main action needs the room; step 3 in the head leads to the same place.
        return (self._skip, self._button) if look.percent() <= 150 else (self._button,)

    def head_widgets(self) -> Sequence[QWidget]:
        return (*((self._elapsed,) if self._elapsed.shown else ()), self._owner_button)

    def key_hints(self) -> Sequence[tuple[str, str]]:
        known = (("Space", tr("載せる・外す")), ("F8", tr("回答へ戻る")))
        # English words are longer; the buttons at the right come first.
        return known[:1] if language() != "ja" else (("Down", tr("えらぶ")), *known)

    def first_focus(self) -> QWidget | None:
        return self.programmes.first_card() if self.programmes is not None else None

    def activate(self, target: str, places: dict[str, str]) -> None:
        session = session_for(self.shell, target)
        if session is not self.session:
            self.session = session
            session.ready.connect(self._load)
            session.records_changed.connect(self._show_ticks)
        if session.is_ready:
            self._load()

    def _load(self) -> None:
        if self.session is None or not self.session.is_ready:
            return
        from visitapp.commands.leaflets import guidance

        target = self.session.records.target.id
        self.run(lambda store: guidance(store, target), self._show)

    def _show(self, found: Guidance) -> None:
        self.found = found
        if self.programmes is None or self.leaflet is None:
            self._build()
        assert self.programmes is not None and self.leaflet is not None
        ticked = {name for name, offer in found.offers.items() if offer.ticked}
        self.programmes.show_programmes(found.fitting, found.all_programmes, ticked)
        self._show_company()
        self._refresh_leaflet()
        focus = self.first_focus()
        if focus is not None and self.isVisible():
            focus.setFocus()

    def _build(self) -> None:
        width = max(self.width(), self.window().width())
        self.programmes = ProgrammeList(look.characters(width))
        self.programmes.ticked.connect(self._tick)
        self.programmes.shown.connect(lambda name: self.show_owner(name))
        self.leaflet = LeafletPane()
        self.leaflet.changed.connect(self._refresh_leaflet)
        self.paper = Paper(self, self.leaflet)
        panes = [(tr("施策"), self.programmes), (tr("案内書"), self.leaflet)]
        self._layout.addWidget(Panes(panes, (0.65, 0.35), least=TWO_PANES, lowest=240, gap=0))
        if self.session is not None:
            self._elapsed.start(self.session.began)
            if self.isVisible():
                self.shell.refresh_actions()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_company()

    def _show_company(self) -> None:
        if self.session is not None and self.session.is_ready and self.isVisible():
            show_company(self.shell, self.session)

    # -- ticking and preview ------------------------------------------------------------------------------------
    def chosen(self) -> list[Recommendation]:
        """What goes on the leaflet, in the order of fit."""
        if self.found is None or self.programmes is None:
            return []
        ticked = self.programmes.ticked_ids()
        return [one for one in self.found.all_programmes if one.facts.id in ticked]

    def _tick(self, programme: str, on: bool) -> None:
        session, found = self.session, self.found
        if session is None or found is None or self.programmes is None:
            return
        self.programmes.set_ticked(programme, on)
        self._refresh_leaflet()
        person = self.shell.person
        one = next(each for each in found.all_programmes if each.facts.id == programme)
        reasons = [asdict(reason) for reason in one.reasons]

        def command(store: Store, _opened: object) -> None:
            from visitapp.fieldwork.offers import tick

            tick(store, found.target.id, programme, person, ticked=on, reasons=reasons)

        session.do(command)

    def _show_ticks(self) -> None:
        if self.session is None or self.programmes is None or self.session.busy:
            return
        ticked = {offer.programme for offer in self.session.records.offers if offer.ticked}
        self.programmes.show_ticked({name for name in ticked if name})

    def _refresh_leaflet(self) -> None:
        """Make the leaflet anew from the ticks; an older one that comes late is dropped."""
        found, leaflet, chosen = self.found, self.leaflet, self.chosen()
        if found is None or leaflet is None:
            return
        short = tr("印刷する（{n}件）", n=len(chosen))
        self._button.setText(tr("案内書を印刷する（{n}件）", n=len(chosen)) if look.percent() <= 125 else short)
        self._button.setEnabled(bool(chosen))
        self._print.setEnabled(bool(chosen))
        self._wanted += 1
        wanted, today, options = self._wanted, self.shell.now().date(), leaflet.options()
        if not chosen:
            self._pdf = b""
            leaflet.say_none()
            return

        def make(store: Store) -> bytes:
            from visitapp.commands.leaflets import leaflet_pdf

            return leaflet_pdf(store, found, chosen, today, word=options.word, large=options.large, mono=options.mono)

        self.run(make, lambda pdf: self._take_pdf(wanted, pdf), lambda error: self._no_pdf(wanted, error))

    def _take_pdf(self, wanted: int, pdf: bytes) -> None:
        if wanted == self._wanted and self.leaflet is not None:
            self._pdf = pdf
            self.leaflet.show_pdf(pdf)

    def _no_pdf(self, wanted: int, error: Exception) -> None:
        if not isinstance(error, VisitappError):
            self.shell.show_error(error)
        elif wanted == self._wanted and self.leaflet is not None:
            self._pdf = b""
            self._button.setEnabled(False)
            self._print.setEnabled(False)
            self.leaflet.preview.say(error_text(error))

    # -- deeds --------------------------------------------------------------------------------------------------
    def print_leaflet(self) -> None:
        """Ctrl P."""
        if self._pdf and self.paper is not None and self.session is not None and self.found is not None:
            self.paper.put_out(self.session, Leaflet(self.found.target.id, self._pdf, self.chosen()))

    def show_owner(self, programme: str = "") -> None:
        """F9: the ticked programmes (or the one in focus) for the owner's eyes."""
        if self.found is None or self.programmes is None:
            return
        focused = programme or self.programmes.focused_id()
        cards = self.chosen() or list(self.found.fitting[:3])
        if focused and all(one.facts.id != focused for one in cards):
            cards = [one for one in self.found.all_programmes if one.facts.id == focused]
        if cards:
            start = next((place for place, one in enumerate(cards) if one.facts.id == focused), 0)
            year = self.found.survey.fiscal_year
            OwnerWindow([owner_card(one, year) for one in cards], self, start).open()

    def _to_interview(self) -> None:
        if self.session is not None:
            self.shell.go("interview", self.session.target_id)

    def _to_review(self) -> None:
        if self.session is not None:
            self.shell.go("review", self.session.target_id)
