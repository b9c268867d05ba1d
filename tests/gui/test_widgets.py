"""The components: what they take, what they refuse, what they must never do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.dates import DateField, read_time
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import (
    ChoiceField,
    NumberField,
    PassphraseField,
    TextField,
    grouped,
    large_amount,
    plain_number,
)
from visitapp.ui.widgets.notices import UndoBar
from visitapp.ui.widgets.segments import FilterBar, Segments
from visitapp.ui.widgets.tables import NOTHING, Cell, Column, Table
from visitapp.ui.widgets.wareki import WarekiField


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[QWidget]:
    """A shown window to put widgets into."""
    window = QWidget()
    window.setLayout(QVBoxLayout())
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()
    window.deleteLater()


def _put(place: QWidget, *widgets: QWidget) -> None:
    layout = place.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


def _compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_a_field_is_not_rewritten_while_text_is_composed(place: QWidget) -> None:
    field = TextField("展示会で")
    _put(place, field)
    field.setFocus()
    field.setCursorPosition(4)
    _compose(field, "しりあ")
    field.show_text("べつの文")
    assert field.text() == "展示会で"
    _compose(field, "", "知り合った")
    assert field.text() == "展示会で知り合った"


def test_a_field_takes_a_late_text_when_composing_is_given_up(place: QWidget) -> None:
    field = TextField("古い")
    _put(place, field)
    field.setFocus()
    _compose(field, "か")
    field.show_text("新しい")
    _compose(field, "")
    assert field.text() == "新しい"


def test_a_number_field_reads_full_width_digits_and_shows_separators_after_leaving(place: QWidget) -> None:
    field, other = NumberField(suffix="人"), TextField()
    _put(place, field, other)
    settled: list[str] = []
    field.settled.connect(settled.append)
    field.setFocus()
    _compose(field, "", "１２，３４５")
    assert field.text() == "１２，３４５"
    other.setFocus()
    assert (field.text(), settled) == ("12,345", ["12345"])


def test_a_number_field_keeps_what_is_no_number(place: QWidget) -> None:
    field, other = NumberField(), TextField()
    _put(place, field, other)
    field.setFocus()
    _compose(field, "", "約百人")
    other.setFocus()
    assert (field.text(), field.number()) == ("約百人", "約百人")


@given(st.integers(-(10**15), 10**15))
def test_grouping_loses_no_digit(number: int) -> None:
    assert plain_number(grouped(str(number))) == str(number)


@pytest.mark.parametrize(("amount", "words"), [(9_999, ""), (50_000_000, "5,000万"), (125_000_000, "1億2,500万")])
def test_large_amounts_read_aloud(amount: int, words: str) -> None:
    assert large_amount(amount) == words


def test_passphrase_fields_keep_the_input_method_off_even_when_revealed(place: QWidget) -> None:
    field = PassphraseField()
    _put(place, field)
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    eye = field.findChild(QWidget)
    assert eye is not None
    field._eye.click()
    assert field.echoMode() == PassphraseField.EchoMode.Normal
    assert not field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_the_wheel_changes_no_choice(place: QWidget) -> None:
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    field = ChoiceField([("a", "甲"), ("b", "乙")])
    _put(place, field)
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(field, turn)
    assert field.value() == "a"


@pytest.mark.parametrize(("typed", "era", "year"), [("S22", "昭和", 1947), ("昭和22", "昭和", 1947), ("1947", "昭和", 1947),
                                                    ("R8", "令和", 2026), ("平成元年", "平成", 1989)])  # fmt: skip
def test_a_year_typed_on_the_western_side_sets_the_era(place: QWidget, typed: str, era: str, year: int) -> None:
    field, other = WarekiField(), TextField()
    _put(place, field, other)
    field.western.setFocus()
    _compose(field.western, "", typed)
    other.setFocus()
    assert (field.era.value(), field.year()) == (era, year)


def test_a_year_of_the_era_sets_the_western_year(place: QWidget) -> None:
    field, other = WarekiField(), TextField()
    _put(place, field, other)
    field.era.set_value("平成")
    field.era_year.setFocus()
    QTest.keyClicks(field.era_year, "28")
    other.setFocus()
    assert (field.western.text(), field.year()) == ("2016", 2016)


def test_an_unreadable_year_is_said_and_kept(place: QWidget) -> None:
    field, other = WarekiField(), TextField()
    _put(place, field, other)
    field.show_year(1947)
    field.western.setFocus()
    field.western.selectAll()
    QTest.keyClicks(field.western, "19x7")
    other.setFocus()
    assert not field.check()
    assert (field.western.text(), field.year()) == ("19x7", 1947)


def test_a_day_is_read_in_every_way_people_write_it(place: QWidget) -> None:
    field, other = DateField(), TextField()
    _put(place, field, other)
    for typed in ("R8.6.16", "2026/6/16", "令和8年6月16日", "20260616"):
        field.field.setFocus()
        field.field.setText(typed)
        other.setFocus()
        assert (field.day(), field.field.text()) == (date(2026, 6, 16), "令和8年6月16日")


@pytest.mark.parametrize(("typed", "shown"), [("13:30", "13:30"), ("1330", "13:30"), ("９時", "09:00"), ("13時5分", None),
                                              ("25:00", None), ("", None)])  # fmt: skip
def test_times_of_day(typed: str, shown: str | None) -> None:
    found = read_time(typed)
    assert (f"{found:%H:%M}" if found else None) == shown


Row = tuple[str, int | None]
_COLUMNS: list[Column[Row]] = [
    Column("name", "企業名", lambda row: Cell(row[0], below="カナ")),
    Column("town", "町名", lambda row: Cell("大井1"), width=7, optional=True),
    Column("people", "従業員", lambda row: Cell(sort=None) if row[1] is None else Cell(str(row[1]), sort=row[1]),
           width=5, right=True),
]  # fmt: skip


def _table(place: QWidget) -> Table:
    table = Table(_COLUMNS, "企業")
    _put(place, table)
    table.set_rows([("a", ("あ", 3)), ("b", ("い", None)), ("c", ("う", 20))])
    return table


def test_models_of_tables_keep_qts_rules(place: QWidget) -> None:
    table = _table(place)
    for model in (table.rows, table.sieve):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    table.sieve.set_filter(lambda row: row[1] is not None)
    table.set_rows([("c", ("う", 21)), ("d", ("え", 1))])
    table.sieve.set_filter(None)
    assert table.shown() == 2


@pytest.mark.parametrize(
    ("order", "expected"), [(Qt.SortOrder.AscendingOrder, "acb"), (Qt.SortOrder.DescendingOrder, "cab")]
)
def test_missing_values_come_last_whichever_way_it_is_sorted(
    place: QWidget, order: Qt.SortOrder, expected: str
) -> None:
    from visitapp.ui.widgets.tables import ID_ROLE

    table = _table(place)
    table.sortByColumn(2, order)
    assert "".join(table.sieve.index(row, 0).data(ID_ROLE) for row in range(3)) == expected


def test_new_rows_keep_the_selection(place: QWidget) -> None:
    table = _table(place)
    table.select("c")
    table.set_rows([("c", ("う", 20)), ("x", ("ん", 1)), ("a", ("あ", 3))])
    assert table.current_id() == "c"


def test_enter_and_double_click_open_the_row(place: QWidget) -> None:
    table = _table(place)
    opened: list[str] = []
    table.opened.connect(opened.append)
    table.select("b")
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == ["b"]


def test_an_empty_value_is_shown_as_missing() -> None:
    assert Cell().text == NOTHING


def test_optional_columns_give_way_when_it_gets_narrow(place: QWidget) -> None:
    table = _table(place)
    assert not table.isColumnHidden(1)
    place.resize(220, 400)
    QApplication.processEvents()
    assert table.isColumnHidden(1) and not table.isColumnHidden(2)


def test_choosing_a_segment_moves_nothing(place: QWidget) -> None:
    segments = Segments([("all", "すべて"), ("none", "未訪問")])
    _put(place, segments)
    segments.choose("all")
    before = segments.sizeHint()
    segments.choose("none")
    assert segments.sizeHint() == before


def test_a_narrow_filter_bar_breaks_into_two_lines(place: QWidget) -> None:
    bar = FilterBar("さがす", [(str(n), f"状態の名{n}") for n in range(5)])
    _put(place, bar)
    place.resize(1000, 400)
    QApplication.processEvents()
    low = bar.sizeHint().height()
    place.resize(420, 400)
    QApplication.processEvents()
    assert bar.sizeHint().height() > low
    assert bar.states.geometry().top() > bar.search.geometry().bottom()


def test_the_undo_bar_undoes_once(place: QWidget) -> None:
    bar = UndoBar()
    _put(place, bar)
    undone: list[bool] = []
    bar.undone.connect(lambda: undone.append(True))
    bar.say("予定を1件消しました。")
    assert bar.isVisible()
    QTest.mouseClick(bar._button, Qt.MouseButton.LeftButton)
    assert undone == [True] and not bar.isVisible()


def test_a_dialog_that_destroys_keeps_enter_with_stop(place: QWidget) -> None:
    dialog = Dialog(place, "消します", "消す", destroys=True)
    done: list[str] = []
    dialog.accepted.connect(lambda: done.append("yes"))
    dialog.rejected.connect(lambda: done.append("no"))
    dialog.open()
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert done == ["no"]


def test_a_dialog_begins_in_its_first_field_and_enter_is_the_verb(place: QWidget) -> None:
    dialog = Dialog(place, "直します", "直す")
    field = TextField()
    dialog.body.addWidget(field)
    done: list[str] = []
    dialog.accepted.connect(lambda: done.append(field.text()))
    dialog.open()
    assert dialog.focusWidget() is field
    QTest.keyClicks(field, "46")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert done == ["46"]
