"""What a host makes of a project's networks: the preflight rules, and what Compose itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from itertools import combinations

from console.domain.addressing import overlaps, parse_prefix
from console.domain.compose.model import ComposeNetwork, ComposeProblem, Project
from console.domain.compose.standing import (
    NETWORK_LABEL,
    PROJECT_LABEL,
    NetworkStanding,
    Standing,
    spec_to_create,
    standing_of,
)
from console.domain.compose.tree import Place, YamlMapping, YamlSequence
from console.domain.drivers import options
from console.domain.field import Field
from console.domain.preflight.check import preflight
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text
from console.domain.violation import Violation

CONTEXT = "Compose check"

#: Where the file says what a form's field holds; fields of driver options are found by their keys.
_ATTRIBUTES = {
    Field.NAME: "name",
    Field.DRIVER: "driver",
    Field.IPV6: "enable_ipv6",
    Field.INTERNAL: "internal",
    Field.ATTACHABLE: "attachable",
    Field.SCOPE: "driver",
    Field.LABELS: "labels",
    Field.IPAM: "ipam",
    Field.OPTIONS: "driver_opts",
}
_POOL_ATTRIBUTES = {
    Field.SUBNET: "subnet",
    Field.GATEWAY: "gateway",
    Field.IP_RANGE: "ip_range",
    Field.AUX_ADDRESS: "aux_addresses",
}


def network_problems(project: Project, snapshot: Snapshot, *, windows: bool) -> Iterator[ComposeProblem]:
    """What speaks against the project's networks on that host."""
    for network in project.networks:
        standing = standing_of(network, project, snapshot)
        yield from _standing_problems(network, project, standing)
        spec = spec_to_create(network, project, windows=windows)
        # A network that is there already is Compose's own: it was made, so nothing speaks against it.
        if spec is None or standing.standing in {Standing.EXISTS, Standing.FOREIGN}:
            continue
        for violation in preflight(spec, snapshot):
            if violation.severity is not Severity.NOTE:
                yield _violation(network, violation)
    yield from _overlaps(project)


def _standing_problems(
    network: ComposeNetwork, project: Project, standing: NetworkStanding
) -> Iterator[ComposeProblem]:
    if standing.standing is Standing.MISSING:
        yield ComposeProblem(
            "external-missing",
            Severity.ERROR,
            N_(
                CONTEXT,
                "{key} refers to the existing network {name}, but this host has no network of that name.",
                key=network.key,
                name=network.name,
            ),
            network.place,
            why=N_(CONTEXT, "Compose does not create external networks: docker compose up stops there."),
            remedy=N_(CONTEXT, "Create the network first, or choose one that exists."),
            subject=network.key,
        )
    elif standing.standing is Standing.FOREIGN and standing.there is not None:
        labels = standing.there.labels
        owner = labels.get(PROJECT_LABEL, "")
        why = N_(
            CONTEXT,
            "docker compose up stops with: “network {name} was found but has incorrect label {label} set "
            "to \"{value}\"”.",
            name=network.name,
            label=NETWORK_LABEL,
            value=labels.get(NETWORK_LABEL, ""),
        )  # fmt: skip
        if owner and owner != project.name:
            why = N_(CONTEXT, "It belongs to the Compose project {owner}.", owner=owner)
        yield ComposeProblem(
            "name-taken",
            Severity.ERROR,
            N_(
                CONTEXT,
                "This host has a network {name} that does not belong to this project.",
                name=network.name,
            ),
            network.place or _first_user(network, project),
            why=why,
            remedy=N_(CONTEXT, "Mark it external: true to use it, or give this one another name."),
            subject=network.key,
        )


def _first_user(network: ComposeNetwork, project: Project) -> Place | None:
    """Where the default network comes from, which no file mentions: the first service on it."""
    return next((one.place for one in project.services if one.key in network.users), None)


def _violation(network: ComposeNetwork, violation: Violation) -> ComposeProblem:
    remedy: Text | None = None
    if violation.suggestion:
        remedy = N_(CONTEXT, "Use {value}.", value=violation.suggestion)
    return ComposeProblem(
        violation.rule,
        violation.severity,
        violation.message,
        place_of_field(network, violation.field, violation.position),
        why=violation.why,
        remedy=remedy,
        subject=network.key,
    )


def place_of_field(network: ComposeNetwork, field: Field, position: int = 0) -> Place | None:
    """Where the file says what a rule speaks of; else where the network begins."""
    entry = network.entry
    if network.place is None:
        return None
    if field in _POOL_ATTRIBUTES:
        return _pool_place(network, _POOL_ATTRIBUTES[field], position)
    if field in _ATTRIBUTES and _ATTRIBUTES[field] in entry.entries:
        return entry.place_of(_ATTRIBUTES[field])
    given = entry.get("driver_opts")
    if isinstance(given, YamlMapping):
        for option in options.OPTIONS:
            if option.field is field and option.key in given.entries:
                return given.place_of(option.key)
    return network.place


def _pool_place(network: ComposeNetwork, attribute: str, position: int) -> Place | None:
    ipam = network.entry.get("ipam")
    if not isinstance(ipam, YamlMapping):
        return network.place
    pools = ipam.get("config")
    if not isinstance(pools, YamlSequence) or position >= len(pools.items):
        return network.entry.place_of("ipam")
    pool = pools.items[position]
    return pool.place_of(attribute) if isinstance(pool, YamlMapping) else pool.place


def _overlaps(project: Project) -> Iterator[ComposeProblem]:
    """Two networks of the project that want the same addresses."""
    for (one, _, mine), (other, position, theirs) in combinations(_prefixes(project), 2):
        if overlaps(mine, theirs):
            yield ComposeProblem(
                "own-subnets-overlap",
                Severity.ERROR,
                N_(
                    CONTEXT,
                    "{subnet} of {network} overlaps {other_subnet} of {other}.",
                    subnet=theirs,
                    network=other.key,
                    other_subnet=mine,
                    other=one.key,
                ),
                place_of_field(other, Field.SUBNET, position),
                why=N_(CONTEXT, "Two networks on a host can't share addresses."),
                subject=other.key,
            )


def _prefixes(project: Project) -> Iterator[tuple[ComposeNetwork, int, IPv4Network]]:
    for network in project.networks:
        for position, pool in enumerate(network.spec.subnets if network.spec else ()):
            prefix = parse_prefix(pool.subnet)
            if prefix is not None:
                yield network, position, prefix
