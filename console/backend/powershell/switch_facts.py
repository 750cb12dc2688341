"""The vSwitches of a host, and which adapters are under them.

Hyper-V's cmdlets name the adapters by GUID, on Server 2016 by description only. A host that has
Containers and no Hyper-V has none of these cmdlets: there the vSwitches are worked out from the HNS
networks, and the adapters from the binding of the vSwitch protocol (reference, 5.1 to 5.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from console.backend.powershell.documents import (
    AdapterDocument,
    BindingDocument,
    SwitchDocument,
    VNicDocument,
)
from console.backend.powershell.values import guid, mac, named
from console.domain.host_inventory import HnsNetwork, SwitchExtension
from console.domain.snapshot import VSwitch, VSwitchKind

_KINDS = {"0": "Private", "1": "Internal", "2": "External"}
_EXTENSION_KINDS = {"1": "Capture", "2": "Filter", "3": "Forwarding"}
_HNS_KINDS = {
    "transparent": VSwitchKind.EXTERNAL,
    "l2bridge": VSwitchKind.EXTERNAL,
    "l2tunnel": VSwitchKind.EXTERNAL,
    "overlay": VSwitchKind.EXTERNAL,
    "nat": VSwitchKind.INTERNAL,
    "ics": VSwitchKind.INTERNAL,
    "internal": VSwitchKind.INTERNAL,
    "private": VSwitchKind.PRIVATE,
}
#: Windows numbers equal adapters, and Hyper-V and NetAdapter do not always agree on the number.
_NUMBER = re.compile(r"\s+#\d+$")
_VNIC_NAME = re.compile(r"^vEthernet \((.*)\)")
_VNIC_DESCRIPTION = "Hyper-V Virtual Ethernet"
#: HNS cuts the name of a host vNIC to this length (reference, 5.4).
_VNIC_NAME_LENGTH = 15


@dataclass(frozen=True)
class HostAdapters:
    """The adapters of a host with what tells vSwitches apart: the protocol's bindings and the vNICs.

    A host has one adapter for each running container, so all look-ups are made by key.
    """

    adapters: Sequence[AdapterDocument]
    bindings: Sequence[BindingDocument]
    vnics: Sequence[VNicDocument]
    team_bindings: Sequence[BindingDocument] = ()

    def is_vnic(self, adapter: AdapterDocument) -> bool:
        """Whether the adapter is a port of a vSwitch and not below one."""
        if adapter.description.startswith(_VNIC_DESCRIPTION) or _VNIC_NAME.match(adapter.name):
            return True
        return self.vnic(adapter) is not None

    def vnic(self, adapter: AdapterDocument) -> VNicDocument | None:
        """What Hyper-V tells of the adapter, where it is a vNIC of the host."""
        return self._vnics.get(guid(adapter.guid))

    @cached_property
    def bound(self) -> tuple[AdapterDocument, ...]:
        """The adapters that a vSwitch has claimed."""
        names = _enabled(self.bindings)
        return tuple(one for one in self.adapters if one.name.casefold() in names and not self.is_vnic(one))

    def is_in_team(self, adapter: AdapterDocument) -> bool:
        """Whether NIC Teaming (LBFO) has made the adapter a member of a team."""
        return adapter.name.casefold() in self._team_members

    @cached_property
    def _team_members(self) -> frozenset[str]:
        return _enabled(self.team_bindings)

    @cached_property
    def _vnics(self) -> dict[str, VNicDocument]:
        return {guid(one.device_id): one for one in self.vnics if one.device_id}

    @cached_property
    def _vnic_macs(self) -> set[tuple[str, str]]:
        names = ((_VNIC_NAME.match(one.name), mac(one.mac_address)) for one in self.adapters)
        return {(match[1][:_VNIC_NAME_LENGTH].casefold(), address) for match, address in names if match}

    def shares_mac(self, adapter: AdapterDocument, switch_name: str) -> bool:
        """Whether the switch's host vNIC took over the adapter's MAC address (reference, 7)."""
        address = mac(adapter.mac_address)
        return bool(address) and (switch_name[:_VNIC_NAME_LENGTH].casefold(), address) in self._vnic_macs


def _enabled(bindings: Iterable[BindingDocument]) -> frozenset[str]:
    """The names of the adapters that a protocol is bound to."""
    return frozenset(one.name.casefold() for one in bindings if one.enabled)


def switches_of(
    documents: Iterable[SwitchDocument], host: HostAdapters, networks: Sequence[HnsNetwork] | None
) -> tuple[VSwitch, ...]:
    """What Hyper-V tells. ``networks`` None: HNS could not be asked."""
    documents = tuple(documents)
    exact = {one.id: _exact(one, host) for one in documents}
    claimed = {adapter.name for adapters in exact.values() for adapter in adapters}
    return tuple(
        VSwitch(
            name=one.name,
            id=guid(one.id),
            kind=VSwitchKind(named(one.kind, _KINDS)),
            adapters=tuple(adapter.name for adapter in exact[one.id] or _alike(one, host, claimed)),
            visible_to_docker=networks is None or any(_carries(one, network) for network in networks),
            embedded_teaming=one.embedded_teaming is True,
            management_os=one.allow_management_os,
            extensions=tuple(
                SwitchExtension(
                    id=guid(extension.id),
                    name=extension.name,
                    kind=named(extension.kind, _EXTENSION_KINDS),
                    enabled=extension.enabled is True,
                    running=extension.running,
                )
                for extension in one.extensions
            ),
            notes=one.notes,
        )
        for one in documents
    )


def derived_switches(host: HostAdapters, networks: Iterable[HnsNetwork]) -> tuple[VSwitch, ...]:
    """The vSwitches that must be there for these HNS networks to be.

    Several networks can share one: all nat networks from Server 2022 on, all overlay ones.
    """
    groups: dict[str, list[HnsNetwork]] = {}
    for network in networks:
        if network.type.lower() in _HNS_KINDS:
            groups.setdefault(network.switch_id or network.layered_on or network.id, []).append(network)
    made = [_derived(key, group, host) for key, group in groups.items()]
    return _with_the_rest(made, host)


def switch_of_adapter(adapter: AdapterDocument, switches: Iterable[VSwitch], host: HostAdapters) -> str:
    """The name of the vSwitch the adapter is under or a port of; "" for none, ``?`` for one unknown."""
    switches = tuple(switches)
    if host.is_vnic(adapter):
        return _switch_of_vnic(adapter, switches, host)
    below = next((one.name for one in switches if adapter.name in one.adapters), "")
    return below or ("?" if adapter in host.bound else "")


def _exact(document: SwitchDocument, host: HostAdapters) -> tuple[AdapterDocument, ...]:
    guids = {guid(one) for one in document.adapter_guids}
    by_guid = tuple(one for one in host.adapters if guid(one.guid) in guids)
    descriptions = {*document.adapter_descriptions, document.adapter_description} - {""}
    return by_guid or tuple(one for one in host.adapters if one.description in descriptions)


def _alike(document: SwitchDocument, host: HostAdapters, claimed: set[str]) -> Iterator[AdapterDocument]:
    """Bound adapters that no other switch has and whose descriptions differ in their number only."""
    descriptions = {*document.adapter_descriptions, document.adapter_description} - {""}
    alike = {_NUMBER.sub("", one) for one in descriptions}
    found = [
        one for one in host.bound if _NUMBER.sub("", one.description) in alike and one.name not in claimed
    ]
    if len(found) == len(descriptions):
        yield from found


def _carries(document: SwitchDocument, network: HnsNetwork) -> bool:
    if guid(document.id) in {network.switch_id, network.layered_on}:
        return True
    return document.name.casefold() == network.name.casefold()


def _derived(key: str, networks: Sequence[HnsNetwork], host: HostAdapters) -> VSwitch:
    first = next((one for one in networks if one.name == "nat"), networks[0])
    kind = _HNS_KINDS[first.type.lower()]
    external = kind is VSwitchKind.EXTERNAL
    adapters = tuple(_adapters_below(networks, host)) if external else ()
    return VSwitch(
        name=first.name,
        id=key,
        kind=kind,
        adapters=adapters,
        management_os=None if external else kind is VSwitchKind.INTERNAL,
        extensions=first.extensions,
        derived=True,
    )


def _adapters_below(networks: Sequence[HnsNetwork], host: HostAdapters) -> Iterator[str]:
    named_ones = {
        name.strip().casefold() for one in networks for name in one.adapter.split(",") if name.strip()
    }
    for adapter in host.bound:
        by_name = adapter.name.casefold() in named_ones
        if by_name or any(host.shares_mac(adapter, network.name) for network in networks):
            yield adapter.name


def _with_the_rest(switches: Sequence[VSwitch], host: HostAdapters) -> tuple[VSwitch, ...]:
    """Bound adapters that nothing names belong to the one external vSwitch that has none, if it is one."""
    claimed = {name for switch in switches for name in switch.adapters}
    rest = tuple(one.name for one in host.bound if one.name not in claimed)
    bare = [one for one in switches if one.kind is VSwitchKind.EXTERNAL and not one.adapters]
    if not rest or len(bare) != 1:
        return tuple(switches)
    owner = bare[0].model_copy(update={"adapters": rest})
    return tuple(owner if one is bare[0] else one for one in switches)


def _switch_of_vnic(adapter: AdapterDocument, switches: Sequence[VSwitch], host: HostAdapters) -> str:
    told = host.vnic(adapter)
    if told is not None:
        by_id = next((one.name for one in switches if one.id == guid(told.switch_id)), "")
        return by_id or told.switch_name
    match = _VNIC_NAME.match(adapter.name)
    wanted = match[1].casefold() if match else ""
    names = [one.name for one in switches if wanted and one.name[: len(wanted)].casefold() == wanted]
    return names[0] if len(names) == 1 else ""
