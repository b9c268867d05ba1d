"""Finds what would go wrong with a questionnaire before anybody answers it.

What pyxform refuses is found while reading (``xlsform``); this looks at what it lets through: expressions, circles,
references of our own columns, names of options, translations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from visitapp.questionnaire.checks import SELECTS, UNASKED
from visitapp.questionnaire.expressions.expression import Expression, compile_expression
from visitapp.questionnaire.expressions.failure import ExpressionError
from visitapp.questionnaire.expressions.functions import names as function_names
from visitapp.questionnaire.expressions.syntax import Path, walk
from visitapp.questionnaire.findings import Finding, nearest
from visitapp.questionnaire.form import Choice, Form, Node, Question, Repeat, Text, text_parts
from visitapp.questionnaire.plan import offered, plan_of

SUPPORTED = SELECTS | UNASKED | {
    "text", "integer", "decimal", "range", "date", "time", "dateTime", "note", "acknowledge"
}  # fmt: skip
"""Types of questions that the window can ask."""
_UNFIT_NAME = re.compile(r"[\s,、，]")


def lint(form: Form) -> tuple[Finding, ...]:
    """Everything found, in the order of the questionnaire. Findings of severity "error" forbid its use."""
    found: list[Finding] = []
    for check in (_expressions, _cycles, _names, _extensions, _choices, _columns, _translations, _types):
        found.extend(check(form))
    order = {path: number for number, path in enumerate(form.nodes)}
    return tuple(sorted(found, key=lambda finding: order.get(finding.path, len(order))))


# -- expressions ----------------------------------------------------------------------------------------------
def _expressions(form: Form) -> Iterator[Finding]:
    for node in form.walk():
        for column, source in _sources(node):
            if not source:
                continue
            try:
                expression = compile_expression(source)
            except ExpressionError as error:
                yield _of_expression(node, column, error)
                continue
            for fault in expression.faults:
                yield _of_expression(node, column, fault)
            yield from _unknown(form, node, column, expression)


def _sources(node: Node) -> Iterator[tuple[str, str]]:
    yield "relevant", node.relevant
    if isinstance(node, Repeat):
        yield "repeat_count", node.count
    if isinstance(node, Question):
        yield "constraint", node.constraint
        yield "calculation", node.calculation
        yield "required", node.required
        yield "read_only", node.readonly
        yield "default", node.dynamic_default
        yield "choice_filter", offered(node)
        for extension in ("soft", "base"):
            yield f"bind::visitapp:{extension}", node.extensions.get(extension, "")
    for column, text in _texts(node):
        for said in text.values():
            yield from ((column, reference) for _, reference in text_parts(said))


def _texts(node: Node) -> Iterator[tuple[str, Text]]:
    yield "label", node.label
    if isinstance(node, Question):
        yield "hint", node.hint
        yield "guidance_hint", node.guidance
        yield "constraint_message", node.constraint_message
        yield "required_message", node.required_message


def _of_expression(node: Node, column: str, error: ExpressionError) -> Finding:
    values = dict(error.values)
    if error.code == "E-112":
        values["nearest"] = nearest(str(values["name"]), function_names())
    return Finding("error", error.code, node.path, "survey", column=column, values=values)


def _unknown(form: Form, node: Node, column: str, expression: Expression) -> Iterator[Finding]:
    for reference in sorted(expression.references(node.path)):
        if reference.removesuffix("/*") not in form.nodes:
            names = {path.rpartition("/")[2]: path for path in form.nodes}
            near = nearest(reference.rpartition("/")[2], names)
            values = {"reference": reference, "nearest": near}
            yield Finding("error", "E-160", node.path, "survey", column=column, values=values)
    for name in sorted(expression.instances - form.lists.keys() - form.instances.keys()):
        values = {"extension": "instance()", "value": name, "nearest": nearest(name, (*form.lists, *form.instances))}
        yield Finding("error", "E-165", node.path, "survey", column=column, values=values)


def _cycles(form: Form) -> Iterator[Finding]:
    for cycle in plan_of(form).cycles:
        names = " → ".join(form.nodes[path].name for path in (*cycle, cycle[0]))
        column = "calculation" if _has_calculation(form.nodes[cycle[0]]) else "relevant"
        yield Finding("error", "E-161", cycle[0], "survey", column=column, values={"cycle": names})


def _has_calculation(node: Node) -> bool:
    return isinstance(node, Question) and bool(node.calculation)


# -- names ----------------------------------------------------------------------------------------------------
def _names(form: Form) -> Iterator[Finding]:
    """A name may stand in two groups for XLSForm; tables and presets go by name alone."""
    counts = Counter(question.name for question in form.questions())
    for question in form.questions():
        if counts[question.name] > 1:
            yield Finding("warning", "E-163", question.path, "survey", column="name", values={"value": question.name})


def _choices(form: Form) -> Iterator[Finding]:
    for name, choices in form.lists.items():
        for choice in choices:
            if _UNFIT_NAME.search(choice.name) or not choice.name:
                values = {"list": name, "value": choice.name}
                yield Finding("error", "E-162", sheet="choices", column="name", values=values)


def _extensions(form: Form) -> Iterator[Finding]:
    questions = {question.name: question for question in form.questions()}
    for question in form.questions():
        extensions = question.extensions
        for key in ("specify", "source"):
            if key in extensions and extensions[key] not in questions:
                yield _points_nowhere(question, key, extensions[key], questions, "E-164")
        if "categories" in extensions and extensions["categories"] not in form.lists:
            yield _points_nowhere(question, "categories", extensions["categories"], form.lists, "E-165")
        yield from _missing_choices(question, "exclusive", form.choices(question))
        explained = questions.get(extensions.get("specify", ""))
        if explained is not None:
            yield from _missing_choices(question, "specify_choice", form.choices(explained))


def _points_nowhere(question: Question, key: str, value: str, known: Iterable[str], code: str) -> Finding:
    column = f"bind::visitapp:{key}"
    values = {"extension": column, "value": value, "nearest": nearest(value, known)}
    return Finding("error", code, question.path, "survey", column=column, values=values)


def _missing_choices(question: Question, key: str, choices: tuple[Choice, ...]) -> Iterator[Finding]:
    names = {choice.name for choice in choices}
    for name in question.extensions.get(key, "").split():
        if name not in names:
            yield _points_nowhere(question, key, name, names, "E-166")


def _columns(form: Form) -> Iterator[Finding]:
    """Column names in a choice filter that no option has: the filter would never hold."""
    for question in form.questions():
        if not question.choice_filter or question.list_name is None:
            continue
        known = {"name", "label"}.union(*(choice.attributes for choice in form.choices(question)))
        try:
            tree = compile_expression(question.choice_filter).tree
        except ExpressionError:
            continue
        for part in walk(tree):
            if isinstance(part, Path) and (name := _column(part)) and name not in known:
                values = {"value": name, "list": question.list_name, "nearest": nearest(name, known)}
                yield Finding("error", "E-169", question.path, "survey", column="choice_filter", values=values)


def _column(path: Path) -> str:
    """The column of the choices sheet that a path in a filter means, "" when it means something else."""
    first = path.steps[0] if path.steps else None
    if path.absolute or path.start is not None or first is None or first.axis != "child":
        return ""
    return first.test.name if first.test.kind == "name" and first.test.name != "*" else ""


# -- texts and types ------------------------------------------------------------------------------------------
def _translations(form: Form) -> Iterator[Finding]:
    for node in form.walk():
        for column, text in _texts(node) if node is not form.root else ():
            for language in _untranslated(form, text):
                yield Finding("warning", "E-167", node.path, "survey", column=column, values={"language": language})
    for name, choices in form.lists.items():
        for choice in choices:
            for language in _untranslated(form, choice.label):
                values = {"language": language, "list": name, "value": choice.name}
                yield Finding("warning", "E-167", sheet="choices", column="label", values=values)


def _untranslated(form: Form, text: Text) -> list[str]:
    """The form's languages that a text lacks; a text in no particular language serves all."""
    if len(form.languages) < 2 or not text or "" in text:
        return []
    return [language for language in form.languages if not text.get(language)]


def _types(form: Form) -> Iterator[Finding]:
    for question in form.questions():
        if question.type not in SUPPORTED:
            yield Finding("warning", "E-168", question.path, "survey", column="type", values={"type": question.type})
