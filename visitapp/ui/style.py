"""Puts the look on the application: style sheet, palette, Fusion, focus ring.

The style sheet is a template (``resources/style/house.qss``) filled from the tokens. Fusion carries what the sheet does
not reach (popups, menus), with a palette of the same tokens.
"""

from __future__ import annotations

import re
from string import Template

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from visitapp.resources import resource_path
from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.tokens import LIGHT

_RING = 2
_RING_GAP = 2


def sheet() -> str:
    """The style sheet in the colours and the text size in use."""
    template = Template(resource_path("style", "house.qss").read_text(encoding="utf-8"))
    filled = template.substitute({token: look.code(token) for token in LIGHT})
    return re.sub(r"(\d+)px", lambda found: f"{look.px(int(found[1]))}px", filled)


def palette() -> QPalette:
    """The palette for what Fusion draws by itself."""
    made = QPalette()
    role = QPalette.ColorRole
    tokens = {
        role.Window: "bg",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "surface2",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "onAccent",
        role.Highlight: "accent",
        role.HighlightedText: "onAccent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "text3",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface2",
        role.Midlight: "border",
        role.Mid: "borderS",
        role.Dark: "borderS",
        role.Shadow: "text",
        role.Accent: "accent",
    }
    for key, token in tokens.items():
        made.setColor(key, look.colour(token))
    for key in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, look.colour("text3"))
    return made


class FocusRing(QWidget):
    """The ring around whatever has the focus: 2 px, 2 px outside, for keyboard and touch alike; it follows its widget.

    A widget may name another one to wear its ring (property ``ring_widget``), or none (property ``no_ring``).
    """

    def __init__(self, wearer: QWidget) -> None:
        ground = _ground(wearer)
        super().__init__(ground)
        self._wearer, self._ground = wearer, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above: QWidget | None = wearer
        while above is not None and above is not ground:
            above.installEventFilter(self)
            above = above.parentWidget()
        self._fit()
        self.setVisible(wearer.isVisible())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not isValid(self._wearer):
            # It was deleted without losing the focus first (its page was built anew).
            self.hide()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        elif watched is self._wearer and kind in (QEvent.Type.Show, QEvent.Type.Hide):
            self.setVisible(kind == QEvent.Type.Show)
        return False

    def _fit(self) -> None:
        if not self._ground.isAncestorOf(self._wearer):
            # It was taken out of its place (a foot button of a page that is no longer shown).
            self.hide()
            return
        out = _RING + _RING_GAP
        place = QRect(self._wearer.mapTo(self._ground, QPoint(0, 0)), self._wearer.size())
        self.setGeometry(place.adjusted(-out, -out, out, out))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.colour("accent"), _RING))
        half = _RING / 2
        radius = look.px(4) + _RING
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


def _ground(wearer: QWidget) -> QWidget:
    """What the ring is drawn on: the content of the scroll area around it (it scrolls along), else the window."""
    ground = wearer.parentWidget() or wearer
    while not ground.isWindow():
        above = ground.parentWidget()
        if above is None or isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        ground = above
    return ground


class _Follower(QObject):
    """Gives the ring to whatever has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._focus)

    def _focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        # Qt deletes the ring together with the widget it was shown in.
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._ring = None
        named = new.property("ring_widget") if new is not None else None
        wearer = named if isinstance(named, QWidget) else new
        if wearer is None or wearer.parentWidget() is None or wearer.isWindow() or wearer.property("no_ring"):
            return
        self._ring = FocusRing(wearer)


def paint_check(painter: QPainter, rect: QRect, on: bool, enabled: bool = True) -> None:
    """A check box: edge and ground from the tokens, a tick when on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge, ground = _box_colours(on, enabled)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), look.px(3), look.px(3))
    if on:
        inset = max(2, rect.width() // 6)
        mark_rect = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, "check", mark_rect, "onAccent" if enabled else "text3")
    painter.restore()


def paint_radio(painter: QPainter, rect: QRect, on: bool, enabled: bool = True) -> None:
    """A radio button: ring, and a dot when on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    token = "borderS" if not on else "accent"
    painter.setPen(QPen(look.colour(token if enabled else "border"), 2 if on else 1))
    painter.setBrush(look.colour("surface"))
    painter.drawEllipse(QRectF(rect).adjusted(1, 1, -1, -1))
    if on:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent" if enabled else "text3"))
        inset = rect.width() * 0.27
        painter.drawEllipse(QRectF(rect).adjusted(inset, inset, -inset, -inset))
    painter.restore()


def _box_colours(on: bool, enabled: bool) -> tuple[QColor, QColor]:
    if not enabled:
        return look.colour("border"), look.colour("surface2")
    return look.colour("accent" if on else "borderS"), look.colour("accent" if on else "surface")


def system_is_dark() -> bool:
    """Whether the desktop asks for dark colours."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def set_up(app: QApplication) -> None:
    """Style, fonts and focus ring; once per application, before the first widget."""
    look.load_fonts()
    app.setStyle("Fusion")
    _Follower(app)
    apply(app)


def apply(app: QApplication) -> None:
    """Show the look in use: font, palette, style sheet; repaint everything."""
    app.setFont(look.font("body"))
    app.setPalette(palette())
    app.setStyleSheet(sheet())
    for widget in app.allWidgets():
        widget.update()


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a changed property of this widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def show_if(widget: QWidget, wanted: bool) -> None:
    """Show or hide a widget; one that has no place yet is never shown on its own (it would flash up as a window)."""
    if not wanted:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()
    else:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties the style sheet selects by, and show them at once."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    repolish(widget)
