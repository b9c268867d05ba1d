"""別の値: neither of the sides, entered by hand; both stay in the history."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from visitapp.fieldwork.answers import stored_value
from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import NO_ANSWER, Answer
from visitapp.questionnaire.form import text_in
from visitapp.store import records
from visitapp.ui import look
from visitapp.ui.conflicts import words
from visitapp.ui.widgets.basics import column, holder, label, scroller
from visitapp.ui.widgets.checks import CheckBox
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import Labelled, NumberField, TextField, WritingArea, plain_number

if TYPE_CHECKING:
    from visitapp.commands.cases import Case

_NUMBERS = ("founded_year", "employees", "capital_yen")
_LONG = ("text", "note", "reopen_reason")


def can_be_other(case: Case) -> bool:
    """Whether a third value makes sense: not for a deletion, a state, or what no person types."""
    if case.conflict.kind == "deleted":
        return False
    if case.question is not None and case.conflict.field == "value":
        return True
    typed = isinstance(case.record, records.Company | records.Opinion | records.Setting) or case.conflict.field in _LONG
    return typed and case.conflict.field not in ("category", "follow_up", "seq")


class OtherValueDialog(Dialog):
    """Asks for the value in the form of its question. ``value()`` is what ``settle_with`` takes."""

    def __init__(self, parent: QWidget, case: Case) -> None:
        super().__init__(parent, tr("別の値を入れます"), tr("この値にする"), width=640)
        self._case = case
        self.boxes: dict[str, CheckBox | QRadioButton] = {}
        self._field: TextField | WritingArea | None = None
        self._no_answer: CheckBox | None = None
        self.body.addWidget(label(words.item(case), bold=True, wrap=True))
        for option in words.options(case):
            shown = tr("{letter}：{value}", letter=option.letter, value=words.option_text(case, option))
            self.body.addWidget(label(shown, "small", tone="text2", wrap=True))
        if self._choices():
            self._add_choices()
        else:
            self._add_field()
        if self._is_answer():
            self._no_answer = CheckBox(tr("無回答にする"))
            self.body.addWidget(self._no_answer)
        self._wrong = Labelled("", holder(column()))
        self.body.addWidget(self._wrong)
        self.ready = self._check

    def _is_answer(self) -> bool:
        return self._case.question is not None and self._case.conflict.field == "value"

    def _choices(self) -> list[tuple[str, str]]:
        case = self._case
        if not self._is_answer() or case.form is None or case.question is None:
            return []
        return [(choice.name, text_in(choice.label, language())) for choice in case.form.choices(case.question)]

    def _add_choices(self) -> None:
        assert self._case.question is not None
        several = self._case.question.type == "select_multiple"
        group = QButtonGroup(self)
        group.setExclusive(not several)
        lines = column(gap=2)
        for name, text in self._choices():
            box: CheckBox | QRadioButton
            if several:
                box = CheckBox(text.replace("\u200b", ""))
            else:
                box = QRadioButton(text.replace("\u200b", ""))
                box.setFont(look.font("body"))
                box.setMinimumHeight(look.px(32))
            group.addButton(box)
            self.boxes[name] = box
            lines.addWidget(box)
        area = scroller(holder(lines))
        area.setMinimumHeight(min(look.px(320), look.px(36) * len(self.boxes) + look.px(8)))
        self.body.addWidget(area)
        next(iter(self.boxes.values())).setFocus()

    def _add_field(self) -> None:
        field = self._case.conflict.field
        kind = self._case.question.type if self._is_answer() and self._case.question is not None else ""
        if kind in ("integer", "decimal") or field in _NUMBERS:
            self._field = NumberField()
        elif field in _LONG or (
            kind == "text" and self._case.question and "multiline" in self._case.question.appearance
        ):
            self._field = WritingArea()
        else:
            self._field = TextField()
        self.body.addWidget(Labelled(words.field_word(field), self._field))
        self._field.setFocus()

    def _typed(self) -> str:
        if isinstance(self._field, NumberField):
            return self._field.number()
        if isinstance(self._field, WritingArea):
            return self._field.toPlainText().strip()
        return self._field.text().strip() if self._field is not None else ""

    def _chosen(self) -> str:
        return " ".join(name for name, box in self.boxes.items() if box.isChecked())

    def _check(self) -> bool:
        if self._no_answer is not None and self._no_answer.isChecked():
            return True
        wrong = self._problem()
        self._wrong.say(wrong)
        return not wrong

    def _problem(self) -> str:
        if self.boxes:
            return "" if self._chosen() else tr("選択肢を選んでください。")
        typed = self._typed()
        if not typed:
            return tr("値を入れてください。")
        if isinstance(self._field, NumberField):
            return _wrong_number(plain_number(typed), self._case)
        kind = self._case.question.type if self._case.question is not None else ""
        return _wrong_date(typed) if kind == "date" or self._case.conflict.field.endswith("_on") else ""

    def value(self) -> object:
        """The value to settle with."""
        if self._no_answer is not None and self._no_answer.isChecked():
            return stored_value(NO_ANSWER)
        text = self._chosen() if self.boxes else self._typed()
        if self._is_answer():
            return stored_value(Answer(text))
        return int(text) if isinstance(self._field, NumberField) else text


def _wrong_number(text: str, case: Case) -> str:
    whole = case.question is None or case.question.type == "integer"
    digits = text.removeprefix("-")
    good = digits.isdecimal() if whole else digits.replace(".", "", 1).isdecimal()
    return "" if good else tr("数を入れてください。")


def _wrong_date(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return tr("日付を「2026-06-16」のように書いてください。")
    return ""
