"""One question on the screen: current (open for answering), settled (one line), or coming (its title)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.answers import Answer
from visitapp.ui import look
from visitapp.ui.interview.body import CardBody
from visitapp.ui.interview.notices import WarningBanner
from visitapp.ui.interview.room import NARROW, card_room
from visitapp.ui.style import mark
from visitapp.ui.tokens import ROW
from visitapp.ui.visit.advice import ready_reasons
from visitapp.ui.visit.marks import StateMark
from visitapp.ui.visit.places import Slot
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, entry_problems, entry_state
from visitapp.ui.visit.wording import entry_text, problem_text, spoken_name
from visitapp.ui.widgets.basics import column, holder, label, row
from visitapp.ui.widgets.chips import Tag

_NUMBER_WIDTH = 5.2


class QuestionCard(QFrame):
    """A card. Signals: ``opened`` (itself) when the person wants to answer here; ``cleared`` from its options;
    ``finished`` when a writing area is left with Ctrl Enter."""

    opened = Signal(object)
    cleared = Signal(object, str, object)
    finished = Signal()

    def __init__(self, session: Session, entry: Entry, characters: float) -> None:
        super().__init__()
        self.session, self.entry = session, entry
        self._characters = characters
        self.setProperty("role", "card")
        self.body: CardBody | None = None
        self._current = False
        self._line = self._make_line()
        self._coming = self._make_coming()
        self.warning = WarningBanner(wide=characters >= NARROW)
        self.warning.reason_given.connect(self._give_reason)
        self._below = Slot(self.warning, (4, 0, 4, 0))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(look.px(14), look.px(5), look.px(14), look.px(5))
        self._layout.setSpacing(look.px(6))
        for piece in (self._line, self._coming, self._below):
            self._layout.addWidget(piece)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.refresh()

    @property
    def current(self) -> bool:
        """Whether the card is open for answering."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Open the card for answering, or close it."""
        if current and self.body is None:
            self.body = CardBody(self.session, self.entry, self._characters)
            self.body.cleared.connect(lambda name, names: self.cleared.emit(self, name, names))
            self.body.finished.connect(self.finished)
            self._layout.insertWidget(2, self.body)
        if self.body is not None:
            # Shown now, not at the next turn of the event loop: the height is needed at once.
            self.body.setVisible(current)
        self._current = current
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if current else Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor if current else Qt.CursorShape.PointingHandCursor)
        mark(self, state="current" if current else "")
        # Inside the current card every piece keeps 4 px for the focus ring.
        side, top = (12, 10) if current else (14, 5)
        self._layout.setContentsMargins(look.px(side), look.px(top), look.px(side), look.px(top))
        self.refresh()

    def refresh(self) -> None:
        """Show what the interview says now."""
        interview, form = self.session.interview, self.session.form
        state = entry_state(interview, self.entry)
        problems = entry_problems(interview, self.entry)
        settled = any(interview.answer(address).given for address in self.entry.addresses())
        self._line.setVisible(not self._current and settled)
        self._coming.setVisible(not self._current and not settled)
        self._answer.setText(entry_text(interview, form, self.entry))
        self._mark.show_state(state)
        errors = sum(problem.kind != "soft" for problem in problems)
        self.setAccessibleName(spoken_name(interview, self.entry, state, errors or len(problems)))
        soft = next((problem for problem in problems if problem.kind == "soft"), None)
        self.warning.say(
            problem_text(interview, form, soft) if soft and (settled or self._current) else "",
            ready_reasons(self.entry) if soft else (),
        )
        if self._current and self.body is not None:
            self.body.refresh(problems)

    def focus_input(self) -> None:
        """Put the focus where answering begins."""
        if self._current and self.body is not None:
            self.body.focus_input()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- keys and pointer ---------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._current and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self)
        elif self._current and plain and event.text().isdecimal() and self.body is not None:
            event.setAccepted(self.body.digit(event.text()))
        elif self._current and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._finish_digits():
            event.accept()
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._current and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self)
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _finish_digits(self) -> bool:
        return self.body is not None and self.body.finish_digits()

    def _give_reason(self, reason: str) -> None:
        interview = self.session.interview
        soft = next((p for p in entry_problems(interview, self.entry) if p.kind == "soft"), None)
        if soft is not None:
            answer = interview.answer(soft.address)
            # Before the buttons vanish with the warning: the keys go on working on the question.
            self.focus_input()
            self.session.enter(soft.address, Answer(answer.text, answer.no_answer, reason))

    # -- building -----------------------------------------------------------------------------------------------
    def _make_line(self) -> QWidget:
        number = label(self.entry.number, "answer", tone="text2")
        number.setMinimumWidth(look.em(_NUMBER_WIDTH) if self._characters >= NARROW else 0)
        title = label(self.entry.title, "body", tone="text2")
        title.setWordWrap(True)
        title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        room = card_room(self._characters)
        title.setMinimumWidth(min(look.em(min(20, room * 0.4)), look.measure("body", self.entry.title) + 4))
        self._answer = label("", "answer", wrap=True)
        self._answer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._mark = StateMark(18)
        edit = label(tr("直す"), "body", tone="accent")
        font = edit.font()
        font.setUnderline(True)
        edit.setFont(font)
        pieces: list[QWidget] = [number]
        if self.entry.estimated:
            pieces.append(Tag(tr("推定"), "dashed"))
        line = row(*pieces, title, self._answer, self._mark, edit, gap=10)
        line.setStretch(line.indexOf(self._answer), 1)
        made = holder(line)
        made.setMinimumHeight(look.px(ROW["settled"] - 12))
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made

    def _make_coming(self) -> QWidget:
        text = f"{self.entry.number}  {self.entry.title}".strip()
        title = label(text, "question", tone="text2", wrap=True)
        pieces: list[QWidget] = [title]
        if self.entry.estimated:
            pieces.append(Tag(tr("推定"), "dashed"))
        line = row(*pieces, gap=10)
        line.setStretch(0, 1)
        made = holder(column(line, margins=(0, 6, 0, 6)))
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made
