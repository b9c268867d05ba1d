"""Evaluates a form's expressions on the answers of one interview.

An expression that fails for its values reads as blank, and as true where it is a condition, so that an interview
never stops; what fails for every value is found by the linter.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random, SystemRandom

from visitapp.questionnaire.answers import Address
from visitapp.questionnaire.expressions.environment import Context, Environment
from visitapp.questionnaire.expressions.expression import Expression
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.nodes import Element
from visitapp.questionnaire.form import Choice, Form, Question, Text, text_in, text_parts
from visitapp.questionnaire.plan import compiled, offered, plan_of
from visitapp.questionnaire.secondary import instances_of
from visitapp.questionnaire.tree import AnswerTree


class Evaluation:
    """Conditions, values, options and texts as they are now. ``now`` is the clock of today() and now()."""

    def __init__(self, form: Form, language: str, now: Callable[[], datetime] | None) -> None:
        self.form = form
        self.plan = plan_of(form)
        self.tree = AnswerTree(self.plan, form.root)
        self._environment = Environment(self.tree.document, choice_name=self._choice_name)
        if now is not None:
            self._environment.now = now
        self.language = language
        self._seed = SystemRandom().random()

    @property
    def language(self) -> str:
        """The language of texts and of labels in expressions."""
        return self._environment.language

    @language.setter
    def language(self, code: str) -> None:
        self._environment.language = code
        self._instances = self._environment.instances = instances_of(self.form, code)

    def condition(self, expression: Expression, element: Element, otherwise: bool = True) -> bool:
        """Whether it holds; ``otherwise`` when it cannot be evaluated for these values."""
        try:
            return expression.boolean(Context(element, self._environment))
        except ExpressionError:
            return otherwise

    def value(self, expression: Expression, element: Element) -> str:
        """The value as stored text, blank when it cannot be evaluated."""
        try:
            return expression.stored(Context(element, self._environment))
        except ExpressionError:
            return ""

    def choices(self, address: Address) -> tuple[Choice, ...]:
        """The options offered now; of a derived question its categories. Shuffled ones keep their order."""
        question = self.plan.nodes[address.path]
        assert isinstance(question, Question)
        expression = compiled(offered(question))
        found = self.form.choices(question) if expression is None else self._offered(question, expression, address)
        if question.parameters.get("randomize") == "true" and "seed" not in question.parameters:
            return tuple(Random(f"{self._seed} {address}").sample(found, len(found)))
        return found

    def _offered(self, question: Question, expression: Expression, address: Address) -> tuple[Choice, ...]:
        try:
            found = expression.evaluate(Context(self.tree.element(address), self._environment))
        except ExpressionError:
            return ()
        items = [item for item in found if isinstance(item, Element)] if isinstance(found, list) else []
        if question.itemset is None:
            return tuple(self._instances.choice(item) for item in items)
        name, label = question.itemset.name, question.itemset.label
        return tuple(Choice(_cell(item, name), {"": _cell(item, label)}) for item in items)

    def text(self, text: Text, element: Element) -> str:
        """A text in the interview's language, its references filled in as seen from ``element``."""
        said = text_in(text, self.language)
        if "${" not in said:
            return said
        parts = []
        for literal, reference in text_parts(said):
            expression = compiled(reference)
            parts += [literal, self.value(expression, element) if expression else ""]
        return "".join(parts).strip()

    def _choice_name(self, name: str, element: Element, language: str) -> str:
        """For jr:choice-name: the label of that choice of that question."""
        steps, here = [element.local], element.parent
        while isinstance(here, Element):
            steps.append(here.local)
            here = here.parent
        question = self.plan.nodes.get("/" + "/".join(reversed(steps)))
        options = self.form.choices(question) if isinstance(question, Question) else ()
        return next((text_in(option.label, language) for option in options if option.name == name), "")


def _cell(item: Element, column: str) -> str:
    cell = item.child(column)
    return cell.text if cell is not None else ""
