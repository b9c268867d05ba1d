"""From an answer to everything that follows from it recomputed: what is asked, offered, calculated and wrong.

The floor is a plain loop that reads every answer of the interview as a number once, the least of a program that
recomputes all of a form. That the ratio stays small shows that only what depends on the answer is computed. For the
cascade the floor is a plain loop over the 2,000 choices that keeps those of the area.
"""

from __future__ import annotations

from itertools import count, cycle

from benchmarks.measure import Work, compare
from tests.integration.tabulation.microdata import Responses, shipped_form
from tests.unit.questionnaire.large_forms import AREAS, large_form, with_cascade
from visitapp.questionnaire.answers import Address, Answer
from visitapp.questionnaire.form import Choice
from visitapp.questionnaire.interview import Interview

_ROUNDS = 201
_TOWN = Address("/data/town")


def read_all(interview: Interview) -> Work:
    """The floor: each answer read as a number."""
    texts = [answer.text for answer in interview.stored().values()]

    def loop() -> list[float]:
        return [float(text) if text.isdecimal() else 0.0 for text in texts]

    return loop


def main() -> None:
    """An answer of the visit sheet; one of a large form; the options that follow from one of 40 areas."""
    _visit()
    _large()
    _cascade()


def _visit() -> None:
    answers = max(Responses().stored()["visit.xlsx"].values(), key=len)
    interview = Interview(shipped_form("visit.xlsx"), answers, presets={"reference_year": "2016"}, new=False)
    floor = read_all(interview)
    for name, path, choices in (
        ("visit sheet: V1-6, number of employees", "/data/q1/V1-6", ("12", "13")),
        ("visit sheet: V7-3, programmes used", "/data/q7/V7-3", ("1", "2")),
    ):
        values = cycle(choices)
        address = Address(path)
        compare(name, lambda: lambda: interview.set(address, Answer(next(values))), lambda: floor, _ROUNDS)  # noqa: B023


def _large() -> None:
    interview = Interview(large_form(300), {})
    for number in range(300):
        interview.set(Address(f"/data/q{number}"), Answer("1"))
    numbers = count()

    def answer() -> Work:
        number = next(numbers)
        address, value = Address(f"/data/q{number % 300}"), Answer(str(number % 7 + 1))
        return lambda: interview.set(address, value)

    floor = read_all(interview)
    compare("300 questions, a sum over all", answer, lambda: floor, _ROUNDS)


def _cascade() -> None:
    form = with_cascade(large_form(300))
    interview = Interview(form, {})
    towns, numbers = form.lists["towns"], count()

    def answer() -> Work:
        area = Answer(f"a{next(numbers) % AREAS}")

        def work() -> tuple[Choice, ...]:
            interview.set(Address("/data/area"), area)
            return interview.choices(_TOWN)

        return work

    def floor() -> list[Choice]:
        return [town for town in towns if town.attributes["area"] == "a7"]

    compare("a cascade of 2,000 choices", answer, lambda: floor, _ROUNDS)


if __name__ == "__main__":
    main()
