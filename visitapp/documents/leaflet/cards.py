"""The cards of a leaflet: the normal one, and the one in large print."""

from __future__ import annotations

from dataclasses import replace

from visitapp.documents.column import Column
from visitapp.documents.leaflet.content import Edition, Item
from visitapp.documents.leaflet.parts import (
    PAD,
    CardHead,
    HeadLook,
    Strip,
    StripLook,
    add_ask,
    add_cap,
    add_fact,
    add_notes,
    cap_styles,
    cap_width,
    draw_cap,
    draw_qr,
    figure_column,
    label_width,
    qr_height,
)
from visitapp.documents.leaflet.words import Money, cost_label, example_words, examples_of, fact_rows, money_of
from visitapp.documents.marks import qr_side, rate_bar
from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.text import lay
from visitapp.documents.tokens import FRAME, LEFT, TEXT_WIDTH, Style
from visitapp.i18n import tr
from visitapp.programmes.offer import Facts

_TEXT, _FIGURE, _BETWEEN = 110.0, 58.0, 4.0
_REASON_AT = 22.5
_BAR = 6.4
_LARGE_BAR, _LARGE_PAD = 10.0, 4.0


def head_look(edition: Edition) -> HeadLook:
    """The head of a card among several."""
    scale, large = edition.scale, edition.large
    english = Style(scale.body.font, scale.body.size - 1, scale.body.leading - 1)
    look = HeadLook(scale.number, scale.name, scale.name_long, english, scale.pill, 6.6, 2.4, PAD, 8.5)
    return replace(look, badge=9.0, gap=3.0, pad=_LARGE_PAD, least=12.5) if large else look


def strip_look(edition: Edition) -> StripLook:
    """The reason strip of a card among several: in large print the text stands below its label."""
    scale = edition.scale
    if edition.large:
        return StripLook(scale.reason_label, scale.body, _LARGE_PAD, 1.1, 0.0)
    return StripLook(scale.reason_label, scale.body, PAD, 1.15, _REASON_AT)


class Card:
    """One programme in a band of 178 mm: words at the left, figure at the right."""

    def __init__(self, item: Item, number: int, edition: Edition, *, example: bool = False) -> None:
        self.title = f"{number} {item.facts.name}"
        self._key = f"programme-{number}"
        facts, scale = item.facts, edition.scale
        self._head = CardHead(str(number), facts, head_look(edition))
        self._text = Column()
        if facts.what:
            self._text.text(lay(facts.what, scale.body, _TEXT))
            self._text.space(0.6)
        labels = label_width(edition)
        widths = (labels + 1.5, _TEXT - labels - 1.5)
        for row in fact_rows(facts, edition.omit_missing):
            add_fact(self._text, row, (scale.label, scale.body, scale.chip), widths)
        found = examples_of(facts)[:1] if example else []
        for one in found:
            self._text.text(lay(tr("計算例　{example}", example=example_words(one)), scale.small, _TEXT))
        self._figure = figure_column(facts, edition, _FIGURE, _BAR)
        self._strip = Strip(item, strip_look(edition))
        self._body = max(self._text.height, self._figure.height) + 1.3 + 1.2
        self.height = self._head.height + self._body + self._strip.height

    def draw(self, pen: Pen, top: float) -> None:
        """Frame last, so that no fill covers it."""
        pen.mark(self._key, self.title)
        self._head.draw(pen, LEFT, top)
        below = top + self._head.height
        self._text.draw(pen, LEFT + PAD, below + 1.3)
        self._figure.draw(pen, LEFT + PAD + _TEXT + _BETWEEN, below + 1.3)
        self._strip.draw(pen, LEFT, below + self._body)
        pen.rect(LEFT, top, TEXT_WIDTH, self.height, line=FRAME)


class LargeCard:
    """One programme in large print: everything below one another, only the QR code beside the facts."""

    def __init__(self, item: Item, number: int, edition: Edition) -> None:
        self.title = f"{number} {item.facts.name}"
        self._key = f"programme-{number}"
        facts, scale = item.facts, edition.scale
        self._width = TEXT_WIDTH - 2 * _LARGE_PAD
        self._edition = edition
        self._head = CardHead(str(number), facts, head_look(edition))
        self._strip = Strip(item, strip_look(edition))
        self._text = Column()
        if facts.what:
            self._text.text(lay(facts.what, scale.body, self._width))
        self._add_figure(item)
        self._text.space(1.5)
        self._add_facts(item)
        self._body = self._text.height + 2.4 + 2.0
        self.height = self._head.height + self._body + self._strip.height

    def draw(self, pen: Pen, top: float) -> None:
        """Frame last, so that no fill covers it."""
        pen.mark(self._key, self.title)
        self._head.draw(pen, LEFT, top)
        below = top + self._head.height
        self._text.draw(pen, LEFT + _LARGE_PAD, below + 2.4)
        self._strip.draw(pen, LEFT, below + self._body)
        pen.rect(LEFT, top, TEXT_WIDTH, self.height, line=FRAME)

    def _add_figure(self, item: Item) -> None:
        facts, omit = item.facts, self._edition.omit_missing
        money = money_of(facts)
        if money:
            self._text.space(2.0)
            self._add_money(money)
        elif facts.support or not omit:
            self._add_support(facts)

    def _add_support(self, facts: Facts) -> None:
        """The form of support and, after it, what it costs."""
        scale = self._edition.scale
        words = cost_label(facts) if facts.support else tr("支援の形")
        taken = text_width(facts.support, scale.support) + 4 if facts.support else 0.0
        ask = Column()
        if not self._edition.omit_missing:
            add_ask(ask, words, (scale.body, scale.chip), self._width - taken)
        height = max(line_height(scale.support), ask.height)

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.text(x, top, facts.support, scale.support)
            ask.draw(pen, x + taken, top + (height - ask.height) / 2)

        self._text.space(1.2)
        self._text.add(height, draw)

    def _add_money(self, money: Money) -> None:
        """The bar; a single cap beside it, several below."""
        scale = self._edition.scale
        styles = cap_styles(self._edition, money, self._width / len(money.caps) - 4)
        beside = len(money.caps) == 1 and bool(money.parts) and bool(money.caps[0].number)
        if money.parts:
            self._add_bar(money, styles[0] if beside else None)
        if beside:
            add_notes(self._text, money.caps[0].notes, scale.small, self._width)
        else:
            self._add_caps(money, styles)
        add_notes(self._text, money.notes, scale.small, self._width)

    def _add_caps(self, money: Money, styles: list[tuple[Style, Style]]) -> None:
        """Side by side, each with what it holds for."""
        width = self._width / len(money.caps)
        columns = []
        for cap, style in zip(money.caps, styles, strict=True):
            column = Column()
            add_cap(column, cap, style, self._edition, width - 4)
            add_notes(column, cap.notes, self._edition.scale.small, width - 4)
            columns.append(column)
        height = max(column.height for column in columns)

        def draw(pen: Pen, x: float, top: float) -> None:
            for place, column in enumerate(columns):
                column.draw(pen, x + place * width, top)

        self._text.add(height, draw)

    def _add_bar(self, money: Money, cap_beside: tuple[Style, Style] | None) -> None:
        scale, cap = self._edition.scale, money.caps[0]
        taken = cap_width(cap, cap_beside, scale.body) + 4 if cap_beside else 0.0
        bar = self._width - taken

        def draw(pen: Pen, x: float, top: float) -> None:
            rate_bar(pen, x, top, bar, _LARGE_BAR, money.parts, (scale.body_bold, scale.small))
            if cap_beside:
                middle = top + (_LARGE_BAR - line_height(cap_beside[0])) / 2
                draw_cap(pen, x + bar + 4, middle, cap, cap_beside, scale.body)

        self._text.add(_LARGE_BAR + 1.0, draw)

    def _add_facts(self, item: Item) -> None:
        facts, scale = item.facts, self._edition.scale
        side = qr_side(facts.address) * 1.25 if facts.address else 0.0
        labels = label_width(self._edition)
        width = self._width - labels - (side + 5 if side else 0.0)
        rows = Column()
        for row in fact_rows(facts, self._edition.omit_missing):
            add_fact(rows, row, (scale.label, scale.body, scale.chip), (labels, width))
            rows.space(0.35)

        def draw(pen: Pen, x: float, top: float) -> None:
            rows.draw(pen, x, top)
            draw_qr(pen, x + self._width - side, top, facts.address, side, scale.small)

        self._text.add(max(rows.height, qr_height(side, scale.small)), draw)
