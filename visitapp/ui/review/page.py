"""The page 確認・確定."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitapp.fieldwork.visits import record_visit
from visitapp.i18n import tr
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.page import Page, Shell
from visitapp.ui.review.findings import Finding, find
from visitapp.ui.review.panel import ReviewPanel
from visitapp.ui.review.record import RecordPane
from visitapp.ui.visit.head import ElapsedTime, show_company
from visitapp.ui.visit.sealed import ask_reason
from visitapp.ui.visit.session import Session, session_for
from visitapp.ui.widgets.basics import icon_label, label, row, scroller
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.panes import Panes

if TYPE_CHECKING:
    from visitapp.fieldwork.responses import OpenResponse
    from visitapp.store.store import Store

_TWO_PANES = 75
"""Below this width in body characters findings and record become two tabs."""


class ReviewPage(Page):
    """Target: the id of a target."""

    id: ClassVar[str] = "review"
    room: ClassVar[bool] = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.session: Session | None = None
        self.panel: ReviewPanel | None = None
        self.record: RecordPane | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._elapsed = ElapsedTime(shell.now)
        self._make_actions()
        self._make_foot()

    def _make_actions(self) -> None:
        self._finalise = action(self, tr("確定する"), self.finalise, key="Ctrl+Return", menu="answer", group="answer")
        self._actions = [
            self._finalise,
            action(self, tr("回答へ戻る"), self._to_interview, key="Ctrl+R", menu="go", group="guide"),
            action(self, tr("施策の案内"), self._to_guidance, key="F8", menu="go", group="guide"),
            action(self, tr("元に戻す"), self._undo, key="Ctrl+Z", menu="edit", group="write"),
        ]

    def _make_foot(self) -> None:
        self._later = Button(tr("途中のまま終える"))
        self._later.clicked.connect(self._leave_draft)
        self._blocked = label("", "small", tone="err")
        self._blocked_icon = icon_label("circle-alert", 16, "err")
        self._done = Button(tr("確定する"), kind="primary", size="great", icon="check", key="Ctrl+Return")
        self._done.clicked.connect(self.finalise)
        for button in (self._later, self._done):
            button.setFixedHeight(look.px(40))
        self._why = QWidget()
        self._why.setLayout(row(self._blocked_icon, self._blocked, gap=6))

    # -- page ---------------------------------------------------------------------------------------------------
    def title(self) -> str:
        return tr("確認・確定")

    def actions_of_page(self) -> Sequence[QAction]:
        return self._actions

    def foot_buttons(self) -> Sequence[QWidget]:
        return (self._later, self._why, self._done) if look.percent() <= 150 else (self._why, self._done)

    def head_widgets(self) -> Sequence[QWidget]:
        return (self._elapsed,) if self._elapsed.shown else ()

    def key_hints(self) -> Sequence[tuple[str, str]]:
        return (("Down", tr("えらぶ")), ("Return", tr("問いへ移る")), ("F4", tr("無回答にする")))

    def first_focus(self) -> QWidget | None:
        return self.panel.first_focus() if self.panel is not None else None

    def activate(self, target: str, places: dict[str, str]) -> None:
        session = session_for(self.shell, target)
        if session is not self.session:
            self._take_down()
            self.session = session
            session.ready.connect(self._build)
            session.changed.connect(lambda _effect: self._refresh())
            session.noted.connect(lambda _address: self._refresh())
            session.records_changed.connect(self._refresh)
            session.sealed.connect(self._ask_reason)
            session.save_failed.connect(self._failed)
        if session.is_ready:
            self._build()

    def _take_down(self) -> None:
        while (item := self._layout.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.panel = self.record = None

    def _build(self) -> None:
        session = self.session
        if session is None or not session.is_ready:
            return
        if self.panel is None:
            self.panel = ReviewPanel(self._characters())
            self.panel.opened.connect(self._open)
            self.panel.no_answer.connect(lambda finding: self._no_answer([finding]))
            self.panel.all_none.connect(lambda: self._no_answer(find(session).gaps))
            self.panel.reason_given.connect(self._give_reason)
            self.record = RecordPane(self.shell, session)
            panes = [(tr("確認"), scroller(self.panel)), (tr("訪問の記録"), scroller(self.record))]
            self._layout.addWidget(Panes(panes, (0.7, 0.3), least=_TWO_PANES, lowest=240, gap=0))
            self._elapsed.start(session.began)
            if self.isVisible():
                self.shell.refresh_actions()
        self._refresh()
        if self.isVisible():
            show_company(self.shell, session)
        self._read_names()
        focus = self.first_focus()
        if focus is not None and self.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _characters(self) -> float:
        return look.characters(max(self.width(), self.window().width()))

    def _read_names(self) -> None:
        if self.session is None:
            return
        target = self.session.records.target.id

        def names(store: Store) -> dict[str, str]:
            from visitapp.commands.leaflets import guidance

            return {one.facts.id: one.facts.name for one in guidance(store, target).all_programmes}

        self.run(names, lambda found: self.record.show_names(found) if self.record is not None else None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.session is not None and self.session.is_ready:
            show_company(self.shell, self.session)
            self._refresh()

    def _refresh(self) -> None:
        session = self.session
        if session is None or not session.is_ready or self.panel is None:
            return
        found = find(session)
        final = session.records.response.status == "final"
        self.panel.show_findings(found, session.records.response.finalised_at or "" if final else "")
        self._done.setEnabled(found.ready and not final)
        self._finalise.setEnabled(found.ready and not final)
        self._why.setVisible(not found.ready and not final)
        counts = [tr("エラー{n}", n=len(found.errors))] if found.errors else []
        counts += [tr("理由なし{n}", n=found.unexplained)] if found.unexplained else []
        self._blocked.setText("・".join(counts))
        self._later.setText(tr("訪問一覧へ") if final else tr("途中のまま終える"))

    # -- deeds --------------------------------------------------------------------------------------------------
    def finalise(self) -> None:
        """Ctrl Enter: declare the response complete."""
        session, record = self.session, self.record
        if session is None or record is None or not self._done.isEnabled():
            return
        unrecorded, person = record.unrecorded(), self.shell.person
        self._done.setEnabled(False)

        def command(store: Store, opened: OpenResponse) -> None:
            if unrecorded is not None:
                when, outcome, respondent = unrecorded
                record_visit(store, opened.target.id, when, outcome, person, respondent=respondent)
            opened.finalise()

        session.do(command, lambda: self.shell.say(tr("回答票を確定しました。受渡で本部へ渡せます。")))

    def _open(self, finding: Finding) -> None:
        if self.session is not None:
            address = finding.entry.address if finding.entry is not None else finding.address
            rows = "/".join(address.rows)
            self.shell.go("interview", self.session.target_id, question=address.path, rows=rows, back="review")

    def _no_answer(self, findings: Sequence[Finding]) -> None:
        if self.session is not None:
            answers = {
                Address(part.path, finding.entry.address.rows): NO_ANSWER
                for finding in findings
                if finding.entry is not None
                for part in finding.entry.parts
            }
            self.session.enter_many(answers)

    def _give_reason(self, finding: Finding, reason: str) -> None:
        if self.session is not None:
            now = self.session.interview.answer(finding.address)
            self.session.enter(finding.address, Answer(now.text, now.no_answer, reason))

    def _ask_reason(self, action: Callable[[], object]) -> None:
        if self.session is not None and self.isVisible():
            ask_reason(self, self.session, action)

    def _failed(self, error: Exception) -> None:
        if self.isVisible():
            self.shell.show_error(error)
            self._refresh()

    def _leave_draft(self) -> None:
        self.shell.go("targets" if "targets" in self.shell.pages() else "all_targets")

    def _undo(self) -> None:
        if self.session is not None and self.session.is_ready:
            self.session.undo()

    def _to_interview(self) -> None:
        if self.session is not None:
            self.shell.go("interview", self.session.target_id)

    def _to_guidance(self) -> None:
        if self.session is not None:
            self.shell.go("guidance", self.session.target_id)
