"""A host as the steps of a plan leave it, one after the other, as far as its own connections go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from pydantic import JsonValue

from console.domain.connection_loss.cut_off import CONTEXT, CutOff
from console.domain.connection_loss.switch_users import SwitchUsers
from console.domain.connection_loss.way import Way, ours_over
from console.domain.host_adapters import free_adapters, is_usable
from console.domain.host_ports import Connection
from console.domain.snapshot import HOST_COMPARTMENT, Adapter, Snapshot, VSwitch, VSwitchKind
from console.domain.text import N_, Text
from console.domain.watchdog import Rescue


class PlannedHost:
    """The adapters and vSwitches of ``snapshot``, which steps bind and release.

    ``ways`` are those of the console to the host; none: it runs on the host itself.
    """

    def __init__(self, snapshot: Snapshot, ways: tuple[Way, ...] = ()) -> None:
        self.snapshot = snapshot
        self.ways = ways
        self.switches = {one.name.casefold(): one for one in snapshot.facts.vswitches.known() or ()}
        self._adapters = {
            one.name.casefold(): one
            for one in snapshot.facts.adapters.known() or ()
            if one.compartment == HOST_COMPARTMENT
        }
        self._free = [one.name for one in free_adapters(snapshot) or ()]

    @property
    def is_windows(self) -> bool:
        """Whether the engine's networks are made by Windows."""
        engine = self.snapshot.engine.known()
        return engine is not None and engine.is_windows

    @property
    def adapters(self) -> tuple[Adapter, ...]:
        """The adapters and vNICs in the host's own compartment."""
        return tuple(self._adapters.values())

    @property
    def connections(self) -> tuple[Connection, ...]:
        """The established connections of the host itself."""
        return self.snapshot.facts.connections.known() or ()

    @property
    def first_free(self) -> tuple[str, ...]:
        """The adapter that Windows takes where a network names none: the one with the default route."""
        free = [one for one in self.adapters if one.name in self._free and is_usable(one)]
        return tuple(one.name for one in sorted(free, key=lambda one: not one.gateways)[:1])

    @cached_property
    def users(self) -> SwitchUsers:
        """Which networks are on which external vSwitch."""
        return SwitchUsers(self.snapshot)

    def adapter(self, name: str) -> Adapter | None:
        """The adapter of that name, in whatever case it is written: Windows tells none apart by it."""
        return self._adapters.get(name.casefold())

    def switch(self, parameters: Mapping[str, JsonValue]) -> VSwitch | None:
        """The vSwitch that a script's parameters name."""
        found = self.switches.get(str(parameters.get("SwitchName", "")).casefold())
        wanted = str(parameters.get("SwitchId", "")).casefold()
        return found if found is not None and (not wanted or found.id.casefold() == wanted) else None

    def vnics(self, switch: VSwitch) -> tuple[Adapter, ...]:
        """The host's vNICs on a vSwitch that have addresses."""
        name = switch.name.casefold()
        return tuple(
            one for one in self.adapters if one.host_vnic and one.addresses and one.vswitch.casefold() == name
        )

    def is_internal(self, adapter: Adapter) -> bool:
        """Whether it is a vNIC that leads to no adapter: that of nat and internal networks."""
        switch = self.switches.get(adapter.vswitch.casefold())
        return adapter.host_vnic and (switch is None or switch.kind is not VSwitchKind.EXTERNAL)

    def cut_off(
        self,
        adapter: Adapter,
        rescue: Rescue | None = None,
        what: Text | None = None,
        **parameters: JsonValue,
    ) -> CutOff:
        """What is cut off with an adapter or vNIC that carries addresses of the host."""
        own = _bare(adapter.addresses)
        every = frozenset[str]().union(*(_bare(one.addresses) for one in self.adapters))
        interrupted = N_(
            CONTEXT, "The host's own connection over {adapter} ({addresses}) is interrupted.",
            adapter=adapter.name, addresses=", ".join(adapter.addresses),
        )  # fmt: skip
        return CutOff(
            what=what or interrupted,
            adapter=adapter.name,
            connections=tuple(one for one in self.connections if one.address in own),
            ours=ours_over(own, every, self.ways),
            rescue=rescue,
            parameters=parameters,
        )

    def bind(self, names: Iterable[str], switch: str) -> None:
        """An external vSwitch takes over adapters: their addresses move to the host's vNIC on it."""
        taken = [found for name in names if (found := self.adapter(name)) is not None and not found.vswitch]
        if not taken:
            return
        for adapter in taken:
            self._put(adapter.model_copy(update={"vswitch": switch, "addresses": (), "gateways": ()}))
        self._put(
            taken[0].model_copy(
                update={"name": f"vEthernet ({switch})", "host_vnic": True, "vswitch": switch, "guid": ""}
            )
        )
        names = tuple(one.name for one in taken)
        self.switches[switch.casefold()] = VSwitch(
            name=switch, id="", kind=VSwitchKind.EXTERNAL, adapters=names
        )
        self._free = [one for one in self._free if one not in names]

    def release(self, switch: VSwitch) -> None:
        """A vSwitch goes: the first of its adapters has the addresses of the host's vNIC again."""
        vnics = self.vnics(switch)
        for place, adapter in enumerate(self.bound(switch)):
            had = vnics if place == 0 else ()
            addresses = tuple(address for vnic in had for address in vnic.addresses)
            gateways = tuple(gateway for vnic in had for gateway in vnic.gateways)
            self._put(
                adapter.model_copy(update={"vswitch": "", "addresses": addresses, "gateways": gateways})
            )
            self._free.append(adapter.name)
        for vnic in vnics:
            self._adapters.pop(vnic.name.casefold(), None)
        self.switches.pop(switch.name.casefold(), None)

    def bound(self, switch: VSwitch) -> tuple[Adapter, ...]:
        """The adapters under an external vSwitch; the switch and its adapters may each name the other."""
        if switch.kind is not VSwitchKind.EXTERNAL:
            return ()
        names = {name.casefold() for name in switch.adapters}
        wanted = switch.name.casefold()
        return tuple(
            one
            for one in self.adapters
            if not one.host_vnic and (one.name.casefold() in names or one.vswitch.casefold() == wanted)
        )

    def _put(self, adapter: Adapter) -> None:
        self._adapters[adapter.name.casefold()] = adapter


def _bare(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(address.partition("/")[0] for address in addresses)
