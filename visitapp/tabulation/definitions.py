"""What a table shows, as data: published ones from resources/tables, others made from a questionnaire on the spot.

Questions are meant by name and options by their Japanese label, because that is what the report prints; two questions
of one table may number the same option differently.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from visitapp.questionnaire.form import text_in
from visitapp.resources import resource_path
from visitapp.tabulation.columns import Columns, Heading
from visitapp.tabulation.table import ALL, NO_ANSWER, TOTAL

Labels = Mapping[str, str]
"""Language code -> text."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: the answers to ``question`` among those asked it.

    With ``group`` only among those also asked that question, and with ``group_options`` only those who chose one of
    these there (無回答 may be named). ``without``: options this series never had (※カテゴリー無し).
    """

    label: Labels
    question: str
    group: str = ""
    group_options: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Definition:
    """A table. ``form_id`` names its questionnaire; ``kind`` and ``answer_type`` as in ``Table``.

    ``options`` in shown order, with 無回答 and, in a cross table, 合計.
    """

    table_id: str
    form_id: str
    kind: str
    number: str
    title: Labels
    answer_type: str
    base: Labels
    options: tuple[str, ...]
    lines: tuple[Line, ...]


@cache
def published() -> tuple[Definition, ...]:
    """The tables of the report, in the order of its index."""
    lines: dict[str, list[Line]] = {}
    for row in _read("rows.tsv"):
        lines.setdefault(row["table_id"], []).append(
            Line(
                {"ja": row["row_label"], "en": row["row_label_en"]},
                row["question"],
                row["group"],
                _several(row["group_options"]),
                frozenset(_several(row["without"])),
            )
        )
    return tuple(
        Definition(
            row["table_id"],
            row["form"],
            row["kind"],
            row["number"],
            {"ja": row["title"], "en": row["title_en"]},
            row["answer_type"],
            {"ja": row["base"], "en": row["base_en"]},
            _several(row["options"]),
            tuple(lines[row["table_id"]]),
        )
        for row in _read("tables.tsv")
    )


def definition_by_id(table_id: str) -> Definition:
    """The published table of that id. Raises KeyError when there is none."""
    for definition in published():
        if definition.table_id == table_id:
            return definition
    raise KeyError(table_id)


def one_way(columns: Columns, question: str) -> Definition:
    """The answers to any question with options: all its options and 無回答. Raises KeyError for an unknown question."""
    heading = columns.heading(question)
    return _made(columns, question, heading, "one_way", (*_labels(heading), NO_ANSWER), (Line({}, question),))


def series(columns: Columns, questions: Sequence[str]) -> Definition:
    """Several questions side by side, one line each; the options of all in order of first appearance.

    Raises KeyError for an unknown question.
    """
    headings = [columns.heading(question) for question in questions]
    options = tuple(dict.fromkeys(label for heading in headings for label in _labels(heading)))
    lines = tuple(
        Line(heading.label, question, without=frozenset(options) - set(_labels(heading)))
        for question, heading in zip(questions, headings, strict=True)
    )
    return _made(columns, "+".join(questions), headings[0], "series", (*options, NO_ANSWER), lines)


def cross(columns: Columns, side: str, head: str, groups: Mapping[str, Sequence[str]] | None = None) -> Definition:
    """The answers to ``head`` (表頭) for each answer to ``side`` (表側), 全体 first.

    ``groups`` joins options of ``side`` into rows (増加: 大幅に増加, やや増加); without it every option and 無回答
    is a row.
    Raises KeyError for an unknown question.
    """
    heading, rows = columns.heading(head), columns.heading(side)
    members = groups or {label: (label,) for label in (*_labels(rows), NO_ANSWER)}
    shown = {"" if groups else text_in(choice.label, "ja"): choice.label for choice in rows.choices}
    lines = [Line({"ja": ALL}, head, side)]
    lines += [Line(shown.get(label, {"ja": label}), head, side, tuple(options)) for label, options in members.items()]
    options = (TOTAL, *_labels(heading), NO_ANSWER)
    return _made(columns, f"{side}_x_{head}", heading, "cross", options, tuple(lines))


def _made(
    columns: Columns, table_id: str, heading: Heading, kind: str, options: tuple[str, ...], lines: tuple[Line, ...]
) -> Definition:
    answer_type = "multiple" if heading.multiple else "single"
    number = heading.number if kind == "one_way" else ""
    return Definition(table_id, columns.form_id, kind, number, heading.label, answer_type, {}, options, lines)


def _labels(heading: Heading) -> tuple[str, ...]:
    return tuple(text_in(choice.label, "ja") for choice in heading.choices)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split("｜")) if text else ()


def _read(name: str) -> list[dict[str, str]]:
    with resource_path("tables", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
