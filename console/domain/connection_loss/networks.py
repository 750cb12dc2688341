"""What the engine's own steps do to the connections of the host: networks and the swarm.

A network of these drivers sits on an external vSwitch: its adapter hands the addresses over to a host
vNIC, and has them back when the vSwitch goes with its last network (reference, 7; SEED, "Bind a Network
to a Specific Network Interface").
"""

from __future__ import annotations

from collections.abc import Iterable

from console.domain.connection_loss.cut_off import CONTEXT, CutOff
from console.domain.connection_loss.planned_host import PlannedHost
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE
from console.domain.drivers.registry import driver
from console.domain.host_adapters import adapter_uses, is_overlay
from console.domain.plan import CreateNetwork, RemoveNetwork, Step
from console.domain.snapshot import VSwitch
from console.domain.spec import NetworkSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_
from console.domain.watchdog import Rescue


def by_new_network(step: CreateNetwork, host: PlannedHost) -> tuple[CutOff, ...]:
    """The adapters that a new network's vSwitch takes over."""
    return binding(adapters_of(step.spec, host), host)


def by_removed_network(step: RemoveNetwork, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNICs that go with a network's vSwitch, where the network is the last on it."""
    network = host.users.network(step.network, step.name) if host.is_windows else None
    return releasing(host.users.would_go((network,)), host) if network is not None else ()


def by_swarm(_step: InitSwarm | JoinSwarm, host: PlannedHost) -> tuple[CutOff, ...]:
    """The adapter that the swarm's ingress network takes over."""
    return binding(adapter_of_overlays(host), host)


def by_leaving_swarm(_step: LeaveSwarm, host: PlannedHost) -> tuple[CutOff, ...]:
    """The vNICs that go with the vSwitch of the swarm's networks."""
    users = host.users
    return releasing(users.would_go(users.swarm_networks), host) if host.is_windows else ()


def adapters_of(spec: NetworkSpec, host: PlannedHost) -> tuple[str, ...]:
    """The adapters that a new network is to be bound to; none for one without an external vSwitch."""
    if not host.is_windows or not _is_external(spec):
        return ()
    named = adapter_names(spec.options.get(INTERFACE, ""))
    if named:
        return named
    return adapter_of_overlays(host) if spec.driver.casefold() == "overlay" else host.first_free


def adapter_of_overlays(host: PlannedHost) -> tuple[str, ...]:
    """The adapter that the first overlay network takes; none where there is one: they share it."""
    if not host.is_windows or any(is_overlay(use) for use in adapter_uses(host.snapshot)):
        return ()
    return host.first_free


def is_on_adapter(step: Step, host: PlannedHost) -> bool:
    """Whether the step makes or removes something on an adapter, whichever that is."""
    if isinstance(step, InitSwarm | JoinSwarm | LeaveSwarm):
        return host.is_windows
    if isinstance(step, CreateNetwork):
        return host.is_windows and _is_external(step.spec)
    if isinstance(step, RemoveNetwork):
        return host.is_windows and host.users.network(step.network, step.name) is not None
    return False


def binding(names: Iterable[str], host: PlannedHost) -> tuple[CutOff, ...]:
    """What a new external vSwitch over these adapters cuts off; one already bound loses nothing more."""
    found = [(name, host.adapter(name)) for name in names]
    # A watchdog compares names with those that Windows has.
    watched = [adapter.name if adapter is not None else name for name, adapter in found]
    return tuple(
        host.cut_off(adapter, Rescue.REMOVE_SWITCH, Adapters=list(watched))
        for _, adapter in found
        if adapter is not None and not adapter.host_vnic and not adapter.vswitch and adapter.addresses
    )


def releasing(switches: Iterable[VSwitch], host: PlannedHost) -> tuple[CutOff, ...]:
    """What is cut off with external vSwitches of HNS. HNS alone could make them again: no rescue."""
    return tuple(
        host.cut_off(
            vnic,
            what=N_(
                CONTEXT,
                "The host's own connection over {adapter} ({addresses}) is interrupted: Windows gives the "
                "addresses back to {adapters}.",
                adapter=vnic.name, addresses=", ".join(vnic.addresses),
                adapters=", ".join(one.name for one in host.bound(switch)),
            ),
        )
        for switch in switches
        for vnic in host.vnics(switch)
    )  # fmt: skip


def _is_external(spec: NetworkSpec) -> bool:
    kind = driver(spec.driver)
    return kind is not None and kind.external
