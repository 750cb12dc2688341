"""The cmdlets shown for the scripts that change a host."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from pydantic import JsonValue
from ruamel.yaml import YAML

from console.domain.plan import Plan, RunScript
from console.domain.render.cmdlets import SCRIPTS_WITH_CMDLETS, cmdlets
from console.domain.render.docker import step_command
from console.domain.render.errors import InexpressibleError
from console.domain.render.plan import Dialect, preview
from console.domain.render.shell import Shell, split
from console.domain.scripts import SCRIPT_BY_ID, SCRIPTS, wrong_parameters
from console.domain.text import N_, verbatim
from tests.domain.render.specs import any_texts

SWITCH_ID = "0B2C7B42-6C7A-4B6A-8C8B-2C6F4D2B0A11"
GUID = "F1D2C3B4-0000-4000-8000-00155D010203"

CASES: list[tuple[str, dict[str, JsonValue], str]] = [
    (
        "new-vswitch",
        {"SwitchName": "x", "Kind": "External", "Adapters": ["Ethernet 2"], "AllowManagementOS": True},
        "New-VMSwitch -Name 'x' -NetAdapterName 'Ethernet 2' -AllowManagementOS $true",
    ),
    (
        "new-vswitch",
        {
            "SwitchName": "Team",
            "Kind": "External",
            "Adapters": ["Ethernet 2", "Ethernet 3"],
            "AllowManagementOS": False,
            "EmbeddedTeaming": True,
        },
        (
            "New-VMSwitch -Name 'Team' -NetAdapterName 'Ethernet 2', 'Ethernet 3' -AllowManagementOS $false "
            "-EnableEmbeddedTeaming $true"
        ),
    ),
    ("new-vswitch", {"SwitchName": "x", "Kind": "Private"}, "New-VMSwitch -Name 'x' -SwitchType Private"),
    (
        "rename-vswitch",
        {"SwitchId": SWITCH_ID, "SwitchName": "x", "NewName": "it's"},
        f"Get-VMSwitch -Id '{SWITCH_ID}' | Rename-VMSwitch -NewName 'it''s'",
    ),
    ("remove-vswitch", {"SwitchName": "x"}, "Get-VMSwitch -Name 'x' | Remove-VMSwitch -Force"),
    ("remove-vswitch", {"SwitchName": "[a]*"}, "Get-VMSwitch -Name '`[a`]`*' | Remove-VMSwitch -Force"),
    (
        "set-vswitch-management-os",
        {"SwitchId": SWITCH_ID, "SwitchName": "x", "AllowManagementOS": False},
        f"Get-VMSwitch -Id '{SWITCH_ID}' | Set-VMSwitch -AllowManagementOS $false",
    ),
    (
        "set-vswitch-extension",
        {"SwitchId": SWITCH_ID, "SwitchName": "x", "ExtensionId": GUID, "Enabled": True},
        (
            f"Get-VMSwitch -Id '{SWITCH_ID}' | Get-VMSwitchExtension | Where-Object Id -eq '{GUID}' | "
            "Enable-VMSwitchExtension"
        ),
    ),
    (
        "set-host-vnic-vlan",
        {"AdapterId": GUID, "VlanId": 11},
        (
            f"Get-VMNetworkAdapter -ManagementOS | Where-Object DeviceId -eq '{{{GUID}}}' | "
            "Set-VMNetworkAdapterVlan -Access -VlanId 11"
        ),
    ),
    (
        "set-host-vnic-vlan",
        {"AdapterId": GUID, "VlanId": 0},
        (
            f"Get-VMNetworkAdapter -ManagementOS | Where-Object DeviceId -eq '{{{GUID}}}' | "
            "Set-VMNetworkAdapterVlan -Untagged"
        ),
    ),
    (
        "start-watchdog",
        {
            "WatchId": "0" * 32,
            "Rescue": "RemoveSwitch",
            "Seconds": 120,
            "Adapters": ["Ethernet", "Ethernet 2"],
        },
        (
            "# In 120 s, unless it is confirmed, Windows does this by itself:\n"
            "# Remove-HnsNetwork, of every new HNS network on Ethernet, Ethernet 2\n"
            "# Remove-VMSwitch -Force, of every new external vSwitch on Ethernet, Ethernet 2"
        ),
    ),
    (
        "start-watchdog",
        {"WatchId": "0" * 32, "Rescue": "ShareSwitch", "Seconds": 60, "SwitchName": "Corp"},
        (
            "# In 60 s, unless it is confirmed, Windows does this by itself:\n"
            "# Get-VMSwitch -Name 'Corp' | Set-VMSwitch -AllowManagementOS $true"
        ),
    ),
    (
        "confirm-watchdog",
        {"WatchId": "0" * 32},
        "Set-ItemProperty -Path 'HKLM:\\SOFTWARE\\Container Network Console\\Watchdogs\\"
        + "0" * 32
        + "\\Answer' -Name 'Confirmed' -Value 1",
    ),
    (
        "set-mac-spoofing",
        {"VMName": "ContainerHostVM", "AdapterName": "Network Adapter", "Enabled": True},
        (
            "Get-VMNetworkAdapter -VMName 'ContainerHostVM' -Name 'Network Adapter' | "
            "Set-VMNetworkAdapter -MacAddressSpoofing On"
        ),
    ),
    (
        "set-mac-spoofing",
        {"VMName": "a*", "AdapterName": "n", "MacAddress": "00:15:5d:01:02:03", "Enabled": False},
        (
            "Get-VMNetworkAdapter -VMName 'a`*' -Name 'n' | Where-Object MacAddress -eq '00155D010203' | "
            "Set-VMNetworkAdapter -MacAddressSpoofing Off"
        ),
    ),
    ("set-service-state", {"Service": "docker", "Action": "Start"}, "Start-Service -Name 'docker'"),
    ("set-service-state", {"Service": "hns", "Action": "Restart"}, "Restart-Service -Name 'hns' -Force"),
    (
        "remove-hns-network",
        {"NetworkId": GUID},
        f"Get-HnsNetwork | Where-Object Id -eq '{GUID}' | Remove-HnsNetwork",
    ),
    (
        "remove-hns-endpoint",
        {"EndpointId": GUID},
        f"Get-HnsEndpoint | Where-Object Id -eq '{GUID}' | Remove-HnsEndpoint",
    ),
    (
        "set-firewall-rule",
        {"RuleName": "it's", "Enabled": False},
        "Disable-NetFirewallRule -Name 'it''s'",
    ),
    ("set-firewall-rule", {"RuleName": "in", "Enabled": True}, "Enable-NetFirewallRule -Name 'in'"),
    (
        "new-firewall-rule",
        {"RuleName": "in", "Title": "Let in", "Protocol": "UDP", "Ports": ["4789", "7946"]},
        (
            "New-NetFirewallRule -Name 'in' -DisplayName 'Let in' -Direction Inbound -Action Allow "
            "-Protocol UDP -LocalPort '4789', '7946'"
        ),
    ),
    ("remove-firewall-rule", {"RuleName": "in"}, "Remove-NetFirewallRule -Name 'in'"),
    (
        "new-nat",
        {"NatName": "VMs", "Prefix": "10.77.0.0/16"},
        "New-NetNat -Name 'VMs' -InternalIPInterfaceAddressPrefix '10.77.0.0/16'",
    ),
    (
        "remove-nat",
        {"NatName": "VMs"},
        "Get-NetNat | Where-Object Name -eq 'VMs' | Remove-NetNat -Confirm:$false",
    ),
    (
        "set-vswitch-kind",
        {"SwitchId": SWITCH_ID, "SwitchName": "nat", "Kind": "Internal"},
        f"Get-VMSwitch -Id '{SWITCH_ID}' | Set-VMSwitch -SwitchType Internal",
    ),
    (
        "set-registry-setting",
        {"Setting": "DisabledComponents", "Expected": "255"},
        (
            "Remove-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip6\\Parameters' "
            "-Name 'DisabledComponents'"
        ),
    ),
    (
        "set-registry-setting",
        {"Setting": "TestBuildValue", "Name": "zzTest", "Value": "1"},
        (
            "New-ItemProperty -Path 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Virtualization\\"
            "Containers' -Name 'zzTest' -PropertyType DWord -Value '1' -Force"
        ),
    ),
    (
        "set-event-source",
        {"Registered": False},
        (
            "Remove-Item -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\docker' "
            "-Recurse"
        ),
    ),
    (
        "set-interface-mtu",
        {"InterfaceIndex": 8, "InterfaceAlias": "vEthernet (nat)", "Mtu": 1400},
        (
            "Get-NetIPInterface -AddressFamily IPv4 -IncludeAllCompartments | "
            "Where-Object InterfaceIndex -eq 8 | Set-NetIPInterface -NlMtuBytes 1400"
        ),
    ),
    (
        "set-dynamic-ports",
        {"Protocol": "TCP", "First": 32768, "Count": 32768},
        "netsh interface ipv4 set dynamicport 'tcp' start=32768 num=32768",
    ),
    (
        "set-engine-proxy",
        {"Http": "http://p:1", "Https": "", "Bypass": "localhost,it's"},
        (
            "# The console keeps what else is in this value; these lines do not.\n"
            "New-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\docker' -Name Environment "
            "-PropertyType MultiString -Value 'HTTP_PROXY=http://p:1', 'NO_PROXY=localhost,it''s' -Force\n"
            "Restart-Service -Name 'docker' -Force"
        ),
    ),
    (
        "set-engine-proxy",
        {},
        (
            "# The console keeps what else is in this value; these lines do not.\n"
            "Remove-ItemProperty -Path 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\docker' "
            "-Name Environment\nRestart-Service -Name 'docker' -Force"
        ),
    ),
]


def step_of(script: str, parameters: dict[str, JsonValue], title: str = "Do it") -> RunScript:
    return RunScript(script=script, parameters=parameters, title=verbatim(title))


@pytest.mark.parametrize(("script", "parameters", "line"), CASES)
def test_that_powershell_shows_the_cmdlets_a_person_would_type(
    script: str, parameters: dict[str, JsonValue], line: str
) -> None:
    assert step_command(step_of(script, parameters), Shell.POWERSHELL) == line


@pytest.mark.parametrize(("script", "parameters", "line"), CASES)
def test_that_the_cases_are_parameters_the_scripts_take(
    script: str, parameters: dict[str, JsonValue], line: str
) -> None:
    assert wrong_parameters(SCRIPT_BY_ID[script], parameters) == ()


def test_that_every_script_that_changes_a_host_has_cmdlets_and_a_case() -> None:
    changing = {script.id for script in SCRIPTS if script.changes_host}
    assert {script for script, _, _ in CASES} == SCRIPTS_WITH_CMDLETS == changing


def test_that_a_script_without_cmdlets_is_named_in_a_comment() -> None:
    assert cmdlets(step_of("repair\nthings", {})) == (
        "# The console does this with its script repair things.",
    )


def test_that_a_step_of_another_version_is_named_in_a_comment_instead_of_its_cmdlets() -> None:
    for parameters in ({}, {"Name": "lab"}):
        (line,) = cmdlets(step_of("new-vswitch", parameters))
        assert line == "# The console does this with its script new-vswitch."


@given(any_texts)
def test_that_any_name_stays_one_value_of_the_cmdlet(name: str) -> None:
    try:
        line = step_command(
            step_of("new-vswitch", {"SwitchName": name, "Kind": "Internal"}), Shell.POWERSHELL
        )
    except InexpressibleError:
        assume(False)
    assert split(line, Shell.POWERSHELL) == ["New-VMSwitch", "-Name", name, "-SwitchType", "Internal"]


@given(any_texts)
def test_that_no_title_can_break_out_of_the_comment_of_another_shell(title: str) -> None:
    step = step_of("new-vswitch", {}, title)
    for shell, sign in ((Shell.CMD, "rem "), (Shell.POSIX, "# ")):
        command = step_command(step, shell)
        assert command.startswith(sign)
        words = split(command.removeprefix(sign), shell)
        assert words[1:] == ["this", "is", "done", "in", "PowerShell"]
        assert words[0].endswith(":")
        assert len(words[0]) == len(title) + 1
    compose = preview(Plan(title=N_("Test", "x"), steps=(step,)), Dialect.COMPOSE)
    assert YAML(typ="safe", pure=True).load(compose) is None
    assert compose.rstrip().endswith("It is done in PowerShell.")


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        (Shell.CMD, 'rem "Create the vSwitch a & b": this is done in PowerShell'),
        (Shell.POSIX, "# 'Create the vSwitch a & b': this is done in PowerShell"),
    ],
)
def test_that_other_shells_say_that_it_is_done_in_powershell(shell: Shell, line: str) -> None:
    assert step_command(step_of("new-vswitch", {}, "Create the vSwitch a & b"), shell) == line
