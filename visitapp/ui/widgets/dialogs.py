"""The one kind of dialog: it only asks. Title = what will happen, buttons = やめる and the verb, in our own order."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QFrame, QLayout, QVBoxLayout, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.widgets.basics import column, icon_label, label, row
from visitapp.ui.widgets.buttons import Button


class _Dim(QWidget):
    """The dimmed ground behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = QColor(look.colour("text" if not look.is_dark() else "bg"))
        ground.setAlphaF(0.35 if not look.is_dark() else 0.65)
        QPainter(self).fillRect(self.rect(), ground)


class Overlay(QDialog):
    """A frameless dialog in the middle of its window, which is dimmed meanwhile. It deletes itself when closed."""

    def __init__(self, parent: QWidget, title: str) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self._dim: _Dim | None = None
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        self.setAccessibleName(title)

    def fill(self, content: QLayout) -> None:
        """Put the content on a card."""
        card = QFrame()
        card.setProperty("role", "dialog")
        card.setLayout(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def open(self) -> None:
        """Show it."""
        self._dim = _Dim(self._window)
        self.finished.connect(self._clear_ground)
        super().open()
        middle = self._window.mapToGlobal(self._window.rect().center())
        self.move(middle.x() - self.width() // 2, middle.y() - self.height() // 2)

    def _clear_ground(self) -> None:
        if self._dim is not None:
            self._dim.hide()
            self._dim.deleteLater()
            self._dim = None


class Dialog(Overlay):
    """Asks something over the window. Put the fields into ``body``; connect ``accepted``; call ``open()``.

    ``verb`` names what will be done. ``destroys``: the verb takes something away, so Enter stays with やめる.
    ``width`` is 480 or 640 px at 100 %.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        verb: str,
        *,
        text: str = "",
        icon: str = "",
        destroys: bool = False,
        width: int = 480,
        stop: str = "",
    ) -> None:
        super().__init__(parent, title)
        self.setFixedWidth(look.px(width))
        self._destroys = destroys
        self.verb = Button(verb, kind="danger" if destroys else "primary", key="" if destroys else "Return")
        self.stop = Button(stop or tr("やめる"), key="Esc")
        self.stop.clicked.connect(self.reject)
        self.verb.clicked.connect(self._accept_if_ready)
        (self.stop if destroys else self.verb).setDefault(True)
        self.ready: Callable[[], bool] = lambda: True
        """May be replaced: whether the verb can be done now (it shows what is missing itself)."""
        self.body: QVBoxLayout = column(gap=8)
        self._lay_out(title, text, icon)

    def _lay_out(self, title: str, text: str, icon: str) -> None:
        head = row(gap=12)
        if icon:
            head.addWidget(icon_label(icon, 22, "warn"))
        head.addWidget(label(title, "question", wrap=True), 1)
        if text:
            self.body.addWidget(label(text, wrap=True))
        self.fill(column(head, self.body, 8, row(None, self.stop, self.verb), gap=12, margins=(20, 18, 20, 16)))

    def _accept_if_ready(self) -> None:
        if self.ready():
            self.accept()

    def open(self) -> None:
        """Show it over its window; typing begins in its first field, or at the button Enter works."""
        self.adjustSize()
        super().open()
        fields = [one for one in self.findChildren(QWidget) if self._takes_focus(one)]
        if fields:
            # The buttons were made first, and would come first with Tab.
            QWidget.setTabOrder(fields[-1], self.stop)
            QWidget.setTabOrder(self.stop, self.verb)
        first = self.stop if self._destroys else fields[0] if fields else self.verb
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _takes_focus(self, widget: QWidget) -> bool:
        by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
        return by_tab and widget not in (self.stop, self.verb) and widget.isVisibleTo(self)


def ask(
    parent: QWidget,
    title: str,
    text: str,
    verb: str,
    act: Callable[[], object],
    *,
    destroys: bool = False,
    icon: str = "",
) -> Dialog:
    """Ask, and do it when the verb is pressed."""
    dialog = Dialog(parent, title, verb, text=text, destroys=destroys, icon=icon)
    dialog.accepted.connect(lambda: act())
    dialog.open()
    return dialog
