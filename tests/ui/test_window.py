"""The window itself: what it says of the host, hosts to switch to, themes, and a quiet end."""

import asyncio
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QMenu, QWidget

from console.backend.connection import Connection
from console.backend.host_channel import UnreadHostChannel
from console.backend.service import HostService
from console.ui.actions import (
    ACTIONS,
    CONTEXT_MENU,
    EDIT_MENU,
    MAP_MAIN_MENU,
    NETWORK_MENU,
    TOOLBAR,
    VIEW_MENU,
)
from console.ui.hosts import HostChoice
from console.ui.window_state import WindowState
from tests.person import Person, Role, name_of


@dataclass
class Offered:
    """Hosts that the test opened beforehand."""

    opened: dict

    async def choices(self):
        return tuple(
            HostChoice(key, f"Host {key} & more", one.service.connection.url, True)
            for key, one in self.opened.items()
        )

    directory = None

    async def open(self, choice_id, consent=None):
        return self.opened[choice_id]


def test_that_without_a_host_the_window_says_where_to_choose_one(person):
    assert person.sees("No host is shown")
    assert person.reads("Connection") == "Not connected"
    assert "No host" in person.in_front.windowTitle()


def test_that_title_and_status_bar_say_host_engine_build_kind_and_connection(at_practice_host, session):
    engine = session.snapshot.engine.known()
    for text in (at_practice_host.in_front.windowTitle(), at_practice_host.reads("Host status")):
        for words in (
            session.service.identity.name,
            "Practice host",
            engine.version,
            str(engine.windows.build),
            "Connected",
        ):
            assert words in text
    assert (
        at_practice_host.reads("This is a practice host: nothing here changes a real one") == "PRACTICE HOST"
    )


def test_that_a_narrow_window_still_reads_the_connection_and_shows_where_words_are_cut(
    make_window, practice, session, run, qtbot
):
    person = Person(qtbot, make_window(size=(800, 600)))
    run(session.open(practice().service))
    person.wait(lambda: session.connected and "20348" in person.reads("Host status"))
    status = person.find(Role.StaticText, "Host status").object()
    assert status.words_in_sight().startswith("Connected")
    facts = next(
        item.object() for item in person.all(Role.StaticText) if name_of(item).startswith("Docker Engine 2")
    )
    # The room beside the connection's words changes without a change of the window.
    person.wait(lambda: facts.words_in_sight() == facts.text())


def test_that_an_engine_that_is_not_there_is_told_with_what_to_do(session, person, run, journal, tmp_path):
    connection = Connection(
        id="gone", name="gone", url=f"unix://{tmp_path}/no.sock", practice=False, source="manual"
    )
    run(session.open(HostService(connection, journal, UnreadHostChannel())))
    person.wait(lambda: person.sees("The host does not answer"))
    assert "Connection lost" in person.reads("Connection")
    assert "Real host" in person.in_front.windowTitle()
    assert person.can(Role.Button, "Retry now")
    person.press_button("Retry now")
    person.wait(lambda: "Connection lost" in person.reads("Connection"))


def test_that_switching_hosts_shows_the_other_host_and_nothing_of_the_first(
    practice, session, make_window, run, qtbot
):
    first, second = practice(), practice(os_build=14393)
    offered = Offered({"one": first, "two": second})
    person = Person(qtbot, make_window(offered))
    run(session.open(first.service))
    person.wait(lambda: bool(person.rows("Networks")))
    person.click_row("Networks", "nat")
    person.press_button("Switch host")
    person.wait(lambda: "Host two & more" in person.entries())
    person.choose_entry("Host two & more")
    person.wait(lambda: session.service is second.service and bool(session.network_rows))
    assert session.snapshot.host == second.service.identity
    person.wait(lambda: len(person.rows("Networks")) == len(session.network_rows))
    assert person.selected_rows("Networks") == []
    person.wait(lambda: "14393" in person.reads("Host status"))


def test_that_closing_ends_the_host_and_every_task(practice, session, tasks, make_window, run, qtbot):
    opened = practice()
    window = make_window()
    run(session.open(opened.service, opened.close))
    window.close()
    assert window.isVisible()
    assert window.close_requested.is_set()
    run(window.say_goodbye(5.0))
    assert not window.isVisible()
    assert tasks.under_way == ()
    assert opened.service.status.state == "closed"


def test_that_a_window_that_is_leaving_opens_no_host_and_stays_behind(
    practice, session, tasks, make_window, run, qtbot
):
    opened = practice()
    window = make_window(Offered({"1": opened}))
    window.close()
    run(window.say_goodbye(5.0))
    run(window.open_host("1"))
    window.come_to_front()
    assert session.hosts == ()
    assert not window.isVisible()


def test_that_a_host_that_was_being_opened_when_the_window_was_closed_is_let_go(
    practice, session, make_window, run, loop
):
    opened, begun, going_on = practice(), asyncio.Event(), asyncio.Event()

    class Slow(Offered):
        async def open(self, choice_id, consent=None):
            begun.set()
            await going_on.wait()
            return await super().open(choice_id, consent)

    window = make_window(Slow({"1": opened}))
    opening = loop.create_task(window.open_host("1"))
    run(begun.wait())
    window.close()
    going_on.set()
    run(asyncio.wait({opening}))
    assert session.hosts == ()
    assert opened.service.status.state == "closed"


def test_that_size_and_page_are_remembered_in_a_file(
    session, tasks, appearance, make_window, tmp_path, qtbot
):
    from console.ui.window import MainWindow

    path = tmp_path / "ü" / "window.json"
    state = WindowState(path)
    window = MainWindow(session, tasks, appearance, state)
    window.resize(780, 560)  # within the offscreen screen of 800 x 800
    window.go_to("activity")
    window.remember()
    again = MainWindow(session, tasks, appearance, WindowState(path))
    assert again.size() == QSize(780, 560)
    assert WindowState(path).get("window")["page"] == "activity"


def test_that_a_first_window_has_room_on_a_small_screen(session, tasks, appearance):
    from console.ui.window import MainWindow

    window = MainWindow(session, tasks, appearance, WindowState(None))
    room = window.screen().availableSize()  # 800 x 800: less than is asked for on a large one
    assert window.width() < room.width()
    assert window.height() < room.height()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99, "entries": {"window": {"a": 1}}}', "\0"])
def test_that_a_damaged_state_file_is_as_good_as_none(tmp_path, text, caplog):
    path = tmp_path / "window.json"
    path.write_text(text)
    assert WindowState(path).get("window") == {}


def test_that_the_state_of_a_newer_console_is_left_as_it_is(tmp_path):
    path = tmp_path / "window.json"
    text = '{"format": 2, "entries": {"window": {"page": "of the future"}}}'
    path.write_text(text)
    state = WindowState(path)
    assert state.get("window") == {}
    state.set("window", page="networks")
    assert state.save()
    assert path.read_text() == text


@pytest.mark.parametrize("page", [7, [], {}, None])
def test_that_state_of_wrong_shapes_leaves_the_columns_as_declared(session, tasks, appearance, qtbot, page):
    from console.ui.window import MainWindow

    state = WindowState(None)
    state.set(
        "networks-table", columns=["x", {"id": "name", "width": "wide"}, {"id": "gone"}], sort=[1, ["name"]]
    )
    state.set("window", page=page, theme="pink", geometry="%%%")
    window = MainWindow(session, tasks, appearance, state)
    with qtbot.waitActive(window):
        window.show()
    person = Person(qtbot, window)
    person.wait(lambda: person.sees("No host is shown"))
    window.deleteLater()


def test_that_every_control_has_a_name_and_is_large_enough_to_hit(at_practice_host):
    at_practice_host.click_row("Networks", "nat")
    window = at_practice_host.in_front
    nameless, small = [], []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox) or not widget.isVisible():
            continue
        inside = widget.parentWidget()
        if widget.objectName().startswith("qt_") or (inside and inside.objectName().startswith("qt_")):
            continue
        name = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not name:
            nameless.append((widget, widget.objectName(), inside))
        # Buttons inside a line edit (clear, search mark) count with the field they belong to.
        if not isinstance(inside, QLineEdit) and min(widget.width(), widget.height()) < 24:
            small.append((name, widget.size()))
    assert not nameless
    assert not small


def test_that_no_two_entries_of_a_menu_share_a_mnemonic(person):
    def marks(actions):
        texts = [action.text().replace("&&", "") for action in actions if not action.isSeparator()]
        return [text[text.index("&") + 1].lower() for text in texts if "&" in text]

    menus = [person.in_front.menuBar(), *person.in_front.menuBar().findChildren(QMenu)]
    for menu in menus:
        found = marks(menu.actions())
        assert len(found) == len(set(found)), (menu, found)


def test_that_actions_are_declared_once_and_each_is_in_a_menu_or_bar():
    ids = [action.id for action in ACTIONS]
    assert len(ids) == len(set(ids))
    keys = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(keys) == len(set(keys))
    offered = {
        *TOOLBAR,
        *CONTEXT_MENU,
        *NETWORK_MENU,
        *MAP_MAIN_MENU,
        *EDIT_MENU,
        *VIEW_MENU,
        "retry",
        "sign-in",
        "quit",
        "close-host",
        "help",
    }
    assert {one for one in ids if not one.startswith("theme-")} <= offered


def test_that_the_palette_lists_what_is_blocked_with_the_reason_and_runs_what_is_not(at_practice_host):
    person = at_practice_host
    person.press("Ctrl+K")
    person.waits_for(Role.EditableText, "Command")
    person.type("Command", "connect")
    assert person.reads("Why not")
    person.type("Command", "dark")
    assert person.reads("Why not") == ""
    person.press("Return")
    person.wait(lambda: QApplication.palette().window().color().lightness() < 128)
    person.choose("View", "Colours", "Light")
    person.wait(lambda: QApplication.palette().window().color().lightness() > 128)


def test_that_all_fits_into_800_by_600(practice, session, make_window, run, qtbot):
    window = make_window(size=(800, 600))
    person = Person(qtbot, window)
    run(session.open(practice().service))
    person.wait(lambda: bool(session.network_rows) and bool(person.rows("Networks")))
    person.click_row("Networks", person.rows("Networks")[0]["Name"])
    assert window.size() == QSize(800, 600)
    for name in ("New network", "Remove", "Prune", "Refresh", "Switch host", "Columns"):
        item = next(item for role in (Role.Button, Role.ButtonMenu) for item in person.all(role, name))
        assert window.rect().contains(window.mapFromGlobal(item.rect().center())), name
