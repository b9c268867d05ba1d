"""What an import did: what was merged, what is in conflict, counts before and after, and the way on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui.notebook.devices import kind_word
from visitapp.ui.widgets.basics import Card, clear, column, holder, icon_label, label, row, rule
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.chips import Chip
from visitapp.ui.widgets.states import StateLook
from visitapp.ui.widgets.tables import Cell, Column, Table

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Tally
    from visitapp.ui.inbox.working import Batch

_ALWAYS = ("response", "answer", "visit", "opinion", "offer", "company")


def _count(number: int, *, sort: int, bold: bool = False) -> Cell:
    return Cell(f"{number:,}", bold=bold, tone="" if number else "text2", sort=sort)


def _columns() -> list[Column[Tally]]:
    same, other = StateLook(tr("一致"), "check", "ok"), StateLook(tr("不一致"), "circle-alert", "err")
    return [
        Column("kind", tr("種類"), lambda one: Cell(kind_word(one.table))),
        Column("before", tr("取込の前"), lambda one: _count(one.before, sort=one.before), width=5, right=True),
        Column("new", tr("新しい"), lambda one: _count(one.new, sort=one.new), width=5, right=True),
        Column("changed", tr("変わった"), lambda one: _count(one.changed, sort=one.changed), width=5, right=True),
        Column("deleted", tr("消した印"), lambda one: _count(one.deleted, sort=one.deleted), width=5, right=True),
        Column("after", tr("取込の後"), lambda one: _count(one.after, sort=one.after, bold=True), width=5, right=True),
        Column("check", tr("検算"), lambda one: Cell(chip=same if one.agrees else other), width=6),
    ]


class Tile(Card):
    """A key figure with its word and a line below."""

    def __init__(self) -> None:
        super().__init__()
        self._word = label("", "small", tone="text2", wrap=True)
        self._figure = label("", "figure")
        self._unit = label("", bold=True)
        self._below = label("", "small", tone="text2", wrap=True)
        figure = row(self._figure, self._unit, None, gap=2)
        figure.setAlignment(self._unit, Qt.AlignmentFlag.AlignBottom)
        self.setLayout(column(self._word, figure, self._below, None, gap=2, margins=(14, 10, 14, 10)))

    def say(self, word: str, figure: int, unit: str, below: str, *, warn: bool = False) -> None:
        """Show a figure; ``warn`` when it waits for somebody."""
        self._word.setText(word)
        self._figure.setText(f"{figure:,}")
        self._unit.setText(unit)
        self._below.setText(below)
        self.set_state("warn" if warn else "")
        self.setAccessibleName(tr("{word} {n}{unit}", word=word, n=f"{figure:,}", unit=unit))


class ResultPane(QWidget):
    """``conflicts_wanted`` when the person goes on to settle them; ``closed`` when back to what has arrived."""

    conflicts_wanted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.merged, self.conflicts, self.refused = Tile(), Tile(), Tile()
        self.table = Table(_columns(), tr("取込の前と後の数"))
        self.table.setSortingEnabled(False)
        self.table.sieve.sort(-1)
        self._agrees = Chip()
        head = holder(row(label(tr("取込の前と後の数"), bold=True), None, self._agrees, margins=(14, 8, 14, 8)))
        counts = Card(column(head, rule(), self.table, gap=0, margins=(1, 1, 1, 1)))
        self._words = column(gap=2)
        self.go_on = Button(tr("競合を解決する"), kind="primary", size="great", after="arrow-right")
        self.go_on.clicked.connect(self.conflicts_wanted)
        self._close = Button(tr("届いた受渡へ"), icon="arrow-left")
        self._close.clicked.connect(self.closed)
        self._icon = icon_label("meeting", 24, "warn")
        foot = row(self._icon, self._words, self._close, self.go_on, gap=12, margins=(18, 10, 14, 10))
        foot.setStretch(1, 1)
        tiles = row(self.merged, self.conflicts, self.refused, gap=12)
        for place in range(3):
            tiles.setStretch(place, 1)
        layout = column(tiles, counts, Card(foot), gap=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_batch(self, batch: Batch, open_conflicts: int) -> None:
        """Show what was done. ``open_conflicts`` counts all that wait now."""
        made, refused, piece = batch.conflicts, len(batch.refused), tr("件")
        none = tr("ありません。")
        plain, both = tr("ぶつからないものは、そのまま入ります。"), tr("どちらの値も残しています。")
        listed = tr("一覧に、することが出ています。")
        self.merged.say(tr("自動で合わせた変更"), max(0, batch.changes - made), piece, plain)
        self.conflicts.say(tr("新しい競合"), made, piece, both if made else none, warn=made > 0)
        self.refused.say(tr("取り込まなかったもの"), refused, piece, listed if refused else none, warn=refused > 0)
        shown = [one for one in batch.tallies if one.table in _ALWAYS or one.new or one.changed or one.deleted]
        shown.sort(key=lambda one: _ALWAYS.index(one.table) if one.table in _ALWAYS else len(_ALWAYS))
        self.table.set_rows([(one.table, one) for one in shown])
        word = (
            StateLook(tr("すべて一致"), "check", "ok")
            if batch.agrees
            else StateLook(tr("不一致"), "circle-alert", "err")
        )
        self._agrees.set_state(word)
        self._show_way_on(open_conflicts)

    def _show_way_on(self, waiting: int) -> None:
        clear(self._words)
        if waiting:
            head, below = (
                tr("競合{n}件が、解決を待っています", n=waiting),
                tr("集計では「競合中」と示し、黙って選ぶことはありません。"),
            )
        else:
            head, below = tr("解決を待つ競合はありません"), tr("集計に進めます。")
        self._words.addWidget(label(head, bold=True, wrap=True))
        self._words.addWidget(label(below, "small", tone="text2", wrap=True))
        self._icon.setVisible(waiting > 0)
        self.go_on.setVisible(waiting > 0)
        self.go_on.setText(tr("競合を解決する（{n}件）", n=waiting))


def told(batch: Batch, now: datetime) -> tuple[str, str, str]:
    """(tone, what happened in one sentence, what is left) after an import."""
    done, seconds = len(batch.done), max(1, round(batch.seconds))
    if not done:
        return "warn", "", tr("取り込めたものはありません。何も変わっていません。")
    lead = tr("{n}件を取り込みました。変更{m}件を合わせ、数はすべて一致しました。", n=done, m=f"{batch.changes:,}")
    if not batch.agrees:
        lead = tr("{n}件を取り込みましたが、数が合いません。管理者に知らせてください。", n=done)
    rest = tr("残りは競合{n}件です。", n=batch.conflicts) if batch.conflicts else tr("新しい競合はありません。")
    if batch.stopped:
        rest += tr("途中で止めました。残りの受渡は元のままです。")
    tone = "ok" if batch.agrees and not batch.stopped else "warn"
    return tone, lead, tr("{rest}（{time}・{n}秒）", rest=rest, time=f"{now:%H:%M}", n=seconds)
