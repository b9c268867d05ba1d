"""The middle of the room: all questions one under another, one of them current.

When something above opens, closes, appears or goes, the view is shifted by the same amount, so that the current card
stays where it is on the screen.
"""

from __future__ import annotations

from collections.abc import Iterator
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
    QVBoxLayout,
    QWidget,
)

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Repeat
from visitapp.questionnaire.interview import Effect
from visitapp.ui import look
from visitapp.ui.interview.blocks import BlockFrame, SectionHead, section_heading
from visitapp.ui.interview.card import QuestionCard
from visitapp.ui.interview.sheets import SheetFrame, SheetPicker
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, Section, Sheet, blocks
from visitapp.ui.widgets.basics import holder

_GLIDE_MS = 120
_WIDEST = 920
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
        self._session, self._characters, self._glide_on = session, characters, glide
        self.cards: dict[Address, QuestionCard] = {}
        self._heads: dict[Address, SectionHead] = {}
        self._blocks: list[BlockFrame] = []
        self._sheets: dict[Address, SheetFrame] = {}
        self._repeats: dict[Address, tuple[QVBoxLayout, SheetPicker]] = {}
        self._current: QuestionCard | None = None
        self._animation = QPropertyAnimation(self.verticalScrollBar(), b"value", self)
        self._animation.setDuration(_GLIDE_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(120))
        self._column.setSpacing(look.px(9))
        self._inside = QWidget()
        self._inside.setLayout(self._column)
        self._inside.setMaximumWidth(look.px(_WIDEST) + 2 * look.px(20))
        outer = QHBoxLayout()
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(1)
        outer.addWidget(self._inside, 1000)
        outer.addStretch(1)
        self.setWidget(holder(outer, ground="bg"))
        self._build()

    # -- building -----------------------------------------------------------------------------------------------
    def _build(self) -> None:
        for section in self._session.structure.sections:
            head = SectionHead(section_heading(section), self._characters)
            self._heads[section.address] = head
            self._column.addWidget(head)
            if isinstance(section.node, Repeat):
                self._build_repeat(section, section.node)
            else:
                self._add_blocks(self._column, section.entries)
        # A stretch, not an alignment: an aligned layout never gets more height than its size hint.
        self._column.addStretch(1)
        self.refresh_all()

    def _add_blocks(self, layout: QVBoxLayout, entries: tuple[Entry, ...]) -> None:
        for condition, together in blocks(entries):
            if not condition:
                for entry in together:
                    layout.addWidget(self._card(entry))
                continue
            block = BlockFrame(self._session, condition, together, self._characters)
            for entry in together:
                block.cards.addWidget(self._card(entry))
            self._blocks.append(block)
            layout.addWidget(block)

    def _card(self, entry: Entry) -> QuestionCard:
        card = QuestionCard(self._session, entry, self._characters)
        card.opened.connect(lambda opened: self.go(opened.entry))
        card.cleared.connect(lambda cleared, name, names: self.cleared.emit(cleared.entry, name, names))
        card.finished.connect(self.finished)
        self.cards[entry.address] = card
        return card

    def _build_repeat(self, section: Section, repeat: Repeat) -> None:
        layout = QVBoxLayout()
        layout.setSpacing(look.px(12))
        picker = SheetPicker(self._session, repeat)
        self._column.addLayout(layout)
        self._column.addWidget(picker)
        self._repeats[section.address] = (layout, picker)
        self._match_sheets(section)

    def _match_sheets(self, section: Section) -> None:
        """A frame for every row there is, none for the others."""
        layout, _picker = self._repeats[section.address]
        wanted = {sheet.address for sheet in section.sheets}
        for address in [a for a in self._sheets if a.path == section.address.path and a not in wanted]:
            frame = self._sheets.pop(address)
            for entry in frame.sheet.entries:
                self._forget(self.cards.pop(entry.address))
            self._blocks = [block for block in self._blocks if not frame.isAncestorOf(block)]
            frame.hide()
            frame.deleteLater()
        for place, sheet in enumerate(section.sheets):
            if sheet.address not in self._sheets:
                layout.insertWidget(place, self._sheet(sheet, section.node))

    def _sheet(self, sheet: Sheet, repeat: object) -> SheetFrame:
        frame = SheetFrame(self._session, sheet)
        self._add_blocks(frame.cards, sheet.entries)
        if isinstance(repeat, Repeat):
            frame.removed.connect(lambda rows: self._session.remove_row(repeat, rows))
        self._sheets[sheet.address] = frame
        return frame

    def _forget(self, card: QuestionCard) -> None:
        if card is self._current:
            self._current = None

    # -- showing what is ----------------------------------------------------------------------------------------
    def refresh_all(self) -> None:
        """Show everything as the interview has it now."""
        for card in self.cards.values():
            card.refresh()
        self._show_structure()

    def show_effect(self, effect: Effect) -> None:
        """Show what an action changed; the current card stays where it is."""
        with self._held():
            if effect.structure:
                for section in self._session.structure.sections:
                    if section.address in self._repeats:
                        self._match_sheets(section)
            entries = (self._session.structure.entry(address) for address in effect.touched | set(effect.changed))
            touched = {entry.address for entry in entries if entry is not None}
            self._show_structure()
            for address in touched & self.cards.keys():
                self.cards[address].refresh()

    def refresh_card(self, address: Address) -> None:
        """Show one card again (its note changed)."""
        if address in self.cards:
            with self._held():
                self.cards[address].refresh()

    def _show_structure(self) -> None:
        structure = self._session.structure
        for entry in structure.entries():
            card = self.cards.get(entry.address)
            if card is not None:
                card.entry = entry
                card.setVisible(entry.asked)
        for block in self._blocks:
            block.refresh(structure)
        for section in structure.sections:
            self._heads[section.address].refresh(self._session, section)
            if section.address in self._repeats:
                _layout, picker = self._repeats[section.address]
                picker.setVisible(section.asked)
                picker.refresh(section)
                for sheet in section.sheets:
                    self._sheets[sheet.address].setVisible(section.asked)
                    self._sheets[sheet.address].refresh(sheet)

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
