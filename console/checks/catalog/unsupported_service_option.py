"""A swarm service uses what Windows does not do (seed, "… not supported on Docker services"; 2.7)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.encryption import is_encrypted
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.recreation import services_on
from console.domain.snapshot import Network
from console.domain.swarm.objects import SwarmService
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check unsupported-service-option"
# The routing mesh and virtual addresses of services came with Windows Server 2019 (reference, 2.7).
_MESH_BUILD = 17763
_MOVE = "docker service update --network-add {new} --network-rm {old} {service}"
_ROUND_ROBIN = "docker service update --endpoint-mode dnsrr {service}"


def _find(host: Host) -> Iterator[Symptom]:
    networks = host.networks_of("overlay")
    for network in networks:
        users = tuple(services_on(network, host.snapshot)) if is_encrypted(network) else ()
        if users:
            facts = (
                N_(CONTEXT, "{name} was created with --opt encrypted.", name=network.name),
                N_(CONTEXT, "These services are on it: {names}.", names=", ".join(users)),
            )
            yield Symptom(ref_of(network), facts)
    if _has_mesh(host):
        return
    plain = [one for one in networks if not is_encrypted(one)]
    for service in host.snapshot.swarm.services.known() or ():
        needed = tuple(_needs_mesh(service))
        used = next((one for one in plain if one.id in service.network_ids), None)
        if needed and used is not None:
            yield Symptom(ref_of(used), needed)


def _has_mesh(host: Host) -> bool:
    engine = host.snapshot.engine.known()
    windows = engine.windows if engine else None
    return windows is None or windows.build >= _MESH_BUILD


def _needs_mesh(service: SwarmService) -> Iterator[Text]:
    if service.endpoint_mode == "vip":
        yield N_(CONTEXT, "The service {name} has the endpoint mode vip.", name=service.name)
    for port in service.ports:
        if port.mode == "ingress" and port.published is not None:
            yield N_(
                CONTEXT, "The service {name} publishes {port} on every node.",
                name=service.name, port=port.published,
            )  # fmt: skip


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    networks = host.snapshot.networks.known() or ()
    network = next((one for one in networks if subject == ref_of(one)), None)
    if subject is None or subject.kind is not ObjectKind.NETWORK or network is None:
        return ()
    if is_encrypted(network):
        return _without_encryption(host, network)
    named = [one for one in host.snapshot.swarm.services.known() or () if network.id in one.network_ids]
    steps = tuple(
        N_(CONTEXT, "On a manager: {command}", command=verbatim(_ROUND_ROBIN.format(service=one.name)))
        for one in named
    )
    publish = N_(CONTEXT, "Publish ports on the tasks' own nodes: --publish mode=host,published=…,target=…")
    restarts = N_(CONTEXT, "The services' tasks are recreated.")
    return (
        Remedy(
            N_(CONTEXT, "Use what this Windows supports"), steps=(*steps, publish), interrupts=(restarts,)
        ),
    )


def _without_encryption(host: Host, network: Network) -> tuple[Remedy, ...]:
    new = f"{network.name}-plain"
    moves = tuple(
        N_(
            CONTEXT,
            "{command}",
            command=verbatim(_MOVE.format(new=new, old=network.name, service=service)),
        )
        for service in services_on(network, host.snapshot)
    )
    made = N_(
        CONTEXT, "Create another network: {command}",
        command=verbatim(f"docker network create -d overlay {new}"),
    )  # fmt: skip
    return (
        Remedy(
            N_(CONTEXT, "Encrypt the services' traffic"),
            steps=(N_(CONTEXT, "Use TLS between the services, or IPsec between the hosts."),),
        ),
        Remedy(
            N_(CONTEXT, "Move the services to a network without the option"),
            steps=(made, *moves),
            interrupts=(N_(CONTEXT, "The services' tasks are recreated, one after the other."),),
        ),
    )


CHECK = Check(
    id="unsupported-service-option",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A swarm service uses what Windows does not support"),
    reason=N_(
        CONTEXT,
        "Windows does not encrypt service traffic, although it accepts the option. Before Windows Server "
        "2019 it also has no routing mesh and no virtual addresses: such services can't be reached.",
    ),
    needs=("engine", "networks", "containers"),
    find=_find,
    remedies=_remedies,
    source='seed, "Unsupported features and network options"; reference, 2.7 and 3.4',
)
