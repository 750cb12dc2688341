"""What only an inspection of one container tells, and what images there are to make one of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field

from console.domain.container_spec import PublishSpec
from console.domain.record import Record


class Mount(Record):
    """Something mounted into a container (``Mounts``).

    ``kind`` is ``bind``, ``volume`` or another of the engine's words; ``name`` is that of a volume.
    """

    kind: str
    name: str = ""
    source: str = ""
    destination: str = ""
    read_only: bool = False

    @property
    def anonymous(self) -> bool:
        """Whether it is a volume that the engine named itself, with 64 hexadecimal digits."""
        digits = set("0123456789abcdef")
        return self.kind == "volume" and len(self.name) == 64 and set(self.name) <= digits


class ContainerDetails(Record):
    """One container as ``GET /containers/{id}/json`` tells it beyond the list.

    ``isolation`` is empty on Linux. ``started_at`` is the engine's own text of the last start, by which
    one start is told from another. ``ports`` are those it asks for, also while it is stopped. ``aliases``
    are its further names by network: older engines leave them out of the list (seen on 20.10).
    ``auto_remove``: the engine removes it when it stops (``--rm``). ``raw`` is the engine's JSON,
    indented.
    """

    id: str
    name: str
    isolation: str = ""
    auto_remove: bool = False
    restart: str = ""
    network_mode: str = ""
    hostname: str = ""
    command: tuple[str, ...] = ()
    dns_servers: tuple[str, ...] = ()
    dns_search: tuple[str, ...] = ()
    ports: tuple[PublishSpec, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    mounts: tuple[Mount, ...] = ()
    running: bool = False
    started_at: str = ""
    exit_code: int = 0
    error: str = ""
    raw: str = ""


class Image(Record):
    """An image in the engine's store (``GET /images/json``). ``size`` is in bytes."""

    id: str
    tags: tuple[str, ...] = ()
    size: int = 0
    created: datetime | None = None

    @property
    def title(self) -> str:
        """What it is called by: its first tag, else the beginning of its id."""
        return self.tags[0] if self.tags else self.id.removeprefix("sha256:")[:12]


class ExecResult(Record):
    """How a program inside of a container ended.

    ``exit_code`` is None where that is not known: ``truncated`` says that it wrote more than was to
    be read, and was left to itself.
    """

    exit_code: int | None
    output: str = ""
    errors: str = ""
    truncated: bool = False
