"""The key list (F1) and the palette (Ctrl K), both made from the actions that are in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QListView, QWidget

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.actions import GROUPS, group_of, key_text
from visitapp.ui.widgets.basics import clear, column, holder, label, row, rule, scroller
from visitapp.ui.widgets.buttons import Button, KeyCap
from visitapp.ui.widgets.dialogs import Overlay
from visitapp.ui.widgets.fields import SearchField

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def group_titles() -> dict[str, str]:
    """The headings of the key list."""
    words = (tr("答える"), tr("書く"), tr("移る"), tr("案内する"), tr("どこでも"), tr("見え方"))
    return dict(zip(GROUPS, words, strict=True))


class KeyList(Overlay):
    """Every key that works now, by group, with a search field. Esc closes."""

    def __init__(
        self, parent: QWidget, page: str, actions: Sequence[QAction], fixed: Sequence[tuple[str, str, str]]
    ) -> None:
        """``fixed``: (group, text, key) of keys that are no actions (arrows, digits, Enter)."""
        super().__init__(parent, tr("キー一覧"))
        lines: list[tuple[str, str, tuple[str, ...]]] = [(group, text, (key,)) for group, text, key in fixed]
        lines += [(group_of(one), _plain(one.text()), _keys(one)) for one in actions if key_text(one)]
        self._lines = lines
        self._search = SearchField(tr("操作をさがす"))
        self._search.setFixedWidth(look.px(240))
        self._search.searched.connect(self._show)
        done = Button(tr("閉じる"), kind="primary", key="Esc")
        done.clicked.connect(self.reject)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(36))
        self._grid.setVerticalSpacing(look.px(12))
        head = row(
            label(tr("キー一覧"), "title"),
            label(tr("いまの画面：{page}", page=page), tone="text2"),
            None,
            self._search,
            done,
        )
        self.fill(column(head, scroller(holder(self._grid, ground="surface")), gap=12, margins=(28, 20, 28, 20)))
        self._fit(parent)
        self._show("")

    def _fit(self, parent: QWidget) -> None:
        room = parent.size()
        self.resize(min(look.px(1120), room.width() - look.px(32)), min(look.px(640), room.height() - look.px(32)))

    def _show(self, wanted: str) -> None:
        clear(self._grid)
        across = 3 if look.percent() <= 125 else 2
        place = 0
        for group, title in group_titles().items():
            lines = [
                (text, keys)
                for kind, text, keys in self._lines
                if kind == group and normalised(wanted) in normalised(text)
            ]
            if lines:
                self._grid.addWidget(_block(title, lines), place // across, place % across, Qt.AlignmentFlag.AlignTop)
                place += 1
        self._grid.setRowStretch(place // across + 1, 1)
        for part in range(across):
            self._grid.setColumnStretch(part, 1)


def _keys(action: QAction) -> tuple[str, ...]:
    form = QKeySequence.SequenceFormat.PortableText
    return tuple(sequence.toString(form) for sequence in action.shortcuts()[:2])


def _plain(text: str) -> str:
    """A menu text without the mnemonic of its menu entry."""
    return text.replace("&", "")


def _block(title: str, lines: Sequence[tuple[str, tuple[str, ...]]]) -> QWidget:
    layout = column(label(title, "body", bold=True), rule(), gap=4)
    for text, keys in lines:
        layout.addLayout(row(label(text), None, *(KeyCap(key) for key in keys), gap=6))
    return holder(layout)


class _Finds(QAbstractListModel):
    """What the palette found: (text, note, what to do)."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, Callable[[], object]]] = []

    def set_rows(self, rows: list[tuple[str, str, Callable[[], object]]]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        text, note, _act = self._rows[index.row()]
        return f"{text}　{note}" if note else text

    def act(self, row_number: int) -> Callable[[], object]:
        return self._rows[row_number][2]


Find = tuple[str, str, Callable[[], object]]
"""A find of the palette: text, note beside it, what Enter does."""


class Palette(Overlay):
    """Field and list: actions, companies, opinions; width and kana alike. Arrows choose, Enter does it, Esc closes."""

    def __init__(self, parent: QWidget, finds: Callable[[str], list[Find]]) -> None:
        super().__init__(parent, tr("さがす・実行する"))
        self._finds = finds
        self._field = SearchField(tr("操作・企業・意見をさがす"))
        self._model = _Finds(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setFont(look.font("body"))
        self._list.setAccessibleName(tr("見つかったもの"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setSpacing(look.px(2))
        self._list.clicked.connect(lambda index: self._do(index.row()))
        self._nothing = label(tr("見つかりません。ほかの言葉でさがしてください。"), tone="text2")
        self.fill(column(self._field, self._list, self._nothing, gap=10, margins=(16, 16, 16, 16)))
        self.resize(min(look.px(640), parent.width() - look.px(32)), look.px(440))
        self._field.searched.connect(self.look_again)
        self.look_again()

    def look_again(self) -> None:
        """Search again (the words or what can be found are others now)."""
        self._model.set_rows(self._finds(self._field.text()))
        found = self._model.rowCount() > 0
        self._nothing.setVisible(not found)
        if found:
            self._list.setCurrentIndex(self._model.index(0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        key = Qt.Key(event.key())
        if key in steps:
            wanted = self._list.currentIndex().row() + steps[key]
            place = min(self._model.rowCount() - 1, max(0, wanted))
            self._list.setCurrentIndex(self._model.index(place))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self._list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _do(self, row_number: int) -> None:
        if 0 <= row_number < self._model.rowCount():
            act = self._model.act(row_number)
            self.accept()
            act()
