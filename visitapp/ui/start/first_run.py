"""The first run: role, passphrase, enrolment, summary. One decision a page."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.office import TUTORIAL, Setup
from visitapp.ui.start.steps import (
    EnrolmentStep,
    PassphraseStep,
    RoleStep,
    Step,
    StepList,
    SummaryStep,
    place_words,
)
from visitapp.ui.widgets.basics import Card, column, frame, label, row, rule, rule_down
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.notices import Progress


class FirstRun(Card):
    """The four steps. ``finished`` with the ``Setup``; the caller answers with ``refuse`` or takes the card away."""

    finished = Signal(object)
    given_up = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setFixedSize(self._size())
        self._progress: Progress | None = None
        self.role_step, self.passphrase_step = RoleStep(), PassphraseStep()
        self.enrolment_step, self.summary_step = EnrolmentStep(), SummaryStep(folder)
        self._steps: list[Step] = [self.role_step, self.passphrase_step, self.enrolment_step, self.summary_step]
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(step)
            step.changed.connect(self._refresh)
        self._list = StepList([tr("使い方"), tr("合言葉"), tr("登録"), tr("確認")])
        self._back = Button(tr("戻る"), size="talk")
        self.next = Button(tr("次へ"), kind="primary", size="talk", key="Return")
        self._back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        where = label(tr("データの置き場所：{folder}", folder=place_words(folder)), "caption", tone="text2", wrap=True)
        self._where = where
        foot = row(where, None, self._back, self.next, gap=10)
        foot.setStretch(0, 1)
        right = column(self._stack, rule(), 8, foot, margins=(32, 28, 36, 20))
        right.setStretch(0, 1)
        self.setLayout(row(self._side(), rule_down(), right, gap=0, margins=(1, 1, 1, 1)))
        self._show(0)

    def _size(self) -> QSize:
        return QSize(look.px(920), look.px(620))

    def _side(self) -> QFrame:
        made = frame("side")
        made.setProperty("ground", "surface2")
        made.setFixedWidth(look.px(236))
        made.setLayout(
            column(
                label(tr("はじめの設定"), "option", bold=True),
                8,
                self._list,
                None,
                label(tr("すべてこのパソコンの中で行います。通信はしません。"), "caption", tone="text2", wrap=True),
                margins=(20, 24, 16, 24),
            )
        )
        return made

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._go_on()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _show(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._list.show_step(place)
        self._back.setText(tr("やめる") if place == 0 else tr("戻る"))
        self.next.setText(tr("はじめる") if place == len(self._steps) - 1 else tr("次へ"))
        self._where.setVisible(place == 0)
        self._refresh()
        self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where this step begins."""
        first = self._steps[self._stack.currentIndex()].first()
        (first or self.next).setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        self.next.setEnabled(self._steps[self._stack.currentIndex()].ready())

    def _go_back(self) -> None:
        if self._stack.currentIndex() == 0:
            self.given_up.emit()
        else:
            self._show(self._stack.currentIndex() - 1)

    def _go_on(self) -> None:
        place = self._stack.currentIndex()
        if not self._steps[place].ready() or not self.next.isEnabled():
            return
        if place == len(self._steps) - 1:
            self.next.setEnabled(False)
            self.finished.emit(self.setup())
            return
        self.enrolment_step.set_role(self.role_step.role())
        if place + 1 == len(self._steps) - 1:
            self._fill_summary()
        self._show(place + 1)

    def _fill_summary(self) -> None:
        words = {"laptop": tr("訪問に持っていく"), "headquarters": tr("本部で使う"), TUTORIAL: tr("まず試してみる")}
        role = self.role_step.role()
        enrolled = ""
        if role == "laptop":
            enrolled = tr("登録ファイルで登録します") if self.enrolment_step.enrolment() else tr("あとで登録します")
        self.summary_step.show_setup(words[role], self.enrolment_step.person.text().strip(), enrolled)

    def setup(self) -> Setup:
        """What was decided."""
        role = self.role_step.role()
        enrolment = self.enrolment_step.enrolment() if role == "laptop" else None
        return Setup(role, self.passphrase_step.field.text(), self.enrolment_step.person.text().strip(), enrolment)

    def show_progress(self) -> Progress:
        """It takes long: show how far it is, in place of the summary."""
        if self._progress is None:
            self._progress = Progress(tr("準備しています"))
            self.summary_step.body.insertWidget(self.summary_step.body.count() - 1, self._progress)
        self._progress.show()
        self._back.setEnabled(False)
        return self._progress

    def show_step(self, done: int, total: int, text: str) -> None:
        """How far it is, and what comes now."""
        if self._progress is not None:
            self._progress.show_step(done, total, None)
            self._progress.say(text)

    def go_back_to_summary(self) -> None:
        """It was stopped: nothing was made, and everything can be chosen again."""
        if self._progress is not None:
            self._progress.deleteLater()
            self._progress = None
        self._back.setEnabled(True)
        self._show(len(self._steps) - 1)

    def refuse(self, text: str) -> None:
        """It could not be made, or headquarters' file was not taken: say so on the page that can mend it."""
        self.go_back_to_summary()
        self._show(2)
        self.enrolment_step.refuse(text)
