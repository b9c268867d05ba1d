"""受信箱: get packages in safely. Before: what arrived and its checks. After: what it did, and the way on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from visitapp.i18n import tr
from visitapp.ui.actions import action
from visitapp.ui.inbox.arrived import ARRIVED, ArrivedCard
from visitapp.ui.inbox.details import DetailsPane
from visitapp.ui.inbox.drop import DropZone
from visitapp.ui.inbox.going_back import ask_to_go_back
from visitapp.ui.inbox.places import Snapshot, Watch, snapshot, sticks
from visitapp.ui.inbox.receipts import ReceiptCard
from visitapp.ui.inbox.result import ResultPane, told
from visitapp.ui.inbox.working import Batch, Past, load_past, take_all, write_receipts
from visitapp.ui.page import Page, Shell
from visitapp.ui.tasks import Cancelled
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import column, holder, label, row
from visitapp.ui.widgets.buttons import Button, action_button
from visitapp.ui.widgets.notices import Banner
from visitapp.ui.widgets.panes import Panes
from visitapp.ui.widgets.progress import show_progress

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival
    from visitapp.store.records import Package

_WATCHED = "inbox/folder"
_BEFORE, _AFTER = (0.65, 0.35), (0.42, 0.58)
"""The details take a third before an import, the result more than half after it."""
_TRIAL_LIMIT = 50_000
"""Changes up to which the ticked packages are tried beforehand; more would keep the store busy for seconds."""


class _Frame(Page):
    """What the inbox is made of, and which half of it is in sight."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.batch: Batch | None = None
        """What was taken in last, while its result is shown."""
        self._past = Past([], {}, 0, Path())
        self.setAcceptDrops(True)
        self._make_actions()
        self._make_parts()
        self._lay_out()

    def _make_actions(self) -> None:
        self._choose = action(
            self, tr("ファイルを選ぶ"), self.choose_files, key="Ctrl+O", menu="survey", icon="folder-open"
        )
        self._take = action(self, tr("取り込む"), self.take_in, key="Ctrl+Return", menu="survey", icon="inbox")
        self._folder = action(self, tr("見張るフォルダを選ぶ"), self.choose_folder, menu="survey", icon="folder")
        self._again = action(self, tr("もう一度調べる"), self.look, key="Ctrl+R", menu="survey")
        self._back = action(
            self, tr("この取込の前へ戻す"), self.ask_to_go_back, key="Ctrl+Shift+Z", menu="survey", icon="undo-2"
        )
        self._receipts = action(self, tr("受領書を書き出す"), self.write_receipts, menu="survey")

    def choose_files(self) -> None:
        """Add files by the system's dialog."""

    def choose_folder(self) -> None:
        """Watch another folder."""

    def take_in(self) -> None:
        """Take the ticked packages in."""

    def look(self) -> None:
        """Check everything that is there."""

    def ask_to_go_back(self) -> None:
        """Ask whether to go back to before the import shown."""

    def write_receipts(self) -> None:
        """Ask where, then write receipts."""

    def _make_parts(self) -> None:
        today = self.shell.now().date()
        self.main = Button(tr("{n}件を取り込む", n=0), kind="primary", size="talk", icon="inbox")
        self.main.clicked.connect(self._take.trigger)
        self._banner = Banner("ok")
        self._drop = DropZone(self._folder)
        self._arrived = ArrivedCard(today)
        self._arrived.choose.connect(self.choose_files)
        self._arrived.turned.connect(self._show_selected)
        self.list = self._arrived.list
        self.list.selected.connect(lambda _arrival: self._show_selected())
        self._receipt_card = ReceiptCard()
        self._receipt_card.wanted.connect(self.write_receipts)
        self._details = DetailsPane(today)
        self.result = ResultPane()
        self.result.conflicts_wanted.connect(lambda: self.shell.go("conflicts"))
        self.result.closed.connect(self.close_result)

    def _lay_out(self) -> None:
        self._undo = action_button(self._back, icon="undo-2", show_key=False)
        choose = action_button(self._choose, icon="folder-open", show_key=False)
        hint = label(tr("端末から届いた受渡を確かめて、本部の台帳に合わせます"), tone="text2", wrap=True)
        title = row(label(self.title(), "title"), hint, self._undo, choose, self.main, gap=12)
        title.setStretch(1, 1)
        self._right = QStackedWidget()
        self._right.addWidget(self._details)
        self._right.addWidget(self.result)
        left = column(self._drop, self._arrived, self._receipt_card, gap=12)
        left.setStretch(1, 1)
        self._panes = Panes([(tr("届いた受渡"), holder(left)), (tr("検査"), self._right)], _BEFORE)
        layout = column(title, self._banner, self._panes, gap=12, margins=PAGE_MARGIN)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._show_phase()

    def title(self) -> str:
        return tr("受信箱")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._take, self._choose, self._folder, self._again, self._receipts, self._back)

    def fixed_keys(self) -> Sequence[tuple[str, str, str]]:
        return (("answer", tr("取り込むものに印をつける・はずす"), "Space"),)

    def first_focus(self) -> QWidget | None:
        return self.main if self.main.isEnabled() else self.list

    def _show_phase(self) -> None:
        after = self.batch is not None
        self._drop.setVisible(not after)
        self._receipt_card.setVisible(after)
        self.main.setVisible(not after)
        self._right.setCurrentIndex(1 if after else 0)
        if not after:
            self._banner.say("ok", "")
        self._panes.set_shares(_AFTER if after else _BEFORE)
        if after:
            self._panes.show_pane(1)
        self._show_selected()

    def _show_selected(self) -> None:
        """The details of what is selected, and whether there is a way back to before it."""
        package = self._arrived.current_package()
        if package is not None:
            self._details.show_package(package, self._past.codes)
        else:
            self._details.show_arrival(self.list.current())
        undo = self.batch.first if self.batch is not None else package
        self._back.setEnabled(undo is not None and bool(undo.backup))
        self._undo.setVisible(self._back.isEnabled())

    def close_result(self) -> None:
        """Back to what has arrived."""
        if self.batch is not None:
            self.batch = None
            self._show_phase()
            (self.main if self.main.isEnabled() else self.list).setFocus()


class InboxPage(_Frame):
    """The headquarters' inbox."""

    id: ClassVar[str] = "inbox"

    def __init__(self, shell: Shell) -> None:
        self._files: list[Path] = []
        self._seen: Snapshot | None = None
        self._looking = self._shown = False
        super().__init__(shell)
        self.list.arrivals.ticked.connect(self._show_ticked)
        self._watch = Watch(self)
        self._watch.stirred.connect(self._look_if_stirred)

    # -- Page ----------------------------------------
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

    # -- what arrived ----------------------------------------
    def _places(self) -> list[Path]:
        kept = self.shell.preferences.text(_WATCHED)
        return [Path(kept) if kept else self._past.folder / "inbox", *sticks()]

    def look(self) -> None:
        if not self._looking:
            self._looking = True
            self.run(load_past, self._look_after, self._look_failed)

    def _look_after(self, past: Past) -> None:
        from visitapp.commands.arrivals import look_at

        self._past = past
        self._arrived.history.show_packages(past.packages, past.codes)
        if self.batch is not None:
            self.result.show_batch(self.batch, past.conflicts)
        places = self._places()
        self._watch.follow(places)
        self._drop.show_places(places)
        paths = [*places, *self._files]
        task = self.shell.tasks.run_long(
            lambda store, report: (snapshot(places), look_at(store, paths, report)),
            self._show_arrivals, self._look_failed, self, write=False,
        )  # fmt: skip
        show_progress(self._arrived.progress, task, tr("届いたものを検査しています"))

    def _look_failed(self, error: Exception) -> None:
        self._looking = False
        if not isinstance(error, Cancelled):
            self.shell.show_error(error)

    def _look_if_stirred(self) -> None:
        if not self._looking and not self.shell.tasks.busy:
            places = self._places()
            self.run(lambda _store: snapshot(places), lambda seen: self.look() if seen != self._seen else None)

    def _show_arrivals(self, found: tuple[Snapshot, list[Arrival]]) -> None:
        self._looking = False
        self._seen, arrivals = found
        self._arrived.show_arrivals(arrivals)
        self.shell.set_badge(self.id, sum(one.state != "again" for one in arrivals))
        if not self._shown and self.main.isEnabled() and self.list.hasFocus():
            self.main.setFocus()
        self._shown = True

    def _show_ticked(self) -> None:
        from visitapp.commands.arrivals import forecast

        chosen, person = self.list.arrivals.chosen(), self.shell.person
        self.main.setText(tr("{n}件を取り込む", n=len(chosen)))
        self.main.setEnabled(bool(chosen))
        self._take.setEnabled(bool(chosen))
        self._details.say_forecast(len(chosen), None)

        def show(made: int) -> None:
            if chosen == self.list.arrivals.chosen():
                self._details.say_forecast(len(chosen), made)

        if chosen and sum(len(one.changes) for one in chosen) <= _TRIAL_LIMIT:
            self.run(lambda store: forecast(store, chosen, person), show, lambda _error: None)

    # -- choosing ----------------------------------------
    def choose_files(self) -> None:
        kinds = tr("受渡のファイル (*.visitpkg)")
        chosen, _kind = QFileDialog.getOpenFileNames(self, tr("受渡のファイルを選ぶ"), "", kinds)
        self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: list[Path]) -> None:
        """Look at these files (or folders) too."""
        self._files += [path for path in paths if path not in self._files]
        if paths:
            self.close_result()
            self._arrived.show_list(ARRIVED)
            self.look()

    def choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("見張るフォルダを選ぶ"), str(self._places()[0]))
        if chosen:
            self.shell.preferences.keep_text(_WATCHED, chosen)
            self.look()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self._drop.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._drop.set_over(False)
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    # -- taking in ----------------------------------------
    def take_in(self) -> None:
        chosen, person = [one.path for one in self.list.arrivals.chosen()], self.shell.person
        if not chosen or self._looking:
            return
        self._looking = True
        self.main.setEnabled(False)
        self._take.setEnabled(False)
        task = self.shell.tasks.run_long(
            lambda store, report: take_all(store, chosen, person, report), self._taken, self._look_failed, self
        )
        show_progress(self._arrived.progress, task, tr("取り込んでいます"))

    def _taken(self, batch: Batch) -> None:
        self._looking = False
        self.batch = batch
        self._past = replace(self._past, codes=dict(batch.codes))
        tone, lead, text = told(batch, self.shell.now())
        self._banner.say(tone, text, lead=lead)
        self._arrived.show_list(ARRIVED)
        self._show_phase()
        self._receipt_card.show_batch(batch)
        if batch.done and (folder := self._receipt_card.folder(self.shell.preferences)) is not None:
            self._write_receipts_to(folder)
        self.shell.tell_changed()
        self.result.go_on.setFocus()

    # -- receipts and going back ----------------------------------------
    def write_receipts(self) -> None:
        kept = self._receipt_card.folder(self.shell.preferences)
        chosen = QFileDialog.getExistingDirectory(self, tr("受領書を書くフォルダを選ぶ"), str(kept or ""))
        if chosen:
            self._receipt_card.keep_folder(self.shell.preferences, Path(chosen))
            self._write_receipts_to(Path(chosen))

    def _write_receipts_to(self, folder: Path) -> None:
        person, codes = self.shell.person, self._past.codes
        packages = [one.package for one in self.batch.done] if self.batch is not None else self._past.packages
        peers = list(dict.fromkeys(package.peer or "" for package in packages))

        def done(written: list[Package]) -> None:
            self._receipt_card.show_written(written, folder, codes)
            self.shell.say(tr("受領書を{n}件書きました。", n=len(written)))

        self.shell.tasks.write(lambda store: write_receipts(store, peers, folder, person), done, owner=self)

    def ask_to_go_back(self) -> None:
        package = self.batch.first if self.batch is not None else self._arrived.current_package()
        if package is not None:
            ask_to_go_back(self, package, self._past.codes, self._going_back)

    def _going_back(self) -> None:
        self.batch = None
        self._arrived.show_list(ARRIVED)
        self._show_phase()
