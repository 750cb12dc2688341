"""Which steps of a plan can cut a host off from its network, and the plan with a watchdog before them.

An adapter that is bound to an external vSwitch hands its addresses over to a host vNIC; connections may
drop for seconds, or for good where the vNIC gets none (reference, 7; SEED, "Bind a Network to a Specific
Network Interface"). The same is true of a host vNIC that is taken away or put into another VLAN.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE
from console.domain.host_adapters import free_adapters
from console.domain.host_ports import Connection
from console.domain.plan import CreateNetwork, Plan, RunScript, Step
from console.domain.scripts import (
    NEW_VSWITCH,
    REMOVE_VSWITCH,
    SET_HOST_VNIC_VLAN,
    SET_VSWITCH_MANAGEMENT_OS,
)
from console.domain.snapshot import Adapter, Snapshot, VSwitch, VSwitchKind
from console.domain.text import N_, Text
from console.domain.watchdog import NO_ID, Rescue, arming, watchdog_of

CONTEXT = "Cut off"
MOST_NAMED = 6
"""Connections that are named; the rest is counted."""
EXTERNAL_DRIVERS = frozenset({"transparent", "l2bridge", "l2tunnel", "overlay"})


@dataclass(frozen=True, slots=True)
class CutOff:
    """What one step can cut off, and what the watchdog does about it.

    ``adapter`` carries the host's own ``addresses``; ``connections`` go over it now, ``ours`` says that
    the console's own way to the host may be one of them.
    """

    adapter: str
    addresses: tuple[str, ...]
    connections: tuple[Connection, ...]
    ours: bool
    rescue: Rescue
    parameters: dict[str, JsonValue]

    def sentences(self) -> tuple[Text, ...]:
        """What to say before."""
        said = [
            N_(
                CONTEXT, "The host's own connection over {adapter} ({addresses}) is interrupted.",
                adapter=self.adapter, addresses=", ".join(self.addresses),
            )
        ]  # fmt: skip
        if self.ours:
            said.append(N_(CONTEXT, "The console itself reaches this host over it."))
        if self.connections:
            named = ", ".join(_named(one) for one in self.connections[:MOST_NAMED])
            further = len(self.connections) - MOST_NAMED
            said.append(
                N_(CONTEXT, "These connections go over it: {named}.", named=named)
                if further <= 0
                else N_(
                    CONTEXT, "These connections go over it: {named} and {further} more.",
                    named=named, further=further,
                )
            )  # fmt: skip
        return tuple(said)


def _named(connection: Connection) -> str:
    what = connection.services[0] if len(connection.services) == 1 else connection.process
    return f"{connection.remote_address} ({what})" if what else connection.remote_address


def cut_off_by(step: Step, snapshot: Snapshot, reached_at: str = "") -> CutOff | None:
    """What ``step`` can cut off, or None.

    ``reached_at`` is the address or name by which the console reaches the host, "" for this computer.
    """
    if isinstance(step, CreateNetwork):
        return _of_network(step, snapshot, reached_at)
    if isinstance(step, RunScript) and step.script in _OF_SCRIPTS:
        return _OF_SCRIPTS[step.script](step, snapshot, reached_at)
    return None


def guarded(plan: Plan, snapshot: Snapshot, reached_at: str = "") -> Plan:
    """The plan with a watchdog armed before its first step that can cut the host off.

    It has no id of its own until the plan is started (``watchdog.with_own_watchdog``).

    Unchanged where none can, or where it has one already. One watchdog is enough: a plan has no more
    than one such step.
    """
    if plan.watchdog is not None:
        return plan
    for at, step in enumerate(plan.steps):
        cut_off = cut_off_by(step, snapshot, reached_at)
        if cut_off is None:
            continue
        arm = arming(NO_ID, cut_off.rescue, cut_off.sentences(), **cut_off.parameters)
        steps = (*plan.steps[:at], arm, *plan.steps[at:])
        return plan.model_copy(update={"steps": steps, "watchdog": watchdog_of(NO_ID)})
    return plan


def _of_network(step: CreateNetwork, snapshot: Snapshot, reached_at: str) -> CutOff | None:
    spec = step.spec
    engine = snapshot.engine.known()
    if spec.driver not in EXTERNAL_DRIVERS or engine is None or not engine.is_windows:
        return None
    names = adapter_names(spec.options.get(INTERFACE, ""))
    if not names:
        # Docker takes the first adapter that is free.
        names = tuple(adapter.name for adapter in (free_adapters(snapshot) or ())[:1])
    return _binding(names, snapshot, reached_at)


def _binding(names: Iterable[str], snapshot: Snapshot, reached_at: str) -> CutOff | None:
    """The adapters that a new external vSwitch takes over, where one has addresses of the host."""
    wanted = tuple(names)
    for adapter in snapshot.facts.adapters.known() or ():
        if adapter.name in wanted and not adapter.vswitch and adapter.addresses:
            return _cut_off(adapter, snapshot, reached_at, Rescue.REMOVE_SWITCH, Adapters=list(wanted))
    return None


def _of_new_switch(step: RunScript, snapshot: Snapshot, reached_at: str) -> CutOff | None:
    names = step.parameters.get("Adapters")
    return (
        _binding((str(name) for name in names), snapshot, reached_at)
        if isinstance(names, list | tuple)
        else None
    )


def _of_sharing(step: RunScript, snapshot: Snapshot, reached_at: str) -> CutOff | None:
    switch = _switch(step, snapshot)
    if switch is None or step.parameters.get("AllowManagementOS") is not False:
        return None
    for vnic in _vnics(switch, snapshot):
        return _cut_off(vnic, snapshot, reached_at, Rescue.SHARE_SWITCH, SwitchName=switch.name)
    return None


def _of_removal(step: RunScript, snapshot: Snapshot, reached_at: str) -> CutOff | None:
    switch = _switch(step, snapshot)
    if switch is None or switch.kind is not VSwitchKind.EXTERNAL or not switch.adapters:
        return None
    for vnic in _vnics(switch, snapshot):
        return _cut_off(
            vnic, snapshot, reached_at, Rescue.MAKE_SWITCH,
            SwitchName=switch.name, Adapters=list(switch.adapters),
        )  # fmt: skip
    return None


def _of_vlan(step: RunScript, snapshot: Snapshot, reached_at: str) -> CutOff | None:
    wanted = str(step.parameters.get("AdapterId", "")).strip("{}").casefold()
    for adapter in snapshot.facts.adapters.known() or ():
        if adapter.guid.strip("{}").casefold() == wanted and wanted and adapter.addresses:
            return _cut_off(
                adapter, snapshot, reached_at, Rescue.SET_VLAN, AdapterId=adapter.guid,
                VlanId=adapter.vlan or 0,
            )  # fmt: skip
    return None


_OF_SCRIPTS = {
    NEW_VSWITCH.id: _of_new_switch,
    SET_VSWITCH_MANAGEMENT_OS.id: _of_sharing,
    REMOVE_VSWITCH.id: _of_removal,
    SET_HOST_VNIC_VLAN.id: _of_vlan,
}


def _switch(step: RunScript, snapshot: Snapshot) -> VSwitch | None:
    name = step.parameters.get("SwitchName")
    wanted = str(step.parameters.get("SwitchId", "")).casefold()
    for switch in snapshot.facts.vswitches.known() or ():
        if switch.name == name and (not wanted or switch.id.casefold() == wanted):
            return switch
    return None


def _vnics(switch: VSwitch, snapshot: Snapshot) -> Iterator[Adapter]:
    """The host's vNICs on a vSwitch that have addresses."""
    for adapter in snapshot.facts.adapters.known() or ():
        if adapter.host_vnic and adapter.vswitch == switch.name and adapter.addresses:
            yield adapter


def _cut_off(
    adapter: Adapter, snapshot: Snapshot, reached_at: str, rescue: Rescue, **parameters: JsonValue
) -> CutOff:
    own = {address.split("/")[0] for address in adapter.addresses}
    carried = tuple(one for one in snapshot.facts.connections.known() or () if one.address in own)
    windows = snapshot.facts.windows.known()
    by_name = windows is not None and windows.computer.casefold() == reached_at.split(".")[0].casefold()
    return CutOff(
        adapter=adapter.name,
        addresses=adapter.addresses,
        connections=carried,
        ours=bool(reached_at) and (reached_at in own or by_name),
        rescue=rescue,
        parameters=parameters,
    )
