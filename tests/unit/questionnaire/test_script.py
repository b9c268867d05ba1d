"""The conformance forms, played step by step."""

from __future__ import annotations

import pytest

from tests.unit.questionnaire.workbooks import conformance_form, conformance_names, conformance_script
from visitapp.questionnaire.script import run_script


@pytest.mark.parametrize("name", conformance_names())
def test_conformance(name: str) -> None:
    results = run_script(conformance_form(name), conformance_script(name))
    assert len(results) == len(conformance_script(name)["steps"])
    assert [result for result in results if result.failures] == []


@pytest.mark.parametrize(
    ("expectation", "failure"),
    [
        ({"visible": ["staff_count"]}, "staff_count: False, not True"),
        ({"hidden": ["has_staff"]}, "has_staff: True, not False"),
        ({"values": {"has_staff": "no"}}, "has_staff: 'yes', not 'no'"),
        ({"required": ["has_staff"]}, "has_staff: False, not True"),
        ({"writable": ["has_staff"], "readonly": ["has_staff"]}, "has_staff: False, not True"),
        ({"choices": {"has_staff": ["yes"]}}, "has_staff: ['yes', 'no'], not ['yes']"),
        ({"choice_labels": {"has_staff": ["はい"]}}, "has_staff: ['はい', 'いいえ'], not ['はい']"),
        ({"choice_count": {"has_staff": 3}}, "has_staff: 2, not 3"),
        ({"labels": {"has_staff": "?"}}, "has_staff: '従業員はいますか', not '?'"),
        ({"invalid": {"has_staff": None}}, "has_staff: 'fine', not None"),
        ({"soft": {"has_staff": None}}, "has_staff: 'fine', not None"),
        ({"refused": True}, "refused: False"),
    ],
)
def test_a_script_tells_what_does_not_hold(expectation: dict[str, object], failure: str) -> None:
    script = conformance_script("01-relevant-chain")
    script["steps"] = [{"do": "answer", "question": "has_staff", "value": "yes", "expect": expectation}]
    if failure.startswith("staff_count"):
        script["steps"][0]["value"] = "no"
    (result,) = run_script(conformance_form("01-relevant-chain"), script)
    assert result.failures == (failure,)


def test_a_script_tells_what_finishing_said() -> None:
    script = conformance_script("04-required")
    script["steps"] = [{"do": "finish", "expect": {"accepted": True, "missing": {}}}]
    (result,) = run_script(conformance_form("04-required"), script)
    assert len(result.failures) == 2
