"""受信箱: get packages in safely. Before: what arrived and its checks. After: what it did, and the way on."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QSplitter, QStackedWidget, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.inbox.details import DetailsPane
from visitapp.ui.inbox.going_back import GoBackDialog, go_back
from visitapp.ui.inbox.history import HistoryTable
from visitapp.ui.inbox.listing import ArrivalList
from visitapp.ui.inbox.places import Snapshot, Watch, snapshot, sticks
from visitapp.ui.inbox.receipts import ReceiptCard
from visitapp.ui.inbox.result import ResultPane
from visitapp.ui.inbox.working import Batch, take_all
from visitapp.ui.page import Page, Shell
from visitapp.ui.style import mark
from visitapp.ui.tasks import Cancelled, Task
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import Card, column, frame, holder, icon_label, label, row, rule
from visitapp.ui.widgets.buttons import Button, action_button
from visitapp.ui.widgets.notices import Banner, EmptyState, Progress
from visitapp.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival, Lost
    from visitapp.store.records import Package
    from visitapp.store.store import Store

_WATCHED = "inbox/folder"
_TRIAL_LIMIT = 50_000
"""Changes up to which the ticked packages are tried beforehand; more would keep the store busy for seconds."""

_History = tuple[list["Package"], dict[str, str], int]


class InboxPage(Page):
    """The headquarters' inbox."""

    id: ClassVar[str] = "inbox"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._files: list[Path] = []
        self._seen: Snapshot | None = None
        self._looking = False
        self._batch: Batch | None = None
        self._codes: dict[str, str] = {}
        self._packages: list[Package] = []
        self._home: Path | None = None
        self._watch = Watch(self)
        self._watch.stirred.connect(self._look_if_stirred)
        self.setAcceptDrops(True)
        self._make_actions()
        self._build()

    # -- building ----------------------------------------------------------------------------------------------------
    def _make_actions(self) -> None:
        self._choose = action(
            self, tr("ファイルを選ぶ"), self.choose_files, key="Ctrl+O", menu="survey", icon="folder-open"
        )
        self._take = action(self, tr("取り込む"), self.take_in, key="Ctrl+Return", menu="survey", icon="inbox")
        self._folder = action(self, tr("見張るフォルダを選ぶ"), self.choose_folder, menu="survey", icon="folder")
        self._again = action(self, tr("もう一度調べる"), self.look, key="F5", menu="survey")
        self._back = action(
            self, tr("この取込の前へ戻す"), self._ask_to_go_back, key="Ctrl+Shift+Z", menu="survey", icon="undo-2"
        )
        self._receipts = action(self, tr("受領書を書き出す"), self._write_receipts, menu="survey")

    def _build(self) -> None:
        today = self.shell.now().date()
        self._main = Button(tr("{n}件を取り込む", n=0), kind="primary", size="talk", icon="inbox")
        self._main.clicked.connect(self._take.trigger)
        self._undo = action_button(self._back, icon="undo-2", show_key=False)
        choose = action_button(self._choose, icon="folder-open", show_key=False)
        title = row(
            label(self.title(), "title"),
            label(tr("端末から届いた受渡を確かめて、本部の台帳に合わせます"), tone="text2", wrap=True),
            self._undo, choose, self._main, gap=12,
        )  # fmt: skip
        title.setStretch(1, 1)
        self._banner = Banner("ok")
        self._drop = self._make_drop()
        self._working = QStackedWidget()
        self._list = ArrivalList(today)
        self._list.selected.connect(self._select)
        self._list.arrivals.ticked.connect(self._show_ticked)
        self._history = HistoryTable(today)
        self._history.selected.connect(lambda _id: self._show_back())
        self._receipt_card = ReceiptCard()
        self._receipt_card.wanted.connect(self._write_receipts)
        self._details = DetailsPane(today)
        self._result = ResultPane()
        self._result.conflicts_wanted.connect(lambda: self.shell.go("conflicts"))
        self._result.closed.connect(self._close_result)
        self._right = QStackedWidget()
        self._right.addWidget(self._details)
        self._right.addWidget(self._result)
        left = column(self._drop, self._make_list_card(), self._receipt_card, gap=12)
        left.setStretch(1, 1)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(look.px(14))
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(holder(left))
        self._split.addWidget(self._right)
        layout = column(title, self._banner, self._split, gap=12, margins=PAGE_MARGIN)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._show_phase()

    def _make_drop(self) -> QFrame:
        made = frame("drop")
        self._watched = label("", "small", tone="text2", wrap=True)
        change = action_button(self._folder, kind="plain", size="tool", show_key=False)
        words = label(tr("USBメモリを挿すか、ファイルをここへ置くと、届いたものが並びます"), tone="text2", wrap=True)
        line = row(
            icon_label("download", 20), column(words, self._watched, gap=0), change, gap=14, margins=(16, 8, 12, 8)
        )
        line.setStretch(1, 1)
        made.setLayout(line)
        return made

    def _make_list_card(self) -> Card:
        self._segments = Segments([("arrived", tr("届いた受渡")), ("history", tr("これまでの取込"))], size="tool")
        self._segments.choose("arrived")
        self._segments.chosen.connect(self._show_list)
        self._counts = label("", "small", tone="text2", wrap=True)
        head = row(self._segments, self._counts, gap=10, margins=(12, 8, 12, 8))
        head.setStretch(1, 1)
        self._progress_place = column(gap=0)
        empty = EmptyState(
            "inbox",
            tr("届いた受渡はありません"),
            tr("USBメモリを挿すか、ファイルを選んでください。"),
            tr("ファイルを選ぶ"),
        )
        empty.pressed.connect(self.choose_files)
        self._lists = QStackedWidget()
        for part in (self._list, empty, self._history):
            self._lists.addWidget(part)
        layout = column(head, rule(), self._progress_place, self._lists, gap=0, margins=(1, 1, 1, 1))
        layout.setStretch(3, 1)
        return Card(layout)

    # -- Page ----------------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("受信箱")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._take, self._choose, self._folder, self._again, self._receipts, self._back)

    def fixed_keys(self) -> Sequence[tuple[str, str, str]]:
        return (("answer", tr("取り込むものに印をつける・はずす"), "Space"),)

    def first_focus(self) -> QWidget | None:
        return self._main if self._main.isEnabled() else self._list

    def activate(self, target: str, places: dict[str, str]) -> None:
        self.look()

    def on_changes(self) -> None:
        self.look()

    def remember(self) -> dict[str, str]:
        return {"files": "\n".join(str(path) for path in self._files)}

    def restore(self, kept: dict[str, str]) -> None:
        self._files = [Path(line) for line in kept.get("files", "").splitlines()]
        self.look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.set_active(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = look.characters(event.size().width()) < 62
        self._split.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
        self._share()

    def _share(self) -> None:
        """The details take a third before, the result more than half after."""
        room = self._split.width() if self._split.orientation() == Qt.Orientation.Horizontal else self._split.height()
        left = 0.42 if self._batch is not None else 0.65
        self._split.setSizes([round(room * left), round(room * (1 - left))])

    # -- what arrived ----------------------------------------------------------------------------------------------------
    def _places(self) -> list[Path]:
        kept = self.shell.preferences.text(_WATCHED)
        own = Path(kept) if kept else self._home / "inbox" if self._home is not None else None
        return [*([own] if own is not None else []), *sticks()]

    def look(self) -> None:
        """Check everything that is there; on the worker."""
        if self._looking:
            return
        self._looking = True
        if self._home is None:
            self.run(lambda store: store.folder, self._look_from, self._look_failed)
        else:
            self._look_from(self._home)

    def _look_from(self, home: Path) -> None:
        from visitapp.commands.arrivals import look_at

        self._home = home
        places = self._places()
        self._watch.follow(places)
        self._show_watched(places)
        paths = [*places, *self._files]
        self._load_history()
        task = self.shell.tasks.run_long(
            lambda store, report: (snapshot(places), look_at(store, paths, report)),
            self._show_arrivals, self._look_failed, self, write=False,
        )  # fmt: skip
        self._show_progress(task, tr("届いたものを検査しています"))

    def _look_failed(self, error: Exception) -> None:
        self._looking = False
        if not isinstance(error, Cancelled):
            self.shell.show_error(error)

    def _look_if_stirred(self) -> None:
        if self._looking or self.shell.tasks.busy:
            return
        places = self._places()
        self.run(lambda _store: snapshot(places), lambda seen: self.look() if seen != self._seen else None)

    def _show_watched(self, places: list[Path]) -> None:
        names = [tr("見張り中：{folder}", folder=places[0])] if places else []
        names += [tr("USBメモリ「{name}」", name=place.name) for place in places[1:]]
        self._watched.setText("・".join(names))

    def _show_arrivals(self, found: tuple[Snapshot, list[Arrival]]) -> None:
        self._looking = False
        self._seen, arrivals = found
        self._list.show_arrivals(arrivals)
        self._show_list(self._segments.current())
        waiting = sum(one.state != "again" for one in arrivals)
        self.shell.set_badge(self.id, waiting)

    def _show_list(self, which: str) -> None:
        arrivals = self._list.arrivals.arrivals()
        if which == "history":
            self._lists.setCurrentIndex(2)
            self._counts.setText(tr("{n}件", n=len(self._packages)))
            self._history.select_first()
        else:
            self._lists.setCurrentIndex(0 if arrivals else 1)
            self._counts.setText(_summary(arrivals))
        self._show_back()

    def _select(self, arrival: Arrival | None) -> None:
        self._details.show_arrival(arrival)

    def _show_ticked(self) -> None:
        chosen = self._list.arrivals.chosen()
        self._main.setText(tr("{n}件を取り込む", n=len(chosen)))
        self._main.setEnabled(bool(chosen))
        self._take.setEnabled(bool(chosen))
        self._details.say_forecast(len(chosen), None if chosen else 0)
        if chosen and sum(len(one.changes) for one in chosen) <= _TRIAL_LIMIT:
            self._try(chosen)

    def _try(self, chosen: list[Arrival]) -> None:
        from visitapp.commands.arrivals import forecast

        person = self.shell.person

        def show(made: int) -> None:
            if chosen == self._list.arrivals.chosen():
                self._details.say_forecast(len(chosen), made)

        self.run(lambda store: forecast(store, chosen, person), show, lambda _error: None)

    def _load_history(self) -> None:
        from visitapp.commands.arrivals import imported_packages
        from visitapp.commands.handin import devices

        def load(store: Store) -> _History:
            with store.read() as reader:
                waiting = len(reader.conflicts())
            return imported_packages(store), {one.id: one.code or "" for one in devices(store)}, waiting

        self.run(load, self._show_history)

    def _show_history(self, found: _History) -> None:
        self._packages, self._codes, waiting = found
        self._history.show_packages(self._packages, self._codes)
        if self._batch is not None:
            self._result.show_batch(self._batch, waiting)
        self._show_back()

    # -- choosing ----------------------------------------------------------------------------------------------------------
    def choose_files(self) -> None:
        """Add files by the system's dialog."""
        chosen, _kind = QFileDialog.getOpenFileNames(
            self, tr("受渡のファイルを選ぶ"), "", tr("受渡のファイル (*.visitpkg)")
        )
        self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: list[Path]) -> None:
        """Look at these files (or folders) too."""
        self._files += [path for path in paths if path not in self._files]
        if paths:
            self._close_result()
            self.look()

    def choose_folder(self) -> None:
        """Watch another folder."""
        start = str(self._places()[0]) if self._places() else ""
        chosen = QFileDialog.getExistingDirectory(self, tr("見張るフォルダを選ぶ"), start)
        if chosen:
            self.shell.preferences.keep_text(_WATCHED, chosen)
            self.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            mark(self._drop, state="over")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        mark(self._drop, state="")

    def dropEvent(self, event: QDropEvent) -> None:
        mark(self._drop, state="")
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    # -- taking in ---------------------------------------------------------------------------------------------------------
    def take_in(self) -> None:
        """Take the ticked packages in."""
        chosen = [one.path for one in self._list.arrivals.chosen()]
        if not chosen or self._looking:
            return
        self._looking = True
        self._main.setEnabled(False)
        self._take.setEnabled(False)
        person = self.shell.person
        task = self.shell.tasks.run_long(
            lambda store, report: take_all(store, chosen, person, report), self._taken, self._look_failed, self
        )
        self._show_progress(task, tr("取り込んでいます"))

    def _taken(self, batch: Batch) -> None:
        self._looking = False
        self._batch = batch
        self._tell(batch)
        self._segments.choose("arrived")
        self._show_phase()
        self._receipt_card.show_batch(batch, self._codes)
        if batch.done and (folder := self._receipt_card.folder(self.shell.preferences)) is not None:
            self._write_receipts_to(folder)
        self.shell.tell_changed()
        self._result.go_on.setFocus()

    def _tell(self, batch: Batch) -> None:
        done, seconds = len(batch.done), max(1, round(batch.seconds))
        if not done:
            self._banner.say("warn", tr("取り込めたものはありません。何も変わっていません。"))
            return
        lead = tr("{n}件を取り込みました。変更{m}件を合わせ、数はすべて一致しました。", n=done, m=f"{batch.changes:,}")
        if not batch.agrees:
            lead = tr("{n}件を取り込みましたが、数が合いません。管理者に知らせてください。", n=done)
        rest = tr("残りは競合{n}件です。", n=batch.conflicts) if batch.conflicts else tr("新しい競合はありません。")
        if batch.stopped:
            rest += tr("途中で止めました。残りの受渡は元のままです。")
        tone = "ok" if batch.agrees and not batch.stopped else "warn"
        self._banner.say(
            tone, tr("{rest}（{time}・{n}秒）", rest=rest, time=f"{self.shell.now():%H:%M}", n=seconds), lead=lead
        )

    def _show_phase(self) -> None:
        after = self._batch is not None
        self._drop.setVisible(not after)
        self._receipt_card.setVisible(after)
        self._main.setVisible(not after)
        self._right.setCurrentIndex(1 if after else 0)
        if not after:
            self._banner.say("ok", "")
        self._share()
        self._show_back()

    def _close_result(self) -> None:
        if self._batch is not None:
            self._batch = None
            self._show_phase()
            self._main.setFocus()

    def _show_progress(self, task: Task, text: str) -> None:
        shown = Progress(text)
        shown.hide()
        started = time.monotonic()
        self._progress_place.addWidget(shown)
        task.late.connect(shown.show)
        shown.cancelled.connect(task.cancel)
        task.destroyed.connect(shown.deleteLater)

        def step(done: int, total: int) -> None:
            spent = time.monotonic() - started
            shown.show_step(done, total, spent / done * (total - done) if done else None)

        task.progressed.connect(step)

    # -- receipts and going back ---------------------------------------------------------------------------------------------
    def _write_receipts(self) -> None:
        kept = self._receipt_card.folder(self.shell.preferences)
        chosen = QFileDialog.getExistingDirectory(self, tr("受領書を書くフォルダを選ぶ"), str(kept or ""))
        if chosen:
            self._receipt_card.keep_folder(self.shell.preferences, Path(chosen))
            self._write_receipts_to(Path(chosen))

    def _write_receipts_to(self, folder: Path) -> None:
        from visitapp.ui.inbox.working import write_receipts

        person, done = self.shell.person, self._batch.done if self._batch is not None else []
        peers = list(dict.fromkeys(result.package.peer or "" for result in done)) or list(
            dict.fromkeys(package.peer or "" for package in self._packages)
        )
        self.shell.tasks.write(
            lambda store: write_receipts(store, peers, folder, person),
            lambda written: self._receipt_card.show_written(written, folder, self._codes),
            owner=self,
        )

    def _package_to_undo(self) -> Package | None:
        if self._batch is not None:
            return self._batch.first
        if self._segments.current() == "history":
            return self._history.rows.get(self._history.current_id())
        return None

    def _show_back(self) -> None:
        package = self._package_to_undo()
        possible = package is not None and bool(package.backup)
        self._back.setEnabled(possible)
        self._undo.setVisible(possible)

    def _ask_to_go_back(self) -> None:
        from visitapp.commands.arrivals import backup_before, lost_by_going_back

        package = self._package_to_undo()
        if package is None:
            return

        def find(store: Store) -> tuple[Path | None, Lost]:
            return backup_before(store, package), lost_by_going_back(store, package)

        def ask(found: tuple[Path | None, Lost]) -> None:
            copy, lost = found
            if copy is None:
                self._banner.say("warn", tr("この取込の前の控えは、古いので整理されました。戻せません。"))
                return
            dialog = GoBackDialog(self, lost, self._codes)
            dialog.accepted.connect(lambda: self._go_back(package, copy, dialog.passphrase.text()))
            dialog.open()

        self.run(find, ask)

    def _go_back(self, package: Package, copy: Path, passphrase: str) -> None:
        self._batch = None
        self._show_phase()
        go_back(self, copy, passphrase)


def _summary(arrivals: Sequence[Arrival]) -> str:
    """取り込める 3・待ち 1・こわれている 1."""
    states = [one.state for one in arrivals]
    parts = [
        tr("取り込める {n}", n=states.count("ready")) if "ready" in states else "",
        tr("待ち {n}", n=states.count("waiting")) if "waiting" in states else "",
        tr("取り込めない {n}", n=states.count("refused")) if "refused" in states else "",
        tr("取込済み {n}", n=states.count("again")) if "again" in states else "",
    ]
    return "・".join(part for part in parts if part)
