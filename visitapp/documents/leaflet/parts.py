"""What all cards are made of: fact rows, the figure beside them, the reason strip, the head."""

from __future__ import annotations

from dataclasses import dataclass

from visitapp.documents.column import Column
from visitapp.documents.leaflet.content import Edition, Item
from visitapp.documents.leaflet.words import CapLine, FactRow, Money, cost_label, money_of, reason_lines
from visitapp.documents.marks import badge, badge_width, chip, chip_width, pill, pill_width, qr_cells, qr_side, rate_bar
from visitapp.documents.marks import writing_line as write_here
from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.text import lay
from visitapp.documents.tokens import INNER, MM, TEXT_WIDTH, Style
from visitapp.i18n import language, tr
from visitapp.programmes.offer import Facts

PAD = 3.0
_AFTER_VALUE = 3.7
"""From a value to the words before its chip."""
_AFTER_WORDS = 1.5


def label_width(edition: Edition) -> float:
    """The column of the labels 対象, 時期 ..., mm."""
    if edition.large:
        return 27.5
    return 26.0 if language() == "en" else 16.5


def ask_word() -> str:
    """The one word for a missing fact."""
    return tr("要確認")


def add_fact(column: Column, row: FactRow, styles: tuple[Style, Style, Style], widths: tuple[float, float]) -> None:
    """A labelled line; ``styles`` of label, value and chip, ``widths`` of the label and of the value, mm."""
    label, body, chip_style = styles
    indent, width = widths
    value = lay(row.value, body, width)
    words = text_width(row.ask, body) + _AFTER_WORDS if row.ask else 0.0
    start = value.last_width + _AFTER_VALUE if row.value else 0.0
    chip_line = max(len(value.lines) - 1, 0)
    if row.ask is not None and row.value and start + words + chip_width(ask_word(), chip_style) > width:
        start, chip_line = 0.0, chip_line + 1
    pitch = line_height(body)
    lines = max(len(value.lines), chip_line + 1 if row.ask is not None else 1)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text(x, top + (pitch - line_height(label)) / 2, row.label, label)
        value.draw(pen, x + indent, top)
        if row.ask is not None:
            line_top = top + chip_line * pitch
            place = x + indent + start
            if row.ask:
                place = pen.text(place, line_top, row.ask, body) + _AFTER_WORDS
            end = chip(pen, ask_word(), place, line_top, chip_style, pitch)
            write_here(pen, end, x + indent + width, line_top, pitch)

    column.add(lines * pitch, draw)


def add_ask(column: Column, words: str, styles: tuple[Style, Style], width: float) -> None:
    """「費用」 and the chip with its writing line; ``styles`` of the words and the chip."""
    pitch = line_height(styles[1]) + 0.9

    def draw(pen: Pen, x: float, top: float) -> None:
        place = pen.text(x, top + (pitch - line_height(styles[0])) / 2, words, styles[0]) + _AFTER_WORDS
        end = chip(pen, ask_word(), place, top, styles[1], pitch)
        write_here(pen, end, x + width, top, pitch)

    column.add(pitch, draw)


def cap_styles(edition: Edition, money: Money, width: float) -> list[tuple[Style, Style]]:
    """Type of figure and unit for each cap: a single one is biggest, of several the first is bigger.

    A figure wider than ``width`` mm takes the next smaller type.
    """
    scale = edition.scale
    ladder = [(scale.cap, scale.cap_unit), (scale.cap_first, scale.cap_first), (scale.cap_second, scale.cap_second)]
    found = []
    for place, cap in enumerate(money.caps):
        start = 0 if len(money.caps) == 1 else 1 + min(place, 1)
        fitting = [styles for styles in ladder[start:] if cap_width(cap, styles, scale.body) <= width]
        found.append(fitting[0] if fitting else ladder[-1])
    return found


def draw_cap(pen: Pen, x: float, top: float, cap: CapLine, styles: tuple[Style, Style], words: Style) -> None:
    """「上限 20万円」 on one base line."""
    figure, unit = styles
    base = top + ((figure.leading - figure.size) / 2 + 0.88 * figure.size) / MM
    place = pen.text_on(x, base, tr("上限"), words) + 1.3
    place = pen.text_on(place, base, cap.number, figure)
    pen.text_on(place + _before_unit(cap, styles), base, cap.unit, unit)


def cap_width(cap: CapLine, styles: tuple[Style, Style], words: Style) -> float:
    """What ``draw_cap`` takes, mm."""
    figure = text_width(cap.number, styles[0]) + _before_unit(cap, styles) + text_width(cap.unit, styles[1])
    return text_width(tr("上限"), words) + 1.3 + figure


def _before_unit(cap: CapLine, styles: tuple[Style, Style]) -> float:
    """A Latin unit needs a blank before it, a smaller one a little air; mm."""
    if cap.unit.isascii():
        return 1.2
    return 0.0 if styles[0] is styles[1] else 0.5


def add_cap(column: Column, cap: CapLine, styles: tuple[Style, Style], edition: Edition, width: float) -> None:
    """A cap, asked for or left out when it is not known."""
    scale = edition.scale
    if cap.number:
        column.add(line_height(styles[0]), lambda pen, x, top: draw_cap(pen, x, top, cap, styles, scale.body))
    elif not edition.omit_missing:
        add_ask(column, tr("上限"), (scale.body, scale.chip), width)


def add_notes(column: Column, notes: tuple[str, ...], style: Style, width: float) -> None:
    """When and for what a cap or rate holds, one line each."""
    for note in notes:
        column.text(lay(note, style, width))


def figure_column(facts: Facts, edition: Edition, width: float, bar_height: float) -> Column:
    """Rate bar, caps, QR code: or the form of support where there is no money. ``width`` in mm."""
    column = Column()
    scale = edition.scale
    money = money_of(facts)
    if money and money.parts:
        parts = money.parts
        styles = (scale.label, scale.small)
        column.add(bar_height, lambda pen, x, top: rate_bar(pen, x, top, width, bar_height, parts, styles))
        column.space(0.7)
    side = qr_side(facts.address) if facts.address else 0.0
    room = width - side - 2.5 if side else width
    beside = Column()
    if money:
        for cap, style in zip(money.caps, cap_styles(edition, money, room), strict=True):
            add_cap(beside, cap, style, edition, room)
            add_notes(beside, cap.notes, scale.small, room)
        add_notes(beside, money.notes, scale.small, room)
    else:
        add_support(beside, facts, edition, room)

    def draw(pen: Pen, x: float, top: float) -> None:
        beside.draw(pen, x, top)
        draw_qr(pen, x + width - side, top, facts.address, side, scale.small)

    column.add(max(beside.height, qr_height(side, scale.small)), draw)
    return column


def add_support(column: Column, facts: Facts, edition: Edition, width: float) -> None:
    """支援の形 where no money is known. Nothing is invented: an unknown form is asked for, or left out."""
    scale = edition.scale
    if facts.support:
        column.text(lay(tr("支援の形"), scale.small2, width))
        column.text(lay(facts.support, scale.support, width))
        if not edition.omit_missing:
            column.space(0.3)
            add_ask(column, cost_label(facts), (scale.small, scale.chip), width)
    elif not edition.omit_missing:
        add_ask(column, tr("支援の形"), (scale.small, scale.chip), width)


def qr_height(side: float, style: Style) -> float:
    """The height of a code of ``side`` mm with its caption; 0 for no code."""
    return side + 1.4 + line_height(style) if side else 0.0


def draw_qr(pen: Pen, x: float, top: float, address: str, side: float, style: Style) -> None:
    """The code with its caption; nothing where the catalogue has no address."""
    if not address:
        return
    pen.cells(x, top + 0.7, side, qr_cells(address))
    caption = tr("くわしくは")
    pen.text(x + (side - text_width(caption, style)) / 2, top + side + 1.2, caption, style)


@dataclass(frozen=True, slots=True)
class HeadLook:
    """Type and measures (mm) of a card's head; ``least`` is its smallest height."""

    number: Style
    name: Style
    name_long: Style
    english: Style
    pill: Style
    badge: float
    gap: float
    pad: float
    least: float


class CardHead:
    """Number, badges, name, kind: one band at the top of a card. ``height`` in mm."""

    def __init__(self, number: str, facts: Facts, look: HeadLook) -> None:
        self._number, self._facts, self._look = number, facts, look
        self._kind = facts.kind or facts.field
        self._badges_at = look.pad + (max(text_width(number, look.number) + 2.5, 7.7) if number else 0.0)
        badges = sum(badge_width(level, look.badge) + look.gap for level in facts.levels)
        self._name_at = self._badges_at + badges
        pill_room = pill_width(self._kind, look.pill) + 3 if self._kind else 0.0
        room = TEXT_WIDTH - look.pad - self._name_at - pill_room
        fits = text_width(facts.name, look.name) <= room
        self._name = lay(facts.name, look.name if fits else look.name_long, room)
        self._english = lay(facts.name_en if language() == "en" else "", look.english, room)
        self.height = max(look.least, self._name.height + self._english.height + 2.2)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """From left to right, as it is read."""
        look, middle = self._look, top + self.height / 2
        pen.text(x + look.pad, middle - line_height(look.number) / 2, self._number, look.number)
        place = x + self._badges_at
        for level in self._facts.levels:
            place = badge(pen, level, place, middle - look.badge / 2, look.badge) + look.gap
        name_top = middle - (self._name.height + self._english.height) / 2
        self._name.draw(pen, x + self._name_at, name_top)
        self._english.draw(pen, x + self._name_at, name_top + self._name.height)
        if self._kind:
            pill(pen, self._kind, x + TEXT_WIDTH - look.pad, middle, look.pill)
        pen.rule(x, x + TEXT_WIDTH, top + self.height, INNER, "line")


@dataclass(frozen=True, slots=True)
class StripLook:
    """Type and measures (mm) of the reason strip; ``text_at`` is where its text begins, 0 for below the label."""

    label: Style
    body: Style
    pad: float
    margin: float
    text_at: float


class Strip:
    """選んだ理由: tinted band at the foot of a card, or nothing when there is neither a reason nor an open point."""

    def __init__(self, item: Item, look: StripLook) -> None:
        self._look = look
        self._words = tr("選んだ理由") if item.reasons else tr("確認すること")
        label_end = look.pad + text_width(self._words, look.label) + 2.0
        self._text_at = max(look.text_at, label_end) if look.text_at else look.pad
        width = TEXT_WIDTH - self._text_at - look.pad
        lines = reason_lines(item, lambda line: text_width(line, look.body) <= width)
        self._text = Column()
        self._text.space(0.0 if look.text_at else line_height(look.label))
        for line in lines:
            self._text.text(lay(line, look.body, width))
        self.height = self._text.height + 2 * look.margin if lines else 0.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """The band with its rule above."""
        if not self.height:
            return
        look = self._look
        pen.rect(x, top, TEXT_WIDTH, self.height, fill="tint")
        pen.rule(x, x + TEXT_WIDTH, top, INNER, "line")
        first = (line_height(look.body) - line_height(look.label)) / 2 if look.text_at else 0.0
        pen.text(x + look.pad, top + look.margin + first, self._words, look.label)
        self._text.draw(pen, x + self._text_at, top + look.margin)
