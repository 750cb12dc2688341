"""What a plan does to the host's own connections is said before, and agreed to where ours may be lost."""

import asyncio
import socket
import threading

import pytest

from console.backend.host_channel import ScriptHostChannel
from console.backend.powershell.faults import checked_answer
from console.demo.powershell.runner import PracticeRunner
from console.demo.scenarios import steps
from console.domain.connection_loss.way import Way
from console.domain.drivers.options import INTERFACE
from console.domain.plan import CreateNetwork, Plan
from console.domain.scripts import GET_HOST_INVENTORY
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from console.ui.dialogs.plan_dialog import ApplyPlanDialog
from console.ui.dialogs.prune import PruneDialog
from console.ui.dialogs.remove import RemoveNetworksDialog
from console.ui.widgets.plan_runner import Guard
from tests.person import Role

OVER_ETHERNET = Way("192.168.1.10", 5986)
OVER_ANOTHER = Way("10.123.174.20", 5986)
CONSENT = "I can reach this host another way if the console loses it."


def _on(adapter, *, name="lan3"):
    return CreateNetwork(spec=NetworkSpec(name=name, driver="transparent", options={INTERFACE: adapter}))


CREATION = _on("Ethernet", name="lan2")
BINDING = Plan(title=N_("Test", "Bind the adapter"), steps=(CREATION,))


@pytest.fixture
def bound(lab):
    """The practice host with its own address on the vNIC of a transparent network."""
    steps.network(lab.host, "lan", "transparent", interface="Ethernet")

    def opened(*, way):
        lab.open(windows_side=way)
        lab.wait(lambda: lab.network("lan") is not None)
        lab.wait(lambda: lab.session.snapshot.facts.connections.known())
        return lab

    return opened


def removing(lab, tasks, desk):
    return lab.ask(RemoveNetworksDialog(lab.session, tasks, [lab.network("lan")], desk))


def test_that_a_removal_names_the_connections_and_waits_for_a_person_to_agree(bound, tasks, desk, at_desk):
    lab = bound(way=OVER_ETHERNET)
    dialog = removing(lab, tasks, desk)
    said = at_desk.reads("What is cut off")
    assert "(192.168.1.10/24) is interrupted: Windows gives the addresses back to Ethernet." in said
    assert "The console itself reaches this host over vEthernet" in said
    assert "(TermService)" in said
    assert "No watchdog can revert this." in said
    assert not at_desk.can(Role.Button, "Remove network")
    at_desk.click(Role.CheckBox, CONSENT)
    at_desk.click(Role.Button, "Remove network")
    lab.wait(lambda: "lan" not in lab.networks())
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    # To make it again binds the adapter again, which is said before that, too.
    at_desk.waits_for(Role.Button, "Undo")
    at_desk.wait(lambda: at_desk.sees("The host's own connection over Ethernet (192.168.1.10/24)"))
    assert at_desk.sees("If you undo it:")
    dialog.close()


def test_that_nobody_has_to_agree_where_the_console_comes_another_way(bound, tasks, desk, at_desk):
    lab = bound(way=OVER_ANOTHER)
    dialog = removing(lab, tasks, desk)
    assert "is interrupted" in at_desk.reads("What is cut off")
    assert CONSENT not in at_desk.names(Role.CheckBox)
    assert at_desk.can(Role.Button, "Remove network")
    dialog.close()


def test_that_a_prune_says_it_as_well(bound, tasks, desk, at_desk):
    lab = bound(way=OVER_ETHERNET)
    dialog = lab.ask(PruneDialog(lab.session, tasks, desk))
    assert "vEthernet" in at_desk.reads("What is cut off")
    assert CONSENT in at_desk.names(Role.CheckBox)
    dialog.close()


class LateRunner:
    """A practice host's Windows side that answers how it is only when it is told to."""

    def __init__(self, host):
        self._runner = PracticeRunner(host, checked_answer, administrator=True)
        self.may_answer = asyncio.Event()

    async def run(self, script, parameters):
        if script is GET_HOST_INVENTORY:
            await self.may_answer.wait()
        return await self._runner.run(script, parameters)

    async def close(self):
        await self._runner.close()


def test_that_facts_that_come_late_are_told_in_the_dialog_that_waits_for_an_answer(lab, tasks, desk, at_desk):
    runner = LateRunner(lab.host)
    lab.open(ScriptHostChannel(runner), windows_side=OVER_ETHERNET)
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, BINDING, desk, deed="Create"))
    assert "its adapters have not been read" in at_desk.reads("What is cut off")
    runner.may_answer.set()
    at_desk.wait(
        lambda: "The console itself reaches this host over Ethernet." in at_desk.reads("What is cut off")
    )
    dialog.close()


def test_that_what_was_found_out_meanwhile_is_shown_before_anything_is_done(
    bound, tasks, desk, at_desk, monkeypatch
):
    answers, usual = threading.Event(), socket.getaddrinfo

    def getaddrinfo(name, *args, **wanted):
        if name != "docker-01":
            return usual(name, *args, **wanted)
        answers.wait(10)
        return [(0, 0, 0, "", ("192.168.1.10", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    lab = bound(way=Way("docker-01", 5986))
    dialog = removing(lab, tasks, desk)
    assert "The console itself may reach this host over" in at_desk.reads("What is cut off")
    at_desk.click(Role.CheckBox, CONSENT)
    answers.set()
    lab.wait(lambda: lab.session.service.ways[0].addresses)
    at_desk.click(Role.Button, "Remove network")
    at_desk.wait(lambda: "The console itself reaches this host over" in at_desk.reads("What is cut off"))
    assert dialog.asking
    at_desk.click(Role.Button, "Remove network")
    lab.wait(lambda: "lan" not in lab.networks())
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    dialog.close()


def test_that_a_guard_looks_again_when_the_host_is_known_better(lab):
    lab.wait(lambda: lab.session.snapshot.facts.adapters.known())
    guard = Guard(lab.session)
    first = guard.over(BINDING)
    assert guard.over(BINDING) is first
    assert first.watchdog is not None
    lab.do(*BINDING.steps)  # bound already: nothing more is lost
    lab.wait(lambda: guard.over(BINDING).watchdog is None)


def test_that_several_new_networks_are_kept_by_one_word_after_the_last(lab, tasks, desk, at_desk):
    wanted = []
    lab.session.confirmationWanted.connect(wanted.append)
    lab.wait(lambda: lab.session.snapshot.facts.adapters.known())
    both = Plan(title=BINDING.title, steps=(CREATION, _on("Ethernet 2")))
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, both, desk, deed="Create"))
    at_desk.click(Role.Button, "Create")
    lab.wait(lambda: lab.networks() >= {"lan2", "lan3"})
    at_desk.wait(lambda: at_desk.can(Role.Button, "Close"))
    (confirmation,) = wanted
    assert confirmation.watchdog.covers == 2
    dialog.close()


def test_that_what_was_done_before_a_refusal_is_asked_about(lab, tasks, desk, at_desk):
    wanted = []
    lab.session.confirmationWanted.connect(wanted.append)
    lab.wait(lambda: lab.session.snapshot.facts.adapters.known())
    twice = Plan(title=BINDING.title, steps=(CREATION, _on("ethernet 2"), _on("Ethernet 3", name="lan2")))
    dialog = lab.ask(ApplyPlanDialog(lab.session, tasks, twice, desk, deed="Create"))
    at_desk.click(Role.Button, "Create")
    at_desk.wait(lambda: at_desk.sees("Not completed: 3 of 4 steps were done."))
    assert len(wanted) == 1
    dialog.close()
