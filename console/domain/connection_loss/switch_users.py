"""Which networks are on which external vSwitch, and which vSwitch goes with the last of them.

Only what sits on external vSwitches is looked at, so that this can be asked on the UI thread of a host
with thousands of endpoints; :class:`~console.domain.relations.Relations` knows all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import HNS_ID, INTERFACE
from console.domain.host_adapters import external_adapters, external_networks, hns_name
from console.domain.host_inventory import HnsNetwork
from console.domain.snapshot import Network, Snapshot, VSwitch


class SwitchUsers:
    """The networks of docker and HNS on the external vSwitches of ``snapshot``."""

    def __init__(self, snapshot: Snapshot) -> None:
        external = external_adapters(snapshot)
        self._by_id = {switch.id.casefold(): switch for switch, _ in external}
        self._by_name = {switch.name.casefold(): switch for switch, _ in external}
        self._by_adapter = {one.name.casefold(): switch for switch, under in external for one in under}
        hns = snapshot.facts.hns_networks.known() or ()
        self._hns_by_id = {one.id.casefold(): one for one in hns}
        self._hns_by_name = {one.name.casefold(): one for one in hns}
        self._networks = external_networks(snapshot)
        self._docker_by_id = {one.id: one for one in self._networks}
        self._docker_by_name = {one.name: one for one in self._networks}
        self._users: dict[str, set[str]] = {}
        self._switch_of: dict[str, VSwitch] = {}
        for key, switch in chain(self._of_hns(hns), self._of_docker(self._networks)):
            self._users.setdefault(switch.name.casefold(), set()).add(key)
            self._switch_of[key] = switch

    def network(self, wanted: str, name: str) -> Network | None:
        """The docker network on an external vSwitch by its id, else by its name, as the engine finds it."""
        return self._docker_by_id.get(wanted) or self._docker_by_name.get(name)

    @property
    def switches(self) -> tuple[VSwitch, ...]:
        """The external vSwitches that a network of docker or HNS is on."""
        return tuple(self._by_name[name] for name, users in self._users.items() if users)

    @property
    def swarm_networks(self) -> tuple[Network, ...]:
        """The overlay networks that the host has of its swarm."""
        return tuple(one for one in self._networks if one.scope == "swarm")

    def remove(self, networks: Iterable[Network]) -> tuple[VSwitch, ...]:
        """Take docker networks away; the vSwitches that go because nothing is left on them."""
        return self._remove(self._key(network) for network in networks)

    def remove_hns(self, network_id: str) -> tuple[VSwitch, ...]:
        """Take a network of HNS away; the vSwitch that goes because nothing is left on it."""
        return self._remove((network_id.strip("{}").casefold(),))

    def would_go(self, networks: Iterable[Network]) -> tuple[VSwitch, ...]:
        """The vSwitches that would go with these docker networks."""
        return self._gone({self._key(network) for network in networks})

    def would_go_with_hns(self, network_id: str) -> tuple[VSwitch, ...]:
        """The vSwitch that would go with this network of HNS."""
        return self._gone({network_id.strip("{}").casefold()})

    def _remove(self, keys: Iterable[str]) -> tuple[VSwitch, ...]:
        removed = set(keys)
        gone = self._gone(removed)
        for users in self._users.values():
            users -= removed
        return gone

    def _gone(self, removed: set[str]) -> tuple[VSwitch, ...]:
        under = (self._switch_of[key] for key in removed if key in self._switch_of)
        switches = {switch.name.casefold(): switch for switch in under}
        return tuple(switch for name, switch in switches.items() if self._users[name] <= removed)

    def _key(self, network: Network) -> str:
        """One key for what docker and HNS each have a record of."""
        hns = self._hns(network)
        return hns.id.casefold() if hns is not None else network.id

    def _hns(self, network: Network) -> HnsNetwork | None:
        by_id = self._hns_by_id.get(network.option(HNS_ID).casefold())
        return by_id or self._hns_by_name.get(hns_name(network).casefold())

    def _of_hns(self, networks: Iterable[HnsNetwork]) -> Iterator[tuple[str, VSwitch]]:
        for one in networks:
            switch = (
                self._by_id.get(one.switch_id.casefold())
                or self._by_id.get(one.layered_on.casefold())
                or self._by_name.get(one.name.casefold())
                or self._by_adapter.get(one.adapter.casefold())
            )
            if switch is not None:
                yield one.id.casefold(), switch

    def _of_docker(self, networks: Iterable[Network]) -> Iterator[tuple[str, VSwitch]]:
        for network in networks:
            if self._hns(network) is not None:
                continue
            named = adapter_names(network.option(INTERFACE))
            on = (self._by_adapter.get(name.casefold()) for name in named)
            switch = self._by_name.get(hns_name(network).casefold()) or next(filter(None, on), None)
            if switch is not None:
                yield network.id, switch
