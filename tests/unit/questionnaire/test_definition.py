"""A stored form is the form, and its bytes never vary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.questionnaire.workbooks import conformance_form, conformance_names
from visitapp.errors import DamagedData
from visitapp.questionnaire.definition import FORMAT, form_from_json, form_hash, form_to_json
from visitapp.questionnaire.form import Choice, Form, Group, Itemset, Node, Question, Repeat

words = st.text(max_size=8)
texts = st.dictionaries(st.sampled_from(["ja", "en", ""]), words, max_size=3)
pairs = st.dictionaries(words, words, max_size=3)
questions = st.builds(
    Question,
    path=words, name=words, type=st.sampled_from(["text", "select_one", "calculate"]), label=texts, hint=texts,
    guidance=texts, list_name=st.none() | words, relevant=words, constraint=words, constraint_message=texts,
    required=words, required_message=texts, calculation=words, default=words, dynamic_default=words, readonly=words,
    choice_filter=words, trigger=st.lists(words, max_size=2).map(tuple), appearance=words, parameters=pairs,
    extensions=pairs, itemset=st.none() | st.builds(Itemset, words, words, words),
)  # fmt: skip


def _inside(children: st.SearchStrategy[tuple[Node, ...]]) -> st.SearchStrategy[tuple[Node, ...]]:
    group = st.builds(Group, words, words, texts, children, words, words, pairs)
    repeat = st.builds(Repeat, words, words, texts, children, words, words, words, pairs)
    return st.lists(questions | group | repeat, max_size=3).map(tuple)


nodes = st.recursive(st.lists(questions, max_size=2).map(tuple), _inside, max_leaves=5)
choices = st.lists(st.builds(Choice, words, texts, pairs), max_size=3).map(tuple)
forms = st.builds(
    Form,
    form_id=words, version=words, title=texts, languages=st.lists(words, max_size=3).map(tuple),
    default_language=words, root=st.builds(Group, words, words, texts, nodes),
    lists=st.dictionaries(words, choices, max_size=2), instance_name=words, instances=pairs,
)  # fmt: skip


@given(forms)
def test_every_form_survives_being_stored(form: Form) -> None:
    text = form_to_json(form)
    assert form_from_json(text) == form
    assert form_to_json(form_from_json(text)) == text


@given(forms, st.randoms())
def test_the_order_of_mappings_leaves_the_bytes_alone(form: Form, random: object) -> None:
    def turned(mapping: Mapping[str, str]) -> dict[str, str]:
        return dict(reversed(list(mapping.items())))

    other = Form(**{**vars(form), "instances": turned(form.instances), "title": turned(form.title)})
    assert form_to_json(other) == form_to_json(form)


@pytest.mark.parametrize("name", conformance_names())
def test_conformance_forms_survive_being_stored(name: str) -> None:
    form = conformance_form(name)
    assert form_from_json(form_to_json(form)) == form


def test_the_hash_is_that_of_the_stored_bytes() -> None:
    text = form_to_json(conformance_form("01-relevant-chain"))
    assert form_hash(text) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"format":1}',
        '{"format":1,"root":{"kind":"house"},"languages":[],"lists":{}}',
        "{" * 9_000,
    ],
)
def test_damaged_text_is_refused(damage: str) -> None:
    with pytest.raises(DamagedData) as caught:
        form_from_json(damage)
    assert caught.value.code == "E-105"


def test_a_newer_format_is_refused() -> None:
    data = json.loads(form_to_json(conformance_form("01-relevant-chain")))
    with pytest.raises(DamagedData) as caught:
        form_from_json(json.dumps({**data, "format": FORMAT + 1}))
    assert caught.value.code == "E-106"
