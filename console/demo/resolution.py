"""What the engine's resolver tells a container: service discovery by driver (reference, 2.8 and 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.demo.container_view import dns_names
from console.demo.options import truth
from console.demo.state import ContainerState, EndpointState, NetworkState
from console.domain.drivers import options as keys

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

INTERNAL_DNS_DRIVERS = frozenset({"nat", "overlay"})


def attached(host: PracticeHost, container: ContainerState) -> Iterator[tuple[NetworkState, EndpointState]]:
    """The networks a container has live endpoints on, in the order of its inspect."""
    owner = container
    if container.network_mode.startswith("container:"):
        owner = host.containers.find(container.network_mode.partition(":")[2])
    for endpoint in owner.endpoints.values():
        network = host.state.networks.get(endpoint.network_id)
        if network and endpoint.endpoint_id and network.driver != "null":
            yield network, endpoint


def has_internal_dns(network: NetworkState) -> bool:
    """Whether endpoints there use the engine's own resolver, at the gateway."""
    if network.driver not in INTERNAL_DNS_DRIVERS:
        return False
    disabled = network.options.get(keys.WINDOWS_PREFIX + "disable_gatewaydns", "false")
    return not truth(disabled)


def dns_servers(host: PracticeHost, container: ContainerState) -> list[str]:
    """The DNS servers the container's adapters have, in order."""
    servers = []
    for network, endpoint in attached(host, container):
        if has_internal_dns(network) and endpoint.lease_gateway:
            servers.append(endpoint.lease_gateway)
        configured = network.options.get(keys.WINDOWS_PREFIX + "dnsservers", "")
        if configured and network.driver != "overlay":
            servers += configured.split(",")
        elif not has_internal_dns(network):
            servers += [one for adapter in host.state.adapters for one in adapter.dns_servers]
    return list(dict.fromkeys(servers))


def endpoint_dns_servers(
    host: PracticeHost, container: ContainerState, network: NetworkState, endpoint: EndpointState
) -> list[str]:
    """What HNS gives one endpoint: its gateway where that resolves, then ``--dns``, else the network's
    servers, else the host's (reference, 1.4 and 5.4).
    """
    gateway = [endpoint.lease_gateway] if has_internal_dns(network) and endpoint.lease_gateway else []
    takes_dns = network.driver != "overlay" or host.build.engine.gives_overlay_dns
    asked = (container.host_config.get("Dns") or []) if takes_dns and not network.internal else []
    configured = network.options.get(keys.WINDOWS_PREFIX + "dnsservers", "")
    own = configured.split(",") if configured and network.driver != "overlay" else []
    upstream = next((one.dns_servers for one in host.state.adapters if one.dns_servers), [])
    return list(dict.fromkeys([*gateway, *(asked or own or upstream)]))


def resolve(host: PracticeHost, container: ContainerState, name: str) -> list[str]:
    """The addresses a name has for this container; empty if it has none."""
    wanted = name.rstrip(".").lower()
    if wanted in ("localhost", container.hostname.lower()):
        own = [endpoint.lease for _, endpoint in attached(host, container)]
        return ["127.0.0.1"] if wanted == "localhost" else own
    for network, endpoint in attached(host, container):
        carrier = host.hns_network_of(endpoint)
        # The resolver waits on the gateway's address: where the host has not got it, nobody answers.
        if not has_internal_dns(network) or (carrier is not None and carrier.host_vnic_lost):
            continue
        found = [
            other.endpoints[network.name].lease
            for other in network.members.values()
            if wanted in map(str.lower, dns_names(other, other.endpoints[network.name]))
        ]
        if found:
            return found
    return []
