"""The functions, one rule after the other."""

from __future__ import annotations

import base64
import math

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.unit.expressions.fixtures import context, interview, root, text, value
from visitapp.questionnaire.expressions import Element, ExpressionError, compile_expression


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # control
        ("if(/data/year > 1980, 'old', explode())", "old"),
        ("if(/data/blank = '1', 'a', 'b')", "b"),
        ("coalesce(/data/blank, /data/year)", "1987"),
        ("coalesce(/data/year, explode())", "1987"),
        ("coalesce(0 div 0, '-')", "-"),
        ("coalesce('', '')", ""),
        ("coalesce(false(), 'x')", "false"),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('TRUE')", "false"),
        ("checklist(1, 2, 'a', '', 'b')", "true"),
        ("checklist(-1, 1, 'a', 'b')", "false"),
        ("weighted-checklist(3, 5, 'a', 2, '', 9, 'b', 3)", "true"),
        ("weighted-checklist(-1, 4, 'a', 2, 'b', 3)", "false"),
        # choices
        ("selected(/data/uses, '1')", "true"),
        ("selected(/data/uses, '0')", "false"),
        ("selected(/data/uses, ' 10 ')", "true"),
        ("selected(/data/blank, '')", "true"),
        ("selected(/data/blank, '1')", "false"),
        ("selected('a　b', 'a')", "false"),
        ("selected-at(/data/uses, 2)", "10"),
        ("selected-at(/data/uses, 3)", ""),
        ("selected-at(/data/uses, -1)", ""),
        ("selected-at(/data/uses, '')", ""),
        ("count-selected(/data/uses)", "3"),
        ("count-selected('')", "0"),
        ("jr:choice-name('1', '/data/uses')", "融資"),
        ("jr:choice-name('3', ' uses ')", "助成()"),
        ("jr:choice-name('4', '/data/uses')", ""),
        ("jr:choice-name('1', '/data/nowhere')", ""),
        ("jr:choice-name('', '/data/uses')", ""),
        # repeats and nodes
        ("indexed-repeat(/data/sheet/amount, /data/sheet, 2)", "20"),
        ("indexed-repeat(/data/sheet/amount, /data/sheet, /data/which)", "20"),
        ("indexed-repeat(/data/sheet/amount, /data/sheet, 4)", ""),
        ("indexed-repeat(/data/sheet/amount, /data/sheet, '')", ""),
        ("indexed-repeat(/data/sheet/note/line, /data/sheet, 2, /data/sheet/note/line, 2)", "d"),
        ("count(/data/sheet)", "3"),
        ("count-non-empty(/data/*)", "8"),
        ("sum(/data/sheet/amount)", "60"),
        ("sum(/data/missing)", "0"),
        ("sum(/data/blank)", "NaN"),
        ("min(/data/sheet/amount)", "10"),
        ("max(/data/sheet/amount, 100)", "100"),
        ("max(/data/missing)", "NaN"),
        ("min(3, '')", "NaN"),
        ("pulldata('cities', 'label', 'name', '2')", "大崎"),
        ("pulldata('cities', 'label', 'name', '9')", ""),
        ("pulldata('cities', 'nothing', 'name', '2')", ""),
        ("pulldata('none', 'label', 'name', '2')", ""),
        ("join('、', instance('cities')/root/item/label)", "大井、大崎、川崎"),
        # text
        ("concat('a', 1, true(), /data/sheet/amount)", "a1true102030"),
        ("contains('品川区', '')", "true"),
        ("starts-with('品川区', '品')", "true"),
        ("ends-with('品川区', '区')", "true"),
        ("substring-before('2016-04', '-')", "2016"),
        ("substring-before('2016', '-')", ""),
        ("substring-before('2016', '')", ""),
        ("substring-after('2016-04', '-')", "04"),
        ("substring-after('2016', '')", "2016"),
        ("substring('12345', 2)", "2345"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring('12345', 0, 3)", "12"),
        ("substring('12345', 0 div 0, 3)", ""),
        ("substring('12345', -42, 1 div 0)", "12345"),
        ("substring('12345', 3, -1)", ""),
        ("substr('12345', 1, 3)", "23"),
        ("substr('12345', -2)", "45"),
        ("substr('12345', 0, -1)", "1234"),
        ("substr('', 0)", ""),
        ("translate('１４０-0001', '１４０-', '140')", "1400001"),
        ("string-length('品川')", "2"),
        ("normalize-space('  a \t b\n')", "a b"),
        ("regex('140-0001', '^[0-9]{3}-[0-9]{4}$')", "true"),
        ("regex('140-00012', '^[0-9]{3}-[0-9]{4}$')", "false"),
        ("regex('x140', '[0-9]+')", "true"),
        ("regex('１２', '^\\d+$')", "false"),
        ("digest('', 'MD5', 'hex')", "d41d8cd98f00b204e9800998ecf8427e"),
        ("digest('あ', 'SHA-1')", "mP38CnQmu7D8oLEG/RpskHRG18A="),
        ("base64-decode('5ZOB5bed')", "品川"),
        ("base64-decode('no!')", ""),
        # numbers
        ("round(2.5)", "3"),
        ("round(-2.5)", "-3"),
        ("round(1.005, 2)", "1.01"),
        ("round(1250, -2)", "1300"),
        ("round('')", "NaN"),
        ("round(1, 0 div 0)", "NaN"),
        ("round(12345678901234567890)", "12345678901234567000"),
        ("int(-1.9)", "-1"),
        ("int('')", "NaN"),
        ("floor(-1.1)", "-2"),
        ("ceiling(1.1)", "2"),
        ("floor(1 div 0)", "Infinity"),
        ("sqrt(-1)", "NaN"),
        ("log(-1)", "NaN"),
        ("exp(1000)", "Infinity"),
        ("pow(0, -1)", "Infinity"),
        ("pow(-8, 0.5)", "NaN"),
        ("pow(10, 400)", "Infinity"),
        ("abs('')", "NaN"),
        ("7 mod 0", "NaN"),
        ("-7 mod 3", "-1"),
        # dates
        ("format-date('2016-04-07', '%Y年%n月%e日（%a）')", "2016年4月7日（Thu）"),
        ("format-date('2016-04-07', '%y/%m/%d %b')", "16/04/07 Apr"),
        ("format-date-time('2016-04-07T09:05:03.040', '%H:%M:%S.%3 %h')", "09:05:03.040 9"),
        ("format-date('2016-04-07', '100%% %q %')", "100% %q %"),
        ("format-date('', '%Y')", ""),
        ("format-date('soon', '%Y')", ""),
        ("format-date(true(), '%Y')", ""),
        ("decimal-time('12:00:00.000+09:00')", "0.5"),
        ("decimal-time('12:00')", "0.5"),
        ("decimal-time('noon')", "NaN"),
        ("decimal-time(now()) > 0.39", "true"),
        ("decimal-date-time('1970-01-01T12:00:00Z')", "0.5"),
        ("decimal-date-time('')", "NaN"),
        ("int((today() - date('1987-04-01')) div 365.25)", "29"),
        # places
        ("distance('35.6 139.7')", "0"),
        ("distance('35 139', '36 139')", "111318.85"),
        ("area('0 0;0 1')", "0"),
        ("geofence('0.5 0.5', '0 0;0 1;1 1;1 0;0 0')", "true"),
        ("geofence('', '0 0;0 1;1 1;1 0;0 0')", "false"),
        ("intersects('0 0;1 1;0 1;1 0')", "true"),
        ("intersects('0 0;0 1;1 1;1 0;0 0')", "false"),
        ("intersects('0 0;0 2;1 1;0 1')", "true"),
        ("intersects('')", "false"),
        # randomness with a seed
        ("join('', randomize(/data/sheet/programme, 42))", "257"),
        ("join('', randomize(/data/sheet/programme, '')) = join('', randomize(/data/sheet/programme, 0))", "true"),
    ],
)
def test_functions(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("count(1)", "E-120"),
        ("sum('1')", "E-120"),
        ("name('a')", "E-120"),
        ("randomize(1)", "E-120"),
        ("1 | 2", "E-120"),
        ("('a')[1]", "E-120"),
        ("decimal-date-time('12')", "E-121"),
        ("distance('here')", "E-122"),
        ("digest('a', 'CRC')", "E-125"),
        ("uuid('')", "E-125"),
        ("uuid(1000000)", "E-125"),
        ("indexed-repeat(/data/a, /data/sheet, 1, /data/sheet)", "E-125"),
        ("regex('a', concat('(', 'b'))", "E-117"),
        ("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '^(a|aa)+$')", "E-126"),
        ("weighted-checklist(1, 2, 'a', 1, 'b')", "E-125"),
        ("regex('a', '(')", "E-117"),
        ("nothing()", "E-112"),
        ("true(1)", "E-113"),
    ],
)
def test_values_that_cannot_be_used(source: str, code: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        value(source)
    assert caught.value.code == code


def test_once_keeps_what_is_there() -> None:
    assert text("once('new')", "/data/year") == "1987"
    assert text("once('new')", "/data/blank") == "new"
    assert text("once(. * 2)", "/data/blank") == ""


def test_place_among_siblings_and_in_the_list() -> None:
    assert value("position(..)", "/data/sheet[2]/amount") == 2.0
    assert value("position(/data/which)") == 1.0
    assert math.isnan(compile_expression("position(/data/missing)").number(context(interview())))
    assert text("join(' ', /data/sheet[position() = last()]/amount)") == "30"


def test_current_is_the_node_of_the_expression() -> None:
    assert value("/data/sheet[programme = current()]", "/data/missing-or-which | /data/which") != []
    assert text("/data/sheet[programme = current()]/amount", "/data/which") == "10"


def test_inside_a_row_the_nearest_row_is_meant() -> None:
    source = "indexed-repeat(/data/sheet/note/line, /data/sheet/note/line, 1)"
    assert text(source, "/data/sheet[2]/amount") == "c"
    assert text(source, "/data/year") == "a"


def test_choice_names_and_month_names_follow_the_language() -> None:
    environment = interview()
    environment.language = "日本語 (ja)"
    here = context(environment)
    assert compile_expression("format-date('2016-04-07', '%b%e日（%a）')").string(here) == "4月7日（木）"
    environment.language = "ja"
    assert compile_expression("jr:choice-name('3', '/data/uses')").string(here) == "助成(ja)"


def test_itext_reads_as_its_plain_form() -> None:
    environment = interview()
    values = [Element("value", "短", attributes={"form": "short"}), Element("value", "ふつう")]
    environment.itext = lambda identifier, language: values if identifier == "q1" else []
    here = context(environment)
    assert compile_expression("jr:itext('q1')").string(here) == "ふつう"
    assert compile_expression("concat('<', jr:itext('q1'), '>')").string(here) == "<ふつう>"
    assert compile_expression("jr:itext('q2')").string(here) == ""


def test_chance_comes_from_the_environment() -> None:
    environment = interview()
    here = context(environment)
    identifiers = {compile_expression("uuid()").string(here) for _ in range(20)}
    assert len(identifiers) == 20
    assert len(compile_expression("uuid(8)").string(here)) == 8
    assert 0 <= compile_expression("random()").number(here) < 1
    shuffled = compile_expression("randomize(/data/sheet/programme)").evaluate(here)
    assert isinstance(shuffled, list)
    assert sorted(node.text for node in shuffled) == ["2", "5", "7"]


def test_shuffling_leaves_the_tree_as_it_is() -> None:
    environment = interview()
    before = root(environment).text
    compile_expression("randomize(/data/sheet, 7)").evaluate(context(environment))
    assert root(environment).text == before


def test_only_signed_messages_are_extracted() -> None:
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    signed = base64.b64encode(key.sign("品川".encode()) + "品川".encode()).decode()
    other = base64.b64encode(b"\0" * 64 + "品川".encode()).decode()
    assert text(f"extract-signed('{signed}', '{public}')") == "品川"
    assert text(f"extract-signed('{signed.rstrip('=')}', '{public.rstrip('=')}')") == "品川"
    assert text(f"extract-signed('{other}', '{public}')") == ""
    assert text(f"extract-signed('', '{public}')") == ""
    assert text(f"extract-signed('{signed}', 'x')") == ""


def test_dates_may_come_from_nodes_that_hold_days() -> None:
    environment = interview()
    root(environment).append(Element("days", "16892"))
    here = context(environment)
    assert compile_expression("format-date(/data/days, '%Y-%m-%d')").string(here) == "2016-04-01"
    assert compile_expression("decimal-date-time(/data/days)").number(here) == 16892
