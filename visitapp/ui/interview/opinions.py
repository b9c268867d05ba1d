"""自由意見: the writing area that keeps its text and category until 追加, also over lock and crash."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.fieldwork.opinions import CATEGORIES, Draft, add_opinion
from visitapp.i18n import tr
from visitapp.store import records
from visitapp.ui import look
from visitapp.ui.page import Shell
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.writing import AreaField
from visitapp.ui.widgets.basics import clear, column, icon_label, label, row, rule
from visitapp.ui.widgets.buttons import Button, KeyCap
from visitapp.ui.widgets.checks import CheckBox
from visitapp.ui.widgets.fields import ChoiceField

if TYPE_CHECKING:
    from visitapp.fieldwork.responses import OpenResponse
    from visitapp.store.store import Store


class OpinionPane(QWidget):
    """Signal: ``left`` when the person goes back to the question with Esc."""

    left = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self._shell, self._session = shell, session
        self._count = label("", "small", tone="text2")
        self._category = ChoiceField([(name, name) for name in categories(session)])
        self._category.setAccessibleName(tr("意見の区分"))
        self._category.setMinimumContentsLength(10)
        self.area = AreaField(lines=4, placeholder=tr("お話を、ことばのまま書きます"))
        self.area.setFont(look.font("option"))
        self.area.setAccessibleName(tr("自由意見"))
        self._to_do = CheckBox(tr("あとで対応する"))
        self._add = Button(tr("追加"), key="Ctrl+Return")
        self._said = QVBoxLayout()
        self._said.setSpacing(look.px(6))
        head = row(icon_label("message-square", 16), label(tr("自由意見"), "body", bold=True), self._count, None,
                   KeyCap("F3"), gap=8)
        layout = column(head, self._category, self.area, row(self._to_do, None, self._add), self._said, gap=8)
        layout.setStretchFactor(self.area, 1)
        self.setLayout(layout)
        self._show_draft(session.draft)
        self.area.paused.connect(lambda _text: self._keep_draft())
        self.area.textChanged.connect(self._show_ready)
        self.area.added.connect(self.add)
        self._category.picked.connect(lambda _value: self._keep_draft())
        self._add.clicked.connect(self.add)
        session.records_changed.connect(self.show_said)
        self.show_said()
        self._show_ready()

    def add(self) -> None:
        """Keep what is written as an opinion; the area is emptied once it is on disk."""
        text, category = self.area.toPlainText(), self._category.value()
        if self.area.composing or not text.strip():
            return
        said_at = self._shell.now().isoformat(timespec="seconds")
        person, to_do = self._shell.person, self._to_do.isChecked()
        self._add.setEnabled(False)

        def command(store: Store, opened: OpenResponse) -> None:
            add_opinion(store, opened.response, opened.company.id, text, category, said_at, person, to_do=to_do)

        self._session.do(command, lambda: self._emptied(text))

    def _emptied(self, text: str) -> None:
        self._session.draft = Draft()
        rest = self.area.toPlainText()
        # What was typed while the opinion was being written down belongs to the next one.
        if not self.area.composing:
            self.area.flush()
            self.area.show_text(rest.removeprefix(text).lstrip())
        self._to_do.setChecked(False)
        self._show_ready()

    def flush(self) -> None:
        """Keep the draft now."""
        self.area.flush()

    def show_said(self) -> None:
        """What has been said in this visit, newest first."""
        now = self._session.records
        said = [opinion for opinion in now.opinions if opinion.response == now.response.id]
        self._count.setText(tr("今日 {n}件", n=len(said)) if said else "")
        clear(self._said)
        for opinion in said[:3]:
            self._said.addWidget(rule())
            self._said.addWidget(label(_head_of(opinion), "caption", tone="text2", wrap=True))
            self._said.addWidget(label(opinion.text or "", "small", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.area.composing:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_draft(self, unfinished: Draft) -> None:
        self.area.show_text(unfinished.text)
        if unfinished.category:
            self._category.set_value(unfinished.category)

    def _keep_draft(self) -> None:
        self._session.keep_draft(Draft(self.area.toPlainText(), self._category.value()))

    def _show_ready(self) -> None:
        self._add.setEnabled(bool(self.area.toPlainText().strip()))


def categories(session: Session) -> list[str]:
    """The report's headings, and others that are in use in this company."""
    used = {opinion.category for opinion in session.records.opinions if opinion.category}
    return [*CATEGORIES, *sorted(used - set(CATEGORIES))]


def _head_of(opinion: records.Opinion) -> str:
    try:
        time = datetime.fromisoformat(opinion.said_at or "").strftime("%H:%M")
    except ValueError:
        time = ""
    return f"{time}　{opinion.category or ''}".strip()
