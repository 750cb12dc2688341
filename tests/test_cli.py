"""What ``wcn`` prints, run as a person runs it: with arguments, on a practice host over real HTTP."""

import json
import os
import subprocess
import sys

import pytest

from console.cli import main
from tests.backend.servers import kept_place


def test_that_the_map_is_told_as_a_tree_from_the_adapter_to_the_container(capsys):
    assert main(["map", "--demo", "crowded"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Practice host")
    switch = next(at for at, line in enumerate(lines) if line.startswith("  vSwitch CorpSwitch."))
    assert lines[switch - 1].startswith("Adapter Ethernet 2.")
    assert lines[switch + 1].startswith("    Network corp. transparent network. 10.123.174.0/23")
    assert lines[switch + 2].startswith("      Container printer-gateway. Running.")


def test_that_the_map_can_be_told_of_one_network_only(capsys):
    assert main(["map", "--demo", "crowded", "--network", "corp"]) == 0
    told = capsys.readouterr().out
    assert "printer-gateway" in told
    assert "frontend" not in told


def test_that_the_map_can_be_told_of_one_containers_path_only(capsys):
    assert main(["map", "--demo", "crowded", "--container", "web"]) == 0
    told = capsys.readouterr().out
    assert "Network frontend." in told
    assert "printer-gateway" not in told


def test_that_the_json_form_names_the_ends_of_each_edge(capsys):
    assert main(["map", "--demo", "default", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == 1
    nodes = {node["key"]: node for node in document["nodes"]}
    assert {"vswitch", "network", "container"} <= {node["kind"] for node in nodes.values()}
    assert document["edges"]
    for edge in document["edges"]:
        assert {edge["from"], edge["to"]} <= nodes.keys()


def test_that_the_json_form_says_how_much_each_problem_matters(capsys):
    assert main(["map", "--demo", "crowded", "--json"]) == 0
    nodes = json.loads(capsys.readouterr().out)["nodes"]
    (problem,) = (problem for node in nodes for problem in node["problems"])
    assert problem == {"severity": "note", "text": "A VLAN needs a trunk on the physical network"}


def test_that_groups_are_told_one_by_one_when_all_is_asked_for(capsys):
    assert main(["map", "--demo", "crowded", "--all"]) == 0
    in_full = capsys.readouterr().out
    assert main(["map", "--demo", "crowded", "--all", "--json"]) == 0
    assert not [node for node in json.loads(capsys.readouterr().out)["nodes"] if node["members"]]
    assert in_full.count("Container ") >= 9


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--demo", "no such scenario"], "there are"),
        (["--demo", "default", "--network", "no such network"], "no such network"),
        (["--host", "no such context"], "No docker context or added host is named no such context."),
        (["--host", "https://admin:S3cret@host:2376"], "an address holds no password"),
    ],
)
def test_that_a_host_or_object_that_is_not_there_is_told_with_what_is(arguments, words, capsys):
    assert main(["map", *arguments]) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert not told.out


def test_that_an_engine_that_does_not_answer_is_explained(tmp_path, capsys):
    _nobody, url = kept_place(tmp_path)
    assert main(["map", "--host", url]) == 1
    told = capsys.readouterr()
    assert told.err.strip()
    assert "Traceback" not in told.err
    assert not told.out


def test_that_redirected_output_is_utf8_whatever_the_code_page():
    ran = subprocess.run(
        [sys.executable, "-m", "console.cli", "map", "--demo", "crowded"],
        env={**os.environ, "PYTHONIOENCODING": "cp850"},  # it has no "…"
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "…" in ran.stdout.decode("utf-8")
