"""What removing a network means: what is attached, what Windows will do, and the plan for it.

Pure questions about a snapshot; the dialogs and the terminal ask them and show the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from console.domain.addressing import network_prefixes
from console.domain.conversion import spec_of
from console.domain.drivers.registry import driver
from console.domain.network_origin import is_adopted, made_by_others
from console.domain.per_snapshot import once_per_snapshot
from console.domain.plan import DisconnectContainer, Plan, RemoveNetwork, Step
from console.domain.snapshot import Container, Endpoint, Network, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Removal"

#: Names the engine keeps for itself (reference, 2.2 and 2.3; moby's list for Linux engines).
PREDEFINED_WINDOWS = frozenset({"nat", "none", "default"})
PREDEFINED_LINUX = frozenset({"bridge", "host", "none", "default"})


@dataclass(frozen=True)
class Attachment:
    """A container together with its endpoint on the network in question."""

    container: Container
    endpoint: Endpoint


def attachments(network: Network, snapshot: Snapshot) -> tuple[Attachment, ...]:
    """The containers with an endpoint on ``network``, running ones first, then by name."""
    return _ordered(Attachment(*one) for one in _by_network(snapshot).get(network.id, ()))


def attachments_of_one(network: Network, snapshot: Snapshot) -> tuple[Attachment, ...]:
    """As :func:`attachments`, for who asks about a single network of each snapshot.

    All containers are looked at, and nothing is kept: of tens of thousands that is a tenth of the time
    that their index takes, and none of its memory.
    """
    wanted = network.id
    return _ordered(
        [
            Attachment(container, endpoint)
            for container in snapshot.containers.known() or ()
            for endpoint in container.endpoints
            if endpoint.network_id == wanted
        ]
    )


def _ordered(found: Iterable[Attachment]) -> tuple[Attachment, ...]:
    return tuple(sorted(found, key=lambda one: (not one.container.running, one.container.name)))


@once_per_snapshot
def _by_network(snapshot: Snapshot) -> Mapping[str, list[tuple[Container, Endpoint]]]:
    """The endpoints of each network by its id: to prune or to remove asks about all of thousands."""
    found: dict[str, list[tuple[Container, Endpoint]]] = {}
    for container in snapshot.containers.known() or ():
        for endpoint in container.endpoints:
            found.setdefault(endpoint.network_id, []).append((container, endpoint))
    return found


def is_windows(snapshot: Snapshot) -> bool:
    """Whether the snapshot is of an engine for Windows containers; an unread engine counts as one."""
    engine = snapshot.engine.known()
    return engine is None or engine.is_windows


def is_predefined(network: Network, snapshot: Snapshot) -> bool:
    """Whether the engine itself keeps this network and refuses to remove it (reference, 2.3)."""
    return network.name in (PREDEFINED_WINDOWS if is_windows(snapshot) else PREDEFINED_LINUX)


def refused_because(network: Network, snapshot: Snapshot) -> Text | None:
    """Why the engine never removes this network, or None where it may."""
    if not is_predefined(network, snapshot):
        return None
    if network.name == "nat" and is_windows(snapshot):
        return N_(
            CONTEXT,
            "The engine predefines the network nat and refuses to remove it. To run without it, set "
            '"bridge": "none" in daemon.json and restart the engine.',
        )
    return N_(
        CONTEXT, "The engine predefines the network {name} and refuses to remove it.", name=network.name
    )


def consequences(network: Network, snapshot: Snapshot) -> tuple[Text, ...]:
    """What else happens when ``network`` is removed, most serious first."""
    texts: list[Text] = []
    if is_windows(snapshot):
        texts += _windows_consequences(network, in_use=bool(attachments(network, snapshot)))
    if snapshot.containers.known() is None:
        texts.append(N_(CONTEXT, "Which containers are attached could not be read."))
    if network.scope == "swarm":
        texts.append(N_(CONTEXT, "It is a swarm network: it is removed on every node of the swarm."))
    stopped = [one.container.name for one in attachments(network, snapshot) if not one.container.running]
    if stopped:
        texts.append(
            N_(
                CONTEXT,
                "Stopped containers that are attached can't start again without it: {names}.",
                names=", ".join(stopped),
            )
        )
    return tuple(texts)


def _windows_consequences(network: Network, *, in_use: bool) -> list[Text]:
    kind = driver(network.driver)
    if is_adopted(network):
        # reference, 0.9 and 7 ("rm adopted deletes the vSwitch too")
        return [
            N_(
                CONTEXT,
                "Docker didn't create this network: Windows or another program did. Removing it really "
                "deletes the HNS network and its vSwitch, and Hyper-V machines, WSL or Windows Sandbox "
                "that use it lose their connection. The console can't undo that.",
            )
        ]
    if kind is not None and kind.external and network.scope != "swarm":
        return [
            N_(
                CONTEXT,
                "Windows removes the external vSwitch of this network and gives the adapter its address "
                "back. The host's connection through that adapter may be interrupted for some seconds, "
                "including remote sessions.",
            )
        ]
    if in_use and kind is not None and kind.publishes_ports and network.scope != "swarm":
        return [N_(CONTEXT, "The published ports of its containers are lost with it.")]
    return []


def blocking(network: Network, snapshot: Snapshot) -> tuple[Attachment, ...]:
    """The attachments because of which the engine refuses: those of running containers.

    An endpoint exists only while its container runs (reference, 2.3 "rm in use").
    """
    return tuple(one for one in attachments(network, snapshot) if one.container.running)


def removal(networks: Iterable[Network], snapshot: Snapshot, *, disconnect: bool = False) -> Plan:
    """The plan that removes ``networks``; with ``disconnect`` it detaches running containers first.

    Networks the engine would refuse to remove are left out: predefined ones, and without
    ``disconnect`` those with running containers.
    """
    chosen = [
        network
        for network in networks
        if refused_because(network, snapshot) is None and (disconnect or not blocking(network, snapshot))
    ]
    steps: list[Step] = []
    for network in chosen:
        if disconnect:
            # By name: taken back, it connects to the network made again, which has another id.
            by_name = network.model_copy(update={"id": network.name})
            steps += [disconnect_step(by_name, one) for one in blocking(network, snapshot)]
        steps.append(removal_step(network))
    return Plan(title=_title(chosen), steps=tuple(steps))


def disconnect_step(network: Network, attachment: Attachment) -> DisconnectContainer:
    """The step that detaches one container, remembering what it had there."""
    # Only an address that was asked for is asked for again: one that Windows chose is random.
    return DisconnectContainer(
        network=network.id,
        network_name=network.name,
        container=attachment.container.id,
        container_name=attachment.container.name,
        address=attachment.endpoint.configured_address,
        aliases=attachment.endpoint.aliases,
    )


def removal_step(network: Network) -> RemoveNetwork:
    """The step that removes one network, remembering its settings."""
    # What Windows made can't be made again by docker, so no spec: the removal has no inverse.
    spec = None if is_adopted(network) or not _can_be_made(network) else spec_of(network)
    return RemoveNetwork(network=network.id, name=network.name, spec=spec)


def _can_be_made(network: Network) -> bool:
    # Windows makes none without a subnet (0x803b0005): another program did, in a way of its own.
    return network.driver not in {"l2bridge", "l2tunnel"} or bool(network_prefixes(network))


def _title(networks: list[Network]) -> Text:
    if len(networks) == 1:
        return N_(CONTEXT, "Remove the network {name}", name=networks[0].name)
    return N_(CONTEXT, "Remove {count} networks", count=len(networks))


@dataclass(frozen=True)
class PruneCandidate:
    """A network no container uses; ``protected`` says why it is better kept, None where it may go."""

    network: Network
    protected: Text | None


def prune_candidates(snapshot: Snapshot) -> tuple[PruneCandidate, ...]:
    """The networks that no container is attached to, removable ones first, then by name.

    Raises nothing; without a list of containers nobody can say what is unused: no candidates.
    """
    if snapshot.networks.known() is None or snapshot.containers.known() is None:
        return ()
    unused = [one for one in snapshot.networks.known() or () if not attachments(one, snapshot)]
    candidates = [PruneCandidate(network, protected_because(network, snapshot)) for network in unused]
    return tuple(sorted(candidates, key=lambda one: (one.protected is not None, one.network.name)))


def protected_because(network: Network, snapshot: Snapshot) -> Text | None:
    """Why a prune must leave ``network`` alone (reference, 2.3), or None.

    The engine itself protects adopted networks only from 28.3 on (moby#41013), so the console
    protects them for every engine.
    """
    refused = refused_because(network, snapshot)
    if refused is not None:
        return refused
    if is_windows(snapshot) and made_by_others(network, snapshot):
        return N_(CONTEXT, "Windows or another program created this network and may be using it.")
    if network.ingress:
        return N_(CONTEXT, "The swarm's routing mesh uses this network.")
    if network.scope == "swarm":
        return N_(CONTEXT, "Services on other nodes of the swarm may use it; that can't be seen from here.")
    return None
