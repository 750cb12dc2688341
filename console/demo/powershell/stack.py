"""Adapters, addresses, interfaces, routes, DNS servers and compartments, as Get-Net… tell them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Interface
from typing import TYPE_CHECKING

from console.demo.guids import guid_for
from console.demo.interfaces import Interface
from console.demo.powershell.writing import text_of
from console.demo.prefixes import UNKNOWN_PREFIX
from console.domain.snapshot import HOST_COMPARTMENT

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_ETHERNET, _WIRELESS, _UNSPECIFIED = 14, 9, 0  # NdisPhysicalMedium (reference, 5.1)
_ON_LINK = "0.0.0.0"  # noqa: S104 (a next hop, nothing is bound to it)
_LINK_METRIC = 256
"""What Windows gives the routes it adds itself; a gateway's get 0, and so the interface's metric alone."""
_OPERATIONAL = {"Up": "Up", "Not Present": "NotPresent"}
_LOOPBACK = Interface(
    name="Loopback Pseudo-Interface 1",
    description="",
    guid="",
    index=1,
    mac_address="",
    addresses=("127.0.0.1/8",),
    mtu=4294967295,
    metric=75,
)
_DEFAULT_COMPARTMENT = {
    "id": 1,
    "description": "Default Compartment",
    "guid": "{b1062982-2b18-4b4f-b3d5-a78ddb9cdd49}",
    "kind": "",
}


@dataclass(frozen=True, slots=True)
class StackTexts:
    """What one interface adds to each section, as JSON."""

    adapter: str
    binding: str
    team_binding: str
    addresses: tuple[str, ...]
    interface: str
    routes: tuple[str, ...]
    dns_servers: str


def mac_of(colons: str) -> str:
    """``00:15:5d:…`` as Windows prints it, ``00-15-5D-…``."""
    return colons.replace(":", "-").upper()


def stack_sections(host: PracticeHost) -> dict[str, list[str]]:
    """The items of the sections by their names."""
    cards = list(host.interfaces.physical())
    interfaces = [*cards, *host.interfaces.host_vnics()]
    containers = list(host.containers.all())
    interfaces += [one for container in containers for one in host.interfaces.of_container(container)]
    texts = [_texts(one) for one in interfaces]
    with_ip = [text for text, one in zip(texts, interfaces, strict=True) if one.has_ip]
    own = [
        text
        for text, one in zip(texts, interfaces, strict=True)
        if one.has_ip and one.compartment == HOST_COMPARTMENT
    ]
    loopback = _texts(_LOOPBACK)
    return {
        "adapters": [one.adapter for one in texts],
        "bindings": [one.binding for one in texts[: len(cards)]],
        "teamBindings": [one.team_binding for one in texts[: len(cards)]],
        "addresses": [text for one in (*with_ip, loopback) for text in one.addresses],
        "interfaces": [one.interface for one in (*with_ip, loopback)],
        "routes": [*(text for one in (*own, loopback) for text in one.routes), *_added_routes(host)],
        "dnsServers": [one.dns_servers for one in (*own, loopback)],
        "compartments": _compartments(host),
    }


def _compartments(host: PracticeHost) -> list[str]:
    found = {one.compartment: one for one in reversed(list(host.containers.all())) if one.compartment}
    documents = [
        {
            "id": number,
            "description": f"\\Container_{found[number].id}",
            "guid": f"{{{guid_for('compartment', found[number].sandbox_id).lower()}}}",
            "kind": "",
        }
        for number in sorted(found)
    ]
    return [text_of(one) for one in (_DEFAULT_COMPARTMENT, *documents)]


def _added_routes(host: PracticeHost) -> list[str]:
    """Routes somebody added; they lead through the first gateway."""
    gateway, index = next(
        ((one.gateways[0], one.index) for one in host.state.adapters if one.gateways), (_ON_LINK, 1)
    )
    return [_route(prefix, gateway, index) for prefix in host.state.routes if prefix != UNKNOWN_PREFIX]


@lru_cache(maxsize=1 << 15)
def _texts(interface: Interface) -> StackTexts:
    return StackTexts(
        adapter=_adapter(interface),
        binding=_binding(interface, enabled=interface.bound),
        team_binding=_binding(interface, enabled=interface.in_team),
        addresses=tuple(_addresses(interface)),
        interface=text_of(
            {
                "index": interface.index,
                "alias": interface.name,
                "compartment": interface.compartment,
                "mtu": interface.mtu,
                "metric": interface.metric,
                "dhcp": "Enabled" if interface.dhcp else "Disabled",
            }
        ),
        routes=tuple(_routes(interface)),
        dns_servers=text_of({"index": interface.index, "addresses": list(interface.dns_servers)}),
    )


def _binding(interface: Interface, *, enabled: bool) -> str:
    return text_of({"name": interface.name, "description": interface.description, "enabled": enabled})


def _adapter(interface: Interface) -> str:
    medium = (_WIRELESS if interface.wireless else _ETHERNET) if interface.physical else _UNSPECIFIED
    return text_of(
        {
            "name": interface.name,
            "description": interface.description,
            "index": interface.index,
            "guid": f"{{{interface.guid}}}",
            "status": interface.status,
            "operationalStatus": _OPERATIONAL.get(interface.status, "Down"),
            "macAddress": mac_of(interface.mac_address),
            "speedBits": interface.speed_bits,
            "virtual": not interface.physical,
            "hardwareInterface": interface.physical,
            "physicalMedium": medium,
            "vlan": None,
            "driverFile": interface.driver[0],
            "driverVersion": interface.driver[1],
        }
    )


def _addresses(interface: Interface) -> list[str]:
    origin = "Dhcp" if interface.dhcp else "WellKnown" if interface is _LOOPBACK else "Manual"
    return [
        text_of(
            {
                "address": address.partition("/")[0],
                "prefixLength": int(address.partition("/")[2]),
                "index": interface.index,
                "alias": interface.name,
                "state": "Preferred",
                "origin": origin,
            }
        )
        for address in interface.addresses
    ]


def _routes(interface: Interface) -> list[str]:
    """What Windows adds for each address of its own: the link, the host, broadcast, multicast."""
    routes = [_route(UNKNOWN_PREFIX, gateway, interface.index) for gateway in interface.gateways]
    for address in interface.addresses:
        link = IPv4Interface(address)
        prefixes = (str(link.network), f"{link.ip}/32", f"{link.network.broadcast_address}/32")
        routes += [_route(prefix, _ON_LINK, interface.index) for prefix in prefixes]
    return routes + [
        _route(prefix, _ON_LINK, interface.index) for prefix in ("224.0.0.0/4", "255.255.255.255/32")
    ]


def _route(prefix: str, next_hop: str, index: int) -> str:
    metric = _LINK_METRIC if next_hop == _ON_LINK else 0
    return text_of({"prefix": prefix, "nextHop": next_hop, "index": index, "metric": metric})
