"""How controls look in every theme: what the style sheet and the shared widgets promise of all pages."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTabBar, QTreeWidgetItem

from console.domain.text import N_
from console.ui import theme
from console.ui.models.records import Column, RecordModel
from console.ui.theme import Theme
from console.ui.widgets.number_field import NumberField
from console.ui.widgets.plain_table import PlainTable, RowsOfTables
from console.ui.widgets.record_table import ROW_HEIGHT
from console.ui.widgets.record_view import RecordView
from tests.ui.test_contrast import MARK, contrast


@pytest.fixture(params=Theme)
def look(request, appearance):
    appearance.choose(request.param)
    yield request.param
    appearance.choose(Theme.LIGHT)


def colours_in(picture, area):
    """How often each colour is in a part of a picture."""
    found = {}
    for x in range(area.left(), area.right() + 1):
        for y in range(area.top(), area.bottom() + 1):
            name = picture.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


@pytest.fixture
def ticked_list(desk):
    box = QListWidget(desk)
    box.setItemDelegate(RowsOfTables(box))
    for words in ("This host", "Another host"):
        item = QListWidgetItem(words)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Unchecked)
        box.addItem(item)
    box.setGeometry(0, 0, 300, 200)
    return box


def test_that_the_tick_box_of_a_row_has_an_edge_that_can_be_seen(look, ticked_list):
    ticked_list.show()
    picture = ticked_list.viewport().grab().toImage()
    row = ticked_list.visualItemRect(ticked_list.item(0))
    edge = theme.roles(look).border
    before_words = QRect(row.left(), row.top(), 22, row.height())
    assert colours_in(picture, before_words).get(edge, 0) > 20
    assert contrast(edge, theme.palette(look).color(QPalette.ColorRole.Base)) >= MARK


def test_that_rows_with_and_without_a_tick_box_are_as_high_as_those_of_tables(ticked_list, desk):
    table = PlainTable("Steps", ("Step", "State"), desk)
    table.addTopLevelItem(_row("plain"))
    ticked_list.item(1).setData(Qt.ItemDataRole.CheckStateRole, None)
    heights = {ticked_list.sizeHintForRow(row) for row in (0, 1)} | {table.sizeHintForRow(0)}
    assert heights == {ROW_HEIGHT}


def _row(*words):

    return QTreeWidgetItem(list(words))


def first_dark_column(picture, area, ground):
    """The first column of pixels that holds a letter."""
    for x in range(area.left(), area.right() + 1):
        if any(contrast(picture.pixelColor(x, y), ground) > 2 for y in range(area.top(), area.bottom() + 1)):
            return x
    return None


def test_that_the_words_of_a_plain_table_begin_below_those_of_its_title(appearance, desk):
    table = PlainTable("Steps", ("Heading", "State"), desk)
    table.addTopLevelItem(_row("Heading", "Waiting"))
    table.setGeometry(0, 0, 400, 200)
    table.show()
    header = table.header().grab().toImage()
    title = QRect(0, 0, table.columnWidth(0) - 2, header.height() - 2)
    begins = first_dark_column(header, title, header.pixelColor(1, 1))
    rows = table.viewport().grab().toImage()
    cell = table.visualItemRect(table.topLevelItem(0))
    below = first_dark_column(rows, cell, rows.pixelColor(1, cell.center().y()))
    assert begins is not None
    assert abs(below - begins) <= 1


def test_that_the_row_with_the_keyboard_is_edged_from_end_to_end(look, desk, qtbot):
    table = PlainTable("Steps", ("Step", "State"), desk)
    table.addTopLevelItem(_row("one", "Waiting"))
    table.setGeometry(0, 0, 400, 200)
    table.show()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.setCurrentItem(table.topLevelItem(0))
    table.clearSelection()
    picture = table.viewport().grab().toImage()
    row = table.visualItemRect(table.topLevelItem(0))
    top = {picture.pixelColor(x, row.top()).name() for x in range(2, table.viewport().width() - 4)}
    assert top == {theme.roles(look).accent}


NUMBERS = (
    Column("port", N_("Test", "Port"), lambda row: row, numeric=True, width=10),
    Column("name", N_("Test", "Name"), lambda row: f"n{row}", width=10),
)


def test_that_the_sort_arrow_stands_before_the_words_of_a_title_at_the_right(appearance, desk):
    model = RecordModel(NUMBERS, lambda row: row)
    model.set_records([80, 443])
    table = RecordView(model, "Ports", desk)
    table.setGeometry(0, 0, 500, 200)
    table.show()

    def title():
        picture = table.horizontalHeader().grab(QRect(0, 0, table.columnWidth(0) - 1, 24)).toImage()
        ground = picture.pixelColor(1, 1)
        return [
            x
            for x in range(picture.width())
            if any(contrast(picture.pixelColor(x, y), ground) > 2 for y in range(picture.height() - 2))
        ]

    table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    words = title()
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    with_arrow = title()
    assert set(words) <= set(with_arrow)
    arrow = set(with_arrow) - set(words)
    assert arrow
    assert max(arrow) < min(words)


def test_that_the_cell_with_the_keyboard_in_a_chosen_row_is_edged_and_no_other(look, desk, qtbot):
    model = RecordModel(NUMBERS, lambda row: row)
    model.set_records([80, 443])
    table = RecordView(model, "Ports", desk)
    table.setGeometry(0, 0, 500, 200)
    table.show()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_Right)
    colours = theme.palette(look)
    edge = colours.color(QPalette.ColorRole.HighlightedText).name()
    ground = colours.color(QPalette.ColorRole.Highlight).name()
    picture = table.viewport().grab().toImage()
    for column, expected in ((1, edge), (0, ground)):
        cell = table.visualRect(model.index(0, column))
        top = {picture.pixelColor(x, cell.top()).name() for x in range(cell.left() + 2, cell.right() - 2)}
        assert top == {expected}, column


def test_that_the_tab_in_front_has_a_line_in_the_accent_colour(look, desk):
    bar = QTabBar(desk)
    for words in ("Ports", "Instances", "Listening ports"):
        bar.addTab(words)
    bar.setCurrentIndex(1)
    bar.setGeometry(0, 0, 500, bar.sizeHint().height())
    bar.show()
    picture = bar.grab().toImage()
    accent = theme.roles(look).accent
    marked = [at for at in range(bar.count()) if colours_in(picture, bar.tabRect(at)).get(accent, 0) > 40]
    assert marked == [1]
    assert all(bar.tabRect(at).height() >= bar.fontMetrics().height() + 8 for at in range(bar.count()))


def test_that_a_number_stands_off_the_edge_of_its_field(appearance, desk):
    field = NumberField(desk)
    field.setMaximum(65535)
    field.setValue(8888)
    field.setGeometry(0, 0, 120, 26)
    field.show()
    picture = field.grab().toImage()
    inside = QRect(3, 5, 60, 16)
    assert first_dark_column(picture, inside, picture.pixelColor(4, 4)) >= 6
