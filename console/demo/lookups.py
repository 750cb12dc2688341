"""What a container gets for a name: from the engine, else from a DNS server outside that it reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.resolution import attached, dns_servers, has_internal_dns, resolve
from console.demo.surroundings import OUTSIDE_NAMES
from console.demo.traffic import Fate, Packet, Traffic

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState

_DNS = 53
_FORWARDING_ENGINE = (28,)


def look_up(host: PracticeHost, container: ContainerState, name: str) -> list[str]:
    """The addresses of ``name``, empty where nobody who is asked knows it."""
    found = resolve(host, container, name)
    outside = OUTSIDE_NAMES.get(name.rstrip(".").lower())
    if found or outside is None:
        return found
    return [outside] if _asks_outside(host, container) else []


def _asks_outside(host: PracticeHost, container: ContainerState) -> bool:
    """Whether a DNS server outside can be asked: by the container itself, or by the engine for it
    (reference, 2.9: forwarding).
    """
    traffic = Traffic(host)
    resolvers = {
        endpoint.lease_gateway for network, endpoint in attached(host, container) if has_internal_dns(network)
    }
    own = [server for server in dns_servers(host, container) if server not in resolvers]
    asked = [traffic.from_container(container, Packet("udp", server, _DNS)) for server in own]
    if resolvers and host.build.engine.number >= _FORWARDING_ENGINE:
        servers = [server for adapter in host.state.adapters for server in adapter.dns_servers]
        asked += [traffic.from_host(Packet("udp", server, _DNS)) for server in servers]
    return Fate.ANSWERED in asked
