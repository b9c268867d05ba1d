"""Forms larger than any real one, for tests and benchmarks."""

from __future__ import annotations

from visitapp.questionnaire.form import Choice, Form, Group, Node, Question

AREAS = 40
TOWNS = 2_000


def large_form(size: int) -> Form:
    """``size`` questions q0, q1 ..., every third shown by the one before, and ``total``, the sum of them all."""
    questions: list[Node] = []
    for number in range(size):
        path = f"/data/q{number}"
        relevant = f"/data/q{number - 1} > 0" if number % 3 == 2 else ""
        questions.append(Question(path, path[6:], "integer", {"": "問"}, relevant=relevant, constraint=". < 1000"))
    total = " + ".join(f"coalesce(/data/q{number}, 0)" for number in range(size))
    questions.append(Question("/data/total", "total", "calculate", {}, calculation=total))
    return _form(questions, {})


def with_cascade(form: Form) -> Form:
    """The form with two selects before its questions: an area, and those of 2,000 towns that lie in it."""
    area = Question("/data/area", "area", "select_one", {"": "地域"}, list_name="areas")
    town = Question(
        "/data/town", "town", "select_one", {"": "町"}, list_name="towns", choice_filter="area = /data/area"
    )  # fmt: skip
    areas = tuple(Choice(f"a{number}", {"": f"地域{number}"}) for number in range(AREAS))
    towns = tuple(Choice(f"t{n}", {"": f"町{n}"}, {"area": f"a{n % AREAS}"}) for n in range(TOWNS))
    return _form([area, town, *form.root.children], {"areas": areas, "towns": towns})


def _form(questions: list[Node], lists: dict[str, tuple[Choice, ...]]) -> Form:
    return Form("large", "1", {"": "大"}, ("",), "", Group("/data", "data", {"": "大"}, tuple(questions)), lists)
