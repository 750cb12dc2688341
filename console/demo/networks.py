"""The engine's networks: find, list, create, remove, prune (reference, 2.2 and 2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from console.demo.hns import HnsRequest
from console.demo.network_creation import PREDEFINED, Creation
from console.demo.network_request import CreateBody
from console.demo.options import local_options
from console.demo.refusal import Refusal
from console.demo.state import HnsNetworkState, HnsSubnet, NetworkState
from console.domain.drivers import options as keys

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

PROTECTED_FROM_PRUNE = frozenset({"Default Switch", "WSL (Hyper-V firewall)"})


class Networks:
    """The engine's own list of networks. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self._by_name: dict[str, list[NetworkState]] = {}
        for network in host.state.networks.values():
            self._by_name.setdefault(network.name, []).append(network)

    def all(self) -> Iterable[NetworkState]:
        """Every network, in the order the engine keeps them."""
        return self._host.state.networks.values()

    def named(self, name: str) -> list[NetworkState]:
        """The networks of exactly that name (older engines allow several)."""
        return self._by_name.get(name, [])

    def find(self, term: str) -> NetworkState:
        """A network by id, name or beginning of its id; refusals as of reference 2.3."""
        exact = self._host.state.networks.get(term)
        if exact:
            return exact
        matches, how = self.named(term), "name"
        if not matches:
            matches, how = [one for one in self.all() if term and one.id.startswith(term)], "ID prefix"
        if len(matches) > 1:
            raise Refusal(400, f"network {term} is ambiguous ({len(matches)} matches found on {how})")
        if not matches:
            raise Refusal(404, f"network {term} not found")
        return matches[0]

    def create(self, body: CreateBody) -> NetworkState:
        """All checks, then the network."""
        network = Creation(self._host, body).run()
        self.add(network)
        self.tell(network, "create")
        return network

    def add(self, network: NetworkState) -> None:
        """Put a made network on the list, without an event."""
        self._host.state.networks[network.id] = network
        self._by_name.setdefault(network.name, []).append(network)

    def drop(self, network: NetworkState) -> None:
        """Take a network off the list, without an event and without HNS."""
        del self._host.state.networks[network.id]
        same_name = self._by_name[network.name]
        same_name.remove(network)
        if not same_name:
            del self._by_name[network.name]

    def remove(self, term: str) -> None:
        """``docker network rm``."""
        network = self.find(term)
        if network.name in PREDEFINED:
            raise Refusal(403, f"{network.name} is a pre-defined network and cannot be removed")
        if network.scope == "swarm" and not self._host.swarm.is_manager:
            raise Refusal(503, self._host.swarm.not_manager_message)
        for service in self._host.state.swarm.services:
            if network.id in service.network_ids:
                raise Refusal(
                    400,
                    f"rpc error: code = FailedPrecondition desc = network {network.id} is in use by "
                    f"service {service.id}",
                )
        self._check_unused(network)
        self._remove(network)

    def _check_unused(self, network: NetworkState) -> None:
        if not network.members:
            return
        if not self._host.build.engine.names_endpoints_in_use:
            raise Refusal(
                403,
                f"error while removing network: network {network.name} id {network.id} has active endpoints",
            )
        users = ", ".join(
            f'name:"{container.name}" id:"{container.endpoints[network.name].endpoint_id[:12]}"'
            for container in network.members.values()
        )
        raise Refusal(
            403, f"error while removing network: network {network.name} has active endpoints ({users})"
        )

    def _remove(self, network: NetworkState) -> None:
        if network.hns_id:
            self._host.hns.delete_network(network.hns_id)
        self.drop(network)
        self.tell(network, "destroy" if network.scope == "local" else "remove")

    def prune(self, wanted: Iterable[NetworkState]) -> list[str]:
        """Remove every unused one of ``wanted`` that prune does not protect; gives the names."""
        removed = []
        for network in list(wanted):
            if network.name in PREDEFINED or network.ingress or network.members:
                continue
            if self._host.build.engine.marks_host_networks and (
                keys.HNS_OWNED in network.options or network.name in PROTECTED_FROM_PRUNE
            ):
                continue
            if network.scope == "swarm" and not self._host.swarm.is_manager:
                continue
            if any(network.id in service.network_ids for service in self._host.state.swarm.services):
                continue
            self._remove(network)
            removed.append(network.name)
        return removed

    def instantiate(self, network: NetworkState) -> HnsNetworkState:
        """The HNS network behind a network; an overlay gets it with its first endpoint here."""
        known = self._host.hns.network(network.hns_id) if network.hns_id else None
        if known:
            return known
        if network.driver != "overlay":
            raise self._host.hns.refusal(0x490)
        parsed = local_options({keys.INTERFACE: network.options.get(keys.INTERFACE, "")})
        made = self._host.hns.create_network(
            HnsRequest(
                name=network.options.get(keys.NETWORK_NAME, network.id),
                type="overlay",
                subnets=tuple(
                    HnsSubnet(prefix=one.subnet, gateway=one.gateway) for one in network.pools or []
                ),
                adapters=parsed.adapters,
                vsid=int(network.options[keys.VXLAN_ID_LIST].split(",")[0]),
            )
        )
        network.hns_id = made.id
        network.options[keys.HNS_ID] = made.id
        network.changed()
        return made

    def abandon(self, network: NetworkState) -> None:
        """Take an overlay's HNS network away with its last endpoint on this node."""
        if network.driver != "overlay" or network.ingress or network.members or not network.hns_id:
            return
        self._host.hns.delete_network(network.hns_id)
        network.hns_id = ""
        network.options.pop(keys.HNS_ID, None)
        network.changed()

    def tell(self, network: NetworkState, action: str, container: str = "") -> None:
        """Record a network event (reference, 2.3 events)."""
        attributes = {"name": network.name, "type": network.driver}
        if container:
            attributes["container"] = container
        self._host.events.record("network", action, network.id, attributes, scope=network.scope)
