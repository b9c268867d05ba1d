"""How one question is answered on its card: options, a field, or text beside an option.

An input shows the answer it is given and reports a new one; what becomes of it is the session's business.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import tr
from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.form import Choice, Question, text_in
from visitapp.ui import look
from visitapp.ui.interview.dates import DateEntry, TimeEntry, YearEntry
from visitapp.ui.interview.digits import DigitCollector
from visitapp.ui.interview.fields import AreaEntry, EntryField, NumberEntry, TextEntry
from visitapp.ui.interview.option_grid import OptionGrid, columns_for
from visitapp.ui.style import mark
from visitapp.ui.visit.choosing import press
from visitapp.ui.visit.values import extension
from visitapp.ui.visit.writing import LineField
from visitapp.ui.widgets.fields import SearchField

MANY = 30
"""Above this many options a search field stands over them."""


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a card as the input needs it: where it is, what it offers, and its その他 texts."""

    address: Address
    question: Question
    choices: tuple[Choice, ...]
    language: str
    specify: Mapping[str, Address]


class Input(QWidget):
    """Signals: ``answered`` (Address, Answer) a new answer; ``cleared`` (chosen name, cleared names) when an option
    that stands alone took others away; ``pending`` digits typed so far; ``finished`` when the person is done here.
    """

    answered = Signal(object, object)
    cleared = Signal(str, object)
    pending = Signal(str)
    finished = Signal()

    @abstractmethod
    def show_answers(self, answers: Mapping[Address, Answer]) -> None:
        """Show what is stored, without touching what is being typed."""

    @abstractmethod
    def focus(self) -> None:
        """Put the focus where answering begins."""

    @abstractmethod
    def set_wrong(self, wrong: frozenset[Address]) -> None:
        """Mark the fields whose answer cannot stay."""

    def digit(self, text: str) -> bool:
        """Take a digit typed on the card; False when it means nothing here."""
        return False

    def finish_digits(self) -> bool:
        """Act on digits still waiting; whether there were any."""
        return False


class ChoiceInput(Input):
    """Single or multiple choice with その他 texts in their rows."""

    def __init__(self, part: Part, characters: float, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = part
        self._single = part.question.type == "select_one"
        self._exclusive = frozenset(part.question.extensions.get("exclusive", "").split())
        self._answer = UNANSWERED
        labels = [text_in(choice.label, part.language) for choice in part.choices]
        self.grid = OptionGrid(
            part.choices,
            part.language,
            single=self._single,
            wide=part.specify,
            columns=columns_for(labels, characters),
            parent=self,
        )
        self.grid.pressed.connect(self._press)
        self._digits = DigitCollector(len(part.choices), self)
        self._digits.chosen.connect(self.grid.number_pressed)
        self._digits.pending_changed.connect(self.pending)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(look.px(8))
        if len(part.choices) > MANY:
            layout.addWidget(self._search_field())
        layout.addWidget(self.grid)
        self._texts = {address: self._text_field(name, address) for name, address in part.specify.items()}

    def show_answers(self, answers: Mapping[Address, Answer]) -> None:
        self._answer = answers[self._part.address]
        self.grid.set_chosen(self._answer.choices)
        for name, address in self._part.specify.items():
            self._texts[address].setVisible(name in self._answer.choices)
            self._texts[address].show_text(answers[address].text)

    def set_wrong(self, wrong: frozenset[Address]) -> None:
        for address, field in self._texts.items():
            mark(field, state="error" if address in wrong else "")

    def focus(self) -> None:
        self.grid.focus_first()

    def digit(self, text: str) -> bool:
        return self._digits.press(text)

    def finish_digits(self) -> bool:
        waiting = bool(self._digits.pending)
        self._digits.finish()
        return waiting

    def _press(self, name: str) -> None:
        order = [choice.name for choice in self._part.choices]
        choosing = press(name, self._answer.choices, order, single=self._single, exclusive=self._exclusive)
        self.answered.emit(self._part.address, Answer(" ".join(choosing.chosen)))
        if choosing.cleared:
            self.cleared.emit(name, choosing.cleared)
        if name in choosing.chosen and name in self._part.specify:
            self._texts[self._part.specify[name]].setFocus()

    def _text_field(self, name: str, address: Address) -> LineField:
        field = LineField(placeholder=tr("内容"))
        field.setFont(look.font("option"))
        row = self.grid.row(name)
        field.setAccessibleName(tr("「{option}」の内容", option=row.text() if row else name))
        field.paused.connect(lambda text: self.answered.emit(address, Answer(text.strip())))
        if row is not None:
            row.set_extra(field)
        return field

    def _search_field(self) -> SearchField:
        field = SearchField(tr("選択肢をさがす"))
        field.searched.connect(self._show_matching)
        return field

    def _show_matching(self, typed: str) -> None:
        wanted = normalised(typed)
        for row in self.grid.rows:
            row.setEnabled(wanted in normalised(row.text()))


class FieldInput(Input):
    """A question answered by typing."""

    def __init__(self, part: Part, parent: QWidget) -> None:
        super().__init__(parent)
        self._part = part
        self.field = make_field(part.question, self)
        self.field.edited.connect(lambda text: self.answered.emit(part.address, Answer(text)))
        self.field.finished.connect(self.finished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.field)

    def show_answers(self, answers: Mapping[Address, Answer]) -> None:
        self.field.show_answer(answers[self._part.address].text)

    def set_wrong(self, wrong: frozenset[Address]) -> None:
        self.field.set_error(self._part.address in wrong)

    def focus(self) -> None:
        self.field.focus()


def make_input(part: Part, characters: float, parent: QWidget) -> Input:
    """The input for a question; ``characters`` is the window's width in body characters."""
    if part.question.type in ("select_one", "select_multiple"):
        return ChoiceInput(part, characters, parent)
    return FieldInput(part, parent)


def make_field(question: Question, parent: QWidget) -> EntryField:
    """The field for a typed answer, by the question's type, appearance and ``visitapp:`` columns."""
    unit = extension(question, "unit")
    if question.type in ("integer", "decimal"):
        return YearEntry(parent) if question.extensions.get("wareki") == "yes" else NumberEntry(unit, parent)
    if question.type == "date":
        return DateEntry(parent)
    if question.type == "time":
        return TimeEntry(parent)
    return AreaEntry(parent) if "multiline" in question.appearance.split() else TextEntry(0, unit, parent)
