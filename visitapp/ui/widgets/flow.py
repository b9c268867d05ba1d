"""A row that wraps: pieces stand side by side as long as there is room, then go to the next line. Nothing is ever cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from visitapp.ui import look


class FlowLayout(QLayout):
    """Pieces from left to right, wrapping; those after ``push`` stand at the right end of their line."""

    def __init__(self, *, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._right_from: int | None = None
        self.setSpacing(look.px(gap))
        self.setContentsMargins(0, 0, 0, 0)

    def push(self) -> None:
        """What is added from now on stands at the right."""
        self._right_from = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        sides = self._sides()
        lines = self._lines(width - sides.width())
        return sides.height() + sum(map(self._height, lines)) + self.spacing() * max(0, len(lines) - 1)

    def sizeHint(self) -> QSize:
        widths = [self._width(item) for item in self._shown()]
        whole = sum(widths) + self.spacing() * max(0, len(widths) - 1)
        return QSize(whole, self._height(self._shown())) + self._sides()

    def minimumSize(self) -> QSize:  # noqa: N802
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(widest, self._height(self._shown())) + self._sides()

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        super().setGeometry(rect)
        inner = rect.marginsRemoved(self.contentsMargins())
        top = inner.top()
        for line in self._lines(inner.width()):
            height = self._height(line)
            self._place(line, QRect(inner.left(), top, inner.width(), height))
            top += height + self.spacing()

    def _sides(self) -> QSize:
        margins = self.contentsMargins()
        return QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    @staticmethod
    def _item_height(item: QLayoutItem) -> int:
        return max(item.sizeHint().height(), item.minimumSize().height())

    def _width(self, item: QLayoutItem) -> int:
        return max(item.sizeHint().width(), item.minimumSize().width())

    def _height(self, line: Sequence[QLayoutItem]) -> int:
        return max((self._item_height(item) for item in line), default=0)

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = self._width(item)
            if not lines or used + self.spacing() + wanted > width:
                lines.append([item])
                used = wanted
            else:
                lines[-1].append(item)
                used += self.spacing() + wanted
        return lines

    def _is_right(self, item: QLayoutItem) -> bool:
        return self._right_from is not None and self._items.index(item) >= self._right_from

    def _place(self, line: Sequence[QLayoutItem], rect: QRect) -> None:
        widths = [min(self._width(item), rect.width()) for item in line]
        spare = rect.width() - sum(widths) - self.spacing() * (len(line) - 1)
        left = rect.left()
        # On a line of its own, what belongs right stays left, in reading order.
        pushed = self._is_right(line[0])
        for item, width in zip(line, widths, strict=True):
            if self._is_right(item) and not pushed:
                left += max(0, spare)
                pushed = True
            height = min(self._item_height(item), rect.height())
            item.setGeometry(QRect(QPoint(left, rect.top() + (rect.height() - height) // 2), QSize(width, height)))
            left += width + self.spacing()


class Flow(QWidget):
    """A wrapping row as a widget: ``Flow(a, b, None, c)``; what follows None stands at the right."""

    def __init__(self, *pieces: QWidget | None, gap: int = 8) -> None:
        super().__init__()
        layout = FlowLayout(gap=gap)
        self.setLayout(layout)
        for piece in pieces:
            if piece is None:
                layout.push()
            else:
                layout.addWidget(piece)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
