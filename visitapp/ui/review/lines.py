"""The cards of the review: a heading, and one line for each thing to settle."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.review.findings import Finding
from visitapp.ui.style import mark
from visitapp.ui.widgets.basics import Card, column, holder, icon_label, label, row, rule
from visitapp.ui.widgets.buttons import Button, Link
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.fields import ChoiceField
from visitapp.ui.widgets.states import TONE_TEXT, StateLook, question_state


class CountTile(QFrame):
    """A state's icon, its number and its word."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._state = state
        self._icon = icon_label("circle", 20)
        self._number = label("", "title")
        self._word = label("", "small", tone="text2", wrap=True)
        words = column(self._number, self._word, gap=0)
        line = row(self._icon, words, gap=14, margins=(14, 6, 10, 6))
        line.setStretch(1, 1)
        self.setLayout(line)

    def show_count(self, count: int, words: str) -> None:
        """Show a number with its words."""
        shown = question_state(self._state)
        tone = "ok" if self._state == "error" and not count else shown.tone
        name = "check" if self._state == "error" and not count else shown.icon
        token = TONE_TEXT[tone]
        self._icon.show_icon(name, token)
        self._number.setText(f"{count:,}")
        mark(self._number, tone="err" if self._state == "error" and count else "")
        self._word.setText(words)
        self.setAccessibleName(f"{words} {count}")


class FindingLine(QFrame):
    """One thing to settle. Signals: ``opened`` (Finding) to go to its question; ``no_answer`` (Finding);
    ``reason_given`` (Finding, reason)."""

    opened = Signal(object)
    no_answer = Signal(object)
    reason_given = Signal(object, str)

    def __init__(self, finding: Finding, kind: str) -> None:
        super().__init__()
        self.finding, self.kind = finding, kind
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        number = label(finding.number, "body", bold=True, tone="text2", wrap=True)
        number.setFixedWidth(look.em(5.6))
        self._words = label(finding.words, "body", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._detail = label(finding.detail, "small", tone="text2", wrap=True)
        self._detail.hide()
        words = column(self._words, self._detail, gap=2)
        line = row(number, words, *self._right(), gap=10, margins=(14, 7, 14, 7))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setMinimumHeight(look.px(48))
        self.setAccessibleName(f"{finding.number} {finding.words} {finding.reason}".strip())

    def holds_focus(self) -> bool:
        """Whether the focus is on the line or in it."""
        inside = self.focusWidget()
        return self.hasFocus() or (inside is not None and inside.hasFocus())

    def _right(self) -> list[QWidget]:
        found = self.finding
        if self.kind == "error":
            return [self._button(tr("この問いへ"), lambda: self.opened.emit(found), primary=True)]
        pieces: list[QWidget] = []
        if self.kind == "warning":
            pieces.append(Chip(StateLook(found.reason, "check", "ok")) if found.reason else self._reasons())
        if self.kind == "gap":
            pieces.append(self._button(tr("無回答"), lambda: self.no_answer.emit(found)))
        if self.kind == "kept":
            why = Link(tr("なぜ"))
            why.clicked.connect(lambda: self._detail.setVisible(self._detail.isHidden()))
            pieces.append(why)
        else:
            go = Link(tr("問いへ"))
            go.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            go.clicked.connect(lambda: self.opened.emit(found))
            pieces.append(go)
        return pieces

    def _button(self, text: str, act: Callable[[], object], *, primary: bool = False) -> Button:
        kind, after = ("primary", "arrow-right") if primary else ("secondary", "")
        made = Button(text, kind=kind, size="tool", after=after)
        made.clicked.connect(lambda: act())
        return made

    def _reasons(self) -> ChoiceField:
        field = ChoiceField([("", tr("理由を選ぶ")), *((reason, reason) for reason in self.finding.reasons)])
        field.setAccessibleName(tr("このままでよい理由"))
        field.picked.connect(lambda reason: self.reason_given.emit(self.finding, reason) if reason else None)
        return field

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit(self.finding)
        elif event.key() == Qt.Key.Key_F4 and self.kind == "gap":
            self.no_answer.emit(self.finding)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(event.key() == Qt.Key.Key_Down)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.opened.emit(self.finding)

    def _move(self, down: bool) -> None:
        lines = [line for line in self.window().findChildren(FindingLine) if line.isVisible()]
        lines.sort(key=lambda line: line.mapToGlobal(line.rect().topLeft()).y())
        place = lines.index(self) + (1 if down else -1)
        if 0 <= place < len(lines):
            lines[place].setFocus(Qt.FocusReason.TabFocusReason)


class FindingCard(Card):
    """All lines of one kind under a heading; gone when there are none. Signals as its lines, ``all_none`` for gaps."""

    opened = Signal(object)
    no_answer = Signal(object)
    reason_given = Signal(object, str)
    all_none = Signal()

    def __init__(self, kind: str, icon_name: str, tone: str, title: str, hint: str) -> None:
        super().__init__()
        self.kind = kind
        if kind == "error":
            self.set_state("error")
        self._all = Button("", kind="plain", size="tool")
        self._all.clicked.connect(self.all_none)
        name = label(title, "body", bold=True, tone="err" if kind == "error" else "")
        words = label(hint, "small", tone="text2", wrap=True)
        head = row(icon_label(icon_name, 16, TONE_TEXT[tone]), name, words, self._all, gap=8, margins=(14, 4, 14, 4))
        head.setStretch(2, 1)
        top = holder(head)
        top.setMinimumHeight(look.px(34))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self.setLayout(column(top, self._lines, gap=0))
        self._all.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show these lines, keeping the focus on the same place in the list."""
        focused = next((place for place, line in enumerate(self.lines()) if line.holds_focus()), None)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for finding in findings:
            line = FindingLine(finding, self.kind)
            line.opened.connect(self.opened)
            line.no_answer.connect(self.no_answer)
            line.reason_given.connect(self.reason_given)
            self._lines.addWidget(rule())
            self._lines.addWidget(line)
        self._all.setText(tr("{n}件とも無回答にする", n=len(findings)))
        self._all.setVisible(self.kind == "gap" and len(findings) > 1)
        self.setVisible(bool(findings))
        if focused is not None and self.lines():
            self.lines()[min(focused, len(self.lines()) - 1)].setFocus()

    def lines(self) -> list[FindingLine]:
        """The lines from the top down."""
        items = (self._lines.itemAt(place) for place in range(self._lines.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, FindingLine)]
