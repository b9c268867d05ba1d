"""What stands between and below the cards: opening words, list, notes, and the page for a company nothing fits."""

from __future__ import annotations

from visitapp.documents.column import Column
from visitapp.documents.dates import fiscal_year_text, short_date
from visitapp.documents.leaflet.content import Edition, Item, Leaflet
from visitapp.documents.leaflet.parts import ask_word
from visitapp.documents.leaflet.words import money_of, question_words, short_reason
from visitapp.documents.marks import badge, chip
from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.text import Laid, lay, lay_marked
from visitapp.documents.tokens import FRAME, INNER, LEFT, RIGHT, TEXT_WIDTH, WRITING, Style
from visitapp.errors import AnswerRefused
from visitapp.i18n import language, tr
from visitapp.programmes.offer import Facts, Reason

MOST_WORD_LINES = 2
NOTES_HEAD, NOTES_PITCH = 6.0, 7.0
MOST_NOTES = 6
_COLUMNS = (9.0, 12.6, 60.4, 40.0, 56.0)


class Opening:
    """Why these and how many; under it the visitor's word. Raises AnswerRefused E-652 when the word is too long."""

    def __init__(self, leaflet: Leaflet) -> None:
        scale = leaflet.edition.scale
        self._scale = scale
        styles = {False: scale.lead, True: scale.lead_figure}
        self._lead = lay_marked(_lead_words(leaflet), styles, TEXT_WIDTH)
        self._label = tr("担当から")
        self._at = 3.6 + text_width(self._label, scale.reason_label) + 3.0
        self._word = lay(leaflet.word, scale.lead, TEXT_WIDTH - self._at)
        if len(self._word.lines) > MOST_WORD_LINES:
            raise AnswerRefused("E-652", lines=len(self._word.lines), most=MOST_WORD_LINES)
        self.height = self._lead.height + (self._word.height + 1.2 if leaflet.word else 0.0) + 1.4

    def draw(self, pen: Pen, top: float) -> None:
        """The sentence, then a bar with the word."""
        self._lead.draw(pen, LEFT, top)
        if self._word.lines:
            below = top + self._lead.height + 1.2
            pen.rect(LEFT, below, 1.1, self._word.height, fill="ink")
            gap = (line_height(self._scale.lead) - line_height(self._scale.reason_label)) / 2
            pen.text(LEFT + 3.6, below + gap, self._label, self._scale.reason_label, "ink")
            self._word.draw(pen, LEFT + self._at, below)


class Notes:
    """A framed box with lines to write on; the frame is the last line."""

    def __init__(self, room: float, edition: Edition) -> None:
        pitch = NOTES_PITCH + (2.8 if edition.large else 0.0)
        self._label = edition.scale.label
        head = max(NOTES_HEAD, line_height(self._label) + 1.2)
        self.lines = min(MOST_NOTES, int((room - head) / pitch))
        self._head, self._pitch = head, pitch
        self.height = head + pitch * self.lines if self.lines > 0 else 0.0

    def draw(self, pen: Pen, top: float) -> None:
        """Heading, dotted lines, frame."""
        if not self.height:
            return
        pen.text(LEFT + 3.2, top + 1.0, tr("メモ（ご相談の内容・次のお約束など）"), self._label)
        for line in range(1, self.lines):
            pen.dots(LEFT + 3.2, RIGHT - 3.2, top + self._head + line * self._pitch, WRITING)
        pen.rect(LEFT, top, TEXT_WIDTH, self.height, line=FRAME)


class ListHead:
    """「このほかの施策」 and the head of its table."""

    def __init__(self, edition: Edition, *, continued: bool) -> None:
        self._scale = edition.scale
        self._title = tr("このほかの施策（つづき）") if continued else tr("このほかの施策")
        self._row = line_height(edition.scale.label) + 2.0
        self._above = line_height(edition.scale.section) + 2.2
        self.height = self._above + self._row

    def draw(self, pen: Pen, top: float) -> None:
        """Title with a word of help, then the column heads."""
        end = pen.text(LEFT, top + 0.6, self._title, self._scale.section)
        gap = (line_height(self._scale.section) - line_height(self._scale.small)) / 2
        pen.text(end + 4, top + 0.6 + gap, tr("くわしい内容は担当にお尋ねください。"), self._scale.small)
        below = top + self._above
        pen.rect(LEFT, below, TEXT_WIDTH, self._row, fill="tint")
        pen.rect(LEFT, below, TEXT_WIDTH, self._row, line=0.5)
        heads = ("", "", tr("施策の名前"), tr("助成率・上限"), tr("選んだ理由"))
        for place, words in zip(_starts(), heads, strict=True):
            pen.text(place + 2, below + 1.0, words, self._scale.label)
            pen.upright(place, below, below + self._row, 0.5)


class ListRow:
    """One programme of the list. ``asks``: whether 要確認 stands in it."""

    def __init__(self, item: Item, number: int, edition: Edition) -> None:
        facts, scale = item.facts, edition.scale
        self.title = f"{number} {facts.name}"
        self._key = f"programme-{number}"
        self._number, self._facts, self._scale = str(number), facts, scale
        widths = [width - 4 for width in _COLUMNS]
        self._name = lay(facts.name, scale.body, widths[2])
        self._english = lay(facts.name_en if language() == "en" else "", scale.small, widths[2])
        self._figure = Column()
        for words in _figure_words(facts, widths[3], scale.body):
            self._figure.text(lay(words, scale.body, widths[3]))
        self.asks = not self._figure.height and not edition.omit_missing
        reason = Column()
        for words in short_reason(item.reasons[0]) if item.reasons else ():
            reason.text(lay(words, Style(scale.body.font, scale.body.size - 1, scale.body.leading - 1), widths[4]))
        self._reason = reason
        self._badge = 7.0 if edition.large else 5.6
        names = self._name.height + self._english.height
        self.height = max(names, self._figure.height, reason.height, self._badge) + 2.4

    def draw(self, pen: Pen, top: float) -> None:
        """Cells from left to right, each in the middle of its height; then the grid."""
        pen.mark(self._key, self.title)
        middle, starts = top + self.height / 2, _starts()
        style = self._scale.body_bold
        wide = text_width(self._number, style)
        pen.text(starts[0] + (_COLUMNS[0] - wide) / 2, middle - line_height(style) / 2, self._number, style)
        left = starts[1] + max(0.4, (_COLUMNS[1] - self._badge) / 2)
        badge(pen, self._facts.level, left, middle - self._badge / 2, self._badge)
        names = self._name.height + self._english.height
        self._name.draw(pen, starts[2] + 2, middle - names / 2)
        self._english.draw(pen, starts[2] + 2, middle - names / 2 + self._name.height)
        if self.asks:
            row = line_height(self._scale.body)
            chip(pen, ask_word(), starts[3] + 2, middle - row / 2, self._scale.chip, row)
        else:
            self._figure.draw(pen, starts[3] + 2, middle - self._figure.height / 2)
        self._reason.draw(pen, starts[4] + 2, middle - self._reason.height / 2)
        for place in (*starts, RIGHT):
            pen.upright(place, top, top + self.height, 0.5)
        pen.rule(LEFT, RIGHT, top + self.height, 0.5)


class NothingFits:
    """Says plainly that nothing fits, lists what was asked for, and what the office makes of it."""

    def __init__(self, leaflet: Leaflet) -> None:
        self._scale = scale = leaflet.edition.scale
        larger = Style(scale.lead.font, scale.lead.size + 1.5, scale.lead.leading + 4)
        bold = Style(scale.lead_figure.font, scale.lead_figure.size + 0.5, larger.leading)
        self._column = Column()
        words = lay_marked(_nothing_words(leaflet), {False: larger, True: bold}, TEXT_WIDTH - 10.6)
        self._boxed(words, leaflet, larger)
        if leaflet.wishes:
            self._heading(tr("うかがったご希望"))
            for wish in leaflet.wishes:
                self._wish(wish)
        if leaflet.office.afterwards:
            self._heading(tr("このあとのこと"))
            self._column.space(1.6)
            self._column.text(lay(leaflet.office.afterwards, scale.lead, TEXT_WIDTH - 4), 2.0)
            self._column.add(1.6, lambda pen, x, top: pen.rule(x, x + TEXT_WIDTH, top + 1.6, FRAME))
        self._column.space(3.0)
        self.height = self._column.height

    def draw(self, pen: Pen, top: float) -> None:
        """From top to bottom."""
        self._column.draw(pen, LEFT, top)

    def _boxed(self, laid: Laid, leaflet: Leaflet, style: Style) -> None:
        later = lay(leaflet.office.later, style, TEXT_WIDTH - 10.6)
        height = laid.height + later.height + 7.0

        def draw(pen: Pen, x: float, top: float) -> None:
            laid.draw(pen, x + 5.3, top + 3.5)
            later.draw(pen, x + 5.3, top + 3.5 + laid.height)
            pen.rect(x, top, TEXT_WIDTH, height, line=FRAME)

        self._column.add(height, draw)

    def _heading(self, words: str) -> None:
        style = self._scale.section
        height = line_height(style) + 2.4

        def draw(pen: Pen, x: float, top: float) -> None:
            pen.rect(x, top, 1.1, line_height(style) + 0.8, fill="navy")
            pen.text(x + 4, top + 0.4, words, style)
            pen.rule(x, x + TEXT_WIDTH, top + height, FRAME)

        self._column.space(4.2)
        self._column.add(height, draw)

    def _wish(self, wish: Reason) -> None:
        scale = self._scale
        question = lay(question_words(wish), scale.body_bold, 48)
        option = lay(tr("「{option}」", option=wish.option), scale.lead, 84)
        height = max(question.height, option.height) + 3.6

        def draw(pen: Pen, x: float, top: float) -> None:
            question.draw(pen, x + 2, top + (height - question.height) / 2)
            option.draw(pen, x + 53, top + (height - option.height) / 2)
            pen.text(x + 140, top + (height - line_height(scale.body)) / 2, tr("合う施策なし"), scale.body)
            pen.rule(x, x + TEXT_WIDTH, top + height, INNER, "line")

        self._column.add(height, draw)


def _starts() -> list[float]:
    return [LEFT + sum(_COLUMNS[:place]) for place in range(len(_COLUMNS))]


def _figure_words(facts: Facts, width: float, style: Style) -> list[str]:
    """Rate and cap in one line if they fit, else one below the other; none when the catalogue gives none."""
    money = money_of(facts)
    if money is None:
        return []
    rates = {cap.rate for cap in facts.caps}
    numbers = [f"{cap.number} {cap.unit}" if cap.unit.isascii() else cap.number + cap.unit for cap in money.caps]
    cap = tr("上限{amount}", amount="／".join(number for number in numbers if number.strip()))
    lead = rates.pop() if len(rates) == 1 and money.parts else facts.caps[0].per
    both = f"{lead}　{cap}" if lead else cap
    return [both] if text_width(both, style) <= width else [part for part in (lead, cap) if part]


def _lead_words(leaflet: Leaflet) -> str:
    count = len(leaflet.items)
    if leaflet.visited_on is None:
        if count == 1:
            return tr("お寄せいただいた回答から、貴社に合うと思われる支援施策を **1件** ご案内します。")
        return tr("お寄せいただいた回答から、貴社に合うと思われる支援施策を **{count}件** 選びました。", count=count)
    day = short_date(leaflet.visited_on)
    if count == 1:
        return tr("{day}の訪問でうかがった内容から、貴社に合うと思われる支援施策を **1件** ご案内します。", day=day)
    return tr(
        "{day}の訪問でうかがった内容から、貴社に合うと思われる支援施策を **{count}件** 選びました。",
        day=day,
        count=count,
    )


def _nothing_words(leaflet: Leaflet) -> str:
    year = fiscal_year_text(leaflet.fiscal_year)
    if leaflet.visited_on is None:
        return tr("お寄せいただいた回答に合う支援施策は、{year}の施策台帳では **見つかりませんでした**。", year=year)
    day = short_date(leaflet.visited_on)
    return tr(
        "{day}の訪問でうかがった内容に合う支援施策は、{year}の施策台帳では **見つかりませんでした**。",
        day=day,
        year=year,
    )
