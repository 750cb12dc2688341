"""What a restart of the engine and of the computer leaves (reference, 0.3, 0.10, 2.4)."""

import pytest

from tests.demo.conftest import PREFIX, facts, refusal, subnet


def by_name(engine):
    return {network["Name"]: network for network in engine.api.networks()}


@pytest.fixture
def used(serving):
    def make(build):
        engine = serving(os_build=build)
        pool = subnet("172.16.1.0/24", "172.16.1.1")
        engine.create_network("mine", "nat", IPAM=pool, Labels={"team": "web"})
        engine.create_network("auto", "nat")
        engine.create_network("lan", "transparent")
        return engine

    return make


@pytest.mark.parametrize("build", [14393, 20348, 26100])
def test_that_ids_survive_a_restart_of_the_engine_and_created_does_not(used, build):
    engine = used(build)
    before = by_name(engine)
    engine.host.restart_engine()
    after = by_name(engine)
    assert after.keys() == before.keys()
    for name in ("nat", "mine", "auto", "lan"):
        assert after[name]["Id"] == before[name]["Id"]
        assert after[name]["Created"] > before[name]["Created"]
        assert after[name]["Options"][PREFIX + "hnsid"] == before[name]["Options"][PREFIX + "hnsid"]
    assert after["none"]["Id"] != before["none"]["Id"]
    assert after["auto"]["IPAM"]["Config"][0]["Subnet"] != "0.0.0.0/0"
    written = {14393: "mine", 20348: "mine", 26100: before["mine"]["Id"]}
    assert after["mine"]["Options"][PREFIX + "networkname"] == written[build]


@pytest.mark.parametrize("build", [17763, 20348, 26100])
def test_that_a_reboot_makes_nat_networks_again(used, build):
    engine = used(build)
    before = by_name(engine)
    engine.host.reboot()
    after = by_name(engine)
    assert after.keys() == before.keys()
    assert after["nat"]["Id"] != before["nat"]["Id"]
    assert after["nat"]["IPAM"] != before["nat"]["IPAM"]
    assert after["mine"]["Id"] == before["mine"]["Id"]
    assert after["mine"]["IPAM"]["Config"] == before["mine"]["IPAM"]["Config"]
    assert after["mine"]["Options"][PREFIX + "hnsid"] != before["mine"]["Options"][PREFIX + "hnsid"]
    assert after["mine"]["Labels"] == ({"team": "web"} if build == 26100 else {})
    assert after["lan"]["Options"][PREFIX + "hnsid"] == before["lan"]["Options"][PREFIX + "hnsid"]


def test_that_server_2016_keeps_its_nat_networks_over_a_reboot(used):
    engine = used(14393)
    before = by_name(engine)
    engine.host.reboot()
    assert by_name(engine)["nat"]["Id"] == before["nat"]["Id"]


def test_that_a_switch_made_meanwhile_is_adopted_at_the_next_start(serving):
    engine = serving(scenario="hidden-vswitch")
    (switch,) = [one for one in facts(engine.host).vswitches.value if one.kind == "External"]
    assert not switch.visible_to_docker
    assert "ExternalSwitch" not in by_name(engine)
    engine.host.restart_engine()
    adopted = by_name(engine)["ExternalSwitch"]
    assert adopted["Driver"] == "transparent"
    assert adopted["Options"][PREFIX + "hnsowned"] == "true"
    (switch,) = [one for one in facts(engine.host).vswitches.value if one.kind == "External"]
    assert switch.visible_to_docker


def test_that_a_network_goes_with_a_switch_deleted_behind_the_engines_back(used):
    engine = used(20348)
    (switch,) = [one for one in facts(engine.host).vswitches.value if one.kind == "External"]
    engine.host.remove_vswitch(switch.name)
    assert "lan" in by_name(engine)
    assert "0x490" in refusal(engine.run, "web", "lan")[1]
    engine.host.restart_engine()
    assert "lan" not in by_name(engine)


def test_that_containers_stop_with_the_engine_and_some_come_back(engine):
    engine.run("web")
    engine.run("service", RestartPolicy={"Name": "always"})
    engine.host.restart_engine()
    states = {one["Names"][0]: one["State"] for one in engine.api.containers(all=True)}
    assert states == {"/web": "exited", "/service": "running"}
    assert len(engine.network("nat")["Containers"]) == 1
