"""The ports that a container asks for which was made and did not start.

The engine's list shows no port of it, and just of that container people want to know: which of its
ports is taken? What it asks for never changes, so that it is asked once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from console.backend.failures import EngineError
from console.domain.container_details import ContainerDetails
from console.domain.snapshot import Container, PortMapping

#: How many are asked in one look: whatever the host's size, a look stays a fixed number of requests.
MOST_AT_ONCE = 4
_CREATED = "created"

T = TypeVar("T")
Inspect = Callable[[str], Awaitable[ContainerDetails]]


class RunInThread(Protocol):
    """Runs a call off the event loop: a host can have tens of thousands of containers."""

    async def __call__(self, call: Callable[[], T], /) -> T:
        """The result of ``call``."""


class WantedPorts:
    """Completes containers; one that did not change gives the very same record again."""

    def __init__(self, inspect: Inspect, run: RunInThread) -> None:
        self._inspect = inspect
        self._run = run
        self._known: dict[str, tuple[PortMapping, ...]] = {}
        self._completed: dict[str, tuple[Container, Container]] = {}

    async def complete(self, containers: tuple[Container, ...]) -> tuple[Container, ...]:
        """The containers, those made and never started with the ports they ask for."""
        made = await self._run(lambda: {one.id for one in containers if one.state == _CREATED})
        self._known = {one: ports for one, ports in self._known.items() if one in made}
        unknown = [one for one in made if one not in self._known][:MOST_AT_ONCE]
        await asyncio.gather(*(self._ask(one) for one in unknown))
        known, self._completed = self._completed, {}
        if not any(self._known.values()):
            return containers
        return await self._run(
            lambda: tuple(
                self._with_ports(one, known) if self._known.get(one.id) else one for one in containers
            )
        )

    async def _ask(self, container: str) -> None:
        try:
            details = await self._inspect(container)
        except EngineError:
            return  # it may be gone by now; where the engine is, the look itself says so. Asked again then.
        self._known[container] = tuple(
            PortMapping(
                container_port=one.container_port,
                protocol=one.protocol,
                host_port=one.host_port,
                host_address=one.host_address,
            )
            for one in details.ports
            if one.host_port is not None
        )

    def _with_ports(self, container: Container, known: dict[str, tuple[Container, Container]]) -> Container:
        told, before = known.get(container.id, (None, container))
        ports = self._known[container.id]
        same = told is container and before.wanted_ports == ports
        completed = before if same else container.model_copy(update={"wanted_ports": ports})
        self._completed[container.id] = (container, completed)
        return completed
