"""What is asked for when a container is made: :class:`ContainerSpec`.

Like a :class:`~console.domain.spec.NetworkSpec` it holds words as they were typed; what is wrong with
them is judged in :mod:`console.domain.containers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pydantic import Field

from console.domain.record import Record

#: The host addresses that mean all of them, which Windows takes; any other it refuses (moby, libnetwork,
#: drivers/windows, ``ConvertPortBindings``).
EVERY_ADDRESS: Final = frozenset({"", "0.0.0.0", "::"})  # noqa: S104 (compared, not listened on)


class PublishSpec(Record):
    """One port to publish (``-p``). ``host_port`` None: the engine chooses one.

    Windows takes neither one address of the host nor a range (reference, 1.4).
    """

    container_port: int
    protocol: str = "tcp"
    host_port: int | None = None
    host_address: str = ""

    @property
    def key(self) -> str:
        """The container's side as the engine writes it: ``80/tcp``."""
        return f"{self.container_port}/{self.protocol}"


class ContainerSpec(Record):
    """What ``docker run`` is asked for. Empty text: left to the engine.

    ``network`` is the one it is made on. ``address`` (``--ip``) is a static address there, ``aliases``
    are further names there. ``isolation`` is ``process``, ``hyperv`` or empty for the engine's
    default. ``interactive`` keeps a console open (``-i -t``): without one a shell, which is what the
    base images start, ends at once. ``restart`` is a restart policy's name.
    """

    name: str
    image: str
    network: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    ports: tuple[PublishSpec, ...] = ()
    dns_servers: tuple[str, ...] = ()
    dns_search: tuple[str, ...] = ()
    isolation: str = ""
    command: tuple[str, ...] = ()
    environment: Mapping[str, str] = Field(default_factory=dict)
    labels: Mapping[str, str] = Field(default_factory=dict)
    hostname: str = ""
    interactive: bool = False
    restart: str = ""
