"""Listing, finding, removing, pruning, connecting (reference, 2.3)."""

import pytest

from tests.demo.conftest import PREFIX, facts, refusal, subnet


def names(networks):
    return sorted(network["Name"] for network in networks)


@pytest.fixture
def several(engine):
    engine.create_network("shop-front", "nat", Labels={"team": "web"}, IPAM=subnet("10.1.0.0/24"))
    engine.create_network("shop-back", "nat", Labels={"team": "data", "old": ""})
    engine.create_network("sealed", "private")
    engine.run("web", "shop-front")
    return engine


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"name": "shop"}, ["shop-back", "shop-front"]),
        ({"name": ["front", "seal"]}, ["sealed", "shop-front"]),
        ({"driver": "private"}, ["sealed"]),
        ({"driver": ["private", "null"]}, ["none", "sealed"]),
        ({"label": "team"}, ["shop-back", "shop-front"]),
        ({"label": ["team=data", "old"]}, ["shop-back"]),
        ({"label": "team=nothing"}, []),
        ({"type": "builtin"}, ["nat", "none"]),
        ({"type": "custom", "driver": "nat"}, ["shop-back", "shop-front"]),
        ({"dangling": "true"}, ["sealed", "shop-back"]),
        ({"dangling": "false"}, ["nat", "none", "shop-front"]),
        ({"scope": "swarm"}, []),
        ({"scope": "local", "name": "sealed"}, ["sealed"]),
    ],
)
def test_that_networks_are_listed_by_filter(several, filters, expected):
    assert names(several.api.networks(filters=filters)) == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"colour": "red"}, "invalid filter 'colour'"),
        ({"type": "odd"}, "invalid filter 'type=odd'"),
        ({"dangling": "perhaps"}, "invalid filter 'dangling=[perhaps]'"),
    ],
)
def test_that_an_unknown_filter_is_refused(engine, filters, message):
    assert refusal(engine.api.networks, filters=filters) == (400, message)


def test_that_a_list_never_tells_containers_and_inspect_does(several):
    (listed,) = several.api.networks(names=["shop-front"])
    assert listed["Containers"] == {}
    (member,) = several.network("shop-front")["Containers"].values()
    assert member["Name"] == "web"
    assert member["IPv4Address"].endswith("/8")


def test_that_a_network_is_found_by_id_name_and_beginning_of_its_id(engine):
    made = engine.create_network("mine", "nat")
    assert {engine.network(term)["Id"] for term in (made, "mine", made[:12])} == {made}
    assert refusal(engine.network, "gone") == (404, "network gone not found")
    assert engine.api.inspect_network("mine", scope="local")["Id"] == made
    assert refusal(engine.api.inspect_network, "mine", scope="swarm")[0] == 404


def test_that_predefined_networks_stay(engine):
    for name in ("nat", "none"):
        message = f"{name} is a pre-defined network and cannot be removed"
        assert refusal(engine.api.remove_network, name) == (403, message)


def test_that_a_network_in_use_stays_and_its_users_are_named(several):
    container = several.api.inspect_container("web")
    endpoint = container["NetworkSettings"]["Networks"]["shop-front"]["EndpointID"]
    message = (
        "error while removing network: network shop-front has active endpoints "
        f'(name:"web" id:"{endpoint[:12]}")'
    )
    assert refusal(several.api.remove_network, "shop-front") == (403, message)
    several.api.stop("web")
    several.api.remove_network("shop-front")
    assert refusal(several.api.start, "web") == (404, "network shop-front not found")


def test_that_older_engines_do_not_name_who_uses_a_network(serving):
    engine = serving(os_build=17763)
    made = engine.create_network("mine", "nat")
    engine.run("web", "mine")
    message = f"error while removing network: network mine id {made} has active endpoints"
    assert refusal(engine.api.remove_network, "mine") == (403, message)


def test_that_prune_removes_what_nobody_uses(several):
    assert several.api.prune_networks(filters={"label": ["team"]})["NetworksDeleted"] == ["shop-back"]
    assert several.api.prune_networks()["NetworksDeleted"] == ["sealed"]
    assert several.api.prune_networks()["NetworksDeleted"] is None
    assert names(several.api.networks()) == ["nat", "none", "shop-front"]


def test_that_prune_keeps_away_from_the_hosts_own_networks(serving):
    engine = serving(os_build=20348, scenario="external-vswitch")
    assert engine.api.prune_networks()["NetworksDeleted"] is None
    assert "external-virtual" in names(engine.api.networks())


def test_that_prune_of_an_older_engine_deletes_the_default_switch(serving):
    engine = serving(os_build=22631, scenario="default")
    assert "Default Switch" in engine.api.prune_networks()["NetworksDeleted"]


def test_that_removing_an_adopted_network_takes_the_vswitch_with_it(serving):
    engine = serving(scenario="external-vswitch")
    engine.api.remove_network("external-virtual")
    assert [one.name for one in facts(engine.host).vswitches.value] == ["nat"]


def test_that_a_running_container_is_connected_and_disconnected(several):
    several.api.connect_container_to_network("web", "shop-back", aliases=["www"])
    endpoint = several.api.inspect_container("web")["NetworkSettings"]["Networks"]["shop-back"]
    assert endpoint["Aliases"] == ["www"]
    assert endpoint["IPAddress"] in str(several.network("shop-back")["Containers"])
    container = several.api.inspect_container("web")["Id"]
    again = refusal(several.api.connect_container_to_network, "web", "shop-back")
    assert again == (403, f"{container} is already attached to network shop-back")
    several.api.disconnect_container_from_network("web", "shop-back")
    assert several.network("shop-back")["Containers"] == {}
    gone = refusal(several.api.disconnect_container_from_network, "web", "shop-back")
    assert gone == (500, f"container {container} is not connected to network shop-back")


def test_that_a_stopped_container_gets_its_endpoint_at_its_start(several):
    several.api.stop("web")
    several.api.connect_container_to_network("web", "shop-back")
    assert several.network("shop-back")["Containers"] == {}
    several.api.start("web")
    assert len(several.network("shop-back")["Containers"]) == 1


@pytest.mark.parametrize(
    ("build", "host_config"), [(20348, {"Isolation": "hyperv"}), (22631, {}), (14393, {})]
)
def test_that_a_running_container_is_not_connected_where_windows_cannot(serving, build, host_config):
    engine = serving(os_build=build)
    engine.create_network("mine", "nat")
    engine.run("web", **host_config)
    refused = refusal(engine.api.connect_container_to_network, "web", "mine")
    assert refused == (500, "unsupported platform request")
    # It is listed in the container's inspect all the same (reference, 2.1).
    assert "mine" in engine.api.inspect_container("web")["NetworkSettings"]["Networks"]
    assert engine.network("mine")["Containers"] == {}


def test_that_an_answer_is_made_anew_after_a_change(engine):
    engine.create_network("mine", "nat")
    assert engine.network("mine")["Containers"] == {}
    made = engine.run("web", "mine")
    assert list(engine.network("mine")["Containers"]) == [made]
    engine.api.rename("web", "renamed")
    assert engine.network("mine")["Containers"][made]["Name"] == "renamed"
    assert [one["Names"] for one in engine.api.containers()] == [["/renamed"]]


def test_that_transparent_networks_refuse_a_switch_made_behind_the_engines_back(serving):
    engine = serving(scenario="hidden-vswitch")
    refused = refusal(engine.create_network, "mine", "transparent")
    assert refused[1].endswith("(0x803b0006)")
    engine.create_network("other", "transparent", Options={PREFIX + "interface": "Ethernet 2"})
