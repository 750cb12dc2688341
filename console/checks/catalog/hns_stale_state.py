"""Docker and HNS don't hold the same: one has what the other lost (reference, 0.3, 2.4 and 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.docker_desktop import SERVICE as DESKTOP
from console.checks.stopped_service import is_installed
from console.domain.drivers.options import HNS_ID
from console.domain.host_actions import (
    remove_hns_endpoint,
    remove_hns_endpoint_blocked_because,
    remove_hns_network,
    remove_hns_network_blocked_because,
    restart_service,
    service_blocked_because,
)
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_, Text

CONTEXT = "Check hns-stale-state"
_ENGINE = "docker"
# HNS is read some seconds after the engine told of a new network.
_SETTLING = timedelta(minutes=2)


def _find(host: Host) -> Iterator[Symptom]:
    named, held = _named_by_docker(host), _held_by_hns(host)
    # On few hosts: how all hangs together takes long to work out.
    if not held <= named or _endpoints_unclaimed(host):
        yield from _left_over(host)
    for network in _lost(host, named - held):
        fact = N_(CONTEXT, "Docker lists the network {name}, but HNS does not know it.", name=network.name)
        yield Symptom(ref_of(network), (fact,))


def _left_over(host: Host) -> Iterator[Symptom]:
    relations = host.relations
    left: tuple[HnsNetwork | HnsEndpoint, ...] = (
        *relations.stale_hns_networks,
        *relations.stale_hns_endpoints,
    )
    for item in left:
        why = relations.stale_because(item)
        if why is not None:
            ref = ref_of(item)
            yield Symptom(ref, (N_(CONTEXT, "{name}: {why}", name=relations.title_of(ref), why=why),))


def _lost(host: Host, missing: set[str]) -> Iterator[Network]:
    """Docker's networks that HNS has lost: it has not got the ids that are ``missing``.

    Those of a swarm are in HNS only while they are used here.
    """
    snapshot = host.snapshot
    for network in host.each(snapshot.networks.known() or ()) if missing else ():
        if network.scope == "swarm" or network.option(HNS_ID).casefold() not in missing:
            continue
        if network.created is None or snapshot.taken_at - network.created >= _SETTLING:
            yield network


def _named_by_docker(host: Host) -> set[str]:
    """The ids of HNS that Docker's networks name."""
    named = {
        one.options.get(HNS_ID, "").casefold() for one in host.each(host.snapshot.networks.known() or ())
    }
    return named - {""}


def _held_by_hns(host: Host) -> set[str]:
    return {one.id.casefold() for one in host.each(host.snapshot.facts.hns_networks.known() or ())}


def _endpoints_unclaimed(host: Host) -> bool:
    """Whether HNS has an endpoint of no container."""
    containers = {one.id for one in host.snapshot.containers.known() or ()}
    endpoints = host.snapshot.facts.hns_endpoints.known() or ()
    return any(containers.isdisjoint(one.containers) for one in endpoints)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    found = host.relations.find(subject) if subject else None
    title = N_(CONTEXT, "Remove this one object from HNS")
    if isinstance(found, HnsNetwork) and not remove_hns_network_blocked_because(found, host.relations):
        plan = remove_hns_network(found, host.relations)
        return (Remedy(title, plan=plan, interrupts=_of_another_engine(host)),)
    if isinstance(found, HnsEndpoint) and not remove_hns_endpoint_blocked_because(found, host.relations):
        plan = remove_hns_endpoint(found, host.relations)
        return (Remedy(title, plan=plan, interrupts=_of_a_machine(found)),)
    return _restart(host, found) if isinstance(found, Network) else ()


def _of_another_engine(host: Host) -> tuple[Text, ...]:
    """Two engines on one host each call their networks in HNS by an id that the other does not know."""
    if not all(is_installed(host, name) for name in (_ENGINE, DESKTOP)):
        return ()
    warning = N_(
        CONTEXT,
        "Docker Desktop and a Docker Engine of its own are both installed here. Make sure that the network "
        "is not the other engine's: its containers would lose it.",
    )
    return (warning,)


def _of_a_machine(endpoint: HnsEndpoint) -> tuple[Text, ...]:
    """A virtual machine that someone put on the network's vSwitch has such an endpoint too."""
    if endpoint.state is not HnsEndpointState.CREATED:
        return ()
    warning = N_(
        CONTEXT,
        "A Hyper-V machine connected to this vSwitch would lose its network. Make sure that none is.",
    )
    return (warning,)


def _restart(host: Host, network: Network) -> tuple[Remedy, ...]:
    """At its start Docker makes lost nat networks again, and drops all others (reference, 2.4)."""
    kept = network.driver == "nat"
    title = N_(CONTEXT, "Restart Docker, which recreates the network")
    if not kept:
        title = N_(CONTEXT, "Restart Docker, which drops the network, then create it again")
    return tuple(
        Remedy(title, plan=restart_service(service, host.snapshot))
        for service in host.snapshot.facts.services.known() or ()
        if service.name == _ENGINE and service_blocked_because(service, "Restart") is None
    )


CHECK = Check(
    id="hns-stale-state",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Docker and Windows don't have the same networks"),
    reason=N_(
        CONTEXT,
        "What was left over in the Host Networking Service still holds its prefix, address or port: new "
        "networks and containers that need the same are refused. On a network that the service has lost, "
        "containers no longer start: 'Element not found'.",
    ),
    needs=("engine", "networks", "containers", "hns_networks", "hns_endpoints"),
    find=_find,
    remedies=_remedies,
    source="reference, 0.3, 2.4 and 4.2",
    compares_sides=True,
)
