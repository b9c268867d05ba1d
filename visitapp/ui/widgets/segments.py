"""Segmented choice with counts, and the filter bar of a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QWidget

from visitapp.ui import look
from visitapp.ui.style import mark
from visitapp.ui.tokens import HEIGHT
from visitapp.ui.widgets.basics import column, row
from visitapp.ui.widgets.fields import SearchField
from visitapp.ui.widgets.flow import FlowLayout


class Segments(QFrame):
    """One of a few side by side. ``chosen`` with the id when a person chooses another."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, size: str = "default") -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QToolButton] = {}
        self._words = dict(choices)
        line = FlowLayout(gap=0)
        line.setContentsMargins(1, 1, 1, 1)
        for place, (key, word) in enumerate(choices):
            button = QToolButton()
            button.setCheckable(True)
            button.setText(word)
            button.setFont(look.font("small"))
            button.setProperty("role", "segment")
            button.setProperty("last", "true" if place == len(choices) - 1 else "false")
            button.setFixedHeight(look.px(HEIGHT[size] - 2))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
            button.clicked.connect(lambda _on, key=key: self.chosen.emit(key))
            self._group.addButton(button)
            self._buttons[key] = button
            line.addWidget(button)
        self.setLayout(line)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._fit()

    def choose(self, key: str) -> None:
        """Show one as chosen, without a signal. Unknown ids choose nothing."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def current(self) -> str:
        """The id of the chosen one, "" for none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_count(self, key: str, count: int) -> None:
        """Show a count behind the word."""
        self._buttons[key].setText(f"{self._words[key]} {count:,}")
        self._fit()

    def _fit(self) -> None:
        # Room for the bold text of the chosen one, so that choosing moves nothing.
        for button in self._buttons.values():
            button.setMinimumWidth(look.measure("small", button.text(), bold=True) + look.px(22))


class FilterBar(QWidget):
    """Search at the left, states with counts, and what else narrows the list. ``changed`` after any of them."""

    changed = Signal()

    def __init__(self, placeholder: str, states: Sequence[tuple[str, str]], *extra: QWidget, key: str = "") -> None:
        super().__init__()
        self.search = SearchField(placeholder, key)
        self.states = Segments(states)
        self.search.searched.connect(lambda _text: self.changed.emit())
        self.states.chosen.connect(lambda _key: self.changed.emit())
        self._upper = row(self.search, self.states, *extra)
        self._upper.setStretch(0, 1)
        self._lower = row(None)
        self.search.setMinimumWidth(look.em(11))
        self._layout = column(self._upper, margins=(12, 10, 12, 10))
        self.setLayout(self._layout)
        self._extra = extra
        mark(self, ground="surface")

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # Counts come after the bar is laid out, and make the states wider.
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._adapt()
        return done

    def _adapt(self) -> None:
        pieces = (self.search, *self._extra)
        needed = sum(map(_least, pieces)) + self.states.sizeHint().width()
        needed += look.px(8 * len(pieces) + 24)
        self._break_line(needed > self.width())

    def minimumSizeHint(self) -> QSize:
        """The width of the broken bar: it may always become that narrow."""
        upper = sum(map(_least, (self.search, *self._extra)))
        gaps = look.px(8 * len(self._extra))
        widest = max(upper + gaps, self.states.minimumSizeHint().width())
        return QSize(widest + look.px(24), super().minimumSizeHint().height())

    def _break_line(self, broken: bool) -> None:
        """Put the states into a line of their own where the width asks for it."""
        if broken == (self._layout.count() > 1):
            return
        if broken:
            self._upper.removeWidget(self.states)
            self._lower.insertWidget(0, self.states)
            self._layout.addLayout(self._lower)
        else:
            self._lower.removeWidget(self.states)
            self._layout.removeItem(self._lower)
            self._upper.insertWidget(1, self.states)


def _least(widget: QWidget) -> int:
    return max(widget.minimumWidth(), widget.minimumSizeHint().width())
