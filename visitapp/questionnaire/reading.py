"""What can be asked of an interview; asking changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from visitapp.questionnaire import checks
from visitapp.questionnaire.answers import UNANSWERED, Address, Answer
from visitapp.questionnaire.evaluation import Evaluation
from visitapp.questionnaire.expressions.nodes import Element
from visitapp.questionnaire.form import Choice, Form, Node, Question, Repeat, Text
from visitapp.questionnaire.outcome import Item, Problem, QuestionState
from visitapp.questionnaire.plan import compiled
from visitapp.questionnaire.reasons import reasons_for
from visitapp.questionnaire.tree import Rows


class Reading:
    """The state of one interview as others see it. Problems and options are kept until something changes them."""

    def __init__(self, form: Form, evaluation: Evaluation, answers: Mapping[Address, Answer]) -> None:
        self.form = form
        self._evaluation = evaluation
        self._tree = evaluation.tree
        self._nodes = form.nodes
        self._answers = answers
        self._problems: dict[Address, tuple[Problem, ...]] = {}
        self._choices: dict[Address, tuple[Choice, ...]] = {}

    def items(self) -> tuple[Item, ...]:
        """Everything in printed order, also what is not asked (``relevant`` tells); calculates left out."""
        return tuple(
            Item(address, node, self.is_relevant(address))
            for address, node in self._walk(self.form.root, ())
            if not isinstance(node, Question) or node.type not in checks.UNASKED
        )

    def rows(self, repeat_path: str, parent_rows: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The row ids of a repeat, in order."""
        return self._tree.rows(repeat_path, parent_rows)

    def answer(self, address: Address) -> Answer:
        """The stored answer, relevant or not. UNANSWERED when there is none."""
        return self._answers.get(address, UNANSWERED)

    def stored(self) -> Mapping[Address, Answer]:
        """Everything that is stored: answers, relevant or not, and row markers. Opens the same interview again."""
        return dict(self._answers)

    def is_relevant(self, address: Address) -> bool:
        """Whether the question is asked (its own condition and that of every enclosing section)."""
        if address in self._tree:
            return self._tree.is_relevant(address)
        node = self._nodes.get(address.path)
        return isinstance(node, Repeat) and self._would_be_relevant(node, address.rows)

    def state(self, address: Address) -> QuestionState:
        """The question's state for the outline. What is required and missing is unanswered, not yet an error."""
        if not self.is_relevant(address):
            return QuestionState.NOT_APPLICABLE
        kinds = {problem.kind for problem in self.problems(address)}
        if kinds & {"constraint", "type"}:
            return QuestionState.ERROR
        if "soft" in kinds:
            return QuestionState.WARNING
        answer = self.answer(address)
        if answer.no_answer:
            return QuestionState.NO_ANSWER
        return QuestionState.ANSWERED if answer.text else QuestionState.UNANSWERED

    def choices(self, address: Address) -> tuple[Choice, ...]:
        """The options offered now (choice filter applied)."""
        if address not in self._choices:
            self._choices[address] = self._evaluation.choices(address)
        return self._choices[address]

    def problems(self, address: Address | None = None) -> tuple[Problem, ...]:
        """Errors and unanswered soft checks of one question, or of all relevant ones in printed order."""
        if address is None:
            return tuple(problem for asked in self._asked() for problem in self.problems(asked))
        node = self._nodes.get(address.path)
        if not isinstance(node, Question) or not checks.is_asked(node) or not self.is_relevant(address):
            return ()
        if address not in self._problems:
            self._problems[address] = checks.problems_of(self._evaluation, address, self.answer(address))
        return self._problems[address]

    def is_required(self, address: Address) -> bool:
        """Whether the question must have an answer (無回答 counts as one)."""
        return checks.is_required(self._evaluation, address)

    def is_readonly(self, address: Address) -> bool:
        """Whether ``set`` would refuse: calculated, a note, or read-only."""
        return checks.is_readonly(self._evaluation, address)

    def label(self, address: Address) -> str:
        """The label in the interview's language with ``<output>`` references filled in."""
        return self.text(address, self._nodes[address.path].label)

    def hint(self, address: Address) -> str:
        """The hint, likewise; "" for what has none."""
        node = self._nodes[address.path]
        return self.text(address, node.hint) if isinstance(node, Question) else ""

    def text(self, address: Address, text: Text) -> str:
        """Any text of the form as seen from a question or section."""
        return self._evaluation.text(text, self._element(address))

    def why(self, address: Address) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The questions and option names that decide whether this one is asked: ((path, (choice name, ...)), ...)."""
        return reasons_for(self._evaluation.plan, address.path)

    def gaps(self) -> tuple[Address, ...]:
        """Relevant questions that are 未回答, in printed order; those that the form itself fills are left out."""
        return tuple(a for a in self._asked() if not self.answer(a).given and not self.is_readonly(a))

    def kept(self) -> tuple[Address, ...]:
        """Answers that are kept though no longer asked."""
        every = self._walk(self.form.root, ())
        asked = (a for a, node in every if isinstance(node, Question) and checks.is_asked(node))
        return tuple(a for a in asked if self.answer(a).given and not self._tree.is_relevant(a))

    def relevant_answers(self) -> Mapping[Address, Answer]:
        """Every answer of a relevant question, calculated ones included: what tables read."""
        return {address: self.answer(address) for address in self.applicable() if self.answer(address).given}

    def applicable(self) -> Iterable[Address]:
        """Every question that is asked, answered or not (the base of its table); calculated ones too, notes not."""
        for address, node in self._walk(self.form.root, ()):
            if isinstance(node, Question) and node.type != "note" and self._tree.is_relevant(address):
                yield address

    # -- walking ----------------------------------------------------------------------------------------------
    def _walk(self, node: Node, rows: Rows) -> Iterator[tuple[Address, Node]]:
        """Everything below a node in printed order, each repeat first as itself and then row by row."""
        for child in () if isinstance(node, Question) else node.children:
            yield Address(child.path, rows), child
            if not isinstance(child, Repeat):
                yield from self._walk(child, rows)
                continue
            for row in self._tree.rows(child.path, rows):
                yield Address(child.path, (*rows, row)), child
                yield from self._walk(child, (*rows, row))

    def _asked(self) -> Iterator[Address]:
        """The questions a person answers and that are asked now."""
        for address, node in self._walk(self.form.root, ()):
            if isinstance(node, Question) and checks.is_asked(node) and self._tree.is_relevant(address):
                yield address

    def _element(self, address: Address) -> Element:
        """The element, or for a repeat as such what one more row would be. Raises KeyError when there is neither."""
        node = self._nodes[address.path]
        if address not in self._tree and isinstance(node, Repeat):
            return self._tree.prototype(node, address.rows)
        return self._tree.element(address)

    def _would_be_relevant(self, repeat: Repeat, parent_rows: Rows) -> bool:
        """Whether a repeat as such is asked: whether one more row would be, or a row of it is."""
        parent = Address(repeat.path.rpartition("/")[0], parent_rows)
        if parent not in self._tree or not self._tree.is_relevant(parent):
            return False
        expression = compiled(repeat.relevant)
        if expression is None or self._evaluation.condition(expression, self._tree.prototype(repeat, parent_rows)):
            return True
        rows = self._tree.rows(repeat.path, parent_rows)
        return any(self._tree.is_relevant(Address(repeat.path, (*parent_rows, row))) for row in rows)
