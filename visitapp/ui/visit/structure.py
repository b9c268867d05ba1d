"""What the room shows of an interview: sections, the questions in them, and why the conditional ones are asked.

No Qt. Built anew whenever questions or rows appear or disappear; states are asked of the interview when needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.form import Form, Group, Question, Repeat, text_in
from visitapp.questionnaire.interview import Interview, Problem, QuestionState

Condition = tuple[tuple[str, tuple[str, ...]], ...]
"""Why something is asked: ((path of the deciding question, (choice names, ...)), ...)."""

_SECTION_NUMBER = re.compile(r"^(?:問|Q)\s*([0-9０-９]+|[①-⑳])")
_STATES = (
    QuestionState.ERROR,
    QuestionState.WARNING,
    QuestionState.UNANSWERED,
    QuestionState.NO_ANSWER,
    QuestionState.ANSWERED,
)
_SHOWN = frozenset(
    ("select_one", "select_multiple", "text", "integer", "decimal", "date", "time", "datetime", "rank", "note", "range")
)
_DONE = (QuestionState.ANSWERED, QuestionState.NO_ANSWER, QuestionState.WARNING)


@dataclass(frozen=True, slots=True)
class Entry:
    """One card: a question, or a few that are filled in together (a total with its breakdown, a field-list group).

    ``parts`` are the questions on the card in printed order; ``specify`` maps a choice name to the text question that
    explains it (その他). ``asked`` is whether any part is relevant; ``condition`` is empty when everybody is asked.
    """

    address: Address
    parts: tuple[Question, ...]
    number: str
    title: str
    asked: bool
    condition: Condition = ()
    specify: tuple[tuple[str, Question], ...] = ()

    @property
    def question(self) -> Question:
        """The question the card is about (the total of a breakdown, else its first)."""
        return next(part for part in self.parts if part.path == self.address.path)

    @property
    def note(self) -> bool:
        """A text to read, nothing to answer."""
        return self.question.type == "note"

    @property
    def composite(self) -> bool:
        return len(self.parts) > 1

    @property
    def estimated(self) -> bool:
        """推定: the question is our proposal, not the report's."""
        return self.question.extensions.get("estimated") == "yes"

    def addresses(self) -> tuple[Address, ...]:
        """Every question that can be answered on this card, その他 texts last."""
        rows = self.address.rows
        asked = (*self.parts, *(question for _, question in self.specify))
        return tuple(Address(question.path, rows) for question in asked)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One row of a repeat (個別施策シート); ``choosing`` is the question that names the row, if there is one."""

    address: Address
    entries: tuple[Entry, ...]
    choosing: Question | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A printed 問 with its cards, or a repeat with its sheets."""

    address: Address
    node: Group | Repeat
    title: str
    asked: bool
    entries: tuple[Entry, ...] = ()
    sheets: tuple[Sheet, ...] = ()

    @property
    def number(self) -> str:
        """The printed number alone ("6"), or "" when the section has none."""
        found = _SECTION_NUMBER.match(self.title)
        return found.group(1) if found else ""

    def all_entries(self) -> Iterator[Entry]:
        yield from self.entries
        for sheet in self.sheets:
            yield from sheet.entries


@dataclass(frozen=True)
class Structure:
    """Everything the room shows, in printed order."""

    sections: tuple[Section, ...]
    _order: tuple[Entry, ...] = field(repr=False)
    _owner: dict[Address, Entry] = field(repr=False)

    def entries(self) -> tuple[Entry, ...]:
        """All cards in printed order, also of questions that are not asked."""
        return self._order

    def asked(self) -> tuple[Entry, ...]:
        """The cards that are asked now: the path Enter walks along."""
        return tuple(entry for entry in self._order if entry.asked and not entry.note)

    def entry(self, address: Address) -> Entry | None:
        """The card on which the question at ``address`` is answered."""
        return self._owner.get(address)

    def section_of(self, entry: Entry) -> Section:
        """The section that holds a card. Raises KeyError for a card of another structure."""
        for section in self.sections:
            if any(other.address == entry.address for other in section.all_entries()):
                return section
        raise KeyError(entry.address)

    def sheet_of(self, entry: Entry) -> Sheet | None:
        """The repeat row a card belongs to."""
        for section in self.sections:
            for sheet in section.sheets:
                if any(other.address == entry.address for other in sheet.entries):
                    return sheet
        return None


def short_number(number: str) -> str:
    """The number inside its section: "問6 (2)" -> "(2)"; "問6" alone stays."""
    rest = _SECTION_NUMBER.sub("", number).strip()
    return rest or number


def printed_number(number: str, language: str) -> str:
    """A printed number as it reads in a language: "問9 (5)付問①" -> "Q9 (5) sub ①"."""
    if language == "ja":
        return number
    return number.replace("付問", " sub ").replace("問", "Q").replace("  ", " ").strip()


def build(interview: Interview, form: Form, language: str) -> Structure:
    """The structure of an interview as it stands."""
    return _Builder(interview, form, language).build()


def entry_state(interview: Interview, entry: Entry) -> QuestionState:
    """The worst state of what is on a card; 対象外 when nothing on it is asked."""
    rows = entry.address.rows
    states = {interview.state(Address(part.path, rows)) for part in entry.parts}
    if any(interview.problems(Address(text.path, rows)) for _, text in entry.specify):
        # An empty text of a chosen その他 is no gap: the answer beside it cannot stay as it is.
        states.add(QuestionState.ERROR)
    return next((state for state in _STATES if state in states), QuestionState.NOT_APPLICABLE)


def progress(interview: Interview, entries: Iterable[Entry]) -> tuple[int, int]:
    """(settled, asked) cards; 無回答 counts as settled, an error does not."""
    states = [entry_state(interview, entry) for entry in entries if entry.asked and not entry.note]
    return sum(state in _DONE for state in states), len(states)


def entry_problems(interview: Interview, entry: Entry) -> tuple[Problem, ...]:
    """Errors and open warnings of a card, errors first."""
    found = [problem for address in entry.addresses() for problem in interview.problems(address)]
    return tuple(sorted(found, key=lambda problem: problem.kind == "soft"))


def blocks(entries: Sequence[Entry]) -> list[tuple[Condition, list[Entry]]]:
    """Neighbouring cards asked for the same reason, together: the 付問 groups between the plain cards."""
    found: list[tuple[Condition, list[Entry]]] = []
    for entry in entries:
        if found and found[-1][0] == entry.condition:
            found[-1][1].append(entry)
        else:
            found.append((entry.condition, [entry]))
    return found


class _Builder:
    def __init__(self, interview: Interview, form: Form, language: str) -> None:
        self.interview = interview
        self.form = form
        self.language = language
        self.items = {item.address: item for item in interview.items()}
        self.specify: dict[str, list[tuple[str, Question]]] = {}
        for question in form.questions():
            owner = question.extensions.get("specify")
            if owner:
                self.specify.setdefault(owner, []).append((question.extensions.get("specify_choice", ""), question))

    def build(self) -> Structure:
        sections = tuple(self._sections(self.form.root))
        order = tuple(entry for section in sections for entry in section.all_entries())
        owner = {address: entry for entry in order for address in entry.addresses()}
        owner.update({entry.address: entry for entry in order})
        return Structure(sections, order, owner)

    def _sections(self, root: Group) -> Iterator[Section]:
        loose = self._entries([node for node in root.children if isinstance(node, Question)], ())
        if loose:
            title = text_in(self.form.title, self.language)
            yield Section(Address(root.path), root, title, any(entry.asked for entry in loose), loose)
        for node in root.children:
            if isinstance(node, Group):
                yield from self._group(node)
            elif isinstance(node, Repeat):
                yield self._repeat(node)

    def _group(self, group: Group) -> Iterator[Section]:
        entries = self._entries(group.children, ())
        if entries:
            asked = any(entry.asked for entry in entries)
            yield Section(Address(group.path), group, text_in(group.label, self.language), asked, entries)
        for repeat in _repeats(group):
            yield self._repeat(repeat)

    def _repeat(self, repeat: Repeat) -> Section:
        sheets = tuple(self._sheet(repeat, (row,)) for row in self.interview.rows(repeat.path))
        address = Address(repeat.path)
        asked = self.interview.is_relevant(address)
        return Section(address, repeat, text_in(repeat.label, self.language), asked, (), sheets)

    def _sheet(self, repeat: Repeat, rows: tuple[str, ...]) -> Sheet:
        # What decides about the whole repeat is no reason of its own for each question.
        shared = self.interview.why(Address(repeat.path, rows))
        entries = tuple(
            replace(entry, condition=tuple(part for part in entry.condition if part not in shared))
            for entry in self._entries(repeat.children, rows)
        )
        return Sheet(Address(repeat.path, rows), entries, choosing_question(repeat))

    def _entries(self, nodes: Sequence[Question | Group | Repeat], rows: tuple[str, ...]) -> tuple[Entry, ...]:
        found: list[Entry] = []
        summands = {name for node in nodes if isinstance(node, Question) for name in _summands(node)}
        for node in nodes:
            if isinstance(node, Question):
                if node.name not in summands:
                    found.extend(self._entry((*self._breakdown(node, nodes), node), node, rows))
            elif isinstance(node, Group) and "field-list" in node.appearance.split():
                questions = tuple(_own_questions(node))
                found.extend(self._entry(questions, node, rows) if questions else ())
            elif isinstance(node, Group):
                found.extend(self._entries(node.children, rows))
        return tuple(found)

    def _breakdown(self, total: Question, nodes: Sequence[Question | Group | Repeat]) -> tuple[Question, ...]:
        names = _summands(total)
        return tuple(node for node in nodes if isinstance(node, Question) and node.name in names)

    def _entry(self, questions: tuple[Question, ...], node: Question | Group, rows: tuple[str, ...]) -> list[Entry]:
        parts = tuple(q for q in questions if Address(q.path, rows) in self.items and not q.extensions.get("specify"))
        if not parts:
            return []
        main = node if isinstance(node, Question) else parts[0]
        address = Address(main.path, rows)
        alone = isinstance(node, Question)
        entry = Entry(
            address=address,
            parts=parts,
            number=printed_number(node.extensions.get("number", ""), self.language),
            title=self.interview.label(address) if alone else text_in(node.label, self.language),
            asked=any(self.items[Address(part.path, rows)].relevant for part in parts),
            condition=self.interview.why(address),
            specify=tuple(pair for part in parts for pair in self.specify.get(part.name, ())),
        )
        return [entry]


def choosing_question(repeat: Repeat) -> Question | None:
    """The question whose option names a repeat's row: its first question, when that is a single choice."""
    first = next((node for node in repeat.children if isinstance(node, Question) and node.type in _SHOWN), None)
    return first if first is not None and first.type == "select_one" else None


def _summands(question: Question) -> list[str]:
    return question.extensions.get("sum_of", "").split()


def _own_questions(group: Group) -> Iterator[Question]:
    for node in group.children:
        if isinstance(node, Question):
            yield node
        elif isinstance(node, Group):
            yield from _own_questions(node)


def _repeats(group: Group) -> Iterator[Repeat]:
    for node in group.children:
        if isinstance(node, Repeat):
            yield node
        elif isinstance(node, Group):
            yield from _repeats(node)
