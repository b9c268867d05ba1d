"""The dialogs that write into a company's file: record a visit, plan one, make or mend a company."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from visitapp.i18n import tr
from visitapp.japanese import corporate_number, digits, postal_code
from visitapp.store import records
from visitapp.ui.dates import full_date, moment
from visitapp.ui.notebook.words import outcome_word
from visitapp.ui.widgets.basics import label, row
from visitapp.ui.widgets.choice import ChoiceCard
from visitapp.ui.widgets.dates import DateField, TimeField
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import Labelled, NumberField, TextField, WritingArea
from visitapp.ui.widgets.wareki import WarekiField

_OUTCOMES: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("面談", "message-square", lambda: tr("会って話を聞いた")),
    ("不在", "circle", lambda: tr("担当者に会えなかった")),
    ("拒否", "ban", lambda: tr("答えないと言われた")),
    ("移転", "building-2", lambda: tr("もうここにない")),
    ("廃業", "ban", lambda: tr("事業をやめていた")),
    ("該当外", "minus", lambda: tr("調査の相手ではなかった")),
)
"""Outcome, icon, what it means."""


class VisitDialog(Dialog):
    """One attempt: when, what came of it, who answered. ``taken`` (visited_at, outcome, respondent, note)."""

    taken = Signal(str, str, str, str)

    def __init__(self, parent: QWidget, company: str, now: datetime) -> None:
        super().__init__(parent, tr("訪問を記録します"), tr("記録する"), text=company, width=640)
        self.day, self.time = DateField(now.date()), TimeField(now.time())
        self._outcomes = QButtonGroup(self)
        self._cards: dict[str, ChoiceCard] = {}
        self.respondent = TextField(placeholder=tr("代表者"))
        self.note = WritingArea(lines=2)
        self.body.addWidget(Labelled(tr("日時"), _pair(self.day, self.time)))
        self.body.addWidget(label(tr("結果"), bold=True))
        for left in range(0, len(_OUTCOMES), 2):
            cards = [self._card(*one) for one in _OUTCOMES[left : left + 2]]
            self.body.addLayout(row(*cards, gap=8))
        self._cards["面談"].setChecked(True)
        self.body.addWidget(Labelled(tr("応対した人"), self.respondent))
        self.body.addWidget(Labelled(tr("メモ"), self.note))
        self.ready = self._ready
        self.accepted.connect(self._take)

    def _card(self, outcome: str, icon: str, text: Callable[[], str]) -> ChoiceCard:
        made = ChoiceCard(outcome_word(outcome), text(), icon)
        self._outcomes.addButton(made)
        self._cards[outcome] = made
        return made

    def choose(self, outcome: str) -> None:
        """Choose an outcome. Raises KeyError."""
        self._cards[outcome].setChecked(True)

    def _ready(self) -> bool:
        return self.day.check() and self.time.check()

    def _take(self) -> None:
        outcome = next(name for name, card in self._cards.items() if card.isChecked())
        when = f"{self.day.iso()}T{self.time.iso()}"
        self.taken.emit(when, outcome, self.respondent.text().strip(), self.note.toPlainText().strip())


class PlanDialog(Dialog):
    """The next visit. ``taken`` with the ISO date-time, "" to take the plan away."""

    taken = Signal(str)

    def __init__(self, parent: QWidget, company: str, planned_at: str | None, now: datetime) -> None:
        super().__init__(parent, tr("訪問の予定を入れます"), tr("予定を入れる"), text=company)
        present = moment(planned_at) or now.replace(hour=10, minute=0)
        self.day, self.time = DateField(present.date()), TimeField(present.time())
        self.body.addWidget(Labelled(tr("日時"), _pair(self.day, self.time)))
        self.ready = self._ready
        self.accepted.connect(lambda: self.taken.emit(f"{self.day.iso()}T{self.time.iso()}"))
        if planned_at:
            self.body.addWidget(label(tr("いまの予定：{when}", when=full_date(present.date())), "small", tone="text2"))

    def _ready(self) -> bool:
        return self.day.check() and self.time.check()


def _pair(left: QWidget, right: QWidget) -> QWidget:
    made = QWidget()
    made.setLayout(row(left, right, None))
    made.setFocusProxy(left)
    return made


class CompanyDialog(Dialog):
    """A new company, or the facts of one. ``taken`` with the fields that differ, as ``records.Company`` names them."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, company: records.Company | None) -> None:
        title = tr("企業を加えます") if company is None else tr("企業の台帳を直します")
        super().__init__(parent, title, tr("加える") if company is None else tr("直す"), width=640)
        self._before = company or records.Company(id="")
        before = self._before
        self.fields: dict[str, TextField | NumberField] = {
            "name": TextField(before.name or ""),
            "kana": TextField(before.kana or ""),
            "corporate_number": TextField(before.corporate_number or ""),
            "postal_code": TextField(before.postal_code or ""),
            "address": TextField(before.address or ""),
            "phone": TextField(before.phone or ""),
            "industry": TextField(before.industry or ""),
            "employees": NumberField(suffix=tr("人")),
            "capital_yen": NumberField(suffix=tr("円")),
        }
        self._number("employees").show_number("" if before.employees is None else str(before.employees))
        self._number("capital_yen").show_number("" if before.capital_yen is None else str(before.capital_yen))
        self.founded = WarekiField()
        self.founded.show_year(before.founded_year)
        self._labelled = {name: Labelled(text, self.fields[name]) for name, text in _names().items()}
        self._lay_out_fields()
        self.ready = self._ready
        self.accepted.connect(lambda: self.taken.emit(self.changed_fields()))

    def _number(self, name: str) -> NumberField:
        field = self.fields[name]
        assert isinstance(field, NumberField)
        return field

    def _lay_out_fields(self) -> None:
        shown = self._labelled
        founded = Labelled(tr("創業"), self.founded)
        for pieces in (
            (shown["name"], shown["kana"]),
            (shown["corporate_number"], shown["phone"]),
            (shown["postal_code"], shown["address"]),
            (shown["industry"], founded),
            (shown["employees"], shown["capital_yen"]),
        ):
            line = row(*pieces, gap=12)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)
            line.setStretch(0, 1)
            line.setStretch(1, 1)
            self.body.addLayout(line)

    def _ready(self) -> bool:
        faults = self._faults()
        for name, shown in self._labelled.items():
            shown.say(faults.get(name, ""))
        return not faults and self.founded.check()

    def _faults(self) -> dict[str, str]:
        """Field -> what is wrong and what to do."""
        text = {name: field.text().strip() for name, field in self.fields.items()}
        found: dict[str, str] = {}
        if not text["name"]:
            found["name"] = tr("企業名が空です。企業名を書いてください。")
        if text["corporate_number"] and corporate_number.read(text["corporate_number"]) is None:
            found["corporate_number"] = tr("法人番号が正しくありません。13桁の数字を確かめてください。")
        if text["postal_code"] and postal_code.read(text["postal_code"]) is None:
            found["postal_code"] = tr("郵便番号が正しくありません。7桁の数字で書いてください。")
        for name in ("employees", "capital_yen"):
            if text[name] and digits.read_integer(text[name]) is None:
                found[name] = tr("数字ではありません。数字で書いてください。")
        return found

    def values(self) -> dict[str, object]:
        """Every field as it would be stored."""
        text = {name: field.text().strip() or None for name, field in self.fields.items()}
        read: Mapping[str, Callable[[str], object]] = {
            "corporate_number": corporate_number.read,
            "postal_code": postal_code.read,
            "employees": digits.read_integer,
            "capital_yen": digits.read_integer,
        }
        made: dict[str, object] = {
            name: (read[name](value) if name in read and value is not None else value) for name, value in text.items()
        }
        return made | {"founded_year": self.founded.year()}

    def changed_fields(self) -> dict[str, object]:
        """The fields that differ from before."""
        return {name: value for name, value in self.values().items() if value != getattr(self._before, name)}


def _names() -> dict[str, str]:
    return {
        "name": tr("企業名"),
        "kana": tr("フリガナ"),
        "corporate_number": tr("法人番号"),
        "postal_code": tr("郵便番号"),
        "address": tr("所在地"),
        "phone": tr("電話"),
        "industry": tr("業種"),
        "employees": tr("従業員数"),
        "capital_yen": tr("資本金"),
    }
