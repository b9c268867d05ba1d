"""相手に見せる: one card at a time, full screen, for the person on the other side of the table.

Readable at 1.5 m, always in the light colours, nothing on it that is not meant for him: no notes, no scores, no missing
facts. Esc returns to exactly the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visitapp.i18n import language, tr
from visitapp.questionnaire.form import text_in
from visitapp.ui.tokens import FONT_FAMILY, LIGHT, TYPES
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.structure import Entry

_WIDTH = 1366
"""The card is drawn for this width and grows with the screen."""
_SIDE = 88
_FOOT = 56


@dataclass(frozen=True, slots=True)
class Bar:
    """A worked example: ``share`` (0..1) of the bar is ``part``, the rest ``rest``; ``title`` says of what."""

    title: str
    share: float
    part: str
    rest: str


@dataclass(frozen=True, slots=True)
class OwnerCard:
    """What stands on a card; what is "" or empty has no place on it. ``boxes`` are (label, amount)."""

    tag: str
    kind: str
    name: str
    lead: str = ""
    boxes: tuple[tuple[str, str], ...] = ()
    bar: Bar | None = None
    facts: tuple[tuple[str, str], ...] = ()
    options: tuple[str, ...] = ()
    foot: str = ""


def question_card(session: Session, entry: Entry) -> OwnerCard:
    """The current question in the same style: number, title, options. No answers, no notes, nothing of last time."""
    options = () if entry.composite else session.interview.choices(entry.address)
    labels = tuple(text_in(choice.label, language()).replace("\u200b", "") for choice in options)
    hint = tr("あてはまるものすべて") if entry.question.type == "select_multiple" else ""
    return OwnerCard(entry.number, hint, entry.title, options=labels, foot=session.records.survey.name or "")


class OwnerWindow(QWidget):
    """Shows cards; → and ← (or a tap at either side) turn them, Esc closes."""

    def __init__(self, cards: Sequence[OwnerCard], opener: QWidget, start: int = 0) -> None:
        super().__init__(opener, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.cards = list(cards)
        self.place = start
        self._opener = opener.window()
        self._focus_before = self._opener.focusWidget()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("相手に見せる"))
        self.setAccessibleName(self.cards[start].name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("no_ring", True)

    def open(self) -> None:
        """Full screen; on a second screen if there is one."""
        screens = QGuiApplication.screens()
        here = self._opener.screen()
        other = next((screen for screen in screens if screen is not here), here)
        self.setGeometry(other.geometry())
        self.showFullScreen()
        self.setFocus()

    def turn(self, step: int) -> None:
        """Show another card; the first and the last stay where they are."""
        self.place = min(max(self.place + step, 0), len(self.cards) - 1)
        self.setAccessibleName(self.cards[self.place].name)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Right: 1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Space: 1, Qt.Key.Key_Return: 1,
            Qt.Key.Key_Left: -1, Qt.Key.Key_PageUp: -1,
        }
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F9):
            self.close()
            self._opener.activateWindow()
            if self._focus_before is not None:
                self._focus_before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (step := steps.get(Qt.Key(event.key()))) is not None:
            self.turn(step)
        else:
            event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.turn(1 if event.position().x() > self.width() / 2 else -1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(LIGHT["surface"]))
        scale = self.width() / _WIDTH
        painter.scale(scale, scale)
        height = self.height() / scale
        _Drawing(painter, self.cards[self.place], height - _FOOT).draw()
        _draw_foot(painter, height, self.cards[self.place].foot, self.place, len(self.cards))
        painter.end()


class _Drawing:
    """Draws one card from the top down on a ground of 1366 px."""

    def __init__(self, painter: QPainter, card: OwnerCard, bottom: float) -> None:
        self.painter, self.card, self.bottom = painter, card, bottom
        self.y = 44.0

    def draw(self) -> None:
        card = self.card
        self._head()
        self._text(card.name, "owner-name", "text", gap=8)
        if card.lead:
            self._text(card.lead, "owner-lead", "text", gap=22)
        if card.boxes:
            self._boxes()
        if card.bar is not None:
            self._bar(card.bar)
        self._facts()
        self._options()

    def _font(self, name: str) -> QFont:
        font = QFont(FONT_FAMILY)
        font.setPixelSize(TYPES[name].px)
        font.setBold(TYPES[name].bold)
        return font

    def _pen(self, token: str) -> None:
        self.painter.setPen(QColor(LIGHT[token]))

    def _text(self, text: str, step: str, token: str, *, left: float = _SIDE, width: float = 0, gap: float = 8) -> None:
        self.painter.setFont(self._font(step))
        self._pen(token)
        area = QRect(round(left), round(self.y), round(width or _WIDTH - _SIDE - left), 4000)
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        used = self.painter.boundingRect(area, flags, text)
        self.painter.drawText(area, flags, text)
        self.y += used.height() + gap

    def _head(self) -> None:
        painter, card = self.painter, self.card
        painter.setFont(self._font("owner-label"))
        width = painter.fontMetrics().horizontalAdvance(card.tag) + 30 if card.tag else 0
        if card.tag:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(LIGHT["text2"]))
            tag = QRectF(_SIDE, self.y, width, 40)
            painter.drawRoundedRect(tag, 6, 6)
            self._pen("surface")
            painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, card.tag)
        painter.setFont(self._font("owner-text"))
        self._pen("text2")
        kind = QRectF(_SIDE + width + (16 if width else 0), self.y, 900, 40)
        painter.drawText(kind, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, card.kind)
        self.y += 52

    def _boxes(self) -> None:
        boxes, painter = self.card.boxes[:4], self.painter
        across = min(len(boxes), 2)
        width = (_WIDTH - 2 * _SIDE - 40 * (across - 1)) / across
        top = self.y
        for place, (name, amount) in enumerate(boxes):
            left, up = _SIDE + (place % across) * (width + 40), top + (place // across) * 164
            painter.setPen(QPen(QColor(LIGHT["text2"]), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left, up, width, 144), 8, 8)
            self.y = up + 20
            self._text(name, "owner-label", "text2", left=left + 30, width=width - 60, gap=4)
            step = _fitting(painter, self._font, amount, width - 60)
            self._text(amount, step, "text", left=left + 30, width=width - 60)
        self.y = top + ((len(boxes) + across - 1) // across) * 164 + 6

    def _bar(self, bar: Bar) -> None:
        painter = self.painter
        self._text(bar.title, "owner-label", "text2", gap=8)
        area = QRectF(_SIDE, self.y, _WIDTH - 2 * _SIDE, 56)
        filled = QRectF(area.left(), area.top(), area.width() * bar.share, area.height())
        painter.fillRect(filled, QColor(LIGHT["accent"]))
        painter.setPen(QPen(QColor(LIGHT["text"]), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)
        font = self._font("owner-label")
        font.setBold(True)
        painter.setFont(font)
        self._pen("onAccent")
        painter.drawText(filled, Qt.AlignmentFlag.AlignCenter, bar.part)
        self._pen("text")
        painter.drawText(area.adjusted(filled.width(), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, bar.rest)
        self.y += 56 + 28

    def _facts(self) -> None:
        for name, value in self.card.facts:
            top = self.y
            self._text(name, "owner-text", "text2", width=180, gap=0)
            self.y = top
            self._text(value, "owner-text", "text", left=_SIDE + 172, gap=10)

    def _options(self) -> None:
        options = self.card.options
        if not options:
            return
        self.y += 8
        room = max(1, int((self.bottom - self.y) // 48))
        columns = 1 if len(options) <= room else (2 if len(options) <= 2 * room else 3)
        step = "owner-text" if columns < 3 else "owner-label"
        width = (_WIDTH - 2 * _SIDE) / columns
        per_column = -(-len(options) // columns)
        top = self.y
        for place, text in enumerate(options):
            column, line = divmod(place, per_column)
            self.y = top + line * 48
            self._text(f"{place + 1}　{text}", step, "text", left=_SIDE + column * width, width=width - 24)


def _fitting(painter: QPainter, font_of, amount: str, width: float) -> str:  # type: ignore[no-untyped-def]
    """The largest of the three steps in which an amount fits on one line."""
    for step in ("owner-amount", "owner-lead"):
        painter.setFont(font_of(step))
        if painter.fontMetrics().horizontalAdvance(amount) <= width:
            return step
    return "owner-text"


def _draw_foot(painter: QPainter, height: float, text: str, place: int, count: int) -> None:
    top = height - _FOOT
    painter.setPen(QPen(QColor(LIGHT["border"]), 1))
    painter.drawLine(0, round(top), _WIDTH, round(top))
    font = QFont(FONT_FAMILY)
    font.setPixelSize(16)
    painter.setFont(font)
    for dot in range(count if count > 1 else 0):
        painter.setPen(QPen(QColor(LIGHT["accent"]) if dot == place else QColor(LIGHT["text2"]), 2))
        painter.setBrush(QColor(LIGHT["accent"]) if dot == place else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(40 + dot * 25, top + 22, 11, 11))
    painter.setPen(QColor(LIGHT["text2"]))
    line = QRectF(0, top, _WIDTH, _FOOT)
    if count > 1:
        left = line.adjusted(40 + count * 25 + 6, 0, 0, 0)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, f"{place + 1}／{count}")
    painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
    keys = tr("← → ほかの施策　　Esc 閉じる") if count > 1 else tr("Esc 閉じる")
    painter.drawText(line.adjusted(0, 0, -40, 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, keys)
