"""受渡: what will go and where to, one big button, three stages, the log; and enrolment while there is none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from visitapp.errors import VisitappError
from visitapp.i18n import error_text, tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.handin.columns import columns
from visitapp.ui.handin.enrolment import EnrolDialog
from visitapp.ui.handin.loading import WAITING, Failure, HandInView, keep_failure, load_hand_in, waiting_packages
from visitapp.ui.handin.parts import Log, SendCard, Stages
from visitapp.ui.handin.places import find_places, keep_folder
from visitapp.ui.page import Page, Shell
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import Card, column, holder, label, row, scroller
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.notices import Banner, EmptyState
from visitapp.ui.widgets.tables import Table

if TYPE_CHECKING:
    from visitapp.commands.handin import HandedIn

_LOOK_AGAIN_MS = 3000
_LIST_HEIGHT = 170
"""The list is never lower (px at 100 %): with large text the page scrolls instead."""


class HandInPage(Page):
    """The laptop's hand-over."""

    id: ClassVar[str] = "handin"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._view: HandInView | None = None
        self._places: list[object] = []
        self._busy = self._done = self._arriving = False
        today = shell.now().date()
        self._where = label("", "small", tone="text2")
        self._banner = Banner("info")
        self._send = SendCard()
        self._send.pressed.connect(self._hand_in)
        self._send.other_place.connect(self._choose_folder)
        self._stages = Stages()
        self._stages.chosen.connect(lambda _stage: self._sift())
        self._table = Table(columns(today), tr("受渡の企業"))
        self._table.opened.connect(self._open)
        self._nothing = EmptyState("box", tr("ここにはありません"), tr("ほかの段階を選ぶと、その企業が出ます。"))
        self._list = QStackedWidget()
        self._list.addWidget(self._table)
        self._list.addWidget(self._nothing)
        self._log = Log()
        self._build()
        self._watch = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._watch.timeout.connect(self._look_for_places)
        self._go = action(self, tr("受渡する"), self._hand_in, key="Ctrl+Return", menu="visit")
        self._other = action(self, tr("ほかの場所を選ぶ"), self._choose_folder, menu="visit")
        self._enrol = action(self, tr("この端末を登録する"), self._open_enrolment, menu="visit")

    def _build(self) -> None:
        hint = tr("この端末の結果を本部へ渡し、本部からの知らせを受け取ります")
        title = Flow(label(self.title(), "title"), label(hint, tone="text2"), None, self._where, gap=12)
        card = Card(column(self._list, margins=(1, 1, 1, 1)))
        left = column(self._send, self._stages, card, gap=12)
        left.setStretch(2, 1)
        self._log.setMinimumWidth(look.px(300))
        halves = row(gap=14)
        halves.addLayout(left, 2)
        halves.addWidget(self._log, 1)
        card.setMinimumHeight(look.px(_LIST_HEIGHT))
        inside = column(title, self._banner, gap=12, margins=PAGE_MARGIN)
        inside.addLayout(halves, 1)
        self.setLayout(column(scroller(holder(inside)), gap=0))

    # -- Page -------------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("受渡")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._go, self._other, self._enrol)

    def activate(self, target: str, places: dict[str, str]) -> None:
        self._done = False
        self._arriving = True
        self._load()

    def on_changes(self) -> None:
        self._load()

    def first_focus(self) -> QWidget | None:
        return self._send.button

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._log.setVisible(look.characters(event.size().width()) >= 74)

    # -- showing --------------------------------------------------------------------------------------------------
    def _load(self) -> None:
        self.run(load_hand_in, self._show)

    def _show(self, view: HandInView) -> None:
        self._view = view
        self._show_where(view)
        self._send.show_view(view)
        self._stages.show_view(view)
        self._log.show_view(view, self.shell.now().date())
        self._table.set_rows([(one.line.target.id, one) for one in view.lines])
        if not view.enrolled:
            self._banner.say(
                "warn",
                tr("本部からの登録ファイルで登録すると、受渡できます。"),
                lead=tr("この端末はまだ登録されていません。"),
            )
            self._banner.offer(tr("登録する"), self._open_enrolment)
        self._enrol.setVisible(not view.enrolled)
        self.shell.set_badge("handin", view.finished)
        self._sift()
        self._look_for_places(always=True)

    def _show_where(self, view: HandInView) -> None:
        parts = [self.shell.device_code]
        if view.enrolled:
            parts.append(tr("本部の鍵 {key}", key=view.headquarters_key))
        self._where.setText("・".join(part for part in parts if part))

    def _sift(self) -> None:
        stage = self._stages.current()
        self._table.sieve.set_filter(lambda one: one.stage == stage)
        self._list.setCurrentIndex(0 if self._table.shown() else 1)

    def _look_for_places(self, *, always: bool = False) -> None:
        """Sticks come and go; packages of headquarters may have arrived."""
        places = find_places(self.shell.preferences)
        own = self.shell.device_code
        waiting = {place.path: waiting_packages(place.path, own) if place.usable else 0 for place in places}
        now: list[object] = [*places, *waiting.items()]
        if always or now != self._places:
            self._places = now
            self._send.show_places(places, waiting)
            self._show_button(sum(waiting.values()))

    def _show_button(self, waiting: int) -> None:
        view = self._view
        if view is None:
            return
        place = self._send.chosen()
        something = view.changes > 0 or waiting > 0 or bool(view.stage(WAITING))
        enabled = view.enrolled and place is not None and something and not self._busy and not self._done
        self._send.show_button(enabled=enabled, done=self._done, below=self._below(view, place, something))
        self._go.setEnabled(enabled)
        if enabled and self._arriving:
            self._arriving = False
            self._send.button.setFocus()

    def _below(self, view: HandInView, place: Path | None, something: bool) -> str:
        if self._busy:
            return tr("受渡しています…")
        return what_it_does(view, place, something=something and not self._done)

    # -- doing ------------------------------------------------------------------------------------------------------
    def _open(self, target_id: str) -> None:
        found = self._table.rows.get(target_id)
        if found is not None:
            self.shell.go("company", found.line.company.id)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("渡す場所を選ぶ"))
        if chosen:
            self.take_folder(Path(chosen))

    def take_folder(self, path: Path) -> None:
        """Hand in to this folder from now on."""
        keep_folder(self.shell.preferences, path)
        self._send.choose(path)
        self._done = False
        self._look_for_places(always=True)

    def _open_enrolment(self) -> None:
        dialog = EnrolDialog(self, self.shell.tasks, self.shell.person)
        dialog.enrolled.connect(self._enrolled)
        dialog.open()

    def _enrolled(self, code: str) -> None:
        self._banner.say("ok", tr("この端末は「{code}」として登録されました。", code=code))
        self.shell.tell_changed()

    def _hand_in(self) -> None:
        from visitapp.commands.handin import hand_in

        place, person = self._send.chosen(), self.shell.person
        if place is None or self._busy or not self._send.button.isEnabled():
            return
        self._busy = True
        self._show_button(0)
        self.write(lambda store: hand_in(store, place, person), lambda done: self._tell(done, place), self._failed)

    def _tell(self, done: HandedIn, place: Path) -> None:
        self._busy, self._done = False, True
        words = []
        if done.written is not None:
            words.append(
                tr("第{n}号を「{place}」へ書きました。", n=done.written.number, place=place.name or str(place))
            )
        if done.received:
            changes = sum(one.new_changes for one in done.received)
            words.append(
                tr("本部からの{n}件（変更{changes}件）を取り込みました。", n=len(done.received), changes=f"{changes:,}")
            )
        after = tr("本部へお持ちください。") if done.written is not None else ""
        if done.refused:
            problem = error_text(done.refused[0].error)
            self._banner.say("warn", problem, lead="".join(words))
        else:
            self._banner.say("ok", after, lead="".join(words) or tr("新しいものはありませんでした。"))
        self._stages.choose(WAITING if done.written is not None else self._stages.current())

    def _failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, VisitappError):
            self.shell.show_error(error)
            return
        text = error_text(error)
        self._banner.say("err", text)
        at = self.shell.now().isoformat(timespec="seconds")
        self.run(lambda store: keep_failure(store, Failure(at, error.code, text)), lambda _none: self._load())


def what_it_does(view: HandInView, place: Path | None, *, something: bool) -> str:
    """What the big button will do, or why it cannot be pressed."""
    if not view.enrolled:
        return tr("先に、この端末を登録してください。")
    if place is None:
        return tr("渡す場所がありません。")
    if not something:
        return tr("新しいものができると、また渡せます。")
    number = 1 + max((one.number or 0 for one in view.packages if one.direction == "out"), default=0)
    return tr("第{n}号を書き、本部からのものを取り込みます", n=number)
