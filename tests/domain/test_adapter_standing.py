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
LAN = network("lan", "transparent", options={INTERFACE: "Ethernet"})
MESH = network("mesh", "overlay", options={INTERFACE: "Ethernet"})
PLAIN = external_vswitch("Corp", "Ethernet")
HIDDEN = external_vswitch("Lab", "Ethernet", visible=False)

CASES = [
    (ETHERNET, [], [], True, "Free"),
    (WIFI, [], [], False, "Wireless"),
    (UNPLUGGED, [], [], False, "its status is Disconnected"),
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
