"""Paper: the leaflet onto a printer, or into the data folder where there is none; and the record that it was left."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

from visitapp.i18n import tr
from visitapp.programmes.offer import Recommendation
from visitapp.ui.guidance.panels import LeafletPane
from visitapp.ui.page import Page
from visitapp.ui.visit.session import Session

if TYPE_CHECKING:
    from visitapp.store.store import Store

_LARGEST_DPI = 300
"""More than this only makes a cheap laser printer slower."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """What is put out: for which target, the PDF, and the programmes on it."""

    target: str
    pdf: bytes
    programmes: list[Recommendation]


def has_printer() -> bool:
    """Whether any printer is installed."""
    return bool(QPrinterInfo.availablePrinterNames())


def print_document(document: QPdfDocument, printer: QPrinter) -> bool:
    """Print every page at its real size; False when the printer does not take it."""
    printer.setFullPage(True)
    printer.setResolution(min(printer.resolution(), _LARGEST_DPI))
    painter = QPainter()
    if not painter.begin(printer):
        return False
    try:
        for page in range(document.pageCount()):
            if page and not printer.newPage():
                return False
            points = document.pagePointSize(page)
            scale = printer.resolution() / 72
            size = QSize(round(points.width() * scale), round(points.height() * scale))
            painter.drawImage(0, 0, document.render(page, size))
    finally:
        painter.end()
    return True


class Paper:
    """Puts a leaflet out and writes down that it was left (案内書を渡した, with the time)."""

    def __init__(self, page: Page, pane: LeafletPane) -> None:
        self._page, self._pane = page, pane

    def put_out(self, session: Session, leaflet: Leaflet) -> None:
        """The printer's dialog; without a printer the PDF is kept and can be opened."""
        if not has_printer():
            self.keep(session, leaflet)
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._page)
        dialog.setWindowTitle(tr("案内書を印刷する"))
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.accepted.connect(lambda: self._send(session, leaflet, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def _send(self, session: Session, leaflet: Leaflet, printer: QPrinter) -> None:
        if print_document(self._pane.preview.document, printer):
            self._record(session, leaflet, tr("案内書を印刷しました。"))
            return
        text = tr("印刷できませんでした。プリンタを確かめるか、PDFで残してください。何も失われていません。")
        self._pane.banner.say("err", text)
        self._pane.banner.offer(tr("PDFで残す"), lambda: self.keep(session, leaflet))

    def keep(self, session: Session, leaflet: Leaflet) -> None:
        """Keep the leaflet in the data folder and offer to open it."""
        name = f"leaflet-{leaflet.target[:8]}-{self._page.shell.now():%Y%m%d-%H%M}.pdf"

        def write(store: Store) -> Path:
            from visitapp.files import write_whole

            path = store.folder / "leaflets" / name
            write_whole(path, leaflet.pdf)
            return path

        def kept(path: Path) -> None:
            text = tr("プリンタが見つからないので、PDFで残しました（{name}）。", name=path.name)
            self._pane.banner.say("info", text)
            self._pane.banner.offer(tr("開く"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
            self._record(session, leaflet, tr("案内書をPDFで残しました。"))

        self._page.run(write, kept)

    def _record(self, session: Session, leaflet: Leaflet, words: str) -> None:
        shell = self._page.shell
        person, when = shell.person, shell.now()
        reasons = {one.facts.id: [asdict(reason) for reason in one.reasons] for one in leaflet.programmes}

        def command(store: Store, _opened: object) -> None:
            from visitapp.fieldwork.offers import hand_over

            hand_over(store, leaflet.target, reasons, person, when)

        session.do(command, lambda: shell.say(words))
