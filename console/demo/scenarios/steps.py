"""What scenarios are made of. The caller holds the host's lock."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from console.demo.container_request import CreateContainerBody
from console.demo.network_request import CreateBody
from console.demo.state import ContainerState, HnsNetworkState, HnsSubnet, NetworkState, SwitchState
from console.domain.drivers.options import INTERFACE
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

DEFAULT_SWITCH_ID = "C08CB7B8-9B3C-408E-8E30-5E16A3AEB444"


def network(
    host: PracticeHost,
    name: str,
    driver: str,
    *,
    subnet: str = "",
    gateway: str = "",
    interface: str = "",
    options: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    attachable: bool = False,
) -> NetworkState:
    """Create a network as a client would."""
    chosen = dict(options or {})
    if interface:
        chosen[INTERFACE] = interface
    config = [{"Subnet": subnet, "Gateway": gateway}] if subnet else []
    body = {
        "Name": name,
        "Driver": driver,
        "CheckDuplicate": True,
        "IPAM": {"Driver": "default", "Options": {}, "Config": config},
        "Options": chosen,
        "Labels": dict(labels or {}),
        "Attachable": attachable,
    }
    return host.networks.create(CreateBody.model_validate(body))


def run(
    host: PracticeHost,
    name: str,
    image: str,
    *,
    network: str = "nat",
    address: str = "",
    ports: Mapping[str, int] | None = None,
    aliases: tuple[str, ...] = (),
    labels: Mapping[str, str] | None = None,
    started: bool = True,
    host_config: Mapping[str, Any] | None = None,
) -> ContainerState:
    """Create a container and start it. ``ports`` maps ``80/tcp`` to a host port.

    ``host_config`` is what else is asked for (``HostConfig``).
    """
    settings: dict[str, Any] = {"Aliases": list(aliases)}
    if address:
        settings["IPAMConfig"] = {"IPv4Address": address}
    bindings = {port: [{"HostIp": "", "HostPort": str(number)}] for port, number in (ports or {}).items()}
    body: dict[str, Any] = {
        "Image": image,
        "Cmd": None if image == "iis" else ["ping", "-t", "localhost"],
        "Labels": dict(labels or {}),
        "ExposedPorts": {port: {} for port in bindings},
        "HostConfig": {"NetworkMode": network, "PortBindings": bindings, **(host_config or {})},
        "NetworkingConfig": {"EndpointsConfig": {network: settings}},
    }
    container = host.containers.create(name, CreateContainerBody.model_validate(body))
    if started:
        host.containers.start(container)
    return container


def add_default_switch(host: PracticeHost) -> None:
    """Hyper-V's Default Switch of Windows clients: an ICS network the engine adopts."""
    switch = SwitchState(id=DEFAULT_SWITCH_ID, name="Default Switch", kind=VSwitchKind.INTERNAL)
    host.state.switches[switch.id] = switch
    host.hns.adopt_network(
        HnsNetworkState(
            id=DEFAULT_SWITCH_ID,
            name="Default Switch",
            type="ICS",
            subnets=[HnsSubnet(prefix="172.31.38.64/28", gateway="172.31.38.65")],
            switch_id=switch.id,
            mac_pool=host.identity.mac_pool(),
        )
    )
