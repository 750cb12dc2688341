"""A container has names that nobody can look up (seed, "Service Discovery")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.container_steps import StartContainer, StopContainer
from console.domain.containers.hot_add import HOT_ADD_BUILD
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.plan import ConnectContainer, Plan, Step
from console.domain.removal import is_predefined
from console.domain.snapshot import Container, Endpoint, Network
from console.domain.text import N_

CONTEXT = "Check service-discovery-unsupported"
_WITHOUT = ("transparent", "l2bridge", "l2tunnel")
_WITH = ("nat", "overlay")
_PROJECT, _SERVICE = "com.docker.compose.project", "com.docker.compose.service"


def _find(host: Host) -> Iterator[Symptom]:
    without = {one.id: one.driver for one in host.networks_of(*_WITHOUT)}
    if not without:
        return
    discovered = {one.id for one in host.networks_of(*_WITH)}
    containers = host.snapshot.containers.known() or ()
    projects = Counter(one.labels[_PROJECT] for one in containers if _PROJECT in one.labels)
    for container in containers:
        if not discovered.isdisjoint([one.network_id for one in container.endpoints]):
            continue  # there its names are known
        facts = tuple(
            N_(
                CONTEXT, "{name} is known as {names} on {network}, whose driver is {driver}.",
                name=container.name, names=", ".join(names), network=endpoint.network_name,
                driver=without[endpoint.network_id],
            )
            for endpoint in container.endpoints
            if endpoint.network_id in without and (names := _names(container, endpoint, projects))
        )  # fmt: skip
        if facts:
            yield Symptom(ref_of(container), facts)


def _names(container: Container, endpoint: Endpoint, projects: Counter[str]) -> tuple[str, ...]:
    """The names others are meant to look it up by: aliases, and its service's in a Compose project.

    Engines before 25 list the container's short id as an alias of its own. A service that is alone
    in its project has nobody who would look it up.
    """
    aliases = [one for one in endpoint.aliases if not container.id.startswith(one)]
    service = container.labels.get(_SERVICE, "")
    together = projects[container.labels.get(_PROJECT, "")] > 1
    return tuple(dict.fromkeys([*aliases, *([service] if service and together else [])]))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    server = Remedy(
        N_(CONTEXT, "Register the name with a DNS server on the physical network"),
        steps=(N_(CONTEXT, "Set that server as the network's DNS server, or use addresses."),),
    )
    both = N_(CONTEXT, "Also connect the containers to a nat or overlay network")
    container = host.relations.find(subject) if subject else None
    other = _network_with_discovery(host)
    if not isinstance(container, Container) or other is None:
        step = N_(CONTEXT, "Create one of your own: on the network nat itself Docker accepts no aliases.")
        return (server, Remedy(both, steps=(step,)))
    return (server, Remedy(both, plan=_also_on(host, container, other)))


def _network_with_discovery(host: Host) -> Network | None:
    for network in host.snapshot.networks.known() or ():
        if network.driver == "nat" and not is_predefined(network, host.snapshot):
            return network
    return None


def _also_on(host: Host, container: Container, network: Network) -> Plan:
    endpoints = container.endpoints
    aliases = dict.fromkeys(name for one in endpoints for name in _names(container, one, Counter()))
    service = container.labels.get(_SERVICE)
    connect = ConnectContainer(
        network=network.id,
        network_name=network.name,
        container=container.id,
        container_name=container.name,
        aliases=tuple(dict.fromkeys([*aliases, *([service] if service else [])])),
    )
    steps: tuple[Step, ...] = (connect,)
    if container.running and not _hot_adds(host):
        steps = (
            StopContainer(container=container.id, container_name=container.name),
            connect,
            StartContainer(container=container.id, container_name=container.name),
        )
    return Plan(title=connect.describe(), steps=steps)


def _hot_adds(host: Host) -> bool:
    """Whether a running container can be expected to take another endpoint (reference, 2.1)."""
    engine = host.snapshot.engine.known()
    if engine is None or engine.windows is None:
        return False
    return engine.windows.build >= HOT_ADD_BUILD and engine.default_isolation == "process"


CHECK = Check(
    id="service-discovery-unsupported",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "A container can't be looked up by its name"),
    reason=N_(
        CONTEXT,
        "Docker resolves container names on nat and overlay networks only. On this one nothing resolves "
        "them.",
    ),
    needs=("engine", "networks", "containers"),
    find=_find,
    remedies=_remedies,
    source='seed, "Service Discovery"; reference, 3.3',
)
