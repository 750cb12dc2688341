"""A session on a practice host, over real HTTP, for tests of pages and dialogs (fixture ``lab``)."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from console.backend.host_channel import HostChannel
from console.backend.journal import Journal
from console.backend.service import HostService
from console.demo.scenarios import steps
from console.domain.plan import Plan
from console.domain.text import N_
from console.startup import practice_channel
from tests.person import Person, Role, name_of


class Practice:
    """What a test can do behind the person's back, and ask about the host."""

    def __init__(self, opened, session, run, qtbot, journal: Journal, journal_path: Path) -> None:
        """``opened`` is what serves the host."""
        self.session = session
        self.journal_path = journal_path
        self.host = opened.server.host
        self._connection = opened.service.connection
        self._journal = journal
        self._run = run
        self._qtbot = qtbot

    def prepare(self) -> None:
        """Two networks of one's own, one in use, and a container without a second one."""
        steps.network(self.host, "frontend", "nat", subnet="10.5.0.0/24", gateway="10.5.0.1")
        steps.network(self.host, "unused", "nat", subnet="10.6.0.0/24", gateway="10.6.0.1")
        steps.run(self.host, "web", "iis", network="frontend", ports={"80/tcp": 8080})

    def open(self, channel: HostChannel | None = None, **how) -> None:
        """Connect the session and wait until the host is there; ``how`` as :class:`HostService` takes it."""
        channel = channel or practice_channel(self.host)
        service = HostService(self._connection, self._journal, channel, **how)
        self._run(self.session.open(service))
        self.wait(lambda: self.session.connected)

    def wait(self, condition) -> None:
        def held() -> None:
            assert condition()

        self._qtbot.waitUntil(held, timeout=5000)

    def network(self, name: str):
        """The network of this name as the session knows it; None where there is none."""
        return next((one for one in self.session.snapshot.networks.value if one.name == name), None)

    def networks(self) -> set[str]:
        return {one.name for one in self.session.snapshot.networks.value}

    def attached_to(self, name: str) -> set[str]:
        return {
            container.name
            for container in self.session.snapshot.containers.value
            for endpoint in container.endpoints
            if endpoint.network_name == name
        }

    def ask(self, dialog):
        """Open a dialog and wait until it has the keyboard."""
        dialog.open()
        dialog.activateWindow()  # as a window manager does
        self.wait(dialog.isActiveWindow)
        return dialog

    def do(self, *plan_steps):
        """Apply a plan without any dialog."""
        plan = Plan(title=N_("Test", "Behind the person's back"), steps=plan_steps)
        return self._run(self.session.service.apply(plan))


def tree_rows(person: Person, name: str) -> list[tuple[str, ...]]:
    """The rows of a tree of one level as the words of their cells."""
    return [tuple(name_of(cell) for cell in row) for row in _cells(person, name)]


def click_tree_row(person: Person, name: str, row: str) -> None:
    """Click the first cell of the row that says ``row``."""
    person.wait(lambda: any(said[0] == row for said in tree_rows(person, name)))
    first = next(cells[0] for cells in _cells(person, name) if name_of(cells[0]) == row)
    place = first.rect().center()
    widget = person.in_front.childAt(person.in_front.mapFromGlobal(place))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.mapFromGlobal(place))


def _cells(person: Person, name: str):
    tree = person.find(Role.Tree, name)
    children = [tree.child(at) for at in range(tree.childCount())]
    width = sum(child.role() == Role.ColumnHeader for child in children)
    cells = [child for child in children if child.role() == Role.TreeItem]
    return [cells[at : at + width] for at in range(0, len(cells), width)]
