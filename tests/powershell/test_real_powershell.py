"""The scripts in a real PowerShell 7, with stubs in place of Windows' cmdlets.

Skipped where there is no ``pwsh``; with WCN_REQUIRE_PWSH=1 that is a failure.
"""

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from console.backend.powershell.documents import change_of, trial_of
from console.backend.powershell.inventory import facts_of
from console.domain.probes.probe import Reach
from console.domain.scripts import SCRIPTS
from console.resource_files import resource
from tests.powershell.grammar import Source

STUBS = Path(__file__).parent / "stubs"
HOSTILE = "a'\"; $(Remove-Item x) `n | & { } „“ \u2028 @x"
PARSE = """
$errors = $null
$null = [System.Management.Automation.Language.Parser]::ParseFile($args[0], [ref] $null, [ref] $errors)
$errors | ForEach-Object -Process { "$($_.Extent.StartLineNumber): $($_.Message)" }
"""


@pytest.fixture
def pwsh():
    program = shutil.which("pwsh")
    if program is None:
        if os.environ.get("WCN_REQUIRE_PWSH") == "1":
            pytest.fail("WCN_REQUIRE_PWSH is set, and there is no pwsh on the PATH")
        pytest.skip("no pwsh on the PATH: the scripts were read by grammars only, not run")
    return program


def run(pwsh, script, parameters):
    """The script's answer. Nothing but the answer is on standard output, and all of it is ASCII."""
    files = [STUBS / "Invoke-WithStubs.ps1", STUBS / "Windows.ps1", resource("powershell", script)]
    ended = subprocess.run(
        [pwsh, "-NoLogo", "-NoProfile", "-NonInteractive", "-File", *map(str, files)],
        input=json.dumps(parameters).encode("ascii"),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr.decode(errors="replace")
    return ended.stdout.decode("ascii").strip()


def change(pwsh, script, **parameters):
    return change_of(run(pwsh, script, parameters))


@pytest.mark.parametrize("path", sorted(STUBS.glob("*.ps1")), ids=lambda path: path.name)
def test_that_the_stubs_are_powershell(path):
    assert list(Source(path.read_text(encoding="ascii")).errors()) == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.id)
def test_that_powershell_itself_can_parse_a_script(pwsh, script, tmp_path):
    parser = tmp_path / "parse.ps1"
    parser.write_text(PARSE, encoding="ascii")
    command = [
        pwsh,
        "-NoProfile",
        "-NonInteractive",
        "-File",
        str(parser),
        str(resource("powershell", script.file)),
    ]
    parsed = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert parsed.stdout.strip() == ""


def test_that_the_inventory_tells_what_the_cmdlets_say(pwsh):
    facts = facts_of(run(pwsh, "Get-HostInventory.ps1", {}))
    assert [one.name for one in facts.adapters.known()] == ["Ethernet", "Taken"]
    assert facts.adapters.known()[1].vswitch == "?"
    assert [one.name for one in facts.vswitches.known()] == ["there"]
    assert [one.name for one in facts.hns_networks.known()] == ["nat", "WSL"]


def test_that_a_vswitch_of_a_hostile_name_is_made_under_just_that_name(pwsh):
    made = change(pwsh, "New-VSwitch.ps1", SwitchName=HOSTILE, Kind="External", Adapters=["Ethernet"])
    assert made.ok, made.error
    assert made.changed
    assert made.after["name"] == HOSTILE
    assert made.notes == ["host-connection-interrupted"]


def test_that_a_vswitch_the_host_has_no_part_in_says_what_the_host_lost(pwsh):
    parameters = {"Kind": "External", "Adapters": ["Ethernet"], "AllowManagementOS": False}
    assert change(pwsh, "New-VSwitch.ps1", SwitchName="a", **parameters).notes == ["host-lost-adapter"]


def test_that_a_vswitch_that_is_there_is_not_made_again(pwsh):
    found = change(pwsh, "New-VSwitch.ps1", SwitchName="there", Kind="Internal")
    assert (found.ok, found.changed, found.notes) == (True, False, ["already-so"])


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"SwitchName": "there", "Kind": "Private"}, "SwitchNameTaken"),
        ({"SwitchName": "a", "Kind": "External"}, "AdapterNeeded"),
        ({"SwitchName": "a", "Kind": "External", "Adapters": ["none"]}, "AdapterNotFound"),
        ({"SwitchName": "a", "Kind": "External", "Adapters": ["Taken"]}, "AdapterTaken"),
        ({"SwitchName": "a", "Kind": "External", "Adapters": ["Ethernet", "Taken"]}, "TeamingNeeded"),
        ({"SwitchName": "a", "Kind": "Internal", "Adapters": ["Ethernet"]}, "AdapterNotWanted"),
    ],
)
def test_that_a_vswitch_that_can_not_be_is_refused_before_anything_changes(pwsh, parameters, refusal):
    refused = change(pwsh, "New-VSwitch.ps1", **parameters)
    assert (refused.ok, refused.changed) == (False, False)
    assert refused.error.id.startswith(refusal)


def test_that_one_hns_network_is_removed_by_its_id(pwsh):
    network = "{404947ac-fc8f-4229-a4b5-595b9161f3a8}"
    removed = change(pwsh, "Remove-HnsNetwork.ps1", NetworkId=network)
    assert (removed.ok, removed.changed) == (True, True)
    assert removed.before["name"] == "nat"


def test_that_a_network_that_is_gone_is_no_error(pwsh):
    network = "604947AC-FC8F-4229-A4B5-595B9161F3A8"
    gone = change(pwsh, "Remove-HnsNetwork.ps1", NetworkId=network)
    assert (gone.ok, gone.changed, gone.notes) == (True, False, ["already-gone"])


def test_that_a_restart_starts_what_it_stopped(pwsh):
    restarted = change(pwsh, "Set-ServiceState.ps1", Service="hns", Action="Restart")
    assert restarted.notes == ["dependents-restarted"]
    assert restarted.after["status"] == "Running"
    assert restarted.after["dependents"] == ["docker"]


def test_that_a_try_tells_a_listener_from_a_closed_port_and_an_unknown_name(pwsh):
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # held, and nobody listens on it
        for address, port, reach in (
            ("127.0.0.1", listener.getsockname()[1], Reach.CONNECTED),
            ("127.0.0.1", closed.getsockname()[1], Reach.REFUSED),
            ("nobody.invalid", 80, Reach.UNKNOWN_NAME),
        ):
            text = run(pwsh, "Test-HostConnection.ps1", {"Address": address, "Port": port})
            assert trial_of(text).reach is reach
