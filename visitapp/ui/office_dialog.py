"""What all stores of the office share and leaflets print: the ward, the section, its telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visitapp.i18n import language, tr
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import Labelled, TextField

if TYPE_CHECKING:
    from visitapp.ui.desk import Desk
    from visitapp.ui.shell import House


class OfficeDialog(Dialog):
    """Asks for the office's settings; an emptied field goes back to its preset."""

    def __init__(self, house: House, desk: Desk) -> None:
        # The store's libraries are loaded when the dialog is wanted, not with the first window.
        from visitapp.commands.settings import known_settings, settings

        super().__init__(house, tr("事務所の設定を変えます"), tr("変える"), width=640)
        self._house, self._desk = house, desk
        self.fields = {known.name: TextField() for known in known_settings()}
        for known in known_settings():
            self.body.addWidget(Labelled(known.label[language()], self.fields[known.name]))
        self._kept: dict[str, str] = {}
        self.setEnabled(False)
        house.tasks.run(settings, self._show, owner=self)
        self.accepted.connect(self._take)

    def _show(self, kept: dict[str, str]) -> None:
        self._kept = kept
        for name, field in self.fields.items():
            field.setText(kept[name])
        self.setEnabled(True)
        next(iter(self.fields.values())).setFocus()

    def _take(self) -> None:
        from visitapp.commands.settings import change_settings

        entered = {name: field.text().strip() for name, field in self.fields.items()}
        changed = {name: text for name, text in entered.items() if text != self._kept.get(name, "")}
        person = self._desk.person
        if changed:
            self._house.tasks.write(
                lambda store: change_settings(store, changed, person), lambda _done: self._desk.tell_changed()
            )
