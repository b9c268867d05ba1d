"""The right pane: what is known about the company, what it answered last time, and its opinions."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Repeat
from visitapp.store import records
from visitapp.ui import look
from visitapp.ui.interview.opinions import OpinionPane
from visitapp.ui.page import Shell
from visitapp.ui.visit.previous import LastTime, last_time
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, choosing_question
from visitapp.ui.visit.values import shown_year
from visitapp.ui.visit.wording import answer_text, comma
from visitapp.ui.widgets.basics import clear, column, facts, holder, label, make_scroller, row, rule
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.fields import large_amount


class CompanyFacts(QWidget):
    """企業のこと: register facts, and the programmes it has used."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        lines = [line for line in company_lines(session) if line[1]]
        widest = max((look.measure("small", name) for name, _ in lines), default=0) * 100 // look.percent()
        shown = facts(lines, width=max(51, widest + 10))
        self.setLayout(column(label(tr("企業のこと"), "body", bold=True), shown, gap=6))


class LastAnswer(QWidget):
    """前回の答え to the current question. Signal: ``taken`` when it shall hold again."""

    taken = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._title = label(tr("前回の答え"), "body", bold=True)
        self._where = label("", "caption", tone="text2")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(look.px(2))
        self._same = Button(tr("前回と同じ"), size="tool", key="F6")
        self._same.clicked.connect(self.taken)
        self._differs = label("", "small", tone="text2", wrap=True)
        line = row(self._same, self._differs, gap=8)
        line.setStretch(1, 1)
        self.setLayout(column(row(self._title, self._where, None, gap=8), self._lines, line, gap=6))

    def show_for(self, entry: Entry | None) -> None:
        """Show what was answered last time, and whether today's answer differs."""
        before = last_time(self._session.loaded.previous, self._session.form, entry) if entry is not None else None
        clear(self._lines)
        self._same.setVisible(before is not None and before.answer is not None)
        if entry is None or before is None:
            self._where.setText("")
            self._differs.setText(tr("前回の答えはありません"))
            return
        year = tr("{year}年度", year=before.year) if before.year else ""
        self._where.setText("・".join(part for part in (year, entry.number) if part))
        for text in before.lines:
            self._lines.addWidget(label(f"• {text}", "body", wrap=True))
        self._differs.setText(self._compared(entry, before))

    def _compared(self, entry: Entry, before: LastTime) -> str:
        today = self._session.interview.answer(Address(entry.parts[-1].path, entry.address.rows))
        if before.answer is None:
            return tr("選択肢が前回と変わっています")
        if not today.given:
            return ""
        same = set(today.choices) == set(before.answer.choices) and today.no_answer == before.answer.no_answer
        return tr("今回と同じです") if same else tr("今回とちがいます")


class _GivingWay(QScrollArea):
    """As high as what is in it, and scrolls it when the window is too low: writing opinions keeps its room."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content = content
        make_scroller(self, content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        inside, width = self._content, self.width()
        height = inside.heightForWidth(width) if inside.hasHeightForWidth() else inside.sizeHint().height()
        return QSize(inside.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content.minimumSizeHint().width(), look.px(96))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class SidePane(QFrame):
    """The three parts, one under another; in a narrow window one at a time over the centre."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.company = CompanyFacts(session)
        self.last = LastAnswer(session)
        self.opinions = OpinionPane(shell, session)
        self._parts: dict[str, QWidget] = {
            "company": _padded(self.company),
            "last": _padded(self.last, "surface2"),
            "opinions": _padded(self.opinions),
        }
        self._rules = [rule(), rule()]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._facts = _GivingWay(holder(column(self._parts["company"], self._rules[0], self._parts["last"], gap=0)))
        layout.addWidget(self._facts)
        layout.addWidget(self._rules[1])
        layout.addWidget(self._parts["opinions"], 1)

    def show_only(self, part: str) -> None:
        """Show one part alone (narrow window), or "" for all."""
        for name, widget in self._parts.items():
            widget.setVisible(part in ("", name))
        for line in self._rules:
            line.setVisible(not part)
        self._facts.setVisible(part != "opinions")
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setAlignment(Qt.AlignmentFlag.AlignTop if part in ("company", "last") else Qt.AlignmentFlag(0))


def _padded(content: QWidget, ground: str = "") -> QWidget:
    return holder(column(content, margins=(14, 10, 10, 10)), ground=ground)


def company_lines(session: Session) -> list[tuple[str, str]]:
    """(name, value) of what the register knows; a value that is not known is ""."""
    company = session.records.company
    employees = tr("{n}人（台帳）", n=f"{company.employees:,}") if company.employees is not None else ""
    return [
        (tr("創業"), shown_year(str(company.founded_year)) if company.founded_year else ""),
        (tr("従業員"), employees),
        (tr("資本金"), capital(company)),
        (tr("業種"), company.industry or ""),
        (tr("施策"), used_programmes(session)),
    ]


def capital(company: records.Company) -> str:
    """The capital as it is read aloud: 5,000万円, 1億2,500万円."""
    yen = company.capital_yen
    if yen is None:
        return ""
    if language() != "ja":
        return f"{yen:,} yen"
    return f"{large_amount(yen)}円" if large_amount(yen) else f"{yen:,}円"


def used_programmes(session: Session) -> str:
    """The programmes the company has used, after earlier responses."""
    names: list[str] = []
    for earlier in session.loaded.previous:
        for repeat in (node for node in earlier.form.walk() if isinstance(node, Repeat)):
            question = choosing_question(repeat)
            answers = [a for address, a in earlier.answers.items() if question and address.path == question.path]
            names += [answer_text(earlier.form, question, answer) for answer in answers if question is not None]
    unique = list(dict.fromkeys(names))
    return tr("{n}件活用（{names}）", n=len(unique), names=comma().join(unique)) if unique else ""
