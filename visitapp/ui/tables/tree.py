"""The list at the left: the report's tables, then every question with options in its section; found by words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import language, tr
from visitapp.questionnaire.form import Form, Group, Question, Repeat, text_in, without_references
from visitapp.ui import look
from visitapp.ui.widgets.chips import paint_tag, tag_size
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.tabulation.columns import Columns, Heading
    from visitapp.tabulation.definitions import Definition

Index = QModelIndex | QPersistentModelIndex
KEY_ROLE = Qt.ItemDataRole.UserRole + 1
SEARCH_ROLE = Qt.ItemDataRole.UserRole + 2
QUESTION, TABLE = "question:", "table:"


def heading_title(heading: Heading) -> str:
    """問6 (2)　連携の形態."""
    title = without_references(text_in(heading.label, language())).replace("\u200b", "").strip()
    return "　".join(part for part in (heading.number, title) if part)


def definition_title(definition: Definition) -> str:
    """The title of a published table."""
    return definition.title.get(language()) or definition.title.get("ja", "")


def fill(model: QStandardItemModel, form: Form, columns: Columns, tables: Sequence[Definition]) -> None:
    """Groups and leaves of one survey."""
    model.clear()
    shown = [one for one in tables if one.kind != "one_way"]
    if shown:
        _add(model, tr("報告書の表"), [(TABLE + one.table_id, definition_title(one), "") for one in shown])
    for section in form.root.children:
        names = [section.name] if isinstance(section, Question) else [q.name for q in _questions(section)]
        leaves = [
            (QUESTION + name, heading_title(columns.headings[name]), _options(columns.headings[name]))
            for name in names if name in columns.headings
        ]  # fmt: skip
        if leaves:
            title = tr("そのほか") if isinstance(section, Question) else text_in(section.label, language())
            _add(model, title.replace("\u200b", "") or tr("そのほか"), leaves)


def _options(heading: Heading) -> str:
    return " ".join(text_in(choice.label, language()) for choice in heading.choices)


def _add(model: QStandardItemModel, title: str, leaves: Sequence[tuple[str, str, str]]) -> None:
    group = QStandardItem(title)
    group.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    group.setData(str(len(leaves)), Qt.ItemDataRole.UserRole)
    for key, text, more in leaves:
        leaf = QStandardItem(text)
        leaf.setEditable(False)
        leaf.setData(key, KEY_ROLE)
        leaf.setData(normalised(f"{text} {more}"), SEARCH_ROLE)
        group.appendRow(leaf)
    model.appendRow(group)


def _questions(group: Group | Repeat) -> list[Question]:
    found: list[Question] = []
    for child in group.children:
        found += [child] if isinstance(child, Question) else _questions(child)
    return found


class _Leaf(QStyledItemDelegate):
    """A line of the tree: groups bold with their count, leaves wrapping, the slot a question stands in as a tag."""

    def __init__(self, view: QuestionTree) -> None:
        super().__init__(view)
        self._view = view

    def _font_step(self, index: Index) -> bool:
        return not index.data(KEY_ROLE)

    def _room(self, index: Index) -> int:
        depth = look.px(26 if self._font_step(index) else 34)
        tag = self._view.tag_of(str(index.data(KEY_ROLE) or ""))
        return self._view.viewport().width() - depth - look.px(30) - (tag_size(tag).width() if tag else 0)

    def _lines(self, index: Index) -> list[str]:
        font = look.font("small", bold=True)
        return lines_of(str(index.data()), font, self._room(index))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(100), look.line("small") * len(self._lines(index)) + look.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        whole = QRect(0, rect.top(), self._view.viewport().width(), rect.height())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        tag = self._view.tag_of(str(index.data(KEY_ROLE) or ""))
        if selected or tag:
            painter.fillRect(whole, look.colour("accentSoft"))
        if selected:
            painter.fillRect(QRect(0, rect.top(), look.px(3), rect.height()), look.colour("accent"))
        is_group = self._font_step(index)
        painter.setFont(look.font("small", bold=is_group or selected))
        painter.setPen(look.colour("text" if is_group or selected else "text2"))
        top = rect.top() + look.px(5)
        for line in self._lines(index):
            painter.drawText(QRect(rect.left() + look.px(4), top, self._room(index) + look.px(8), look.line("small")),
                             Qt.AlignmentFlag.AlignVCenter, line)  # fmt: skip
            top += look.line("small")
        right = whole.right() - look.px(10)
        if tag:
            paint_tag(painter, right - tag_size(tag).width(), rect.center().y(), tag)
        elif is_group:
            count = str(index.data(Qt.ItemDataRole.UserRole) or "")
            width = QFontMetrics(look.font("small")).horizontalAdvance(count)
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("text2"))
            painter.drawText(
                QRect(right - width, rect.top(), width + 2, rect.height()), Qt.AlignmentFlag.AlignVCenter, count
            )


class QuestionTree(QTreeView):
    """``chosen`` (key) when another leaf becomes current, ``entered`` (key) on Enter or a double click."""

    chosen = Signal(str)
    entered_leaf = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._tags: dict[str, str] = {}
        self.items = QStandardItemModel(self)
        self.sieve = QSortFilterProxyModel(self)
        self.sieve.setSourceModel(self.items)
        self.sieve.setFilterRole(SEARCH_ROLE)
        self.sieve.setRecursiveFilteringEnabled(True)
        self.setModel(self.sieve)
        self.setItemDelegate(_Leaf(self))
        self.setHeaderHidden(True)
        self.setIndentation(look.px(16))
        self.setExpandsOnDoubleClick(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setAccessibleName(tr("問いと表"))
        self.selectionModel().currentChanged.connect(lambda new, _old: self._tell(new))
        self.clicked.connect(self._toggle)
        self.doubleClicked.connect(self._enter)

    def show_survey(self, form: Form, columns: Columns, tables: Sequence[Definition]) -> None:
        """Offer what there is in a survey, keeping the current leaf and what is open."""
        kept = self.current_key()
        opened = {str(self._at(row).data()) for row in range(self.sieve.rowCount()) if self.isExpanded(self._at(row))}
        blocked = self.selectionModel().blockSignals(True)
        fill(self.items, form, columns, tables)
        self.selectionModel().blockSignals(blocked)
        for row in range(self.sieve.rowCount()):
            self.setExpanded(self._at(row), str(self._at(row).data()) in opened)
        if kept:
            self.select(kept)

    def _at(self, row: int) -> QModelIndex:
        return self.sieve.index(row, 0)

    def search(self, text: str) -> None:
        """Show only leaves that hold these words in title or options."""
        self.sieve.setFilterFixedString(normalised(text))
        if text.strip():
            self.expandAll()

    def select(self, key: str) -> bool:
        """Make a leaf current; False when it is not shown."""
        for row in range(self.sieve.rowCount()):
            group = self._at(row)
            for place in range(self.sieve.rowCount(group)):
                leaf = self.sieve.index(place, 0, group)
                if leaf.data(KEY_ROLE) == key:
                    self.expand(group)
                    self.setCurrentIndex(leaf)
                    return True
        return False

    def select_first(self) -> None:
        """The first question."""
        for row in range(self.sieve.rowCount()):
            leaf = self.sieve.index(0, 0, self._at(row))
            if str(leaf.data(KEY_ROLE) or "").startswith(QUESTION):
                self.select(str(leaf.data(KEY_ROLE)))
                return

    def current_key(self) -> str:
        """The key of the current leaf, "" for none."""
        return str(self.currentIndex().data(KEY_ROLE) or "")

    def set_tags(self, tags: dict[str, str]) -> None:
        """Which questions stand in which slot: key -> word."""
        self._tags = tags
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def tag_of(self, key: str) -> str:
        """The slot a leaf stands in, "" for none."""
        return self._tags.get(key, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._enter(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _toggle(self, index: QModelIndex) -> None:
        if not index.data(KEY_ROLE):
            self.setExpanded(index, not self.isExpanded(index))

    def _enter(self, index: QModelIndex) -> None:
        if key := index.data(KEY_ROLE):
            self.entered_leaf.emit(str(key))
        elif index.isValid():
            self.setExpanded(index, not self.isExpanded(index))

    def _tell(self, index: Index) -> None:
        if key := index.data(KEY_ROLE):
            self.chosen.emit(str(key))
