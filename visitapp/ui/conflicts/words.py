"""What is in conflict, and its values, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Answer
from visitapp.questionnaire.form import Question, text_in, without_references
from visitapp.store import records
from visitapp.ui.dates import full_date, moment, short_moment, year_words, yen
from visitapp.ui.notebook.devices import device_word, kind_word
from visitapp.ui.notebook.words import outcome_word
from visitapp.ui.visit.wording import answer_text
from visitapp.ui.widgets.states import StateLook

if TYPE_CHECKING:
    from datetime import date, datetime

    from visitapp.commands.cases import Case, Writing

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Option:
    """One way to decide: for a value, or for keeping or deleting a record (then with every edit of it)."""

    letter: str
    writings: tuple[Writing, ...]

    @property
    def first(self) -> Writing:
        """The newest of its writings."""
        return self.writings[0]


def options(case: Case) -> list[Option]:
    """The ways to decide: one for each value, newest first; for a deletion keeping first, then deleting."""
    if case.conflict.kind != "deleted":
        return [Option(letter, (side,)) for letter, side in zip(LETTERS, case.sides, strict=False)]
    kept = tuple(side for side in case.sides if not side.deletes)
    gone = tuple(side for side in case.sides if side.deletes)
    groups = [group for group in (kept, gone) if group]
    return [Option(letter, group) for letter, group in zip(LETTERS, groups, strict=False)]


def kind_look(case: Case) -> StateLook:
    """値が2つ, or 変更と削除."""
    if case.conflict.kind == "deleted":
        return StateLook(tr("変更と削除"), "pencil", "warn")
    return StateLook(tr("値が{n}つ", n=len(case.sides)), "meeting", "warn")


def company(case: Case) -> str:
    """The company's name; the kind of record for one that has none."""
    if case.company is not None:
        return case.company.name or tr("名前のない企業")
    return kind_word(case.conflict.table)


def question_title(question: Question) -> str:
    """問5　海外生産…"""
    number = question.extensions.get("number", "")
    title = without_references(text_in(question.label, language())).replace("\u200b", "").strip()
    return "　".join(part for part in (number, title) if part)


def item(case: Case) -> str:
    """What of it is in conflict."""
    if case.question is not None and case.conflict.field != "note":
        return question_title(case.question)
    if isinstance(case.record, records.Opinion) and case.record.text:
        return tr("自由意見「{words}」", words=shortened(case.record.text, 14))
    if case.conflict.kind == "deleted":
        return kind_word(case.conflict.table)
    return tr("{kind}　{field}", kind=kind_word(case.conflict.table), field=field_word(case.conflict.field))


def field_word(field: str) -> str:
    """What a field of a record is called."""
    words = {
        "name": tr("名前"), "kana": tr("フリガナ"), "corporate_number": tr("法人番号"), "postal_code": tr("郵便番号"),
        "address": tr("所在地"), "phone": tr("電話"), "founded_year": tr("創業"), "employees": tr("従業員数"),
        "capital_yen": tr("資本金"), "industry": tr("業種"), "visitor": tr("担当"), "device": tr("端末"),
        "mode": tr("方法"), "planned_at": tr("次の予定"), "visited_at": tr("訪問した日"),
        "respondent": tr("回答した人"), "outcome": tr("結果"), "note": tr("メモ"), "status": tr("状態"), "visited_on": tr("訪問した日"),
        "received_on": tr("届いた日"), "finalised_at": tr("確定した日時"), "reopen_reason": tr("開き直した理由"),
        "category": tr("分類"), "text": tr("内容"), "said_at": tr("聞いた日時"), "follow_up": tr("対応"),
        "due_on": tr("期限"), "stage": tr("案内の段階"), "ticked": tr("選んだ印"), "offered_at": tr("案内した日時"),
        "value": tr("値"), "deleted": tr("削除"),
    }  # fmt: skip
    return words.get(field, field)


def value_text(case: Case, writing: Writing) -> str:
    """A value as people read it; nothing entered is said as such."""
    value = writing.value
    if isinstance(value, Answer):
        if not value.given:
            return tr("未回答")
        if case.form is None or case.question is None:
            return value.text
        return answer_text(case.form, case.question, value)
    if writing.field == "deleted":
        return tr("消した") if value else tr("残した")
    return plain_text(writing.field, value)


def plain_text(field: str, value: object) -> str:
    """A field's value: amounts, years, days and states in words."""
    if value in (None, ""):
        return tr("未記入")
    if isinstance(value, bool):
        return tr("はい") if value else tr("いいえ")
    if isinstance(value, int):
        known = {"capital_yen": yen(value), "founded_year": year_words(value), "employees": tr("{n}人", n=f"{value:,}")}
        return known.get(field, f"{value:,}")
    text = str(value)
    if field.endswith(("_at", "_on")):
        found = moment(text)
        return full_moment(found) if found is not None else text
    return outcome_word(text) if field == "outcome" else _state_words().get(text, text)


def _state_words() -> dict[str, str]:
    return {
        "draft": tr("途中"), "final": tr("確定"), "returned": tr("差戻し"), "open": tr("対応が残る"),
        "done": tr("対応済み"), "none": tr("対応なし"), "recommended": tr("お勧めした"), "explained": tr("説明した"),
        "leaflet": tr("案内書を渡した"), "interested": tr("関心あり"), "applied": tr("申込み"), "used": tr("活用"),
        "declined": tr("見送り"),
    }  # fmt: skip


def option_text(case: Case, option: Option) -> str:
    """What is chosen with an option; kept edits each with their field."""
    if case.conflict.kind != "deleted" or option.first.deletes:
        return value_text(case, option.first)
    parts = [
        tr("{field}：{value}", field=field_word(one.field), value=value_text(case, one)) for one in option.writings
    ]
    return value_text(case, option.first) if len(parts) == 1 else "\n".join(parts)


def verb(case: Case, option: Option) -> str:
    """Aを採る; for a deletion what comes of it."""
    if case.conflict.kind == "deleted":
        return tr("消したままにする") if option.first.deletes else tr("直したものを残す")
    return tr("{letter}を採る", letter=option.letter)


def origin(writing: Writing) -> str:
    """端末03・第12号."""
    number = tr("第{n}号", n=writing.package) if writing.package is not None else ""
    return "・".join(part for part in (device_word(writing.device), number) if part)


def who(writing: Writing) -> str:
    """staff-07・端末07・第1号."""
    return "・".join(part for part in (writing.person, origin(writing)) if part)


def full_moment(at: datetime) -> str:
    """令和8年6月16日（火）13:37."""
    local = at.astimezone()
    return f"{full_date(local.date())} {local:%H:%M}"


def short(writing: Writing, today: date) -> str:
    """今日 13:37, in lists."""
    return short_moment(writing.at.isoformat(), today)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, in one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= most else plain[:most] + "…"


def both(case: Case) -> str:
    """46人　／　40人."""
    texts = [shortened(option_text(case, option), 16) for option in options(case)]
    return "　／　".join(texts)
