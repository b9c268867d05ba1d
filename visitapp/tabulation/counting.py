"""Definition + columns -> table: bases, counts, notes, and the responses behind a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from visitapp.questionnaire.form import text_in
from visitapp.tabulation.columns import Columns, Heading, Level, Unit, Units
from visitapp.tabulation.definitions import Definition, Labels, Line
from visitapp.tabulation.table import NO_ANSWER, SMALL_BASE, TOTAL, Cell, Row, Table

OTHER = "その他"
Note = tuple[str, tuple[tuple[str, object], ...]]


def make_table(
    definition: Definition, columns: Columns | None, language: str = "ja", within: Units | None = None
) -> Table:
    """The table with texts in ``language``. ``columns`` None: nobody answered this questionnaire, every base is 0.

    ``within``: only these units of the table's level (see ``level_of``) are counted.
    合計, 無回答 and 全体 stay Japanese: they are marks, not texts (``Cell.role``).
    """
    counted = [_Counted(definition, line, columns, within) for line in definition.lines]
    rows = tuple(_row(definition, line, language) for line in counted)
    return Table(
        definition.table_id,
        definition.kind,
        _text(definition.title, language),
        definition.answer_type,
        _text(definition.base, language),
        rows,
        definition.number,
        _side(definition, columns, language),
        tuple(_notes(definition, counted, rows)),
    )


def units_behind(definition: Definition, columns: Columns, row: int, option: int) -> tuple[Unit, ...]:
    """The responses (or rows of a repeat) that a cell counts, in order. ``row`` and ``option`` are indices."""
    line = _Counted(definition, definition.lines[row], columns, None)
    return tuple(columns.units(line.counted(definition.options[option]), line.level))


def level_of(definition: Definition, columns: Columns) -> Level:
    """What the table counts: () responses, else rows of that repeat."""
    return _level(definition.lines[0], columns)


def members(columns: Columns, question: str, labels: Iterable[str], level: Level) -> Units:
    """Units of ``level`` that chose one of these options of ``question`` (Japanese labels, 無回答 too): a layer.

    Raises KeyError for an unknown question, NotNow E-540 as ``Columns.lifted``.
    """
    heading = columns.heading(question)
    found = 0
    for label in labels:
        found |= _chose(columns, heading, label) or 0
    return columns.lifted(found, heading.level, level)


@dataclass
class _Counted:
    """One line met with the columns: its base, and who chose what."""

    definition: Definition
    line: Line
    columns: Columns | None
    within: Units | None

    def __post_init__(self) -> None:
        columns, line = self.columns, self.line
        self.heading = columns.headings.get(line.question) if columns else None
        self.level: Level = _level(line, columns) if columns else ()
        self.base: Units = 0
        if columns is None or self.heading is None:
            return
        self.base = columns.lifted(columns.asked(line.question), self.heading.level, self.level)
        if line.group:
            self.base &= self._group(columns, columns.headings.get(line.group))
        if self.within is not None:
            self.base &= self.within

    def _group(self, columns: Columns, group: Heading | None) -> Units:
        if group is None:
            return 0
        if self.line.group_options:
            return members(columns, group.name, self.line.group_options, self.level)
        return columns.lifted(columns.asked(group.name), group.level, self.level)

    def counted(self, option: str) -> Units:
        """Who of the base chose the option; 合計 is the base itself."""
        if option == TOTAL and self.definition.kind == "cross":
            return self.base
        if self.columns is None or self.heading is None:
            return 0
        chose = _chose(self.columns, self.heading, option) or 0
        return self.base & self.columns.lifted(chose, self.heading.level, self.level)

    def present(self, option: str) -> bool:
        """Whether this series has the option at all."""
        if option in self.line.without:
            return False
        special = option == NO_ANSWER or (option == TOTAL and self.definition.kind == "cross")
        return special or self.columns is None or self.heading is None or _name(self.heading, option) is not None

    def unanswered(self) -> Units:
        if self.columns is None or self.heading is None:
            return 0
        units = self.columns.unanswered(self.line.question)
        return self.base & self.columns.lifted(units, self.heading.level, self.level)


def _level(line: Line, columns: Columns) -> Level:
    """The deeper of the levels of the question and of the group's question."""
    levels = [columns.headings[name].level for name in (line.question, line.group) if name in columns.headings]
    return max(levels, key=len, default=())


def _row(definition: Definition, counted: _Counted, language: str) -> Row:
    cells = tuple(
        Cell(
            _option(counted.heading, option, language),
            counted.counted(option).bit_count(),
            counted.present(option),
            _role(definition, counted.heading, option),
        )
        for option in definition.options
    )
    label = _row_label(counted, language)
    return Row(label, counted.base.bit_count(), cells)


def _side(definition: Definition, columns: Columns | None, language: str) -> str:
    headings = columns.headings if columns else {}
    found = {line.group for line in definition.lines}
    return _text(headings[group].label, language) if len(found) == 1 and (group := found.pop()) in headings else ""


def _row_label(counted: _Counted, language: str) -> str:
    line = counted.line
    if line.label.get(language):
        return line.label[language]
    if counted.columns and len(line.group_options) == 1 and line.group in counted.columns.headings:
        return _option(counted.columns.heading(line.group), line.group_options[0], language)
    return _text(line.label, language)


def _role(definition: Definition, heading: Heading | None, option: str) -> str:
    if option == TOTAL and definition.kind == "cross":
        return "total"
    if option == NO_ANSWER:
        return "no_answer"
    if option == OTHER:
        return "other"
    name = _name(heading, option) if heading else None
    return "alone" if heading and name in heading.alone else ""


def _notes(definition: Definition, counted: list[_Counted], rows: tuple[Row, ...]) -> Iterable[Note]:
    unanswered: dict[str, Units] = {}
    for line in counted:
        unanswered[line.line.question] = unanswered.get(line.line.question, 0) | line.unanswered()
    count = sum(units.bit_count() for units in unanswered.values())
    if count:
        yield "unanswered", (("count", count),)
    if definition.kind == "cross" and any(0 < row.n < SMALL_BASE for row in rows):
        yield "small_base", (("n", SMALL_BASE),)
    if any(not cell.present for row in rows for cell in row.cells):
        yield "no_category", ()


def _chose(columns: Columns, heading: Heading, label: str) -> Units | None:
    if label == NO_ANSWER:
        return columns.no_answer(heading.name)
    name = _name(heading, label)
    return None if name is None else columns.chose(heading.name, name)


def _name(heading: Heading, label: str) -> str | None:
    """The choice with that Japanese label."""
    for choice in heading.choices:
        if text_in(choice.label, "ja") == label:
            return choice.name
    return None


def _option(heading: Heading | None, label: str, language: str) -> str:
    if language == "ja" or heading is None:
        return label
    name = _name(heading, label)
    return next((text_in(choice.label, language) for choice in heading.choices if choice.name == name), label)


def _text(labels: Labels, language: str) -> str:
    return labels.get(language) or labels.get("ja") or next(iter(labels.values()), "")
