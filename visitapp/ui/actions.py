"""Actions: each stands once, with text, key, menu and group; menu, button, key list and palette show the same one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from visitapp.ui.icons import icon as make_icon

MENUS = ("file", "edit", "view", "visit", "answer", "go", "survey", "tables", "tools", "help")
"""Ids of the menus in their order; the shell shows those that have an action."""

GROUPS = ("answer", "write", "move", "guide", "everywhere", "look")
"""Ids of the groups of the key list in their order."""


def action(
    parent: QObject,
    text: str,
    slot: Callable[[], object] | None = None,
    *,
    key: str | tuple[str, ...] = "",
    menu: str = "",
    group: str = "everywhere",
    icon: str = "",
    short: str = "",
    checkable: bool = False,
) -> QAction:
    """A new action. ``key``: portable sequences ("Ctrl+G"); ``menu`` one of MENUS ("" = in no menu, but in palette
    and key list); ``group`` one of GROUPS; ``short`` is the text on buttons when it differs from the menu's."""
    if menu and menu not in MENUS:
        raise ValueError(menu)
    if group not in GROUPS:
        raise ValueError(group)
    made = QAction(text, parent)
    keys = (key,) if isinstance(key, str) else key
    made.setShortcuts([QKeySequence(one) for one in keys if one])
    made.setProperty("menu", menu)
    made.setProperty("group", group)
    if short:
        made.setIconText(short)
    if icon:
        made.setIcon(make_icon(icon, "text2"))
        made.setProperty("icon_name", icon)
    made.setCheckable(checkable)
    shown = made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    made.setToolTip(f"{text}  {shown}" if shown else text)
    if slot is not None:
        made.triggered.connect(lambda _checked=False: slot())
    return made


def key_text(made: QAction) -> str:
    """The first key of an action in portable form, "" when it has none."""
    return made.shortcut().toString(QKeySequence.SequenceFormat.PortableText)


def menu_of(made: QAction) -> str:
    """The id of the menu it stands in, "" for none."""
    return str(made.property("menu") or "")


def group_of(made: QAction) -> str:
    """The id of its group in the key list."""
    return str(made.property("group") or "everywhere")
