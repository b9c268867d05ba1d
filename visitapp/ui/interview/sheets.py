"""Rows of a repeat (個別施策シート): a heading for each, and a picker that offers what there is none of yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Choice, Repeat, text_in
from visitapp.ui import look
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Section, Sheet, choosing_question, progress
from visitapp.ui.visit.wording import answer_text
from visitapp.ui.widgets.basics import label, row
from visitapp.ui.widgets.buttons import Button


class SheetFrame(QFrame):
    """One row: its name, how far it is, and the cards of its questions. Signal: ``removed`` (its rows)."""

    removed = Signal(object)

    def __init__(self, session: Session, sheet: Sheet) -> None:
        super().__init__()
        self._session = session
        self.sheet = sheet
        self.setProperty("role", "group")
        self._name = label("", "option", bold=True, wrap=True)
        self._count = label("", "small", tone="text2")
        remove = Button(tr("このシートを消す"), kind="plain", size="tool", icon="trash-2")
        remove.clicked.connect(lambda: self.removed.emit(self.sheet.address.rows))
        head = row(self._name, self._count, None, remove, gap=10)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(look.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(12), look.px(6), 0, look.px(6))
        layout.setSpacing(look.px(8))
        layout.addLayout(head)
        layout.addLayout(self.cards)

    def refresh(self, sheet: Sheet) -> None:
        """Show name and progress as they are now."""
        self.sheet = sheet
        self._name.setText(sheet_name(self._session, sheet))
        done, asked = progress(self._session.interview, sheet.entries)
        self._count.setText(tr("{done}／{asked}問", done=done, asked=asked))


class SheetPicker(QWidget):
    """Adds a row: from a menu of what may still be added, or plainly. Signal: ``added``."""

    added = Signal()

    def __init__(self, session: Session, repeat: Repeat) -> None:
        super().__init__()
        self._session, self._repeat = session, repeat
        self.button = Button(tr("シートを足す"), icon="plus", size="talk")
        self.button.clicked.connect(self._add)
        self._hint = label("", "small", tone="text2", wrap=True)
        line = row(self.button, self._hint, gap=12)
        line.setStretch(1, 1)
        self.setLayout(line)

    def refresh(self, section: Section) -> None:
        """Offer what there is no row of yet."""
        question = choosing_question(self._repeat)
        if question is None:
            self._hint.setText("")
            return
        free = remaining(self._session, section)
        self.button.setEnabled(bool(free))
        self._hint.setText(tr("あと{n}件から選べます", n=len(free)) if free else tr("すべて足してあります"))

    def _add(self) -> None:
        question = choosing_question(self._repeat)
        section = next(each for each in self._session.structure.sections if each.node is self._repeat)
        if question is None:
            self._session.add_row(self._repeat, None)
            self.added.emit()
            return
        menu = QMenu(self)
        for choice in remaining(self._session, section):
            made = menu.addAction(text_in(choice.label, language()).replace("&", "&&"))
            made.triggered.connect(lambda _on=False, name=choice.name: self.pick(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def pick(self, choice: str) -> None:
        """Add the row of one option."""
        self._session.add_row(self._repeat, choosing_question(self._repeat), choice)
        self.added.emit()


def remaining(session: Session, section: Section) -> Sequence[Choice]:
    """The options there is no row of yet."""
    repeat = section.node
    question = choosing_question(repeat) if isinstance(repeat, Repeat) else None
    if question is None:
        return ()
    used = {
        name for sheet in section.sheets
        for name in session.interview.answer(Address(question.path, sheet.address.rows)).choices
    }
    return [choice for choice in session.form.choices(question) if choice.name not in used]


def sheet_name(session: Session, sheet: Sheet) -> str:
    """What a row is about, in the words of its option; else its number."""
    question = sheet.choosing
    if question is not None:
        answer = session.interview.answer(Address(question.path, sheet.address.rows))
        if answer.choices:
            return answer_text(session.form, question, answer)
    rows = session.interview.rows(sheet.address.path, sheet.address.rows[:-1])
    return tr("{n}枚目", n=rows.index(sheet.address.rows[-1]) + 1)
