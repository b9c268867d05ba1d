"""支援施策のご案内: one leaflet for one company, on A4.

Start reading at ``content.py`` (what goes on it), then ``layout.py`` (which page), ``cards.py`` (how a programme
looks).
"""

from __future__ import annotations

import io
from dataclasses import replace

from visitapp.documents.leaflet.content import MOST_ON_ONE_SHEET, Edition, Item, Leaflet, Office
from visitapp.errors import NotNow
from visitapp.i18n import in_language, tr

__all__ = ["MOST_ON_ONE_SHEET", "Edition", "Item", "Leaflet", "Office", "page_count", "render_leaflet"]


def render_leaflet(leaflet: Leaflet) -> bytes:
    """The leaflet as PDF; the same leaflet gives the same bytes.

    Raises NotNow E-650 (the office has no phone number), E-653 (a programme that must not be shown to companies);
    AnswerRefused E-651 (the logo is no picture), E-652 (the word to the owner is over two lines), E-654 (a programme's
    texts do not fit a page).
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from visitapp.documents.fonts import register_fonts
    from visitapp.documents.leaflet.heads import Letterhead, RunningHead, draw_footer
    from visitapp.documents.leaflet.layout import lay_out
    from visitapp.documents.pen import Pen
    from visitapp.documents.tokens import COLOUR, MONO, REGULAR

    shown = _checked(leaflet)
    register_fonts()
    file = io.BytesIO()
    with in_language(shown.edition.language):
        canvas = Canvas(
            file,
            pagesize=A4,
            invariant=1,
            pageCompression=1,
            initialFontName=REGULAR,  # type: ignore[arg-type]  # a font's name, whatever the stubs say
            lang="ja-JP" if shown.edition.language == "ja" else "en",
        )
        canvas.setTitle(tr("支援施策のご案内　{company}", company=shown.company))
        canvas.setAuthor(f"{shown.office.ward} {shown.office.section}")
        canvas.setSubject(shown.number)
        pen = Pen(canvas, MONO if shown.edition.mono else COLOUR)
        pages = lay_out(shown)
        asks = any(page.asks for page in pages)
        for number, page in enumerate(pages, start=1):
            (Letterhead(shown) if number == 1 else RunningHead(shown)).draw(pen)
            for top, block in page.placed:
                block.draw(pen, top)
            draw_footer(pen, shown, number, len(pages), asks=asks)
            canvas.showPage()
        canvas.save()
    return file.getvalue()


def page_count(leaflet: Leaflet) -> int:
    """How many pages it will take, without drawing it. Raises as ``render_leaflet``."""
    from visitapp.documents.leaflet.layout import lay_out

    shown = _checked(leaflet)
    with in_language(shown.edition.language):
        return len(lay_out(shown))


def _checked(leaflet: Leaflet) -> Leaflet:
    """The leaflet with certain facts only: a guess of ours is not for paper."""
    if not leaflet.office.phone.strip():
        raise NotNow("E-650")
    for item in leaflet.items:
        if not item.facts.may_be_offered:
            raise NotNow("E-653", programme=item.facts.name)
    items = tuple(replace(item, facts=item.facts.certain()) for item in leaflet.items)
    return replace(leaflet, items=items)

