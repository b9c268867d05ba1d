"""What must never happen in the room: a lost answer, a cut word, a key that does something else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.visiting import TARGET, MakeStore, OpenHouse, Room, compose, fill
from visitapp.errors import EnvironmentProblem
from visitapp.fieldwork.responses import OpenResponse
from visitapp.i18n import use_language
from visitapp.questionnaire.answers import Answer
from visitapp.ui import look
from visitapp.ui.interview.option_row import OptionRow
from visitapp.ui.preferences import Preferences
from visitapp.ui.shell import House


@pytest.fixture
def room(make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot) -> Iterator[Room]:
    yield Room(open_house(make_store("laptop", fill)), qtbot)


def test_a_full_disk_is_said_and_what_was_typed_meanwhile_is_written_later(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: OpenResponse) -> None:
        raise EnvironmentProblem("E-305")

    room.go("V1-10")
    with monkeypatch.context() as broken:
        broken.setattr(OpenResponse, "save", full)
        room.key(Qt.Key.Key_5)
        room.settle()
        assert room.house.saved.state == "failed"
        assert room.interview.floor is not None and room.interview.floor.banner.isVisible()
        room.key(Qt.Key.Key_Return)
        room.key(Qt.Key.Key_2)
        room.settle()
        assert room.answer("V1-11") == Answer("2")
    retry = room.interview.floor.banner.findChild(QPushButton)
    assert isinstance(retry, QPushButton)
    retry.click()
    room.settle()
    assert room.stored("V1-10") == Answer("5")
    assert room.stored("V1-11") == Answer("2")
    assert room.house.saved.state == "saved"
    assert not room.interview.floor.banner.isVisible()


def test_every_key_pressed_in_a_hurry_is_on_disk(room: Room) -> None:
    for name, key in (("V1-10", Qt.Key.Key_3), ("V1-11", Qt.Key.Key_2), ("V1-14", Qt.Key.Key_1), ("V5", Qt.Key.Key_4)):
        room.go(name)
        room.key(key)
        room.key(Qt.Key.Key_Return)
    stored = {name: room.stored(name).text for name in ("V1-10", "V1-11", "V1-14", "V5")}
    assert stored == {"V1-10": "3", "V1-11": "2", "V1-14": "1", "V5": "4"}


def test_digits_inside_a_text_field_are_text(room: Room) -> None:
    room.go("V1-3")
    room.keys("21")
    focus = QApplication.focusWidget()
    assert focus is not None
    room.key(Qt.Key.Key_Return)
    assert room.answer("V1-3") == Answer("21")


def test_undo_inside_a_field_takes_back_its_own_text_first(room: Room) -> None:
    room.go("V1-10")
    room.key(Qt.Key.Key_5)
    room.settle()
    room.go("V1-3")
    room.keys("ab")
    room.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    room.settle()
    assert room.answer("V1-10") == Answer("5")


def test_locking_keeps_the_draft_and_shows_no_name(room: Room) -> None:
    room.key(Qt.Key.Key_F3)
    compose(room.interview.floor.side.opinions.area, "", "言いかけの意見")  # type: ignore[union-attr]
    room.house.lock()
    room.settle()
    texts = [label.text() for label in room.house.findChildren(QLabel) if label.isVisible()]
    assert not any("つばめ" in text for text in texts)
    assert "つばめ" not in room.house.windowTitle()
    room.house.unlock("three-short-words")
    room.qtbot.waitUntil(lambda: room.house.desk is not None, timeout=15_000)
    again = Room(room.house, room.qtbot)
    assert again.interview.floor.side.opinions.area.toPlainText() == "言いかけの意見"  # type: ignore[union-attr]


def _cut(widget: QWidget) -> str:
    """What of a visible text does not fit into its widget, "" when all does."""
    if isinstance(widget, OptionRow):
        return widget.text() if widget.height() < widget.heightForWidth(widget.width()) else ""
    if isinstance(widget, QLabel) and widget.text():
        room = widget.contentsRect()
        if widget.wordWrap():
            return widget.text() if widget.heightForWidth(widget.width()) > widget.height() + 1 else ""
        return widget.text() if widget.fontMetrics().horizontalAdvance(widget.text()) > room.width() + 1 else ""
    if isinstance(widget, QPushButton) and widget.text():
        return widget.text() if widget.sizeHint().width() > widget.width() + 1 else ""
    return ""


def _overflowing(house: House) -> list[str]:
    shown = [area for area in house.findChildren(QScrollArea) if area.isVisible() and area.widget() is not None]
    return [area.objectName() or type(area).__name__ for area in shown if area.horizontalScrollBar().maximum() > 0]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_no_text_is_cut_and_nothing_scrolls_sideways(
    make_store: MakeStore, open_house: OpenHouse, qtbot: QtBot, percent: int, language: str
) -> None:
    folder: Path = make_store("laptop", fill)
    preferences = Preferences(folder)
    preferences.percent, preferences.language = percent, language
    room = Room(open_house(folder), qtbot)
    assert look.percent() == percent
    room.session.enter_many({
        room.address("V6"): Answer("1"), room.address("V6-2"): Answer("1 7"), room.address("V4-strength"): Answer("2"),
        room.address("V4-4"): Answer("2"), room.address("V10"): Answer("1"), room.address("V7-3"): Answer("1"),
    })  # fmt: skip
    for name in ("V1-5", "V1-6", "V6-2", "V4-4", "V10"):
        room.go(name)
        room.settle()
        assert _all_cut(room) == [], (name, percent, language)
    for page in ("guidance", "review"):
        room.desk.go(page, TARGET)
        room.settle()
        assert _all_cut(room) == [], (page, percent, language)
    assert _overflowing(room.house) == []
    use_language("ja")


def _all_cut(room: Room) -> list[str]:
    shown = [widget for widget in room.house.findChildren(QWidget) if widget.isVisible()]
    assert sum(isinstance(widget, QLabel) and bool(widget.text()) for widget in shown) > 20
    return [text for widget in shown if (text := _cut(widget))]


def test_the_measure_sees_a_cut_text(room: Room) -> None:
    label = next(widget for widget in room.house.findChildren(QLabel) if widget.isVisible() and len(widget.text()) > 4)
    label.setFixedSize(10, 8)
    assert _cut(label) == label.text()


def test_a_window_made_narrow_becomes_strips_at_the_same_question(room: Room) -> None:
    room.go("V5")
    room.key(Qt.Key.Key_F3)
    compose(room.interview.floor.side.opinions.area, "", "言いかけ")  # type: ignore[union-attr]
    assert room.interview.floor is not None and room.interview.floor.outline is not None
    room.house.resize(1100, 700)
    room.qtbot.waitUntil(lambda: room.interview.floor is not None and room.interview.floor.narrow, timeout=5000)
    room.settle()
    assert room.current() == "V5"
    assert room.interview.floor.side.opinions.area.toPlainText() == "言いかけ"
