"""Changing a response that is final: the person says why first, and the reason stays in the history."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from visitapp.i18n import tr
from visitapp.ui.visit.session import Session
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import ChoiceField, TextField

_OTHER = "other"


def ask_reason(parent: QWidget, session: Session, action: Callable[[], object]) -> Dialog:
    """Ask why a final response is changed; then open it again and do what was wanted."""
    reasons = [tr("電話で確かめた"), tr("再訪して確かめた"), tr("入力の誤り")]
    dialog = Dialog(parent, tr("確定した答えを直します"), tr("直す"), icon="pencil")
    choice = ChoiceField([*((text, text) for text in reasons), (_OTHER, tr("ほかの理由を書く"))])
    choice.setAccessibleName(tr("直す理由"))
    written = TextField(placeholder=tr("理由"))
    written.hide()
    choice.currentIndexChanged.connect(lambda _row: written.setVisible(choice.value() == _OTHER))
    for piece in (label(tr("直す理由"), bold=True), choice, written):
        dialog.body.addWidget(piece)
    dialog.body.addWidget(label(tr("前の値と理由は、履歴に残ります。"), "small", tone="text2", wrap=True))

    def reason() -> str:
        return written.text().strip() if choice.value() == _OTHER else choice.value()

    def ready() -> bool:
        written.set_error(not reason())
        return bool(reason())

    dialog.ready = ready
    dialog.accepted.connect(lambda: session.reopen(reason(), action))
    dialog.open()
    return dialog
