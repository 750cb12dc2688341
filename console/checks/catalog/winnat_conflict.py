"""Another program's NAT has the prefix of a nat network (reference, 4.2, 0x57 and 0x1392, and 5.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.free_prefix import free_nat_prefix, hidden_by
from console.domain.addressing import first_host, network_prefixes, parse_prefix, prefix_index
from console.domain.field import Field
from console.domain.host_rules import remove_nat
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.plan import Plan
from console.domain.removal import is_predefined
from console.domain.snapshot import NatPrefix, Network
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check winnat-conflict"


def _find(host: Host) -> Iterator[Symptom]:
    found: dict[ObjectRef, list[Text]] = {}
    for nat, network in _clashes(host):
        fact = N_(
            CONTEXT, "The NAT {nat} has {prefix}, and the network {network} is in it.",
            nat=nat.name, prefix=nat.internal_prefix, network=network.name,
        )  # fmt: skip
        found.setdefault(ref_of(network), []).append(fact)
    for subject, facts in found.items():
        yield Symptom(subject, tuple(dict.fromkeys(facts)))


def _clashes(host: Host) -> Iterator[tuple[NatPrefix, Network]]:
    nats = host.snapshot.facts.nat_prefixes.known() or ()
    if not nats:
        return
    # HNS names its own instances; before 1709 Get-NetNat lists those too (reference, 5.1 and 5.4). One whose
    # name it does not tell has its network's here.
    networks = host.snapshot.facts.hns_networks.known() or ()
    own = {(one.nat_name or one.name).casefold() for one in networks}
    index = prefix_index(host.snapshot)
    for nat in nats:
        prefix = parse_prefix(nat.internal_prefix)
        if prefix is None or nat.name.casefold() in own:
            continue
        for network in index.overlapping_networks(prefix):
            if network.driver == "nat":
                yield nat, network


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    nats = {nat.name: nat for nat, one in _clashes(host) if one.id == network.id}
    mappings = host.snapshot.facts.nat_mappings.known() or ()
    removals = []
    for nat in nats.values():
        step = remove_nat(nat, mappings)
        removals.append(Remedy(step.title, plan=Plan(title=step.title, steps=(step,))))
    return (*_elsewhere(host, network), *removals)


def _elsewhere(host: Host, network: Network) -> tuple[Remedy, ...]:
    length = next((one.prefixlen for one in network_prefixes(network)), 24)
    free = free_nat_prefix(length, host)
    if free is None:
        return ()
    title = N_(CONTEXT, "Recreate the network with the free prefix {free}", free=free)
    stops = N_(CONTEXT, "All containers stop.")
    if is_predefined(network, host.snapshot):
        setting = f'"fixed-cidr": "{free}"'
        step = N_(CONTEXT, "Write {setting} into daemon.json and restart Docker.", setting=verbatim(setting))
        return (Remedy(title, steps=(step,), interrupts=(stops, *hidden_by(free, host))),)
    # Windows would refuse the old prefix now.
    spec = with_subnet(network, free, first_host(free))
    return (made_again(host, network, spec, title, undoable=False, hides=hidden_by(free, host)),)


CHECK = Check(
    id="winnat-conflict",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "Another NAT uses the addresses of a nat network"),
    reason=N_(
        CONTEXT,
        "Two NATs can't translate the same addresses: Windows refuses new networks there with 'The "
        "parameter is incorrect' (0x57) or 'The object already exists' (0x1392), and no longer creates "
        "this one after a restart.",
    ),
    needs=("engine", "networks", "nat_prefixes", "hns_networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 4.2, 5.1 and 5.5",
    drivers=frozenset({"nat"}),
    field=Field.SUBNET,
)
