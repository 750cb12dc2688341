"""Windows Server 2016 knows one NAT prefix (seed, "Multiple NAT networks on WS2016 Container Host")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.addressing import (
    MULTI_NAT_BUILD,
    first_host,
    nat_internal_prefix,
    network_prefixes,
    parse_prefix,
    partition,
)
from console.domain.field import Field
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.preflight.nat import PARTITION_LENGTH
from console.domain.text import N_, verbatim

CONTEXT = "Check nat-multiple-unsupported"
_COMMAND = "docker network create -d nat --subnet={subnet} --gateway={gateway} {name}"


def _find(host: Host) -> Iterator[Symptom]:
    engine = host.snapshot.engine.known()
    windows = engine.windows if engine else None
    internal = parse_prefix(nat_internal_prefix(host.snapshot) or "")
    if windows is None or windows.build >= MULTI_NAT_BUILD or internal is None:
        return
    for network in host.networks_of("nat"):
        outside = [one for one in network_prefixes(network) if not one.subnet_of(internal)]
        if outside:
            facts = (
                N_(
                    CONTEXT, "{name} has the subnet {subnet}.",
                    name=network.name, subnet=", ".join(map(str, outside)),
                ),
                N_(CONTEXT, "The host's one NAT prefix is {prefix}.", prefix=internal),
            )  # fmt: skip
            yield Symptom(ref_of(network), facts)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    internal = nat_internal_prefix(host.snapshot) or ""
    whole = parse_prefix(internal)
    if network is None or whole is None:
        return ()
    length = min(max(PARTITION_LENGTH, whole.prefixlen + 1), 30)
    free = next(partition(internal, length, host.snapshot), None)
    newer = Remedy(
        N_(CONTEXT, "Upgrade to Windows Server 2019 or later"),
        steps=(N_(CONTEXT, "From Windows 10 1703 on, nat networks can have any prefix."),),
        interrupts=(N_(CONTEXT, "The computer is reinstalled."),),
    )
    if free is None:
        return (newer,)
    gateway = first_host(free)
    title = N_(CONTEXT, "Recreate it in a part of that prefix, {subnet}", subnet=free)
    again = made_again(host, network, with_subnet(network, free, gateway), title, undoable=False)
    if again.plan is None:
        command = _COMMAND.format(subnet=free, gateway=gateway, name="mynat")
        step = N_(CONTEXT, "Create another network and use that one: {command}", command=verbatim(command))
        again = Remedy(title, steps=(*again.steps[:1], step))
    return (again, newer)


CHECK = Check(
    id="nat-multiple-unsupported",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A nat network is outside the host's NAT prefix"),
    reason=N_(
        CONTEXT,
        "Windows Server 2016 translates addresses of one prefix only. Containers outside it don't start, "
        "and a network outside it is refused with 'The parameter is incorrect' (0x57).",
    ),
    needs=("engine", "networks", "nat_prefixes"),
    find=_find,
    remedies=_remedies,
    source='seed, "Multiple NAT networks on WS2016 Container Host"; reference, 2.1 and 4.2',
    drivers=frozenset({"nat"}),
    field=Field.SUBNET,
)
