"""この取込の前へ戻す: says what would be lost, asks for the passphrase, restores the copy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.i18n import tr
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.page import Page
from visitapp.ui.widgets.basics import facts, label
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import Labelled, PassphraseField

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Lost
    from visitapp.errors import VisitappError
    from visitapp.store.records import Package
    from visitapp.store.store import Store


class GoBackDialog(Dialog):
    """Accepted only after the passphrase was found right; it is needed to open the copy."""

    def __init__(self, page: Page, lost: Lost, codes: Mapping[str, str]) -> None:
        super().__init__(
            page, tr("この取込の前へ戻します"), tr("取込の前へ戻す"), destroys=True, width=640, icon="history"
        )
        self._page, self._right = page, False
        names = [
            tr("{device}第{n}号", device=device_word(codes.get(one.peer or "", "")), n=one.number)
            for one in lost.packages
        ]
        self.body.addWidget(label(tr("次のものが、この手帳からなくなります。"), wrap=True))
        self.body.addWidget(facts([
            (tr("取り込んだ受渡"), tr("{n}件（{names}）", n=len(names), names=_shortened(names))),
            (tr("本部で書いた変更"), tr("{n}件（競合の解決もふくみます）", n=f"{lost.own_changes:,}")),
        ], width=120))  # fmt: skip
        kept = tr("今のものは控えに残します。受渡のファイルは消えないので、もう一度取り込めます。")
        self.body.addWidget(label(kept, "small", tone="text2", wrap=True))
        self.passphrase = PassphraseField()
        self.field = Labelled(tr("合言葉（パスワード）"), self.passphrase)
        self.body.addWidget(self.field)
        self.passphrase.textChanged.connect(lambda _text: self.field.say(""))
        self.ready = self._check

    def _check(self) -> bool:
        if self._right:
            return True
        typed = self.passphrase.text()
        if not typed:
            self.field.say(tr("合言葉を入れてください。"))
            self.passphrase.setFocus()
            return False
        self.verb.setEnabled(False)
        self._page.shell.tasks.run(lambda store: store.accepts(typed), self._answer, owner=self)
        return False

    def _answer(self, right: bool) -> None:
        self.verb.setEnabled(True)
        self._right = right
        if right:
            self.accept()
            return
        self.field.say(tr("合言葉がちがいます。もう一度入れてください。"))
        self.passphrase.setFocus()
        self.passphrase.selectAll()


def _shortened(names: list[str]) -> str:
    shown = "・".join(names[:6])
    return tr("{names} ほか{n}件", names=shown, n=len(names) - 6) if len(names) > 6 else shown


def ask_to_go_back(page: Page, package: Package, codes: Mapping[str, str], going: Callable[[], None]) -> None:
    """Say what would be lost; ``going`` is called when the person goes back all the same."""
    from visitapp.commands.arrivals import backup_before, lost_by_going_back

    def find(store: Store) -> tuple[Path | None, Lost]:
        return backup_before(store, package), lost_by_going_back(store, package)

    def ask(found: tuple[Path | None, Lost]) -> None:
        copy, lost = found
        if copy is None:
            page.shell.say(tr("この取込の前の控えは、古いので整理されました。戻せません。"))
            return
        dialog = GoBackDialog(page, lost, codes)

        def accepted() -> None:
            going()
            _go_back(page, copy, dialog.passphrase.text())

        dialog.accepted.connect(accepted)
        dialog.open()

    page.run(find, ask)


def _go_back(page: Page, copy: Path, passphrase: str) -> None:
    """Close the store, put the copy in its place, open it; the page looks again when that is done."""
    from visitapp.commands.office import go_back_to

    folder = copy.parent.parent
    refused: list[VisitappError] = []

    def opener() -> Store:
        store, error = go_back_to(folder, copy, passphrase)
        if error is not None:
            refused.append(error)
        return store

    def done(_store: Store) -> None:
        if refused:
            page.shell.show_error(refused[0])
        else:
            page.shell.say(tr("取込の前へ戻しました。"))
        page.shell.tell_changed()

    def failed(error: Exception) -> None:
        # No store is open any more: nothing can be shown but the way to open it again.
        page.shell.lock()
        page.shell.show_error(error)

    page.shell.tasks.open(opener, done, failed, page)
