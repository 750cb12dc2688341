"""A nat network has the addresses of the network outside (reference, 6.1, check 19; 4.2, 0x57)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Network

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.free_prefix import free_nat_prefix, hidden_by
from console.domain.addressing import (
    adapter_prefixes,
    first_host,
    network_prefixes,
    span_of_text,
)
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.prefix_index import Span, span_of
from console.domain.removal import is_predefined
from console.domain.snapshot import HOST_COMPARTMENT, IpamPool, Network, VSwitchKind
from console.domain.text import N_, verbatim

CONTEXT = "Check nat-prefix-overlap"
_USUAL_LENGTH = 20
_ALL = (0, (1 << 32) - 1)
Outside = tuple[str, IPv4Network, Span]
"""An adapter's name, a prefix it is in, and that prefix' first and last address."""
_RESTART = verbatim("Restart-Service docker")


def _find(host: Host) -> Iterator[Symptom]:
    outside = [(adapter, prefix, span_of(prefix)) for adapter, prefix in _outside(host)]
    for network in host.each(host.networks_of("nat")):
        clashes = _clashes(network, outside)
        if not clashes:
            continue
        facts = tuple(
            N_(
                CONTEXT, "{network} has {prefix}, and the adapter {adapter} is in {other}.",
                network=network.name, prefix=pool.subnet, adapter=adapter, other=other,
            )
            for pool, (adapter, other, _) in clashes
        )  # fmt: skip
        yield Symptom(ref_of(network), facts)


def _clashes(network: Network, outside: Sequence[Outside]) -> list[tuple[IpamPool, Outside]]:
    """The pools that share an address with the host's way out; 0.0.0.0/0 says nothing (reference, 0.8)."""
    found = []
    for pool in network.pools:
        own = span_of_text(pool.subnet)
        if own is None or own == _ALL:
            continue
        first, last = own
        for one in outside:
            if first <= one[2][1] and last >= one[2][0]:
                found.append((pool, one))
    return found


def _outside(host: Host) -> Iterator[tuple[str, IPv4Network]]:
    """The prefixes of the host's way out: its adapters and its vNICs on external vSwitches."""
    switches = host.snapshot.facts.vswitches.known() or ()
    external = {one.name for one in switches if one.kind is VSwitchKind.EXTERNAL}
    for adapter in host.each(host.snapshot.facts.adapters.known() or ()):
        inside = adapter.host_vnic and adapter.vswitch not in external
        if inside or adapter.compartment != HOST_COMPARTMENT or adapter.status != "Up":
            continue
        for prefix in adapter_prefixes(adapter):
            yield adapter.name, prefix


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    length = next((one.prefixlen for one in network_prefixes(network)), _USUAL_LENGTH)
    free = free_nat_prefix(length, host)
    if free is None:
        step = N_(CONTEXT, "Recreate it with a prefix that nothing uses; all that this host knows are taken.")
        return (Remedy(N_(CONTEXT, "Recreate the network"), steps=(step,)),)
    title = N_(CONTEXT, "Recreate the network with the free prefix {free}", free=free)
    if not is_predefined(network, host.snapshot):
        # Windows would refuse the old prefix now.
        spec = with_subnet(network, free, first_host(free))
        return (made_again(host, network, spec, title, undoable=False, hides=hidden_by(free, host)),)
    setting = f'"fixed-cidr": "{free}"'
    return (
        Remedy(
            title,
            steps=(
                N_(
                    CONTEXT,
                    "Add {setting} to daemon.json, and remove the network from HNS: {command}",
                    setting=verbatim(setting),
                    command=verbatim("Get-HnsNetwork | Where-Object Name -eq nat | Remove-HnsNetwork"),
                ),
                N_(CONTEXT, "Restart the engine, which recreates it: {command}", command=_RESTART),
            ),
            interrupts=(
                N_(CONTEXT, "All containers stop, and those on the network get other addresses."),
                *hidden_by(free, host),
            ),
        ),
    )


CHECK = Check(
    id="nat-prefix-overlap",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A nat network uses the addresses of the physical network"),
    reason=N_(
        CONTEXT,
        "Traffic for a machine outside stays on the host, and vice versa: containers and host can't reach "
        "machines with those addresses.",
    ),
    needs=("engine", "networks", "adapters", "vswitches"),
    find=_find,
    remedies=_remedies,
    source="reference, 4.2 and 6.1",
)
