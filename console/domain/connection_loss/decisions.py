"""What is decided about each thing the console can do: whether it can cut the host off, and what then.

Every kind of step and every script that changes a host stands here; a test says so where a new one does
not. *Guarded*: a watchdog reverts it unless a person confirms it in time. *Told*: it is said before with
the connections, and asked for where the console's own may be among them, for nothing reverts it by itself.
*Harmless*: with the reason why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from console.domain import scripts
from console.domain.connection_loss import networks, settings, switches
from console.domain.connection_loss.cut_off import CutOff
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.plan import CreateNetwork, RemoveNetwork, RunScript, Step
from console.domain.snapshot import VSwitch
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm

# The step is of the kind, or the run of the script, under which the decision stands.
Find = Callable[[Any, PlannedHost], tuple[CutOff, ...]]


class Answer(StrEnum):
    """What is done about a step that may cut the host off."""

    GUARDED = "guarded"
    TOLD = "told"
    HARMLESS = "harmless"


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for one kind of step or script, and why it is that one.

    ``find`` tells what a step of the kind cuts off on a host as it is then; None where it is harmless.
    """

    answer: Answer
    because: str
    find: Find | None = None


def _guarded(find: Find, because: str) -> Decision:
    return Decision(Answer.GUARDED, because, find)


def _told(find: Find, because: str) -> Decision:
    return Decision(Answer.TOLD, because, find)


def _harmless(because: str) -> Decision:
    return Decision(Answer.HARMLESS, because)


_OF_A_CONTAINER = _harmless("only a container's own connection changes")

STEP_DECISIONS: Final[Mapping[str, Decision]] = {
    "create-network": _guarded(networks.by_new_network, "its vSwitch takes over an adapter"),
    "remove-network": _told(networks.by_removed_network, "no script makes a network of the engine again"),
    "connect-container": _OF_A_CONTAINER,
    "disconnect-container": _OF_A_CONTAINER,
    "create-container": _OF_A_CONTAINER,
    "start-container": _OF_A_CONTAINER,
    "stop-container": _OF_A_CONTAINER,
    "restart-container": _OF_A_CONTAINER,
    "remove-container": _OF_A_CONTAINER,
    "init-swarm": _guarded(networks.by_swarm, "the ingress network's vSwitch takes over an adapter"),
    "join-swarm": _guarded(networks.by_swarm, "the ingress network's vSwitch takes over an adapter"),
    "leave-swarm": _told(networks.by_leaving_swarm, "to join again takes a token, which no host keeps"),
}
"""By the kind of a step. ``run-script`` is missing: :data:`SCRIPT_DECISIONS` has its scripts."""

SCRIPT_DECISIONS: Final[Mapping[str, Decision]] = {
    scripts.NEW_VSWITCH.id: _guarded(switches.by_new_switch, "it takes over adapters"),
    scripts.REMOVE_VSWITCH.id: _guarded(switches.by_removed_switch, "the host's vNICs go with it"),
    scripts.SET_VSWITCH_MANAGEMENT_OS.id: _guarded(switches.by_sharing, "the host's vNIC goes"),
    scripts.SET_HOST_VNIC_VLAN.id: _guarded(switches.by_vlan, "who is in the VLAN before is cut off"),
    scripts.SET_VSWITCH_KIND.id: _told(switches.by_kind, "no rescue binds a vSwitch that is there"),
    scripts.SET_VSWITCH_EXTENSION.id: _told(
        switches.by_extension, "a forwarding extension such as VFP decides about the host's packets as well"
    ),
    scripts.RENAME_VSWITCH.id: _harmless("ports, vNICs and addresses of a vSwitch do not depend on its name"),
    scripts.SET_MAC_SPOOFING.id: _harmless("it is about what a virtual machine may send"),
    scripts.SET_SERVICE_STATE.id: _told(
        settings.by_service, "what a service held up comes back when it runs, or not at all"
    ),
    scripts.START_WATCHDOG.id: _harmless("it is what takes other changes back"),
    scripts.CONFIRM_WATCHDOG.id: _harmless("it keeps what was reached since the change"),
    scripts.REMOVE_HNS_NETWORK.id: _told(switches.by_hns_network, "nothing makes a network of HNS again"),
    scripts.REMOVE_HNS_ENDPOINT.id: _told(switches.by_hns_endpoint, "nothing makes an endpoint again"),
    scripts.SET_FIREWALL_RULE.id: _told(settings.by_changed_rule, "no rescue is about rules"),
    scripts.NEW_FIREWALL_RULE.id: _harmless("its rules only allow"),
    scripts.REMOVE_FIREWALL_RULE.id: _told(settings.by_removed_rule, "no rescue is about rules"),
    scripts.NEW_NAT.id: _told(settings.by_new_nat, "no rescue is about NAT"),
    scripts.REMOVE_NAT.id: _harmless("what is inside of it loses the outside, and the host nothing"),
    scripts.SET_REGISTRY_SETTING.id: _harmless("none of the settings takes effect before a restart"),
    scripts.SET_EVENT_SOURCE.id: _harmless("it is about the event log"),
    scripts.SET_INTERFACE_MTU.id: _told(settings.by_mtu, "no rescue is about the MTU"),
    scripts.SET_DYNAMIC_PORTS.id: _harmless("connections keep their ports"),
    scripts.SET_ENGINE_PROXY.id: _harmless("only the engine asks the proxy; its restart is said by the step"),
}
"""By the id of a script that changes a host."""


def decision_on(step: Step) -> Decision | None:
    """The decision about a step; None for a script that only looks."""
    if isinstance(step, RunScript):
        return SCRIPT_DECISIONS.get(step.script)
    return STEP_DECISIONS[step.kind]


def cut_off_by(step: Step, host: PlannedHost) -> tuple[CutOff, ...]:
    """All that a step cuts off on a host as the steps before have left it."""
    decision = decision_on(step)
    return decision.find(step, host) if decision is not None and decision.find is not None else ()


def follow(step: Step, host: PlannedHost) -> None:
    """Have ``host`` be as ``step`` leaves it, in what later steps of a plan may meet."""
    match step:
        case CreateNetwork():
            host.bind(networks.adapters_of(step.spec, host), step.spec.name)
        case InitSwarm() | JoinSwarm():
            host.bind(networks.adapter_of_overlays(host), "ingress")
        case RemoveNetwork():
            found = host.users.network(step.network, step.name) if host.is_windows else None
            _release(host.users.remove((found,)) if found is not None else (), host)
        case LeaveSwarm():
            _release(host.users.remove(host.users.swarm_networks) if host.is_windows else (), host)
        case RunScript():
            _follow_script(step, host)
        case _:
            pass  # a container's


def _follow_script(step: RunScript, host: PlannedHost) -> None:
    switch = host.switch(step.parameters)
    if step.script == scripts.NEW_VSWITCH.id:
        host.bind(switches.texts(step, "Adapters"), str(step.parameters.get("SwitchName", "")))
    elif step.script in {scripts.REMOVE_VSWITCH.id, scripts.SET_VSWITCH_KIND.id} and switch is not None:
        host.release(switch)
    elif step.script == scripts.REMOVE_HNS_NETWORK.id:
        _release(host.users.remove_hns(str(step.parameters.get("NetworkId", ""))), host)


def _release(gone: tuple[VSwitch, ...], host: PlannedHost) -> None:
    for switch in gone:
        host.release(switch)
