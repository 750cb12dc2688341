"""Every page walked with the keyboard alone: reached, used for what it is for, and left again.

Nothing here clicks. The pages are those of the registry: one without a walk fails.
"""

from functools import partial

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog

from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.startup import KnownHosts, Practice
from console.ui.pages.page import ContextPage
from console.ui.pages.registry import GROUPS, PAGES, pages_in
from console.ui.texts import shown
from tests.person import PATIENCE_MS, Person, Role, name_of, walk
from tests.ui.compose.files import shop

NAVIGATION = "Pages"
MOST_PANES = 8
TURNS_TO_APPEAR = 3
MOST_STOPS = 150
"""More than any page has, with the links of the help's contents."""

REFUSED = "Error response from daemon: hnsCall failed in Win32: An adapter was not found. (0x803b0006)"


class Walker(Person):
    """A person whose mouse is broken."""

    def click(self, role, name):
        raise AssertionError("there is no mouse here")

    def press(self, keys):
        """Press a key, though never in the turn in which a page appears: its actions are judged after it."""
        for _ in range(TURNS_TO_APPEAR):
            QApplication.processEvents()
        super().press(keys)

    def go(self, keys, wanted, most):
        """Press ``keys`` until the keyboard is on what is called ``wanted``."""
        met = []
        self.wait(lambda: self.there(wanted))  # what comes a moment later is passed by
        for _ in range(most):
            if self.keyboard_is_on == wanted:
                return
            self.press(keys)
            met.append(self.keyboard_is_on)
        raise AssertionError(f"{keys} never comes to {wanted!r}, but to {met}")

    def there(self, name):
        """Whether anything of that name is in sight, and can be used."""
        root = QAccessible.queryAccessibleInterface(self.in_front)
        return any(name_of(item) == name and not item.state().disabled for item in walk(root))

    def to_pane(self, wanted):
        """Go with F6, first out of where the keyboard is: a table may be called like its tab."""
        self.press("F6")
        self.go("F6", wanted, MOST_PANES)

    def to_stop(self, wanted):
        """Go with Tab."""
        self.go("Tab", wanted, MOST_STOPS)

    def to_table(self, table):
        """Go with F6 to a table, past the tab of the same name."""
        for _ in range(MOST_PANES):
            focus = QAccessible.queryAccessibleInterface(QApplication.focusWidget())
            if focus.role() == Role.Table and self.keyboard_is_on == table:
                return
            self.press("F6")
        raise AssertionError(f"F6 never comes to the table {table!r}")

    def finds(self, words, table):
        """Filter a table by Ctrl+F, and go into it by Enter."""
        self.wait(lambda: self.rows(table))
        everything = len(self.rows(table))
        self.press("Ctrl+F")
        self.wait(lambda: self.keyboard_is_on.startswith("Search"))
        self.write(words)
        self.wait(lambda: len(self.rows(table)) < everything or words in str(self.rows(table)[0]))
        assert self.rows(table)
        self.press("Return")
        self.wait(lambda: self.keyboard_is_on == table)

    def selects(self, table, row=0):
        """Go down in a table to its first row, or a later one."""
        self.wait(lambda: self.rows(table))
        self.to_table(table)
        for key in ("PgUp", "Space", *["Down"] * row):
            self.press(key)
        self.wait(lambda: self.selected_rows(table))

    def address_of(self, container):
        """The first address of a container of the host shown."""
        there = self.session.snapshot.containers.value
        return next(one.endpoints[0].address for one in there if one.name == container)

    def back_in_front(self):
        """As a window manager does when a dialog is gone."""
        self.wait(lambda: QApplication.activeModalWidget() is None)
        self.in_front.activateWindow()
        self.wait(lambda: self.in_front.isActiveWindow() and QApplication.focusWidget() is not None)


def keys_of(page):
    """The shortcut of a page: its group's keys and its number there."""
    return f"{page.group.keys}+{pages_in(page.group).index(page) + 1}"


# What each page is for, by keys alone


def networks(walker):
    walker.finds("frontend", "Networks")
    walker.selects("Networks")
    walker.waits_for(Role.PageTab, "Summary")
    walker.press("Return")
    walker.wait(lambda: walker.keyboard_is_on == "Network details")
    walker.to_stop("Summary")
    walker.press("Right")
    walker.wait(lambda: walker.rows("Endpoints"))


def the_map(walker):
    walker.wait(lambda: "objects" in walker.reads("What the map shows"))
    walker.press("Ctrl+F")
    walker.wait(lambda: walker.keyboard_is_on == "Search the map")
    walker.write("printer-gateway")
    walker.wait(lambda: " found" in walker.reads("What the map shows"))
    walker.press("Return")
    walker.to_pane("Map of the host")
    walker.press("Return")
    walker.wait(lambda: walker.all(Role.Table, "Containers"))
    walker.wait(lambda: walker.selected_rows("Containers") == ["printer-gateway"])
    walker.press("Ctrl+2")


def checks(walker):
    walker.wait(lambda: walker.rows("Findings"))
    walker.selects("Findings")
    walker.press("Return")
    walker.waits_for(Role.Button, "Cancel")
    walker.press("Esc")
    walker.back_in_front()


def explain(walker):
    walker.to_pane("Error or log text")
    walker.write(REFUSED)
    walker.wait(lambda: walker.sees("explanations, the likeliest first"))
    walker.to_stop("Answers")


def activity(walker):
    walker.finds("shop", "Activity")
    walker.selects("Activity")
    walker.wait(lambda: walker.can(Role.Button, "Undo…"))
    walker.to_pane("Entry")
    walker.to_stop("Undo…")
    walker.press("Tab")
    assert walker.keyboard_is_on == "Steps"
    for _ in range(2):
        walker.press("Right")
    walker.wait(lambda: "docker network create" in str(_texts(walker)))


def help_page(walker):
    walker.press("Ctrl+F")
    walker.wait(lambda: walker.keyboard_is_on == "Search the help")
    walker.write("teaming")
    walker.wait(lambda: "Teams of adapters (SET)" in walker.entries_of("Help pages"))
    walker.to_pane("Help pages")
    for _ in walker.entries_of("Help pages"):
        if "Help: Teams of adapters (SET)" in walker.names(Role.StaticText):
            break
        walker.press("Down")
        chosen = QApplication.focusWidget().currentItem().text()
        walker.wait(lambda chosen=chosen: f"Help: {chosen}" in walker.names(Role.StaticText))
    walker.wait(lambda: "Help: Teams of adapters (SET)" in walker.names(Role.StaticText))
    walker.to_pane("Help: Teams of adapters (SET)")


def practice(walker):
    walker.finds("firewall-blocks-port", "Practice scenarios")
    walker.selects("Practice scenarios")
    walker.press("Return")
    walker.wait(lambda: walker.all(Role.Table, "Findings") and walker.selected_rows("Findings"))
    walker.press("Ctrl+7")


def hosts(walker):
    walker.to_pane("No host has been added yet")
    walker.to_stop("Add host…")
    walker.press("Space")
    walker.wait(lambda: walker.keyboard_is_on == "Name")
    walker.write("lab")
    walker.to_stop("Engine address")
    walker.write("lab.example.com")
    walker.wait(lambda: walker.can(Role.Button, "Add host"))
    walker.press("Return")
    walker.back_in_front()
    walker.wait(lambda: walker.all(Role.Table, "Hosts") and walker.rows("Hosts")[0]["Name"] == "lab")
    walker.selects("Hosts")


def compare(walker):
    for box in ("Before", "After"):
        walker.to_stop(box)
        walker.press("End")
    walker.wait(lambda: walker.sees("No differences"))


def containers(walker):
    walker.finds("web", "Containers")
    walker.selects("Containers", 1)
    walker.waits_for(Role.PageTab, "Inside")
    walker.press("F6")
    for _ in range(4):
        walker.press("Right")
    walker.waits_for(Role.Button, "Look inside")
    walker.to_stop("Look inside")
    walker.press("Space")
    walker.wait(lambda: walker.rows("Engine and container compared"))


def discovery(walker):
    walker.finds("db", "Names")
    walker.selects("Names")
    walker.wait(lambda: walker.reads("Name to look up"))
    walker.to_pane("Look up from container")
    walker.to_stop("Test now")
    walker.press("Space")
    walker.wait(lambda: walker.sees("As predicted. With nslookup."))


def reachability(walker):
    walker.wait(lambda: walker.rows("Rules"))
    walker.to_pane("From")
    walker.write("web-2")
    walker.to_stop("To")
    walker.write("web")
    # The prediction for the pair that stood there at first may be the same; the address is not.
    walker.wait(lambda: walker.reads("Address to try") == walker.address_of("web"))
    assert walker.reads("Prediction") == "Yes"
    walker.selects("Rules")
    walker.to_pane("Address to try")
    walker.wait(lambda: walker.can(Role.Button, "Test now"))
    walker.to_stop("Test now")
    walker.press("Space")
    walker.wait(lambda: walker.reads("Live test") == "It answers")


def ports(walker):
    walker.to_pane("Port")
    walker.write("8081")  # not what stands there at first: else an answer of before would do
    walker.wait(lambda: walker.reads("This port") == "8081/tcp is taken")
    free = walker.reads("Next free").partition("/")[0]
    walker.waits_for(Role.Button, f"Use {free}")
    walker.to_stop(f"Use {free}")
    walker.press("Space")
    walker.wait(lambda: walker.reads("This port") == f"{free}/tcp is free")


def compose(walker):
    walker.to_pane("No Compose file is open")
    walker.to_stop("Open Compose files…")
    walker.press("Space")
    walker.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    walker.wait(lambda: walker.keyboard_is_on == "File name:")
    walker.write(str(walker.compose_file))
    walker.press("Return")
    walker.back_in_front()
    walker.wait(lambda: walker.rows("Networks"))
    walker.finds("front", "Networks")


def memory(walker):
    walker.finds("sealed", "Remembered networks")
    walker.selects("Remembered networks")
    walker.wait(lambda: walker.sees("10.99.0.0/24, gateway 10.99.0.1"))


def limits(walker):
    walker.to_pane("Limits")
    _read_to_the_end(walker)


def swarm(walker):
    walker.wait(lambda: walker.all(Role.Table, "Nodes") and walker.rows("Nodes"))
    walker.selects("Nodes")


def host(walker):
    walker.to_pane("Facts of the host")
    _read_to_the_end(walker)
    walker.to_stop("Copy all")
    walker.press("Space")
    walker.wait(lambda: "Windows" in QGuiApplication.clipboard().text())


def listing(table):
    """A page of the Windows side: a row of its first table is chosen and its details are gone to."""

    def walk(walker):
        walker.wait(lambda: walker.all(Role.Table, table) and walker.rows(table))
        walker.press("Ctrl+F")
        walker.wait(lambda: walker.keyboard_is_on.startswith("Search"))
        walker.selects(table)
        walker.press("Return")
        walker.wait(lambda: walker.keyboard_is_on not in {table, ""})

    return walk


WALKS = {
    "networks": networks, "map": the_map, "checks": checks, "explain": explain, "activity": activity,
    "help": help_page, "practice": practice, "hosts": hosts, "compare": compare,
    "containers": containers, "discovery": discovery, "reachability": reachability, "ports": ports,
    "compose": compose, "memory": memory, "limits": limits, "swarm": swarm, "host": host,
    "adapters": listing("Adapters"), "switches": listing("vSwitches"), "hns": listing("Networks"),
    "compartments": listing("Compartments"), "nat": listing("Ports"), "firewall": listing("Rules"),
    "services": listing("Services"),
}  # fmt: skip
"""What a person does on each page, by the page's id."""


def _texts(walker):
    return [item.text(QAccessible.Text.Value) for item in walker.all(Role.EditableText)]


def _read_to_the_end(walker):
    bar = QApplication.focusWidget().verticalScrollBar()
    assert bar.maximum(), "the window is too high for there to be anything to scroll"
    for _ in range(bar.maximum() // bar.pageStep() + 1):
        walker.press("PgDown")
    assert bar.value() == bar.maximum()


@pytest.fixture
def walker(practice, session, make_window, profile, run, qtbot, tmp_path):
    """A person without a mouse before a practice host on which something was done."""
    run(session.open(practice(scenario="crowded").service))
    known = KnownHosts(profile, Practice(20348))
    made = Walker(qtbot, make_window(known, size=(1000, 620)))
    # A loaded machine may pause between two letters of an entry for longer than a person does.
    interval = QApplication.keyboardInputInterval()
    QApplication.setKeyboardInputInterval(PATIENCE_MS)
    made.session, made.compose_file = session, shop(tmp_path)
    made.wait(lambda: session.snapshot is not None and session.snapshot.facts.services.value is not None)
    made.wait(lambda: session.diagnosis.report is not None and session.diagnosis.report.asked)
    step = CreateNetwork(spec=NetworkSpec(name="shop", driver="nat"))
    assert run(session.service.apply(Plan(title=step.describe(), steps=(step,)))).completed
    yield made
    QApplication.setKeyboardInputInterval(interval)
    run(session.close())
    run(known.close())


def test_that_every_page_has_its_walk():
    assert set(WALKS) == {page.id for page in PAGES}
    assert len({keys_of(page) for page in PAGES}) == len(PAGES)
    assert all(len(pages_in(group)) <= 9 for group in GROUPS), "a page without a digit for its shortcut"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_that_a_page_is_reached_used_and_left_by_keys_alone(page, walker):
    walker.press(keys_of(page))
    is_there(page, walker)
    WALKS[page.id](walker)
    walker.wait(lambda: current_page(walker).startswith(shown(page.title)))
    walker.to_pane(NAVIGATION)


def assert_seen(focus, stops, walker):
    assert in_sight(focus, walker.in_front), f"{walker.keyboard_is_on!r} after {said(stops)} is not seen"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_that_tab_goes_round_a_page_and_stops_only_where_something_is_seen_and_named(page, walker):
    walk_to(page, walker)
    start = QApplication.focusWidget()
    stops = []
    for _ in range(MOST_STOPS):
        walker.press("Tab")
        focus = QApplication.focusWidget()
        if focus is start:
            break
        stops.append(focus)
        assert walker.keyboard_is_on, f"{focus} after {said(stops)} has no name"
        walker.wait(partial(assert_seen, focus, stops, walker))  # it may be laid out a turn later
    assert focus is start, f"Tab never comes back: {said(stops)}"
    assert any(page_widget(walker).isAncestorOf(stop) for stop in stops), "no stop on the page itself"
    walker.press("Shift+Tab")
    assert QApplication.focusWidget() is stops[-1], "the way back is another one"


def current_page(walker):
    """What the chosen entry of the navigation says."""
    item = walker.find(Role.List, NAVIGATION)
    children = (item.child(at) for at in range(item.childCount()))
    return next((name_of(child) for child in children if child.state().selected), "")


def walk_to(page, walker):
    """Go to a page by the navigation's arrow keys, which pass over its headings."""
    walker.to_pane(NAVIGATION)
    walker.press("Home")
    for _ in PAGES:
        if current_page(walker).startswith(shown(page.title)):
            break
        walker.press("Down")
    assert current_page(walker).startswith(shown(page.title))
    is_there(page, walker)
    assert walker.keyboard_is_on == NAVIGATION, "showing a page takes the keyboard away"


def is_there(page, walker):
    """Wait until a page and its parts have come into sight."""
    walker.wait(lambda: current_page(walker).startswith(shown(page.title)))
    walker.wait(lambda: page_widget(walker).isVisible() and has_parts(page_widget(walker)))
    walker.wait(lambda: not walker.sees("Looking…"))


def has_parts(page):
    """Whether a page is more than the frame into which its parts are still to come."""
    return not any(isinstance(pane, ContextPage) for pane in page.panes())


def page_widget(walker):
    """The page in sight."""
    return walker.in_front.page(walker.in_front._page_id)


def in_sight(widget, window):
    """Whether any of a widget is seen: not hidden, nor scrolled or cut off by what it lies in."""
    if not widget.isVisible():
        return False
    place = widget.rect()
    while widget is not window:
        place = QRect(place.translated(widget.pos())) & widget.parentWidget().rect()
        widget = widget.parentWidget()
    return not place.isEmpty()


def said(stops):
    return [name_of(QAccessible.queryAccessibleInterface(stop)) for stop in stops]
