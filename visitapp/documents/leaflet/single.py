"""The generous card of a leaflet with one programme: big bar, boxed caps, worked examples."""

from __future__ import annotations

from visitapp.documents.column import Column
from visitapp.documents.leaflet.content import Edition, Item
from visitapp.documents.leaflet.parts import (
    CardHead,
    HeadLook,
    Strip,
    StripLook,
    add_ask,
    add_fact,
    add_notes,
    draw_cap,
    draw_qr,
)
from visitapp.documents.leaflet.words import (
    CapLine,
    Example,
    Money,
    amount_text,
    cost_label,
    examples_of,
    fact_rows,
    money_of,
)
from visitapp.documents.marks import qr_side, rate_bar
from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.text import lay, lay_marked
from visitapp.documents.tokens import FRAME, FRAME_BIG, INNER, LEFT, TEXT_WIDTH, Style
from visitapp.i18n import tr

_PAD = 4.2
_WIDTH = TEXT_WIDTH - 2 * _PAD
_BAR = 10.3
_ROW = 9.0
_EXAMPLE, _LARGE_EXAMPLE = (63.5, 65.5), (84.0, 36.0)
"""Where the bars of the examples begin, and how long the longest is."""
_BETWEEN_BOXES = 4.0


class BigCard:
    """One programme over the whole width."""

    def __init__(self, item: Item, edition: Edition, *, example: bool = True) -> None:
        self.title = item.facts.name
        self._item, self._edition, self._example_wanted = item, edition, example
        scale = edition.scale
        more = 1.4 if not edition.large else 0.0
        self._body = Style(scale.body.font, scale.body.size + more, scale.body.leading + 3)
        self._label = Style(scale.label.font, scale.label.size + more, self._body.leading)
        self._name = Style(scale.name.font, max(19.0, scale.name.size), 25)
        pill = Style(scale.pill.font, scale.pill.size + 1.5, scale.pill.leading + 2)
        look = HeadLook(scale.number, self._name, self._name, scale.body, pill, 10.0, 3.2, _PAD, 15.2)
        self._head = CardHead("", item.facts, look)
        self._top = Column()
        if item.facts.what:
            self._top.space(2.6)
            self._top.text(lay(item.facts.what, self._body, _WIDTH))
        self._figure()
        self._top.space(3.0)
        self._facts()
        label = Style(scale.reason_label.font, scale.reason_label.size + 1, self._body.leading, "navy")
        self._strip = Strip(item, StripLook(label, self._body, _PAD, 2.2, _PAD))
        self.height = self._head.height + self._top.height + self._rows.height + self._strip.height

    def draw(self, pen: Pen, top: float) -> None:
        """From top to bottom; the frame last."""
        pen.mark("programme-1", self.title)
        self._head.draw(pen, LEFT, top)
        place = top + self._head.height
        self._top.draw(pen, LEFT + _PAD, place)
        place += self._top.height
        self._rows.draw(pen, LEFT, place)
        self._strip.draw(pen, LEFT, place + self._rows.height)
        pen.rect(LEFT, top, TEXT_WIDTH, self.height, line=FRAME_BIG)

    def _figure(self) -> None:
        money = money_of(self._item.facts)
        if money is None:
            self._support()
            return
        if money.parts:
            self._top.space(2.6)
            own = max(11.0, self._edition.scale.small.size)
            styles = (Style(self._label.font, 15, 19), Style(self._body.font, own, own + 4))
            self._top.add(_BAR, lambda pen, x, top: rate_bar(pen, x, top, _WIDTH, _BAR, money.parts, styles))
        self._top.space(2.2 if money.notes else 2.6)
        add_notes(self._top, money.notes, self._edition.scale.body, _WIDTH)
        self._top.space(1.2 if money.notes else 0.0)
        self._caps(money)
        self._examples(examples_of(self._item.facts) if self._example_wanted else [])

    def _support(self) -> None:
        facts, scale, omit = self._item.facts, self._edition.scale, self._edition.omit_missing
        if facts.support:
            self._top.space(2.0)
            self._top.text(lay(tr("支援の形"), scale.small2, _WIDTH))
            self._top.text(lay(facts.support, self._name, _WIDTH))
        if not omit:
            self._top.space(0.8)
            words = cost_label(facts) if facts.support else tr("支援の形")
            add_ask(self._top, words, (scale.body, scale.chip), _WIDTH)

    def _caps(self, money: Money) -> None:
        """Boxes, two in a row; a single one takes the whole width."""
        columns = 1 if len(money.caps) == 1 else 2
        width = (_WIDTH - (columns - 1) * _BETWEEN_BOXES) / columns
        for start in range(0, len(money.caps), columns):
            boxes = [self._box(cap, width) for cap in money.caps[start : start + columns]]
            height = max(box.height for box in boxes)

            def draw(pen: Pen, x: float, top: float, boxes: list[Column] = boxes, height: float = height) -> None:
                for place, box in enumerate(boxes):
                    left = x + place * (width + _BETWEEN_BOXES)
                    box.draw(pen, left + 3.2, top)
                    pen.rect(left, top, width, height, line=FRAME)

            self._top.add(height, draw)
            self._top.space(2.2)

    def _box(self, cap: CapLine, width: float) -> Column:
        scale = self._edition.scale
        box = Column()
        box.space(1.8)
        figure = Style(scale.cap.font, 29, 33)
        unit = Style(scale.cap.font, 16, 33)
        add_notes(box, cap.notes, scale.body, width - 6.4)
        if cap.number:
            box.add(line_height(figure), lambda pen, x, top: draw_cap(pen, x, top, cap, (figure, unit), scale.body))
        elif not self._edition.omit_missing:
            add_ask(box, tr("上限"), (scale.body, scale.chip), width - 6.4)
        box.space(1.8)
        return box

    def _examples(self, examples: list[Example]) -> None:
        if not examples:
            return
        scale = self._edition.scale
        note = tr("塗り＝助成、白＝自己負担。助成率と上限額による計算です。対象経費と端数は窓口でお確かめください。")
        heading = tr("計算例")
        at = text_width(heading, scale.body_bold) + 4
        laid = lay(note, scale.small, _WIDTH - at)

        def head(pen: Pen, x: float, top: float) -> None:
            pen.text(x, top - (line_height(scale.body_bold) - line_height(scale.small)) / 2, heading, scale.body_bold)
            laid.draw(pen, x + at, top)

        self._top.space(1.0)
        self._top.add(laid.height + 1.6, head)
        longest = max(example.cost for example in examples)
        for example in examples:
            self._example(example, longest)

    def _example(self, example: Example, longest: int) -> None:
        """A bar as long as the cost, filled as far as the grant goes."""
        scale = self._edition.scale
        styles = {False: scale.body, True: scale.body_bold}
        cost = tr("経費 **{cost}**", cost=amount_text(example.cost))
        grant = tr("助成 **{grant}**", grant=amount_text(example.grant))
        if example.capped:
            grant = tr("助成 **{grant}**（上限）", grant=amount_text(example.grant))
        start, longest_bar = _LARGE_EXAMPLE if self._edition.large else _EXAMPLE
        left = lay_marked(f"{example.condition}　{cost}" if example.condition else cost, styles, start - 1)
        right = lay_marked(grant, styles, _WIDTH - start - longest_bar - 2.2)
        bar = longest_bar * example.cost / longest
        height = max(left.height, right.height, 5.9)

        def draw(pen: Pen, x: float, top: float) -> None:
            left.draw(pen, x, top + (height - left.height) / 2)
            at, line = x + start, top + (height - 4.2) / 2
            pen.rect(at, line, bar * example.grant / example.cost, 4.2, fill="navy")
            pen.rect(at, line, bar, 4.2, line=FRAME)
            right.draw(pen, at + bar + 2.2, top + (height - right.height) / 2)

        self._top.add(height, draw)

    def _facts(self) -> None:
        """One ruled row for each fact, the QR code in a column of its own."""
        facts, scale = self._item.facts, self._edition.scale
        side = qr_side(facts.address) * 1.6 if facts.address else 0.0
        right = TEXT_WIDTH - (side + 9 if side else 0.0)
        rows = fact_rows(facts, self._edition.omit_missing)
        label = max(28.0, *(text_width(row.label, self._label) + 4 for row in rows))
        column = Column()
        for row in rows:
            one = Column()
            add_fact(one, row, (self._label, self._body, scale.chip), (label, right - label - _PAD - 2.4))
            height = max(_ROW, one.height + 3.2)

            def draw(pen: Pen, x: float, top: float, one: Column = one, height: float = height) -> None:
                pen.rule(x, x + right, top, INNER, "line")
                one.draw(pen, x + _PAD, top + (height - one.height) / 2)

            column.add(height, draw)
        least = side + 4 + line_height(scale.body)
        column.space(max(0.0, least + 2 - column.height) if side else 0.0)
        self._rows = Column()

        def whole(pen: Pen, x: float, top: float) -> None:
            column.draw(pen, x, top)
            if side:
                pen.rule(x + right, x + TEXT_WIDTH, top, INNER, "line")
                pen.upright(x + right, top, top + column.height, INNER, "line")
                draw_qr(pen, x + right + 4.5, top + (column.height - least) / 2, facts.address, side, scale.small)

        self._rows.add(column.height, whole)
