"""The inside of the current card: title, hint, the inputs, what is wrong, the note."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Form, Question, text_in
from visitapp.questionnaire.interview import Interview, Problem
from visitapp.ui import look
from visitapp.ui.interview.inputs import Input, Part, make_input
from visitapp.ui.interview.notices import NoteLine
from visitapp.ui.interview.room import card_room
from visitapp.ui.visit.advice import suggestion
from visitapp.ui.visit.previous import last_time, times_as_much
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry
from visitapp.ui.visit.wording import comma, labels_of, problem_text
from visitapp.ui.widgets.basics import column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.chips import Tag
from visitapp.ui.widgets.fields import large_amount
from visitapp.ui.widgets.notices import Message

_RING = (4, 0, 4, 0)


class CardBody(QWidget):
    """Signals: ``cleared`` (chosen name, cleared names); ``finished`` when a writing area is left with Ctrl Enter."""

    cleared = Signal(str, object)
    finished = Signal()

    def __init__(self, session: Session, entry: Entry, characters: float) -> None:
        super().__init__()
        self._session, self._entry, self._wide = session, entry, characters >= 85
        self._room = card_room(characters)
        self._inputs = [self._make_input(question, characters) for question in entry.parts]
        self._pending = _PendingDigits()
        self._message = Message()
        self._caption = label("", "body", tone="text2", wrap=True)
        self._reason = label("", "small", tone="ok", wrap=True)
        self._take = Button("", size="talk", key="F7")
        self._take.clicked.connect(lambda: self.take_suggestion())
        self.note = NoteLine()
        self.note.written.connect(lambda text: session.set_note(entry.address, text))
        self.note.closed.connect(self.focus_input)
        upper, lower = column(self._head(), gap=4, margins=_RING), column(gap=6, margins=_RING)
        hint = self._hint()
        if hint.text():
            upper.addWidget(hint)
        for piece in (self._message, self._caption, self._reason, self.note):
            lower.addWidget(piece)
        layout = column(upper, gap=4)
        self._add_inputs(layout)
        layout.addLayout(lower)
        self.setLayout(layout)

    def refresh(self, problems: Sequence[Problem]) -> None:
        """Show answers, errors, bands and the note as they are now."""
        interview, form = self._session.interview, self._session.form
        answers = {address: interview.answer(address) for address in self._entry.addresses()}
        errors = [problem for problem in problems if problem.kind != "soft"]
        shown = [problem for problem in errors if problem.kind != "required" or problem.address != self._entry.address]
        for each in self._inputs:
            each.show_answers(answers)
            each.set_wrong(frozenset(problem.address for problem in shown))
        self._message.say(problem_text(interview, form, shown[0]) if shown else "")
        self._show_caption(answers)
        reasons = [answer.reason for answer in answers.values() if answer.reason]
        self._reason.setText(tr("理由：{reason}", reason=comma().join(reasons)) if reasons else "")
        self._reason.setVisible(bool(reasons))
        self.note.show_note(self._session.note(self._entry.address))
        offered = suggestion(interview, self._entry)
        self._take.setVisible(offered is not None)
        if offered is not None:
            self._take.setText(offered.words)

    def take_suggestion(self) -> None:
        """Take the value that is offered (F7)."""
        offered = suggestion(self._session.interview, self._entry)
        if offered is not None:
            self._session.enter(offered.address, offered.answer)

    def focus_input(self) -> None:
        """Put the focus where answering begins: the first part without an answer."""
        interview, rows = self._session.interview, self._entry.address.rows
        for question, each in zip(self._entry.parts, self._inputs, strict=True):
            if not interview.answer(Address(question.path, rows)).given:
                each.focus()
                return
        self._inputs[0].focus()

    def digit(self, text: str) -> bool:
        """A digit typed on the card."""
        return len(self._inputs) == 1 and self._inputs[0].digit(text)

    def finish_digits(self) -> bool:
        """Act on digits still waiting; whether there were any."""
        return len(self._inputs) == 1 and self._inputs[0].finish_digits()

    # -- building -----------------------------------------------------------------------------------------------
    def _make_input(self, question: Question, characters: float) -> Input:
        session, rows = self._session, self._entry.address.rows
        address = Address(question.path, rows)
        own = {
            choice: Address(text.path, rows)
            for choice, text in self._entry.specify
            if text.extensions.get("specify") == question.name
        }
        part = Part(address, question, session.interview.choices(address), language(), own)
        made = make_input(part, characters, self)
        made.answered.connect(session.enter)
        made.cleared.connect(self.cleared)
        made.finished.connect(self.finished)
        made.pending.connect(lambda typed: self._pending.show_digits(typed))
        return made

    def _head(self) -> QHBoxLayout:
        number = label(self._entry.number, "question", tone="accent")
        title = label(self._entry.title, "question", wrap=True)
        natural = look.measure("question", self._entry.title) + 4
        long = natural > look.em(self._room * 0.6)
        title.setMinimumWidth(look.em(8) if long else natural)
        line = row(*([number] if self._entry.number else []), title, gap=10)
        if self._entry.estimated:
            line.addWidget(Tag(tr("推定"), "dashed"), 0, Qt.AlignmentFlag.AlignVCenter)
        if long:
            line.setStretchFactor(title, 1)
        else:
            line.addStretch(1)
        line.addWidget(self._pending)
        return line

    def _hint(self) -> QLabel:
        question = self._entry.question
        parts = [how_to_answer(question, len(self._session.form.choices(question)), self._wide)]
        parts += [text for part in self._entry.parts if (text := text_in(part.hint, language()))]
        return label("　".join(part for part in parts if part), "small", tone="text2", wrap=True)

    def _add_inputs(self, layout: QVBoxLayout) -> None:
        if not self._entry.composite:
            layout.addWidget(self._inputs[0])
            layout.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
            return
        grid = QGridLayout()
        grid.setSpacing(look.px(4))
        for place, (question, each) in enumerate(zip(self._entry.parts, self._inputs, strict=True)):
            total = bool(question.extensions.get("sum_of"))
            name = label(text_in(question.label, language()), "option", bold=total, wrap=True)
            width = min(look.measure("option", name.text(), bold=total) + 4, look.em(min(14, self._room * 0.35)))
            name.setMinimumWidth(width)
            grid.addWidget(name, place, 0)
            grid.addWidget(each, place, 1)
            if total and self._wide:
                grid.addWidget(self._take, place, 2)
        grid.setColumnStretch(3, 1)
        layout.addLayout(grid)
        if not self._wide:
            layout.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_caption(self, answers: Mapping[Address, Answer]) -> None:
        interview, form, rows = self._session.interview, self._session.form, self._entry.address.rows
        shown: list[str] = []
        for part in self._entry.parts:
            answer = answers[Address(part.path, rows)]
            shown += [tr("区分：{band}", band=band) for band in bands(interview, form, part, rows)]
            unit = part.extensions.get("unit", "")
            if unit in ("万円", "円") and answer.text.isdecimal():
                amount = large_amount(int(answer.text) * (10_000 if unit == "万円" else 1))
                shown += [tr("{amount}円", amount=amount)] if amount else []
            shown += self._compared(part, answer)
        self._caption.setText("　".join(shown))
        self._caption.setVisible(bool(shown))

    def _compared(self, part: Question, answer: Answer) -> list[str]:
        if part is not self._entry.parts[-1] or part.type not in ("integer", "decimal"):
            return []
        before = last_time(self._session.loaded.previous, self._session.form, self._entry)
        times = times_as_much(answer, before)
        if before is None or times is None or part.extensions.get("wareki") == "yes":
            return []
        return [tr("前回 {value}の約{times}倍です", value=before.lines[0], times=f"{times:.1f}")]


def how_to_answer(question: Question, count: int, wide: bool) -> str:
    """How many options may be chosen, and with which keys."""
    if question.type == "select_one":
        return tr("1つだけ　番号キーで選びます") if wide else tr("1つだけ")
    if question.type != "select_multiple":
        return ""
    if not wide:
        return tr("あてはまるものすべて")
    if count >= 10:
        return tr("あてはまるものすべて　2けたの番号は続けて押します")
    return tr("あてはまるものすべて　番号キーで選び、もう一度押すと外れます")


def bands(interview: Interview, form: Form, part: Question, rows: tuple[str, ...]) -> list[str]:
    """The words of the categories computed from a question (創業年 -> 60年以上)."""
    found: list[str] = []
    for derived in form.questions():
        if derived.extensions.get("source") == part.name:
            names = interview.answer(Address(derived.path, rows)).choices
            found += labels_of(form, derived, names)
    return found


class _PendingDigits(QFrame):
    """入力中の番号: the digits waiting for another one."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._digits = label("", "option", bold=True)
        words = label(tr("入力中の番号"), "small")
        self.setLayout(row(icon_label("keyboard", 16), words, self._digits, gap=8, margins=(12, 2, 12, 2)))
        self.hide()

    def show_digits(self, typed: str) -> None:
        """Show digits; "" hides the box."""
        self._digits.setText(f"{typed}_")
        self.setVisible(bool(typed))
