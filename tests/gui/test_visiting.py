"""今日の訪問 and 企業: finding, planning, recording, mending, by real keys and clicks; what is shown is what is stored."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.conftest import ANSWERED, OPEN, PASSPHRASE, settle
from visitapp.commands.office import open_office
from visitapp.fieldwork.targets import TargetLine
from visitapp.store import records
from visitapp.ui.company.page import CompanyPage
from visitapp.ui.notebook.dialogs import CompanyDialog, PlanDialog, VisitDialog
from visitapp.ui.notebook.words import short_industry, town
from visitapp.ui.shell import House
from visitapp.ui.targets.cards import VisitCard
from visitapp.ui.targets.page import TargetsPage

OpenHouse = Callable[..., House]
W = TypeVar("W", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(laptop_folder: Path, open_house: OpenHouse) -> House:
    return open_house(laptop_folder)


def _page(house: House) -> TargetsPage:
    assert house.desk is not None
    page = house.desk.page()
    assert isinstance(page, TargetsPage)
    return page


def _lines(house: House) -> tuple[TargetLine, ...]:
    view = _page(house)._view
    assert view is not None
    return view.lines


def _only(house: House, kind: type[W]) -> W:
    found = [one for one in house.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def _open_line(house: House) -> TargetLine:
    """A company nobody has answered for."""
    return next(line for line in _lines(house) if line.response is None)


def _stored(house: House, kind: type[records.Record], qtbot: QtBot) -> list[records.Record]:
    kept: list[list[records.Record]] = []

    def read(store: object) -> list[records.Record]:
        from visitapp.store.store import Store

        assert isinstance(store, Store)
        with store.read() as reader:
            return list(reader.find(kind))

    house.tasks.run(read, kept.append)
    settle(house, qtbot)
    return kept[0]


def test_the_counts_by_state_add_up(house: House) -> None:
    bar = _page(house)._list.bar.states
    texts = {key: button.text() for key, button in bar._buttons.items()}
    assert texts["all"].endswith(str(ANSWERED + OPEN))
    assert texts["final"].endswith(f" {ANSWERED}") and texts["not_visited"].endswith(f" {OPEN}")


def test_choosing_a_state_shows_only_its_companies(house: House) -> None:
    page = _page(house)
    QTest.mouseClick(page._list.bar.states._buttons["not_visited"], Qt.MouseButton.LeftButton)
    assert page._list.table.shown() == OPEN


def test_search_ignores_kana_width_and_legal_form(house: House) -> None:
    page, line = _page(house), _lines(house)[0]
    name = line.company.name or ""
    QTest.keyClick(house, Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is page._list.bar.search
    for typed in (name.replace("株式会社", "㈱"), name.replace("株式会社", "(株)"), (line.company.kana or "").lower()):
        page._list.bar.search.setText(typed)
        shown = {page._list.table.sieve.index(row, 1).data() for row in range(page._list.table.shown())}
        assert name in shown, typed


def test_nothing_found_offers_to_take_the_filters_away(house: House) -> None:
    page = _page(house)
    page._list.bar.search.setText("どこにもない会社")
    assert page._list._nothing.isVisible()
    page._list._nothing.pressed.emit()
    assert page._list.table.shown() == ANSWERED + OPEN


def test_recording_a_visit_by_keys_is_stored_and_shown(house: House, qtbot: QtBot) -> None:
    page, line = _page(house), _open_line(house)
    page._list.table.select(line.target.id)
    QTest.keyClick(house, Qt.Key.Key_J, CTRL)
    dialog = _only(house, VisitDialog)
    dialog.choose("不在")
    QTest.keyClick(dialog.respondent, Qt.Key.Key_Return)
    settle(house, qtbot)
    visits = [one for one in _stored(house, records.Visit, qtbot) if isinstance(one, records.Visit)]
    mine = [visit for visit in visits if visit.target == line.target.id]
    assert [(visit.outcome, visit.visited_at) for visit in mine] == [("不在", "2026-06-16T13:58")]
    again = next(one for one in _lines(house) if one.target.id == line.target.id)
    assert (again.visits, again.absences) == (1, 1)


def test_a_wrong_time_holds_the_dialog_and_says_why(house: House, qtbot: QtBot) -> None:
    page = _page(house)
    page._list.table.select(_open_line(house).target.id)
    QTest.keyClick(house, Qt.Key.Key_J, CTRL)
    dialog = _only(house, VisitDialog)
    dialog.time.field.setText("25時")
    dialog.verb.click()
    texts = [label.text() for label in dialog.time.findChildren(QLabel)]
    assert dialog.isVisible() and any("時刻を読めません" in text for text in texts)
    dialog.reject()


def test_a_visit_planned_for_today_becomes_the_main_card(house: House, qtbot: QtBot) -> None:
    page, line = _page(house), _open_line(house)
    page._list.table.select(line.target.id)
    QTest.keyClick(house, Qt.Key.Key_D, CTRL)
    dialog = _only(house, PlanDialog)
    assert dialog.day.iso() == "2026-06-16"
    dialog.time.field.setText("15:30")
    dialog.verb.click()
    settle(house, qtbot)
    card = _only(house, VisitCard)
    texts = {label.text() for label in card.findChildren(QLabel)}
    assert {"15:30", line.company.name} <= texts
    assert page._cards.main_button is not None
    page._unplan.trigger()
    settle(house, qtbot)
    assert not [one for one in house.findChildren(VisitCard) if one.isVisible()]


def test_enter_opens_the_company_and_back_returns(house: House, qtbot: QtBot) -> None:
    page, line = _page(house), _lines(house)[0]
    page._list.table.select(line.target.id)
    page._list.table.setFocus()
    QTest.keyClick(page._list.table, Qt.Key.Key_Return)
    settle(house, qtbot)
    assert house.desk is not None
    shown = house.desk.page()
    assert isinstance(shown, CompanyPage)
    assert line.company.name in {label.text() for label in shown.findChildren(QLabel)}
    QTest.keyClick(house, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(house, qtbot)
    assert _page(house)._list.table.current_id() == line.target.id


def test_mending_a_company_writes_only_what_differs(house: House, qtbot: QtBot) -> None:
    line = _lines(house)[0]
    assert house.desk is not None
    house.desk.go("company", line.company.id)
    settle(house, qtbot)
    QTest.keyClick(house, Qt.Key.Key_F2)
    dialog = _only(house, CompanyDialog)
    dialog.fields["phone"].setText("03-0000-9999")
    assert dialog.changed_fields() == {"phone": "03-0000-9999"}
    dialog.verb.click()
    settle(house, qtbot)
    found = [one for one in _stored(house, records.Company, qtbot) if one.id == line.company.id]
    assert isinstance(found[0], records.Company) and found[0].phone == "03-0000-9999"


def test_a_wrong_corporate_number_is_said_at_its_field(house: House, qtbot: QtBot) -> None:
    QTest.keyClick(house, Qt.Key.Key_N, CTRL)
    dialog = _only(house, CompanyDialog)
    dialog.fields["name"].setText("見本株式会社")
    dialog.fields["corporate_number"].setText("1234567890123")
    dialog.verb.click()
    assert dialog.isVisible() and "法人番号" in dialog.fields["corporate_number"].accessibleDescription()
    dialog.reject()


def test_a_new_company_is_a_target_and_survives_restart(
    house: House, open_house: OpenHouse, laptop_folder: Path, qtbot: QtBot
) -> None:
    QTest.keyClick(house, Qt.Key.Key_N, CTRL)
    dialog = _only(house, CompanyDialog)
    dialog.fields["name"].setText("見本の新しい会社")
    dialog.founded.western.setText("S22")
    dialog.founded.western.settled.emit("S22")
    dialog.verb.click()
    settle(house, qtbot)
    assert house.desk is not None and isinstance(house.desk.page(), CompanyPage)
    house.close()
    store = open_office(laptop_folder, PASSPHRASE)
    try:
        with store.read() as reader:
            company = reader.find(records.Company, name="見本の新しい会社")[0]
            assert company.founded_year == 1947
            assert reader.count(records.Target, company=company.id) == 1
    finally:
        store.close()


def test_the_filter_is_remembered_and_no_name_is_in_the_window_file(
    house: House, open_house: OpenHouse, laptop_folder: Path, qtbot: QtBot
) -> None:
    QTest.mouseClick(_page(house)._list.bar.states._buttons["final"], Qt.MouseButton.LeftButton)
    names = [line.company.name or "" for line in _lines(house)]
    house.close()
    again = open_house(laptop_folder)
    assert _page(again)._list.bar.states.current() == "final"
    text = (laptop_folder / "window.ini").read_text(encoding="utf-8")
    assert not any(name in text for name in names) and "staff-" not in text


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("東京都品川区旗の台2丁目93番15号", "旗の台2"), ("東京都品川区勝島2-98-11", "勝島2"),
        ("東京都品川区西五反田４－９９－１６　見本ビル2階", "西五反田4"), ("神奈川県川崎市高津区久地3丁目1番", "久地3"), (None, ""),
    ],
)  # fmt: skip
def test_the_name_people_call_a_place_by(address: str | None, name: str) -> None:
    assert town(address) == name


@pytest.mark.parametrize(("industry", "short"), [("金属製品製造業", "金属製品"), ("その他の製造業", "その他の製造業"),
                                                 ("情報サービス業", "情報サービス業"), (None, "")])  # fmt: skip
def test_short_names_of_industries(industry: str | None, short: str) -> None:
    assert short_industry(industry) == short
