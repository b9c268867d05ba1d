"""What a card offers to settle what is odd on it: ready reasons, and a value that would fit. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from visitapp.i18n import tr
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.interview import Interview
from visitapp.ui.visit.structure import Entry
from visitapp.ui.visit.values import extension, shown_value


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that would settle what is wrong (F7), and the words that offer it."""

    address: Address
    answer: Answer
    words: str


def ready_reasons(entry: Entry) -> tuple[str, ...]:
    """The reasons offered for a soft warning: the questionnaire's own, else the usual two."""
    given = next((r for part in entry.parts if (r := extension(part, "reasons"))), "")
    return tuple(given.split("｜")) if given else (tr("相手に確認した"), tr("資料で確かめた"))


def suggestion(interview: Interview, entry: Entry) -> Suggestion | None:
    """The sum of a breakdown (column ``sum_of``) where the total says something else."""
    rows = entry.address.rows
    paths = {part.name: part.path for part in entry.parts}
    for part in entry.parts:
        names = part.extensions.get("sum_of", "").split()
        texts = [interview.answer(Address(paths[name], rows)).text for name in names if name in paths]
        if not names or len(texts) != len(names) or not all(text.isdecimal() for text in texts):
            continue
        total, address = str(sum(map(int, texts))), Address(part.path, rows)
        if interview.answer(address).text != total:
            shown = shown_value(part, total)
            return Suggestion(address, Answer(total), tr("内訳の合計 {total} にする", total=shown))
    return None
