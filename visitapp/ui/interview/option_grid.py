"""The options of a select question in columns, worked by arrows, Space, digits, pointer and finger."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.questionnaire.form import Choice, text_in
from visitapp.ui import look
from visitapp.ui.interview.option_row import OptionRow
from visitapp.ui.interview.room import NARROW, NARROWEST

LONG_LABEL = 20
"""A label of more characters gets the whole width."""
_GAP = 8
_RING = 4
"""Room around the options for the focus ring, px."""
_LINES = 2
"""A label takes no more lines than this while there is a wider column for it."""


def columns_for(labels: Sequence[str], characters: float) -> int:
    """How many columns (ui/README section 4, option row; section 8 for narrow windows).

    ``characters`` is the width of the whole window in body characters.
    """
    if characters < NARROWEST:
        return 1
    count = len(labels)
    if count >= 16:
        return 3 if characters >= NARROW else 2
    if count <= 9 and any(len(label.replace("\u200b", "")) > LONG_LABEL for label in labels):
        return 1
    return 2


class OptionGrid(QWidget):
    """Signals: ``pressed`` (a choice name) when the user presses an option; the card decides what is chosen then."""

    pressed = Signal(str)

    def __init__(
        self, choices: Sequence[Choice], language: str, *, single: bool, wide: Collection[str], columns: int,
        parent: QWidget,
    ) -> None:
        """``wide`` names the options whose text field is in the row: they span the width."""
        super().__init__(parent)
        self._columns = columns
        self._wide = frozenset(wide)
        dense = columns == 3
        self.rows: list[OptionRow] = []
        for number, choice in enumerate(choices, start=1):
            text = text_in(choice.label, language)
            row = OptionRow(choice.name, text, number, single=single, dense=dense, parent=self)
            row.clicked.connect(lambda _on=False, name=choice.name: self.pressed.emit(name))
            position = f"{number}/{len(choices)}"
            row.setAccessibleName(f"{row.text()} {position}")
            self.rows.append(row)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def row(self, name: str) -> OptionRow | None:
        """The row of a choice, None when it is not offered."""
        return next((row for row in self.rows if row.name == name), None)

    def set_chosen(self, names: Collection[str]) -> None:
        """Show these as chosen."""
        for row in self.rows:
            row.setChecked(row.name in names)

    def number_pressed(self, number: int) -> None:
        """Press the option with that printed number."""
        if 1 <= number <= len(self.rows):
            row = self.rows[number - 1]
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.pressed.emit(row.name)

    def focus_first(self) -> None:
        """Focus on the first chosen option, else on the first."""
        chosen = next((row for row in self.rows if row.isChecked()), None)
        target = chosen or (self.rows[0] if self.rows else None)
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- size -------------------------------------------------------------------------------------------------
    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0) + _RING

    def sizeHint(self) -> QSize:
        width = look.em(40)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.em(10), look.px(44))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row, place in zip(self.rows, self._places(self.width()), strict=True):
            row.setGeometry(place)

    def _places(self, width: int) -> list[QRect]:
        """Column by column as on paper, one height for each line; wide rows below over the whole width."""
        gap, ring, inner = look.px(_GAP), _RING, width - 2 * _RING
        grid = [row for row in self.rows if row.name not in self._wide]
        columns, each = self._fitting(grid, inner, gap)
        per_column = ceil(len(grid) / columns) if grid else 0
        heights = [max(row.heightForWidth(each) for row in grid[line::per_column]) for line in range(per_column)]
        tops = [ring + sum(heights[:line]) + gap * line for line in range(per_column)]
        places: dict[str, QRect] = {}
        for place, row in enumerate(grid):
            column, line = divmod(place, per_column)
            places[row.name] = QRect(ring + column * (each + gap), tops[line], each, heights[line])
        top = ring + sum(heights) + gap * per_column
        for row in self.rows:
            if row.name in self._wide:
                height = row.heightForWidth(inner)
                places[row.name] = QRect(ring, top, inner, height)
                top += height + gap
        return [places[row.name] for row in self.rows]

    def _fitting(self, grid: Sequence[OptionRow], width: int, gap: int) -> tuple[int, int]:
        """(columns, width of each): fewer columns when a label would need a third line."""
        for columns in range(self._columns, 1, -1):
            each = (width - gap * (columns - 1)) // columns
            if all(row.lines_at(each) <= _LINES for row in grid):
                return columns, each
        return 1, width

    # -- keys -------------------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {
            Qt.Key.Key_Down: (0, 1), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Left: (-1, 0),
        }.get(Qt.Key(event.key()))
        current = self.focusWidget()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if step is None or held or not isinstance(current, OptionRow):
            event.ignore()
            return
        target = self._neighbour(current, *step)
        if target is None:
            event.ignore()
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _neighbour(self, current: OptionRow, across: int, down: int) -> OptionRow | None:
        """The next row in reading direction down the columns; sideways the row nearest in height."""
        if down:
            place = self.rows.index(current) + down
            return self.rows[place] if 0 <= place < len(self.rows) else None
        beside = [
            row for row in self.rows
            if (row.x() - current.x()) * across > 0 and row.name not in self._wide
        ]
        nearest = min((abs(row.x() - current.x()) for row in beside), default=None)
        column = [row for row in beside if abs(row.x() - current.x()) == nearest]
        return min(column, key=lambda row: abs(row.y() - current.y()), default=None)
