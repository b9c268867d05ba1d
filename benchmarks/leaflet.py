"""How long a leaflet takes, against a bare page of text made by ReportLab alone in the same run.

Run with ``python -m benchmarks.leaflet``. The ratio is comparable between machines, milliseconds are not.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from functools import partial

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.unit.documents.leaflets import EIGHT, FOUR, leaflet
from visitapp.documents.fonts import register_fonts
from visitapp.documents.leaflet import render_leaflet
from visitapp.documents.tokens import REGULAR

_ROUNDS = 15
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


def milliseconds(work: Callable[[], object]) -> float:
    """The median of several runs, after one to warm up."""
    work()
    taken = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Print one line a case: milliseconds, and the ratio to the bare page."""
    register_fonts()
    bare = milliseconds(bare_page)
    print(f"bare page          {bare:7.1f} ms    1.0")
    for name, printed in (("leaflet, 4", leaflet(*FOUR)), ("leaflet, 8 entered", leaflet(*EIGHT, entered=True))):
        taken = milliseconds(partial(render_leaflet, printed))
        print(f"{name:18} {taken:7.1f} ms  {taken / bare:5.1f}")


if __name__ == "__main__":
    main()
