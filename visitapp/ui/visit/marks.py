"""The mark of a question's state: shape, word and colour (ui/README section 6)."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visitapp.questionnaire.interview import QuestionState
from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.widgets.states import TONE_TEXT, question_state


def paint_state(painter: QPainter, rect: QRect, state: QuestionState) -> None:
    """Draw the mark of a state into a square."""
    shown = question_state(state.value)
    paint_icon(painter, shown.icon, rect, TONE_TEXT[shown.tone])


class StateMark(QWidget):
    """The mark as a widget; its word is its tooltip and accessible name. ``size`` in px at 100 %."""

    def __init__(self, size: int = 18, state: QuestionState = QuestionState.UNANSWERED) -> None:
        super().__init__()
        self.setFixedSize(look.px(size), look.px(size))
        self._state = state
        self.show_state(state)

    def show_state(self, state: QuestionState) -> None:
        """Show another state."""
        self._state = state
        word = question_state(state.value).word
        self.setToolTip(word)
        self.setAccessibleName(word)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_state(painter, self.rect(), self._state)
        painter.end()
