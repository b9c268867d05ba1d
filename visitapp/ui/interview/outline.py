"""The left pane: how far we are, a search for questions, and all of them with their states."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QProgressBar,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from visitapp.i18n import tr
from visitapp.questionnaire.interview import Effect, QuestionState
from visitapp.ui import look
from visitapp.ui.icons import icon, paint_icon
from visitapp.ui.interview.outline_model import ENTRY, LINE, Line, OutlineFilter, OutlineModel
from visitapp.ui.tokens import ROW
from visitapp.ui.visit.marks import paint_state
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, entry_state, progress
from visitapp.ui.widgets.basics import column, label, row, rule
from visitapp.ui.widgets.fields import SearchField
from visitapp.ui.widgets.states import TONE_TEXT, question_state


class LineDelegate(QStyledItemDelegate):
    """Paints a row: arrow of a section, state, text, note, count. ``current`` wears the bar."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self.current: QPersistentModelIndex | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(look.em(10), look.px(ROW["outline"]))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line = index.data(LINE)
        plain = index.model().index(index.row(), index.column(), index.parent())
        if not isinstance(line, Line):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        current = self.current is not None and self.current == index
        if current:
            painter.fillRect(rect, look.colour("accentSoft"))
            painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        left = rect.left() + look.px(10)
        if line.level == 0:
            name = "chevron-down" if self._view.isExpanded(plain) else "chevron-right"
            if index.model().hasChildren(plain):
                paint_icon(painter, name, self._square(rect, left, 12), "text2")
            left += look.px(18)
        else:
            left += look.px(12 + 14 * (line.level - 1))
        paint_state(painter, self._square(rect, left, 16), line.state)
        self._paint_words(painter, rect, left + look.px(24), line, current)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, left: int, line: Line, current: bool) -> None:
        right = rect.right() - look.px(10)
        muted = line.state is QuestionState.NOT_APPLICABLE
        painter.setFont(look.font("caption"))
        painter.setPen(look.colour("text2"))
        if line.right:
            width = painter.fontMetrics().horizontalAdvance(line.right)
            painter.drawText(QRect(right - width, rect.top(), width + 1, rect.height()),
                             Qt.AlignmentFlag.AlignVCenter, line.right)
            right -= width + look.px(8)
        if line.note:
            paint_icon(painter, question_state("note").icon, self._square(rect, right - look.px(14), 14), "text2")
            right -= look.px(20)
        painter.setFont(look.font("small", bold=line.level == 0 or current))
        painter.setPen(look.colour("text3" if muted else ("text" if line.level == 0 or current else "text2")))
        text = painter.fontMetrics().elidedText(line.text, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)

    @staticmethod
    def _square(rect: QRect, left: int, size: int) -> QRect:
        side = look.px(size)
        return QRect(left, rect.center().y() - side // 2, side, side)


class OutlineTree(QTreeView):
    """The questions. Signal: ``chosen`` (Entry)."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.source = OutlineModel(session, self)
        self.proxy = OutlineFilter(session, self.source, self)
        self.setModel(self.proxy)
        self._lines = LineDelegate(self)
        self.setItemDelegate(self._lines)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("no_ring", False)
        self.setAccessibleName(tr("問いの一覧"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Highlight, look.colour("surface2"))
        self.setPalette(palette)
        self.clicked.connect(self._press)

    def show_current(self, entry: Entry) -> None:
        """Mark the current question; its section opens, the others close."""
        index = self.proxy.mapFromSource(self.source.index_of(entry))
        self._lines.current = QPersistentModelIndex(index)
        section = index
        while section.parent().isValid():
            section = section.parent()
        for place in range(self.proxy.rowCount()):
            other = self.proxy.index(place, 0)
            if other != section and not self._looking:
                self.collapse(other)
        self.expand(section)
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    _looking = False

    def look_for(self, typed: str) -> None:
        """Show what holds this text, everything open."""
        self._looking = bool(typed)
        self.proxy.look_for(typed)
        if typed:
            self.expandAll()

    def first_found(self) -> Entry | None:
        """The first question that is found."""
        section = self.proxy.index(0, 0)
        found = self.proxy.index(0, 0, section)
        entry = found.data(ENTRY)
        return entry if isinstance(entry, Entry) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _press(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            if entry.asked:
                self.chosen.emit(entry)
        else:
            self.setExpanded(index, not self.isExpanded(index))


class OutlinePane(QFrame):
    """Progress, counts, search, tree. Signal: ``chosen`` (Entry)."""

    chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "side")
        self._done = label("", "small", bold=True)
        self._counts = {name: _Count(name) for name in ("error", "warning", "note")}
        self._bar = QProgressBar(textVisible=False)
        self.search = SearchField(tr("問いをさがす"), "Ctrl F")
        self.tree = OutlineTree(session)
        self.tree.chosen.connect(self.chosen)
        self.search.searched.connect(self.tree.look_for)
        self.search.returnPressed.connect(self._go_to_found)
        head = column(
            row(self._done, None, *self._counts.values(), gap=8), self._bar, self.search, gap=8, margins=(10, 10, 10, 8)
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(rule())
        layout.addSpacing(look.px(4))
        layout.addWidget(self.tree, 1)
        self.show_counts()

    def show_effect(self, effect: Effect) -> None:
        """Show what an action changed."""
        if effect.structure and not self.tree.source.same_rows():
            self.tree.source.structure_changed()
        else:
            self.tree.source.states_changed()
        self.show_counts()

    def show_current(self, entry: Entry) -> None:
        """Mark the current question."""
        self.tree.show_current(entry)

    def show_counts(self) -> None:
        """Progress, errors, warnings, notes."""
        interview, entries = self._session.interview, self._session.structure.asked()
        done, asked = progress(interview, entries)
        self._done.setText(tr("{done}／{asked}問", done=done, asked=asked))
        self._bar.setRange(0, max(asked, 1))
        self._bar.setValue(done)
        states = [entry_state(interview, entry) for entry in entries]
        self._counts["error"].show_count(states.count(QuestionState.ERROR))
        self._counts["warning"].show_count(states.count(QuestionState.WARNING))
        self._counts["note"].show_count(len(self._session.notes()))

    def _go_to_found(self) -> None:
        entry = self.tree.first_found()
        if entry is not None and entry.asked:
            self.search.clear()
            self.chosen.emit(entry)


class _Count(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._look = question_state(name)
        self._icon = QLabel()
        self._number = label("", "small")
        self.setLayout(row(self._icon, self._number, gap=4))
        self.show_count(0)

    def show_count(self, count: int) -> None:
        token = TONE_TEXT[self._look.tone] if count else "text3"
        self._icon.setPixmap(icon(self._look.icon, token).pixmap(look.px(14), look.px(14)))
        self._number.setText(str(count))
        self.setToolTip(self._look.word)
        self.setAccessibleName(f"{self._look.word} {count}")

