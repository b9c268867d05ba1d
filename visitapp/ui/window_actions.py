"""The actions that work everywhere, and the menu bar made from whatever actions are in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from visitapp.i18n import tr
from visitapp.ui.actions import MENUS, action, menu_of


class Deeds(Protocol):
    """What the window can do by itself; ``shell.House`` is the one that does it."""

    def lock(self) -> None: ...
    def close(self) -> bool: ...
    def show_palette(self) -> None: ...
    def find_company(self) -> None: ...
    def show_keys(self) -> None: ...
    def show_settings(self) -> None: ...
    def show_office(self) -> None: ...
    def show_about(self) -> None: ...
    def switch_language(self) -> None: ...
    def switch_colours(self) -> None: ...
    def resize_text(self, step: int) -> None: ...
    def full_screen(self) -> None: ...
    def back(self) -> None: ...


def window_actions(parent: QObject, do: Deeds, *, locked: bool) -> dict[str, QAction]:
    """Id -> action. While locked only those that show nothing."""
    view = "view"
    made = {
        "larger": action(
            parent, tr("文字を大きく"), lambda: do.resize_text(1), key=("Ctrl++", "Ctrl+;"), menu=view, group="look"
        ),
        "smaller": action(
            parent, tr("文字を小さく"), lambda: do.resize_text(-1), key="Ctrl+-", menu=view, group="look"
        ),
        "text_size": action(
            parent, tr("文字を100％に"), lambda: do.resize_text(0), key="Ctrl+0", menu=view, group="look"
        ),
        "colours": action(parent, tr("明るい・暗い"), do.switch_colours, key="Ctrl+Shift+D", menu=view, group="look"),
        "full": action(parent, tr("全画面"), do.full_screen, key="F11", menu=view, group="look"),
        "language": action(
            parent, tr("日本語・English"), do.switch_language, key="Ctrl+Shift+L", menu=view, group="look"
        ),
        "keys": action(parent, tr("キー一覧"), do.show_keys, key="F1", menu="help"),
        "about": action(parent, tr("このプログラムについて"), do.show_about, menu="help"),
        "quit": action(parent, tr("終わる"), do.close, key="Ctrl+Q", menu="file"),
    }
    if not locked:
        made |= {
            "find_company": action(parent, tr("企業をさがす"), do.find_company, key="Ctrl+E", menu="edit"),
            "palette": action(parent, tr("さがす・実行する"), do.show_palette, key="Ctrl+K", menu="edit"),
            "back": action(parent, tr("前の画面へ"), do.back, key="Alt+Left", menu="go", group="move"),
            "settings": action(parent, tr("設定"), do.show_settings, key="Ctrl+,", menu="tools"),
            "office": action(parent, tr("事務所の設定"), do.show_office, menu="tools"),
            "lock": action(parent, tr("鍵をかける"), do.lock, key="Ctrl+L", menu="file", icon="lock"),
        }
    return made


def menu_titles() -> dict[str, str]:
    """The menus' names with their mnemonics."""
    words = (
        tr("ファイル(&F)"),
        tr("編集(&E)"),
        tr("表示(&V)"),
        tr("訪問(&T)"),
        tr("回答(&A)"),
        tr("移動(&G)"),
        tr("調査(&S)"),
        tr("集計(&A)"),
        tr("ツール(&L)"),
        tr("ヘルプ(&H)"),
    )
    return dict(zip(MENUS, words, strict=True))


def fill_menus(bar: QMenuBar, actions: Sequence[QAction]) -> None:
    """Show the actions in their menus; menus without one are left out. The last of ファイル is 終わる."""
    for old in bar.findChildren(QMenu):
        old.deleteLater()
    bar.clear()
    for menu_id, title in menu_titles().items():
        inside = [one for one in actions if menu_of(one) == menu_id]
        if not inside:
            continue
        menu = bar.addMenu(title)
        for one in inside:
            menu.addAction(one)
