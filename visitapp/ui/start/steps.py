"""The pages of the first run: role, passphrase, enrolment, summary; and the list of steps beside them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from visitapp.i18n import tr
from visitapp.ui import look
from visitapp.ui.icons import paint_icon
from visitapp.ui.office import TUTORIAL
from visitapp.ui.start.strength import StrengthMeter, strength
from visitapp.ui.widgets.basics import column, facts, holder, label, row
from visitapp.ui.widgets.buttons import Button
from visitapp.ui.widgets.choice import ChoiceCard
from visitapp.ui.widgets.fields import Labelled, PassphraseField, TextField
from visitapp.ui.widgets.notices import Banner


def place_words(folder: Path) -> str:
    """A folder as people find it: below the home folder without that, its parts divided by ＞."""
    try:
        return "＞".join(folder.relative_to(Path.home()).parts)
    except ValueError:
        return str(folder)


class StepList(QWidget):
    """The steps at the left: done with a tick, the current one filled."""

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._words, self._current = words, 0
        self.setFixedHeight(look.px(48) * len(words))
        self.setMinimumWidth(look.px(190))

    def show_step(self, current: int) -> None:
        """Mark the current step (0 is the first)."""
        self._current = current
        self.setAccessibleName(tr("手順{n}、{word}", n=current + 1, word=self._words[current]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, word in enumerate(self._words):
            self._paint_step(painter, place, word)

    def _paint_step(self, painter: QPainter, place: int, word: str) -> None:
        side, top = look.px(24), look.px(48) * place + look.px(10)
        ring = QRect(1, top, side, side)
        done, current = place < self._current, place == self._current
        painter.setPen(QPen(look.colour("ok" if done else "accent" if current else "borderS"), 1))
        painter.setBrush(look.colour("accent" if current else "surface"))
        painter.drawEllipse(ring)
        if done:
            inset = look.px(5)
            paint_icon(painter, "check", ring.adjusted(inset, inset, -inset, -inset), "ok")
        else:
            painter.setFont(look.font("caption", bold=True))
            painter.setPen(look.colour("onAccent" if current else "text2"))
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.setFont(look.font("body", bold=current))
        painter.setPen(look.colour("accent" if current else "text2"))
        painter.drawText(QRect(look.px(34), top, self.width() - look.px(34), side), Qt.AlignmentFlag.AlignVCenter, word)


class Step(QWidget):
    """One page of the first run. ``changed`` when ``ready`` may answer otherwise."""

    changed = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self.body = column(label(title, "title"), label(text, tone="text2", wrap=True), gap=4, margins=(4, 0, 4, 0))
        self.setLayout(self.body)

    def ready(self) -> bool:
        """Whether the next page may follow."""
        return True

    def first(self) -> QWidget | None:
        """Where the focus starts."""
        return None


class RoleStep(Step):
    """訪問に持っていく, 本部で使う, まず試してみる."""

    def __init__(self) -> None:
        super().__init__(tr("このパソコンを、どう使いますか"), tr("使い方ごとに、別のデータになります。"))
        self._group = QButtonGroup(self)
        self._cards: dict[str, ChoiceCard] = {}
        self.body.addSpacing(look.px(8))
        for role, title, text, icon in (
            (
                "laptop",
                tr("訪問に持っていく"),
                tr("企業で回答票に記入し、支援施策を案内します。\n本部からもらった登録ファイルが要ります。"),
                "laptop",
            ),
            (
                "headquarters",
                tr("本部で使う"),
                tr("端末の結果を合わせ、集計し、次の調査を準備します。\n本部の鍵を、ここで作ります。"),
                "building-2",
            ),
            (
                TUTORIAL,
                tr("まず試してみる"),
                tr("架空の118社で、訪問から集計までを練習します。\n本物の企業の情報は入っていません。"),
                "circle-help",
            ),
        ):
            card = ChoiceCard(title, text, icon, large=True)
            card.toggled.connect(lambda _on: self.changed.emit())
            self._group.addButton(card)
            self._cards[role] = card
            self.body.addWidget(card)
            self.body.addSpacing(look.px(8))
        self.body.addStretch(1)
        self._cards["laptop"].setChecked(True)

    def role(self) -> str:
        """The chosen one: laptop, headquarters or tutorial."""
        return next(role for role, card in self._cards.items() if card.isChecked())

    def choose(self, role: str) -> None:
        """Choose by name. Raises KeyError."""
        self._cards[role].setChecked(True)

    def first(self) -> QWidget | None:
        return self._cards[self.role()]


class PassphraseStep(Step):
    """The passphrase, twice, with its strength."""

    def __init__(self) -> None:
        super().__init__(
            tr("合言葉を決めてください"), tr("回答はすべて暗号化します。合言葉がないと、だれにも開けません。")
        )
        self.field, self.again = PassphraseField(), PassphraseField()
        self._meter = StrengthMeter()
        self._again = Labelled(tr("もう一度"), self.again, hint=tr("半角英数で入力します（日本語入力を切りました）"))
        self.body.addSpacing(look.px(8))
        self.body.addWidget(Labelled(tr("合言葉（パスワード）"), self.field))
        self.body.addWidget(self._meter)
        self.body.addSpacing(look.px(8))
        self.body.addWidget(self._again)
        self.body.addSpacing(look.px(8))
        self.body.addWidget(
            Banner(
                "warn",
                tr("合言葉を忘れると、このパソコンの回答は読めなくなります。紙に書き、金庫などにしまってください。"),
            )
        )
        self.body.addStretch(1)
        # Tab goes from field to field; the eyes come after them.
        QWidget.setTabOrder(self.field, self.again)
        self.field.textChanged.connect(self._check)
        self.again.textChanged.connect(self._check)
        self.again.settled.connect(lambda _text: self._compare())

    def _check(self) -> None:
        self._meter.show_strength(strength(self.field.text()))
        if self.again.text() == self.field.text():
            self._again.say("")
        self.changed.emit()

    def _compare(self) -> None:
        differs = bool(self.again.text()) and self.again.text() != self.field.text()
        self._again.say(tr("上の合言葉とちがいます。もう一度入れてください。") if differs else "")

    def ready(self) -> bool:
        return strength(self.field.text()) >= 3 and self.field.text() == self.again.text()

    def first(self) -> QWidget | None:
        return self.field


class EnrolmentStep(Step):
    """Who works here; on a laptop headquarters' file and code (can be done later on the 受渡 page)."""

    def __init__(self) -> None:
        super().__init__(tr("登録"), tr("だれが使うかを決めます。"))
        self.person = TextField(size="talk", placeholder="staff-01")
        self._person = Labelled(
            tr("担当者の番号"), self.person, hint=tr("変更の記録に残ります。名前ではなく、職員の番号です。")
        )
        self.code = TextField(size="talk", placeholder="7K3M-Q2XZ-9DWA")
        self._code = Labelled(tr("登録の番号"), self.code, hint=tr("本部から、ファイルとは別に知らされた番号です。"))
        self._file = label(tr("選んでいません"), tone="text2", wrap=True)
        self._choose = Button(tr("登録ファイルをえらぶ"), icon="folder")
        self._choose.clicked.connect(self._pick)
        self.path: Path | None = None
        self._refusal = Banner("err")
        self._laptop = holder(
            column(
                label(tr("登録ファイル"), bold=True),
                row(self._choose, self._file, None),
                6,
                self._code,
                label(tr("あとで「受渡」の画面からも登録できます。"), "caption", tone="text3"),
                gap=6,
            )
        )
        self.body.addSpacing(look.px(8))
        for part in (self._person, self._laptop, self._refusal):
            self.body.addWidget(part)
            self.body.addSpacing(look.px(8))
        self.body.addStretch(1)
        self.person.textChanged.connect(lambda _text: self.changed.emit())
        self.code.textChanged.connect(lambda _text: self.changed.emit())

    def set_role(self, role: str) -> None:
        """Only a laptop is enrolled; who only tries things out need not have a number."""
        self._laptop.setVisible(role == "laptop")
        if role == TUTORIAL and not self.person.text():
            self.person.setText("staff-01")

    def refuse(self, text: str) -> None:
        """Say why the enrolment was not taken."""
        self._refusal.say("err", text)

    def _pick(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, tr("登録ファイルをえらぶ"))
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take headquarters' file; it is read when the office is made."""
        self.path = path
        self._refusal.say("err", "")
        self._file.setText(path.name)
        self.changed.emit()

    def enrolment(self) -> tuple[Path, str] | None:
        """File and code, when both are there."""
        code = self.code.text().strip()
        return (self.path, code) if self.path is not None and code else None

    def ready(self) -> bool:
        half = (self.path is not None) != bool(self.code.text().strip())
        return bool(self.person.text().strip()) and not (half and self._laptop.isVisibleTo(self))

    def first(self) -> QWidget | None:
        return self.person


class SummaryStep(Step):
    """What will be made."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            tr("この内容で始めます"),
            tr("使い方は、あとから変えられません。別の置き場所に、もう一つ作ることはできます。"),
        )
        self._folder = folder
        self._place = column(gap=0)
        self.body.addSpacing(look.px(8))
        self.body.addLayout(self._place)
        self.body.addStretch(1)

    def show_setup(self, role_word: str, person: str, enrolled: str) -> None:
        """Show the choices."""
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        lines = [(tr("使い方"), role_word), (tr("合言葉"), tr("決めました")), (tr("担当者"), person or "—")]
        if enrolled:
            lines.append((tr("登録"), enrolled))
        lines.append((tr("置き場所"), place_words(self._folder)))
        self._place.addWidget(facts(lines, width=90))
