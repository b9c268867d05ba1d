"""The house as a whole: navigation, keys, language, text size, colours, lock, errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget
from pytestqt.exceptions import TimeoutError
from pytestqt.qtbot import QtBot

from tests.gui.conftest import NOW, settle
from visitapp.errors import EnvironmentProblem
from visitapp.i18n import language
from visitapp.store.store import Store
from visitapp.ui import look
from visitapp.ui.errors import report_text
from visitapp.ui.keylist import KeyList, Palette
from visitapp.ui.shell import House
from visitapp.ui.targets.page import TargetsPage
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import TextField

OpenHouse = Callable[..., House]
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def house(laptop_folder: Path, open_house: OpenHouse) -> House:
    return open_house(laptop_folder)


def _page(house: House) -> TargetsPage:
    assert house.desk is not None
    page = house.desk.page()
    assert isinstance(page, TargetsPage)
    return page


def _page_id(house: House) -> str:
    assert house.desk is not None
    page = house.desk.page()
    assert page is not None
    return page.id


def test_every_key_of_the_house_stands_in_the_key_list(house: House, qtbot: QtBot) -> None:
    QTest.keyClick(house, Qt.Key.Key_F1)
    shown = house.findChild(KeyList)
    assert isinstance(shown, KeyList)
    texts = {label.text() for label in shown.findChildren(QLabel)}
    missing = [one.text() for one in house.actions_in_force() if one.shortcuts() and one.text() not in texts]
    assert not missing
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_no_key_means_two_things(house: House) -> None:
    keys = [key.toString() for one in house.actions_in_force() for key in one.shortcuts()]
    assert len(keys) == len(set(keys))


def test_every_action_with_a_menu_is_in_the_menu_bar(house: House) -> None:
    in_menus = {one for menu in house.menuBar().findChildren(QMenu) for one in menu.actions()}
    assert all(one in in_menus for one in house.actions_in_force() if one.property("menu"))


def test_keys_rail_and_menu_lead_to_the_same_page(house: House, qtbot: QtBot) -> None:
    QTest.keyClick(house, Qt.Key.Key_U, CTRL)
    settle(house, qtbot)
    assert _page_id(house) == "handin"
    QTest.keyClick(house, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle(house, qtbot)
    assert _page_id(house) == "targets"
    button = next(b for b in house.findChildren(QAbstractButton) if b.text() == "受渡" and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(house, qtbot)
    assert _page_id(house) == "handin"


def test_language_switches_at_the_same_place(house: House, qtbot: QtBot) -> None:
    page = _page(house)
    page._list.bar.search.setText("あけぼの")
    chosen = page._list.table.current_id()
    house.switch_language()
    settle(house, qtbot)
    assert language() == "en"
    page = _page(house)
    assert page._list.bar.search.text() == "あけぼの" and page._list.table.current_id() == chosen
    house.switch_language()
    settle(house, qtbot)
    assert language() == "ja" and house.preferences.language == "ja"


@pytest.mark.parametrize("code", ["ja", "en"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_label_or_button_is_cut(house: House, qtbot: QtBot, code: str, percent: int) -> None:
    house.looks.set_language(code)
    house.looks.set_percent(percent)
    settle(house, qtbot)
    cut: list[str] = []
    view = _page(house)._view
    assert house.desk is not None and view is not None
    for page_id, target in (("targets", ""), ("company", view.lines[0].company.id), ("handin", "")):
        house.desk.go(page_id, target)
        settle(house, qtbot)
        # A layout that wraps needs another turn of the event loop after its texts have come.
        with suppress(TimeoutError):
            qtbot.waitUntil(lambda: not list(_cut_texts(house)), timeout=3000)
        cut += [f"{page_id}: {text}" for text in _cut_texts(house)]
    assert not cut, "\n".join(cut)


def _cut_texts(house: House) -> Iterator[str]:
    for label in house.findChildren(QLabel):
        if label.isVisible() and label.text() and not label.wordWrap():
            needed = label.fontMetrics().horizontalAdvance(label.text())
            if needed > label.width() + 1:
                yield f"{label.text()} ({needed} > {label.width()})"
    for button in house.findChildren(QAbstractButton):
        around = button.parentWidget()
        inside = around is None or around.rect().contains(button.geometry())
        if button.isVisible() and button.text() and not inside:
            yield f"{button.text()} reaches out of what it stands in: {button.geometry()} in {around and around.rect()}"
        if button.isVisible() and button.text() and button.width() < button.minimumSizeHint().width():
            yield f"{button.text()} ({button.minimumSizeHint().width()} > {button.width()})"


def test_text_size_by_keys_is_remembered(house: House, qtbot: QtBot) -> None:
    QTest.keyClick(house, Qt.Key.Key_Plus, CTRL)
    settle(house, qtbot)
    assert look.percent() == 112 == house.preferences.percent
    QTest.keyClick(house, Qt.Key.Key_0, CTRL)
    settle(house, qtbot)
    assert look.percent() == 100


def test_dark_colours_repaint_the_window(house: House, qtbot: QtBot) -> None:
    before = house.grab().toImage().pixelColor(200, 740)
    house.switch_colours()
    settle(house, qtbot)
    after = house.grab().toImage().pixelColor(200, 740)
    assert before.lightness() > 200 and after.lightness() < 60
    assert house.preferences.theme == "dark"


def test_the_palette_finds_actions_and_companies_in_any_writing(house: House, qtbot: QtBot) -> None:
    view = _page(house)._view
    assert view is not None
    company = view.lines[0].company
    hiragana = "".join(chr(ord(sign) - 0x60) if "ァ" <= sign <= "ヶ" else sign for sign in company.kana or "")
    QTest.keyClick(house, Qt.Key.Key_K, CTRL)
    settle(house, qtbot)
    shown = house.findChild(Palette)
    assert isinstance(shown, Palette)
    shown._field.setText(f"{hiragana[:3]}　{hiragana[3:]}")
    texts = [str(shown._model.index(row).data()) for row in range(shown._model.rowCount())]
    assert any((company.name or "-") in text for text in texts)
    shown._field.setText("受渡")
    QTest.keyClick(shown, Qt.Key.Key_Return)
    settle(house, qtbot)
    assert _page_id(house) == "handin"
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_idle_time_locks_the_window(house: House, qtbot: QtBot) -> None:
    house._idle.start(0.001)
    qtbot.waitUntil(lambda: house.desk is None, timeout=15_000)
    texts = [label.text() for label in house.findChildren(QLabel)]
    assert any("鍵をかけました" in text for text in texts)


def test_no_shortcut_fires_while_text_is_composed(house: House, qtbot: QtBot) -> None:
    fired: list[bool] = []
    house._actions["keys"].setShortcut("F7")
    house._actions["keys"].triggered.connect(lambda: fired.append(True))
    field = _page(house)._list.bar.search
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("あけぼ", []))
    QTest.keyClick(field, Qt.Key.Key_F7)
    assert not fired
    event = QInputMethodEvent("", [])
    event.setCommitString("曙")
    QApplication.sendEvent(field, event)
    QTest.keyClick(field, Qt.Key.Key_F7)
    assert fired and field.text() == "曙"
    for shown in house.findChildren(KeyList):
        shown.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_an_expected_error_is_shown_with_what_to_do(house: House, qtbot: QtBot) -> None:
    house.tasks.failed.emit(EnvironmentProblem("E-305"))
    dialog = house.findChild(Dialog)
    assert isinstance(dialog, Dialog)
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "E-305" in texts and "失われていません" in texts and "空きを作って" in texts
    dialog.reject()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_failed_write_turns_the_saved_mark_red(house: House, qtbot: QtBot) -> None:
    def full(_store: Store) -> None:
        raise EnvironmentProblem("E-305")

    house.tasks.write(full, on_error=lambda _error: None)
    settle(house, qtbot)
    assert house.saved.state == "failed"
    house.tasks.write(lambda store: store.set_local("window/person", "staff-05"))
    settle(house, qtbot)
    assert house.saved.state == "saved" and house.saved.at is not None


def test_a_report_of_a_bug_names_no_value() -> None:
    try:
        raise ValueError("株式会社見本の電話は03-0000-0000")
    except ValueError as error:
        text = report_text(error, NOW)
    assert "ValueError" in text and "test_house.py" in text
    assert "見本" not in text and "03-0000" not in text


class _Flashes(QObject):
    """Notes every top-level widget that is shown and is not the house."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_while_pages_are_built(
    laptop_folder: Path, open_house: OpenHouse, qapp: QApplication, qtbot: QtBot
) -> None:
    watch = _Flashes()
    qapp.installEventFilter(watch)
    house = open_house(laptop_folder)
    assert house.desk is not None
    line = _page(house)._view.lines[0]  # type: ignore[union-attr]
    for page_id, target in (("company", line.company.id), ("handin", ""), ("targets", "")):
        house.desk.go(page_id, target)
        settle(house, qtbot)
    house.switch_language()
    settle(house, qtbot)
    qapp.removeEventFilter(watch)
    assert watch.seen == ["House"]


def test_the_input_field_knows_that_text_is_composed(house: House) -> None:
    field = _page(house)._list.bar.search
    assert isinstance(field, TextField)
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("かな", []))
    assert field.composing
    QApplication.sendEvent(field, QInputMethodEvent("", []))
    assert not field.composing
