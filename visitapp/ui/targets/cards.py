"""Today's visits as cards in order of time; the next one is larger and holds the main action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.dates import has_time, moment, short_moment
from visitapp.ui.notebook.words import town
from visitapp.ui.style import show_if
from visitapp.ui.widgets.basics import Card, clear, column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button, icon_button
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.states import target_state

if TYPE_CHECKING:
    from visitapp.fieldwork.targets import TargetLine
    from visitapp.ui.targets.loading import TargetsView

_WIDTH = 26
"""Body characters a card needs: as many are shown side by side, three at the most."""

_DONE = ("FINAL", "SENT", "RECEIVED", "NO_RESPONSE")


def verb(line: TargetLine) -> str:
    """What is to be done next with a company, as a button says it."""
    if line.state.name in ("STARTED", "RETURNED"):
        return tr("回答をつづける")
    return tr("回答票をみる") if line.response is not None else tr("回答をはじめる")


def is_done(line: TargetLine) -> bool:
    """Whether nothing is left to ask."""
    return line.state.name in _DONE


class VisitCard(Card):
    """One visit. ``pressed`` by its button."""

    pressed = Signal()

    def __init__(self, line: TargetLine, *, main: bool) -> None:
        super().__init__()
        self.set_state("current" if main else "")
        company = line.company
        at = moment(line.planned_at)
        time = f"{at:%H:%M}" if at is not None and has_time(line.planned_at) else tr("今日")
        head = row(
            label(time, "option", bold=True, tone="" if main else "text2"), Chip(target_state(line.state)), gap=8
        )
        if line.answered:
            head.addWidget(label(tr("{n}問に回答", n=line.answered), "small", tone="text2"))
        head.addStretch(1)
        if line.visits:
            head.addWidget(label(tr("訪問{n}回目", n=line.visits + (not is_done(line))), "caption", tone="text2"))
        name = label(company.name or "", "question" if main else "option", bold=True, wrap=True)
        facts = [
            town(company.address),
            company.industry or "",
            tr("{n}人", n=company.employees) if company.employees is not None else "",
        ]
        shown = "　".join(fact for fact in facts if fact)
        line_below = label(shown, "small" if main else "caption", tone="text2", wrap=True)
        opinions = label(tr("対応の残る意見 {n}件", n=line.open_opinions), "caption", tone="text2")
        show_if(opinions, line.open_opinions > 0)
        self.button = Button(
            verb(line),
            kind="primary" if main else "secondary",
            size="great" if main else "tool",
            after="arrow-right" if main else "",
        )
        self.button.clicked.connect(self.pressed)
        words = column(name, line_below, opinions, gap=2)
        if main:
            body: QHBoxLayout = row(words, self.button, gap=16)
            body.setStretch(0, 1)
            self.setLayout(column(head, None, body, None, gap=6, margins=(14, 10, 14, 10)))
        else:
            self.setLayout(column(head, words, None, row(None, self.button), gap=4, margins=(14, 10, 14, 10)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(look.px(136))


class TodayCards(QWidget):
    """At most three cards; arrow buttons lead to more. ``started`` (target id); ``plan`` when there is none today."""

    started = Signal(str)
    plan = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._lines: list[TargetLine] = []
        self._first = self._filled = 0
        self._row = row(gap=12)
        self.setLayout(self._row)
        self.main_button: Button | None = None

    def show_visits(self, lines: list[TargetLine]) -> None:
        """Show today's visits, the next one in sight."""
        self._lines = lines
        main = self._main()
        before = 1 if self._shown() > 2 else 0
        self._first = max(0, min(lines.index(main) - before if main is not None else 0, len(lines) - self._shown()))
        self._fill()

    def _shown(self) -> int:
        """How many cards stand side by side."""
        return max(1, min(3, int(look.characters(self.width()) / _WIDTH)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._lines and self._filled != self._shown():
            self.show_visits(self._lines)

    def _main(self) -> TargetLine | None:
        """The next visit: one that is going on, else the first that is not done."""
        open_ones = [line for line in self._lines if not is_done(line)]
        going_on = [line for line in open_ones if line.state.name == "STARTED"]
        return (going_on or open_ones or [None])[0]  # type: ignore[list-item]

    def _fill(self) -> None:
        focused = self.main_button is not None and self.main_button.hasFocus()
        clear(self._row)
        self._filled = self._shown()
        self.main_button = None
        if not self._lines:
            self._row.addWidget(self._nothing_today())
            return
        if self._first:
            self._row.addWidget(self._arrow("chevron-left", tr("前の訪問"), -1))
        main = self._main()
        for line in self._lines[self._first : self._first + self._filled]:
            card = VisitCard(line, main=line is main)
            card.pressed.connect(lambda line=line: self.started.emit(line.target.id))
            self._row.addWidget(card, 3 if line is main else 2)
            if line is main:
                self.main_button = card.button
        if self._first + self._filled < len(self._lines):
            self._row.addWidget(self._arrow("chevron-right", tr("次の訪問"), 1))
        if focused and self.main_button is not None:
            # The list was read again: whoever stood on the button stands on it still.
            self.main_button.setFocus()

    def _arrow(self, icon: str, text: str, step: int) -> QWidget:
        made = icon_button(icon, text)
        made.clicked.connect(lambda: self._step(step))
        return made

    def _step(self, step: int) -> None:
        self._first = max(0, min(self._first + step, len(self._lines) - self._shown()))
        self._fill()

    def _nothing_today(self) -> QWidget:
        button = Button(tr("予定を入れる"))
        button.clicked.connect(self.plan)
        words = column(
            None,
            label(tr("今日の訪問はありません"), bold=True),
            label(tr("一覧から企業を選ぶと、予定を入れられます。"), "small", tone="text2"),
            None,
            gap=2,
        )
        picture = icon_label("calendar-check", 32, "text3")
        made = Card(row(picture, words, None, button, gap=16, margins=(20, 10, 16, 10)))
        made.setMinimumHeight(look.px(72))
        return made


class HandInNote(QWidget):
    """What has not been handed in, when that was done last, and the way there (``pressed``)."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._waiting = label("", bold=True)
        self._last = label("", "caption", tone="text2")
        for part in (self._waiting, self._last):
            part.setAlignment(Qt.AlignmentFlag.AlignRight)
        go = Button(tr("受渡へ"), icon="box")
        go.clicked.connect(self.pressed)
        self.setLayout(row(column(self._waiting, self._last, gap=0), go, gap=12))

    def show_view(self, view: TargetsView, today: date) -> None:
        """The number and the time."""
        self._waiting.setText(tr("本部へ渡していない企業　{n}社", n=view.not_handed_in))
        when = short_moment(view.last_hand_in, today)
        state = tr("受領済み") if view.receipted else tr("受領待ち")
        none_yet = tr("受渡はまだありません")
        self._last.setText(tr("最後の受渡　{when}・{state}", when=when, state=state) if when else none_yet)
