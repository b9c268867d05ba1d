"""How long a leaflet takes, against a bare page of text made by ReportLab alone in the same run."""

from __future__ import annotations

import io
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import compare, ready
from tests.unit.documents.leaflets import EIGHT, FOUR, leaflet
from visitapp.documents.fonts import register_fonts
from visitapp.documents.leaflet import render_leaflet
from visitapp.documents.tokens import REGULAR

_LINES = 45


def bare_page() -> bytes:
    """One A4 page of text in the same font, without any layout."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, initialFontName=REGULAR)  # type: ignore[arg-type]  # a font's name
    canvas.setFont(REGULAR, 10.5)
    for line in range(_LINES):
        canvas.drawString(45, 790 - line * 16, f"{line} 国内の展示会に出展するときの小間料の一部を助成します。")
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def main() -> None:
    """Four programmes, and eight with QR codes."""
    register_fonts()
    compare("leaflet, 4 programmes", ready(partial(render_leaflet, leaflet(*FOUR))), ready(bare_page))
    compare("leaflet, 8, entered", ready(partial(render_leaflet, leaflet(*EIGHT, entered=True))), ready(bare_page))


if __name__ == "__main__":
    main()
