"""The middle of the room: all questions one under another, one of them current.

When something above opens, closes, appears or goes, the view is shifted by the same amount, so that the current card
stays where it is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QEasingCurve, QEvent, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScroller,
    QWidget,
)

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.interview import Effect
from visitapp.ui import look
from visitapp.ui.interview.card import QuestionCard
from visitapp.ui.interview.column import QuestionColumn
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry
from visitapp.ui.widgets.basics import holder

_GLIDE_MS = 120
_DEPTH = 4
"""A size that changes deep inside has this many layouts above it (card, group, column, scroll area)."""


class Centre(QScrollArea):
    """Signals: ``moved`` (Entry) when another card became current; ``cleared`` (Entry, chosen, cleared names);
    ``stepped`` (1 or -1) on Enter and Shift Enter; ``finished`` when Ctrl Enter ends a writing area."""

    moved = Signal(object)
    cleared = Signal(object, str, object)
    stepped = Signal(int)
    finished = Signal()

    def __init__(self, session: Session, characters: float, *, glide: bool) -> None:
        super().__init__()
        self._glide_on = glide
        self._current: QuestionCard | None = None
        self._animation = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._animation.setDuration(_GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._inside = QuestionColumn(session, characters)
        self._inside.opened.connect(self.go)
        self._inside.cleared.connect(self.cleared)
        self._inside.finished.connect(self.finished)
        outer = QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(self._inside, 1000)
        outer.addStretch(1)
        self.setWidget(holder(outer, ground="bg"))

    # -- showing what is ----------------------------------------------------------------------------------------
    @property
    def cards(self) -> Mapping[Address, QuestionCard]:
        """The cards by their question."""
        return self._inside.cards

    def show_effect(self, effect: Effect) -> None:
        """Show what an action changed; the current card stays where it is."""
        with self._held():
            self._inside.show_effect(effect)
        if self._current is not None and self._current not in self.cards.values():
            self._current = None

    def refresh_card(self, address: Address) -> None:
        """Show one card again (its note changed)."""
        if address in self.cards:
            with self._held():
                self.cards[address].refresh()

    # -- moving -------------------------------------------------------------------------------------------------
    @property
    def current(self) -> Entry | None:
        """The card that is open for answering."""
        return self._current.entry if self._current is not None else None

    def current_card(self) -> QuestionCard | None:
        """The widget of the current card."""
        return self._current

    def go(self, entry: Entry, *, focus: bool = True) -> None:
        """Make a card current, wholly visible if it fits."""
        card = self.cards.get(entry.address)
        if card is None:
            return
        if card is not self._current:
            before, self._current = self._current, card
            with self._held(card):
                if before is not None:
                    before.set_current(False)
                card.set_current(True)
            self.moved.emit(entry)
        if focus:
            card.focus_input()
        self._reveal(card)

    @contextmanager
    def _held(self, card: QWidget | None = None) -> Iterator[None]:
        """Keep a card (default: the current one) at its height on the screen whatever happens around it."""
        held = card or self._current
        if held is None or not held.isVisible():
            yield
            return
        self.setUpdatesEnabled(False)
        try:
            before = held.mapTo(self.viewport(), held.rect().topLeft()).y()
            yield
            self._lay_out()
            after = held.mapTo(self.viewport(), held.rect().topLeft()).y()
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + after - before)
        finally:
            self.setUpdatesEnabled(True)

    def _lay_out(self) -> None:
        """Bring sizes and the scroll range up to date now, not at the next turn of the event loop."""
        for _pass in range(_DEPTH):
            QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _reveal(self, card: QuestionCard) -> None:
        self._lay_out()
        bar = self.verticalScrollBar()
        margin = look.px(24)
        top = card.mapTo(self._inside, card.rect().topLeft()).y()
        bottom = top + card.height()
        height = self.viewport().height()
        value = bar.value()
        if bottom + margin > value + height:
            value = bottom + margin - height
        value = min(value, top - look.px(12))
        self._glide(max(bar.minimum(), min(bar.maximum(), value)))

    def _glide(self, value: int) -> None:
        bar = self.verticalScrollBar()
        self._animation.stop()
        if not self._glide_on or not self.isVisible():
            bar.setValue(value)
            return
        self._animation.setStartValue(bar.value())
        self._animation.setEndValue(value)
        self._animation.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focus = self.focusWidget()
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if held or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        elif isinstance(focus, QPushButton):
            focus.click()
        else:
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._current is not None:
            self._reveal(self._current)
