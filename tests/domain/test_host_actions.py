"""Plans that change the Windows side of a host."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.domain import host_actions as actions
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork, Service, ServiceStatus
from console.domain.plan import Plan, RunScript
from console.domain.relations import Relations
from console.domain.render.plan import Dialect, preview
from console.domain.scripts import KNOWN_SERVICES, SCRIPT_BY_ID, SCRIPTS, wrong_parameters
from console.domain.service_roles import SERVICE_ROLES, service_role
from console.domain.snapshot import Adapter, Section, SectionState, Snapshot, VSwitch, VSwitchKind
from console.domain.switch_origin import DEFAULT_SWITCH_ID
from console.domain.watchdog import Rescue, arming
from tests.domain.hosts import external_vswitch, host, network
from tests.domain.test_setting_actions import PLANS as SETTING_PLANS
from tests.domain.whole_hosts import (
    CORP_SWITCH,
    HNS_ENDPOINTS,
    HNS_NETWORKS,
    LAB_SWITCH,
    LOST_HNS,
    SWITCHES,
    whole_host,
    with_facts,
)

HOST = whole_host()
RELATIONS = Relations(HOST)
UNREAD = Relations(HOST.model_copy(update={"networks": Section(state=SectionState.UNAVAILABLE)}))
NAT, CORP, LAB = SWITCHES
GUID = "F1D2C3B4-0000-4000-8000-00155D010203"
VNIC = Adapter(name="vEthernet (Corp)", host_vnic=True, guid=GUID, vlan=11)
DOCKER = Service(name="docker", status=ServiceStatus.RUNNING, start_type="Automatic")
HNS = Service(name="hns", status=ServiceStatus.RUNNING, dependents=("docker",))
LOST = next(one for one in HNS_NETWORKS if one.id == LOST_HNS)

PLANS: list[tuple[str, Plan, str]] = [
    (
        "create internal",
        actions.create_vswitch("x", VSwitchKind.INTERNAL),
        "New-VMSwitch -Name 'x' -SwitchType Internal\n",
    ),
    (
        "create external",
        actions.create_vswitch("x", VSwitchKind.EXTERNAL, adapters=("Ethernet 2",)),
        "New-VMSwitch -Name 'x' -NetAdapterName 'Ethernet 2' -AllowManagementOS $true\n",
    ),
    (
        "create team",
        actions.create_vswitch("x", VSwitchKind.EXTERNAL, adapters=("A", "B"), allow_management_os=False),
        (
            "New-VMSwitch -Name 'x' -NetAdapterName 'A', 'B' -AllowManagementOS $false "
            "-EnableEmbeddedTeaming $true\n"
        ),
    ),
    (
        "rename",
        actions.rename_vswitch(LAB, "Büro"),
        f"Get-VMSwitch -Id '{LAB_SWITCH}' | Rename-VMSwitch -NewName 'Büro'\n",
    ),
    (
        "remove",
        actions.remove_vswitch(LAB, RELATIONS),
        f"Get-VMSwitch -Id '{LAB_SWITCH}' | Remove-VMSwitch -Force\n",
    ),
    (
        "share",
        actions.share_with_management_os(CORP, RELATIONS, shared=False),
        f"Get-VMSwitch -Id '{CORP_SWITCH}' | Set-VMSwitch -AllowManagementOS $false\n",
    ),
    (
        "vfp",
        actions.enable_vfp(CORP, RELATIONS),
        (
            f"Get-VMSwitch -Id '{CORP_SWITCH}' | Get-VMSwitchExtension | Where-Object Id -eq "
            "'F74F241B-440F-4433-BB28-00F89EAD20D8' | Enable-VMSwitchExtension\n"
        ),
    ),
    (
        "vlan",
        actions.set_vlan(VNIC, 12),
        (
            f"Get-VMNetworkAdapter -ManagementOS | Where-Object DeviceId -eq '{{{GUID}}}' | "
            "Set-VMNetworkAdapterVlan -Access -VlanId 12\n"
        ),
    ),
    (
        "spoofing",
        actions.set_mac_spoofing("vm", "nic", enabled=True, mac_address="00:15:5d:00:00:01"),
        (
            "Get-VMNetworkAdapter -VMName 'vm' -Name 'nic' | Where-Object MacAddress -eq '00155D000001' | "
            "Set-VMNetworkAdapter -MacAddressSpoofing On\n"
        ),
    ),
    ("start", actions.start_service(DOCKER, HOST), "Start-Service -Name 'docker'\n"),
    ("stop", actions.stop_service(DOCKER, HOST), "Stop-Service -Name 'docker' -Force\n"),
    (
        "restart hns",
        actions.restart_service(HNS, HOST),
        "Restart-Service -Name 'hns' -Force\nRestart-Service -Name 'docker' -Force\n",
    ),
    (
        "remove hns network",
        actions.remove_hns_network(LOST, RELATIONS),
        f"Get-HnsNetwork | Where-Object Id -eq '{LOST_HNS}' | Remove-HnsNetwork\n",
    ),
    (
        "remove hns endpoint",
        actions.remove_hns_endpoint(HNS_ENDPOINTS[2], RELATIONS),
        f"Get-HnsEndpoint | Where-Object Id -eq '{HNS_ENDPOINTS[2].id}' | Remove-HnsEndpoint\n",
    ),
]


@pytest.mark.parametrize(("_name", "plan", "lines"), PLANS, ids=[name for name, _, _ in PLANS])
def test_that_an_action_is_previewed_as_its_cmdlets(_name: str, plan: Plan, lines: str) -> None:
    assert preview(plan, Dialect.POWERSHELL) == lines


@pytest.mark.parametrize(("_name", "plan", "lines"), PLANS, ids=[name for name, _, _ in PLANS])
def test_that_scripts_get_the_parameters_they_take_also_to_undo(_name: str, plan: Plan, lines: str) -> None:
    for step in plan.steps:
        assert isinstance(step, RunScript)
        for run in (step, step.undo):
            if run is not None:
                assert wrong_parameters(SCRIPT_BY_ID[run.script], run.parameters) == ()
                assert run.elevated


def test_that_every_script_that_changes_a_host_has_an_action() -> None:
    plans = [*(plan for _, plan, _ in PLANS), *(plan for _, plan in SETTING_PLANS)]
    runs = [step for plan in plans for step in plan.steps if isinstance(step, RunScript)]
    runs.append(arming("0" * 32, Rescue.REMOVE_SWITCH, ()))
    used = {one.script for step in runs for one in (step, step.undo) if one is not None}
    assert used == {script.id for script in SCRIPTS if script.changes_host}


def step_of(plan: Plan) -> RunScript:
    step = plan.steps[0]
    assert isinstance(step, RunScript)
    return step


def undo_of(plan: Plan) -> RunScript | None:
    return step_of(plan).undo


def words(plan: Plan) -> str:
    return " ".join(str(text) for text in plan.interruptions)


def test_that_removing_a_vswitch_names_all_that_uses_it() -> None:
    said = words(actions.remove_vswitch(CORP, RELATIONS))
    assert "These networks are on it: corp." in said
    assert "These containers are cut off: both." in said
    assert "192.168.1.10/24" in said
    assert "connection through Ethernet is interrupted" in said
    assert "HNS has other networks on it: cccccccccccc…." in words(actions.remove_vswitch(NAT, RELATIONS))


def test_that_removing_an_unused_vswitch_interrupts_nothing_and_can_be_undone() -> None:
    plan = actions.remove_vswitch(LAB, RELATIONS)
    assert plan.interruptions == ()
    undo = undo_of(plan)
    assert undo is not None
    assert undo.parameters == {"SwitchName": "Lab", "Kind": "Private"}


def test_that_removing_a_vswitch_with_networks_can_not_be_undone() -> None:
    assert undo_of(actions.remove_vswitch(CORP, RELATIONS)) is None


def test_that_a_very_long_list_of_names_is_cut_and_counted() -> None:
    on_it = {"com.docker.network.windowsshim.networkname": "s"}
    named = [network(f"net-{number:02}", "transparent", options=on_it) for number in range(30)]
    switch = VSwitch(name="s", id="1", kind=VSwitchKind.INTERNAL)
    said = words(actions.remove_vswitch(switch, Relations(host(networks=named, vswitches=(switch,)))))
    assert "net-11, … (+18)" in said
    assert "net-12" not in said


def test_that_an_id_that_was_worked_out_is_not_asked_for() -> None:
    derived = LAB.model_copy(update={"derived": True})
    assert step_of(actions.remove_vswitch(derived, RELATIONS)).parameters == {"SwitchName": "Lab"}


def test_that_renaming_is_undone_with_the_old_name() -> None:
    undo = undo_of(actions.rename_vswitch(LAB, "New"))
    assert undo is not None
    assert undo.parameters == {"SwitchName": "New", "SwitchId": LAB_SWITCH, "NewName": "Lab"}


def test_that_taking_the_host_off_a_vswitch_names_the_addresses_it_loses() -> None:
    plan = actions.share_with_management_os(CORP, RELATIONS, shared=False)
    assert "The host loses these addresses: 192.168.1.10/24." in words(plan)
    assert "can no longer be reached through Ethernet" in words(plan)
    undo = undo_of(plan)
    assert undo is not None
    assert undo.parameters["AllowManagementOS"] is True


def test_that_a_vlan_is_undone_with_the_one_before() -> None:
    undo = undo_of(actions.set_vlan(VNIC, 0))
    assert undo is not None
    assert undo.parameters["VlanId"] == 11


def test_that_vfp_can_not_be_switched_where_windows_has_none() -> None:
    with pytest.raises(LookupError):
        actions.enable_vfp(LAB, RELATIONS)


def test_that_disabling_vfp_names_the_networks_that_stop() -> None:
    assert "corp" in words(actions.enable_vfp(CORP, RELATIONS, enabled=False))
    assert words(actions.enable_vfp(CORP, RELATIONS)) == ""


def test_that_stopping_the_engine_names_the_containers_it_stops() -> None:
    said = words(actions.stop_service(DOCKER, HOST))
    assert "All containers of the host are stopped." in said
    assert "These containers are cut off: both, web." in said
    assert "db" not in said


def test_that_starting_a_service_interrupts_nothing() -> None:
    assert actions.start_service(DOCKER, HOST).interruptions == ()


def test_that_restarting_hns_warns_of_wsl_and_restarts_the_engine_too() -> None:
    plan = actions.restart_service(HNS, HOST)
    assert "WSL" in words(plan)
    assert "Services that depend on it stop too: docker." in words(plan)
    assert len(plan.steps) == 2
    assert str(plan.title) == "Restart the services hns and docker"
    assert len(actions.restart_service(HNS, with_facts(HOST, services=(HNS,))).steps) == 1


def test_that_a_start_and_a_stop_undo_each_other_and_a_restart_nothing() -> None:
    stop, start = actions.stop_service(DOCKER, HOST), actions.start_service(DOCKER, HOST)
    undone = [undo_of(stop), undo_of(start)]
    assert [step.parameters["Action"] for step in undone if step] == ["Start", "Stop"]
    assert undo_of(actions.restart_service(DOCKER, HOST)) is None


def test_that_every_known_service_has_a_role() -> None:
    assert set(SERVICE_ROLES) == set(KNOWN_SERVICES)
    assert service_role("DOCKER") is SERVICE_ROLES["docker"]
    assert service_role("spooler") is None


def test_that_removing_an_hns_network_names_its_endpoints() -> None:
    assert "web on nat" in words(actions.remove_hns_network(HNS_NETWORKS[0], RELATIONS))
    assert actions.remove_hns_network(LOST, RELATIONS).interruptions == ()


def service(status: ServiceStatus, start_type: str = "Automatic") -> Service:
    return Service(name="winnat", status=status, start_type=start_type)


DEFAULT = VSwitch(name="Default Switch", id=DEFAULT_SWITCH_ID, kind=VSwitchKind.INTERNAL)
CORP_ENDPOINT = HNS_ENDPOINTS[1]
RUNNING, STOPPED, MISSING = ServiceStatus.RUNNING, ServiceStatus.STOPPED, ServiceStatus.MISSING

BLOCKED: list[tuple[Callable[[], object], str | None]] = [
    (lambda: create(" ", VSwitchKind.PRIVATE), "needs a name"),
    (lambda: create("CORP", VSwitchKind.PRIVATE), "a vSwitch Corp already"),
    (lambda: create("x", VSwitchKind.EXTERNAL), "needs an adapter"),
    (lambda: create("x", VSwitchKind.INTERNAL, "Ethernet 2"), "Only an external"),
    (lambda: create("x", VSwitchKind.EXTERNAL, "Ethernet 9"), "no adapter Ethernet 9"),
    (lambda: create("x", VSwitchKind.EXTERNAL, "Ethernet"), "Ethernet: The l2bridge network corp uses it"),
    (lambda: create("x", VSwitchKind.EXTERNAL, "Wi-Fi"), "Wireless"),
    (lambda: create("x", VSwitchKind.EXTERNAL, "Ethernet 2"), None),
    (lambda: create("x", VSwitchKind.PRIVATE), None),
    (lambda: actions.rename_vswitch_blocked_because(LAB, "Lab", RELATIONS), "already its name"),
    (lambda: actions.rename_vswitch_blocked_because(LAB, "corp", RELATIONS), "a vSwitch Corp already"),
    (lambda: actions.rename_vswitch_blocked_because(LAB, "lab", RELATIONS), None),
    (lambda: actions.rename_vswitch_blocked_because(DEFAULT, "x", RELATIONS), "Windows needs it"),
    (lambda: actions.remove_vswitch_blocked_because(DEFAULT, RELATIONS), "Windows needs it"),
    (lambda: actions.remove_vswitch_blocked_because(CORP, RELATIONS), "Docker created it for corp"),
    (lambda: actions.remove_vswitch_blocked_because(LAB, RELATIONS), None),
    (lambda: actions.remove_vswitch_blocked_because(CORP, UNREAD), "could not be read"),
    (lambda: actions.remove_vswitch_blocked_because(LAB, UNREAD), None),
    (lambda: actions.share_blocked_because(NAT), "always has a vNIC"),
    (lambda: actions.share_blocked_because(LAB), "never has a vNIC"),
    (lambda: actions.share_blocked_because(CORP), "already has a vNIC"),
    (lambda: actions.share_blocked_because(external_vswitch("x", "Ethernet")), None),
    (lambda: actions.share_blocked_because(CORP, shared=False), None),
    (lambda: actions.vfp_blocked_because(LAB), "no VFP extension"),
    (lambda: actions.vfp_blocked_because(CORP, enabled=False), "off already"),
    (lambda: actions.vfp_blocked_because(CORP), None),
    (lambda: actions.set_vlan_blocked_because(Adapter(name="Ethernet", guid=GUID), 5), "Only a vNIC"),
    (lambda: actions.set_vlan_blocked_because(Adapter(name="v", host_vnic=True), 5), "GUID"),
    (lambda: actions.set_vlan_blocked_because(VNIC, 4095), "1 to 4094"),
    (lambda: actions.set_vlan_blocked_because(VNIC, -1), "1 to 4094"),
    (lambda: actions.set_vlan_blocked_because(VNIC, 11), "already set"),
    (lambda: actions.set_vlan_blocked_because(VNIC, 0), None),
    (lambda: actions.service_blocked_because(service(MISSING), "Start"), "No service winnat"),
    (lambda: actions.service_blocked_because(service(RUNNING), "Start"), "already running"),
    (lambda: actions.service_blocked_because(service(STOPPED, "Disabled"), "Start"), "disabled"),
    (lambda: actions.service_blocked_because(service(STOPPED), "Start"), None),
    (lambda: actions.service_blocked_because(service(STOPPED), "Restart"), "not running"),
    (lambda: actions.service_blocked_because(service(RUNNING), "Stop"), None),
    (lambda: actions.remove_hns_network_blocked_because(HNS_NETWORKS[0], RELATIONS), "Docker's network nat"),
    (lambda: actions.remove_hns_network_blocked_because(own_network(), RELATIONS), "Windows' own"),
    (lambda: actions.remove_hns_network_blocked_because(LOST, RELATIONS), None),
    (lambda: actions.remove_hns_endpoint_blocked_because(CORP_ENDPOINT, RELATIONS), "running container both"),
    (lambda: actions.remove_hns_endpoint_blocked_because(HNS_ENDPOINTS[2], RELATIONS), None),
    (lambda: blocked_on(LOST, HnsEndpointState.CREATED), None),
    (lambda: blocked_on(LOST, HnsEndpointState.ATTACHED_SHARING), "It is attached"),
    (lambda: blocked_on(LOST, HnsEndpointState.CREATED, namespace_id="N"), "another container runtime"),
    (lambda: blocked_on(LOST, HnsEndpointState.DETACHED, containers=("a pod",)), "another container runtime"),
    (lambda: blocked_on(own_network(), HnsEndpointState.CREATED), "Windows' own"),
    (lambda: network_blocked(LOST, HnsEndpointState.ATTACHED), "attached to it now: E on"),
    (lambda: network_blocked(LOST, HnsEndpointState.CREATED), None),
    (lambda: network_blocked(UPLINK, HnsEndpointState.CREATED), "Docker did not create it"),
]

UPLINK = LOST.model_copy(update={"name": "External", "type": "L2Bridge"})


def with_one_endpoint(on: HnsNetwork, **more: object) -> tuple[HnsEndpoint, Relations]:
    endpoint = HnsEndpoint(**({"id": "E", "network_id": on.id} | more))
    return endpoint, Relations(with_facts(HOST, hns_networks=(on,), hns_endpoints=(endpoint,)))


def blocked_on(on: HnsNetwork, state: HnsEndpointState, **more: object) -> object:
    return actions.remove_hns_endpoint_blocked_because(*with_one_endpoint(on, state=state, **more))


def network_blocked(on: HnsNetwork, state: HnsEndpointState) -> object:
    _, relations = with_one_endpoint(on, state=state)
    return actions.remove_hns_network_blocked_because(on, relations)


def create(name: str, kind: VSwitchKind, *adapters: str, snapshot: Snapshot = HOST) -> object:
    return actions.create_vswitch_blocked_because(name, kind, adapters, snapshot)


def own_network() -> HnsNetwork:
    return HNS_NETWORKS[0].model_copy(update={"id": DEFAULT_SWITCH_ID, "name": "Standardswitch"})


@pytest.mark.parametrize(("ask", "why"), BLOCKED)
def test_that_what_can_not_be_done_is_said_beforehand(ask: Callable[[], object], why: str | None) -> None:
    found = ask()
    assert (found is None) == (why is None)
    assert why is None or why in str(found)


def test_that_an_unknown_host_blocks_no_adapter() -> None:
    unread = HOST.model_copy(
        update={
            "facts": HOST.facts.model_copy(
                update={"adapters": HOST.facts.firewall_profiles, "vswitches": HOST.facts.firewall_profiles}
            )
        }
    )
    assert create("x", VSwitchKind.EXTERNAL, "Ethernet 9", snapshot=unread) is None


def test_that_an_endpoint_nothing_uses_is_removed_without_interruption() -> None:
    alone = HnsEndpoint(id="E", network_id="gone", address="10.0.0.1")
    assert actions.remove_hns_endpoint(alone, RELATIONS).interruptions == ()
