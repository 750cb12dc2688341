"""How a swarm's nodes, services and overlay networks stand, worked out of what its managers tell."""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.snapshot import Network, Snapshot
from console.domain.swarm.objects import SwarmNode, SwarmService, SwarmTask
from console.domain.text import N_, Text

CONTEXT = "Swarm"

_ENCRYPTED = "encrypted"


@dataclass(frozen=True, slots=True)
class ServiceStanding:
    """``running`` of ``wanted`` tasks run (None: the nodes decide how many); ``errors`` say why not."""

    running: int
    wanted: int | None
    errors: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether all tasks that are wanted run."""
        return not self.errors if self.wanted is None else self.running >= self.wanted


def service_standing(
    service: SwarmService, tasks: tuple[SwarmTask, ...], nodes: tuple[SwarmNode, ...]
) -> ServiceStanding:
    """How many of its tasks run on nodes that answer."""
    there = {node.id for node in nodes if node.ready}
    mine = [task for task in tasks if task.service_id == service.id and task.wanted]
    running = sum(task.running and (task.node_id in there or not nodes) for task in mine)
    errors = tuple(dict.fromkeys(task.error for task in mine if task.error))
    return ServiceStanding(running, service.replicas, errors)


def node_warning(node: SwarmNode, nodes: tuple[SwarmNode, ...]) -> Text | None:
    """What is wrong with a node, None where nothing is."""
    if node.state == "down":
        return N_(
            CONTEXT,
            "The managers do not hear from {node}: {message}. Its tasks are started on other nodes that "
            "can run them.",
            node=node.host_name,
            message=node.message or "-",
        )
    if node.manager and node.reachability and node.reachability != "reachable":
        return N_(CONTEXT, "The other managers can't reach {node}.", node=node.host_name)
    managers = [one for one in nodes if one.manager]
    if node.leader and len(managers) == 2:
        return N_(
            CONTEXT,
            "Two managers are no safer than one: if either is lost, the quorum is lost. Use one, or three.",
        )
    return None


def missing_ingress(snapshot: Snapshot) -> Text | None:
    """That a manager has no ingress network: its creation failed, which no client is told (moby#40621)."""
    engine, networks = snapshot.engine.known(), snapshot.networks.known()
    if engine is None or networks is None or not engine.swarm.manager or any(one.ingress for one in networks):
        return None
    return N_(
        CONTEXT,
        "The swarm has no ingress network: published ports are not spread over the nodes. Windows could "
        "not create it, usually because another network uses the only adapter.",
    )


@dataclass(frozen=True, slots=True)
class OverlayStanding:
    """An overlay network: its subnets, each with the VXLAN id that carries it ("" where none is told).

    ``systems`` are the operating systems of the nodes where its tasks run.
    """

    network: Network
    subnets: tuple[tuple[str, str], ...]
    services: tuple[str, ...]
    systems: tuple[str, ...]
    encrypted: bool


def overlay_standing(network: Network, snapshot: Snapshot) -> OverlayStanding:
    """What is known of one overlay network."""
    ids = [word.strip() for word in network.option(VXLAN_ID_LIST).split(",")]
    pools = [pool.subnet for pool in network.pools]
    pairs = tuple((subnet, ids[at] if at < len(ids) else "") for at, subnet in enumerate(pools))
    services = snapshot.swarm.services.known() or ()
    mine = [one for one in services if _is_on(one, network)]
    nodes = {node.id: node.os for node in snapshot.swarm.nodes.known() or ()}
    ids_of_mine = {one.id for one in mine}
    systems = {
        nodes.get(task.node_id, "")
        for task in snapshot.swarm.tasks.known() or ()
        if task.service_id in ids_of_mine and task.running
    }
    return OverlayStanding(
        network=network,
        subnets=pairs,
        services=tuple(one.name for one in mine),
        systems=tuple(sorted(systems - {""})),
        encrypted=_ENCRYPTED in network.options,
    )


def _is_on(service: SwarmService, network: Network) -> bool:
    if network.ingress:
        return any(port.mode == "ingress" for port in service.ports)
    return network.id in service.network_ids or network.name in service.network_ids


def overlay_warning(standing: OverlayStanding, nodes: tuple[SwarmNode, ...]) -> Text | None:
    """What Windows makes of it."""
    windows = any(node.os == "windows" for node in nodes)
    if standing.encrypted and (windows or not nodes):
        return N_(
            CONTEXT,
            "Windows ignores the option encrypted: traffic of Windows nodes is NOT encrypted, and they can't "
            "talk to Linux nodes that encrypt. Use IPsec between the hosts, or TLS in the application.",
        )
    return None


def platform_words(standing: OverlayStanding) -> Text | None:
    """Which systems a network is used by; None where none is."""
    if not standing.systems:
        return None
    names = {"windows": N_(CONTEXT, "Windows"), "linux": N_(CONTEXT, "Linux")}
    if len(standing.systems) == 1:
        only = standing.systems[0]
        return N_(CONTEXT, "{system} nodes only", system=names.get(only, only))
    return N_(CONTEXT, "Windows and Linux nodes")
