"""The columns of a table in the room there is: shared, given way, and left as a person set them."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem

from console.domain.text import N_
from console.ui.models.records import Column, RecordModel
from console.ui.widgets.column_widths import GROWTH, ColumnWidth, shared
from console.ui.widgets.record_table import RecordTable
from console.ui.window_state import WindowState

WORD = ColumnWidth(100, 100, 60)
SENTENCE = ColumnWidth(400, 200, 60)
NUMBER = ColumnWidth(80, 80, 60, gives=False)


def test_that_spare_room_goes_to_columns_of_words_in_proportion():
    assert shared([WORD, NUMBER, SENTENCE], 630) == [110, 80, 440]


def test_that_cells_of_a_row_do_not_drift_apart_in_a_wide_table():
    assert shared([WORD, NUMBER], 2000) == [int(100 * (1 + GROWTH)), 80]


def test_that_sentences_give_way_before_a_scroll_bar_is_called_for():
    assert shared([WORD, NUMBER, SENTENCE], 500) == [100, 80, 320]


def test_that_a_few_pixels_too_little_call_for_no_scroll_bar():
    widths = shared([WORD, WORD, NUMBER], 270)
    assert sum(widths) <= 270
    assert widths[2] == 80
    assert min(widths) >= 60


def test_that_columns_that_do_not_fit_are_scrolled_and_keep_what_they_want():
    assert shared([WORD] * 5, 300) == [100] * 5


@pytest.mark.parametrize("room", range(150, 900, 7))
def test_that_no_column_is_narrower_than_its_title(room):
    columns = [WORD, NUMBER, SENTENCE, WORD]
    assert all(width >= one.least for width, one in zip(shared(columns, room), columns, strict=True))


COLUMNS = (
    Column("address", N_("Test", "Address"), lambda row: row[0], width=15),
    Column("rule", N_("Test", "Rule"), lambda row: row[1], width=12, alike=True),
    Column("port", N_("Test", "Port"), lambda row: row[2], width=8, numeric=True),
)
ROWS = [("172.131.248.250", "HNS Container Networking - DNS (UDP)", 53)]


@pytest.fixture
def state():
    return WindowState(None)


@pytest.fixture
def table(appearance, desk, state):
    return made(desk, state)


def made(desk, state):
    model = RecordModel(COLUMNS, lambda row: row[0])
    model.set_records(ROWS)
    view = RecordTable(model, "Rules", state, "rules", desk)
    view.setGeometry(0, 0, 700, 200)
    view.show()
    return view


def widths(view):
    return [view.columnWidth(at) for at in range(3)]


def test_that_the_longest_address_is_shown_whole(table):
    table.setGeometry(0, 0, 200, 200)
    assert table.sizeHintForColumn(0) <= table.columnWidth(0)


def test_that_numbers_at_the_end_stay_beside_the_words_they_belong_to(table):
    before = table.columnWidth(2)
    table.setGeometry(0, 0, 1000, 200)
    assert table.columnWidth(2) == before


def test_that_names_with_one_beginning_keep_their_ends_and_others_their_beginnings(table):
    modes = []
    for at in range(2):
        option = QStyleOptionViewItem()
        table.initViewItemOption(option)
        table.itemDelegateForIndex(table.model().index(0, at)).initStyleOption(
            option, table.model().index(0, at)
        )
        modes.append(option.textElideMode)
    assert modes == [Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle]


def drag(table, at, by):
    header = table.horizontalHeader()
    edge = header.sectionViewportPosition(at) + header.sectionSize(at) - 1
    middle = header.height() // 2
    QTest.mousePress(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge, middle))
    QTest.mouseMove(header.viewport(), QPoint(edge + by, middle))
    QTest.mouseRelease(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(edge + by, middle))


def test_that_a_width_a_person_drags_stays_when_the_table_is_resized_and_is_remembered(table, desk, state):
    shared_ones = widths(table)
    drag(table, 0, 60)
    assert table.columnWidth(0) == shared_ones[0] + 60
    dragged = widths(table)
    table.setGeometry(0, 0, 500, 200)
    assert widths(table) == dragged
    table.remember()
    assert widths(made(desk, state)) == dragged
    table.reset_columns()
    table.setGeometry(0, 0, 700, 200)
    assert widths(table) == shared_ones


def test_that_widths_nobody_chose_are_shared_anew_in_another_window(table, desk, state):
    table.setGeometry(0, 0, 420, 200)
    table.remember()
    wider = made(desk, state)
    assert wider.columnWidth(0) > table.columnWidth(0)
