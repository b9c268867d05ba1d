"""What stands in the head of the room: company and visit in one line, the time that has passed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.page import Shell
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.values import shown_date
from visitapp.ui.widgets.basics import icon_label, label, row


def show_company(shell: Shell, session: Session) -> None:
    """Company and visit in the room's head: 令和8年6月16日・面談・応対者 代表者."""
    now = session.records
    visit = now.visits[-1] if now.visits else None
    day = (visit.visited_at if visit else None) or now.response.visited_on or shell.now().date().isoformat()
    respondent = now.response.respondent or (visit.respondent if visit else None)
    parts = [
        shown_date(day[:10]),
        (visit.outcome if visit else None) or now.response.mode or "",
        tr("応対者 {name}", name=respondent) if respondent else "",
    ]
    shell.set_company(now.company.name or "", "・".join(part for part in parts if part))


def owner_action(parent: QObject, deed: Callable[[], object]) -> QAction:
    """相手に見せる; a shorter word on its button at large text sizes."""
    short = tr("見せる") if look.percent() > 150 else ""
    return action(parent, tr("相手に見せる"), deed, key="F9", menu="view", group="guide", short=short)


class ElapsedTime(QWidget):
    """経過 00:28, hours and minutes since the session began; gone in a narrow window."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._since: datetime | None = None
        self._text = label("", "small", tone="text2")
        self.setLayout(row(icon_label("clock", 14), self._text, gap=6))
        self._timer = QTimer(self, interval=10_000)
        self._timer.timeout.connect(self._show)

    def start(self, since: datetime) -> None:
        """Count from then."""
        self._since = since
        self._show()
        self._timer.start()

    @property
    def shown(self) -> bool:
        """Whether there is something to show, and room for it."""
        return self._since is not None and look.percent() <= 112

    def _show(self) -> None:
        if self._since is not None:
            minutes = max(0, int((self._now() - self._since).total_seconds() // 60))
            self._text.setText(tr("経過 {time}", time=f"{minutes // 60:02}:{minutes % 60:02}"))
