"""A programme as a choosable card: tick, rank, name, amount, reasons, whether the company may apply."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.programmes.offer import Cap, Recommendation
from visitapp.ui import look
from visitapp.ui.guidance.facts import amount, amount_note, eligibility, money, programme_name, reason_texts
from visitapp.ui.style import mark
from visitapp.ui.widgets.basics import column, facts, holder, icon_label, label, row
from visitapp.ui.widgets.buttons import Link
from visitapp.ui.widgets.checks import CheckBox
from visitapp.ui.widgets.chips import Tag
from visitapp.ui.widgets.states import TONE_TEXT


class ProgrammeCard(QFrame):
    """Signals: ``ticked`` (programme id, on); ``shown`` (programme id) for the owner's eyes."""

    ticked = Signal(str, bool)
    shown = Signal(str)

    def __init__(self, found: Recommendation, rank: int) -> None:
        super().__init__()
        self.found = found
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.check = CheckBox("")
        self.check.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.check.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.check.setEnabled(found.eligibility != "no")
        place = label(tr("{n}位", n=rank) if found.score else "", "small", bold=True, tone="text2")
        place.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        left = column(self.check, place, None, gap=6)
        left.setAlignment(self.check, Qt.AlignmentFlag.AlignHCenter)
        pane = holder(left)
        pane.setFixedWidth(look.px(48))
        self._more: QWidget | None = None
        self._body = QVBoxLayout()
        self._body.setSpacing(look.px(6))
        self._body.addLayout(self._top())
        self._body.addLayout(self._reasons())
        self._body.addLayout(self._foot())
        line = row(pane, self._body, gap=8, margins=(8, 10, 14, 10))
        line.setStretch(1, 1)
        self.setLayout(line)
        self._name_itself()

    def set_ticked(self, on: bool) -> None:
        """Show whether it goes on the leaflet."""
        self.check.setChecked(on)
        mark(self, state="current" if on else "")
        self._name_itself()

    @property
    def is_ticked(self) -> bool:
        """Whether it goes on the leaflet."""
        return self.check.isChecked()

    def _name_itself(self) -> None:
        _icon, _tone, words = eligibility(self.found)
        state = tr("載せる") if self.check.isChecked() else tr("載せない")
        self.setAccessibleName(f"{programme_name(self.found.facts)} {words} {state}")

    # -- building -----------------------------------------------------------------------------------------------
    def _top(self) -> QHBoxLayout:
        programme = self.found.facts
        tags = [Tag(level, "filled" if level == "区" else "outlined") for level in programme.levels]
        text = programme_name(programme)
        name = label(text, "option", bold=True, wrap=True)
        name.setMinimumWidth(min(look.measure("option", text, bold=True) + 4, look.em(16)))
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        kinds = [Tag(programme.kind)] if programme.kind else []
        words = tr("使ったことがある") if self.found.used_before else tr("まだ使っていない")
        used = label(words, "small", tone="text2")
        big = label(amount(programme), "option", bold=True, wrap=True)
        small = label(amount_note(programme), "small", tone="text2", wrap=True)
        for part in (big, small):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            part.setMinimumWidth(look.em(9))
        named = column(row(*tags, name, gap=8), row(*kinds, used, None, gap=8), gap=4)
        line = row(named, column(big, small, gap=0), gap=12)
        line.setStretch(0, 1)
        return line

    def _reasons(self) -> QVBoxLayout:
        quotes = reason_texts(self.found.reasons)
        texts = [tr("{number} {quote}", number=number, quote=quote) for number, quote in quotes]
        shown = "　".join(texts) or tr("今の答えに合うものはありません")
        return column(label(shown, "small", tone="" if texts else "text3", wrap=True))

    def _foot(self) -> QHBoxLayout:
        icon, tone, words = eligibility(self.found)
        text = label(words, "small", tone={"neutral": "text2"}.get(tone, tone), wrap=True)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        more, show = Link(tr("くわしく"), "small"), Link(tr("相手に見せる"), "small")
        more.clicked.connect(self.toggle_more)
        show.clicked.connect(lambda: self.shown.emit(self.found.facts.id))
        line = row(icon_label(icon, 16, TONE_TEXT[tone]), text, more, show, gap=8)
        line.setStretch(1, 1)
        return line

    def toggle_more(self) -> None:
        """Everything the catalogue says, with what is not known named."""
        if self._more is None:
            programme, unknown = self.found.facts, tr("要確認")
            guess = tr("（推定）") if "target" in programme.estimated else ""
            self._more = facts(
                [
                    (tr("内容"), programme.what or unknown), (tr("対象"), (programme.target or unknown) + guess),
                    *((tr("金額"), _cap_line(cap)) for cap in programme.caps),
                    (tr("時期"), programme.period or unknown), (tr("手続"), programme.procedure or unknown),
                    (tr("窓口"), programme.contact or programme.provider or unknown),
                    (tr("電話"), programme.phone or unknown),
                    *([(tr("覚え"), programme.note)] if programme.note else []),
                ],
                width=60,
            )  # fmt: skip
            self._body.addWidget(self._more)
        else:
            self._more.setVisible(self._more.isHidden())

    # -- keys and pointer -----------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.check.isEnabled():
            self.ticked.emit(self.found.facts.id, not self.is_ticked)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.toggle_more()
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() < look.px(64) and self.check.isEnabled():
            self.ticked.emit(self.found.facts.id, not self.is_ticked)
        self.setFocus(Qt.FocusReason.MouseFocusReason)


def _cap_line(cap: Cap) -> str:
    most = tr("上限 {amount}", amount=money(cap.cap_yen)) if cap.cap_yen is not None else ""
    words = [cap.condition, cap.rate, most, cap.per]
    return "　".join(word for word in words if word) or tr("要確認")
