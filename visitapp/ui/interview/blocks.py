"""Headings of sections, and the groups of questions that only some companies are asked (付問)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.form import Repeat
from visitapp.ui import look
from visitapp.ui.interview.room import card_room
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Condition, Entry, Section, Structure, progress
from visitapp.ui.visit.wording import condition_text, rule_text
from visitapp.ui.widgets.basics import holder, icon_label, label, row
from visitapp.ui.widgets.buttons import Link


class SectionHead(QWidget):
    """The printed number and title of a section, and how many of its questions are settled."""

    def __init__(self, title: str, characters: float) -> None:
        super().__init__()
        name = label(title, "option", bold=True, wrap=True)
        name.setMinimumWidth(min(look.measure("option", title, bold=True) + 4, look.em(card_room(characters) - 6)))
        self._count = label("", "small", tone="text2")
        self.setLayout(row(name, self._count, None, gap=12, margins=(0, 6, 0, 0)))

    def refresh(self, session: Session, section: Section) -> None:
        """Show n／m, or how many sheets there are; gone when nobody is asked."""
        done, asked = progress(session.interview, section.all_entries())
        if isinstance(section.node, Repeat):
            self._count.setText(tr("{n}枚", n=len(section.sheets)))
        else:
            self._count.setText(tr("{done}／{asked}問", done=done, asked=asked))
        self.setVisible(section.asked)


class BlockFrame(QFrame):
    """A bar at the left over all its cards; its first line says why they are asked, with なぜ."""

    def __init__(self, session: Session, condition: Condition, entries: Sequence[Entry], characters: float) -> None:
        super().__init__()
        self._session, self._condition, self._room = session, condition, card_room(characters)
        self._addresses = [entry.address for entry in entries]
        self.setProperty("role", "group")
        self._reason = label("", "small", tone="text2", wrap=True)
        why = Link(tr("なぜ"), "small")
        why.clicked.connect(self._toggle_rule)
        line = row(icon_label("info", 16), self._reason, why, None, gap=8)
        self._rule = label(rule_text(session.form, condition), "small", wrap=True)
        self._rule.hide()
        self.cards = QVBoxLayout()
        self.cards.setSpacing(look.px(9))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(12), 0, 0, 0)
        layout.setSpacing(look.px(6))
        layout.addWidget(holder(line))
        layout.addWidget(self._rule)
        layout.addLayout(self.cards)

    def refresh(self, structure: Structure) -> None:
        """Show the reason of now; gone when nothing in it is asked."""
        entries = [entry for address in self._addresses if (entry := structure.entry(address)) is not None]
        asked = [entry for entry in entries if entry.asked]
        self.setVisible(bool(asked))
        if asked:
            text = condition_text(self._session.interview, self._session.form, self._condition, asked)
            self._reason.setText(text)
            self._reason.setMinimumWidth(min(look.measure("small", text) + 4, look.em(self._room - 8)))
            self.setAccessibleName(text)

    def _toggle_rule(self) -> None:
        self._rule.setVisible(not self._rule.isVisible())


def section_heading(section: Section) -> str:
    """問6　大学や公設試験研究機関との連携: the number stands apart from the title."""
    number, _, rest = section.title.partition(" ")
    return f"{number}　{rest}" if rest and section.number else section.title
