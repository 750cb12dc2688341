"""What the change scripts do to a practice host, what they refuse, and what services take along."""

import asyncio
import json
import socket

import docker
import pytest
import requests

from console.backend.powershell.documents import change_of
from console.backend.powershell.faults import checked_answer
from console.backend.powershell.runner import HostError
from console.demo.host import PracticeHost
from console.demo.powershell.runner import PracticeRunner
from console.demo.powershell.scripts import PracticeScripts
from console.demo.server import PracticeServer
from console.demo.windows_state import FirewallRuleRecord
from console.domain.failure import FailureKind
from console.domain.host_actions import remove_hns_network
from console.domain.host_inventory import ServiceStatus
from console.domain.plan import Plan, RunScript
from console.domain.relations import Relations
from console.domain.scripts import CHANGE_NOTES, SCRIPT_BY_ID
from console.domain.snapshot import VSwitchKind
from console.domain.text import N_
from console.domain.vfp import vfp_of
from console.startup import practice_channel
from tests.demo.conftest import PREFIX, facts, refusal, subnet
from tests.demo.test_scripts import snapshot_of


def change(host, script_id, **parameters):
    document = change_of(PracticeScripts(host).answer(script_id, parameters))
    assert set(document.notes) <= set(CHANGE_NOTES)
    return document


def refused(host, script_id, **parameters):
    """The id of the error with which a script ends; it must."""
    document = change(host, script_id, **parameters)
    assert not document.ok
    return document.error.id


def switch(host, name):
    return next((one for one in facts(host).vswitches.value if one.name == name), None)


def adapter(host, name):
    return next((one for one in facts(host).adapters.value if one.name == name), None)


def service(host, name):
    return next(one for one in facts(host).services.value if one.name == name)


@pytest.fixture
def host():
    return PracticeHost.create(scenario="empty")


# vSwitches


def test_that_a_team_of_two_cards_is_made_and_removed_again(host):
    names = ["Ethernet", "Ethernet 2"]
    before = facts(host)
    made = change(
        host, "new-vswitch", SwitchName="Team", Kind="External", Adapters=names, EmbeddedTeaming=True
    )
    assert (made.ok, made.changed, made.notes) == (True, True, ["host-connection-interrupted"])
    seen = switch(host, "Team")
    assert (seen.kind, seen.adapters, seen.embedded_teaming) == (VSwitchKind.EXTERNAL, tuple(names), True)
    assert (seen.management_os, seen.visible_to_docker) == (True, False)
    assert seen.id == made.after["id"].upper()
    assert adapter(host, "Ethernet").addresses == ()
    assert adapter(host, "vEthernet (Team)").addresses == ("192.168.1.10/24",)
    again = change(
        host, "new-vswitch", SwitchName="Team", Kind="External", Adapters=names, EmbeddedTeaming=True
    )
    assert (again.changed, again.notes) == (False, ["already-so"])
    gone = change(host, "remove-vswitch", SwitchName="team")
    assert (gone.ok, gone.after) == (True, None)
    assert facts(host) == before


def test_that_internal_and_private_switches_are_made(host):
    change(host, "new-vswitch", SwitchName="Lab", Kind="Internal")
    change(host, "new-vswitch", SwitchName="Sealed", Kind="Private")
    assert adapter(host, "vEthernet (Lab)").host_vnic
    assert adapter(host, "vEthernet (Sealed)") is None
    assert switch(host, "Sealed").kind is VSwitchKind.PRIVATE
    assert switch(host, "Sealed").management_os is False


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        ({"Kind": "External"}, "AdapterNeeded"),
        ({"Kind": "Private", "Adapters": ["Ethernet"]}, "AdapterNotWanted"),
        ({"Kind": "External", "Adapters": ["Ethernet", "Ethernet 2"]}, "TeamingNeeded"),
        ({"Kind": "External", "Adapters": ["Token Ring"]}, "AdapterNotFound"),
        ({"Kind": "External", "Adapters": ["Ethernet 3"]}, "AdapterTaken"),
        ({"Kind": "Internal", "SwitchName": "TAKEN"}, "SwitchNameTaken"),
    ],
)
def test_that_a_switch_windows_can_not_make_is_refused(host, wish, error):
    change(host, "new-vswitch", SwitchName="Taken", Kind="External", Adapters=["Ethernet 3"])
    before = facts(host)
    assert refused(host, "new-vswitch", **{"SwitchName": "New", **wish}) == error
    assert facts(host) == before


def test_that_a_rename_takes_the_vnic_along_and_needs_a_free_name(host):
    change(host, "new-vswitch", SwitchName="Old", Kind="External", Adapters=["Ethernet 2"])
    identifier = switch(host, "Old").id
    assert refused(host, "rename-vswitch", SwitchName="Old", NewName="NAT") == "SwitchNameTaken"
    assert refused(host, "rename-vswitch", SwitchName="None", NewName="New") == "SwitchNotFound"
    wrong = {"SwitchId": "11111111-2222-4333-8444-555555555555"}
    assert refused(host, "rename-vswitch", SwitchName="Old", NewName="New", **wrong) == "SwitchNotFound"
    done = change(
        host, "rename-vswitch", SwitchName="Old", SwitchId=identifier, NewName="A new and long name"
    )
    assert done.before["name"] == "Old"
    assert switch(host, "A new and long name").id == identifier
    assert adapter(host, "vEthernet (A new and long name)").vswitch == "A new and long name"
    assert adapter(host, "vEthernet (Old)") is None


def test_that_a_switch_in_use_is_not_removed_and_a_free_one_takes_its_networks_along(engine):
    engine.create_network("lan", "transparent", Options={PREFIX + "networkname": "Lan"})
    container = engine.run("web", "lan")
    document = change(engine.host, "remove-vswitch", SwitchName="Lan")
    assert "0x800700AA" in document.error.message
    assert switch(engine.host, "Lan") is not None
    engine.api.stop(container)
    assert change(engine.host, "remove-vswitch", SwitchName="Lan").ok
    assert [one.name for one in facts(engine.host).hns_networks.value] == ["nat"]
    assert adapter(engine.host, "Ethernet").vswitch == ""
    assert change(engine.host, "remove-vswitch", SwitchName="Lan").notes == ["already-gone"]


def test_that_virtual_machines_lose_a_removed_switch():
    host = PracticeHost.create(scenario="teamed")
    host.containers.stop(host.containers.find("printer-gateway"))
    assert change(host, "remove-vswitch", SwitchName="TeamSwitch").notes == [
        "machines-disconnected",
        "host-connection-interrupted",
    ]


def test_that_sharing_with_the_host_can_be_ended(host):
    change(host, "new-vswitch", SwitchName="Ext", Kind="External", Adapters=["Ethernet 2"])
    ended = change(host, "set-vswitch-management-os", SwitchName="Ext", AllowManagementOS=False)
    assert (ended.changed, ended.notes) == (True, ["host-lost-adapter"])
    assert adapter(host, "vEthernet (Ext)") is None
    assert switch(host, "Ext").management_os is False
    again = change(host, "set-vswitch-management-os", SwitchName="Ext", AllowManagementOS=False)
    assert again.notes == ["already-so"]
    nat = {"SwitchName": "nat", "AllowManagementOS": False}
    assert refused(host, "set-vswitch-management-os", **nat) == "SwitchNotExternal"


def test_that_vfp_is_enabled_and_runs_only_while_its_service_does(host):
    change(host, "new-vswitch", SwitchName="Ext", Kind="External", Adapters=["Ethernet 2"])
    wish = {"SwitchName": "Ext", "ExtensionId": vfp_of(switch(host, "Ext")).id}
    assert change(host, "set-vswitch-extension", **wish, Enabled=True).after["running"]
    assert vfp_of(switch(host, "Ext")).running
    change(host, "set-vswitch-extension", **wish, Enabled=False)
    change(host, "set-service-state", Service="vfpext", Action="Stop")
    assert change(host, "set-vswitch-extension", **wish, Enabled=True).notes == ["extension-not-running"]
    assert not vfp_of(switch(host, "Ext")).running
    unknown = {**wish, "ExtensionId": "11111111-2222-4333-8444-555555555555"}
    assert refused(host, "set-vswitch-extension", **unknown, Enabled=True) == "ExtensionNotFound"


def test_that_a_host_vnic_gets_a_vlan_and_loses_it(host):
    guid = adapter(host, "vEthernet (nat)").guid
    assert change(host, "set-host-vnic-vlan", AdapterId=f"{{{guid}}}", VlanId=42).after["vlan"] == 42
    assert adapter(host, "vEthernet (nat)").vlan == 42
    assert change(host, "set-host-vnic-vlan", AdapterId=guid, VlanId=0).after["mode"] == "Untagged"
    assert adapter(host, "vEthernet (nat)").vlan is None
    error = refused(host, "set-host-vnic-vlan", AdapterId=guid, VlanId=4095)
    assert error == "ParameterArgumentValidationError,Set-HostVNicVlan.ps1"


def test_that_mac_spoofing_is_set_on_the_named_adapter_only():
    host = PracticeHost.create(scenario="teamed")
    wish = {"VMName": "BUILD-agent", "AdapterName": "Network Adapter"}
    done = change(host, "set-mac-spoofing", **wish, MacAddress="00-15-5D-01-02-03", Enabled=True)
    assert (done.before["spoofing"], done.after["spoofing"]) == ("Off", "On")
    assert change(host, "set-mac-spoofing", **wish, Enabled=True).notes == ["already-so"]
    other = {"MacAddress": "00-15-5D-FF-FF-FF", "Enabled": True}
    assert refused(host, "set-mac-spoofing", **wish, **other) == "AdapterNotFound"


# Rights


@pytest.mark.parametrize(
    ("script", "parameters", "kind"),
    [
        ("remove-vswitch", {"SwitchName": "nat"}, FailureKind.ACCESS_DENIED),
        (
            "remove-hns-network",
            {"NetworkId": "11111111-2222-4333-8444-555555555555"},
            FailureKind.ACCESS_DENIED,
        ),
        ("set-service-state", {"Service": "docker", "Action": "Stop"}, FailureKind.SCRIPT_ERROR),
    ],
)
def test_that_changes_without_rights_are_refused_and_elevation_helps(script, parameters, kind):
    host = PracticeHost.create(scenario="unelevated")
    before = facts(host)
    runner = PracticeRunner(host, checked_answer)
    with pytest.raises(HostError) as failed:
        asyncio.run(runner.run(SCRIPT_BY_ID[script], parameters))
    assert failed.value.failure.kind is kind
    assert facts(host) == before
    if script != "remove-vswitch":
        elevated = PracticeRunner(host, checked_answer, administrator=True)
        assert json.loads(asyncio.run(elevated.run(SCRIPT_BY_ID[script], parameters)))["ok"]
        assert not facts(host).windows.value.elevated


def test_that_a_plan_on_a_practice_host_runs_elevated():
    host = PracticeHost.create(scenario="unelevated")
    title = N_("Test", "Make a vSwitch")
    step = RunScript(
        script="new-vswitch", parameters={"SwitchName": "Lab", "Kind": "Private"}, title=title, elevated=True
    )

    async def run():
        channel = practice_channel(host)
        try:
            with pytest.raises(HostError):
                await channel.run_step(step)
            async with channel.applying(Plan(title=title, steps=(step,))):
                return await channel.run_step(step)
        finally:
            await channel.close()

    assert json.loads(asyncio.run(run()))["after"]["name"] == "Lab"
    assert "Lab" in {one.name for one in host.state.switches.values()}


def test_that_scripts_of_hyper_v_say_so_where_it_is_missing():
    host = PracticeHost.create(scenario="containers-only")
    assert refused(host, "remove-vswitch", SwitchName="nat") == "CommandMissing"
    assert refused(host, "new-vswitch", SwitchName="Lab", Kind="Private") == "CommandMissing"


# Objects of HNS


def test_that_stale_objects_can_be_removed_by_the_plans_for_it(serving):
    engine = serving(scenario="stale-objects")
    relations = Relations(snapshot_of(engine))
    (network,) = relations.stale_hns_networks
    assert len(relations.stale_hns_endpoints) == 2
    plan = remove_hns_network(network, relations)
    for step in plan.steps:
        assert change(engine.host, step.script, **step.parameters).ok
    (endpoint,) = Relations(snapshot_of(engine)).stale_hns_endpoints
    frontend = next(one for one in engine.host.state.hns_networks.values() if endpoint.address in one.taken)
    assert change(engine.host, "remove-hns-endpoint", EndpointId=endpoint.id).changed
    assert endpoint.address not in frontend.taken
    after = Relations(snapshot_of(engine))
    assert after.stale_hns_networks == after.stale_hns_endpoints == ()


def test_that_docker_lists_a_network_that_hns_lost_until_it_is_restarted(engine):
    engine.create_network("lan", "transparent")
    hns_id = engine.network("lan")["Options"][PREFIX + "hnsid"]
    assert change(engine.host, "remove-hns-network", NetworkId=hns_id).changed
    assert "lan" in {one["Name"] for one in engine.api.networks()}
    assert hns_id not in {one.id for one in facts(engine.host).hns_networks.value}
    assert change(engine.host, "remove-hns-network", NetworkId=hns_id).notes == ["already-gone"]
    change(engine.host, "set-service-state", Service="docker", Action="Restart")
    assert "lan" not in {one["Name"] for one in engine.api.networks()}


def test_that_endpoints_go_with_the_network_they_are_on(engine):
    engine.create_network("lan", "transparent", Options={PREFIX + "networkname": "Lan"})
    engine.run("web", "lan")
    (endpoint,) = facts(engine.host).hns_endpoints.value
    change(engine.host, "remove-hns-network", NetworkId=endpoint.network_id)
    assert facts(engine.host).hns_endpoints.value == ()
    assert [one.endpoints for one in facts(engine.host).hns_namespaces.value] == [()]


def test_that_a_containers_endpoint_can_be_taken_away_from_it(engine):
    container = engine.run("web")
    (endpoint,) = facts(engine.host).hns_endpoints.value
    assert change(engine.host, "remove-hns-endpoint", EndpointId=endpoint.id).changed
    assert facts(engine.host).hns_endpoints.value == ()
    engine.api.restart(container)
    assert len(facts(engine.host).hns_endpoints.value) == 1


@pytest.mark.parametrize("script", ["remove-hns-network", "remove-hns-endpoint"])
def test_that_an_id_that_is_none_is_not_taken_for_one(host, script):
    name = "NetworkId" if script == "remove-hns-network" else "EndpointId"
    assert refused(host, script, **{name: "*"}).startswith("ParameterArgumentValidationError,")


# Services


def test_that_a_stopped_engine_refuses_connections_until_it_is_started(engine):
    engine.run("web")
    stopped = change(engine.host, "set-service-state", Service="docker", Action="Stop")
    assert stopped.after["status"] == "Stopped"
    assert service(engine.host, "docker").status is ServiceStatus.STOPPED
    with pytest.raises(requests.ConnectionError):
        engine.api.ping()
    assert [one.id for one in facts(engine.host).compartments.value] == [1]
    assert change(engine.host, "set-service-state", Service="docker", Action="Stop").notes == ["already-so"]
    change(engine.host, "set-service-state", Service="docker", Action="Start")
    assert engine.api.ping()
    assert engine.api.inspect_container("web")["State"]["Status"] == "exited"


def test_that_an_event_stream_ends_with_the_engine(engine):
    with docker.APIClient(base_url=engine.server.url, version="auto", timeout=20) as client:
        events = client.events()
        change(engine.host, "set-service-state", Service="docker", Action="Restart")
        assert list(events) == []
    assert engine.api.ping()


def test_that_the_stopped_scenario_begins_out_of_reach(serving):
    host = PracticeHost.create(scenario="services-stopped")
    server = PracticeServer(host)
    server.start()
    try:
        with pytest.raises(requests.ConnectionError):
            requests.get(server.url.replace("tcp:", "http:") + "/_ping", timeout=5)
        change(host, "set-service-state", Service="docker", Action="Start")
        assert requests.get(server.url.replace("tcp:", "http:") + "/_ping", timeout=5).text == "OK"
    finally:
        server.stop()


def test_that_both_services_must_restart_before_docker_sees_a_new_switch(serving):
    engine = serving(scenario="hidden-vswitch")
    for name, seen in (("docker", False), ("hns", False), ("docker", True)):
        change(engine.host, "set-service-state", Service=name, Action="Restart")
        listed = {one["Name"] for one in engine.api.networks()}
        assert ("ExternalSwitch" in listed) == seen
    assert switch(engine.host, "ExternalSwitch").visible_to_docker


def test_that_nothing_of_hns_answers_while_it_is_stopped(engine):
    change(engine.host, "set-service-state", Service="hns", Action="Stop")
    assert facts(engine.host).hns_networks.value is None
    assert refused(engine.host, "remove-hns-network", NetworkId="11111111-2222-4333-8444-555555555555")
    with pytest.raises(docker.errors.APIError, match="0x426"):
        engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/24", "10.5.0.1"))
    change(engine.host, "set-service-state", Service="hns", Action="Start")
    engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/24", "10.5.0.1"))


def test_that_the_compute_service_takes_the_containers_along_and_not_the_engine(engine):
    engine.run("web")
    change(engine.host, "set-service-state", Service="vmcompute", Action="Stop")
    assert engine.api.inspect_container("web")["State"]["Status"] == "exited"
    assert "0x6ba" in refusal(engine.api.start, "web")[1]
    change(engine.host, "set-service-state", Service="vmcompute", Action="Start")
    engine.api.start("web")
    assert engine.api.inspect_container("web")["State"]["Status"] == "running"


def test_that_an_engine_whose_port_was_taken_meanwhile_ends_again(engine):
    change(engine.host, "set-service-state", Service="docker", Action="Stop")
    with socket.create_server(("127.0.0.1", engine.server.port)):
        change(engine.host, "set-service-state", Service="docker", Action="Start")
        assert service(engine.host, "docker").status is ServiceStatus.STOPPED
        assert "failed to load listeners" in engine.host.event_log[-1]
    change(engine.host, "set-service-state", Service="docker", Action="Start")
    assert engine.api.ping()


def test_that_a_container_that_shares_a_network_is_told_with_its_owner(engine):
    owner = engine.run("owner")
    sharer = engine.run("sharer", "container:owner")
    (endpoint,) = facts(engine.host).hns_endpoints.value
    assert endpoint.containers == (owner, sharer)
    (namespace,) = facts(engine.host).hns_namespaces.value
    assert namespace.containers == (owner, sharer)
    engine.api.remove_container(owner, force=True)
    assert facts(engine.host).hns_endpoints.value == ()


def test_that_hyper_v_does_not_answer_without_its_service(host):
    change(host, "set-service-state", Service="vmms", Action="Stop")
    assert refused(host, "remove-vswitch", SwitchName="nat").startswith("ObjectNotFound,")
    assert all(one.derived for one in facts(host).vswitches.value)


@pytest.mark.parametrize("name", ["mpssvc", "BFE"])
def test_that_the_firewall_can_not_be_stopped(host, name):
    assert refused(host, "set-service-state", Service=name, Action="Stop").startswith("CouldNotStopService")
    assert service(host, name).status is ServiceStatus.RUNNING


def test_that_a_service_that_is_not_installed_is_said(host):
    wish = {"Service": "com.docker.service", "Action": "Start"}
    assert refused(host, "set-service-state", **wish).startswith("NoServiceFoundForGivenName")
    assert service(host, "com.docker.service").status is ServiceStatus.MISSING


def test_that_what_needs_a_service_is_told(host):
    assert service(host, "BFE").dependents == ("mpssvc",)


# The state file


def test_that_changes_are_saved_and_files_of_before_still_load(tmp_path):
    host = PracticeHost.create(scenario="teamed")
    change(host, "set-service-state", Service="vfpext", Action="Stop")
    path = tmp_path / "host.json"
    host.save(path)
    assert facts(PracticeHost.load(path)) == facts(host)
    document = json.loads(path.read_text(encoding="utf-8"))
    for name in ("windows", "last_index"):
        del document[name]
    for one in document["switches"].values():
        for name in ("management_os", "embedded_teaming", "notes", "vnic_name", "vnic_index", "vlan", "vfp"):
            del one[name]
        del one["extensions"]
    for one in document["adapters"]:
        for name in ("index", "speed_bits", "mtu", "metric"):
            del one[name]
    for one in document["containers"].values():
        del one["compartment"]
    path.write_text(json.dumps(document), encoding="utf-8")
    seen = facts(PracticeHost.load(path))
    assert service(host, "vfpext").status is ServiceStatus.STOPPED
    assert {one.name: one.status for one in seen.services.value}["vfpext"] is ServiceStatus.RUNNING
    assert [one.id for one in seen.compartments.value] == [1, 2]
    indexes = [one.index for one in seen.adapters.value]
    assert len(set(indexes)) == len(indexes)


def test_that_a_rule_of_group_policy_is_told_and_can_not_be_changed(host):
    record = FirewallRuleRecord(
        id="gpo", title="No web", group="", protocol="TCP", ports=["8080"], action="Block", policy="Baseline"
    )
    host.state.windows.firewall_rules.append(record)
    rule = next(one for one in facts(host).firewall_rules.known() if one.id == "gpo")
    assert (rule.source, rule.local) == ("Baseline", False)
    assert refused(host, "set-firewall-rule", RuleName="gpo", Enabled=False) == "RuleNotFound"
    assert record.enabled
