"""Where adapters stand, and what the machine a host runs on means."""

from __future__ import annotations

import pytest
from hypothesis import given

from console.domain.adapter_standing import machine_meaning, standing, standings
from console.domain.drivers.options import INTERFACE
from console.domain.host_adapters import free_adapters
from console.domain.snapshot import Adapter, Hypervisor, Network, Snapshot, VSwitch
from tests.domain.hosts import ETHERNET, SECOND, external_vswitch, host, network
from tests.domain.whole_hosts import any_hosts

WIFI = Adapter(name="Wi-Fi", wireless=True)
UNPLUGGED = Adapter(name="Ethernet", status="Disconnected")
VNIC = Adapter(name="vEthernet (x)", host_vnic=True)
VPN = Adapter(name="Tunnel", physical=False)
MEMBER = Adapter(name="NIC1", team_member=True)
TEAM = Adapter(name="Team1", physical=False, team_interface=True)
LAN_ON_VPN = network("lan", "transparent", options={INTERFACE: "Tunnel"})
MESH_ON_VPN = network("mesh", "overlay", options={INTERFACE: "Tunnel"})
LAN = network("lan", "transparent", options={INTERFACE: "Ethernet"})
MESH = network("mesh", "overlay", options={INTERFACE: "Ethernet"})
PLAIN = external_vswitch("Corp", "Ethernet")
HIDDEN = external_vswitch("Lab", "Ethernet", visible=False)

CASES = [
    (ETHERNET, [], [], True, "Free"),
    (WIFI, [], [], False, "Wireless"),
    (UNPLUGGED, [], [], False, "its status is Disconnected"),
    (VPN, [], [], False, "such as a VPN's"),
    (VPN, [LAN_ON_VPN], [], False, "The transparent network lan uses it"),
    (VPN, [MESH_ON_VPN], [], False, "The overlay network mesh uses it"),
    (MEMBER, [], [], False, "in a network team"),
    (TEAM, [], [], True, "Free"),
    (VNIC, [], [], False, "one of the host's own vNICs"),
    (ETHERNET, [LAN], [], False, "The transparent network lan uses it"),
    (ETHERNET, [], [PLAIN], False, "The vSwitch Corp is bound to it"),
    (ETHERNET, [], [HIDDEN], False, "Docker doesn't see that switch"),
    (ETHERNET, [MESH], [], False, "The overlay network mesh uses it"),
    (SECOND, [LAN], [PLAIN], True, "Free"),
]


@pytest.mark.parametrize(("adapter", "networks", "switches", "free", "words"), CASES)
def test_that_an_adapter_is_free_or_not_for_a_reason(
    adapter: Adapter, networks: list[Network], switches: list[VSwitch], free: bool, words: str
) -> None:
    snapshot = host(networks=networks, adapters=(adapter,), vswitches=switches)
    found = standing(adapter, snapshot)
    assert found.free is free
    assert words in str(found.reason)
    assert standings(snapshot) == {adapter.name: found}


def test_that_overlay_networks_share_an_adapter() -> None:
    assert standing(ETHERNET, host(networks=[MESH])).free_for_overlay
    assert not standing(ETHERNET, host(networks=[LAN])).free_for_overlay
    assert not standing(WIFI, host(adapters=[WIFI])).free_for_overlay


def test_that_a_member_names_its_team_where_there_is_one() -> None:
    one, other = (TEAM.model_copy(update={"name": name}) for name in ("Team1", "Team2"))
    assert "the network team Team1" in str(standing(MEMBER, host(adapters=[MEMBER, one])).reason)
    assert "in a network team" in str(standing(MEMBER, host(adapters=[MEMBER, one, other])).reason)


def test_that_a_virtual_adapter_is_to_be_had_by_name_and_a_member_of_a_team_is_not() -> None:
    seen = host(adapters=[VPN, MEMBER, TEAM])
    assert {name: one.by_name for name, one in standings(seen).items()} == {
        "Tunnel": True, "NIC1": False, "Team1": False,
    }  # fmt: skip


def test_that_the_adapter_with_the_default_route_comes_first() -> None:
    storage = Adapter(name="Storage", addresses=("10.9.0.2/24",))
    slow = Adapter(name="Slow", gateways=("10.8.0.1",), metric=50)
    fast = Adapter(name="Fast", gateways=("10.7.0.1",), metric=10)
    found = free_adapters(host(adapters=[storage, slow, fast])) or ()
    assert [one.name for one in found] == ["Fast", "Slow", "Storage"]


@given(any_hosts())
def test_that_the_words_agree_with_what_the_wizard_offers(snapshot: Snapshot) -> None:
    found = standings(snapshot)
    assert {name for name, one in found.items() if one.free} == {
        adapter.name for adapter in free_adapters(snapshot) or ()
    }
    assert {name for name, one in found.items() if one.free_for_overlay} == {
        adapter.name for adapter in free_adapters(snapshot, overlay=True) or ()
    }


MACHINES = [
    (Hypervisor.NONE, "physical", "can get addresses from DHCP", "Nothing needs to be set"),
    (Hypervisor.HYPER_V, "Hyper-V", "only once", "on the Hyper-V host"),
    (Hypervisor.AZURE, "Azure", "don't work in Azure", "nat or l2bridge"),
    (Hypervisor.VMWARE, "VMware", "only once", "Promiscuous mode"),
    (Hypervisor.OTHER, "another hypervisor", "only once", "several MAC addresses"),
]


@pytest.mark.parametrize(("hypervisor", "machine", "dhcp", "spoofing"), MACHINES)
def test_that_it_is_told_what_a_virtual_host_means(
    hypervisor: Hypervisor, machine: str, dhcp: str, spoofing: str
) -> None:
    found = machine_meaning(host(hypervisor=hypervisor))
    assert found is not None
    assert machine in str(found.machine)
    assert dhcp in str(found.dhcp)
    assert spoofing in str(found.mac_spoofing)


def test_that_every_hypervisor_has_a_meaning_and_an_unknown_one_has_none() -> None:
    assert {hypervisor for hypervisor, *_ in MACHINES} == set(Hypervisor)
    assert machine_meaning(host(hypervisor=None)) is None
