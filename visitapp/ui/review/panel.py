"""The left side of the review: five counts, then what is open, by urgency."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.review.findings import Findings
from visitapp.ui.review.lines import CountTile, FindingCard
from visitapp.ui.visit.values import shown_date
from visitapp.ui.widgets.basics import column, label, row
from visitapp.ui.widgets.notices import Banner

_TILES = ("error", "warning", "unanswered", "no_answer", "answered")


class ReviewPanel(QWidget):
    """Signals: ``opened`` (Finding), ``no_answer`` (Finding), ``all_none``, ``reason_given`` (Finding, reason)."""

    opened = Signal(object)
    no_answer = Signal(object)
    all_none = Signal()
    reason_given = Signal(object, str)

    def __init__(self, characters: float) -> None:
        super().__init__()
        self._hint = label("", "body", tone="text2", wrap=True)
        self._banner = Banner()
        self._tiles = {state: CountTile(state) for state in _TILES}
        tiles = QGridLayout()
        tiles.setSpacing(look.px(8))
        across = 5 if characters >= 85 else (3 if characters >= 65 else 2)
        for place, tile in enumerate(self._tiles.values()):
            tiles.addWidget(tile, place // across, place % across)
        self.cards = {
            "error": FindingCard("error", "circle-alert", "err", tr("エラー"), tr("直すと確定できます")),
            "warning": FindingCard(
                "warning", "triangle-alert", "warn", tr("注意"), tr("理由を残せば、そのままでも確定できます")
            ),
            "gap": FindingCard("gap", "circle", "neutral", tr("未回答"), tr("聞いて答えがなければ「無回答」にします")),
            "kept": FindingCard(
                "kept", "square-slash", "neutral", tr("聞かなくなった答え"), tr("残してあります。集計には入りません")
            ),
            "note": FindingCard("note", "sticky-note", "neutral", tr("メモ"), tr("回答とは別に残ります")),
        }
        title = row(label(tr("回答票の確認"), "title"), self._hint, gap=10)
        title.setStretch(1, 1)
        self.setLayout(column(title, self._banner, tiles, *self.cards.values(), None, gap=12, margins=(20, 10, 20, 14)))
        self.setProperty("ground", "bg")
        for card in self.cards.values():
            card.opened.connect(self.opened)
            card.no_answer.connect(self.no_answer)
            card.reason_given.connect(self.reason_given)
        self.cards["gap"].all_none.connect(self.all_none)

    def show_findings(self, found: Findings, finalised_at: str) -> None:
        """Show what is open now; ``finalised_at`` ISO when the response is final."""
        reasons = len(found.warnings) - found.unexplained
        words = {
            "error": (len(found.errors), tr("エラー")),
            "warning": (len(found.warnings), tr("注意・理由{n}件", n=reasons) if found.warnings else tr("注意")),
            "unanswered": (len(found.gaps), tr("未回答")),
            "no_answer": (found.none, tr("無回答")),
            "answered": (found.answered, tr("回答・{n}問のうち", n=found.asked)),
        }
        for state, (count, text) in words.items():
            self._tiles[state].show_count(count, text)
        shown = {
            "error": found.errors, "warning": found.warnings, "gap": found.gaps, "kept": found.kept,
            "note": found.notes,
        }  # fmt: skip
        for kind, findings in shown.items():
            self.cards[kind].show_findings(findings)
        self._hint.setText("" if finalised_at else _state_of(found))
        when = shown_date(finalised_at[:10], weekday=True)
        text = tr("{day} に確定しました。直すときは理由をうかがいます。", day=when) if finalised_at else ""
        self._banner.say("ok", text)

    def first_focus(self) -> QWidget | None:
        """The first line that keeps the response from being finalised, else the first line."""
        for card in self.cards.values():
            if card.lines():
                return card.lines()[0]
        return None


def _state_of(found: Findings) -> str:
    if found.errors and found.unexplained:
        return tr("エラー{n}件と、理由のない注意{m}件が残っています。", n=len(found.errors), m=found.unexplained)
    if found.errors:
        return tr("エラー{n}件が残っています。", n=len(found.errors))
    if found.unexplained:
        return tr("理由のない注意{n}件が残っています。", n=found.unexplained)
    if found.gaps:
        return tr("未回答が{n}問ありますが、確定できます。", n=len(found.gaps))
    return tr("すべて整いました。確定できます。")
