"""A small interview that the tests of expressions share."""

from __future__ import annotations

from datetime import UTC, datetime

from visitapp.questionnaire.expressions import (
    Context,
    Document,
    Element,
    Environment,
    Value,
    compile_expression,
    parse_document,
    parse_element,
)

NOW = datetime(2016, 4, 1, 0, 30, tzinfo=UTC)
"""09:30 in Japan."""

DATA = """
<data>
  <name>大井製作所</name>
  <year>1987</year>
  <blank/>
  <uses>1 3 10</uses>
  <visited>2016-04-07</visited>
  <sheet><programme>2</programme><amount>10</amount><note><line>a</line><line>b</line></note></sheet>
  <sheet><programme>5</programme><amount>20</amount><note><line>c</line><line>d</line></note></sheet>
  <sheet><programme>7</programme><amount>30</amount><note><line>e</line></note></sheet>
  <which>2</which>
</data>
"""
CITIES = """
<instance id="cities"><root>
  <item code="a"><name>1</name><label>大井</label><pref>13</pref></item>
  <item code="b"><name>2</name><label>大崎</label><pref>13</pref></item>
  <item code="c"><name>3</name><label>川崎</label><pref>14</pref></item>
</root></instance>
"""


def interview(xml: str = DATA) -> Environment:
    """The environment of one interview, in Japan on 1 April 2016, half past nine."""
    document = parse_document("".join(line.strip() for line in xml.splitlines()))
    cities = parse_element("".join(line.strip() for line in CITIES.splitlines()))

    def label(name: str, question: Element, language: str) -> str:
        return {"1": "融資", "3": f"助成({language})"}.get(name, "") if question.name == "uses" else ""

    return Environment(document, {"cities": cities}, now=lambda: NOW, choice_name=label)


def root(environment: Environment) -> Element:
    """The element ``/data``."""
    assert isinstance(environment.root, Document)
    return environment.root.root


def context(environment: Environment, path: str = "/data") -> Context:
    """The context of the first node at ``path``."""
    found = compile_expression(path).evaluate(Context(environment.root, environment))
    assert isinstance(found, list)
    return Context(found[0], environment)


def value(source: str, path: str = "/data") -> Value:
    """The value of an expression in that interview."""
    return compile_expression(source).evaluate(context(interview(), path))


def text(source: str, path: str = "/data") -> str:
    """The same as text."""
    return compile_expression(source).string(context(interview(), path))
