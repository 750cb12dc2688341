"""The inventory's answer of each kind of host becomes the facts that the console reasons with."""

import json

import pytest

from console.backend.powershell.inventory import facts_of
from console.domain.host_inventory import ServiceStatus
from console.domain.snapshot import Hypervisor, NatPrefix, SectionState, VSwitchKind
from tests.powershell import hosts


def facts(sections):
    return facts_of(hosts.answer(sections))


def named(section, name):
    return next(one for one in section.known() if one.name == name)


def test_that_nothing_of_an_elevated_server_is_unavailable():
    read = facts(hosts.server_2022())
    states = {name: getattr(read, name).state for name in type(read).model_fields}
    assert set(states.values()) == {SectionState.FRESH}, states


def test_that_an_adapter_is_joined_from_what_five_cmdlets_tell():
    adapter = named(facts(hosts.server_2022()).adapters, "Ethernet")
    assert adapter.addresses == ("10.0.1.4/24",), "an invalid address is no address"
    assert adapter.gateways == ("10.0.1.1",)
    assert adapter.dns_servers == ("10.0.1.2", "10.0.1.3")
    assert adapter.dhcp
    assert adapter.physical
    assert (adapter.mac_address, adapter.guid) == ("b4:96:91:51:e9:04", hosts.FREE_NIC)
    assert (adapter.mtu, adapter.metric, adapter.compartment) == (1500, 25, 1)
    assert adapter.speed_bits == 10**9
    assert adapter.driver == "e1i65x64.sys 12.17.10.8"
    assert adapter.vswitch == "", "its binding is there and not enabled"


def test_that_a_bound_adapter_names_its_vswitch_and_its_own_vlan():
    adapter = named(facts(hosts.server_2022()).adapters, "Ethernet 2")
    assert (adapter.vswitch, adapter.vlan, adapter.host_vnic) == ("prod", 7, False)


def test_that_cards_in_a_team_the_team_and_what_is_no_card_are_told_apart():
    no_card = {"virtual": True, "hardwareInterface": False}
    sections = hosts.bare() | {
        "adapters": hosts.ok(
            hosts.adapter("NIC1", 1),
            hosts.adapter("Team1", 2, driverFile="NdisImPlatform.sys", **no_card),
            hosts.adapter("Tunnel", 3, driverFile="wintun.sys", **no_card),
            hosts.adapter("Ethernet", 4, virtual=True),
        ),
        "teamBindings": hosts.ok({"name": "nic1", "enabled": True}, {"name": "Ethernet", "enabled": False}),
    }
    read = facts(sections).adapters.known()
    assert [(one.name, one.physical, one.team_member, one.team_interface) for one in read] == [
        ("NIC1", True, True, False),
        ("Team1", False, False, True),
        ("Tunnel", False, False, False),
        ("Ethernet", True, False, False),
    ]


def test_that_host_vnics_are_told_from_adapters():
    adapters = facts(hosts.server_2022()).adapters
    vnic = named(adapters, "vEthernet (prod)")
    assert (vnic.host_vnic, vnic.physical, vnic.vswitch, vnic.vlan) == (True, False, "prod", 11)
    assert named(adapters, "vEthernet (82cb42b9d3bfbe5)").vswitch == "nat"
    container = named(adapters, "vEthernet (Ethernet) 5")
    assert (container.host_vnic, container.compartment) == (True, 3)


def test_that_a_renamed_host_vnic_is_known_by_its_guid():
    sections = hosts.server_2022()
    renamed = hosts.adapter("Office", 13, hosts.EXTERNAL_VNIC, description="Hyper-V-Adapter")
    sections["adapters"]["value"][3] = renamed
    adapter = named(facts(sections).adapters, "Office")
    assert (adapter.host_vnic, adapter.vswitch) == (True, "prod")


def test_that_a_wireless_adapter_is_known_by_its_medium_whatever_the_language():
    adapter = named(facts(hosts.server_2022()).adapters, "Wi-Fi")
    assert (adapter.wireless, adapter.status, adapter.speed_bits) == (True, "Disconnected", None)


def test_that_an_adapter_is_up_whatever_the_hosts_language_calls_that():
    sections = hosts.bare() | {"adapters": hosts.ok(hosts.adapter("Ethernet", 4, status="Aktiv"))}
    assert named(facts(sections).adapters, "Ethernet").status == "Up"


def test_that_vswitches_are_joined_with_their_adapters_by_guid():
    switches = facts(hosts.server_2022()).vswitches
    prod = named(switches, "prod")
    assert (prod.kind, prod.adapters, prod.embedded_teaming) == (VSwitchKind.EXTERNAL, ("Ethernet 2",), True)
    assert (prod.id, prod.notes, prod.management_os) == (hosts.EXTERNAL_SWITCH, "for the shop", True)
    assert prod.extensions[0].running
    assert prod.extensions[0].id == hosts.VFP_2022
    nat = named(switches, "nat")
    assert (nat.kind, nat.adapters, nat.derived) == (VSwitchKind.INTERNAL, (), False)


def test_that_a_vswitch_that_hns_does_not_know_is_invisible_to_docker():
    switches = facts(hosts.server_2022()).vswitches
    visible = {one.name: one.visible_to_docker for one in switches.known()}
    assert visible == {"nat": True, "prod": True, "by hand": False}


def test_that_vswitches_are_not_called_invisible_where_hns_could_not_be_asked():
    switches = facts(hosts.server_2016()).vswitches
    assert all(one.visible_to_docker for one in switches.known())


def test_that_routes_are_those_that_a_network_can_collide_with():
    routes = facts(hosts.server_2022()).routes.known()
    assert [(one.prefix, one.next_hop, one.index) for one in routes] == [
        ("0.0.0.0/0", "10.0.1.1", 4),
        ("10.0.1.0/24", "", 4),
        ("10.99.0.1/32", "10.0.1.1", 4),
        ("10.0.1.0/24", "", 15),
    ]
    assert routes[0].metric == 256


def test_that_an_endpoint_has_its_namespaces_compartment_and_containers():
    read = facts(hosts.server_2022())
    (endpoint,) = read.hns_endpoints.known()
    assert (endpoint.compartment, endpoint.containers) == (3, ("9f0c2f1d",))
    assert endpoint.network_id in {one.id for one in read.hns_networks.known()}
    (namespace,) = read.hns_namespaces.known()
    assert namespace.endpoints == (endpoint.id,)


def test_that_nat_prefixes_are_hns_own_where_winnat_lists_none():
    prefixes = {one.internal_prefix: one.name for one in facts(hosts.server_2022()).nat_prefixes.known()}
    assert prefixes == {
        "172.21.16.0/20": "NAT8177E9BF-266D-4BBD-8B97-0340A82921E2",
        "192.168.0.0/22": "NATEBB494F4-4929-4CBA-A426-472E8CEB3E93",
    }


def test_that_a_host_without_hyper_v_has_its_vswitches_worked_out_from_hns():
    read = facts(hosts.server_2019_containers_only())
    switches = read.vswitches.known()
    assert [(one.name, one.kind, one.adapters) for one in switches] == [
        ("External", VSwitchKind.EXTERNAL, ("PROD",)),
        ("nat", VSwitchKind.INTERNAL, ()),
    ]
    assert all(one.derived for one in switches)
    assert any(one.enabled for one in switches[0].extensions if one.id.startswith("E9B59CFA"))
    assert switches[1].id == "AEBE7EB6-3486-43DF-BF4D-431CF2615513"
    assert named(read.adapters, "PROD").vswitch == "External"
    assert named(read.adapters, "MGMT").vswitch == ""
    assert named(read.adapters, "vEthernet (nat)").vswitch == "nat"


def test_that_nat_networks_that_share_a_vswitch_make_one_vswitch():
    sections = hosts.server_2022() | {"vswitches": hosts.missing("Get-VMSwitch")}
    internal = [one for one in facts(sections).vswitches.known() if one.kind is VSwitchKind.INTERNAL]
    assert [one.id for one in internal] == [hosts.NAT_SWITCH]


@pytest.mark.parametrize("known_by", ["name", "mac"])
def test_that_with_two_external_vswitches_each_worked_out_one_finds_its_adapter(known_by):
    """By the adapter HNS names, else by the MAC address that the host vNIC took over."""
    other = {"ID": "b1", "Name": "second", "Type": "Transparent", "LayeredOn": "c1"}
    first = {
        "ID": "a1",
        "Name": "first",
        "Type": "L2Bridge",
        "LayeredOn": "d1",
        "NetworkAdapterName": "NIC 1",
    }
    if known_by == "name":
        other["NetworkAdapterName"] = "nic 2"
    sections = hosts.bare() | {
        "vswitches": hosts.missing("Get-VMSwitch"),
        "hostVNics": hosts.missing("Get-VMNetworkAdapter"),
        "adapters": hosts.ok(
            hosts.adapter("NIC 1", 1),
            hosts.adapter("NIC 2", 2),
            hosts.vnic("vEthernet (second)", 3, macAddress="B4-96-91-51-E9-02"),
        ),
        "bindings": hosts.ok({"name": "NIC 1", "enabled": True}, {"name": "NIC 2", "enabled": True}),
        "hnsNetworks": hosts.ok(first, other),
    }
    switches = {one.name: one.adapters for one in facts(sections).vswitches.known()}
    assert switches == {"first": ("NIC 1",), "second": ("NIC 2",)}


def test_that_an_adapter_bound_to_a_vswitch_nobody_names_is_not_called_free():
    sections = hosts.bare() | {
        "adapters": hosts.ok(hosts.adapter("NIC 1", 1)),
        "bindings": hosts.ok({"name": "NIC 1", "enabled": True}),
    }
    assert named(facts(sections).adapters, "NIC 1").vswitch == "?"


def test_that_server_2016_joins_a_vswitch_by_description_although_the_numbers_differ():
    read = facts(hosts.server_2016())
    assert named(read.vswitches, "external-virtual").adapters == ("Ethernet1",)
    assert named(read.adapters, "Ethernet0").vswitch == ""
    assert named(read.adapters, "Ethernet1").vswitch == "external-virtual"


def test_that_server_2016_has_its_nat_from_winnat():
    read = facts(hosts.server_2016())
    name = "H27f1006d-1586-4152-9f45-e2b02feaef7f"
    assert read.nat_prefixes.known() == (NatPrefix(name=name, internal_prefix="172.30.176.0/20"),)
    (mapping,) = read.nat_mappings.known()
    assert (mapping.protocol, mapping.external_port, mapping.internal_port) == ("TCP", 8080, 80)


def test_that_a_nat_that_winnat_and_hns_both_tell_is_told_once():
    name = "H27F1006D-1586-4152-9F45-E2B02FEAEF7F"
    network = {"ID": name[1:], "Name": "nat", "Type": "NAT", "NatName": name,
               "Subnets": {"AddressPrefix": "172.30.176.0/20"}}  # fmt: skip
    sections = hosts.server_2016() | {"hnsNetworks": hosts.ok(network)}
    assert len(facts(sections).nat_prefixes.known()) == 1


def test_that_an_empty_winnat_says_nothing_where_hns_holds_the_nats():
    sections = hosts.bare() | {"hnsNetworks": hosts.missing("Get-HnsNetwork")}
    assert facts(sections).nat_prefixes.state is SectionState.UNAVAILABLE
    old = sections | {"windows": hosts.ok(hosts.windows(14393))}
    assert facts(old).nat_prefixes.known() == ()


def test_that_a_missing_module_is_named_with_what_to_install():
    section = facts(hosts.server_2016()).hns_networks
    assert section.state is SectionState.UNAVAILABLE
    assert "Get-hnsNetworks" in str(section.reason)
    assert "Containers" in str(section.remedy)


def test_that_a_client_of_windows_11_is_not_called_windows_10():
    host = facts(hosts.windows_11()).windows.known()
    assert (host.product, host.build, host.display_version) == ("Windows 11 Pro", 22631, "23H2")
    assert host.features == {"Containers": "Enabled", "Hyper-V": "Disabled"}
    assert host.ipv6_disabled_components == 0xFFFFFFFF
    assert [one.installed_on and one.installed_on.year for one in host.hotfixes] == [2023, 2023, None]


def test_that_a_server_keeps_its_name_and_its_release_of_before_display_versions():
    host = facts(hosts.server_2016()).windows.known()
    assert (host.product, host.display_version) == ("Windows Server 2016 Standard", "1607")
    assert (host.revision, host.ipv6_disabled_components) == (6614, None)


@pytest.mark.parametrize(
    ("maker", "model", "tags", "expected"),
    [
        ("Dell Inc.", "PowerEdge R650", [], Hypervisor.NONE),
        ("Microsoft Corporation", "Surface Pro 8", [], Hypervisor.NONE),
        ("Microsoft Corporation", "Virtual Machine", ["0000-0000"], Hypervisor.HYPER_V),
        ("Microsoft Corporation", "Virtual Machine", "7783-7084-3265-9085-8269-3286-77", Hypervisor.AZURE),
        ("VMware, Inc.", "VMware7,1", [], Hypervisor.VMWARE),
        ("QEMU", "Standard PC (Q35 + ICH9, 2009)", [], Hypervisor.OTHER),
        ("innotek GmbH", "VirtualBox", [], Hypervisor.OTHER),
        ("Amazon EC2", "m5.large", [], Hypervisor.OTHER),
    ],
)
def test_that_a_virtual_machine_is_told_from_a_host_with_hyper_v(maker, model, tags, expected):
    machine = {"manufacturer": maker, "model": model, "hypervisorPresent": True, "assetTags": tags}
    assert facts(hosts.bare() | {"machine": hosts.ok(machine)}).hypervisor.known() is expected


@pytest.mark.parametrize(
    ("told", "status"),
    [("Running", ServiceStatus.RUNNING), (4, ServiceStatus.RUNNING), ("Missing", ServiceStatus.MISSING),
     (1, ServiceStatus.STOPPED), ("ContinuePending", ServiceStatus.START_PENDING)],
)  # fmt: skip
def test_that_a_services_status_reads_by_name_and_by_number(told, status):
    service = {"name": "hns", "status": told, "startType": 3, "dependents": "docker"}
    (read,) = facts(hosts.bare() | {"services": hosts.ok(service)}).services.known()
    assert (read.status, read.start_type, read.dependents) == (status, "Manual", ("docker",))


@pytest.mark.parametrize(("enabled", "direction", "action"), [("True", "Inbound", "Block"), (1, 1, 4)])
def test_that_a_firewall_rule_reads_by_name_and_by_number(enabled, direction, action):
    rule = {"id": "r", "title": "Web", "enabled": enabled, "direction": direction, "action": action,
            "protocol": 6, "localPorts": "80"}  # fmt: skip
    (read,) = facts(hosts.bare() | {"firewallRules": hosts.ok(rule)}).firewall_rules.known()
    assert (read.enabled, read.direction, read.action) == (True, "Inbound", "Block")
    assert (read.protocol, read.local_ports, read.profile) == ("TCP", ("80",), "Any")


@pytest.mark.parametrize(("told", "kind", "local"), [
    ("GroupPolicy", "GroupPolicy", False), (2, "GroupPolicy", False),
    ("Local", "Local", True), ("", "", True),
])  # fmt: skip
def test_that_a_rule_tells_where_it_comes_from(told, kind, local):
    rule = {"id": "r", "source": "Servers baseline", "sourceKind": told}
    (read,) = facts(hosts.bare() | {"firewallRules": hosts.ok(rule)}).firewall_rules.known()
    assert (read.source, read.source_kind, read.local) == ("Servers baseline", kind, local)


def test_that_a_disabled_rule_and_a_profile_that_is_off_are_off():
    rule = {"id": "r", "enabled": 2, "direction": 1, "action": 2}
    profile = {"name": "Public", "enabled": 0, "defaultInbound": 4, "defaultOutbound": "NotConfigured"}
    read = facts(hosts.bare() | {"firewallRules": hosts.ok(rule), "firewallProfiles": hosts.ok(profile)})
    assert not read.firewall_rules.known()[0].enabled
    off = read.firewall_profiles.known()[0]
    assert (off.enabled, off.default_inbound, off.default_outbound) == (False, "Block", "NotConfigured")


def test_that_an_account_without_an_administrators_rights_is_told_so_part_by_part():
    read = facts(hosts.unelevated())
    for name in (
        "vswitches",
        "nat_prefixes",
        "nat_mappings",
        "hns_networks",
        "hns_endpoints",
        "hns_namespaces",
    ):
        section = getattr(read, name)
        assert section.state is SectionState.UNAVAILABLE, name
        assert "administrator" in f"{section.reason} {section.remedy}", name
    assert hosts.NO_PERMISSION in str(read.vswitches.reason), "the host's own words are kept"
    assert named(read.adapters, "Ethernet").addresses == ("10.0.1.4/24",)
    assert not read.windows.known().elevated


def test_that_an_unelevated_host_still_knows_which_adapters_are_taken():
    adapter = named(facts(hosts.unelevated()).adapters, "Ethernet 2")
    assert adapter.vswitch == "?"


#: The parts that go with each section; without one named here nothing is lost.
LOST = {
    "machine": {"hypervisor"},
    "adapters": {"adapters"},
    "routes": {"routes"},
    "compartments": {"compartments"},
    "natMappings": {"nat_mappings"},
    "hnsNetworks": {"hns_networks", "nat_prefixes"},
    "hnsEndpoints": {"hns_endpoints"},
    "hnsPolicyLists": {"hns_load_balancers"},
    "hnsNamespaces": {"hns_namespaces"},
    "services": {"services"},
    "firewallProfiles": {"firewall_profiles"},
    "firewallRules": {"firewall_rules"},
    "windows": {"windows"},
    "tcpConnections": {"connections"},
    "serviceProcesses": {"hns_service"},
    "portExclusions": {"port_exclusions"},
    "dynamicPorts": {"dynamic_ports"},
    "engineConfiguration": {"engine_configuration"},
    "containerSettings": {"container_settings"},
}


@pytest.mark.parametrize("broken", [hosts.failed("boom"), {"ok": True, "value": [7]}, "garbage", None])
@pytest.mark.parametrize("name", sorted(hosts.server_2022()))
def test_that_a_section_that_fails_hides_no_other(name, broken):
    read = facts(hosts.server_2022() | {name: broken})
    lost = {part for part in type(read).model_fields if getattr(read, part).known() is None}
    expected = LOST.get(name, set())
    if name == "windows":
        # Whether the account is an administrator's is not known then: what looks empty may not be.
        expected = expected | {"hns_load_balancers", "nat_mappings"}
    assert lost == expected


def test_that_adapters_whose_addresses_could_not_be_read_say_so():
    section = facts(hosts.server_2022() | {"addresses": hosts.failed("boom")}).adapters
    assert section.state is SectionState.FRESH
    assert "boom" in str(section.reason)


def test_that_a_missing_section_is_unavailable():
    sections = hosts.server_2022()
    del sections["services"]
    assert facts(sections).services.state is SectionState.UNAVAILABLE


def test_that_a_big_host_reads_in_the_time_of_one_refresh(benchmark):
    """3,000 containers: each has an adapter, an address, an interface, an endpoint and a namespace."""
    count = 3000
    numbers = range(100, 100 + count)
    big = hosts.server_2022() | {
        "adapters": hosts.ok(*(hosts.vnic(f"vEthernet (Ethernet) {n}", n, f"A{n}") for n in numbers)),
        "addresses": hosts.ok(*(hosts.address(n, f"172.21.{n // 256}.{n % 256}", 16) for n in numbers)),
        "interfaces": hosts.ok(*(hosts.interface(n, compartment=n) for n in numbers)),
        "hnsEndpoints": hosts.ok(
            *({"ID": f"E{n}", "VirtualNetwork": "x", "Namespace": {"ID": f"N{n}"}} for n in numbers)
        ),
        "hnsNamespaces": hosts.ok(*({"ID": f"N{n}", "CompartmentId": n} for n in numbers)),
    }
    text = hosts.answer(big)
    read = benchmark(facts_of, text)
    assert [one.compartment for one in read.hns_endpoints.known()] == list(numbers)
    assert [one.compartment for one in read.adapters.known()] == list(numbers)


def test_that_hostile_names_come_through_unchanged():
    name = "\"; Remove-Item $(x) `\n ' „“ \u2028 " + "x" * 65536
    sections = hosts.bare() | {"adapters": hosts.ok(hosts.adapter(name, 4))}
    assert facts_of("\ufeff" + hosts.answer(sections)).adapters.known()[0].name == name
    assert json.loads(hosts.answer(sections))["schema"] == 1
