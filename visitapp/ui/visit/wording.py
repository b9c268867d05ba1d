"""Sentences about questions and answers that the three screens of a visit share."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.i18n import language, tr
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Choice, Form, Question, text_in
from visitapp.questionnaire.interview import Interview, Problem, QuestionState
from visitapp.ui.visit.structure import Condition, Entry, printed_number, short_number
from visitapp.ui.visit.values import shown_value


def comma() -> str:
    """What stands between the members of a list."""
    return "、" if language() == "ja" else ", "


def slash() -> str:
    """What stands between chosen options."""
    return "／" if language() == "ja" else " / "


def quoted(text: str) -> str:
    """A text word for word in the quotation marks of the language."""
    return tr("「{words}」", words=text.replace("\u200b", ""))


def labels_of(form: Form, question: Question, names: Sequence[str]) -> list[str]:
    """The printed options with these names, in the order given; unknown names stay."""
    known: dict[str, Choice] = {choice.name: choice for choice in form.choices(question)}
    return [text_in(known[name].label, language()).replace("\u200b", "") if name in known else name for name in names]


def answer_text(form: Form, question: Question, answer: Answer, specified: str = "") -> str:
    """An answer in one line: the options by their words, numbers with separators, dates with their era."""
    if answer.no_answer:
        return tr("無回答")
    if question.type in ("select_one", "select_multiple"):
        shown = slash().join(labels_of(form, question, answer.choices))
        return tr("{options}（{words}）", options=shown, words=specified) if specified and shown else shown
    return shown_value(question, answer.text)


def entry_text(interview: Interview, form: Form, entry: Entry) -> str:
    """What is answered on a card, in one line."""
    rows = entry.address.rows
    specified = comma().join(
        text
        for _, question in entry.specify
        if interview.is_relevant(Address(question.path, rows))
        and (text := interview.answer(Address(question.path, rows)).text)
    )
    if not entry.composite:
        return answer_text(form, entry.question, interview.answer(entry.address), specified)
    total = interview.answer(entry.address)
    if total.given and entry.question.extensions.get("sum_of"):
        return answer_text(form, entry.question, total)
    answers = [(part, interview.answer(Address(part.path, rows))) for part in entry.parts]
    given = [(part, answer) for part, answer in answers if answer.given]
    return comma().join(
        tr("{name} {value}", name=text_in(part.label, language()), value=answer_text(form, part, answer))
        for part, answer in given
    )


def problem_text(interview: Interview, form: Form, problem: Problem) -> str:
    """What is wrong and what to do: the form's own words where it has some."""
    if problem.message:
        return problem.message
    question = next((each for each in form.questions() if each.path == problem.address.path), None)
    name = quoted(interview.label(problem.address))
    if problem.kind == "required":
        return tr("{name}が入っていません。入れるか、無回答にしてください。", name=name)
    if problem.kind == "type" and question is not None and question.type in ("integer", "decimal"):
        return tr("{name}は数で入れてください。", name=name)
    if problem.kind == "type" and question is not None and question.type == "date":
        return tr("{name}は日付で入れてください（例　R8.6.16、2026-06-16）。", name=name)
    if problem.kind == "type":
        return tr("{name}に入らない形です。入れ直してください。", name=name)
    if problem.kind == "soft":
        return tr("{name}をたしかめてください。", name=name)
    return tr("{name}はこの値にできません。直してください。", name=name)


def condition_text(interview: Interview, form: Form, condition: Condition, entries: Sequence[Entry]) -> str:
    """Why a group of questions is asked now: 問6で「現在、行っている」なので、(1)～(3)をうかがいます。"""
    parents = [
        tr("{number}で{options}", number=question_name(form, path), options=chosen)
        for path, names in condition
        if (chosen := _chosen(interview, form, path, names, entries))
    ]
    numbers = [short_number(entry.number) for entry in entries if entry.number]
    asked = _span(numbers) or tr("つぎの問い")
    if not parents:
        return tr("{asked}をうかがいます。", asked=asked)
    return tr("{parent}なので、{asked}をうかがいます。", parent=comma().join(parents), asked=asked)


def rule_text(form: Form, condition: Condition) -> str:
    """The whole condition as a sentence (なぜ)."""
    by_path = {question.path: question for question in form.questions()}
    parts = []
    for path, names in condition:
        question = by_path.get(path)
        if question is None or not names:
            parts.append(tr("{number}の答えによります", number=question_name(form, path)))
            continue
        options = comma().join(quoted(text) for text in labels_of(form, question, names))
        parts.append(tr("{number}が{options}のとき", number=question_name(form, path), options=options))
    return tr("うかがう条件：{conditions}", conditions=comma().join(parts))


def spoken_name(interview: Interview, entry: Entry, state: QuestionState, problems: int) -> str:
    """The card's name for a screen reader: 問6(2) 連携の形態、あてはまるものすべて、3つ選択、エラー1件."""
    answer = interview.answer(entry.address)
    parts = [f"{entry.number} {entry.title}".strip()]
    if entry.question.type == "select_multiple":
        parts += [tr("あてはまるものすべて"), tr("{n}つ選択", n=len(answer.choices))]
    elif entry.question.type == "select_one":
        parts.append(tr("1つだけ"))
    if answer.no_answer:
        parts.append(tr("無回答"))
    if problems:
        parts.append(tr("エラー{n}件", n=problems) if state is QuestionState.ERROR else tr("注意{n}件", n=problems))
    return comma().join(parts)


def question_name(form: Form, path: str) -> str:
    """What a question is called in a sentence: its printed number, else its label in quotation marks."""
    question = next((each for each in form.questions() if each.path == path), None)
    if question is None:
        return path.rsplit("/", 1)[-1]
    number = printed_number(question.extensions.get("number", ""), language())
    return number or quoted(text_in(question.label, language()))


def _chosen(interview: Interview, form: Form, path: str, names: Sequence[str], entries: Sequence[Entry]) -> str:
    """The options that were chosen and let the questions be asked, each in quotation marks."""
    question = next((each for each in form.questions() if each.path == path), None)
    if question is None:
        return ""
    rows = entries[0].address.rows if entries else ()
    chosen = interview.answer(Address(path)).choices or interview.answer(Address(path, rows)).choices
    wanted = [name for name in chosen if not names or name in names]
    return "".join(quoted(text) for text in labels_of(form, question, wanted))


def _span(numbers: Sequence[str]) -> str:
    if not numbers:
        return ""
    return numbers[0] if len(numbers) == 1 else tr("{first}～{last}", first=numbers[0], last=numbers[-1])
