"""A transparent network's subnet is not the physical network's (seed, "Remember to specify --subnet")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.physical_network import physical_subnets
from console.domain.addressing import network_prefixes
from console.domain.drivers.options import VLAN_ID
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.text import N_

CONTEXT = "Check subnet-mismatch"
# From 1809 on an l2bridge network may have a subnet of its own (reference, 3.1 and 3.7).
_OWN_L2BRIDGE_SUBNET_BUILD = 17763


def _find(host: Host) -> Iterator[Symptom]:
    for network in host.networks_of(*_drivers(host)):
        if network.option(VLAN_ID) or made_by_others(network, host.snapshot):
            continue  # a VLAN is a network of its own, with another subnet than the host's
        physical = tuple(one.prefix for one in physical_subnets(host, network))
        outside = [
            str(prefix)
            for prefix in network_prefixes(network)
            if prefix.prefixlen and not any(prefix.subnet_of(one) for one in physical)
        ]
        if physical and outside:
            facts = (
                N_(
                    CONTEXT,
                    "The subnet of {name} is {subnets}.",
                    name=network.name,
                    subnets=", ".join(outside),
                ),
                N_(CONTEXT, "The host has {prefixes} there.", prefixes=", ".join(map(str, physical))),
            )
            yield Symptom(ref_of(network), facts)


def _drivers(host: Host) -> tuple[str, ...]:
    engine = host.snapshot.engine.known()
    old = engine and engine.windows and engine.windows.build < _OWN_L2BRIDGE_SUBNET_BUILD
    return ("transparent", "l2bridge") if old else ("transparent",)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    routed = Remedy(
        N_(CONTEXT, "Route the subnet"),
        steps=(N_(CONTEXT, "If that is intended, have the physical network's router route this subnet."),),
    )
    found = [one for one in physical_subnets(host, network) if one.gateway]
    if not found:
        return (routed,)  # which gateway the physical network has can't be told
    subnet, gateway = str(found[0].prefix), found[0].gateway
    title = N_(
        CONTEXT, "Recreate {name} with the physical network's subnet {subnet} and gateway {gateway}",
        name=network.name, subnet=subnet, gateway=gateway,
    )  # fmt: skip
    return (routed, made_again(host, network, with_subnet(network, subnet, gateway), title))


CHECK = Check(
    id="subnet-mismatch",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "A network's subnet does not match the physical network"),
    reason=N_(
        CONTEXT,
        "Its containers are directly on the physical network. With addresses from another subnet they can "
        "reach neither its gateway nor its machines.",
    ),
    needs=("engine", "networks", "vswitches", "adapters"),
    find=_find,
    remedies=_remedies,
    source='seed, "Remember to specify --subnet and --gateway when using static IP assignment"',
)
