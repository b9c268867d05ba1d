"""Unlocking: one field, why it was locked, and what to do when the passphrase is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.widgets.basics import Card, column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button, Link
from visitapp.ui.widgets.fields import Labelled, PassphraseField
from visitapp.ui.widgets.notices import Banner

_TRIES = 5
_PAUSE_MS = 60_000


class UnlockCard(Card):
    """``entered`` with the passphrase; the caller answers with ``refuse`` or takes the card away."""

    entered = Signal(str)
    forgotten = Signal()
    restore = Signal()

    def __init__(self, why: str) -> None:
        super().__init__()
        self._wrong = 0
        self.setFixedWidth(look.px(460))
        self.field = PassphraseField()
        self._labelled = Labelled(tr("合言葉（パスワード）"), self.field)
        self.button = Button(tr("開く"), kind="primary", size="talk", key="Return")
        self.button.setFixedHeight(look.px(48))
        self.button.clicked.connect(self._enter)
        self.field.returnPressed.connect(self._enter)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._end_pause)
        forgotten, restore = Link(tr("合言葉を忘れたとき"), "small"), Link(tr("控えから戻す"), "small")
        forgotten.clicked.connect(self.forgotten)
        restore.clicked.connect(self.restore)
        hint = row(
            icon_label("keyboard", 14),
            label(tr("半角英数で入力します（日本語入力を切りました）"), "caption", tone="text2"),
            None,
            gap=6,
        )
        head = row(icon_label("lock", 28, "accent"), label(tr("企業訪問手帳"), "title"), None, gap=12)
        banner = Banner("info", why)
        self.setLayout(
            column(
                head,
                4,
                banner,
                self._labelled,
                hint,
                8,
                self.button,
                row(forgotten, None, restore),
                gap=8,
                margins=(40, 32, 40, 24),
            )
        )

    def _enter(self) -> None:
        if self.button.isEnabled() and self.field.text():
            self._allow(False)
            self._labelled.say("")
            self.entered.emit(self.field.text())

    def refuse(self, text: str, *, wrong: bool) -> None:
        """Say why it did not open; ``wrong`` counts towards the pause after five tries."""
        self._wrong += wrong
        pause = wrong and self._wrong % _TRIES == 0
        self._labelled.say(tr("続けて5回まちがえました。1分たつと、また入れられます。") if pause else text)
        if pause:
            self._pause.start()
        self._allow(not pause)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _allow(self, allowed: bool) -> None:
        self.button.setEnabled(allowed)
        self.field.setReadOnly(not allowed)

    def _end_pause(self) -> None:
        self._allow(True)
        self._labelled.say("")
