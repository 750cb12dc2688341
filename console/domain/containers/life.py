"""Starting, stopping, restarting and removing containers: what is possible, what is lost, the plans."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.domain.container_details import ContainerDetails
from console.domain.container_steps import (
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.plan import ConnectContainer, DisconnectContainer, Plan, Step
from console.domain.snapshot import Container
from console.domain.text import N_, Text

CONTEXT = "Containers"

_GOING = frozenset({"removing", "dead"})


def _going_because(container: Container) -> Text | None:
    if container.state in _GOING:
        return N_(CONTEXT, "{name} is being removed.", name=container.name)
    return None


def start_blocked_because(container: Container) -> Text | None:
    """Why it can't be started now, or None."""
    if container.running:
        return N_(CONTEXT, "{name} is running already.", name=container.name)
    return _going_because(container)


def stop_blocked_because(container: Container) -> Text | None:
    """Why it can't be stopped now, or None."""
    if not container.running and container.state != "restarting":
        return N_(CONTEXT, "{name} is not running.", name=container.name)
    return None


def restart_blocked_because(container: Container) -> Text | None:
    """Why it can't be restarted now, or None. A stopped one is only started by it."""
    return _going_because(container)


def remove_blocked_because(container: Container) -> Text | None:
    """Why it can't be removed now, or None."""
    if container.state == "removing":
        return N_(CONTEXT, "{name} is being removed.", name=container.name)
    return None


def start(containers: Sequence[Container]) -> Plan:
    """The plan that starts them, in the order given."""
    steps = [StartContainer(container=one.id, container_name=one.name) for one in containers]
    return _plan(steps, lambda count: N_(CONTEXT, "Start {count} containers", count=count))


def stop(containers: Sequence[Container]) -> Plan:
    """The plan that stops them."""
    steps = [StopContainer(container=one.id, container_name=one.name) for one in containers]
    return _plan(steps, lambda count: N_(CONTEXT, "Stop {count} containers", count=count))


def restart(containers: Sequence[Container]) -> Plan:
    """The plan that restarts them."""
    steps = [RestartContainer(container=one.id, container_name=one.name) for one in containers]
    return _plan(steps, lambda count: N_(CONTEXT, "Restart {count} containers", count=count))


def remove(
    containers: Sequence[Container], *, volumes: bool = False, leaving: frozenset[str] = frozenset()
) -> Plan:
    """The plan that removes them; those that run are stopped first, so that they can finish.

    ``leaving`` are the ids of those that the engine removes itself when they stop (``--rm``).
    """
    steps: list[Step] = []
    for one in containers:
        runs = one.running or one.state == "restarting"
        if runs:
            steps.append(StopContainer(container=one.id, container_name=one.name))
        if not (runs and one.id in leaving):
            steps.append(RemoveContainer(container=one.id, container_name=one.name, volumes=volumes))
    title = N_(CONTEXT, "Remove {count} containers", count=len(containers))
    if len(containers) == 1:
        title = N_(CONTEXT, "Remove the container {name}", name=containers[0].name)
    return Plan(title=title, steps=tuple(steps))


def _plan(steps: Sequence[Step], several: Callable[[int], Text]) -> Plan:
    title = steps[0].describe() if len(steps) == 1 else several(len(steps))
    return Plan(title=title, steps=tuple(steps))


def stopping_removes_because(details: ContainerDetails) -> Text | None:
    """That the engine removes the container as soon as it stops (``--rm``); None where it stays."""
    if not details.auto_remove:
        return None
    return N_(
        CONTEXT,
        "{name} was started with --rm: the engine removes it, with everything written in it, as soon as it "
        "stops.",
        name=details.name,
    )


def removal_losses(details: ContainerDetails) -> tuple[Text, ...]:
    """What is lost with the container, and what stays; most serious first."""
    told = [
        N_(
            CONTEXT,
            "Everything written inside {name} is lost, and so is its log. The console can't undo that.",
            name=details.name,
        )
    ]
    anonymous = [mount.destination for mount in details.mounts if mount.anonymous]
    if anonymous:
        told.append(
            N_(
                CONTEXT,
                "Anonymous volumes, created for it alone, hold its data in {places}. They stay behind "
                "unless you remove them too.",
                places=", ".join(anonymous),
            )
        )
    kept = [mount.name or mount.source for mount in details.mounts if not mount.anonymous]
    if kept:
        told.append(N_(CONTEXT, "Data in {names} is kept.", names=", ".join(kept)))
    return tuple(told)


def while_stopped(container: Container, steps: Sequence[Step], title: Text) -> Plan:
    """``steps`` as one plan with the container stopped meanwhile: stop, change, start.

    A container that does not run is changed as it is.
    """
    if not container.running:
        return Plan(title=title, steps=tuple(steps))
    return Plan(
        title=title,
        steps=(
            StopContainer(container=container.id, container_name=container.name),
            *steps,
            StartContainer(container=container.id, container_name=container.name),
        ),
    )


def change_address(
    container: Container, disconnect: DisconnectContainer, address: str, *, stopped: bool
) -> Plan:
    """The plan that gives a container another address on one network; "" lets Windows choose.

    ``stopped``: it is stopped meanwhile, as Windows asks for (seed, "IP assignment on stopped vs.
    running containers").
    """
    connect = ConnectContainer(
        network=disconnect.network,
        network_name=disconnect.network_name,
        container=disconnect.container,
        container_name=disconnect.container_name,
        address=address,
        aliases=disconnect.aliases,
    )
    title = (
        N_(
            CONTEXT,
            "Give {name} the address {address} on {network}",
            name=container.name,
            address=address,
            network=disconnect.network_name,
        )
        if address
        else N_(
            CONTEXT,
            "Let Windows choose the address of {name} on {network}",
            name=container.name,
            network=disconnect.network_name,
        )
    )
    steps = (disconnect, connect)
    return while_stopped(container, steps, title) if stopped else Plan(title=title, steps=steps)
