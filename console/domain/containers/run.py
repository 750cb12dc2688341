"""Running a container: what is wrong with each field while it is filled in, and the plan.

The rules are those of reference 1.4, 2.1, 2.3 and 4.2; each names its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count, islice

from console.domain.addressing import free_addresses, parse_any_address
from console.domain.attachment import address_refused_because, static_subnets
from console.domain.container_details import Image
from console.domain.container_spec import EVERY_ADDRESS, ContainerSpec, PublishSpec
from console.domain.container_steps import CreateContainer, StartContainer
from console.domain.containers.ports import (
    PROTOCOLS,
    PortsError,
    free_port,
    parse_ports,
    taken_because,
)
from console.domain.drivers.driver import Driver
from console.domain.drivers.registry import driver
from console.domain.plan import Plan
from console.domain.removal import is_windows
from console.domain.severity import Severity
from console.domain.snapshot import Network, Snapshot
from console.domain.text import N_, Text, verbatim

CONTEXT = "RunContainer"

ISOLATIONS = ("", "process", "hyperv")

#: What the engine takes for a name (its own refusal says so).
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
_NOT_IN_A_NAME = re.compile(r"[^a-zA-Z0-9_.-]+")
#: Builds whose HNS hangs with published ports on several nat networks (reference, 4.2).
_HANGING_BUILDS = frozenset({19042, 20348, 26100})
_NOTHING = verbatim("")


class RunField(StrEnum):
    """One thing a person fills in when running a container."""

    IMAGE = "image"
    NAME = "name"
    NETWORK = "network"
    ADDRESS = "address"
    PORTS = "ports"
    DNS_SERVERS = "dns-servers"
    DNS_SEARCH = "dns-search"
    ISOLATION = "isolation"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to say about one field. ``suggestion`` is a value for it that would work, "" for none."""

    field: RunField
    severity: Severity
    message: Text
    why: Text = _NOTHING
    suggestion: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class RunDraft:
    """What has been typed so far, also where it is wrong. ``network`` is a network's id."""

    image: str = ""
    name: str = ""
    network: str = ""
    address: str = ""
    aliases: str = ""
    ports: str = ""
    dns_servers: str = ""
    dns_search: str = ""
    isolation: str = ""
    command: tuple[str, ...] = ()
    interactive: bool = False


def networks_to_run_on(snapshot: Snapshot) -> tuple[Network, ...]:
    """The networks a container can be made on, the engine's own default first."""
    offered = [one for one in snapshot.networks.known() or () if not (one.config_only or one.ingress)]
    default = "nat" if is_windows(snapshot) else "bridge"
    return tuple(sorted(offered, key=lambda one: (one.name != default, one.name == "none", one.name)))


def suggested_name(image: str, snapshot: Snapshot) -> str:
    """A free name made of the image's: ``servercore/iis:latest`` gives ``iis``, then ``iis-2``."""
    last = image.partition("@")[0].rsplit("/", maxsplit=1)[-1].partition(":")[0]
    base = _NOT_IN_A_NAME.sub("-", last).strip("-._") or "container"
    base = base if _NAME.fullmatch(base) else f"container-{base}"
    taken = {one.name for one in snapshot.containers.known() or ()}
    numbered = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(name for name in numbered if name not in taken)


def offered_addresses(network: Network | None, snapshot: Snapshot, most: int = 5) -> tuple[str, ...]:
    """The first free addresses of a static network; none on one without a subnet."""
    if network is None or not static_subnets(network):
        return ()
    return tuple(islice(free_addresses(network, snapshot), most))


def remarks(draft: RunDraft, snapshot: Snapshot, images: Sequence[Image] | None = None) -> tuple[Remark, ...]:
    """All there is to say about ``draft``; ``images`` are those in the store, None while not known."""
    network = chosen_network(draft, snapshot)
    return (
        *_about_image(draft, images),
        *_about_name(draft, snapshot),
        *_about_network(draft, network),
        *_about_address(draft, network, snapshot),
        *_about_ports(draft, network, snapshot),
        *_about_dns(draft, network, snapshot),
        *_about_isolation(draft, snapshot),
    )


def chosen_network(draft: RunDraft, snapshot: Snapshot) -> Network | None:
    """The network that is chosen; None where it is not there."""
    return next((one for one in snapshot.networks.known() or () if one.id == draft.network), None)


def run_plan(draft: RunDraft, snapshot: Snapshot) -> Plan:
    """The plan that makes and starts the container. Raises PortsError for ports that are none."""
    network = chosen_network(draft, snapshot)
    spec = ContainerSpec(
        name=draft.name,
        image=draft.image,
        network=network.name if network else "",
        address=draft.address,
        aliases=_words(draft.aliases),
        ports=parse_ports(draft.ports),
        dns_servers=_words(draft.dns_servers),
        dns_search=_words(draft.dns_search),
        isolation=draft.isolation,
        command=draft.command,
        interactive=draft.interactive,
    )
    title = N_(CONTEXT, "Run the container {name} from {image}", name=spec.name, image=spec.image)
    steps = (CreateContainer(spec=spec), StartContainer(container=spec.name, container_name=spec.name))
    return Plan(title=title, steps=steps)


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,;\s]+", text) if word)


def _about_image(draft: RunDraft, images: Sequence[Image] | None) -> Iterator[Remark]:
    if not draft.image:
        yield Remark(RunField.IMAGE, Severity.ERROR, N_(CONTEXT, "An image is needed."))
        return
    if images is None or _in_store(draft.image, images):
        return
    yield Remark(
        RunField.IMAGE,
        Severity.ERROR,
        N_(CONTEXT, "{image} is not in the engine's image store.", image=draft.image),
        N_(CONTEXT, "Pull it first: docker pull {image}", image=draft.image),
    )


def _in_store(wanted: str, images: Sequence[Image]) -> bool:
    last = wanted.rsplit("/", maxsplit=1)[-1]
    tagged = wanted if ":" in last or "@" in last else f"{wanted}:latest"
    short = wanted.removeprefix("sha256:")
    return "@" in wanted or any(
        tagged in image.tags or (len(short) >= 4 and image.id.removeprefix("sha256:").startswith(short))
        for image in images
    )


def _about_name(draft: RunDraft, snapshot: Snapshot) -> Iterator[Remark]:
    free = suggested_name(draft.name or draft.image, snapshot)
    if not draft.name:
        needed = N_(CONTEXT, "A name is needed.")
        why = N_(CONTEXT, "Other containers find it by this name on networks with service discovery.")
        yield Remark(RunField.NAME, Severity.ERROR, needed, why, free if draft.image else "")
    elif not _NAME.fullmatch(draft.name):
        message = N_(CONTEXT, "{name} can't be a container's name.", name=draft.name)
        why = N_(
            CONTEXT,
            "It begins with a letter or a digit, and letters, digits, dots, dashes and underscores follow.",
        )
        yield Remark(RunField.NAME, Severity.ERROR, message, why, free)
    elif any(one.name == draft.name for one in snapshot.containers.known() or ()):
        message = N_(CONTEXT, "There is a container {name} already.", name=draft.name)
        yield Remark(RunField.NAME, Severity.ERROR, message, suggestion=free)


def _about_network(draft: RunDraft, network: Network | None) -> Iterator[Remark]:
    if draft.network and network is None:
        yield Remark(RunField.NETWORK, Severity.ERROR, N_(CONTEXT, "This network is no longer there."))
    if network is None:
        return
    if network.scope == "swarm" and not network.attachable:
        # The engine's words: "network X not manually attachable".
        message = N_(CONTEXT, "{name} accepts only swarm services.", name=network.name)
        why = N_(CONTEXT, "It was created without --attachable.")
        yield Remark(RunField.NETWORK, Severity.ERROR, message, why)


def _about_address(draft: RunDraft, network: Network | None, snapshot: Snapshot) -> Iterator[Remark]:
    if not draft.address:
        return
    if network is None:
        yield Remark(RunField.ADDRESS, Severity.ERROR, N_(CONTEXT, "Choose the network first."))
        return
    refused = address_refused_because(draft.address, network, snapshot)
    if refused is not None:
        free = next(iter(offered_addresses(network, snapshot, 1)), "")
        yield Remark(RunField.ADDRESS, Severity.ERROR, refused, suggestion=free)


def _about_ports(draft: RunDraft, network: Network | None, snapshot: Snapshot) -> Iterator[Remark]:
    try:
        ports = parse_ports(draft.ports)
    except PortsError as wrong:
        yield Remark(RunField.PORTS, Severity.ERROR, wrong.text)
        return
    if not ports:
        return
    yield from _about_each_port(draft, ports, snapshot)
    if network is not None:
        yield from _about_publishing_on(network, snapshot)


def _about_each_port(draft: RunDraft, ports: tuple[PublishSpec, ...], snapshot: Snapshot) -> Iterator[Remark]:
    asked = [(port.protocol, port.host_port) for port in ports if port.host_port is not None]
    besides = frozenset(number for _, number in asked)
    for position, port in enumerate(ports):
        if port.protocol not in PROTOCOLS and is_windows(snapshot):
            # reference, 1.4: "invalid protocol sctp"
            message = N_(CONTEXT, "Windows publishes tcp and udp, not {other}.", other=port.protocol)
            yield Remark(RunField.PORTS, Severity.ERROR, message)
        if port.host_address not in EVERY_ADDRESS and is_windows(snapshot):
            # reference, 1.4: "Windows does not support host IP addresses in NAT settings"
            message = N_(
                CONTEXT,
                "Windows publishes a port on all addresses of the host: leave {address} out.",
                address=port.host_address,
            )
            yield Remark(RunField.PORTS, Severity.ERROR, message)
        if port.host_port is not None and asked.count((port.protocol, port.host_port)) > 1:
            message = N_(
                CONTEXT,
                "Host port {port}/{protocol} is requested twice.",
                port=port.host_port,
                protocol=port.protocol,
            )
            yield Remark(RunField.PORTS, Severity.ERROR, message)
            return
        holder = taken_because(port, snapshot)
        if holder is not None and port.host_port is not None:
            free = free_port(port.host_port, port.protocol, snapshot, besides)
            message = N_(
                CONTEXT,
                "Host port {port}/{protocol} is taken: {holder}.",
                port=port.host_port,
                protocol=port.protocol,
                holder=holder,
            )
            suggestion = _with_port(draft.ports, position, port, free) if free else ""
            yield Remark(RunField.PORTS, Severity.ERROR, message, suggestion=suggestion)


def _with_port(text: str, position: int, port: PublishSpec, free: int) -> str:
    parts = [part for part in re.split(r"[,;\s]+", text.strip()) if part]
    protocol = "" if port.protocol == "tcp" else f"/{port.protocol}"
    parts[position] = f"{free}:{port.container_port}{protocol}"
    return ", ".join(parts)


def _about_publishing_on(network: Network, snapshot: Snapshot) -> Iterator[Remark]:
    windows = is_windows(snapshot)
    kind = driver(network.driver, windows=windows)
    if windows and network.internal:
        message = N_(CONTEXT, "The engine drops published ports on {name}.", name=network.name)
        why = N_(CONTEXT, "The network was created with --internal.")  # reference, 1.3
        yield Remark(RunField.PORTS, Severity.WARNING, message, why)
    elif kind is not None and not kind.publishes_ports:
        yield _useless_ports(network, kind)
    if windows and network.driver.lower() == "nat" and _may_hang(network, snapshot):
        message = N_(CONTEXT, "Other nat networks of this host have published ports already.")
        why = N_(
            CONTEXT,
            "On this Windows HNS is known to hang when containers on several nat networks publish ports. "
            "Keep published ports on one nat network.",
        )
        yield Remark(RunField.PORTS, Severity.WARNING, message, why)


def _useless_ports(network: Network, kind: Driver) -> Remark:
    message = N_(
        CONTEXT, "Publishing has no use on the {driver} network {name}.", driver=kind.name, name=network.name
    )
    why = (
        N_(CONTEXT, "A container there has its own address on the physical network: use that one.")
        if kind.external
        else N_(CONTEXT, "Nothing outside the host can reach it.")
    )
    return Remark(RunField.PORTS, Severity.WARNING, message, why)


def _may_hang(network: Network, snapshot: Snapshot) -> bool:
    """reference, 4.2: "3rd container with published port on ≥2 nat networks"."""
    engine = snapshot.engine.known()
    if engine is None or engine.windows is None or engine.windows.build not in _HANGING_BUILDS:
        return False
    nats = {one.id for one in snapshot.networks.known() or () if one.driver.lower() == "nat"}
    return any(
        endpoint.network_id in nats and endpoint.network_id != network.id
        for container in snapshot.containers.known() or ()
        if any(port.host_port is not None for port in container.ports)
        for endpoint in container.endpoints
    )


def _about_dns(draft: RunDraft, network: Network | None, snapshot: Snapshot) -> Iterator[Remark]:
    servers = _words(draft.dns_servers)
    for server in servers:
        if parse_any_address(server) is None:
            message = N_(CONTEXT, "{word} is not the address of a DNS server.", word=server)
            yield Remark(RunField.DNS_SERVERS, Severity.ERROR, message)
    if servers and network is not None and network.internal and is_windows(snapshot):
        message = N_(CONTEXT, "The engine drops DNS servers on {name}.", name=network.name)
        why = N_(CONTEXT, "The network was created with --internal.")  # reference, 1.3
        yield Remark(RunField.DNS_SERVERS, Severity.WARNING, message, why)
    if servers and network is not None and network.driver.lower() == "overlay" and _before(snapshot, 29):
        message = N_(CONTEXT, "This engine does not pass DNS servers to containers on overlay networks.")
        why = N_(CONTEXT, "Engine 29.0 and later do.")  # reference, 2.9
        yield Remark(RunField.DNS_SERVERS, Severity.WARNING, message, why)


def _before(snapshot: Snapshot, major: int) -> bool:
    engine = snapshot.engine.known()
    first = engine.version.partition(".")[0] if engine else ""
    return is_windows(snapshot) and first.isdigit() and int(first) < major


def _about_isolation(draft: RunDraft, snapshot: Snapshot) -> Iterator[Remark]:
    if draft.isolation == "":
        return
    if not is_windows(snapshot):
        message = N_(CONTEXT, "Only Windows containers have a choice of isolation.")
        yield Remark(RunField.ISOLATION, Severity.ERROR, message, suggestion="default")
        return
    windows = snapshot.facts.windows.known()
    state = windows.features.get("Hyper-V") if windows else None
    if draft.isolation == "hyperv" and state is not None and state.casefold() not in {"enabled", "installed"}:
        message = N_(CONTEXT, "This host can't run containers with Hyper-V isolation.")
        why = N_(CONTEXT, "The Windows feature Hyper-V is not enabled here.")
        yield Remark(RunField.ISOLATION, Severity.ERROR, message, why, suggestion="default")
