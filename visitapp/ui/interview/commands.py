"""The keys of the room: one action each, for menus, buttons, palette and key list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from visitapp.i18n import tr
from visitapp.ui.actions import action
from visitapp.ui.visit.head import owner_action


class Deeds(Protocol):
    """What the actions do; the page does it."""

    def next_question(self) -> None: ...
    def previous_question(self) -> None: ...
    def next_section(self) -> None: ...
    def previous_section(self) -> None: ...
    def next_gap(self) -> None: ...
    def next_problem(self) -> None: ...
    def no_answer(self) -> None: ...
    def write_note(self) -> None: ...
    def write_opinion(self) -> None: ...
    def add_opinion(self) -> None: ...
    def same_as_last_time(self) -> None: ...
    def take_suggestion(self) -> None: ...
    def next_pane(self) -> None: ...
    def find(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def show_owner(self) -> None: ...
    def open_guidance(self) -> None: ...
    def open_review(self) -> None: ...


def interview_actions(parent: QObject, do: Deeds) -> dict[str, QAction]:
    """Id -> action."""

    def make(text: str, deed: Callable[[], None], key: str, group: str, menu: str = "answer") -> QAction:
        return action(parent, text, deed, key=key, menu=menu, group=group)

    return {
        "next": make(tr("次の問い"), do.next_question, "", "answer", "go"),
        "previous": make(tr("前の問い"), do.previous_question, "", "answer", "go"),
        "no_answer": make(tr("無回答にする"), do.no_answer, "F4", "answer"),
        "same": make(tr("前回と同じにする"), do.same_as_last_time, "F6", "answer"),
        "suggested": make(tr("勧められた値を入れる"), do.take_suggestion, "F7", "answer"),
        "note": make(tr("メモを付ける"), do.write_note, "F2", "write"),
        "opinion": make(tr("自由意見を書く"), do.write_opinion, "F3", "write"),
        "add_opinion": make(tr("意見を追加する"), do.add_opinion, "", "write"),
        "undo": make(tr("元に戻す"), do.undo, "Ctrl+Z", "write", "edit"),
        "redo": make(tr("やり直す"), do.redo, "Ctrl+Y", "write", "edit"),
        "section_up": make(tr("前の大問"), do.previous_section, "PgUp", "move", "go"),
        "section_down": make(tr("次の大問"), do.next_section, "PgDown", "move", "go"),
        "find": make(tr("問いをさがす"), do.find, "Ctrl+F", "move", "go"),
        "gap": make(tr("次の未回答"), do.next_gap, "Ctrl+G", "move", "go"),
        "problem": make(tr("次のエラー・注意"), do.next_problem, "F12", "move", "go"),
        "pane": make(tr("左・中・右の枠"), do.next_pane, "F5", "move", "go"),
        "guidance": make(tr("施策の案内"), do.open_guidance, "F8", "guide", "go"),
        "owner": owner_action(parent, do.show_owner),
        "review": make(tr("確認・確定"), do.open_review, "Ctrl+R", "guide", "go"),
    }


def fixed_keys() -> Sequence[tuple[str, str, str]]:
    """(group, text, key) of what is handled where it is pressed: a shortcut would take these keys from the fields."""
    return (
        ("answer", tr("番号の選択肢を選ぶ・外す"), "1"), ("answer", tr("次の問い"), "Return"),
        ("answer", tr("前の問い"), "Shift+Return"), ("answer", tr("選択肢を移る"), "Down"),
        ("answer", tr("選ぶ・外す"), "Space"), ("write", tr("意見を追加する"), "Ctrl+Return"),
        ("write", tr("欄から問いへ戻る"), "Esc"),
    )  # fmt: skip


def hints() -> Sequence[tuple[str, str]]:
    """(key, word) in the middle of the foot."""
    return (
        ("1", tr("選ぶ")), ("F2", tr("メモ")), ("F6", tr("前回と同じ")), ("F8", tr("施策")),
        ("Ctrl+Z", tr("元に戻す")), ("F1", tr("すべて")),
    )  # fmt: skip
