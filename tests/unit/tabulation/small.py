"""A small questionnaire with a filter, a multiple choice, a derived band and a repeat; responses in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from tests.unit.questionnaire.workbooks import form_of
from visitapp.questionnaire.answers import NO_ANSWER, Address, Answer
from visitapp.questionnaire.form import Form
from visitapp.tabulation.asked import Asked
from visitapp.tabulation.columns import Columns, Filled


def _choices(name: str, *labels: tuple[str, str]) -> list[dict[str, str]]:
    return [
        {"list_name": name, "name": str(n), "label::日本語 (ja)": ja, "label::English (en)": en}
        for n, (ja, en) in enumerate(labels, start=1)
    ]


def _question(kind: str, name: str, label: str, **columns: str) -> dict[str, str]:
    renamed = {
        f"bind::visitapp:{k}" if k in ("source", "categories", "number", "exclusive", "tabulate") else k: v
        for k, v in columns.items()
    }
    return {
        "type": kind,
        "name": name,
        "label::日本語 (ja)": label,
        "label::English (en)": f"{name} in English",
        **renamed,
    }


CHOICES = [
    *_choices("trade", ("製造業", "Manufacturing"), ("情報通信業", "IT"), ("その他", "Other")),
    *_choices("reason", ("近い", "Near"), ("安い", "Cheap"), ("その他", "Other"), ("特にない", "Nothing")),
    *_choices("band", ("若い", "Young"), ("古い", "Old")),
    *_choices("mark", ("良い", "Good"), ("悪い", "Bad")),
]
_BAND = "if(${year} = '', '', if(${reference_year} - ${year} < 10, '1', '2'))"
SURVEY = [
    _question("hidden", "reference_year", "", default="2016"),
    _question("select_one trade", "trade", "業種", number="問1"),
    _question("select_multiple reason", "reason", "理由", relevant="${trade} = '1'", number="問2", exclusive="4"),
    _question("integer", "year", "創業年", relevant="${trade} != '3'"),
    _question("calculate", "age", "古さ", calculation=_BAND, source="year", categories="band"),
    _question("select_one trade", "secret", "内緒", tabulate="no"),
    _question("begin repeat", "sheets", "シート", relevant="${trade} = '1'"),
    _question("select_one mark", "mark", "評価"),
    _question("select_one mark", "why", "理由の評価", relevant="${mark} = '2'"),
    {"type": "end repeat"},
    _question("begin repeat", "others", "べつのシート"),
    _question("select_one mark", "other", "べつの評価"),
    {"type": "end repeat"},
]  # fmt: skip
SETTINGS = {"default_language": "日本語 (ja)", "namespaces": 'visitapp="urn:visitapp"'}


def small_form(
    survey: list[dict[str, str]] = SURVEY, choices: list[dict[str, str]] = CHOICES, version: str = "1"
) -> Form:
    return form_of(survey, choices, {**SETTINGS, "version": version})


def answered(form: Form, **said: object) -> dict[Address, Answer]:
    """Answers by question name; a list stands for the rows of a repeat, each a mapping; None is 無回答."""
    found: dict[Address, Answer] = {}
    for name, value in said.items():
        if isinstance(value, list):
            _add_rows(form, name, value, found)
        else:
            found[Address(form.question(name).path)] = _answer(value)
    return found


def _add_rows(form: Form, name: str, rows: list[Mapping[str, object]], found: dict[Address, Answer]) -> None:
    path = f"{form.root.path}/{name}"
    for number, row in enumerate(rows, start=1):
        place = (f"row{number}",)
        found[Address(path, place)] = Answer(str(number))
        for question, value in row.items():
            found[Address(form.question(question).path, place)] = _answer(value)


def _answer(value: object) -> Answer:
    return NO_ANSWER if value is None else Answer(str(value))


def columns_of(form: Form, *responses: Mapping[Address, Answer], year: str = "2016") -> Columns:
    asked = Asked(form, {"reference_year": year})
    return Columns([form], [Filled(f"r{n}", form, asked.of(a)) for n, a in enumerate(responses, start=1)])
