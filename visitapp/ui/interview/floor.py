"""The three panes of the room around one session, and how they change with the width of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.interview import Effect
from visitapp.ui import look
from visitapp.ui.interview.centre import Centre
from visitapp.ui.interview.facts import SidePane
from visitapp.ui.interview.outline import OutlinePane
from visitapp.ui.interview.room import NARROW
from visitapp.ui.interview.strips import OutlineStrip, SideStrip
from visitapp.ui.page import Shell
from visitapp.ui.visit.places import Slot
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry
from visitapp.ui.visit.wording import labels_of, quoted
from visitapp.ui.widgets.basics import column, holder, row, rule_down
from visitapp.ui.widgets.notices import Banner, UndoBar

_OUTLINE, _SIDE = (200, 232, 320), (280, 304, 420)


class Floor(QWidget):
    """Signal: ``moved`` (Entry) when another question became current."""

    moved = Signal(object)

    def __init__(self, shell: Shell, session: Session, characters: float, *, glide: bool) -> None:
        super().__init__()
        self._shell, self.session = shell, session
        self.narrow = characters < NARROW
        self.centre = Centre(session, characters, glide=glide)
        self.side = SidePane(shell, session)
        self.banner = Banner()
        self.undo_bar = UndoBar()
        self.undo_bar.undone.connect(session.undo)
        self.outline: OutlinePane | None = None
        self.strip: OutlineStrip | None = None
        self._parts: SideStrip | None = None
        self._open_part = ""
        if self.narrow:
            self._lay_out_narrow()
        else:
            self._lay_out_wide()
        self.centre.moved.connect(self._moved)
        self.centre.cleared.connect(self._say_cleared)
        self.side.last.taken.connect(self.same_as_last_time)
        self.side.opinions.left.connect(self.back_to_question)
        session.changed.connect(self._changed)
        session.noted.connect(self._noted)
        session.save_failed.connect(self._save_failed)
        session.written.connect(self._saved_again)

    # -- panes --------------------------------------------------------------------------------------------------
    def _middle(self) -> QWidget:
        layout = column(Slot(self.banner, (20, 8, 20, 0)), self.centre, Slot(self.undo_bar, (20, 4, 20, 8)), gap=0)
        layout.setStretch(1, 1)
        return holder(layout, ground="bg")

    def _lay_out_wide(self) -> None:
        self.outline = OutlinePane(self.session)
        self.outline.chosen.connect(self.centre.go)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(look.px(1))
        for pane, widths in ((self.outline, _OUTLINE), (self._middle(), None), (self.side, _SIDE)):
            splitter.addWidget(pane)
            if widths is not None:
                pane.setMinimumWidth(look.px(widths[0]))
                pane.setMaximumWidth(look.px(widths[2]))
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([look.px(_OUTLINE[1]), look.px(830), look.px(_SIDE[1])])
        splitter.restoreState(self._shell.preferences.state("interview-panes"))
        splitter.splitterMoved.connect(
            lambda: self._shell.preferences.keep_state("interview-panes", splitter.saveState())
        )
        self.setLayout(row(splitter, gap=0))

    def _lay_out_narrow(self) -> None:
        self.strip = OutlineStrip(self.session)
        self.strip.chosen.connect(self.centre.go)
        self._parts = SideStrip()
        self._parts.toggled.connect(self.open_part)
        line = row(self.strip, rule_down(), self._middle(), rule_down(), self._parts, gap=0)
        line.setStretch(2, 1)
        self.setLayout(line)
        self.side.setParent(self)
        self.side.setProperty("role", "dialog")
        self.side.hide()
        self.side.installEventFilter(self)

    def open_part(self, part: str) -> None:
        """Open one part of the facts over the centre (narrow window); "" closes it."""
        if self._parts is None:
            return
        self._open_part = part
        self._parts.show_open(part)
        self.side.setVisible(bool(part))
        if part:
            self.side.show_only(part)
            self._place_side()
            self.side.raise_()

    def _place_side(self) -> None:
        if self._parts is None or not self._open_part:
            return
        width = min(look.px(360), self.width() - 2 * self._parts.width())
        height = self.height() if self._open_part == "opinions" else min(self.height(), self.side.sizeHint().height())
        self.side.setGeometry(QRect(self.width() - self._parts.width() - width, 0, width, height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_side()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.side and event.type() == QEvent.Type.KeyPress and escape:
            self.back_to_question()
            return True
        return super().eventFilter(watched, event)

    # -- what the keys do ---------------------------------------------------------------------------------------
    def write_opinion(self) -> None:
        """The cursor into the writing area (F3)."""
        self.open_part("opinions")
        self.side.opinions.area.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def back_to_question(self) -> None:
        """The focus to the current question (Esc)."""
        self.open_part("")
        card = self.centre.current_card()
        if card is not None:
            card.focus_input()

    def find_question(self) -> None:
        """The cursor into the search for questions (Ctrl F)."""
        if self.outline is not None:
            self.outline.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.outline.search.selectAll()

    def next_pane(self) -> None:
        """The focus to the next pane: outline, centre, facts (F5)."""
        focus = self.focusWidget()
        left: QWidget | None = self.outline or self.strip
        panes: list[QWidget] = [*([left] if left is not None else []), self.centre, self.side]
        here = next((place for place, pane in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)), 1)
        wanted = panes[(here + 1) % len(panes)]
        if wanted is self.centre:
            self.back_to_question()
        elif wanted is self.side:
            self.write_opinion()
        elif self.outline is not None:
            self.outline.tree.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def same_as_last_time(self) -> None:
        """Take over the answer of last time (F6)."""
        from visitapp.ui.visit.previous import last_time

        entry = self.centre.current
        before = last_time(self.session.loaded.previous, self.session.form, entry) if entry is not None else None
        if entry is not None and before is not None and before.answer is not None:
            self.session.enter(entry.address, before.answer)

    # -- what happened ------------------------------------------------------------------------------------------
    def _changed(self, effect: Effect) -> None:
        self.centre.show_effect(effect)
        if self.outline is not None:
            self.outline.show_effect(effect)
        if self.strip is not None:
            self.strip.refresh()
        self.side.last.show_for(self.centre.current)

    def _moved(self, entry: Entry) -> None:
        if self.outline is not None:
            self.outline.show_current(entry)
        if self.strip is not None:
            self.strip.show_current(entry)
        self.side.last.show_for(entry)
        self.undo_bar.hide()
        self.moved.emit(entry)

    def _noted(self, address: object) -> None:
        entry = next((each for each in self.session.structure.entries() if each.address == address), None)
        if entry is not None:
            self.centre.refresh_card(entry.address)
        if self.outline is not None:
            self.outline.tree.source.states_changed()
            self.outline.show_counts()

    def _say_cleared(self, entry: Entry, chosen: str, cleared: tuple[str, ...]) -> None:
        name = quoted("".join(labels_of(self.session.form, entry.question, [chosen])))
        text = tr("{name}を選んだので、ほかの{n}件を外しました。", name=name, n=len(cleared))
        self.undo_bar.say(text)

    def _save_failed(self, error: Exception) -> None:
        from visitapp.errors import VisitappError
        from visitapp.i18n import error_text

        if isinstance(error, VisitappError):
            self.banner.say("err", error_text(error), lead=tr("保存できません。書いたものは画面に残っています。"))
            self.banner.offer(tr("もう一度保存する"), self.session.retry)
        else:
            self._shell.show_error(error)

    def _saved_again(self) -> None:
        if self.banner.property("tone") == "err":
            self.banner.say("info", "")
