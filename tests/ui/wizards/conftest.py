"""A wizard on a practice host that is really served, and a person in front of it."""

import asyncio

import docker
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from console.backend.host_channel import UnreadHostChannel
from console.backend.service import HostService
from console.startup import PracticeSession
from console.ui.wizards.network import NetworkWizard
from tests.person import Person, Role, name_of


class Filler(Person):
    """A person who fills in the wizard."""

    def choose_driver(self, title: str) -> None:
        """Go to a card with the arrow keys, as one does among radio buttons."""
        # The first is chosen when the host has told which drivers it offers.
        self.wait(lambda: any(card.state().checked for card in self.all(Role.RadioButton)))
        cards = self.all(Role.RadioButton)
        names = [name_of(card) for card in cards]
        chosen = next(at for at, card in enumerate(cards) if card.state().checked)
        self.click(Role.RadioButton, names[chosen])
        way = "Down" if names.index(title) > chosen else "Up"
        for _ in cards:
            if self.keyboard_is_on == title:
                return
            self.press(way)
        raise AssertionError(f"the keyboard never got to {title!r}; it is on {self.keyboard_is_on!r}")

    def next(self) -> None:
        self.press_button("Next")

    def back(self) -> None:
        self.press_button("Back")

    def value(self, name: str, role: Role = Role.EditableText) -> str:
        """What stands in the field called ``name``."""
        return self.find(role, name).text(QAccessible.Text.Value)

    def ticked(self, role: Role, name: str) -> bool:
        return bool(self.find(role, name).state().checked)

    def pick(self, box: str, choice: str) -> None:
        """Choose in a box by typing the start of the choice, as one does."""
        self.find(Role.ComboBox, box).object().setFocus()
        QTest.keyClicks(QApplication.focusWidget(), choice)

    def is_at(self, instruction: str) -> None:
        self.wait(lambda: self.sees(instruction))

    def says(self, words: str) -> None:
        self.wait(lambda: self.sees(words))

    def wizard_is_gone(self) -> bool:
        """Whether the wizard closed by itself."""
        return not self._window.isVisible()

    def skip(self) -> None:
        self.press_button("Skip to review")

    def create(self) -> None:
        self.press_button("Create network")


def is_read(session, *, host_facts):
    """Whether the engine was read, and with ``host_facts`` its Windows side: they come one by one."""
    adapters = session.snapshot.facts.adapters if session.snapshot is not None else None
    return session.connected and (not host_facts or adapters.known() is not None)


def start_swarm(url):
    """``docker swarm init`` on the engine at ``url``."""
    client = docker.APIClient(base_url=url, timeout=10)
    client.init_swarm(advertise_addr="192.168.1.10")
    client.close()


@pytest.fixture
def host(session, practice, journal, run):
    """Connects ``session`` to a practice host; gives the practice host itself."""

    def connect(os_build=20348, scenario="default", *, host_facts=True, swarm=False):
        made = practice(os_build=os_build, scenario=scenario)
        if swarm:
            run(asyncio.to_thread(start_swarm, made.server.url))
        if not host_facts:
            # As with a real host whose Windows side can't be read: only the engine answers.
            service = HostService(made.service.connection, journal, UnreadHostChannel())
            made = PracticeSession(service, made.server)
        run(session.open(made.service))
        return made

    yield connect
    run(session.close())


@pytest.fixture
def filler(session, tasks, host, qtbot, appearance):
    """Opens the wizard on a practice host and gives the person in front of it."""
    opened = []

    def open_wizard(*, draft=None, connected=False, keep=None, **how):
        if not connected:
            served = host(**how)
            if keep is not None:
                keep.append(served)
            qtbot.waitUntil(lambda: is_read(session, host_facts=how.get("host_facts", True)), timeout=10_000)
        wizard = NetworkWizard(session, tasks, draft=draft)
        opened.append(wizard)
        with qtbot.waitActive(wizard):
            wizard.open()
        person = Filler(qtbot, wizard)
        person.made = []
        wizard.created.connect(person.made.append)
        return person

    yield open_wizard
    for wizard in opened:
        wizard.reject()
        wizard.deleteLater()
