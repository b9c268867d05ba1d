"""The column of the room: every question, group, section and sheet there is, shown as the interview has it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Repeat
from visitapp.questionnaire.interview import Effect
from visitapp.ui import look
from visitapp.ui.interview.blocks import BlockFrame, SectionHead, section_heading
from visitapp.ui.interview.card import QuestionCard
from visitapp.ui.interview.sheets import SheetFrame, SheetPicker
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, Section, Sheet, blocks

_WIDEST = 920


class QuestionColumn(QWidget):
    """Signals: ``opened`` (Entry) when a card is pressed; ``cleared`` (Entry, chosen, cleared names); ``finished``."""

    opened = Signal(object)
    cleared = Signal(object, str, object)
    finished = Signal()

    def __init__(self, session: Session, characters: float) -> None:
        super().__init__()
        self._session, self._characters = session, characters
        self.cards: dict[Address, QuestionCard] = {}
        self._heads: dict[Address, SectionHead] = {}
        self._blocks: list[BlockFrame] = []
        self._sheets: dict[Address, SheetFrame] = {}
        self._repeats: dict[Address, tuple[QVBoxLayout, SheetPicker]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(20), look.px(12), look.px(20), look.px(120))
        self._column.setSpacing(look.px(9))
        self.setMaximumWidth(look.px(_WIDEST) + 2 * look.px(20))
        for section in session.structure.sections:
            head = SectionHead(section_heading(section), characters)
            self._heads[section.address] = head
            self._column.addWidget(head)
            if isinstance(section.node, Repeat):
                self._build_repeat(section, section.node)
            else:
                self._add_blocks(self._column, section.entries)
        # A stretch, not an alignment: an aligned layout never gets more height than its size hint.
        self._column.addStretch(1)
        self._show_structure()

    # -- building -----------------------------------------------------------------------------------------------
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
        card.opened.connect(lambda opened: self.opened.emit(opened.entry))
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
                del self.cards[entry.address]
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

    # -- showing what is ----------------------------------------------------------------------------------------
    def show_effect(self, effect: Effect) -> None:
        """Show what an action changed."""
        if effect.structure:
            for section in self._session.structure.sections:
                if section.address in self._repeats:
                    self._match_sheets(section)
        entries = (self._session.structure.entry(address) for address in effect.touched | set(effect.changed))
        touched = {entry.address for entry in entries if entry is not None}
        self._show_structure()
        for address in touched & self.cards.keys():
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
