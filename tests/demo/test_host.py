"""The machine itself: facts, scenarios, the state file, the large host and the command."""

import asyncio
import json
import os
import signal
import subprocess
import sys

import pytest

from console.demo.builds import BUILDS
from console.demo.host import PracticeHost
from console.demo.scenarios.registry import scenarios
from console.demo.serve import serve
from console.demo.state_file import StateFileError
from console.domain.snapshot import Hypervisor, SectionState, VSwitchKind
from console.startup import practice_channel
from tests.demo.conftest import PREFIX, facts, subnet

SMALL = sorted(set(scenarios()) - {"large"})
WITHOUT_DEFAULT = {"default-nat-missing", "no-container-network"}
#: On these the engine has refused something already, and says so in the event log.
REFUSED = {"adapter-already-bound", "port-in-use"}


@pytest.mark.parametrize("build", sorted(BUILDS))
@pytest.mark.parametrize("scenario", SMALL)
def test_that_every_scenario_works_on_every_build(scenario, build):
    host = PracticeHost.create(os_build=build, scenario=scenario)
    seen = facts(host)
    missing = {"nat"} if scenario in WITHOUT_DEFAULT else set()
    assert {network.name for network in host.networks.all()} >= {"nat", "none"} - missing
    for section in (seen.adapters, seen.routes, seen.hypervisor, seen.services, seen.windows):
        assert section.state is SectionState.FRESH
    assert bool(host.event_log) == (scenario in REFUSED)


def test_that_scenario_ids_are_their_files_names():
    names = {"default", "empty", "crowded", "hidden-vswitch", "swarm-manager", "localized"}
    assert {*names, "single-adapter", "azure-vm", "large"} <= set(scenarios())
    for identifier, scenario in scenarios().items():
        assert scenario.id == identifier
        assert scenario.apply.__module__.rpartition(".")[2] in (identifier.replace("-", "_"), "scenario")


def test_that_the_crowded_host_has_a_network_of_every_driver():
    host = PracticeHost.create(scenario="crowded")
    drivers = {network.driver for network in host.networks.all()}
    assert drivers == {"nat", "null", "transparent", "overlay", "l2bridge", "internal", "private"}


def test_that_an_unknown_build_or_scenario_is_said_with_those_there_are():
    with pytest.raises(ValueError, match="no practice host for OS build 7601; there are 14393, "):
        PracticeHost.create(os_build=7601)
    with pytest.raises(ValueError, match="no scenario 'gone'; there are adapter-already-bound, "):
        PracticeHost.create(scenario="gone")


def test_that_the_same_seed_makes_the_same_host():
    one, same = (PracticeHost.create(seed=7, clock=lambda: 1e9) for _ in range(2))
    assert one.state == same.state
    assert PracticeHost.create(seed=8, clock=lambda: 1e9).state != one.state


def test_that_an_external_switch_takes_over_the_adapters_addresses(engine):
    before = {adapter.name: adapter for adapter in facts(engine.host).adapters.value}
    assert before["Ethernet"].addresses == ("192.168.1.10/24",)
    engine.create_network("lan", "transparent", Options={PREFIX + "networkname": "A long switch name"})
    seen = facts(engine.host)
    after = {adapter.name: adapter for adapter in seen.adapters.value}
    assert after["Ethernet"].addresses == after["Ethernet"].gateways == ()
    assert after["Ethernet"].vswitch == "A long switch name"
    vnic = after["vEthernet (A long switch n)"]
    assert (vnic.addresses, vnic.gateways) == (("192.168.1.10/24",), ("192.168.1.1",))
    assert vnic.mac_address == before["Ethernet"].mac_address
    assert vnic.host_vnic
    (switch,) = [one for one in seen.vswitches.value if one.kind is VSwitchKind.EXTERNAL]
    assert (switch.name, switch.adapters) == ("A long switch name", ("Ethernet",))
    engine.api.remove_network("lan")
    assert {one.name: one for one in facts(engine.host).adapters.value} == before


@pytest.mark.parametrize(("build", "switches", "prefix"), [(17763, 2, "ICS"), (20348, 1, "NAT")])
def test_that_nat_networks_share_a_switch_since_2022(serving, build, switches, prefix):
    engine = serving(os_build=build)
    engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/24", "10.5.0.1"))
    seen = facts(engine.host)
    assert len(seen.vswitches.value) == switches
    nats = {one.internal_prefix: one.name for one in seen.nat_prefixes.value}
    assert nats["10.5.0.0/24"].startswith(prefix)
    assert "10.5.0.0/24" in {one.prefix for one in seen.routes.value}
    engine.api.remove_network("mine")
    assert len(facts(engine.host).vswitches.value) == 1


def test_that_an_adapter_without_a_cable_is_not_found(engine):
    engine.host.set_adapter_status("Ethernet 2", "Disconnected")
    body = {"Name": "lan", "Driver": "transparent", "Options": {PREFIX + "interface": "Ethernet 2"}}
    answer = engine.api._post_json(engine.api._url("/networks/create"), data=body)
    assert answer.json()["message"].endswith("An adapter was not found. (0x803b0006)")


def test_that_the_channel_reads_the_same_facts():
    host = PracticeHost.create(scenario="azure-vm")

    async def read():
        channel = practice_channel(host)
        try:
            return await channel.read()
        finally:
            await channel.close()

    seen = asyncio.run(read())
    assert seen == facts(host)
    assert seen.hypervisor.value is Hypervisor.AZURE


def test_that_a_saved_host_goes_on_where_it_was(serving, tmp_path):
    path = tmp_path / "host.json"
    first = serving(scenario="crowded")
    first.host.save(path)
    second = serving(host=PracticeHost.load(path))
    for name in [network["Name"] for network in first.api.networks()]:
        assert second.network(name) == first.network(name)
    assert facts(second.host) == facts(first.host)
    # Taken is taken after loading too: ports, addresses, adapters, names and identifiers.
    second.api.rename("web", "renamed")
    with pytest.raises(Exception, match="0x803b0013"):
        second.run("clash", "frontend", PortBindings={"80/tcp": [{"HostPort": "8080"}]})
    second.create_network("new", "nat")
    ids = [network["Id"] for network in second.api.networks()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "Expecting"),
        ("[]", "not a practice host's state"),
        ('{"format": 99}', "format 99, this program knows 1"),
        ('{"format": 1}', "Field required"),
    ],
)
def test_that_a_state_file_that_can_not_be_used_is_said_and_kept(tmp_path, content, said):
    path = tmp_path / "host.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(StateFileError, match=said):
        PracticeHost.load(path)
    assert path.read_text(encoding="utf-8") == content


def test_that_the_large_host_is_as_large_as_asked_and_changes(serving):
    large = {"networks": 60, "endpoints": 240, "churn": 0.05}
    host = PracticeHost.create(scenario="large", parameters=large)
    engine = serving(host=host)
    networks = engine.api.networks(filters={"driver": "nat", "name": "load-"})
    assert len(networks) == 60
    before = {row["Id"]: row for row in engine.api.containers()}
    assert len(before) == 240
    events = []
    host.events.listen(events.append)
    host.churn()
    after = {row["Id"]: row for row in engine.api.containers()}
    changed = [one for one in before if before[one]["NetworkSettings"] != after[one]["NetworkSettings"]]
    # The served host changes each second by itself too, so at least this much.
    assert len(changed) >= 12
    assert {event.action for event in events} >= {"die", "start", "connect", "disconnect", "create"}


def test_that_more_networks_than_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        PracticeHost.create(scenario="large", parameters={"networks": 10, "endpoints": 5000})


@pytest.mark.parametrize(
    ("listen", "said"),
    [
        ("tcp://0.0.0.0:0", "loopback only"),
        ("unix:///var/run/docker.sock", "is not of the form tcp://127.0.0.1:PORT"),
        ("tcp://127.0.0.1", "is not of the form"),
        ("tcp://127.0.0.1:99999", "Port out of range"),
    ],
)
def test_that_the_command_refuses_to_listen_elsewhere(capsys, listen, said):
    assert serve(listen) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="a process can't be asked to end by SIGTERM there")
def test_that_the_command_serves_until_it_is_ended_and_saves_its_state(tmp_path):
    path = tmp_path / "host.json"
    program = (
        "import sys; from console.demo.serve import serve; "
        "sys.exit(serve(sys.argv[1], 17763, 'empty', sys.argv[2]))"
    )
    for _ in range(2):
        running = subprocess.Popen(
            [sys.executable, "-c", program, "tcp://127.0.0.1:0", str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        assert running.stdout.readline().startswith("tcp://127.0.0.1:")
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=20) == 0
        running.stdout.close()
    assert json.loads(path.read_text(encoding="utf-8"))["os_build"] == 17763
