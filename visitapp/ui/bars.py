"""The bars around a page: status bar of the house; head and foot of the room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from visitapp.i18n import language, tr
from visitapp.ui import look
from visitapp.ui.saved import SavedMark, SaveState
from visitapp.ui.style import show_if
from visitapp.ui.tokens import MENU, ROOM_FOOT, ROOM_HEAD, STATUS
from visitapp.ui.widgets.basics import clear, column, frame, holder, icon_label, label, row, rule_down
from visitapp.ui.widgets.buttons import Button, KeyCap, icon_button, key_names

_SAY_MS = 6000
_NUMBERS_ONLY = 175
"""From this text size on the steps of the room show their number, and the current one its word."""
_LANGUAGE_NAMES = {"ja": "日本語", "en": "English"}


def _fact(icon_name: str, text: str) -> QWidget:
    return holder(row(icon_label(icon_name, 14), label(text, "caption", tone="text2"), gap=6))


def _status_button(text: str, action: QAction, keys: str = "") -> QWidget:
    """A quiet button of the status bar, with its caps before the word."""
    made = QPushButton(text)
    made.setProperty("role", "status")
    made.setFont(look.font("caption"))
    made.setFixedHeight(look.px(STATUS - 4))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.clicked.connect(action.trigger)
    made.setToolTip(action.toolTip())
    return holder(row(KeyCap(keys), made, gap=2)) if keys else made


class Corner(QLabel):
    """What stands right in the menu bar: the program, and once unlocked whose terminal it is."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("tone", "text2")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def say(self, text: str) -> None:
        """Other words, in the text size in use."""
        self.setFont(look.font("small"))
        self.setText(text)
        self.setFixedSize(look.measure("small", text) + look.px(20), look.px(MENU - 1))
        self.place()

    def place(self) -> None:
        """At the right end. Not as the menu bar's own corner: that keeps its room when the text size changes."""
        self.move(self._window.width() - self.width(), 0)
        self.raise_()
        self.show()


class StatusBar(QFrame):
    """Saved mark, terminal, person, encryption; text size, language, F1, Ctrl K. Sentences stand in the middle."""

    def __init__(self, saved: SaveState, device: str, person: str, actions: dict[str, QAction]) -> None:
        super().__init__()
        self.setProperty("role", "status")
        self.setFixedHeight(look.px(STATUS))
        self._say = label("", "caption", tone="text2")
        self._timer = QTimer(self, singleShot=True, interval=_SAY_MS)
        self._timer.timeout.connect(lambda: self._say.setText(""))
        line = row(
            SavedMark(saved),
            self._between(),
            _fact("laptop", device or tr("端末")),
            self._between(),
            gap=6,
            margins=(16, 0, 10, 0),
        )
        if person:
            line.addWidget(_fact("user", person))
            line.addWidget(self._between())
        self._sealed = _fact("shield-check", tr("暗号化して保存中"))
        for piece in (self._sealed, self._between(), self._say):
            line.addWidget(piece)
        line.addStretch(1)
        self._keys = _status_button(tr("キー一覧"), actions["keys"], "F1")
        self._palette = _status_button(tr("さがす・実行する"), actions["palette"], "Ctrl+K")
        for piece in (
            _status_button(tr("文字 {n}％", n=look.percent()), actions["text_size"]),
            self._between(),
            _status_button(_LANGUAGE_NAMES[language()], actions["language"]),
            self._between(),
            self._keys,
            self._between(),
            self._palette,
        ):
            line.addWidget(piece)
        self.setLayout(line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What can be reached otherwise gives way first; nothing is ever cut.
        for piece in (self._sealed, self._palette, self._keys):
            piece.show()
        for piece in (self._sealed, self._palette, self._keys):
            if self.layout_width() > event.size().width():
                piece.hide()

    def layout_width(self) -> int:
        """The width everything shown now needs."""
        layout = self.layout()
        if layout is None:
            return 0
        layout.invalidate()
        return layout.minimumSize().width()

    def _between(self) -> QWidget:
        made = rule_down()
        made.setFixedHeight(look.px(14))
        return made

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._say.setText(text)
        self._timer.start()


class StepButton(QAbstractButton):
    """One of the three steps of the room: number in a ring, word; a bar under the current one."""

    def __init__(self, number: int, word: str) -> None:
        super().__init__()
        self._number = number
        self.setText(word)
        self.setAccessibleName(tr("手順{n}、{word}", n=number, word=word))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(self.sizeHint())
        self.toggled.connect(lambda _on: self.setFixedSize(self.sizeHint()))

    def _words(self) -> str:
        """At large text sizes only the current step has its word."""
        return self.text() if self.isChecked() or look.percent() < _NUMBERS_ONLY else ""

    def sizeHint(self) -> QSize:
        words = look.measure("option", self._words(), bold=True)
        return QSize(words + look.px(48 if words else 38), look.px(ROOM_HEAD - 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        current = self.isChecked()
        side = look.px(22)
        ring = QRect(look.px(8), (self.height() - side) // 2, side, side)
        painter.setPen(QPen(look.colour("accent" if current else "borderS"), 1))
        painter.setBrush(look.colour("accent" if current else "surface"))
        painter.drawEllipse(ring)
        painter.setFont(look.font("caption", bold=True))
        painter.setPen(look.colour("onAccent" if current else "text2"))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(self._number))
        painter.setFont(look.font("option", bold=current))
        painter.setPen(look.colour("accent" if current else "text2"))
        words = self.rect().adjusted(look.px(38), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words())
        if current:
            painter.fillRect(QRect(0, self.height() - look.px(3), self.width(), look.px(3)), look.colour("accent"))


class RoomHead(QFrame):
    """Back, company, three steps, what the page puts right, lock. ``stepped`` with a page id, ``back`` and ``lock``."""

    stepped = Signal(str)
    back = Signal()
    lock = Signal()

    STEPS = ("interview", "guidance", "review")

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "roomhead")
        self.setFixedHeight(look.px(ROOM_HEAD))
        narrow = look.percent() > 112
        back = Button("" if narrow else tr("訪問一覧"), kind="plain", icon="arrow-left")
        back.setAccessibleName(tr("訪問一覧へ戻る"))
        back.clicked.connect(self.back)
        self._name = label("", "option", bold=True)
        self._line = label("", "caption", tone="text2")
        show_if(self._line, not narrow)
        self._steps = {
            key: StepButton(place + 1, word)
            for place, (key, word) in enumerate(
                zip(self.STEPS, (tr("回答"), tr("施策の案内"), tr("確認・確定")), strict=True)
            )
        }
        self._right = QHBoxLayout()
        self._right.setSpacing(look.px(12))
        lock = icon_button("lock", tr("鍵をかける"))
        lock.clicked.connect(self.lock)
        layout = row(back, 4, column(None, self._name, self._line, None, gap=0), None, gap=8, margins=(8, 0, 12, 0))
        for key, button in self._steps.items():
            button.clicked.connect(lambda _on, key=key: self._press(key))
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addLayout(self._right)
        layout.addWidget(lock)
        self.setLayout(layout)

    def _press(self, key: str) -> None:
        self._steps[key].setChecked(not self._steps[key].isChecked())
        self.stepped.emit(key)

    def show_company(self, name: str, line: str) -> None:
        """Whose interview this is."""
        self._name.setText(name)
        self._line.setText(line)

    def show_step(self, key: str) -> None:
        """Mark the step that is shown."""
        for name, button in self._steps.items():
            button.setChecked(name == key)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """What the page puts at the right."""
        _replace(self._right, widgets)


class RoomFoot(QFrame):
    """Saved mark left, keys of this page in the middle, secondary actions and the main action right. Never scrolls."""

    def __init__(self, saved: SaveState) -> None:
        super().__init__()
        self.setProperty("role", "roomfoot")
        self.setFixedHeight(look.px(ROOM_FOOT))
        self._say = label("", "small", tone="text2")
        self._timer = QTimer(self, singleShot=True, interval=_SAY_MS)
        self._timer.timeout.connect(self._quiet)
        self._hints = QHBoxLayout()
        self._hints.setSpacing(look.px(16))
        self._hint_box = holder(self._hints)
        self._right = QHBoxLayout()
        self._right.setSpacing(look.px(14))
        self.setLayout(
            row(
                SavedMark(saved, large=True),
                None,
                self._hint_box,
                self._say,
                None,
                self._right,
                margins=(14, 0, 12, 0),
                gap=12,
            )
        )

    def show_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Secondary actions, then the main action."""
        _replace(self._right, buttons)

    def show_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """(key, word) pairs; gone at larger text sizes, where the room is needed."""
        clear(self._hints)
        for key, word in hints if look.percent() <= 112 else ():
            self._hints.addWidget(holder(row(KeyCap(key), label(word, "small", tone="text2"), gap=4)))

    def say(self, text: str) -> None:
        """Show a sentence in the middle for a few seconds."""
        self._say.setText(text)
        self._hint_box.hide()
        self._timer.start()

    def _quiet(self) -> None:
        self._say.setText("")
        self._hint_box.show()


def _replace(layout: QHBoxLayout, widgets: Sequence[QWidget]) -> None:
    """Show these widgets; the ones before belong to their page and are only taken out."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.setParent(None)
    for widget in widgets:
        layout.addWidget(widget)
        widget.show()


__all__ = ["RoomFoot", "RoomHead", "StatusBar", "StepButton", "frame", "key_names"]
