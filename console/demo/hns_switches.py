"""Which vSwitch carries an HNS network, and which adapters it takes (reference, 2.1 and 7)."""

from __future__ import annotations

from collections.abc import Callable

from console.demo import hns_messages as codes
from console.demo.builds import WindowsBuild
from console.demo.identity import Identity
from console.demo.refusal import Refusal
from console.demo.state import AdapterState, HnsNetworkState, HostState, SwitchState
from console.domain.snapshot import VSwitchKind

_KINDS = {
    "nat": VSwitchKind.INTERNAL,
    "internal": VSwitchKind.INTERNAL,
    "ics": VSwitchKind.INTERNAL,
    "private": VSwitchKind.PRIVATE,
}
VFP_TYPES = frozenset({"overlay", "l2bridge", "l2tunnel"})
"""Networks for which HNS switches VFP on (reference, 5.4)."""


class HnsSwitches:
    """The vSwitches of one host."""

    def __init__(
        self,
        state: HostState,
        build: WindowsBuild,
        identity: Identity,
        refusal: Callable[[int], Refusal],
    ) -> None:
        self._state = state
        self._build = build
        self._identity = identity
        self._refusal = refusal
        self._last_nat_vlan: int | None = None

    def bind(self, network: HnsNetworkState, adapters: tuple[str, ...]) -> str:
        """The id of the vSwitch for a new network; made now, or shared where Windows shares."""
        kind = _KINDS.get(network.type, VSwitchKind.EXTERNAL)
        if kind is VSwitchKind.EXTERNAL:
            switch_id = self._external(network, adapters)
            self._state.switches[switch_id].vfp |= network.type in VFP_TYPES
            return switch_id
        if network.type == "nat" and self._build.shares_nat_switch:
            for other in self._state.hns_networks.values():
                if other.type == "nat" and other.switch_id:
                    return other.switch_id
        return self._make(network.name, kind, [])

    def release(self, network: HnsNetworkState) -> None:
        """Remove the vSwitch if this was the last network on it, and free its adapters."""
        others = self._state.hns_networks.values()
        if any(other.switch_id == network.switch_id for other in others):
            return
        self.remove(network.switch_id)

    def remove(self, switch_id: str) -> None:
        """Delete a vSwitch; its adapters are free again."""
        self._state.switches.pop(switch_id, None)
        for adapter in self._state.adapters:
            if adapter.switch_id == switch_id:
                adapter.switch_id = ""

    def next_nat_vlan(self) -> int:
        """Nat networks on one vSwitch are told apart by VLAN 1, 2, … (reference, 5.4)."""
        if not self._build.shares_nat_switch:
            return 0
        if self._last_nat_vlan is None:
            nats = [net.vlan for net in self._state.hns_networks.values() if net.type == "nat"]
            self._last_nat_vlan = max(nats, default=0)
        self._last_nat_vlan += 1
        return self._last_nat_vlan

    def adapter_of(self, network: HnsNetworkState) -> AdapterState | None:
        """The first adapter that carries a network."""
        for adapter in self._state.adapters:
            if network.switch_id and adapter.switch_id == network.switch_id:
                return adapter
        return None

    def add_external(self, name: str, adapter: str, *, hns_known: bool) -> SwitchState:
        """An external vSwitch that Hyper-V made; with ``hns_known`` an engine start adopts it."""
        bound = [self._free_adapter(adapter).name]
        return self.add_hyper_v(name, VSwitchKind.EXTERNAL, bound, hns_known=hns_known)

    def add_hyper_v(
        self, name: str, kind: VSwitchKind, adapters: list[str], *, hns_known: bool = False
    ) -> SwitchState:
        """A vSwitch of whatever kind that Hyper-V made; its vNIC has the whole name."""
        switch = self._state.switches[self._make(name, kind, adapters)]
        switch.hns_known = hns_known
        switch.vnic_name = name
        return switch

    def _external(self, network: HnsNetworkState, names: tuple[str, ...]) -> str:
        if network.type == "overlay":
            for other in self._state.hns_networks.values():
                if other.type == "overlay" and self._carries(other.switch_id, names):
                    return other.switch_id
        if len(set(names)) != len(names):
            raise self._refusal(codes.INVALID_PARAMETER)
        chosen = [self._free_adapter(name) for name in names] or [self._default_adapter()]
        return self._make(network.name, VSwitchKind.EXTERNAL, [adapter.name for adapter in chosen])

    def _carries(self, switch_id: str, names: tuple[str, ...]) -> bool:
        switch = self._state.switches.get(switch_id)
        return switch is not None and (not names or set(names) <= set(switch.adapters))

    def _free_adapter(self, name: str) -> AdapterState:
        if name.lower().startswith("vethernet"):
            raise self._refusal(codes.INVALID_PARAMETER)
        found = [adapter for adapter in self._state.adapters if adapter.name.lower() == name.lower()]
        if not found or found[0].status != "Up" or found[0].switch_id or found[0].team:
            raise self._refusal(codes.ADAPTER_NOT_FOUND)
        if found[0].wireless:
            raise self._refusal(codes.INVALID_PARAMETER)
        return found[0]

    def _default_adapter(self) -> AdapterState:
        """The adapter Windows takes where none is named: the one with the default route. Once it
        is bound, a network must name another (seed, "Creating multiple transparent networks").
        """
        usable = [
            one for one in self._state.adapters if one.status == "Up" and not (one.wireless or one.team)
        ]
        usable.sort(key=lambda adapter: not adapter.gateways)
        if not usable or usable[0].switch_id:
            raise self._refusal(codes.ADAPTER_NOT_FOUND)
        return usable[0]

    def _make(self, name: str, kind: VSwitchKind, adapters: list[str]) -> str:
        switch = SwitchState(id=self._identity.guid(), name=name, kind=kind, adapters=adapters)
        self._state.switches[switch.id] = switch
        for adapter in self._state.adapters:
            if adapter.name in adapters:
                adapter.switch_id = switch.id
        return switch.id
