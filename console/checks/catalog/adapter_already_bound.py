"""Two networks want one adapter (seed, "Networks that leverage external vSwitch must each have …")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.other_adapter import free_and_fitting
from console.domain.conversion import spec_of
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE
from console.domain.field import Field
from console.domain.host_adapters import (
    AdapterUse,
    adapter_uses,
    external_networks,
    is_overlay,
    usable_adapters,
)
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.removal import removal
from console.domain.snapshot import Network
from console.domain.text import N_, Text

CONTEXT = "Check adapter-already-bound"


def _find(host: Host) -> Iterator[Symptom]:
    holders = _holders(host)
    usable = [one.name.casefold() for one in usable_adapters(host.snapshot) or ()]
    # An overlay that names no adapter shares with the others, or takes one that nobody has.
    room = any(name not in holders or is_overlay(holders[name]) for name in usable)
    for network in external_networks(host.snapshot):
        if made_by_others(network, host.snapshot):
            continue
        names = [name.casefold() for name in adapter_names(network.option(INTERFACE))]
        clashes = [holders[name] for name in names if name in holders and _clash(network, holders[name])]
        if not names and network.driver == "overlay" and usable and not room:
            clashes = [holders[name] for name in usable]
        if clashes:
            asked = N_(CONTEXT, "{name} needs its own adapter.", name=network.name)
            yield Symptom(ref_of(network), (asked, *(_held(use) for use in clashes)))


def _holders(host: Host) -> dict[str, AdapterUse]:
    """Who has each adapter: the one whose vSwitch is there, else the network that asked first."""
    found: dict[str, AdapterUse] = {}
    for use in adapter_uses(host.snapshot):
        name = use.adapter.casefold()
        before = found.get(name)
        if before is None or (use.vswitch and not before.vswitch):
            found[name] = use
    return found


def _clash(network: Network, use: AdapterUse) -> bool:
    if use.network is None:
        return not use.visible or network.driver == "overlay"
    if use.network.id == network.id:
        return False
    return not (network.driver == "overlay" and is_overlay(use))


def _held(use: AdapterUse) -> Text:
    if use.network is None:
        return N_(CONTEXT, "The vSwitch {switch} uses {adapter}.", switch=use.vswitch, adapter=use.adapter)
    return N_(
        CONTEXT, "The {driver} network {name} uses {adapter}.",
        driver=use.network.driver, name=use.network.name, adapter=use.adapter,
    )  # fmt: skip


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    return (*_on_a_free_adapter(host, network), *_without_the_holder(host, network))


def _on_a_free_adapter(host: Host, network: Network) -> tuple[Remedy, ...]:
    adapter = free_and_fitting(host, network)
    if adapter is None:
        return ()
    name = adapter.name
    options = {**spec_of(network).options, INTERFACE: name}
    title = N_(CONTEXT, "Recreate {name} on {adapter}, which is free", name=network.name, adapter=name)
    return (made_again(host, network, with_options(network, options=options), title),)


def _without_the_holder(host: Host, network: Network) -> tuple[Remedy, ...]:
    holders = [
        use.network
        for use in _holders(host).values()
        if use.network and _clash(network, use) and not made_by_others(use.network, host.snapshot)
    ]
    names = {name.casefold() for name in adapter_names(network.option(INTERFACE))}
    for holder in holders:
        asked = {name.casefold() for name in adapter_names(holder.option(INTERFACE))}
        if not names or names & asked:
            title = N_(CONTEXT, "Remove {name}, which uses the adapter", name=holder.name)
            return (Remedy(title, plan=removal((holder,), host.snapshot, disconnect=True)),)
    return ()


CHECK = Check(
    id="adapter-already-bound",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The adapter a network needs is already in use"),
    reason=N_(
        CONTEXT,
        "Each network on an external vSwitch needs an adapter of its own; only overlay networks share one. "
        "Containers of this one fail to start with 'An adapter was not found' (0x803b0006).",
    ),
    needs=("engine", "networks", "adapters", "vswitches"),
    find=_find,
    remedies=_remedies,
    source='seed, "Networks that leverage external vSwitch must each have their own network adapter"; '
    "reference, 2.1 and 2.7",
    drivers=frozenset({"transparent", "l2bridge", "l2tunnel"}),
    field=Field.ADAPTER,
)
