"""Nodes, services and tasks of a swarm as its managers tell them (Engine API: ``/nodes``, ``/services``,
``/tasks``). Empty text: not told.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from console.domain.record import Record


class SwarmNode(Record):
    """A member of a swarm.

    ``state`` is ``ready``, ``down``, ``disconnected`` or ``unknown``; ``availability`` is ``active``,
    ``pause`` or ``drain``; ``role`` is ``manager`` or ``worker``. ``os`` is the platform's
    (``windows``, ``linux``), ``reachability`` that of a manager among the managers, "" for a worker.
    ``network_drivers`` are the plugins of type Network that its engine reported.
    """

    id: str
    host_name: str
    role: str = "worker"
    availability: str = "active"
    state: str = "unknown"
    message: str = ""
    address: str = ""
    os: str = ""
    architecture: str = ""
    engine_version: str = ""
    leader: bool = False
    reachability: str = ""
    labels: Mapping[str, str] = Field(default_factory=dict)
    network_drivers: tuple[str, ...] = ()

    @property
    def manager(self) -> bool:
        """Whether it takes part in managing the swarm."""
        return self.role == "manager"

    @property
    def ready(self) -> bool:
        """Whether the managers hear from it."""
        return self.state == "ready"


class ServicePort(Record):
    """A published port. ``mode`` is ``ingress`` (on every node) or ``host`` (on the task's node)."""

    target: int
    published: int | None = None
    protocol: str = "tcp"
    mode: str = "ingress"


class VirtualAddress(Record):
    """A service's address on one network, in CIDR form; whoever asks for the service's name gets it."""

    network_id: str
    address: str


class SwarmService(Record):
    """A service.

    ``mode`` is ``replicated``, ``global``, ``replicated-job`` or ``global-job``; ``replicas`` is how
    many tasks are wanted, None where the number follows from the nodes. ``endpoint_mode`` is ``vip``
    or ``dnsrr``. ``network_ids`` are what its tasks are attached to by its own wish (ids or names).
    ``platforms`` are the operating systems its image is for, as far as the manager found out.
    """

    id: str
    name: str
    image: str = ""
    mode: str = "replicated"
    replicas: int | None = None
    endpoint_mode: str = "vip"
    ports: tuple[ServicePort, ...] = ()
    virtual_addresses: tuple[VirtualAddress, ...] = ()
    network_ids: tuple[str, ...] = ()
    constraints: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    labels: Mapping[str, str] = Field(default_factory=dict)
    update_state: str = ""
    update_message: str = ""


class TaskAddress(Record):
    """A task's attachment to one network; ``addresses`` in CIDR form."""

    network_id: str
    addresses: tuple[str, ...] = ()


class SwarmTask(Record):
    """One container to be, or that was: a task stays listed for a while after its end.

    ``state`` and ``desired_state`` are the swarm's words (``running``, ``pending``, ``failed``,
    ``rejected``, ``shutdown`` …). ``slot`` is its number in a replicated service, else None;
    ``node_id`` is "" while no node was found for it, which ``error`` then explains.
    """

    id: str
    service_id: str = ""
    node_id: str = ""
    slot: int | None = None
    state: str = ""
    desired_state: str = ""
    message: str = ""
    error: str = ""
    container_id: str = ""
    image: str = ""
    addresses: tuple[TaskAddress, ...] = ()

    @property
    def running(self) -> bool:
        """Whether its container runs, and is wanted to."""
        return self.state == "running" and self.desired_state == "running"

    @property
    def wanted(self) -> bool:
        """Whether it is to run: old tasks, which a newer one took the place of, are not."""
        return self.desired_state in {"running", "ready", "accepted"}
