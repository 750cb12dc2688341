"""The names on the networks of a host: what each stands for, who may ask for it, and what clashes.

Names are known on one network only: a container answers there to its name, its aliases (Compose gives
it its service's name as one) and the beginning of its id (moby, ``buildEndpointDNSNames``). Upper and
lower case are the same to the engine's resolver.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from console.domain.discovery.capability import (
    BROKEN_ENGINES,
    MOST_NETWORKS_WITH_NAMES,
    Answer,
    capabilities,
    engine_number,
)
from console.domain.drivers.options import DISABLE_GATEWAY_DNS
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.preflight.option_values import truth
from console.domain.relations import Relations
from console.domain.snapshot import Container, Endpoint, Network, Snapshot
from console.domain.swarm.objects import SwarmService
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Discovery"

COMPOSE_PROJECT: Final = "com.docker.compose.project"
COMPOSE_SERVICE: Final = "com.docker.compose.service"
SHORT_ID: Final = 12


class NameKind(StrEnum):
    """What a name is, in the order in which people think of them."""

    CONTAINER = "container"
    ALIAS = "alias"
    COMPOSE_SERVICE = "compose-service"
    SWARM_SERVICE = "swarm-service"
    SWARM_TASKS = "swarm-tasks"
    SHORT_ID = "short-id"


@dataclass(frozen=True, slots=True)
class NetworkNames:
    """Whether a network has service discovery, and why."""

    network: Network
    answers: Verdict
    reason: Text


@dataclass(frozen=True, slots=True)
class KnownName:
    """One name on one network.

    ``addresses`` are what it stands for, as far as this host tells them; ``owners`` the containers
    that answer to it. ``askers`` are the containers that can ask: those that run on the network; their
    names stand beside, in one tuple for all names of a network.
    ``clash`` says where several things have the name. ``service`` is the swarm's or Compose's service.
    """

    network: Network
    name: str
    kind: NameKind
    answers: Verdict
    reason: Text
    addresses: tuple[str, ...] = ()
    owners: tuple[ObjectRef, ...] = ()
    askers: tuple[Container, ...] = ()
    asker_names: tuple[str, ...] = ()
    owner_names: tuple[str, ...] = ()
    clash: Text | None = None
    service: str = ""


@dataclass(slots=True)
class _Claim:
    """Who claims one name of one network, while all are gathered."""

    name: str
    kind: NameKind
    addresses: list[str] = field(default_factory=list)
    owners: list[Container] = field(default_factory=list)
    services: set[str] = field(default_factory=set)


def network_names(snapshot: Snapshot) -> dict[str, NetworkNames]:
    """Every network's service discovery, by the network's id."""
    by_driver = {line.driver: line.local for line in capabilities(snapshot)}
    found = {}
    for network in snapshot.networks.known() or ():
        cell = by_driver.get(network.driver.lower())
        if cell is None:
            reason = N_(CONTEXT, "The driver {driver} is not known here.", driver=network.driver)
            found[network.id] = NetworkNames(network, Verdict.DEPENDS, reason)
        else:
            verdict = Verdict.YES if cell.answer is Answer.YES else Verdict.NO
            verdict = Verdict.DEPENDS if cell.answer is Answer.DEPENDS else verdict
            found[network.id] = _of_one(network, NetworkNames(network, verdict, cell.reason), snapshot)
    return found


def _of_one(network: Network, usual: NetworkNames, snapshot: Snapshot) -> NetworkNames:
    """What is otherwise on this one network than on others of its driver."""
    if usual.answers is Verdict.NO:
        return usual
    engine = snapshot.engine.known()
    windows = engine is None or engine.is_windows
    if truth(network.option(DISABLE_GATEWAY_DNS)) and network.driver == "nat":
        reason = N_(CONTEXT, "The network was made with disable_gatewaydns: its resolver is turned off.")
        return NetworkNames(network, Verdict.NO, reason)
    if not windows and network.name == "bridge":
        reason = N_(
            CONTEXT,
            "On the default network of a Linux engine names are not known; on user-defined networks they "
            "are.",
        )
        return NetworkNames(network, Verdict.NO, reason)
    if usual.answers is Verdict.DEPENDS:
        return _judged(network, usual, snapshot)
    return usual


def _judged(network: Network, usual: NetworkNames, snapshot: Snapshot) -> NetworkNames:
    """The driver's answer is "not on every network": the one for this network."""
    engine = snapshot.engine.known()
    number = engine_number(engine.version) if engine is not None else ()
    if len(snapshot.networks.known() or ()) > MOST_NETWORKS_WITH_NAMES and network.driver == "nat":
        return usual
    if BROKEN_ENGINES[0] <= number <= BROKEN_ENGINES[1] and network.name == "nat":
        return NetworkNames(network, Verdict.NO, usual.reason)
    reason = N_(CONTEXT, "It is a user-defined network: the engine's resolver answers for its containers.")
    return NetworkNames(network, Verdict.YES, reason)


def known_names(relations: Relations) -> tuple[KnownName, ...]:
    """Every name of every running container, on each of its networks, in the snapshot's order.

    On a network without discovery the same names are listed, with ``answers`` no.
    """
    snapshot = relations.snapshot
    networks = network_names(snapshot)
    members: dict[str, list[Container]] = {}
    claims: dict[str, dict[str, _Claim]] = {}
    for container in snapshot.containers.known() or ():
        if not container.running:
            continue
        for endpoint in container.endpoints:
            if endpoint.network_id in networks:
                members.setdefault(endpoint.network_id, []).append(container)
                _claim(claims.setdefault(endpoint.network_id, {}), container, endpoint, relations)
    for service, network_id in services_on_networks(snapshot):
        if network_id in networks:
            _claim_service(claims.setdefault(network_id, {}), service, network_id, snapshot)
    found = []
    for network_id, by_name in claims.items():
        names, there = networks[network_id], tuple(members.get(network_id, ()))
        called = tuple(one.name for one in there)
        found += [_known(claim, names, there, called) for claim in by_name.values()]
    return tuple(found)


def _claim(
    by_name: dict[str, _Claim], container: Container, endpoint: Endpoint, relations: Relations
) -> None:
    address = address_of(container, endpoint, relations)
    for name, kind in names_of(container, endpoint):
        claim = by_name.setdefault(name.casefold(), _Claim(name, kind))
        claim.owners.append(container)
        claim.services.add(_service_of(container, kind))
        if address and address not in claim.addresses:
            claim.addresses.append(address)


def services_on_networks(snapshot: Snapshot) -> Iterator[tuple[SwarmService, str]]:
    """Each service with each network (by id) on which it has a name: managers alone are told of them."""
    by_name = {one.name: one.id for one in snapshot.networks.known() or ()}
    for service in snapshot.swarm.services.known() or ():
        told = [one.network_id for one in service.virtual_addresses]
        told += [by_name.get(one, one) for one in service.network_ids]
        for network_id in dict.fromkeys(told):
            yield service, network_id


def _claim_service(
    by_name: dict[str, _Claim], service: SwarmService, network_id: str, snapshot: Snapshot
) -> None:
    """A service's name gives its virtual address, or its tasks' where it has none; ``tasks.`` and its
    name always gives its tasks' (libnetwork's service records).
    """
    tasks = [
        one for one in snapshot.swarm.tasks.known() or () if one.service_id == service.id and one.running
    ]
    at_tasks = [
        _bare(address)
        for task in tasks
        for attached in task.addresses
        if attached.network_id == network_id
        for address in attached.addresses
    ]
    virtual = [_bare(one.address) for one in service.virtual_addresses if one.network_id == network_id]
    by_turns = service.endpoint_mode == "dnsrr"
    by_id = {one.id: one for one in snapshot.containers.known() or ()}
    owners = [by_id[task.container_id] for task in tasks if task.container_id in by_id]
    for name, kind, addresses in (
        (service.name, NameKind.SWARM_SERVICE, at_tasks if by_turns else virtual),
        (f"tasks.{service.name}", NameKind.SWARM_TASKS, at_tasks),
    ):
        claim = by_name.setdefault(name.casefold(), _Claim(name, kind))
        claim.addresses += [one for one in addresses if one and one not in claim.addresses]
        claim.owners += owners
        claim.services.add(f"swarm:{service.name}")


def _bare(address: str) -> str:
    return address.partition("/")[0]


def names_of(container: Container, endpoint: Endpoint) -> Iterator[tuple[str, NameKind]]:
    """The names a container has on one network, each once."""
    service = container.labels.get(COMPOSE_SERVICE, "")
    short = container.id[:SHORT_ID]
    told = [(container.name, NameKind.CONTAINER)]
    for alias in endpoint.aliases:
        if alias == service:
            told.append((alias, NameKind.COMPOSE_SERVICE))
        elif not container.id.startswith(alias):  # engines before 25 list the short id as an alias
            told.append((alias, NameKind.ALIAS))
    told.append((short, NameKind.SHORT_ID))
    seen: set[str] = set()
    for name, kind in told:
        if name and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name, kind


def address_of(container: Container, endpoint: Endpoint, relations: Relations) -> str:
    """The address of an attachment: the engine's, else HNS'; "" where neither knows it (DHCP)."""
    if endpoint.address or not container.running:
        return endpoint.address
    hns = relations.hns_endpoint_of(container, endpoint)
    return hns.address if hns is not None else ""


def _service_of(container: Container, kind: NameKind) -> str:
    if kind is NameKind.COMPOSE_SERVICE:
        project = container.labels.get(COMPOSE_PROJECT, "")
        return f"{project}/{container.labels.get(COMPOSE_SERVICE, '')}"
    return ""


def _known(
    claim: _Claim, names: NetworkNames, askers: tuple[Container, ...], asker_names: tuple[str, ...]
) -> KnownName:
    return KnownName(
        network=names.network,
        name=claim.name,
        kind=claim.kind,
        answers=names.answers,
        reason=names.reason,
        addresses=tuple(claim.addresses),
        owners=tuple(ref_of(one) for one in claim.owners),
        askers=askers,
        asker_names=asker_names,
        owner_names=tuple(one.name for one in claim.owners),
        clash=_clash(claim),
        service=next(iter(claim.services), ""),
    )


def _clash(claim: _Claim) -> Text | None:
    """Several containers with one name clash, unless they are the instances of one service."""
    if len(claim.owners) < 2:
        return None
    services = claim.services
    if len(services) == 1 and "" not in services:
        return None
    return N_(
        CONTEXT,
        "{containers} all have this name: lookups get their addresses in changing order.",
        containers=", ".join(one.name for one in claim.owners),
    )


def without_names(relations: Relations) -> Iterator[tuple[Container, Endpoint, NetworkNames]]:
    """The running containers on networks where nobody can look them up."""
    networks = network_names(relations.snapshot)
    for container in relations.snapshot.containers.known() or ():
        for endpoint in container.endpoints if container.running else ():
            names = networks.get(endpoint.network_id)
            if names is not None and names.answers is Verdict.NO and names.network.driver != "null":
                yield container, endpoint, names


def askers(snapshot: Snapshot) -> tuple[Container, ...]:
    """The containers a name can be looked up from: those that run, by name."""
    running: Iterable[Container] = (one for one in snapshot.containers.known() or () if one.running)
    return tuple(sorted(running, key=lambda one: one.name.casefold()))
