"""The network of a running container was changed (seed, "IP assignment on stopped vs. running …")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.container_steps import RestartContainer
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.plan import DisconnectContainer, Plan
from console.domain.snapshot import HOST_COMPARTMENT, Adapter, Container, Endpoint
from console.domain.text import N_, Text

CONTEXT = "Check ip-change-on-running-container"


def _find(host: Host) -> Iterator[Symptom]:
    without = {one.id for one in host.networks_of("null")}
    inside = _inside_adapters(host)
    for container in host.each(host.snapshot.containers.known() or ()):
        if not container.running or not _suspect(container, inside):
            continue
        facts = [
            fact
            for endpoint in container.endpoints
            if endpoint.network_id not in without and (fact := _trouble(container, endpoint, inside))
        ]
        if facts:
            yield Symptom(ref_of(container), tuple(facts))


def _suspect(container: Container, inside: dict[str, Adapter]) -> bool:
    """Whether it is worth the while to look closer: of thousands most have an endpoint, and nothing more."""
    for endpoint in container.endpoints:  # noqa: SIM110 (a generator for each takes twice as long)
        if not endpoint.endpoint_id or endpoint.mac_address in inside:
            return True
    return False


def _inside_adapters(host: Host) -> dict[str, Adapter]:
    """The adapters in containers' compartments, by MAC address."""
    adapters = host.snapshot.facts.adapters.known() or ()
    return {one.mac_address: one for one in adapters if one.compartment != HOST_COMPARTMENT}


def _trouble(container: Container, endpoint: Endpoint, inside: dict[str, Adapter]) -> Text | None:
    if endpoint.network_id and not endpoint.endpoint_id:
        return N_(
            CONTEXT, "{name} was connected to {network} while it was running, and has no endpoint there.",
            name=container.name, network=endpoint.network_name,
        )  # fmt: skip
    adapter = inside.get(endpoint.mac_address)
    if adapter is None or not adapter.addresses or not endpoint.address:
        return None
    addresses = [address.partition("/")[0] for address in adapter.addresses]
    if endpoint.address in addresses:
        return None
    return N_(
        CONTEXT, "{name} has {address} on {network}, but inside the container the adapter has {other}.",
        name=container.name, address=endpoint.address, network=endpoint.network_name,
        other=", ".join(addresses),
    )  # fmt: skip


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    container = host.relations.find(subject) if subject else None
    if not isinstance(container, Container):
        return ()
    title = N_(CONTEXT, "Restart {name}, so that it gets all its endpoints", name=container.name)
    again = Plan(
        title=title, steps=(RestartContainer(container=container.id, container_name=container.name),)
    )
    return (*_without_the_half_connection(container), Remedy(title, plan=again))


def _without_the_half_connection(container: Container) -> tuple[Remedy, ...]:
    half = [one for one in container.endpoints if one.network_id and not one.endpoint_id]
    if not half:
        return ()
    names = ", ".join(one.network_name for one in half)
    title = N_(CONTEXT, "Disconnect {name} from {networks} again", name=container.name, networks=names)
    steps = tuple(
        DisconnectContainer(
            network=one.network_id,
            network_name=one.network_name,
            container=container.id,
            container_name=container.name,
            aliases=one.aliases,
            force=True,
            undoable=False,
        )
        for one in half
    )
    return (Remedy(title, plan=Plan(title=title, steps=steps)),)


CHECK = Check(
    id="ip-change-on-running-container",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "The network of a running container was changed"),
    reason=N_(
        CONTEXT,
        "Windows Server 2016 can't add an endpoint to a running container, and no Windows can to a running "
        "container with Hyper-V isolation: 'unsupported platform request'. Docker lists the network all "
        "the same. An address changed inside a container is not known outside it.",
    ),
    needs=("engine", "networks", "containers"),
    find=_find,
    remedies=_remedies,
    source='seed, "IP assignment on stopped vs. running containers"; reference, 2.1 and 2.3',
)
