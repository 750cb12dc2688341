"""vSwitches, the host's vNICs on them, and WinNAT, as Hyper-V's and NetNat's cmdlets tell them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from console.demo.guids import guid_for
from console.demo.interfaces import Interface, adapter_guid
from console.demo.powershell.writing import text_of
from console.demo.state import HnsNetworkState, SwitchState
from console.demo.windows_state import NatRecord
from console.domain.snapshot import VSwitchKind

if TYPE_CHECKING:
    from console.demo.builds import WindowsBuild
    from console.demo.host import PracticeHost

_FILTERING = "E7C3B2F0-F3C5-48DF-AF2B-10FED6D72E7A"
_NAMES = {
    "en-US": ("Microsoft Windows Filtering Platform", "Microsoft NDIS Capture"),
    "de-DE": ("Microsoft Windows-Filterplattform", "Microsoft NDIS-Aufzeichnung"),
}


def extensions_of(host: PracticeHost, switch: SwitchState) -> list[dict[str, Any]]:
    """The extensions of a vSwitch as ``Get-ExtensionDocument`` tells them; some names are localized."""
    filtering, capture = _NAMES[host.state.language]
    build = host.build
    usual = (
        (_FILTERING, filtering, "Filter", False),
        (build.vfp_extension, _vfp_name(build), "Forwarding" if build.server else "Filter", switch.vfp),
        (build.capture_extension, capture, "Capture", True),
    )
    found = []
    for identifier, name, kind, default in usual:
        enabled = switch.extensions.get(identifier, default)
        runs = enabled and (identifier != build.vfp_extension or host.services.running("vfpext"))
        found.append({"id": identifier, "name": name, "kind": kind, "enabled": enabled, "running": runs})
    return found


def _vfp_name(build: WindowsBuild) -> str:
    return f"Microsoft Azure VFP Switch {'' if build.server else 'Filter '}Extension"


def switch_items(host: PracticeHost) -> list[str]:
    """The items of the section ``vswitches``."""
    return [text_of(_switch(host, switch)) for switch in host.state.switches.values()]


def _switch(host: PracticeHost, switch: SwitchState) -> dict[str, Any]:
    cards = [one for one in host.state.adapters if one.name in switch.adapters]
    descriptions = [one.description for one in cards]
    return {
        "id": switch.id.lower(),
        "name": switch.name,
        "kind": switch.kind.value,
        "notes": switch.notes,
        "allowManagementOS": shared_with_host(switch),
        "embeddedTeaming": switch.embedded_teaming,
        "adapterDescription": "Teamed-Interface" if len(cards) > 1 else "".join(descriptions),
        "adapterDescriptions": descriptions,
        # Server 2016 has no NetAdapterInterfaceGuid (reference, 5.1).
        "adapterGuids": [] if host.build.single_nat else [adapter_guid(one).lower() for one in cards],
        "extensions": extensions_of(host, switch),
    }


def shared_with_host(switch: SwitchState) -> bool:
    """AllowManagementOS."""
    if switch.kind is VSwitchKind.EXTERNAL:
        return switch.management_os
    return switch.kind is VSwitchKind.INTERNAL


def vnic_items(host: PracticeHost) -> list[str]:
    """The items of the section ``hostVNics``."""
    return [text_of(_vnic(host, one)) for one in host.interfaces.host_vnics()]


def _vnic(host: PracticeHost, vnic: Interface) -> dict[str, Any]:
    switch = host.state.switches.get(vnic.switch_id)
    own = switch is not None and bool(switch.vnic_name)
    return {
        "name": switch.vnic_name if switch and own else port_name(vnic.guid),
        "switchName": switch.name if switch else "",
        "switchId": vnic.switch_id.lower(),
        "deviceId": f"{{{vnic.guid}}}",
        "macAddress": vnic.mac_address.replace(":", "").upper(),
        "vlanMode": "Access" if vnic.vlan else "Untagged",
        "vlan": vnic.vlan,
    }


def port_name(vnic_guid: str) -> str:
    """``Container NIC c4700ec5``: how HNS names its ports (reference, 5.1)."""
    return f"Container NIC {guid_for('port', vnic_guid)[:8].lower()}"


def nat_networks(host: PracticeHost) -> list[HnsNetworkState]:
    """The networks of HNS behind address translation."""
    return [one for one in host.state.hns_networks.values() if one.nat_name and one.subnets]


def nat_name(host: PracticeHost, network: HnsNetworkState) -> str:
    """The instance that translates for a network; on Server 2016 there is one for all (seed)."""
    if not host.state.nat_prefix:
        return network.nat_name
    first = next(iter(nat_networks(host)), network)
    return first.nat_name or network.nat_name


def nat_items(host: PracticeHost) -> list[str]:
    """The items of ``nats``: from 1709 on Get-NetNat lists none of these networks (reference, 5.1)."""
    return [*_docker_nat_items(host), *map(_nat_item, host.state.windows.nats)]


def _nat_item(nat: NatRecord) -> str:
    return text_of({"name": nat.name, "internalPrefix": nat.prefix})


def _docker_nat_items(host: PracticeHost) -> list[str]:
    networks = nat_networks(host)
    if not host.build.lists_nat or not networks:
        return []
    if host.state.nat_prefix:
        return [text_of({"name": nat_name(host, networks[0]), "internalPrefix": host.state.nat_prefix})]
    return [
        text_of(
            {
                "name": one.nat_name,
                "internalPrefix": f"{one.subnets[0].gateway}/{one.subnets[0].prefix.partition('/')[2]}",
            }
        )
        for one in networks
    ]


def nat_mapping_items(host: PracticeHost) -> list[str]:
    """The items of ``natMappings``: the published ports, where WinNAT lists them."""
    if not host.build.lists_nat:
        return []
    items = []
    for container in host.containers.all():
        for endpoint in container.endpoints.values():
            network = host.hns_network_of(endpoint)
            if network is None or not network.nat_name:
                continue
            items += [
                text_of(
                    {
                        "nat": nat_name(host, network),
                        "protocol": port.protocol.upper(),
                        "externalAddress": "0.0.0.0",  # noqa: S104 (what Windows prints)
                        "externalPort": port.host_port,
                        "internalAddress": endpoint.lease,
                        "internalPort": port.container_port,
                    }
                )
                for port in endpoint.ports
            ]
    return items
