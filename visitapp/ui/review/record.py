"""訪問の記録: when, what came of it, who answered; what was shown; what was said; what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from visitapp.fieldwork.offers import STAGES, set_stage
from visitapp.fieldwork.visits import MET, OUTCOMES, change_visit, plan_visit, record_visit
from visitapp.i18n import tr
from visitapp.japanese import wareki
from visitapp.store import records
from visitapp.ui import look
from visitapp.ui.page import Shell
from visitapp.ui.visit.session import Session
from visitapp.ui.visit.values import shown_date
from visitapp.ui.widgets.basics import clear, column, icon_label, label, row, rule
from visitapp.ui.widgets.dates import read_time
from visitapp.ui.widgets.fields import ChoiceField, TextField

if TYPE_CHECKING:
    from visitapp.fieldwork.responses import OpenResponse
    from visitapp.store.store import Store


def stage_word(stage: str) -> str:
    """How far an offer went, in a word."""
    return {
        "recommended": tr("お勧めした"), "explained": tr("説明した"), "leaflet": tr("案内書を渡した"),
        "interested": tr("関心あり"), "applied": tr("申込み"), "used": tr("活用"), "declined": tr("見送り"),
    }[stage]  # fmt: skip


def outcome_word(outcome: str) -> str:
    """An outcome as people say it."""
    words = {
        "面談": tr("面談（完了）"), "不在": tr("不在"), "拒否": tr("拒否"), "移転": tr("移転"), "廃業": tr("廃業"),
        "該当外": tr("該当外"), "郵送": tr("郵送"),
    }  # fmt: skip
    return words.get(outcome, outcome)


class RecordPane(QFrame):
    """The right pane of the review. Each change is written at once. Signal: ``offers_wanted`` to choose programmes."""

    offers_wanted = Signal()

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__()
        self._shell, self._session = shell, session
        self.setProperty("role", "side")
        self._names: dict[str, str] = {}
        self._day, self._time = TextField(), TextField(placeholder="13:30")
        self._outcome = ChoiceField([(one, outcome_word(one)) for one in OUTCOMES])
        self._respondent = TextField(placeholder=tr("例　代表者"))
        self._promise = TextField(placeholder=tr("例　申込み方法を電話で伝える"))
        self._next_day = TextField(placeholder=tr("例　R8.6.23"))
        self._offers, self._opinions = QVBoxLayout(), QVBoxLayout()
        self._offer_count = label("", "small", tone="text2")
        self._opinion_count = label("", "small", tone="text2")
        self._name_fields()
        self._lay_out()
        self._connect()
        session.records_changed.connect(self.refresh)
        self.refresh()

    def _name_fields(self) -> None:
        names = (
            (self._day, tr("訪問した日")), (self._time, tr("時刻")), (self._outcome, tr("結果")),
            (self._respondent, tr("応対者")), (self._promise, tr("次の約束")), (self._next_day, tr("約束の日")),
        )  # fmt: skip
        for field, name in names:
            field.setAccessibleName(name)

    def _lay_out(self) -> None:
        self._time.setFixedWidth(look.em(5.5))
        self._next_day.setFixedWidth(look.em(10))
        self._offers.setSpacing(look.px(6))
        when = row(self._caption(tr("日時")), self._day, self._time, gap=8)
        when.setStretch(1, 1)
        outcome = row(self._caption(tr("結果")), self._outcome, gap=8)
        outcome.setStretch(1, 1)
        respondent = row(self._caption(tr("応対者")), self._respondent, gap=8)
        respondent.setStretch(1, 1)
        promise = row(self._promise, self._next_day, gap=8)
        promise.setStretch(0, 1)
        self.setLayout(column(
            label(tr("訪問の記録"), "option", bold=True), when, outcome, respondent, rule(),
            row(label(tr("案内した施策"), bold=True), self._offer_count, None, gap=8), self._offers, rule(),
            row(label(tr("自由意見"), bold=True), self._opinion_count, None, gap=8), self._opinions, rule(),
            label(tr("次の約束"), bold=True), promise, None,
            gap=9, margins=(18, 14, 18, 14),
        ))  # fmt: skip

    def _caption(self, text: str) -> QFrame:
        made = label(text, "body", tone="text2")
        made.setMinimumWidth(look.em(4.5))
        return made

    def _connect(self) -> None:
        for field in (self._day, self._time):
            field.settled.connect(lambda _text: self._change_when())
        self._outcome.picked.connect(lambda outcome: self._change(outcome=outcome))
        self._respondent.settled.connect(lambda text: self._change(respondent=text.strip() or None))
        self._promise.settled.connect(lambda text: self._change(note=text.strip() or None))
        self._next_day.settled.connect(lambda _text: self._change_plan())

    # -- showing ------------------------------------------------------------------------------------------------
    @property
    def visit(self) -> records.Visit | None:
        """The newest visit of the target."""
        visits = self._session.records.visits
        return visits[-1] if visits else None

    def refresh(self) -> None:
        """Show the records as they are now."""
        now, visit = self._session.records, self.visit
        when = (visit.visited_at if visit else None) or self._shell.now().isoformat(timespec="minutes")
        self._day.show_text(shown_date(when[:10]))
        self._time.show_text(when[11:16])
        self._outcome.set_value((visit.outcome if visit else None) or MET)
        self._respondent.show_text((visit.respondent if visit else None) or now.response.respondent or "")
        self._promise.show_text((visit.note if visit else None) or "")
        self._next_day.show_text(shown_date((now.target.planned_at or "")[:10]))
        self._show_offers()
        self._show_opinions()

    def show_names(self, names: dict[str, str]) -> None:
        """The names of the programmes, once they are read."""
        self._names = names
        self._show_offers()

    def _show_offers(self) -> None:
        clear(self._offers)
        offers = [offer for offer in self._session.records.offers if offer.ticked and not offer.deleted]
        self._offer_count.setText(tr("{n}件", n=len(offers)) if offers else tr("まだありません"))
        for offer in offers:
            name = label(self._names.get(offer.programme or "", ""), "small", wrap=True)
            stage = ChoiceField([(one, stage_word(one)) for one in STAGES])
            stage.setFont(look.font("small"))
            stage.set_value(offer.stage or STAGES[0])
            stage.setAccessibleName(tr("どこまで進んだか"))
            stage.picked.connect(lambda value, offer_id=offer.id: self._set_stage(offer_id, value))
            line = row(icon_label("check", 16, "ok"), name, stage, gap=8)
            line.setStretch(1, 1)
            self._offers.addLayout(line)

    def _show_opinions(self) -> None:
        clear(self._opinions)
        now = self._session.records
        said = [opinion for opinion in now.opinions if opinion.response == now.response.id]
        later = sum(opinion.follow_up == "open" for opinion in said)
        count = tr("{n}件・うち{later}件はあとで対応", n=len(said), later=later) if later else tr("{n}件", n=len(said))
        self._opinion_count.setText(count if said else tr("まだありません"))
        for opinion in said[:4]:
            self._opinions.addWidget(label(opinion.text or "", "small", wrap=True))

    # -- writing ------------------------------------------------------------------------------------------------
    def _when(self) -> str | None:
        day, at = wareki.read_date(self._day.text().partition("（")[0]), read_time(self._time.text() or "0")
        self._day.set_error(day is None)
        self._time.set_error(at is None)
        if day is None or at is None:
            return None
        return datetime.combine(day, at, self._shell.now().tzinfo).isoformat(timespec="minutes")

    def _change_when(self) -> None:
        when = self._when()
        if when is not None and (self.visit is None or self.visit.visited_at != when):
            self._change(visited_at=when)

    def _change(self, **fields: object) -> None:
        visit = self.visit
        if visit is not None and all(getattr(visit, name) == value for name, value in fields.items()):
            return
        when, person = self._when(), self._shell.person
        if when is None:
            return
        outcome, respondent = self._outcome.value(), self._respondent.text().strip()

        def command(store: Store, opened: OpenResponse) -> None:
            if visit is None:
                made = record_visit(store, opened.target.id, when, outcome, person, respondent=respondent)
                change_visit(store, made, person, **fields)
            else:
                change_visit(store, visit.id, person, **fields)

        self._session.do(command)

    def unrecorded(self) -> tuple[str, str, str] | None:
        """(when, outcome, respondent) as shown, where nobody wrote the visit down yet; None otherwise."""
        when = self._when()
        if self.visit is not None or when is None:
            return None
        return when, self._outcome.value(), self._respondent.text().strip()

    def _change_plan(self) -> None:
        text = self._next_day.text().strip()
        day = wareki.read_date(text.partition("（")[0])
        self._next_day.set_error(bool(text) and day is None)
        planned = day.isoformat() if day is not None else None
        if (text and day is None) or planned == ((self._session.records.target.planned_at or "")[:10] or None):
            return
        person = self._shell.person
        self._session.do(lambda store, opened: plan_visit(store, opened.target.id, planned, person))

    def _set_stage(self, offer_id: str, stage: str) -> None:
        person = self._shell.person
        self._session.do(lambda store, _opened: set_stage(store, offer_id, stage, person))
