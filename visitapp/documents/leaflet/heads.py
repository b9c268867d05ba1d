"""Letterhead, running head and footer of a leaflet."""

from __future__ import annotations

import io
from dataclasses import replace

from visitapp.documents.column import Column
from visitapp.documents.dates import fiscal_year_text, long_date, short_date
from visitapp.documents.fonts import printable
from visitapp.documents.leaflet.content import Leaflet, Office
from visitapp.documents.leaflet.parts import ask_word
from visitapp.documents.marks import badge, badge_width, chip
from visitapp.documents.pen import Pen, line_height, text_width
from visitapp.documents.text import Laid, lay
from visitapp.documents.tokens import FRAME, HEAD_RULE, INNER, LEFT, MM, PAGE_HEIGHT, RIGHT, TEXT_WIDTH, TOP, Style
from visitapp.errors import AnswerRefused
from visitapp.i18n import language, tr
from visitapp.programmes.offer import LEVELS

_CONTACT = 78.0
_LONG_NAME, _LAST_OF_NAME = 17, 2
_PAGE_NUMBER, _FOOT_MARGIN = 34.0, 9.0
_LOGO_HEIGHT, _LOGO_WIDEST = 9.5, 30.0


def content_bottom(leaflet: Leaflet) -> float:
    """Where the content of a page ends, mm from the upper edge: as on paper drawn, or higher for a longer footer."""
    foot = sum(laid.height for laid in _foot_lines(leaflet)) + line_height(leaflet.edition.scale.foot) + 0.6
    return PAGE_HEIGHT - max(29.5 if leaflet.edition.large else 19.5, foot + _FOOT_MARGIN + 1.0)


def company_lines(leaflet: Leaflet, style: Style, width: float) -> Laid:
    """The company with 御中, which never stands alone nor leaves the last two characters of the name."""
    addressed = tr("{company}　御中", company=leaflet.company)
    return lay(addressed, style, width, keep_last=len(addressed) - len(leaflet.company) + _LAST_OF_NAME)


class Letterhead:
    """The top of page 1 down to the legend; ``height`` in mm from the upper edge of the paper."""

    def __init__(self, leaflet: Leaflet) -> None:
        self._leaflet = leaflet
        self._scale = scale = leaflet.edition.scale
        self._logo = _logo(leaflet.office)
        self._rule = 26.0 if leaflet.edition.large else 23.2
        contact = 84.0 if leaflet.edition.large else _CONTACT
        self._box_at = RIGHT - contact
        room = TEXT_WIDTH - contact - 4
        name = company_lines(leaflet, scale.company, room)
        if len(name.lines) > 1 or len(leaflet.company) > _LONG_NAME:
            name = company_lines(leaflet, scale.company_long, room)
        self._name = name
        self._contact = _contact(leaflet, contact - 6)
        self._levels = _levels(leaflet)
        self._top = self._rule + (4.5 if leaflet.edition.large else 3.6)
        title = scale.title if text_width(tr("支援施策のご案内"), scale.title) <= room else scale.company
        self._title = lay(tr("支援施策のご案内"), replace(title, ink="navy"), room)
        left = self._name.height + self._title.height + 1.2
        legend = 8.4 if self._levels else 2.8
        self.height = self._top + max(left, self._contact.height + 3 + legend)

    def draw(self, pen: Pen) -> None:
        """Office, date, rule, company, title, contact, legend."""
        leaflet, scale = self._leaflet, self._scale
        self._draw_office(pen)
        for text, style, top in (
            (long_date(leaflet.printed_on), scale.body, TOP),
            (tr("案内番号　{number}", number=leaflet.number) if leaflet.number else "", scale.small2, None),
        ):
            shown = printable(text)
            place = TOP + line_height(scale.body) + 0.6 if top is None else top
            pen.text(RIGHT - text_width(shown, style), place, shown, style)
        pen.rule(LEFT, RIGHT, self._rule + 0.4, HEAD_RULE, "navy")
        self._name.draw(pen, LEFT, self._top)
        self._title.draw(pen, LEFT, self._top + self._name.height + 0.6)
        height = self._contact.height + 3
        self._contact.draw(pen, self._box_at + 3, self._top + 1.3)
        pen.rect(self._box_at, self._top - 0.2, RIGHT - self._box_at, height, line=FRAME)
        if self._levels:
            self._draw_legend(pen, self._top + height + 1.6)

    def _draw_office(self, pen: Pen) -> None:
        office, scale = self._leaflet.office, self._scale
        x = LEFT
        if self._logo:
            image, width, height = self._logo
            pen.picture(x, TOP + (_LOGO_HEIGHT - height) / 2, width, height, image)
            x += width + 3
        pen.text(x, TOP - 0.6, printable(office.ward), scale.ward)
        pen.text(x, TOP - 0.6 + line_height(scale.ward), printable(office.section), scale.body)

    def _draw_legend(self, pen: Pen, top: float) -> None:
        """Right-aligned, only the badges that occur."""
        style, size = self._scale.small, 5.6 if not self._leaflet.edition.large else 7.0
        words = {level: _legend_words(level) for level in self._levels}
        widths = [badge_width(level, size) + 1.4 + text_width(words[level], style) for level in self._levels]
        x = RIGHT - sum(widths) - 4.6 * (len(widths) - 1)
        for level, width in zip(self._levels, widths, strict=True):
            end = badge(pen, level, x, top, size)
            pen.text(end + 1.4, top + (size - line_height(style)) / 2, words[level], style)
            x += width + 4.6


class RunningHead:
    """The top of every later page; ``height`` in mm from the upper edge of the paper."""

    def __init__(self, leaflet: Leaflet) -> None:
        scale, office = leaflet.edition.scale, leaflet.office
        self._scale = scale
        self._phone = printable(office.phone)
        name = company_lines(leaflet, scale.running, TEXT_WIDTH)
        person = tr("支援施策のご案内（つづき）　担当 {person}　電話", person=office.person or office.section)
        for words in (person, tr("支援施策のご案内（つづき）　電話"), tr("電話")):
            self._set_words(words)
            self._apart = len(name.lines) > 1 or name.last_width + 6 + self._right > TEXT_WIDTH
            if not self._apart:
                break
        if self._apart and text_width(printable(person), scale.lead) + 60 < TEXT_WIDTH:
            self._set_words(person)
        self._name = company_lines(leaflet, scale.running_long, TEXT_WIDTH) if self._apart else name
        line = line_height(scale.phone_running)
        self._second = TOP + self._name.height + 0.2 if self._apart else TOP
        self._rule = self._second + line + 1.6
        self.height = self._rule + 3.4

    def _set_words(self, words: str) -> None:
        self._words = printable(words)
        phone = text_width(self._phone, self._scale.phone_running)
        self._right = text_width(self._words, self._scale.lead) + 1.2 + phone

    def draw(self, pen: Pen) -> None:
        """Company at the left, phone at the right or below."""
        self._name.draw(pen, LEFT, TOP)
        line = line_height(self._scale.phone_running)
        words = self._second + (line - line_height(self._scale.lead)) / 2
        end = pen.text(RIGHT - self._right, words, self._words, self._scale.lead)
        pen.text(end + 1.2, self._second, self._phone, self._scale.phone_running)
        pen.rule(LEFT, RIGHT, self._rule, HEAD_RULE, "navy")


def draw_footer(pen: Pen, leaflet: Leaflet, page: int, pages: int, *, asks: bool) -> None:
    """Catalogue and limits, what 要確認 means if it occurs in the leaflet, page x／y."""
    scale = leaflet.edition.scale
    top = content_bottom(leaflet) - 0.6
    pen.rule(LEFT, RIGHT, top, INNER, "line")
    top += 1.6
    number = tr("{page}／{pages}", page=page, pages=pages)
    turn = tr("うら面につづく ▶") if page % 2 and page < pages else tr("つぎの紙につづく ▶") if page < pages else ""
    place = top
    for laid in _foot_lines(leaflet):
        laid.draw(pen, LEFT, place)
        place += laid.height
    if asks:
        end = chip(pen, ask_word(), LEFT, place, scale.foot_bold, line_height(scale.foot) + 0.6)
        pen.text(end + 0.8, place + 0.3, tr("は、台帳に記載のない事項です。窓口でお確かめください。"), scale.foot)
    pen.text(RIGHT - text_width(number, scale.foot_bold), top, number, scale.foot_bold)
    turn_top = top + line_height(scale.foot)
    pen.text(RIGHT - text_width(turn, scale.foot), turn_top, turn, scale.foot, "ink")


def _foot_lines(leaflet: Leaflet) -> list[Laid]:
    scale = leaflet.edition.scale
    year = fiscal_year_text(leaflet.fiscal_year)
    if leaflet.as_of:
        source = tr("{year} 施策台帳（{day}現在）による。", year=year, day=short_date(leaflet.as_of))
    else:
        source = tr("{year} 施策台帳による。", year=year)
    limits = tr("締切・予算・審査により、ご利用になれない場合があります。") if leaflet.items else ""
    day = leaflet.visited_on or leaflet.printed_on
    of_another_year = leaflet.fiscal_year != (day.year if day.month >= 4 else day.year - 1)
    style = scale.foot_bold if of_another_year else scale.foot
    width = TEXT_WIDTH - _PAGE_NUMBER
    apart = leaflet.edition.large or of_another_year or language() != "ja"
    lines = [(source, style), (limits, scale.foot)] if apart else [(source + limits, style)]
    return [lay(text, each, width) for text, each in lines]


def _levels(leaflet: Leaflet) -> list[str]:
    """The providers' levels that occur, in their order; none when all are of one kind, and none in large print."""
    found = {level for item in leaflet.items for level in item.facts.levels}
    return [level for level in LEVELS if level in found] if len(found) > 1 and not leaflet.edition.large else []


def _legend_words(level: str) -> str:
    words = {
        "区": tr("区の制度"),
        "都": tr("都などの制度"),
        "国": tr("国などの制度"),
        "機構": tr("独立行政法人の制度"),
        "その他": tr("その他の機関の制度"),
    }
    return words[level]


def _contact(leaflet: Leaflet, width: float) -> Column:
    """担当, phone and hours; hours on a line of their own where they do not fit."""
    scale, office = leaflet.edition.scale, leaflet.office
    column = Column()
    column.text(lay(tr("担当　{person}", person=office.person or office.section), scale.body, width))
    label, phone, hours = tr("電話"), printable(office.phone), printable(office.hours)
    used = text_width(label, scale.small) + 1.6 + text_width(phone, scale.phone)
    beside = used + 1.8 + text_width(hours, scale.small) <= width

    def draw(pen: Pen, x: float, top: float) -> None:
        base = top + ((scale.phone.leading - scale.phone.size) / 2 + 0.88 * scale.phone.size) / MM
        place = pen.text_on(x, base, label, scale.small) + 1.6
        place = pen.text_on(place, base, phone, scale.phone) + 1.8
        if beside:
            pen.text_on(place, base, hours, scale.small)

    column.add(line_height(scale.phone), draw)
    if hours and not beside:
        column.text(lay(hours, scale.small, width))
    return column


def _logo(office: Office) -> tuple[object, float, float] | None:
    """The picture on white, 9.5 mm high and at most 30 wide. Raises AnswerRefused E-651 when it is no picture."""
    if office.logo is None:
        return None
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    try:
        with Image.open(io.BytesIO(office.logo), formats=("PNG", "JPEG")) as opened:
            opened.thumbnail((1200, 400))
            seen = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise AnswerRefused("E-651") from error
    white = Image.new("RGBA", seen.size, "white")
    flat = Image.alpha_composite(white, seen).convert("RGB")
    scale = min(_LOGO_HEIGHT / flat.height, _LOGO_WIDEST / flat.width)
    return ImageReader(flat), flat.width * scale, flat.height * scale
