"""Swarm mode and overlay networks (reference, 1.2, 2.2, 2.7)."""

import pytest

from tests.demo.conftest import PREFIX, facts, refusal, subnet

VNIS = "com.docker.network.driver.overlay.vxlanid_list"


@pytest.fixture
def manager(engine):
    engine.api.init_swarm()
    return engine


def test_that_a_swarm_makes_the_ingress_network_on_the_first_adapter(manager):
    ingress = manager.network("ingress")
    assert ingress["Ingress"] is True
    assert ingress["Options"][VNIS] == "4096"
    bound = {one.name: one.vswitch for one in facts(manager.host).adapters.value if one.physical}
    assert bound["Ethernet"] == ingress["Id"]
    assert manager.api.info()["Swarm"]["ControlAvailable"] is True
    refused = refusal(manager.create_network, "lan", "transparent")
    assert refused[1].endswith("(0x803b0006)")


def test_that_an_ingress_network_that_can_not_be_made_is_not_told(engine):
    engine.create_network("lan", "transparent")
    engine.api.init_swarm()
    assert all(one["Name"] != "ingress" for one in engine.api.networks())
    assert "Failed creating ingress network" in engine.host.event_log[0]


def test_that_a_client_must_be_told_which_address_to_advertise(serving):
    engine = serving(os_build=22631)
    message = "could not find the system's IP address - specify one with --advertise-addr"
    assert refusal(engine.api.init_swarm) == (400, message)
    engine.api.init_swarm(advertise_addr="192.168.1.10:2377")
    assert engine.api.info()["Swarm"]["NodeAddr"] == "192.168.1.10"


def test_that_overlay_networks_get_pools_and_vnis_in_order(manager):
    for number in (1, 2):
        manager.create_network(f"mesh-{number}", "overlay")
        shown = manager.network(f"mesh-{number}")
        assert (len(shown["Id"]), shown["Scope"]) == (25, "swarm")
        pool = {"Subnet": f"10.0.{number}.0/24", "Gateway": f"10.0.{number}.1"}
        assert shown["IPAM"]["Config"] == [pool]
        assert shown["Options"][VNIS] == str(4096 + number)


def test_that_overlay_networks_get_their_subnets_from_the_pools_that_were_given(engine):
    refused = refusal(engine.api.init_swarm, default_addr_pool=["10.9.0.0/28"], subnet_size=24)
    assert refused == (400, "invalid default address pool 10.9.0.0/28 for subnets of size 24")
    engine.api.init_swarm(default_addr_pool=["172.30.0.0/16"], subnet_size=25)
    engine.create_network("mesh", "overlay")
    assert engine.network("ingress")["IPAM"]["Config"][0]["Subnet"] == "172.30.0.0/25"
    assert engine.network("mesh")["IPAM"]["Config"][0] == {
        "Subnet": "172.30.0.128/25",
        "Gateway": "172.30.0.129",
    }
    assert engine.api.info()["Swarm"]["Cluster"]["SubnetSize"] == 25


@pytest.mark.parametrize(
    ("body", "status", "message"),
    [
        ({"Name": "ingress"}, 409, "network with name ingress already exists"),
        ({"Scope": "local"}, 403, "cannot downgrade network scope for overlay networks"),
        (
            {"IPAM": subnet("10.0.0.0/16")},
            403,
            "Pool overlaps with other one on this address space",
        ),
        ({"Options": {VNIS: "many"}}, 400, 'invalid vxlan id value "many" passed'),
        (
            {
                "Options": {VNIS: "5000"},
                "IPAM": {"Config": [{"Subnet": "10.1.0.0/24"}, {"Subnet": "10.2.0.0/24"}]},
            },
            500,
            "insufficient vnis(1) passed to overlay. Windows driver requires VNIs to be prepopulated",
        ),
    ],
)
def test_that_overlay_refusals_are_the_engines(manager, body, status, message):
    name = body.pop("Name", "mesh")
    assert refusal(manager.create_network, name, "overlay", **body) == (status, message)


def test_that_an_overlay_is_in_hns_while_it_is_used_here(manager):
    manager.create_network("mesh", "overlay", Attachable=True)
    assert PREFIX + "hnsid" not in manager.network("mesh")["Options"]
    manager.run("one", "mesh")
    shown = manager.network("mesh")
    assert PREFIX + "hnsid" in shown["Options"]
    (member,) = shown["Containers"].values()
    assert member["IPv4Address"].endswith("/24")
    manager.api.stop("one")
    assert PREFIX + "hnsid" not in manager.network("mesh")["Options"]


def test_that_only_attachable_overlays_take_containers(manager):
    manager.create_network("mesh", "overlay")
    status, message = refusal(manager.run, "one", "mesh")
    assert status == 403
    assert message.endswith("network mesh not manually attachable")


def test_that_swarm_requests_are_refused_off_a_manager(engine):
    for ask in (engine.api.nodes, engine.api.services, engine.api.tasks, engine.api.inspect_swarm):
        assert refusal(ask)[0] == 503
    assert refusal(engine.api.leave_swarm) == (503, "This node is not part of a swarm")
    engine.api.join_swarm(["192.168.1.5:2377"], "SWMTKN-1-x")
    assert "Worker nodes can't be used" in refusal(engine.api.nodes)[1]
    scoped = refusal(engine.create_network, "mine", "nat", Scope="swarm")
    assert scoped[1].startswith("Cannot create a multi-host network from a worker node.")
    engine.api.leave_swarm()


def test_that_leaving_takes_the_swarms_networks_along(manager):
    manager.create_network("mesh", "overlay", Attachable=True)
    manager.run("one", "mesh")
    assert "already part of a swarm" in refusal(manager.api.init_swarm)[1]
    manager.api.leave_swarm(force=True)
    assert {one["Name"] for one in manager.api.networks()} == {"nat", "none"}
    assert all(not one.vswitch for one in facts(manager.host).adapters.value if one.physical)


def test_that_a_network_of_a_service_stays(serving):
    engine = serving(scenario="swarm-manager")
    assert [one["Spec"]["Name"] for one in engine.api.services()] == ["shop"]
    assert len(engine.api.tasks()) == 2
    engine.api.remove_container("agent", force=True)
    assert "is in use by service" in refusal(engine.api.remove_network, "mesh")[1]
    assert engine.api.prune_networks()["NetworksDeleted"] is None
    assert (
        "shop" in engine.api._get(engine.api._url("/networks/mesh"), params={"verbose": 1}).json()["Services"]
    )
    engine.api.remove_service("shop")
    engine.api.remove_network("mesh")


def test_that_a_lost_nodes_tasks_are_replaced_where_a_node_may_run_them(serving):
    engine = serving(scenario="swarm-node-lost")
    nodes = {node["Description"]["Hostname"]: node for node in engine.api.nodes()}
    assert nodes["WIN-2"]["Status"] == {
        "State": "down",
        "Addr": "192.168.1.12",
        "Message": "heartbeat failure",
    }
    assert nodes["LINUX-1"]["ManagerStatus"]["Reachability"] == "reachable"
    assert engine.api.info()["Swarm"]["Nodes"] == 4
    assert engine.api.info()["Swarm"]["Managers"] == 2
    services = {service["ID"]: service["Spec"]["Name"] for service in engine.api.services()}
    told = [
        (services[one["ServiceID"]], one["Slot"], one["DesiredState"], one["Status"]["State"])
        for one in engine.api.tasks()
    ]
    assert told == [
        ("shop", 1, "running", "running"),
        ("shop", 2, "shutdown", "running"),
        ("shop", 2, "running", "running"),
        ("shop", 3, "running", "running"),
        ("store", 1, "running", "running"),
        ("report", 1, "running", "pending"),
    ]
    addresses = [one["NetworksAttachments"][0]["Addresses"] for one in engine.api.tasks()[:5]]
    assert len({address for (address,) in addresses}) == 5
