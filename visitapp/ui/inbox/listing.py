"""The list of packages: tick or state icon, who and what, a chip, and what to do; only good ones can be ticked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.dates import short_moment
from visitapp.ui.icons import paint_icon
from visitapp.ui.inbox import words
from visitapp.ui.style import paint_check
from visitapp.ui.widgets.chips import chip_size, paint_chip
from visitapp.ui.widgets.texts import lines_of

if TYPE_CHECKING:
    from visitapp.commands.arrivals import Arrival

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ARRIVAL_ROLE = Qt.ItemDataRole.UserRole + 1
_LEFT, _EDGE = 50, 14


class ArrivalModel(QAbstractListModel):
    """Packages in the order they can be taken in. ``ticked`` after a tick was set or taken away."""

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Arrival, ...] = ()
        self._off: set[str] = set()

    def set_arrivals(self, rows: Sequence[Arrival]) -> None:
        """Show these; good ones are ticked unless a person took the tick away before."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()
        self.ticked.emit()

    def arrivals(self) -> tuple[Arrival, ...]:
        """All packages shown."""
        return self._rows

    def chosen(self) -> list[Arrival]:
        """The ticked ones, in the order they can be taken in."""
        return [one for one in self._rows if one.state == "ready" and one.sha256 not in self._off]

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = super().flags(index)
        if index.isValid() and self._rows[index.row()].state == "ready":
            return plain | Qt.ItemFlag.ItemIsUserCheckable
        return plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        arrival = self._rows[index.row()]
        if role == ARRIVAL_ROLE:
            return arrival
        if role == Qt.ItemDataRole.DisplayRole:
            return words.title(arrival)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "、".join((words.title(arrival), words.content(arrival), words.state_look(arrival).word))
        if role == Qt.ItemDataRole.CheckStateRole and arrival.state == "ready":
            return Qt.CheckState.Unchecked if arrival.sha256 in self._off else Qt.CheckState.Checked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        if role != Qt.ItemDataRole.CheckStateRole or not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        sha = self._rows[index.row()].sha256
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._off.discard(sha)
        else:
            self._off.add(sha)
        self.dataChanged.emit(index, index, [Qt.ItemDataRole.CheckStateRole])
        self.ticked.emit()
        return True


class ArrivalDelegate(QStyledItemDelegate):
    """Paints one package; its height follows the lines of what has to be done."""

    def __init__(self, view: QListView, today: date) -> None:
        super().__init__(view)
        self._view, self._today = view, today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        lines = len(self._message(index, width))
        return QSize(width, look.px(22) + look.line("option") + look.line("caption") + look.line("small") * lines)

    def _message(self, index: Index, width: int) -> list[str]:
        arrival: Arrival = index.data(ARRIVAL_ROLE)
        text = words.message(arrival)
        room = width - look.px(_LEFT + 2 * _EDGE) - chip_size(words.state_look(arrival)).width()
        return lines_of(text, look.font("small"), room) if text else []

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        arrival: Arrival = index.data(ARRIVAL_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("accentSoft"))
            painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("surface2"))
        painter.setPen(QPen(look.colour("border"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self._paint_mark(painter, rect, index)
        state = words.state_look(arrival)
        paint_chip(painter, rect.right() - look.px(_EDGE) - chip_size(state).width(), rect.center().y(), state)
        self._paint_words(painter, rect, index, quiet=arrival.state == "again")

    def _paint_mark(self, painter: QPainter, rect: QRect, index: Index) -> None:
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        if ticked is not None:
            side = look.px(22)
            box = QRect(rect.left() + look.px(_EDGE), rect.center().y() - side // 2, side, side)
            paint_check(painter, box, Qt.CheckState(ticked) == Qt.CheckState.Checked)
            return
        side = look.px(16)
        box = QRect(rect.left() + look.px(_EDGE + 3), rect.center().y() - side // 2, side, side)
        paint_icon(painter, words.state_look(index.data(ARRIVAL_ROLE)).icon, box, "text2")

    def _paint_words(self, painter: QPainter, rect: QRect, index: Index, *, quiet: bool) -> None:
        arrival: Arrival = index.data(ARRIVAL_ROLE)
        left, top = rect.left() + look.px(_LEFT), rect.top() + look.px(10)
        room = rect.width() - look.px(_LEFT + 2 * _EDGE) - chip_size(words.state_look(arrival)).width()
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        font = look.font("answer", bold=not quiet)
        painter.setFont(font)
        painter.setPen(look.colour("text2" if quiet else "text"))
        name = QFontMetrics(font).elidedText(words.title(arrival), Qt.TextElideMode.ElideMiddle, room)
        painter.drawText(QRect(left, top, room, look.line("option")), side, name)
        used = QFontMetrics(font).horizontalAdvance(name) + look.px(10)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2"))
        painter.drawText(QRect(left + used, top, max(0, room - used), look.line("option")), side, arrival.person)
        top += look.line("option")
        when = short_moment(arrival.header.created_at, self._today) if arrival.header is not None else ""
        line = "　".join(part for part in (when, words.content(arrival)) if part)
        painter.setFont(look.font("caption"))
        painter.drawText(QRect(left, top, room, look.line("caption")), side, line)
        top += look.line("caption")
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text2" if quiet else "text"))
        for text in self._message(index, rect.width()):
            painter.drawText(QRect(left, top, room, look.line("small")), side, text)
            top += look.line("small")

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if not isinstance(event, QMouseEvent) or event.type() != QEvent.Type.MouseButtonRelease:
            return False
        if event.position().x() - option.rect.left() > look.px(_LEFT):
            return False
        return _toggle(model, index)


def _toggle(model: QAbstractItemModel, index: Index) -> bool:
    ticked = index.data(Qt.ItemDataRole.CheckStateRole)
    if ticked is None:
        return False
    on = Qt.CheckState(ticked) == Qt.CheckState.Checked
    wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
    return model.setData(index, wanted.value, Qt.ItemDataRole.CheckStateRole)


class ArrivalList(QListView):
    """``selected`` with the package that is current (None for none)."""

    selected = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self.arrivals = ArrivalModel(self)
        self.setModel(self.arrivals)
        self.setItemDelegate(ArrivalDelegate(self, today))
        self.setAccessibleName(tr("届いた受渡"))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.selectionModel().currentChanged.connect(lambda new, _old: self.selected.emit(new.data(ARRIVAL_ROLE)))

    def show_arrivals(self, rows: Sequence[Arrival]) -> None:
        """Show these, keeping the current one."""
        current = self.current()
        self.arrivals.set_arrivals(rows)
        paths = [one.path for one in rows]
        place = paths.index(current.path) if current is not None and current.path in paths else 0
        if rows:
            self.setCurrentIndex(self.arrivals.index(place))
        else:
            self.selected.emit(None)

    def current(self) -> Arrival | None:
        """The package that is current."""
        found: Arrival | None = self.currentIndex().data(ARRIVAL_ROLE)
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            _toggle(self.arrivals, self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
