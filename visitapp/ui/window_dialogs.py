"""The window's own dialogs: settings, about, key list, palette."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

import visitapp
from visitapp.i18n import language, tr
from visitapp.ui import look
from visitapp.ui.finding import Findable, found, load_findable
from visitapp.ui.keylist import Find, KeyList, Palette
from visitapp.ui.office import keep_person
from visitapp.ui.preferences import THEMES
from visitapp.ui.tokens import SCALES
from visitapp.ui.widgets.basics import label
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import ChoiceField, Labelled, TextField

if TYPE_CHECKING:
    from visitapp.ui.shell import House

_MINUTES = (1, 3, 5, 10, 15, 30, 60)


class SettingsDialog(Dialog):
    """Look, language, lock, and who works here."""

    def __init__(self, house: House) -> None:
        super().__init__(house, tr("設定を変えます"), tr("変える"))
        self._house = house
        words = {"system": tr("パソコンの設定に合わせる"), "light": tr("明るい"), "dark": tr("暗い")}
        self.theme = ChoiceField([(name, words[name]) for name in THEMES])
        self.theme.set_value(house.preferences.theme)
        self.percent = ChoiceField([(str(step), f"{step}％") for step in SCALES])
        self.percent.set_value(str(look.percent()))
        self.language = ChoiceField([("ja", "日本語"), ("en", "English")])
        self.language.set_value(language())
        self.minutes = ChoiceField([(str(n), tr("{n}分", n=n)) for n in _MINUTES])
        self.minutes.set_value(str(house.preferences.idle_minutes))
        self.person = TextField(house.desk.person if house.desk is not None else "")
        for text, field in (
            (tr("色"), self.theme),
            (tr("文字の大きさ"), self.percent),
            (tr("ことば"), self.language),
            (tr("自動で鍵をかけるまで"), self.minutes),
            (tr("担当者の番号"), self.person),
        ):
            self.body.addWidget(Labelled(text, field))
        self.accepted.connect(self._take)

    def _take(self) -> None:
        house = self._house
        house.preferences.theme = self.theme.value()
        house.set_idle_minutes(int(self.minutes.value()))
        person = self.person.text().strip()
        if house.desk is not None and person != house.desk.person:
            house.tasks.write(lambda store: keep_person(store, person), lambda _done: house.set_person(person))
        house.looks.set_theme(self.theme.value())
        house.looks.set_percent(int(self.percent.value()))
        if self.language.value() != language():
            house.looks.set_language(self.language.value())


class AboutDialog(Dialog):
    """What this is, and where its parts come from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("企業訪問手帳"), tr("閉じる"))
        self.stop.hide()
        version = getattr(visitapp, "__version__", "0.1.0")
        for text in (
            tr("第{version}版", version=version),
            tr("企業を訪ね、聞いたことを残し、合う支援施策を案内するための手帳です。通信はしません。"),
            tr("文字：Noto Sans JP（SIL OFL 1.1）　絵記号：Lucide（ISC）　窓：Qt for Python（LGPL）"),
        ):
            self.body.addWidget(label(text, wrap=True))


def key_list(house: House) -> KeyList:
    """F1: every key that works on this page."""
    page = house.desk.page() if house.desk is not None else None
    fixed = [
        ("move", tr("行を移る"), "Up+Down"),
        ("everywhere", tr("次の欄へ"), "Tab"),
        ("everywhere", tr("開く・実行する"), "Return"),
        ("everywhere", tr("やめる・閉じる"), "Esc"),
    ]
    if page is not None:
        fixed += page.fixed_keys()
    made = KeyList(house, page.title() if page is not None else tr("はじめ"), house.actions_in_force(), fixed)
    made.open()
    return made


def palette(house: House) -> Palette:
    """Ctrl K: actions at once, companies and opinions as soon as the store has answered."""
    known: list[tuple[Findable, ...]] = []

    def finds(wanted: str) -> list[Find]:
        from visitapp.fieldwork.targets import normalised

        key = normalised(wanted)
        made: list[Find] = [
            (one.text().replace("&", ""), one.shortcut().toString(), one.trigger)
            for one in house.actions_in_force()
            if one.isEnabled() and key in normalised(one.text())
        ]
        desk = house.desk
        if known and desk is not None:
            made += [(one.text, one.note, partial(desk.go, "company", one.company)) for one in found(known[0], wanted)]
        return made

    made = Palette(house, finds)

    def take(loaded: tuple[Findable, ...]) -> None:
        known.append(loaded)
        made.look_again()

    if house.desk is not None:
        house.tasks.run(load_findable, take, owner=made)
    made.open()
    return made
