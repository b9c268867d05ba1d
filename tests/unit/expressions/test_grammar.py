"""Reading expressions: precedence, errors with their place, what can be told without evaluating."""

from __future__ import annotations

import pytest

from tests.unit.expressions.fixtures import context, interview, text, value
from visitapp.questionnaire.expressions import ExpressionError, compile_expression
from visitapp.questionnaire.expressions.functions import names
from visitapp.questionnaire.expressions.parser import DEEPEST, parse
from visitapp.questionnaire.expressions.syntax import Call, Operation, Path, walk


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 4 - 3", 3.0),
        ("2 * 3 mod 4", 2.0),
        ("-2 * -3", 6.0),
        ("--2", 2.0),
        ("8 div 2 div 2", 2.0),
        ("1 + 1 = 2 and 2 > 1", True),
        ("true() or false() and false()", True),
        ("1 < 2 = true()", True),
        ("3 > 2 > 1", False),  # (3 > 2) > 1
        ("1and1", True),
        ("6div 3", 2.0),
    ],
)
def test_operators_bind_as_in_xpath(source: str, expected: object) -> None:
    assert value(source) == expected


def test_names_may_hold_hyphens_dots_and_japanese() -> None:
    tree = parse("/data/V1-2 - 従業員数.計 - 1")
    assert isinstance(tree, Operation)
    assert [str(operand) for operand in tree.operands] == ["/data/V1-2", "従業員数.計", "1"]


def test_operator_names_are_names_where_an_operand_stands() -> None:
    assert str(parse("div div mod")) == "div div mod"
    assert str(parse("* * *")) == "* * *"
    assert str(parse("/data/and/or")) == "/data/and/or"


@pytest.mark.parametrize(
    ("source", "code", "position"),
    [
        ("", "E-110", 1),
        ("1 +", "E-110", 4),
        ("${a} = 1", "E-110", 1),
        ("/data/a = = 1", "E-110", 11),
        ("(1 + 2", "E-110", 7),
        ("1 + 2)", "E-110", 6),
        ("/data//", "E-110", 8),
        ("sibling::a", "E-110", 1),
        ("a[1", "E-110", 4),
        ("concat('a' 'b')", "E-110", 12),
        ("1 # 2", "E-110", 3),
        ("concat('a, 2)", "E-115", 8),
        ("/data/a ＝ 1", "E-111", 9),
        ("/data/a = １", "E-111", 11),
        ("/data/a = 1２", "E-111", 12),
        ("（1 + 2)", "E-111", 1),
        ("/data/a　= 1", "E-111", 8),
        ("/data/a = “x”", "E-111", 11),
        ("1 ａｎｄ 1", "E-111", 3),
        ("/data/a ≧ 1", "E-111", 9),
    ],
)
def test_errors_name_the_character(source: str, code: str, position: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(source)
    assert (caught.value.code, caught.value.values["position"]) == (code, position)
    assert caught.value.values["expression"] == source


@pytest.mark.parametrize(
    ("character", "replacement"), [("＋", "+"), ("２", "2"), ("”", '"'), ("＜", "<"), ("×", "*"), ("٣", "3")]
)
def test_wide_characters_come_with_what_is_meant(character: str, replacement: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        compile_expression(f"1 {character} 1")
    assert caught.value.values["character"] == character
    assert caught.value.values["replacement"] == replacement


def test_wide_characters_are_welcome_in_texts_and_names() -> None:
    assert text("concat('１＋２', \"（全角）\")") == "１＋２（全角）"
    assert str(parse("/data/問１")) == "/data/問１"


@pytest.mark.parametrize("pair", ["()", "if(1,2,)", "a[]", "not()"])
def test_depth_has_a_limit_and_no_recursion_error(pair: str) -> None:
    opening, closing = pair[:-1], pair[-1]
    inner = "1" if opening != "a[" else "b"
    deepest = DEEPEST - 1
    fine = opening * deepest + inner + closing * deepest
    expression = compile_expression(fine)
    expression.evaluate(context(interview()))
    assert parse(str(expression.tree)) == expression.tree
    with pytest.raises(ExpressionError) as caught:
        compile_expression(opening * 5000 + inner + closing * 5000)
    assert caught.value.code == "E-114"


def test_long_chains_need_no_depth() -> None:
    assert value(" + ".join(["1"] * 20_000)) == 20_000.0
    assert value(" or ".join(["/data/year = 1"] * 5_000)) is False
    assert value("-" * 10_001 + "1") == -1.0


def test_adversarial_nesting_of_every_level_is_refused_cleanly() -> None:
    source = "1 or (1 and (1 = (1 < (1 + (1 * (-(1 | (" * 60
    with pytest.raises(ExpressionError):
        compile_expression(source)


# -- what can be told from the text --------------------------------------------------------------------------------
def test_faults_are_named_and_do_not_stop_what_is_not_reached() -> None:
    expression = compile_expression("false() and explode(1) or selected('a') or round(1, 2, 3)")
    faults = [(fault.code, fault.values["name"], fault.values["position"]) for fault in expression.faults]
    assert faults == [("E-112", "explode", 13), ("E-113", "selected", 27), ("E-113", "round", 44)]
    assert expression.faults[2].values["expected"] == "1-2"
    with pytest.raises(ExpressionError) as caught:
        expression.evaluate(context(interview()))
    assert caught.value.code == "E-113"
    assert compile_expression("false() and explode(1)").boolean(context(interview())) is False


def test_a_pattern_that_cannot_be_used_is_a_fault() -> None:
    (fault,) = compile_expression("regex(., '^(a')").faults
    assert (fault.code, fault.values["position"]) == ("E-117", 14)


def test_functions_are_listed_with_their_arguments() -> None:
    assert compile_expression("if(selected(a, '1'), today(), b[position() = 2])").functions == (
        ("if", 3),
        ("selected", 2),
        ("today", 0),
        ("position", 0),
    )


def test_instances_are_listed() -> None:
    found = compile_expression("instance('a')/root/item[x = pulldata('b', 'c', 'd', /data/e)]").instances
    assert found == {"a", "b"}


def test_the_syntax_is_readable_data() -> None:
    tree = parse("selected(/data/q1/V1, '3') and ../V2 > 5")
    assert [str(part) for part in walk(tree) if isinstance(part, Path)] == ["/data/q1/V1", "../V2"]
    (call,) = [part for part in walk(tree) if isinstance(part, Call)]
    assert call.name == "selected"
    assert call.position == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("/data/a + /data/g/b", {"/data/a", "/data/g/b"}),
        ("../b", {"/data/g/b"}),
        (". > 0", {"/data/g/own"}),
        ("once(/data/a)", {"/data/a"}),
        ("once(. + /data/a)", {"/data/a"}),
        ("current()/../b", {"/data/g/b"}),
        (
            "/data/sheet[programme = current()/../b]/amount",
            {"/data/sheet/amount", "/data/sheet/programme", "/data/g/b"},
        ),
        ("sum(/data/sheet/amount)", {"/data/sheet/amount"}),
        ("position(..)", {"/data/g"}),
        ("count(../../sheet)", {"/data/sheet"}),
        ("instance('cities')/root/item[pref = /data/a]/label", {"/data/a"}),
        ("instance('cities')/root/item[pref = current()/../b]", {"/data/g/b"}),
        ("if(/data/a = 1, ../b, 'x')", {"/data/a", "/data/g/b"}),
        ("//amount", {"/*"}),
        ("/data/*/amount", {"/data/*"}),
        ("../following-sibling::x", {"/data/*"}),
        ("ancestor::data/a", {"/data/*"}),
        ("/data/a/@kind", {"/data/a"}),
        ("(/data/a | /data/c)[. != '']", {"/data/a", "/data/c"}),
        ("(../b)[1]/d", {"/data/g/b", "/data/g/b/d"}),
        ("'/data/a'", set()),
    ],
)
def test_references_are_absolute_paths(source: str, expected: set[str]) -> None:
    assert compile_expression(source).references("/data/g/own") == expected


def test_every_function_is_there() -> None:
    documented = """
        abs acos area asin atan atan2 base64-decode boolean boolean-from-string ceiling checklist coalesce concat
        contains cos count count-non-empty count-selected current date date-time decimal-date-time decimal-time digest
        distance ends-with exp exp10 extract-signed false floor format-date format-date-time geofence id if
        indexed-repeat instance int intersects join jr:choice-name jr:itext lang last local-name log log10 max min name
        namespace-uri normalize-space not now number once pi position pow pulldata random randomize regex round
        selected selected-at sin sqrt
        starts-with string string-length substr substring substring-after substring-before sum tan
        today translate true uuid weighted-checklist
    """
    assert names() == set(documented.split())
