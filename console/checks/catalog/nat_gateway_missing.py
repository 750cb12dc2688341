"""No vNIC of the host has the gateway of a nat network (reference, 6.1, check 18)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface
from itertools import chain

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.hns_restart import restart_of_hns
from console.domain.host_inventory import HnsNetwork, HnsSubnet
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import HOST_COMPARTMENT, Network, VSwitchKind
from console.domain.text import N_, verbatim

CONTEXT = "Check nat-gateway-missing"
_NO_GATEWAY = frozenset({"", "0.0.0.0"})  # noqa: S104 (an address, nothing is bound to it)


def _find(host: Host) -> Iterator[Symptom]:
    held = _own_addresses(host)
    known = host.snapshot.facts.hns_networks.known() or ()
    subnets = chain.from_iterable(hns.subnets for hns in host.each(known) if hns.type.casefold() == "nat")
    if {one.gateway for one in subnets} <= held | _NO_GATEWAY:
        return  # so it is on nearly every host: nothing has to be joined
    for network in host.each(host.networks_of("nat")):
        hns = host.relations.hns_network_of(network)
        missing = [gateway for gateway in _gateways(hns) if gateway not in held] if hns else []
        if missing and _on_internal_switch(host, network):
            fact = N_(
                CONTEXT, "The gateway of {name} is {gateways}; no host vNIC has that address.",
                name=network.name, gateways=", ".join(missing),
            )  # fmt: skip
            yield Symptom(ref_of(network), (fact,))


def _own_addresses(host: Host) -> frozenset[str]:
    return frozenset(
        address.split("/", 1)[0]
        for adapter in host.each(host.snapshot.facts.adapters.known() or ())
        if adapter.compartment == HOST_COMPARTMENT
        for address in adapter.addresses
    )


def _gateways(network: HnsNetwork) -> tuple[str, ...]:
    if network.type.casefold() != "nat":
        return ()
    return tuple(one.gateway for one in network.subnets if one.gateway not in _NO_GATEWAY)


def _on_internal_switch(host: Host, network: Network) -> bool:
    # Where the vSwitch is of another kind the vNIC can't be there: that is a check of its own.
    switch = host.relations.vswitch_of(network)
    return switch is None or switch.kind is VSwitchKind.INTERNAL


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = host.relations.find(subject) if subject else None
    hns = host.relations.hns_network_of(network) if isinstance(network, Network) else None
    restart = restart_of_hns(host, N_(CONTEXT, "Restart hns and docker, which restore it"))
    return (*(_by_hand(hns.subnets) if hns else ()), *restart)


def _by_hand(subnets: tuple[HnsSubnet, ...]) -> tuple[Remedy, ...]:
    commands = [
        "New-NetIPAddress -InterfaceAlias 'vEthernet (…)' -IPAddress "
        f"{one.gateway} -PrefixLength {IPv4Interface(one.prefix).network.prefixlen}"
        for one in subnets
        if one.gateway not in _NO_GATEWAY and "/" in one.prefix
    ]
    if not commands:
        return ()
    find = "Get-NetAdapter -Name 'vEthernet*' | Format-Table Name, InterfaceDescription, MacAddress"
    return (
        Remedy(
            N_(CONTEXT, "Add the address to the network's vNIC manually"),
            steps=(
                N_(CONTEXT, "Find the vNIC that has its name: {command}", command=verbatim(find)),
                *(
                    N_(
                        CONTEXT, "In PowerShell as an administrator, with that name: {command}",
                        command=verbatim(command),
                    )
                    for command in commands
                ),
            ),
        ),
    )  # fmt: skip


CHECK = Check(
    id="nat-gateway-missing",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A nat network has no gateway"),
    reason=N_(
        CONTEXT,
        "The gateway of a nat network is the host itself, with an address on its vNIC there. Without it "
        "the network's containers reach nothing outside and can't resolve names: 'error in opening name "
        "server socket … The requested address is not valid in its context'.",
    ),
    needs=("engine", "networks", "adapters", "hns_networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.8 and 6.1 (Debug-ContainerHost.ps1)",
)
