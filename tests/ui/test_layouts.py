"""How pages and their parts use the room they have."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QVBoxLayout,
)

from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.reachability.model import Party, PartyKind
from console.domain.text import N_
from console.ui.icons import Icon, icon
from console.ui.pages.page import PAGE_EDGES
from console.ui.reachability.matrix import Matrix, MatrixModel, MatrixView
from console.ui.widgets.action_bar import ActionBar
from console.ui.widgets.code_view import CodeView
from console.ui.widgets.empty_state import EmptyState
from console.ui.widgets.fact_sheet import Fact, FactSheet
from console.ui.widgets.object_details import ObjectDetails
from console.ui.widgets.related_list import RelatedList, RelatedObject

DIGITS_AFTER_HYPHENS = "0A870093-8043-4495-8009-608062841600"


@pytest.mark.parametrize(
    "page", ["Containers", "Checks", "Explain", "Discovery", "Activity", "Firewall", "Swarm"]
)
def test_that_every_page_begins_at_the_same_edge(at_practice_host, page):
    person = at_practice_host
    stack = person.in_front.findChild(QStackedWidget)
    before = stack.currentWidget()
    person.go_to(page)
    person.wait(lambda: stack.currentWidget() is not before)

    def begins():
        shown = stack.currentWidget()
        kinds = (QTabBar, QToolBar, QAbstractItemView, QLineEdit, EmptyState)
        parts = [part for kind in kinds for part in shown.findChildren(kind) if part.isVisible()]
        return min((part.mapTo(shown, QPoint(0, 0)).x() for part in parts), default=None)

    person.wait(lambda: begins() == PAGE_EDGES[0])


def test_that_commands_are_shown_whole_where_there_is_room(appearance, desk, qtbot):
    column = QVBoxLayout(desk)
    view = CodeView("Commands", desk, lines=3, grows=False)
    column.addWidget(view)
    column.addStretch(1)
    text = view.findChild(QPlainTextEdit)
    view.show_text("docker version")
    qtbot.waitUntil(lambda: text.height() == text.minimumHeight())
    view.show_text("\n".join(f"docker network rm network-{at}" for at in range(7)))
    qtbot.waitUntil(lambda: text.height() > text.minimumHeight())
    assert text.verticalScrollBar().maximum() == 0
    of_seven = text.height()
    view.show_text("\n".join(f"docker network rm network-{at} {'word ' * 12}" for at in range(4)))
    desk.resize(450, 700)
    qtbot.waitUntil(lambda: text.height() > of_seven)
    desk.resize(1400, 700)
    qtbot.waitUntil(lambda: text.height() < of_seven)
    view.show_text("\n".join(f"docker network rm network-{at}" for at in range(70)))
    qtbot.waitUntil(lambda: text.verticalScrollBar().maximum() > 0)
    assert text.height() < desk.height() / 2


WORDS = ("Run container", "Start container", "Stop container", "Refresh")


@pytest.fixture
def bar(appearance, desk):
    actions = {words: QAction(icon(Icon.START), words, desk) for words in WORDS}
    made = ActionBar(actions, WORDS, "Actions", desk)
    made.show()
    return made


def wordy(bar):
    return [
        action.text()
        for action in bar.actions()
        if bar.widgetForAction(action).toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    ]


@pytest.mark.parametrize("room", range(120, 700, 20))
def test_that_buttons_keep_their_words_from_the_left_as_far_as_the_room_goes(bar, room):
    bar.fit(room)
    kept = wordy(bar)
    assert kept == list(WORDS[: len(kept)])
    bar.layout().activate()
    assert bar.sizeHint().width() <= max(room, 160)


def test_that_all_buttons_have_words_where_there_is_room_and_none_where_there_is_not(bar):
    bar.fit(1000)
    assert wordy(bar) == list(WORDS)
    bar.fit(100)
    assert wordy(bar) == []


def related(title):
    return RelatedObject(ObjectRef(ObjectKind.COMPARTMENT, title), title)


def test_that_the_names_of_related_objects_are_wrapped_and_not_cut(appearance, desk, qtbot):
    links = RelatedList(desk)
    links.setGeometry(0, 0, 170, 200)
    links.show()
    links.show_related([related("Compartment 1"), related("Compartment 1 (the host's own)")], 0)
    short, long = (links.visualItemRect(links.item(row)) for row in range(2))
    assert long.height() > short.height()
    assert links.textElideMode() == Qt.TextElideMode.ElideNone
    links.setGeometry(0, 0, 400, 200)
    qtbot.waitUntil(lambda: links.visualItemRect(links.item(1)).height() < short.height() + 1 < long.height())


def test_that_links_are_as_wide_whatever_the_facts_beside_them_are(appearance, desk, qtbot):
    widths = []
    for value in ("a", DIGITS_AFTER_HYPHENS * 2, "many words " * 30):
        details = ObjectDetails(desk)
        details.show_object(None, (Fact(N_("Test", "One"), N_("Test", "Name"), value),))
        details.show_related([related("Compartment 1")], 0)
        details.setGeometry(0, 0, 900, 300)
        details.show()
        qtbot.waitUntil(lambda details=details: details.related.width() > 0)
        widths.append(details.related.width())
        details.hide()
    assert len(set(widths)) == 1


def test_that_an_id_without_a_place_to_break_calls_for_no_scroll_bar(appearance, desk):
    sheet = FactSheet(desk)
    sheet.setGeometry(0, 0, 260, 200)
    sheet.show()
    sheet.show_facts((Fact(N_("Test", "One"), N_("Test", "Subnets and gateways"), DIGITS_AFTER_HYPHENS),))
    sheet.widget().layout().activate()
    assert sheet.widget().minimumSizeHint().width() <= sheet.viewport().width()


def test_that_the_names_above_the_matrix_are_shown_whole(appearance, desk):
    names = ("web", "printer-gateway-two")
    ends = tuple(Party(PartyKind.CONTAINER, name) for name in names)
    model = MatrixModel(desk)
    view = MatrixView(model, desk)
    model.show_matrix(Matrix(ends, names, {}))
    bold = view.horizontalHeader().font()
    bold.setBold(True)
    for at, name in enumerate(names):
        assert view.columnWidth(at) >= QFontMetrics(bold).horizontalAdvance(name) + 16
