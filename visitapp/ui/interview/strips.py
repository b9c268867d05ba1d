"""What the side panes become in a narrow window: a strip of section numbers, and three buttons."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.interview.outline_model import worst_state
from visitapp.ui.visit.marks import paint_state
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, Section, progress
from visitapp.ui.widgets.basics import holder, label, row
from visitapp.ui.widgets.states import question_state

WIDTH = 64


class _SectionButton(QAbstractButton):
    """Number and state of one section."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self.section = section
        self.state = QuestionState.UNANSWERED
        self.current = False
        self.setFixedSize(look.px(WIDTH) - look.px(8), look.px(32))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accentSoft"))
            painter.drawRoundedRect(self.rect(), look.px(4), look.px(4))
        painter.setFont(look.font("small", bold=True))
        painter.setPen(look.colour("accent" if self.current else "text2"))
        side = look.px(14)
        text = QRect(0, 0, self.width() // 2 - look.px(2), self.height())
        number = self.section.number or self.section.title[:1]
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        paint_state(painter, QRect(self.width() // 2 + look.px(2), (self.height() - side) // 2, side, side), self.state)
        painter.end()


class OutlineStrip(QScrollArea):
    """One button for each section that is asked. Signal: ``chosen`` (Entry)."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setFixedWidth(look.px(WIDTH))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        layout = QVBoxLayout()
        layout.setContentsMargins(look.px(4), look.px(12), look.px(4), look.px(8))
        layout.setSpacing(0)
        self._buttons = [_SectionButton(section) for section in session.structure.sections]
        for button in self._buttons:
            button.clicked.connect(lambda _on=False, pressed=button: self._press(pressed))
            layout.addWidget(button)
        layout.addStretch(1)
        self.setWidget(holder(layout, ground="surface"))
        self.refresh()

    def refresh(self) -> None:
        """Show the states as they are now."""
        sections = {section.address: section for section in self._session.structure.sections}
        for button in self._buttons:
            section = sections[button.section.address]
            button.section = section
            button.state = worst_state(self._session, tuple(section.all_entries()))
            button.setVisible(section.asked)
            word = question_state(button.state.value).word
            button.setToolTip(f"{section.title} {word}")
            button.setAccessibleName(f"{section.title} {word}")
            button.update()

    def show_current(self, entry: Entry) -> None:
        """Mark the section of the current question."""
        here = self._session.structure.section_of(entry)
        for button in self._buttons:
            button.current = button.section.address == here.address
            button.update()
            if button.current:
                self.ensureWidgetVisible(button)

    def _press(self, button: _SectionButton) -> None:
        first = next((entry for entry in button.section.all_entries() if entry.asked), None)
        if first is not None:
            self.chosen.emit(first)


class ProgressNote(QWidget):
    """31／44問 and its bar, in the foot of a narrow window."""

    def __init__(self) -> None:
        super().__init__()
        self._done = label("", "body", bold=True)
        self._bar = QProgressBar(textVisible=False)
        self._bar.setFixedWidth(look.em(7))
        self.setLayout(row(self._done, self._bar, gap=10))

    def show_progress(self, session: Session) -> None:
        """Show how far it is."""
        done, asked = progress(session.interview, session.structure.asked())
        self._done.setText(tr("{done}／{asked}問", done=done, asked=asked))
        self._bar.setRange(0, max(asked, 1))
        self._bar.setValue(done)


class _PartButton(QAbstractButton):
    """Icon over a word."""

    def __init__(self, icon: str, word: str) -> None:
        super().__init__()
        self._icon = icon
        self.setText(word)
        self.setCheckable(True)
        self.setAccessibleName(word)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(look.px(WIDTH) - look.px(4), look.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        token = "accent" if self.isChecked() else "text2"
        if self.isChecked():
            painter.fillRect(self.rect(), look.colour("accentSoft"))
        side = look.px(16)
        paint_icon(painter, self._icon, QRect((self.width() - side) // 2, look.px(8), side, side), token)
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour(token))
        words = self.rect().adjusted(0, look.px(28), 0, -look.px(6))
        painter.drawText(words, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.text())
        painter.end()


class SideStrip(QFrame):
    """企業・前回・意見: each opens its part over the centre. Signal: ``toggled`` (part or "")."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setFixedWidth(look.px(WIDTH))
        self._buttons = {
            "company": _PartButton("building-2", tr("会社")),
            "last": _PartButton("history", tr("前回")),
            "opinions": _PartButton("message-square", tr("意見")),
        }
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.px(2), look.px(12), look.px(2), 0)
        layout.setSpacing(look.px(6))
        for part, button in self._buttons.items():
            button.clicked.connect(lambda on, part=part: self.toggled.emit(part if on else ""))
            layout.addWidget(button)
        layout.addStretch(1)

    def show_open(self, part: str) -> None:
        """Mark the part that is open."""
        for name, button in self._buttons.items():
            button.setChecked(name == part)
