"""Every named script on every practice host: its document parses, and its parts fit together."""

import json
import re
from datetime import UTC, datetime

import pytest

from console.backend.engine.parsing import container_of, engine_of, network_of
from console.backend.powershell import documents as shape
from console.backend.powershell.documents import change_of, inventory_of
from console.backend.powershell.request import script_text
from console.demo.builds import BUILDS
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import CHANGES, READINGS, PracticeScripts
from console.demo.scenarios.registry import scenarios
from console.demo.services import ENGINE
from console.domain.drivers.options import HNS_ID
from console.domain.host_inventory import ServiceStatus
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.relations import Relations
from console.domain.scripts import GET_HOST_INVENTORY, SCRIPTS
from console.domain.sections import fresh
from console.domain.snapshot import HostIdentity, Hypervisor, SectionState, Snapshot, VSwitchKind
from console.domain.vfp import DRIVERS_ON_VFP, vfp_of
from tests.demo.conftest import facts, subnet

SECTION_MODELS = {
    "windows": shape.WindowsDocument,
    "machine": shape.MachineDocument,
    "features": shape.FeatureDocument,
    "hotfixes": shape.HotfixDocument,
    "adapters": shape.AdapterDocument,
    "bindings": shape.BindingDocument,
    "teamBindings": shape.BindingDocument,
    "addresses": shape.AddressDocument,
    "interfaces": shape.InterfaceDocument,
    "routes": shape.RouteDocument,
    "dnsServers": shape.DnsServersDocument,
    "compartments": shape.CompartmentDocument,
    "vswitches": shape.SwitchDocument,
    "hostVNics": shape.VNicDocument,
    "nats": shape.NatDocument,
    "natMappings": shape.NatMappingDocument,
    "hnsNetworks": shape.HnsNetworkDocument,
    "hnsEndpoints": shape.HnsEndpointDocument,
    "hnsPolicyLists": shape.HnsPolicyListDocument,
    "hnsNamespaces": shape.HnsNamespaceDocument,
    "services": shape.ServiceDocument,
    "firewallProfiles": shape.FirewallProfileDocument,
    "firewallRules": shape.FirewallRuleDocument,
    "tcpListeners": shape.ListenerDocument,
    "tcpConnections": shape.ConnectionDocument,
    "udpListeners": shape.ListenerDocument,
    "processes": shape.ProcessDocument,
    "serviceProcesses": shape.ServiceProcessDocument,
    "portExclusions": shape.ExclusionsDocument,
    "dynamicPorts": shape.DynamicPortsDocument,
    "portsInUse": shape.PortsInUseDocument,
    "environmentProxy": shape.ProxyDocument,
    "serviceProxy": shape.ProxyDocument,
    "winHttpProxy": shape.ProxyDocument,
    "engineConfiguration": shape.EngineConfigurationDocument,
    "containerSettings": shape.ContainerSettingsDocument,
    "hnsCrashes": shape.CrashDocument,
}
SMALL = sorted(set(scenarios()) - {"large"})
UNREADABLE = {
    "unelevated", "services-stopped", "hns-not-running", "engine-not-running", "engine-access-denied",
    "linux-engine",
}  # fmt: skip
ABSENT = "11111111-2222-4333-8444-555555555555"
# One valid set of parameters for each change script, of objects that no host has.
STRANGE = {
    "new-vswitch": {"SwitchName": 'it\'s "new"', "Kind": "External", "Adapters": ["nobody's"]},
    "rename-vswitch": {"SwitchName": "no such", "NewName": "other"},
    "remove-vswitch": {"SwitchName": "no such"},
    "set-vswitch-management-os": {"SwitchName": "no such", "AllowManagementOS": True},
    "set-vswitch-extension": {"SwitchName": "no such", "ExtensionId": ABSENT, "Enabled": True},
    "set-host-vnic-vlan": {"AdapterId": ABSENT, "VlanId": 7},
    "set-mac-spoofing": {"VMName": "no such", "AdapterName": "none", "Enabled": True},
    "set-service-state": {"Service": "com.docker.service", "Action": "Start"},
    "start-watchdog": {"WatchId": "..\\..\\Run", "Rescue": "ShareSwitch", "Seconds": 60},
    "confirm-watchdog": {"WatchId": "0" * 32},
    "remove-hns-network": {"NetworkId": ABSENT},
    "remove-hns-endpoint": {"EndpointId": ABSENT},
    "set-firewall-rule": {"RuleName": "no such", "Enabled": True},
    "new-firewall-rule": {
        "RuleName": "RemoteDesktop-UserMode-In-TCP",
        "Title": "x",
        "Protocol": "TCP",
        "Ports": ["1"],
    },
    "remove-firewall-rule": {"RuleName": "no such"},
    "new-nat": {"NatName": "over all", "Prefix": "no prefix"},
    "remove-nat": {"NatName": "no such"},
    "set-vswitch-kind": {"SwitchName": "no such", "Kind": "Internal"},
    "set-registry-setting": {"Setting": "VSmbDisableOplocks", "Expected": "7"},
    "set-event-source": {"Registered": True},
    "set-interface-mtu": {"InterfaceIndex": 99999, "InterfaceAlias": "no such", "Mtu": 1400},
    "set-dynamic-ports": {"Protocol": "TCP", "First": 65000, "Count": 1000},
    "set-engine-proxy": {},
}


def on_every_host(function):
    """The test for each build and small scenario."""
    return pytest.mark.parametrize("build", sorted(BUILDS))(
        pytest.mark.parametrize("scenario", SMALL)(function)
    )


def test_that_the_registry_and_the_practice_host_know_the_same_scripts():
    assert {*CHANGES, *READINGS, GET_HOST_INVENTORY.id} == {script.id for script in SCRIPTS}
    assert set(STRANGE) == set(CHANGES)


def test_that_the_document_has_the_sections_and_members_the_script_writes():
    script = script_text(GET_HOST_INVENTORY)
    text = PracticeScripts(PracticeHost.create(scenario="crowded")).answer("get-host-inventory", {})
    sections = json.loads(text)["sections"]
    assert set(sections) == set(re.findall(r"Add-Section -Name '(\w+)'", script)) == set(SECTION_MODELS)
    for name, section in sections.items():
        for item in section["value"]:
            for member in item:
                assert re.search(rf"\b{member} = ", script), f"{name}: the script writes no {member}"


@on_every_host
def test_that_every_section_of_the_inventory_parses(build, scenario):
    host = PracticeHost.create(os_build=build, scenario=scenario)
    text = PracticeScripts(host).answer("get-host-inventory", {})
    assert text.isascii()
    sections = inventory_of(text).sections
    assert set(sections) == set(SECTION_MODELS)
    for name, model in SECTION_MODELS.items():
        section = shape.SectionDocument[model].model_validate(sections[name])
        assert section.ok == (section.error is None)
    seen = facts(host)
    assert seen.windows.value.build == build
    assert seen.windows.value.computer == host.name


@on_every_host
def test_that_every_change_script_answers_and_changes_nothing_of_what_is_not_there(build, scenario):
    host = PracticeHost.create(os_build=build, scenario=scenario)
    before = facts(host)
    registered = bool(before.container_settings.value.event_sources)
    for script_id, parameters in (STRANGE | {"set-event-source": {"Registered": registered}}).items():
        document = change_of(PracticeScripts(host).answer(script_id, parameters))
        assert not document.changed, script_id
        assert document.ok or document.error.message, script_id
    assert facts(host) == before


@pytest.mark.parametrize(
    ("script", "parameters", "said"),
    [
        ("format-disk", {}, "no script"),
        ("remove-vswitch", {}, "needs SwitchName"),
        ("get-host-inventory", {"Deep": True}, "has no parameter Deep"),
        ("set-service-state", {"Service": "w32time", "Action": "Stop"}, "can't be 'w32time'"),
    ],
)
def test_that_what_the_catalog_does_not_have_is_refused(script, parameters, said):
    with pytest.raises(ValueError, match=said):
        PracticeScripts(PracticeHost.create(scenario="empty")).answer(script, parameters)


def snapshot_of(engine):
    """The whole host as the console sees it: the engine over HTTP, Windows through the script."""
    service = engine.host.services
    if not engine.host.engine_running:
        PracticeScripts(engine.host, administrator=True).answer(
            "set-service-state", {"Service": ENGINE, "Action": "Start"}
        )
    assert service.running(ENGINE)
    return Snapshot(
        host=HostIdentity(id="practice", name=engine.host.name, practice=True),
        taken_at=datetime.now(UTC),
        engine=fresh(engine_of(engine.api.version(), engine.api.info())),
        networks=fresh(tuple(network_of(one) for one in engine.api.networks())),
        containers=fresh(tuple(container_of(one) for one in engine.api.containers(all=True))),
        facts=facts(engine.host),
    )


@pytest.mark.parametrize("build", [14393, 17763, 20348, 22631, 26100])
@pytest.mark.parametrize("scenario", sorted(set(SMALL) - UNREADABLE))
def test_that_no_link_between_objects_leads_nowhere(serving, build, scenario):
    snapshot = snapshot_of(serving(os_build=build, scenario=scenario))
    relations = Relations(snapshot)
    seen = snapshot.facts
    switches = {one.name for one in seen.vswitches.value}
    adapters = {one.name for one in seen.adapters.value}
    compartments = {one.id for one in seen.compartments.value}
    containers = {one.id for one in snapshot.containers.value if one.running}
    stale = {one.id for one in (*relations.stale_hns_networks, *relations.stale_hns_endpoints)}
    assert bool(stale) == (scenario in {"stale-objects", "hns-stale-state"})
    for adapter in seen.adapters.value:
        assert adapter.vswitch in switches | {""}
        assert adapter.compartment in compartments
    assert len({one.guid for one in seen.adapters.value}) == len(adapters) == len(seen.adapters.value)
    assert len({one.index for one in seen.adapters.value}) == len(adapters)
    for switch in seen.vswitches.value:
        assert set(switch.adapters) <= adapters
        assert not switch.adapters or switch.kind is VSwitchKind.EXTERNAL
    external = [one for one in seen.vswitches.value if one.kind is VSwitchKind.EXTERNAL]
    assert any(not one.adapters for one in external) == (scenario == "vswitch-without-adapter")
    for hns in seen.hns_networks.value:
        assert relations.vswitch_of(hns) is not None
    for network in snapshot.networks.value:
        if network.option(HNS_ID):
            assert relations.hns_network_of(network).id == network.option(HNS_ID).upper()
    networks = {one.id for one in seen.hns_networks.value}
    namespaces = {one.id for one in seen.hns_namespaces.known() or ()}
    for endpoint in seen.hns_endpoints.value:
        assert endpoint.network_id in networks
        assert endpoint.namespace_id in namespaces | {""}
        assert endpoint.compartment in {None, *compartments}
        assert stale & {endpoint.id, endpoint.network_id} or set(endpoint.containers) <= containers
    for container in snapshot.containers.value:
        for attached in container.endpoints:
            if container.running and attached.endpoint_id:
                found = relations.hns_endpoint_of(container, attached)
                assert container.id in found.containers
                assert found.mac_address == attached.mac_address
    for mapping in seen.nat_mappings.value:
        assert mapping.nat in {one.name for one in seen.nat_prefixes.value}
    if build >= 17763:
        for compartment in seen.compartments.value[1:]:
            assert relations.related(ref_of(compartment), ObjectKind.CONTAINER)


@pytest.mark.parametrize("build", [14393, 15063, 17763, 20348])
def test_that_get_netnat_lists_container_networks_before_1709_only(serving, build):
    engine = serving(os_build=build)
    engine.run("web", PortBindings={"80/tcp": [{"HostPort": "8080"}]})
    sections = json.loads(PracticeScripts(engine.host).answer("get-host-inventory", {}))["sections"]
    assert bool(sections["nats"]["value"]) == (build < 16299)
    mappings = facts(engine.host).nat_mappings.value
    assert [one.external_port for one in mappings] == ([8080] if build < 16299 else [])
    prefixes = [one.internal_prefix for one in facts(engine.host).nat_prefixes.value]
    assert prefixes == (
        ["172.16.0.0/16"] if build == 14393 else [engine.network("nat")["IPAM"]["Config"][0]["Subnet"]]
    )


def test_that_a_host_without_hyper_v_has_its_switches_worked_out():
    host = PracticeHost.create(scenario="containers-only")
    sections = json.loads(PracticeScripts(host).answer("get-host-inventory", {}))["sections"]
    assert sections["vswitches"]["error"]["id"] == "CommandMissing"
    seen = facts(host)
    assert {(one.kind, one.adapters, one.derived) for one in seen.vswitches.value} == {
        (VSwitchKind.INTERNAL, (), True),
        (VSwitchKind.EXTERNAL, ("Ethernet",), True),
    }
    assert seen.windows.value.features == {
        "Containers": "Enabled",
        "Hyper-V": "Disabled",
        "Hyper-V PowerShell": "Disabled",
    }
    services = {one.name: one.status for one in seen.services.value}
    assert services["vmms"] is ServiceStatus.MISSING


def test_that_an_account_without_rights_sees_adapters_and_no_switches():
    seen = facts(PracticeHost.create(scenario="unelevated"))
    assert not seen.windows.value.elevated
    for section in (seen.adapters, seen.routes, seen.services, seen.firewall_profiles, seen.compartments):
        assert section.state is SectionState.FRESH
    for section in (seen.vswitches, seen.hns_networks, seen.hns_endpoints, seen.firewall_rules):
        assert section.state is SectionState.UNAVAILABLE
        assert section.remedy is not None


def test_that_extension_names_are_localized_and_their_ids_are_not():
    german, english = (facts(PracticeHost.create(scenario=one)) for one in ("localized", "empty"))
    names, ids = (
        [[getattr(one, field) for one in seen.hns_networks.value[0].extensions] for seen in (german, english)]
        for field in ("name", "id")
    )
    assert ids[0] == ids[1]
    assert "Microsoft Windows-Filterplattform" in names[0]
    assert "Microsoft Windows Filtering Platform" in names[1]


@pytest.mark.parametrize("build", [14393, 20348])
def test_that_hns_of_server_2016_tells_less(build):
    seen = facts(PracticeHost.create(os_build=build, scenario="default"))
    network = seen.hns_networks.value[0]
    old = build == 14393
    assert (network.state is None, not network.extensions, not network.switch_id) == (old, old, old)
    assert (seen.hns_namespaces.state is SectionState.UNAVAILABLE) == old


def test_that_vfp_is_on_where_networks_need_it():
    host = PracticeHost.create(scenario="crowded")
    seen = facts(host)
    needed = {one.switch_id for one in seen.hns_networks.value if one.type.lower() in DRIVERS_ON_VFP}
    assert needed
    for switch in seen.vswitches.value:
        assert vfp_of(switch).enabled == (switch.id in needed)


@pytest.mark.parametrize(
    ("scenario", "hypervisor"),
    [
        ("default", Hypervisor.NONE),
        ("azure-vm", Hypervisor.AZURE),
        ("vmware-guest", Hypervisor.VMWARE),
        ("hyper-v-guest", Hypervisor.HYPER_V),
    ],
)
def test_that_the_machine_is_told_by_what_windows_says_of_it(scenario, hypervisor):
    assert facts(PracticeHost.create(scenario=scenario)).hypervisor.value is hypervisor


def test_that_ipv6_is_off_where_the_scenario_says_so():
    seen = facts(PracticeHost.create(scenario="ipv6-disabled")).windows.value
    assert seen.ipv6_disabled_components == 255
    assert facts(PracticeHost.create()).windows.value.ipv6_disabled_components is None


def test_that_a_running_container_has_a_compartment_with_its_addresses(engine):
    engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/24", "10.5.0.1"))
    first, second = engine.run("one", "mine", address="10.5.0.9"), engine.run("two", "mine")
    seen = facts(engine.host)
    assert [one.id for one in seen.compartments.value] == [1, 2, 3]
    (vnic,) = [one for one in seen.adapters.value if one.compartment == 2]
    assert vnic.addresses == ("10.5.0.9/24",)
    assert vnic.host_vnic
    endpoints = {one.containers: one for one in seen.hns_endpoints.value}
    assert endpoints[(first,)].compartment == 2
    assert endpoints[(second,)].compartment == 3
    engine.api.stop(first)
    seen = facts(engine.host)
    assert [one.id for one in seen.compartments.value] == [1, 3]
    assert [one.containers for one in seen.hns_endpoints.value] == [(second,)]


def test_that_a_hyper_v_container_has_its_compartment_elsewhere(engine):
    engine.run("isolated", Isolation="hyperv")
    seen = facts(engine.host)
    assert [one.id for one in seen.compartments.value] == [1]
    assert seen.hns_namespaces.value == ()
    assert len(seen.hns_endpoints.value) == 1


def test_that_the_inventory_of_a_large_host_is_made_of_kept_parts():
    large = {"networks": 300, "endpoints": 1200, "churn": 0.02}
    host = PracticeHost.create(scenario="large", parameters=large)
    seen = facts(host)
    assert len(seen.hns_networks.value) == 301
    assert len(seen.hns_endpoints.value) == 1200
    before = {one.id: one for one in seen.hns_endpoints.value}
    host.churn()
    after = {one.id for one in facts(host).hns_endpoints.value}
    assert len(after) == 1200
    assert len(after - set(before)) == 24
