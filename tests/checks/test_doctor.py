"""``wcn doctor`` as a person runs it."""

import json

import pytest

from console.checks.registry import checks
from console.cli import main


def test_that_a_host_without_trouble_ends_with_zero(capsys):
    assert main(["doctor", "--demo", "healthy"]) == 0
    assert "Findings: 0" in capsys.readouterr().out


def test_that_a_finding_is_told_with_its_facts_and_its_remedy(capsys):
    assert main(["doctor", "--demo", "ipv6-disabled"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("ERROR      ipv6-disabled: IPv6 is disabled")
    assert "DisabledComponents is 0xff" in told
    assert "reg delete" in told


def test_that_the_json_form_has_the_object_and_what_the_remedy_interrupts(capsys):
    assert main(["doctor", "--demo", "hidden-vswitch", "--os", "26100", "--json"]) == 1
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["check"] == "hidden-vswitch"
    assert finding["subject"]["kind"] == "vswitch"
    assert finding["subject"]["name"] == "ExternalSwitch"
    assert [remedy["by_hand"] for remedy in finding["remedies"]] == [True, False, False]
    assert finding["remedies"][1]["interrupts"]


@pytest.mark.parametrize("scenario", ["engine-not-running", "engine-access-denied"])
def test_when_only_the_engine_is_out_of_reach_the_rest_of_the_host_tells_what_is_wrong(scenario, capsys):
    assert main(["doctor", "--demo", scenario, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert [finding["check"] for finding in told["findings"]] == [scenario]
    assert {one["check"] for one in told["not_known"]} >= {"vlan-trunk", "hns-stale-state"}


def test_that_linux_containers_on_a_windows_host_are_a_finding(capsys):
    assert main(["doctor", "--demo", "linux-engine"]) == 1
    assert "DockerCli.exe" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--demo", "no such scenario"],
        ["--demo", "healthy", "--os", "1"],
        ["--host", "tcp://127.0.0.1:1"],
        ["--host", "no such context"],
    ],
)
def test_when_a_host_can_not_be_looked_at_it_says_so_and_ends_with_two(arguments, capsys):
    assert main(["doctor", *arguments]) == 2
    said = capsys.readouterr()
    assert said.err.strip()
    assert not said.out


def test_that_the_checks_and_the_scenarios_can_be_listed(capsys):
    assert main(["doctor", "--list-checks", "--json"]) == 0
    assert [row["check"] for row in json.loads(capsys.readouterr().out)] == list(checks())
    assert main(["doctor", "--list-scenarios"]) == 0
    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert {"healthy", *checks()} <= listed
