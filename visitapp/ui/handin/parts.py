"""The parts of the hand-in page: what goes and where to, the three stages, the log."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.dates import short_moment
from visitapp.ui.handin.loading import FRESH, RECEIVED, STAGES, WAITING, Failure, HandInLine, HandInView
from visitapp.ui.handin.places import HandInPlace
from visitapp.ui.icons import paint_icon
from visitapp.ui.style import show_if
from visitapp.ui.widgets.basics import Card, clear, column, holder, icon_label, label, row, rule, scroller
from visitapp.ui.widgets.buttons import Button, Link
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.choice import ChoiceCard
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.states import StateLook

if TYPE_CHECKING:
    from visitapp.store import records


class SendCard(Card):
    """What will go, where to, and the big button. ``pressed``; ``other_place`` to choose a folder."""

    pressed = Signal()
    other_place = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "question", wrap=True)
        self._content = label("", tone="text2", wrap=True)
        promise = label(tr("暗号化して署名します。受領書が届くまで、この端末から消えません。"), tone="text2", wrap=True)
        self._places = column(gap=6)
        self._group = QButtonGroup(self)
        self._chosen: Path | None = None
        self.button = Button(tr("受渡する"), kind="primary", size="handin", icon="box", key="Ctrl+Return")
        self.button.setMinimumWidth(look.px(300))
        self.button.clicked.connect(self.pressed)
        self._below = label("", "small", tone="text2", wrap=True)
        self._below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        other = Link(tr("ほかの場所を選ぶ"), "small")
        other.clicked.connect(self.other_place)
        left = column(self._title, self._content, promise, 2, self._places, None, gap=4)
        right = column(None, self.button, self._below, row(None, other, None), None, gap=10)
        line = row(left, right, gap=24, margins=(20, 16, 20, 16))
        line.setStretch(0, 1)
        self.setLayout(line)

    def show_view(self, view: HandInView) -> None:
        """What would go now."""
        fresh = view.stage(FRESH)
        if fresh:
            self._title.setText(_what_goes(fresh))
        elif view.changes:
            self._title.setText(tr("変更 {n}件を、本部へ渡します", n=f"{view.changes:,}"))
        else:
            self._title.setText(tr("渡していないものはありません"))
        totals = view.totals
        self._content.setText(
            tr(
                "訪問の記録 {visits}・自由意見 {opinions}・案内した施策 {offers}・変更 {changes}件",
                visits=totals.get("visit", 0),
                opinions=totals.get("opinion", 0),
                offers=totals.get("offer", 0),
                changes=f"{view.changes:,}",
            )
        )
        show_if(self._content, view.changes > 0)

    def show_button(self, *, enabled: bool, done: bool, below: str) -> None:
        """Whether something can be done now; ``below`` says what, or why not."""
        self.button.setEnabled(enabled)
        self.button.set_icon_name("check" if done else "box")
        self.button.setText(tr("渡しました") if done else tr("受渡する"))
        self._below.setText(below)

    def show_places(self, places: Sequence[HandInPlace], waiting: Mapping[Path, int]) -> None:
        """Where it can go; the choice stays, else the first usable one is chosen."""
        clear(self._places)
        usable = [place.path for place in places if place.usable]
        if self._chosen not in usable:
            self._chosen = usable[0] if usable else None
        for place in places:
            icon = "usb" if place.kind == "stick" else "folder"
            card = ChoiceCard(place.name, place.note(waiting.get(place.path, 0)), icon, mark_icon="check")
            card.setEnabled(place.usable)
            card.setChecked(place.path == self._chosen)
            card.toggled.connect(lambda on, path=place.path: self._choose(path, on))
            self._group.addButton(card)
            self._places.addWidget(card)
        if not places:
            hint = tr("USBメモリを挿すか、「ほかの場所を選ぶ」で共有フォルダを選んでください。")
            self._places.addWidget(label(hint, "small", tone="text2", wrap=True))

    def _choose(self, path: Path, on: bool) -> None:
        if on:
            self._chosen = path

    def chosen(self) -> Path | None:
        """The place it will go to."""
        return self._chosen

    def choose(self, path: Path) -> None:
        """Choose a place (it is shown as chosen with the next ``show_places``)."""
        self._chosen = path


def _what_goes(fresh: Sequence[HandInLine]) -> str:
    """回答票 3件と途中の1件を、本部へ渡します."""
    responses = [one.line.response for one in fresh if one.line.response is not None]
    final = sum(response.status == "final" for response in responses)
    draft, other = len(responses) - final, len(fresh) - len(responses)
    if not responses:
        return tr("予定や記録 {n}社分を、本部へ渡します", n=other)
    if not draft:
        return tr("回答票 {n}件を、本部へ渡します", n=final)
    return tr("回答票 {final}件と途中の{draft}件を、本部へ渡します", final=final, draft=draft)


class StageButton(QAbstractButton):
    """One of the three stages: icon, word, number of companies; chooses what the table shows."""

    def __init__(self, icon_name: str, word: str) -> None:
        super().__init__()
        self._icon_name, self._count = icon_name, 0
        self.setText(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(look.px(56))
        self.setMinimumWidth(look.measure("small", word) + look.px(120))

    def show_count(self, count: int) -> None:
        """How many companies stand there."""
        self._count = count
        self.setAccessibleName(tr("{word}、{n}社", word=self.text(), n=count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(250), look.px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        weight = 2 if self.isChecked() else 1
        painter.setPen(QPen(look.colour("accent" if self.isChecked() else "border"), weight))
        painter.setBrush(look.colour("surface"))
        half = weight / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), look.px(6), look.px(6))
        middle, size = self.height() // 2, look.px(20)
        paint_icon(painter, self._icon_name, QRect(look.px(16), middle - size // 2, size, size), "text2")
        painter.setPen(look.colour("text2"))
        painter.setFont(look.font("small"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(self.rect().adjusted(look.px(48), 0, 0, 0), left, self.text())
        painter.setPen(look.colour("text"))
        unit = tr("社")
        painter.setFont(look.font("body", bold=True))
        inner = self.rect().adjusted(0, 0, -look.px(16), 0)
        painter.drawText(inner.adjusted(0, look.px(3), 0, look.px(3)), right, unit)
        painter.setFont(look.font("title"))
        painter.drawText(inner.adjusted(0, 0, -look.measure("body", unit, bold=True) - look.px(2), 0), right,
                         f"{self._count:,}")  # fmt: skip


class Stages(QWidget):
    """渡していない → 受領待ち → 受領済み. ``chosen`` with the stage."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        words = {FRESH: tr("渡していない"), WAITING: tr("受領待ち"), RECEIVED: tr("受領済み")}
        icons = {FRESH: "laptop", WAITING: "hourglass", RECEIVED: "inbox"}
        self._buttons = {stage: StageButton(icons[stage], words[stage]) for stage in STAGES}
        group = QButtonGroup(self)
        line = row(gap=6)
        for stage, button in self._buttons.items():
            if stage != FRESH:
                line.addWidget(icon_label("chevron-right", 14))
            group.addButton(button)
            button.clicked.connect(lambda _on, stage=stage: self.chosen.emit(stage))
            line.addWidget(button, 1)
        self.setLayout(line)
        self._buttons[FRESH].setChecked(True)

    def current(self) -> str:
        """The stage whose companies are shown."""
        return next(stage for stage, button in self._buttons.items() if button.isChecked())

    def choose(self, stage: str) -> None:
        """Show another stage as chosen, without a signal."""
        self._buttons[stage].setChecked(True)

    def show_view(self, view: HandInView) -> None:
        """The numbers."""
        for stage, button in self._buttons.items():
            button.show_count(len(view.stage(stage)))


class Log(Card):
    """What was handed in and taken back, newest first; failures stay, with their code."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(gap=0)
        empty = EmptyState(
            "history", tr("まだ受渡をしていません"), tr("渡したこと、受け取ったことが、ここに残ります。")
        )
        self._empty = empty
        head = holder(row(label(tr("受渡の記録"), "option", bold=True), None, margins=(14, 10, 14, 10)))
        layout = column(head, rule(), empty, scroller(holder(self._lines)), gap=0, margins=(1, 1, 1, 1))
        layout.setStretch(3, 1)
        self.setLayout(layout)

    def show_view(self, view: HandInView, today: date) -> None:
        """The latest packages and failures."""
        clear(self._lines)
        entries: list[tuple[str, QWidget]] = [
            (package.received_at or package.created_at or "", _package_entry(package, today))
            for package in view.packages
        ]
        entries += [(failure.at, _failure_entry(failure, today)) for failure in view.failures]
        entries.sort(key=lambda entry: entry[0], reverse=True)
        for _at, widget in entries[:50]:
            self._lines.addWidget(widget)
            self._lines.addWidget(rule())
        self._lines.addStretch(1)
        self._empty.setVisible(not entries)


def _entry(icon: str, tone: str, when: str, right: QWidget | None, *lines: QWidget) -> QWidget:
    head = row(label(when, "caption", tone="text2"), None, gap=8)
    if right is not None:
        head.addWidget(right)
    picture = icon_label(icon, 18, tone)
    line = row(picture, column(head, *lines, gap=2), gap=10, margins=(14, 8, 14, 8))
    line.setStretch(1, 1)
    line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
    return holder(line)


def _package_entry(package: records.Package, today: date) -> QWidget:
    counts = json.loads(package.counts or "{}")
    changes = label(tr("回答票{responses}・変更{changes}件", responses=counts.get("response", 0),
                       changes=f"{counts.get('changes', 0):,}"), "small", tone="text2")  # fmt: skip
    when = short_moment(package.received_at or package.created_at, today)
    if package.direction == "in":
        text = tr("本部から第{n}号を受け取りました。", n=package.number)
        return _entry("arrow-down-to-line", "ok", when, None, label(text, "small", wrap=True), changes)
    receipted = package.status == "receipted"
    chip = StateLook(tr("受領済み"), "inbox", "ok") if receipted else StateLook(tr("受領待ち"), "hourglass", "warn")
    where = Path(package.path or "").parent.name
    text = tr("第{n}号を「{place}」へ書きました。", n=package.number, place=where)
    return _entry(
        "arrow-up-to-line", "ok" if receipted else "warn", when, Chip(chip), label(text, "small", wrap=True), changes
    )


def _failure_entry(failure: Failure, today: date) -> QWidget:
    code = label(failure.code, "caption", tone="text2")
    return _entry("circle-alert", "err", short_moment(failure.at, today), code, label(failure.text, "small", wrap=True))
