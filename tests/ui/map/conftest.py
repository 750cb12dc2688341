"""A person before the map of a practice host with networks of all drivers."""

import sys

import pytest
from PySide6.QtGui import QAccessible

from tests.person import Person, Role

LIST = "Map as a list"
MAP = "Map of the host"


class MapReader(Person):
    """A person at the map page, who goes from one of its views to another."""

    def look_at(self, tab):
        """Show one of the page's views."""
        self.click(Role.PageTab, tab)

    def all_rows(self):
        """Everything the list says, by name."""
        self.look_at("As a list")
        return {row["Name"]: row for row in self.rows(LIST)}

    @property
    def the_map_says(self):
        """What a screen reader says of the map: the chosen node, or how to walk."""
        self.look_at("Picture")
        return next(
            item.text(QAccessible.Text.Description)
            for item in _everything(QAccessible.queryAccessibleInterface(self.in_front))
            if item.text(QAccessible.Text.Name) == MAP and item.text(QAccessible.Text.Description)
        )

    def take_the_map(self):
        """Put the keyboard on the picture."""
        self.look_at("Picture")
        for _ in range(4):
            if self.keyboard_is_on == MAP:
                return
            self.press("F6")
        assert self.keyboard_is_on == MAP

    def choose_row(self, name):
        """Find an object of the list by its name and click it."""
        self.look_at("As a list")
        self.type("Search the map", name)
        self.wait(lambda: all(name in str(row) for row in self.rows(LIST)))
        self.click_row(LIST, name)
        self.type("Search the map", "")
        self.wait(lambda: len(self.rows(LIST)) > 20)


def _everything(item):
    yield item
    for at in range(item.childCount()):
        child = item.child(at)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from _everything(child)


def _is_loaded():
    module = sys.modules.get("console.ui.pages.map")
    return module is not None and not getattr(module.__spec__, "_initializing", False)


@pytest.fixture
def open_map(practice, session, make_window, qtbot, run):
    """Opens the map of a practice host: ``open_map("crowded")`` gives the reader before it."""

    def make(scenario="crowded", size=(1280, 800)):
        opened = practice(scenario=scenario)
        run(session.open(opened.service))
        window = make_window(size=size)
        reader = MapReader(qtbot, window)
        reader.wait(lambda: bool(session.network_rows))
        # The window loads what is likely to be asked for next off the UI thread.
        reader.wait(_is_loaded)
        # What the checks find is drawn too: the map does not change any more once all that is known.
        reader.wait(lambda: session.snapshot.facts.services.known() is not None)
        reader.wait(lambda: session.diagnosis.report is not None and not session.diagnosis.under_way)
        window.go_to("map")
        reader.wait(lambda: bool(reader.all(Role.PageTab, "Picture")))
        reader.look_at("As a list")
        known = {network.name for network in session.snapshot.networks.value} - {"none"}
        reader.wait(lambda: known <= set(reader.all_rows()))
        reader.look_at("Picture")
        return reader

    return make


@pytest.fixture
def at_map(open_map):
    return open_map()
