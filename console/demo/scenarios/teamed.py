"""A vSwitch over two cards with embedded teaming, and a virtual machine on it (seed, SET)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.builds import WindowsBuild
from console.demo.scenarios.scenario import Scenario, usual_adapters
from console.demo.scenarios.steps import run
from console.demo.state import AdapterState
from console.demo.windows_state import MachineAdapter, MachineRecord
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_TEAM = "TeamSwitch"


def _adapters(build: WindowsBuild) -> tuple[AdapterState, ...]:
    """As usual, with a second cabled card also on a client."""
    first, second, *others = usual_adapters(build)
    if not second.wireless:
        return (first, second, *others)
    twin = AdapterState(
        name="Ethernet 2",
        description=f"{first.description} #2",
        mac_address="3c:ec:ef:10:20:31",
        dhcp=True,
    )
    return (first, twin, second, *others)


def _prepare(host: PracticeHost) -> None:
    with host.lock:
        switch = host.hns.switches.add_hyper_v(_TEAM, VSwitchKind.EXTERNAL, ["Ethernet", "Ethernet 2"])
        switch.embedded_teaming = True
    adapter = MachineAdapter(name="Network Adapter", mac_address="00:15:5d:01:02:03", switch_id=switch.id)
    host.state.windows.machines.append(MachineRecord(name="build-agent", adapters=[adapter]))


def _apply(host: PracticeHost) -> None:
    run(host, "printer-gateway", "servercore", network=_TEAM)


SCENARIO = Scenario(
    id="teamed",
    title=N_("Scenario", "Two cards in a team"),
    description=N_(
        "Scenario", "A vSwitch with embedded teaming carries a transparent network and a virtual machine."
    ),
    prepare=_prepare,
    apply=_apply,
    adapters=_adapters,
)
