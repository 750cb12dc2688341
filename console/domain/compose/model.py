"""What a Compose project asks for, as far as networking goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from console.domain.compose.interpolation import Use
from console.domain.compose.tree import Place, YamlMapping
from console.domain.severity import Severity
from console.domain.spec import NetworkSpec
from console.domain.text import Text

#: The network of services that name none.
DEFAULT_NETWORK = "default"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as it was read. ``path`` is what people are shown and what places name."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that paths are relative to: the one that ``file`` stands in (what people are shown of it),
    or ``written``, a path relative to ``within``. Without any of them the folder of the whole project.
    """

    file: str = ""
    written: str = ""
    within: Folder | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A file by which others are read, as it is ``written``: a path relative to ``folder``.

    ``read`` is False where only its being there matters.
    """

    folder: Folder
    written: str
    read: bool = True


@dataclass(frozen=True, slots=True)
class ComposeProblem:
    """Something in the files that is wrong or will not work. ``subject`` is a service's or network's key.

    ``id`` names the rule; ``remedy`` is what to do about it.
    """

    id: str
    severity: Severity
    message: Text
    place: Place | None = None
    why: Text | None = None
    remedy: Text | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ComposeNetwork:
    """An entry of ``networks:``, or the default network that nobody wrote down.

    ``name`` is what the engine knows or is to know it by. ``spec`` is what is created; None for an
    ``external`` one, which must exist. ``users`` are the keys of the services that are on it and
    take part (see profiles): without any Compose does not create it.
    """

    key: str
    name: str
    external: bool
    spec: NetworkSpec | None
    entry: YamlMapping
    place: Place | None
    users: tuple[str, ...] = ()

    @property
    def implicit(self) -> bool:
        """Whether the file does not mention it."""
        return self.place is None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A service's part in one network, by the network's key."""

    network: str
    place: Place
    address: str = ""
    ipv6_address: str = ""
    mac_address: str = ""
    aliases: tuple[str, ...] = ()
    driver_options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ComposePort:
    """A published port, or a range of them. ``published`` is None where the engine chooses.

    Both are first and last; a range of host ports for one container port has two different
    published ones and one target.
    """

    target: tuple[int, int]
    published: tuple[int, int] | None
    protocol: str
    host_address: str
    mode: str
    place: Place

    def describe(self) -> str:
        """As the short form writes it."""
        outside = f"{_range(self.published)}:" if self.published else ""
        host = f"{self.host_address}:" if self.host_address else ""
        return f"{host}{outside}{_range(self.target)}/{self.protocol}"


def _range(ports: tuple[int, int]) -> str:
    return str(ports[0]) if ports[0] == ports[1] else f"{ports[0]}-{ports[1]}"


@dataclass(frozen=True, slots=True)
class ComposeService:
    """An entry of ``services:``. ``active`` is whether its profiles let it take part.

    ``network_mode`` is "" where it is on networks. ``entry`` holds all that it was read from.
    """

    key: str
    place: Place
    entry: YamlMapping
    image: str = ""
    container_name: str = ""
    attachments: tuple[Attachment, ...] = ()
    network_mode: str = ""
    ports: tuple[ComposePort, ...] = ()
    depends_on: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    dns: tuple[str, ...] = ()
    isolation: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class Project:
    """A Compose project as its files say it, with what is wrong with them as files.

    ``uses`` are the variables that were put in, ``profiles`` all that services name. ``references``
    are files that others are read by and that were not at hand.
    """

    name: str
    networks: tuple[ComposeNetwork, ...] = ()
    services: tuple[ComposeService, ...] = ()
    profiles: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    problems: tuple[ComposeProblem, ...] = ()
    references: tuple[Reference, ...] = ()
    tree: YamlMapping | None = None

    def network(self, key: str) -> ComposeNetwork | None:
        """The network of that key, None where there is none."""
        return next((network for network in self.networks if network.key == key), None)
