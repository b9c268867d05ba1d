"""Which programme stands on which page (print rules 3.3): decided by measured heights, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil

from visitapp.documents.column import Block
from visitapp.documents.leaflet.blocks import ListHead, ListRow, Notes, NothingFits, Opening
from visitapp.documents.leaflet.cards import Card, LargeCard
from visitapp.documents.leaflet.content import Item, Leaflet
from visitapp.documents.leaflet.heads import Letterhead, RunningHead, content_bottom
from visitapp.documents.leaflet.single import BigCard
from visitapp.documents.leaflet.words import asks_on_card
from visitapp.documents.tokens import GAP
from visitapp.errors import AnswerRefused
from visitapp.programmes.offer import Facts

_CARDS_A_PAGE, _LARGE_CARDS_A_PAGE = 4, 2
_MOST_CARDS = 8
_CARDS_BEFORE_LIST = (6, 5, 4)
_MOST_BARE = 2
_EXAMPLE_UP_TO = 3


@dataclass(slots=True)
class Page:
    """Blocks with their place; ``free`` is where the next one may begin, ``bottom`` where content ends (mm)."""

    free: float
    bottom: float
    placed: list[tuple[float, Block]] = field(default_factory=list)
    cards: int = 0
    asks: bool = False
    """Whether 要確認 stands on it."""

    def fits(self, height: float) -> bool:
        """Whether a block of that height has room."""
        return self.free + height <= self.bottom + 0.01

    def put(self, block: Block, gap: float = 0.0) -> None:
        """The block at the next free place."""
        self.placed.append((self.free, block))
        self.free += block.height + gap


def lay_out(leaflet: Leaflet) -> list[Page]:
    """The pages of a leaflet, from the opening words to the notes box."""
    if not leaflet.items:
        return _with_notes(leaflet, [_page_of(leaflet, NothingFits(leaflet))])
    if len(leaflet.items) == 1:
        return _single(leaflet, leaflet.items[0])
    sheets = _pages_wanted(leaflet)
    if len(leaflet.items) <= _EXAMPLE_UP_TO:
        with_examples = _flow(leaflet, _MOST_CARDS, example=True)
        if len(with_examples) <= sheets:
            return with_examples
    # Type is never made smaller to fit: first the weaker reasons go, then cards become rows of the list.
    shorter = replace(leaflet, items=tuple(replace(item, reasons=item.reasons[:1]) for item in leaflet.items))
    counts = (_MOST_CARDS,) if len(leaflet.items) <= _MOST_CARDS else _CARDS_BEFORE_LIST
    tried = [(each, count) for count in counts for each in (leaflet, shorter)]
    for each, count in tried:
        pages = _flow(each, count)
        if len(pages) <= sheets:
            return pages
    return min((_flow(each, counts[0]) for each in (leaflet, shorter)), key=len)


def _is_bare(facts: Facts) -> bool:
    """Whether the catalogue knows hardly more than the name."""
    return not (facts.what or facts.target or facts.period or facts.procedure or facts.caps)


def _pages_wanted(leaflet: Leaflet) -> int:
    """Four cards a page (large print: two), eight at the most; with a list one sheet of paper (large print: two)."""
    count, large = len(leaflet.items), leaflet.edition.large
    if count > _MOST_CARDS:
        return 4 if large else 2
    return ceil(count / (_LARGE_CARDS_A_PAGE if large else _CARDS_A_PAGE))


def _split(leaflet: Leaflet) -> tuple[list[Item], list[Item]]:
    """Cards, and what goes into the list anyway: a leaflet carries two cards without facts at the most."""
    cards: list[Item] = []
    rest: list[Item] = []
    bare = 0
    for item in leaflet.items:
        bare += _is_bare(item.facts)
        (rest if _is_bare(item.facts) and bare > _MOST_BARE else cards).append(item)
    return cards, rest


def _single(leaflet: Leaflet, item: Item) -> list[Page]:
    page = _page_of(leaflet, Opening(leaflet))
    cards = (
        BigCard(each, leaflet.edition, example=example)
        for each, example in ((item, True), (item, False), (replace(item, reasons=item.reasons[:1]), False))
    )
    card = next((each for each in cards if page.fits(each.height)), None)
    if card is None:
        raise AnswerRefused("E-654", programme=item.facts.name)
    page.put(card, GAP + 0.8)
    page.asks = asks_on_card(item.facts) and not leaflet.edition.omit_missing
    return _with_notes(leaflet, [page])


def _flow(leaflet: Leaflet, most_cards: int, *, example: bool = False) -> list[Page]:
    cards, rest = _split(leaflet)
    cards, rest = cards[:most_cards], cards[most_cards:] + rest
    edition = leaflet.edition
    most = _LARGE_CARDS_A_PAGE if edition.large else _CARDS_A_PAGE
    pages = [_page_of(leaflet, Opening(leaflet))]
    for number, item in enumerate(cards, start=1):
        card = LargeCard(item, number, edition) if edition.large else Card(item, number, edition, example=example)
        if pages[-1].cards >= most or not pages[-1].fits(card.height):
            pages.append(_later_page(leaflet))
        if not pages[-1].fits(card.height):
            raise AnswerRefused("E-654", programme=item.facts.name)
        pages[-1].put(card, GAP + (1.0 if edition.large else 0.0))
        pages[-1].cards += 1
        pages[-1].asks |= asks_on_card(item.facts) and not edition.omit_missing
    _list(leaflet, pages, rest, len(cards) + 1)
    return _with_notes(leaflet, pages)


def _list(leaflet: Leaflet, pages: list[Page], rest: list[Item], first: int) -> None:
    """The rows; head and first row stay together, the head is repeated on a new page."""
    headed = False
    for number, item in enumerate(rest, start=first):
        row = ListRow(item, number, leaflet.edition)
        head = ListHead(leaflet.edition, continued=number > first)
        if not pages[-1].fits(row.height + (0.0 if headed else head.height)):
            pages.append(_later_page(leaflet))
            headed = False
        if not headed:
            pages[-1].put(head)
            headed = True
        pages[-1].put(row)
        pages[-1].asks |= row.asks
    if rest:
        pages[-1].free += GAP


def _with_notes(leaflet: Leaflet, pages: list[Page]) -> list[Page]:
    """The notes box takes what is left of the last page: six lines at the most, and down to none."""
    last = pages[-1]
    notes = Notes(last.bottom - last.free, leaflet.edition)
    if notes.lines > 0:
        last.put(notes)
    return pages


def _page_of(leaflet: Leaflet, *blocks: Block) -> Page:
    page = Page(Letterhead(leaflet).height, content_bottom(leaflet) - 1.0)
    for block in blocks:
        page.put(block)
    return page


def _later_page(leaflet: Leaflet) -> Page:
    return Page(RunningHead(leaflet).height, content_bottom(leaflet) - 1.0)
