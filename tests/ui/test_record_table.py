"""What a table tells of its selection, and when."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.ui.models.records import RecordModel
from console.ui.widgets.record_table import RecordTable
from console.ui.window_state import WindowState
from tests.ui.models.test_records import COLUMNS, Thing


@pytest.fixture
def table(qtbot, tmp_path):
    model = RecordModel(COLUMNS, lambda thing: thing.id)
    model.set_records([Thing(number, f"net{number}", number) for number in range(5)])
    made = RecordTable(model, "Things", WindowState(tmp_path / "state.ini"), "things")
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def told(table):
    """The current record each time that another one was chosen."""
    heard = []
    table.chosen.connect(lambda: heard.append(table.current()))
    return heard


def click(table, row, keys=Qt.KeyboardModifier.NoModifier):
    place = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, place)


@pytest.mark.parametrize(
    "choose", [RecordTable.selectRow, RecordTable.select_key, click], ids=lambda way: way.__name__
)
def test_that_another_row_is_told_without_a_moment_of_none(choose, table, told, qtbot):
    choose(table, 1)
    told.clear()
    choose(table, 3)
    assert told
    qtbot.wait(0)
    assert {thing and thing.id for thing in told} == {3}


def test_that_a_row_taken_out_of_the_selection_is_told(table, told, qtbot):
    click(table, 1)
    click(table, 3, Qt.KeyboardModifier.ControlModifier)
    told.clear()
    click(table, 3, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [None]
    assert [thing.id for thing in table.selected()] == [1]
