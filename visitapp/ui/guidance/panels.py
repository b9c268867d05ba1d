"""The two halves of the page: the list of programmes, and the leaflet with its options."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from visitapp.fieldwork.targets import normalised
from visitapp.i18n import tr
from visitapp.programmes.offer import LEVELS, Recommendation
from visitapp.ui import look
from visitapp.ui.guidance.cards import ProgrammeCard
from visitapp.ui.guidance.preview import LeafletPreview
from visitapp.ui.visit.places import Slot
from visitapp.ui.visit.writing import LineField
from visitapp.ui.widgets.basics import column, holder, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.checks import CheckBox
from visitapp.ui.widgets.fields import SearchField
from visitapp.ui.widgets.notices import Banner
from visitapp.ui.widgets.segments import Segments

_ALL = "all"
TWO_PANES = 75
"""Below this width in body characters programmes and leaflet become two tabs."""


class ProgrammeList(QWidget):
    """Cards by rank; below them, on demand, what does not fit. Signals as the cards'."""

    ticked = Signal(str, bool)
    shown = Signal(str)

    def __init__(self, characters: float) -> None:
        super().__init__()
        self.cards: dict[str, ProgrammeCard] = {}
        self._count = label("", "small", tone="text2")
        self.levels = Segments([(_ALL, tr("すべて")), *((level, level) for level in LEVELS)])
        self.levels.choose(_ALL)
        self.unused = CheckBox(tr("使ったことがない施策だけ"))
        self.search = SearchField(tr("施策をさがす"), "Ctrl F")
        self.search.setMinimumWidth(look.em(9))
        self._rest = Button("", kind="plain", size="tool", icon="chevron-right")
        self._rest.setCheckable(True)
        self._list = QVBoxLayout()
        self._list.setSpacing(look.px(10))
        self._list.setContentsMargins(look.px(20), look.px(4), look.px(12), look.px(12))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(holder(self._list, ground="bg"))
        title = row(label(tr("お勧めする施策"), "title"), self._count, None, gap=10)
        if characters >= TWO_PANES + 20:
            filters = [row(self.levels, self.unused, self.search, gap=10)]
        else:
            filters = [row(self.levels, None), row(self.unused, self.search, gap=10)]
        filters[-1].setStretchFactor(self.search, 1)
        head = column(title, *filters, gap=6, margins=(20, 10, 12, 8))
        layout = column(head, self._area, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.levels.chosen.connect(lambda _level: self._filter())
        self.unused.toggled.connect(lambda _on: self._filter())
        self.search.searched.connect(lambda _text: self._filter())
        self._rest.clicked.connect(self._filter)

    def show_programmes(
        self, fitting: Sequence[Recommendation], every: Sequence[Recommendation], ticked: Collection[str]
    ) -> None:
        """Show these; cards that stay keep focus and place as far as the new order allows."""
        focused = self.focused_id()
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self._rest:
                old.hide()
                old.deleteLater()
        self.cards = {}
        self._fitting = {one.facts.id for one in fitting if one.eligibility != "no"}
        ordered = sorted(every, key=lambda one: one.facts.id not in self._fitting)
        placed_rest = False
        for rank, one in enumerate(ordered, start=1):
            if one.facts.id not in self._fitting and not placed_rest:
                self._list.addWidget(self._rest, 0, Qt.AlignmentFlag.AlignLeft)
                placed_rest = True
            card = ProgrammeCard(one, rank if one.facts.id in self._fitting else 0)
            card.ticked.connect(self.ticked)
            card.shown.connect(self.shown)
            card.installEventFilter(self)
            self.cards[one.facts.id] = card
            self._list.addWidget(card)
        self._list.addStretch(1)
        self._count.setText(tr("答えに合う順・{n}件", n=len(self._fitting)))
        barred = sum(one.eligibility == "no" for one in every)
        others = len(every) - len(self._fitting) - barred
        self._rest.setText(tr("対象にならない施策 {n}件・今の答えには合わない施策 {m}件", n=barred, m=others))
        self.show_ticked(ticked)
        self._filter()
        if focused in self.cards:
            self.cards[focused].setFocus()

    _fitting: Collection[str] = ()

    def show_ticked(self, ticked: Collection[str]) -> None:
        """Show which go on the leaflet."""
        for name, card in self.cards.items():
            card.set_ticked(name in ticked)

    def set_ticked(self, programme: str, on: bool) -> None:
        """Show one tick."""
        self.cards[programme].set_ticked(on)

    def ticked_ids(self) -> set[str]:
        """What goes on the leaflet."""
        return {name for name, card in self.cards.items() if card.is_ticked}

    def focused_id(self) -> str:
        """The programme in focus, "" for none."""
        return next((name for name, card in self.cards.items() if card.hasFocus()), "")

    def first_card(self) -> QWidget | None:
        """The first card that is shown."""
        return next((card for card in self.cards.values() if not card.isHidden()), None)

    def _filter(self) -> None:
        wanted, level = normalised(self.search.text()), self.levels.current()
        for name, card in self.cards.items():
            programme = card.found.facts
            said = (programme.name, programme.name_en, programme.what, programme.target, programme.provider)
            text = normalised("".join(said))
            in_view = name in self._fitting or self._rest.isChecked() or card.is_ticked or bool(wanted)
            of_level = level in ("", _ALL) or level in programme.levels
            unused = not self.unused.isChecked() or not card.found.used_before
            card.setVisible(in_view and of_level and unused and wanted in text)
        self._rest.set_icon_name("chevron-down" if self._rest.isChecked() else "chevron-right")

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        down = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in down:
            shown = [card for card in self.cards.values() if not card.isHidden()]
            here = next((place for place, card in enumerate(shown) if card is watched), -1)
            there = here + down[Qt.Key(event.key())]
            if 0 <= there < len(shown):
                shown[there].setFocus(Qt.FocusReason.TabFocusReason)
                self._area.ensureWidgetVisible(shown[there], 0, look.px(16))
            return True
        return False


@dataclass(frozen=True, slots=True)
class LeafletOptions:
    """How the leaflet is made: the visitor's word to the owner, large type, black and white."""

    word: str
    large: bool
    mono: bool


class LeafletPane(QFrame):
    """Edition, preview, word to the owner. Signal: ``changed`` when the leaflet has to be made anew."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("ground", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._size = label("", "small", tone="text2")
        self.edition = Segments([("normal", tr("ふつう")), ("large", tr("大きな文字"))])
        self.edition.choose("normal")
        self.mono = CheckBox(tr("白黒"))
        self.preview = LeafletPreview()
        self.banner = Banner()
        self.word = LineField(placeholder=tr("例　展示会の助成からご検討ください。"))
        self.word.setAccessibleName(tr("相手へのひとこと"))
        head = column(
            row(label(tr("案内書の見本"), "body", bold=True), self._size, None, gap=8),
            row(self.edition, None, self.mono, gap=8), gap=4,
        )  # fmt: skip
        foot = row(label(tr("ひとこと"), "small", tone="text2"), self.word, gap=8)
        foot.setStretch(1, 1)
        layout = column(head, Slot(self.banner, (0, 0, 0, 0)), self.preview, foot, gap=8, margins=(14, 10, 14, 10))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.edition.chosen.connect(lambda _edition: self.changed.emit())
        self.mono.toggled.connect(lambda _on: self.changed.emit())
        self.word.paused.connect(lambda _text: self.changed.emit())

    def options(self) -> LeafletOptions:
        """What is chosen."""
        return LeafletOptions(self.word.text().strip(), self.edition.current() == "large", self.mono.isChecked())

    def show_pdf(self, pdf: bytes) -> None:
        """Show a leaflet."""
        self.preview.show_pdf(pdf)
        self._size.setText(tr("A4・{n}ページ", n=self.preview.pages))

    def say_none(self) -> None:
        """Nothing is ticked."""
        self._size.setText("")
        self.preview.say(tr("載せる施策を選ぶと、ここに案内書の見本が出ます。"))
