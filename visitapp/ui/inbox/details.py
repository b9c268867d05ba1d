"""The pane at the right: checks and content of the selected package, and what taking in would do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui.dates import short_moment
from visitapp.ui.inbox import words
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.widgets.basics import Card, clear, column, facts, holder, icon_label, label, row, rule, scroller
from visitapp.ui.widgets.notices import EmptyState

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival
    from visitapp.store.records import Package

_MARKS = {True: ("check", "ok"), False: ("circle-alert", "err"), None: ("minus", "text3")}


class DetailsPane(Card):
    """One package; ``say_forecast`` when the trial of the ticked ones is through."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._rest = column(gap=8, margins=(18, 14, 18, 14))
        self._forecast = label("", wrap=True)
        self._forecast_row = self._notice("meeting", "warn", self._forecast)
        self._safe = self._notice(
            "shield-check",
            "text2",
            label(tr("先に控えを取ります。数が合わないときは、全部をもとに戻します。"), wrap=True),
        )
        self._foot = holder(column(rule(), 2, label(tr("取り込むと"), bold=True), self._safe, self._forecast_row,
                                   gap=8, margins=(18, 0, 18, 14)))  # fmt: skip
        full = QWidget()
        layout = column(scroller(holder(self._rest)), self._foot, gap=0)
        layout.setStretch(0, 1)
        full.setLayout(layout)
        self._stack = QStackedLayout()
        self._stack.addWidget(EmptyState("inbox", tr("受渡を選んでください"), tr("ここに、検査の結果と中身が出ます。")))
        self._stack.addWidget(full)
        outer = column(margins=(1, 1, 1, 1))
        outer.addLayout(self._stack)
        self.setLayout(outer)

    def _notice(self, icon: str, tone: str, text: QWidget) -> QWidget:
        picture = icon_label(icon, 18, tone)
        line = row(picture, text, gap=8)
        line.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        line.setStretch(1, 1)
        return holder(line)

    def show_arrival(self, arrival: Arrival | None) -> None:
        """Show a package, or that none is selected."""
        self._stack.setCurrentIndex(0 if arrival is None else 1)
        if arrival is None:
            return
        clear(self._rest)
        head = row(label(words.title(arrival), "option", bold=True, wrap=True), None, gap=8)
        head.setStretch(0, 1)
        when = short_moment(arrival.header.created_at, self._today) if arrival.header is not None else ""
        self._rest.addLayout(head)
        line = "・".join(part for part in (arrival.person, when) if part)
        self._rest.addWidget(label(line or str(arrival.path.parent), "small", tone="text2", wrap=True))
        if text := words.message(arrival):
            self._rest.addWidget(label(text, wrap=True, tone="err" if arrival.state == "refused" else ""))
        self._rest.addWidget(rule())
        self._rest.addWidget(label(tr("検査"), bold=True))
        for check in words.checks(arrival):
            self._rest.addWidget(self._check(check))
        if arrival.counts:
            self._rest.addWidget(rule())
            self._rest.addWidget(label(tr("中身"), bold=True))
            self._rest.addWidget(facts(words.contents(arrival), width=96))
        self._rest.addStretch(1)

    def show_package(self, package: Package, codes: Mapping[str, str]) -> None:
        """Show one that was taken in before."""
        self._stack.setCurrentIndex(1)
        self._foot.hide()
        clear(self._rest)
        device = device_word(codes.get(package.peer or "", ""))
        title = tr("{device}　第{n}号", device=device, n=package.number)
        self._rest.addWidget(label(title, "option", bold=True, wrap=True))
        when = short_moment(package.received_at, self._today)
        done = tr("{when} に {person} が取り込みました", when=when, person=package.person or tr("本部"))
        self._rest.addWidget(label(done, "small", tone="text2", wrap=True))
        self._rest.addWidget(rule())
        self._rest.addWidget(label(tr("中身"), bold=True))
        self._rest.addWidget(facts(words.counted(json.loads(package.counts or "{}")), width=96))
        self._rest.addWidget(rule())
        kept = tr("取込の前の控えがあります。「この取込の前へ戻す」で、取り込む前に戻せます。")
        gone = tr("取込の前の控えはありません（新しいものがなかったか、古いので整理されました）。")
        self._rest.addWidget(label(kept if package.backup else gone, "small", tone="text2", wrap=True))
        self._rest.addStretch(1)

    def _check(self, check: words.Check) -> QWidget:
        icon, tone = _MARKS[check.good]
        state = {True: tr("合格"), False: tr("不合格"), None: tr("調べていません")}[check.good]
        text = label(check.text, tone="text3" if check.good is None else "", wrap=True)
        line = row(icon_label(icon, 16, tone), text, label(check.note, "caption", tone="text2"), gap=8)
        line.setStretch(1, 1)
        made = holder(line)
        made.setAccessibleName(f"{check.text}：{state}")
        return made

    def say_forecast(self, ticked: int, conflicts: int | None) -> None:
        """What the ticked ones would do; None while it is being tried."""
        self._foot.setVisible(ticked > 0)
        if conflicts is None:
            self._forecast.setText(tr("競合ができるか、調べています…"))
        elif conflicts:
            told = tr("{n}件を合わせると、競合が{m}件できる見込みです。どちらの値も残ります。", n=ticked, m=conflicts)
            self._forecast.setText(told)
        else:
            self._forecast.setText(tr("{n}件を合わせても、競合はできない見込みです。", n=ticked))
