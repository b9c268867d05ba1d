"""The tree, axes, predicates, document order, relevance."""

from __future__ import annotations

import pytest

from tests.unit.expressions.fixtures import context, interview, root, text, value
from visitapp.questionnaire.expressions import (
    Context,
    Document,
    Element,
    Environment,
    ExpressionError,
    compile_expression,
    parse_document,
    parse_element,
)


def found(source: str, path: str = "/data") -> list[str]:
    nodes = value(source, path)
    assert isinstance(nodes, list)
    return [node.text for node in nodes]


@pytest.mark.parametrize(
    ("source", "path", "expected"),
    [
        ("/data/sheet/amount", "/data", ["10", "20", "30"]),
        ("sheet/amount", "/data", ["10", "20", "30"]),
        ("../amount", "/data/sheet[2]/programme", ["20"]),
        ("/data/sheet[2]/amount", "/data", ["20"]),
        ("/data/sheet[last()]/amount", "/data", ["30"]),
        ("/data/sheet[position() > 1]/amount", "/data", ["20", "30"]),
        ("/data/sheet[programme = 5]/amount", "/data", ["20"]),
        ("/data/sheet[amount > 10][1]/amount", "/data", ["20"]),
        ("//line[1]", "/data", ["a", "c", "e"]),
        ("(//line)[1]", "/data", ["a"]),
        ("//line[. = 'd']/preceding::line", "/data", ["a", "b", "c"]),
        ("//line[. = 'd']/preceding::line[1]", "/data", ["c"]),
        ("preceding-sibling::sheet[1]/amount", "/data/sheet[3]", ["20"]),
        ("following-sibling::sheet/amount", "/data/sheet[1]", ["20", "30"]),
        ("ancestor::sheet/amount", "/data/sheet[3]/note/line", ["30"]),
        ("which | year | sheet/amount", "/data", ["1987", "10", "20", "30", "2"]),
        ("/data/sheet/note/line/ancestor::sheet/amount", "/data", ["10", "20", "30"]),
        ("/data/sheet[1.5]", "/data", []),
        ("/data/sheet[0]", "/data", []),
        ("/data/missing/deeper", "/data", []),
        ("instance('cities')/root/item[pref = 13]/label", "/data", ["大井", "大崎"]),
        ("instance('cities')/root/item[name = /data/which]/label", "/data", ["大崎"]),
        ("instance('cities')/root/item[/data/which = name]/label", "/data", ["大崎"]),
        ("instance('cities')/root/item[@code = 'c']/label", "/data", ["川崎"]),
        ("instance('cities')/root/item[name = current()/../which]/label", "/data/year", ["大崎"]),
        ("instance('nowhere')/root/item", "/data", []),
    ],
)
def test_paths(source: str, path: str, expected: list[str]) -> None:
    assert found(source, path) == expected


def test_nodes_come_once_and_in_document_order() -> None:
    environment = interview()
    nodes = compile_expression("//line/../.. | //sheet | //amount/..").evaluate(context(environment))
    assert nodes == [child for child in root(environment).elements if child.name == "sheet"]


def test_a_path_needs_nodes_to_start_from() -> None:
    with pytest.raises(ExpressionError) as caught:
        value("string(1)/a")
    assert caught.value.code == "E-120"


def test_prefixes_must_be_declared() -> None:
    with pytest.raises(ExpressionError) as caught:
        value("foo:bar")
    assert caught.value.code == "E-123"


def test_prefixed_and_unprefixed_names_need_their_namespace() -> None:
    document = parse_document('<x:a xmlns:x="urn:x"><x:b>1</x:b><b>2</b></x:a>')
    environment = Environment(document, namespaces={"y": "urn:x"})
    here = Context(document.root, environment)
    assert compile_expression("y:b").string(here) == "1"
    assert compile_expression("b").string(here) == "2"
    assert compile_expression("y:*").number(here) == 1
    environment.default_namespace = "urn:x"
    assert compile_expression("/a/b").string(here) == "1"


# -- relevance -----------------------------------------------------------------------------------------------------
def test_a_node_that_is_not_asked_reads_as_blank() -> None:
    environment = interview()
    year = root(environment).child("year")
    assert year is not None
    year.relevant = False
    here = context(environment)
    assert compile_expression("/data/year").string(here) == ""
    assert compile_expression("/data/year = ''").boolean(here)
    assert not compile_expression("/data/year > 0").boolean(here)
    assert compile_expression("count(/data/year)").number(here) == 1
    assert compile_expression("/data").string(here).startswith("大井製作所1 3 10")


def test_nodes_that_are_not_asked_are_missing_among_several() -> None:
    environment = interview()
    second = root(environment).elements[6]
    second.relevant = False
    here = context(environment)
    assert compile_expression("count(/data/sheet)").number(here) == 2
    assert compile_expression("sum(/data/sheet/amount)").number(here) == 40
    assert compile_expression("join(',', //line)").string(here) == "a,b,e"
    assert compile_expression("count(/data/sheet[1]/amount | /data/sheet[2]/amount)").number(here) == 1
    assert compile_expression("/data/sheet[2]/amount").string(here) == ""


def test_rows_keep_their_number_when_another_is_not_asked() -> None:
    environment = interview()
    first = root(environment).elements[5]
    first.relevant = False
    here = context(environment, "/data/sheet[3]/amount")
    assert compile_expression("position(..)").number(here) == 3
    assert compile_expression("/data/sheet[2]/amount").number(here) == 20


# -- the tree itself -----------------------------------------------------------------------------------------------
def test_the_tree_may_change_between_evaluations() -> None:
    environment = interview()
    data = root(environment)
    total = compile_expression("sum(/data/sheet/amount)")
    here = context(environment)
    data.append(Element("sheet", children=[Element("amount", "5")]))
    assert total.number(here) == 65
    data.remove(data.elements[5])
    assert total.number(here) == 55
    last = data.elements[-1].child("amount")
    assert last is not None
    last.text = ""
    assert last.children == []
    last.text = "7"
    assert total.number(here) == 57
    data.insert(0, Element("sheet", children=[Element("amount", "1")]))
    assert compile_expression("/data/sheet[1]/amount").number(here) == 1


def test_xml_becomes_a_tree() -> None:
    element = parse_element('<?xml version="1.0" encoding="utf-8"?><a k="1">x<!--no--><![CDATA[<y>]]><b>z</b></a>')
    assert element.text == "x<y>z"
    assert element.parent is None
    assert element.get("k") == "1"
    assert element.get("j") is None
    assert [child.name for child in element.elements] == ["b"]
    assert parse_element("<a>x<![CDATA[y]]></a>").children[0].text == "xy"
    assert parse_element("<a><!--only--></a>").text == ""


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<a>",
        "<a/><b/>",
        '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "<p:a/>",
    ],
)
def test_unreadable_and_hostile_xml_is_refused(xml: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse_document(xml)
    assert caught.value.code == "E-116"


def test_deep_trees_are_walked_without_recursion() -> None:
    depth = 3_000
    top = here = Element("a")
    for _ in range(depth):
        inner = Element("a")
        here.append(inner)
        here = inner
    here.text = "end"
    environment = Environment(Document(top))
    assert compile_expression("string(/a)").string(Context(top, environment)) == "end"
    assert compile_expression("count(//a)").number(Context(top, environment)) == depth + 1


def test_kinds_of_nodes() -> None:
    document = parse_document("<a k='1'>x<!--c--><?go now?><b/>y</a>")
    here = Context(document.root, Environment(document))
    assert compile_expression("count(node())").number(here) == 5
    assert compile_expression("count(text())").number(here) == 2
    assert compile_expression("string(comment())").string(here) == "c"
    assert compile_expression("string(processing-instruction('go'))").string(here) == "now"
    assert compile_expression("count(processing-instruction('stop'))").number(here) == 0
    assert compile_expression("name(processing-instruction())").string(here) == "go"
    assert compile_expression("name(@k)").string(here) == "k"
    assert compile_expression("name(@k/..)").string(here) == "a"
    assert compile_expression("count(@*/following::node())").number(here) == 5
    assert compile_expression("count(b/preceding::node())").number(here) == 3
    assert compile_expression("count(namespace::*)").number(here) == 0


def test_text_of_an_empty_node_set_is_blank() -> None:
    assert text("/data/missing") == ""


def test_children_are_found_by_name_after_every_change() -> None:
    parent = Element("data", children=[Element(f"q{number}") for number in range(20)])
    assert parent.named("q7") == [parent.elements[7]]
    row = Element("row")
    parent.insert(3, row)
    assert parent.named("row") == [row]
    second = Element("row")
    parent.append(second)
    assert parent.named("row") == [row, second]
    parent.remove(row)
    assert parent.named("row") == [second]
    parent.text = ""
    assert parent.named("row") == parent.named("q7") == []
