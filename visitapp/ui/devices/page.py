"""端末: which laptops hand in here, when they last did; and inviting a new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import action
from visitapp.ui.dates import moment, short_moment
from visitapp.ui.notebook.devices import device_word
from visitapp.ui.page import Page, Shell
from visitapp.ui.tokens import PAGE_MARGIN
from visitapp.ui.widgets.basics import Card, column, holder, label, row
from visitapp.ui.widgets.buttons import Button, action_button
from visitapp.ui.widgets.fields import Labelled, TextField
from visitapp.ui.widgets.notices import EmptyState
from visitapp.ui.widgets.panes import Panes
from visitapp.ui.widgets.states import StateLook
from visitapp.ui.widgets.tables import NOTHING, Cell, Column, Table

if TYPE_CHECKING:
    from visitapp.commands.device_list import DeviceLine
    from visitapp.commands.handin import Invitation

_FOLDER = "devices/folder"
_OVERDUE = timedelta(days=7)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,31}")


def _columns(today: date) -> list[Column[DeviceLine]]:
    return [
        Column("device", tr("端末"), lambda one: Cell(device_word(one.code), one.code, sort=one.code)),
        Column("state", tr("状態"), lambda one: Cell(chip=_state(one.state)), width=9),
        Column("last", tr("最後の受渡"), lambda one: _last(one, today), width=13),
        Column("number", tr("号"), _number, width=4, right=True),
        Column("returned", tr("受領書を書いた日時"), lambda one: _returned(one, today), width=12, optional=True),
    ]


def _state(state: str) -> StateLook:
    return {
        "enrolled": StateLook(tr("登録済み"), "check", "ok"),
        "invited": StateLook(tr("最初の受渡を待つ"), "hourglass", "warn"),
        "revoked": StateLook(tr("登録を取り消した"), "ban", "neutral"),
    }[state]


def _last(one: DeviceLine, today: date) -> Cell:
    text = one.last.received_at if one.last is not None else None
    when = moment(text)
    if when is None:
        return Cell(tr("まだありません"), tone="text2", sort="")
    late = today - when.date() > _OVERDUE and one.state == "enrolled"
    shown = short_moment(text, today)
    return Cell(tr("{when}・7日より前", when=shown) if late else shown, tone="warn" if late else "", sort=text)


def _number(one: DeviceLine) -> Cell:
    return Cell(str(one.last.number), sort=one.last.number) if one.last is not None else Cell(NOTHING)


def _returned(one: DeviceLine, today: date) -> Cell:
    text = one.returned.created_at if one.returned is not None else None
    return Cell(short_moment(text, today) or NOTHING, sort=text)


class InvitationCard(Card):
    """The form, and afterwards the file and its code, large enough to be read out on the telephone."""

    def __init__(self, page: DevicesPage) -> None:
        super().__init__()
        self._page = page
        self._folder = Path()
        self.code = TextField(placeholder="laptop-07")
        self.code.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.field = Labelled(
            tr("新しい端末の名前"), self.code, hint=tr("半角の英数字と「-」で付けます。あとから変えられません。")
        )
        self.make = Button(tr("登録のファイルを作る"), kind="primary", icon="key-round")
        self.make.clicked.connect(page.invite)
        self.code.returnPressed.connect(page.invite)
        steps = label(
            tr("登録のファイルはUSBメモリで、登録の番号は別の方法（電話や紙）で、端末の人に伝えます。両方がそろうと登録できます。"),
            "small", tone="text2", wrap=True,
        )  # fmt: skip
        form = column(label(tr("端末を登録する"), "option", bold=True), steps, self.field, row(self.make, None), None,
                      gap=12, margins=(18, 14, 18, 14))  # fmt: skip
        self.number = label("", "figure", wrap=True)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._made = label("", "option", bold=True, wrap=True)
        self._path = label("", "small", tone="text2", wrap=True)
        again = Button(tr("次の端末を登録する"))
        again.clicked.connect(self.start_again)
        show = Button(tr("フォルダを開く"), kind="plain", icon="folder-open")
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))))
        warning = label(tr("この番号は、もう一度は表示できません。紙に書きとめてください。"), wrap=True, tone="warn")
        done = column(
            self._made, label(tr("登録の番号"), "small", tone="text2"), self.number, warning,
            label(tr("登録のファイル"), "small", tone="text2"), self._path, row(show, None), None, row(again, None),
            gap=10, margins=(18, 14, 18, 14),
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._stack.addWidget(holder(form))
        self._stack.addWidget(holder(done))
        self.setLayout(column(self._stack, gap=0, margins=(1, 1, 1, 1)))
        self.setMinimumWidth(look.px(280))

    def wanted_code(self) -> str | None:
        """The name that was typed; None (said under the field) when it is none."""
        typed = self.code.text().strip()
        good = _CODE.fullmatch(typed) is not None
        self.field.say("" if good else tr("半角の英数字と「-」で、2文字から32文字までで付けてください。"))
        return typed if good else None

    def show_invitation(self, made: Invitation) -> None:
        """Show the file and the code."""
        self._folder = made.path.parent
        self._made.setText(tr("{device}の登録のファイルを作りました", device=device_word(made.device_code)))
        self.number.setText(made.code)
        self._path.setText(str(made.path))
        self._stack.setCurrentIndex(1)

    def start_again(self) -> None:
        """Back to the form; the code is gone."""
        self.number.setText("")
        self.code.clear()
        self._stack.setCurrentIndex(0)
        self.code.setFocus()


class DevicesPage(Page):
    """Headquarters' laptops."""

    id: ClassVar[str] = "devices"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._lines: list[DeviceLine] = []
        self._new = action(self, tr("端末を登録する"), self._focus_form, key="Ctrl+N", menu="tools", icon="plus")
        hint = label(tr("受渡をする端末と、その最後の受渡です"), tone="text2", wrap=True)
        title = row(label(self.title(), "title"), hint, action_button(self._new, icon="plus", show_key=False), gap=12)
        title.setStretch(1, 1)
        self.table = Table(_columns(shell.now().date()), tr("端末の一覧"))
        self.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        # That was not the person's wish: widths still follow what the cells need.
        self.table.touched = False
        empty = EmptyState(
            "laptop", tr("登録した端末はまだありません"), tr("名前を付けて、登録のファイルを作ってください。")
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        self.card = InvitationCard(self)
        listed = Card(column(self._stack, gap=0, margins=(1, 1, 1, 1)))
        self._panes = Panes([(tr("端末の一覧"), listed), (tr("端末を登録する"), self.card)], (0.65, 0.35))
        layout = column(title, self._panes, gap=12, margins=PAGE_MARGIN)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def title(self) -> str:
        return tr("端末")

    def actions_of_page(self) -> Sequence[QAction]:
        return (self._new,)

    def first_focus(self) -> QWidget | None:
        return self.table if self._lines else self.card.code

    def activate(self, target: str, places: dict[str, str]) -> None:
        self._load()

    def on_changes(self) -> None:
        self._load()

    def leave(self) -> bool:
        # The code is told once; it does not stay on the screen for whoever comes next.
        self.card.start_again()
        return True

    def _load(self) -> None:
        from visitapp.commands.device_list import device_lines

        self.run(device_lines, self._show)

    def _show(self, lines: list[DeviceLine]) -> None:
        self._lines = lines
        self.table.set_rows([(f"{one.code}/{one.state}", one) for one in lines])
        self.table.select_first()
        self._stack.setCurrentIndex(0 if lines else 1)

    def _focus_form(self) -> None:
        self._panes.show_pane(1)
        self.card.start_again()

    def invite(self) -> None:
        """Make the enrolment file of the device that was named."""
        code = self.card.wanted_code()
        if code is None:
            return
        if code in {one.code for one in self._lines}:
            self.card.field.say(tr("その名前の端末は、もうあります。別の名前を付けてください。"))
            return
        kept = self.shell.preferences.text(_FOLDER)
        chosen = QFileDialog.getExistingDirectory(self, tr("登録のファイルを置くフォルダを選ぶ"), kept)
        if chosen:
            self.shell.preferences.keep_text(_FOLDER, chosen)
            self._invite(code, Path(chosen))

    def _invite(self, code: str, folder: Path) -> None:
        from visitapp.commands.handin import invite_device

        person = self.shell.person
        self.write(lambda store: invite_device(store, code, folder, person), self.card.show_invitation)
