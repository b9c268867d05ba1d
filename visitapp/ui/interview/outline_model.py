"""The outline as an item model: sections, in them their questions (and sheets with theirs)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import tr
from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Repeat
from visitapp.questionnaire.interview import QuestionState
from visitapp.ui.interview.sheets import sheet_name
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry, Section, Sheet, entry_state, progress, short_number
from visitapp.ui.widgets.states import question_state

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
ENTRY = Qt.ItemDataRole.UserRole + 1
_WORST = (QuestionState.ERROR, QuestionState.WARNING, QuestionState.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Line:
    """A row. ``right`` is the count or word at its end; ``level`` 0 section, 1 question or sheet, 2 inside."""

    text: str
    state: QuestionState
    right: str
    note: bool
    level: int


_NOTHING = Line("", QuestionState.UNANSWERED, "", False, 0)


@dataclass(slots=True)
class _Node:
    parent: int
    row: int
    thing: Section | Sheet | Entry | None
    children: list[int]
    level: int


class OutlineModel(QAbstractItemModel):
    """Reads everything from the session when it is painted; told what changed, never polled."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._nodes: list[_Node] = []
        self._places: dict[Address, int] = {}
        self._build()

    def _build(self) -> None:
        self._nodes = [_Node(-1, 0, None, [], -1)]
        self._places = {}
        for section in self._session.structure.sections:
            place = self._add(0, section)
            for entry in section.entries:
                self._add(place, entry)
            for sheet in section.sheets:
                inner = self._add(place, sheet)
                for entry in sheet.entries:
                    self._add(inner, entry)

    def _add(self, parent: int, thing: Section | Sheet | Entry) -> int:
        place = len(self._nodes)
        above = self._nodes[parent]
        self._nodes.append(_Node(parent, len(above.children), thing, [], above.level + 1))
        above.children.append(place)
        if not isinstance(thing, Section):
            self._places[thing.address] = place
        return place

    def structure_changed(self) -> None:
        """Rows appeared or disappeared."""
        self.beginResetModel()
        self._build()
        self.endResetModel()

    def states_changed(self) -> None:
        """States, counts or names may look different now."""
        self._adopt()
        for place, node in enumerate(self._nodes):
            if node.children:
                inner = self._index(place) if place else QModelIndex()
                last = len(node.children) - 1
                self.dataChanged.emit(self.index(0, 0, inner), self.index(last, 0, inner))

    def same_rows(self) -> bool:
        """Whether the session's structure still has the rows this model shows."""
        shown = [node.thing.address for node in self._nodes if node.thing is not None]
        now = [thing.address for thing in _things(self._session)]
        return shown == now

    def _adopt(self) -> None:
        for node, thing in zip(self._nodes[1:], _things(self._session), strict=True):
            node.thing = thing

    def index_of(self, entry: Entry) -> QModelIndex:
        """Where a question stands; invalid when it is not in the outline."""
        place = self._places.get(entry.address)
        return self._index(place) if place is not None else QModelIndex()

    # -- QAbstractItemModel -------------------------------------------------------------------------------------
    def _index(self, place: int) -> QModelIndex:
        return self.createIndex(self._nodes[place].row, 0, place)

    def _node(self, index: Index) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._nodes[0]

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        node = self._node(parent)
        if column or not 0 <= row < len(node.children):
            return QModelIndex()
        return self._index(node.children[row])

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self._node(index)
        if node.parent <= 0:
            return QModelIndex()
        return self._index(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(self._node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        thing = self._node(index).thing
        if role == ENTRY:
            return thing if isinstance(thing, Entry) else None
        line = self.line(index)
        if role == LINE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            note = f" {question_state('note').word}" if line.note else ""
            return f"{line.text} {question_state(line.state.value).word}{note} {line.right}".strip()
        return None

    def line(self, index: Index) -> Line:
        """What a row shows now."""
        thing, level = self._node(index).thing, self._node(index).level
        if not isinstance(thing, (Section, Sheet)):
            return self._entry_line(thing, level) if thing is not None else _NOTHING
        entries = tuple(thing.all_entries()) if isinstance(thing, Section) else thing.entries
        done, asked = progress(self._session.interview, entries)
        state = worst_state(self._session, entries)
        if isinstance(thing, Sheet):
            return Line(sheet_name(self._session, thing), state, f"{done}/{asked}", False, level)
        if not thing.asked:
            return Line(thing.title, QuestionState.NOT_APPLICABLE, "", False, level)
        right = tr("{n}枚", n=len(thing.sheets)) if isinstance(thing.node, Repeat) else f"{done}/{asked}"
        return Line(thing.title, state, right, False, level)

    def _entry_line(self, entry: Entry, level: int) -> Line:
        state = entry_state(self._session.interview, entry)
        word = question_state(state.value).word if state is QuestionState.NOT_APPLICABLE else ""
        text = f"{short_number(entry.number)} {entry.title}".strip()
        return Line(text, state, word, bool(self._session.note(entry.address)), level)


def worst_state(session: Session, entries: tuple[Entry, ...]) -> QuestionState:
    """The state of a section: its worst one; 回答 when all is settled, 対象外 when nothing is asked."""
    states = {entry_state(session.interview, entry) for entry in entries if entry.asked and not entry.note}
    if not states:
        return QuestionState.UNANSWERED if any(entry.asked for entry in entries) else QuestionState.NOT_APPLICABLE
    return next((state for state in _WORST if state in states), QuestionState.ANSWERED)


def _things(session: Session) -> list[Section | Sheet | Entry]:
    found: list[Section | Sheet | Entry] = []
    for section in session.structure.sections:
        found += [section, *section.entries]
        for sheet in section.sheets:
            found += [sheet, *sheet.entries]
    return found


class OutlineFilter(QSortFilterProxyModel):
    """Finds questions by number, title or option; sections stay when something in them is found."""

    def __init__(self, session: Session, model: OutlineModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = ""
        self.setRecursiveFilteringEnabled(True)
        self.setSourceModel(model)

    def look_for(self, typed: str) -> None:
        """Show only what holds this text; width, case and kana do not matter."""
        self._wanted = normalised(typed)
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        if not self._wanted:
            return True
        source = self.sourceModel()
        index = source.index(source_row, 0, source_parent)
        entry = index.data(ENTRY)
        if not isinstance(entry, Entry):
            return self._wanted in normalised(str(index.data()))
        choices = (choice for part in entry.parts for choice in self._session.form.choices(part))
        options = "".join(text for choice in choices for text in choice.label.values())
        return self._wanted in normalised(f"{entry.number}{entry.title}") or self._wanted in normalised(options)
