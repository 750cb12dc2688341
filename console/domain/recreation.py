"""Making a network again with other settings: what can't be changed of one can only be made anew.

Its containers are stopped meanwhile. They hold a network by its name, so that they find the new one
when they are started again; an address of their own that the new one does not have is given up.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.addressing import is_host_address, parse_address, parse_prefix
from console.domain.container_steps import StartContainer, StopContainer
from console.domain.network_origin import made_by_others
from console.domain.plan import ConnectContainer, CreateNetwork, Plan, Step
from console.domain.removal import (
    Attachment,
    attachments,
    disconnect_step,
    is_windows,
    refused_because,
    removal_step,
)
from console.domain.snapshot import Network, Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text

CONTEXT = "Recreation"
_TASK_OF = "com.docker.swarm.service.name"


def recreation(network: Network, spec: NetworkSpec, snapshot: Snapshot, *, undoable: bool = True) -> Plan:
    """The plan that removes ``network`` and makes ``spec``, of the same name, in its place.

    ``undoable`` False: Windows would refuse to make the old one again. See
    :func:`recreation_blocked_because` for when it must not be offered.
    """
    attached = attachments(network, snapshot)
    running = [one.container for one in attached if one.container.running]
    moved = [one for one in attached if _has_to_let_go(one, spec)]
    removed = removal_step(network)
    steps: tuple[Step, ...] = (
        *(StopContainer(container=one.id, container_name=one.name) for one in running),
        *(disconnect_step(_by_name(network), one) for one in moved),
        removed if undoable else removed.model_copy(update={"spec": None}),
        CreateNetwork(spec=spec),
        *(_connect_step(network, one) for one in moved),
        *(StartContainer(container=one.id, container_name=one.name) for one in running),
    )
    return Plan(title=N_(CONTEXT, "Recreate the network {name}", name=network.name), steps=steps)


def recreation_blocked_because(network: Network, snapshot: Snapshot) -> Text | None:
    """Why a network must not be made again by a plan, or None."""
    refused = refused_because(network, snapshot)
    if refused is not None:
        return refused
    if network.ingress:
        return N_(CONTEXT, "The swarm created {name} for its published ports.", name=network.name)
    if is_windows(snapshot) and made_by_others(network, snapshot):
        return N_(
            CONTEXT,
            "Windows or another program, such as a plugin of Kubernetes, created {name} and may be using it. "
            "Leave it as it is, or change it with that program.",
            name=network.name,
        )
    if network.scope != "swarm":
        return None
    engine = snapshot.engine.known()
    if engine is None or not engine.swarm.manager:
        return N_(CONTEXT, "{name} is a swarm network: only a manager can recreate it.", name=network.name)
    users = tuple(services_on(network, snapshot))
    if users:
        names = ", ".join(users)
        return N_(
            CONTEXT, "The services {names} are on {name}: move them first.", names=names, name=network.name
        )
    return None


def services_on(network: Network, snapshot: Snapshot) -> Iterator[str]:
    """The names of the swarm's services that are on a network, as far as they are known.

    A manager tells them all; elsewhere the tasks of this node do, which are containers with a label.
    """
    found = [
        service.name
        for service in snapshot.swarm.services.known() or ()
        if not {network.id, network.name}.isdisjoint(service.network_ids)
    ]
    found += [one.container.labels.get(_TASK_OF, "") for one in attachments(network, snapshot)]
    yield from (name for name in dict.fromkeys(found) if name)


def reattachment(network: Network, attachment: Attachment) -> Plan:
    """The plan that gives a container an address of Windows' choice in place of its own one."""
    container = attachment.container
    stop = (StopContainer(container=container.id, container_name=container.name),)
    start = (StartContainer(container=container.id, container_name=container.name),)
    steps: tuple[Step, ...] = (
        *(stop if container.running else ()),
        disconnect_step(network, attachment),
        _connect_step(network, attachment),
        *(start if container.running else ()),
    )
    title = N_(
        CONTEXT, "Connect {container} to {network} without an address of its own",
        container=container.name, network=network.name,
    )  # fmt: skip
    return Plan(title=title, steps=steps)


def consequences(network: Network, snapshot: Snapshot) -> tuple[Text, ...]:
    """What making a network again means beyond what its steps say."""
    if not attachments(network, snapshot):
        return ()
    return (N_(CONTEXT, "Addresses that Windows chose for containers change."),)


def _has_to_let_go(attachment: Attachment, spec: NetworkSpec) -> bool:
    """Whether a container wants an address that the new network does not have."""
    wanted = parse_address(attachment.endpoint.configured_address)
    if wanted is None:
        return False
    prefixes = [prefix for prefix in (parse_prefix(one.subnet) for one in spec.subnets) if prefix is not None]
    return not any(is_host_address(wanted, prefix) for prefix in prefixes)


def _connect_step(network: Network, attachment: Attachment) -> ConnectContainer:
    return ConnectContainer(
        network=network.name,
        network_name=network.name,
        container=attachment.container.id,
        container_name=attachment.container.name,
        aliases=attachment.endpoint.aliases,
    )


def _by_name(network: Network) -> Network:
    """Taken back, a step finds the network made again, which has another id."""
    return network.model_copy(update={"id": network.name})
