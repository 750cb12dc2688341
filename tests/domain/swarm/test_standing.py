"""What is made of a manager's lists: running tasks, lost nodes, systems, encryption, the ingress network."""

from __future__ import annotations

from console.domain.sections import fresh
from console.domain.snapshot import IpamPool, Network, Snapshot, SwarmFacts, SwarmState
from console.domain.swarm.objects import ServicePort, SwarmNode, SwarmService, SwarmTask
from console.domain.swarm.standing import (
    missing_ingress,
    node_warning,
    overlay_standing,
    overlay_warning,
    platform_words,
    service_standing,
)
from tests.domain.hosts import host

WIN = SwarmNode(id="w", host_name="WIN", role="manager", state="ready", os="windows", leader=True)
LOST = SwarmNode(id="l", host_name="LOST", state="down", os="windows", message="heartbeat failure")
LINUX = SwarmNode(id="x", host_name="TUX", state="ready", os="linux")
NODES = (WIN, LOST, LINUX)
MESH = Network(
    id="mesh-id",
    name="mesh",
    driver="overlay",
    scope="swarm",
    pools=(IpamPool(subnet="10.0.1.0/24"), IpamPool(subnet="10.0.2.0/24")),
    options={"com.docker.network.driver.overlay.vxlanid_list": "4097,4098", "encrypted": ""},
)
SHOP = SwarmService(
    id="s", name="shop", replicas=2, network_ids=("mesh-id",), ports=(ServicePort(target=80, published=80),)
)


def task(
    number: int, node: str, state: str = "running", wanted: str = "running", error: str = ""
) -> SwarmTask:
    return SwarmTask(
        id=f"t{number}", service_id="s", node_id=node, state=state, desired_state=wanted, error=error
    )


def swarm(*tasks: SwarmTask, networks: tuple[Network, ...] = (MESH,)) -> Snapshot:
    manager = SwarmState(local_node_state="active", control_available=True)
    facts = SwarmFacts(nodes=fresh(NODES), services=fresh((SHOP,)), tasks=fresh(tasks))
    return host(swarm=manager, networks=networks).model_copy(update={"swarm": facts})


def test_that_only_wanted_tasks_on_nodes_that_answer_count_as_running() -> None:
    tasks = (
        task(1, "w"),
        task(2, "l"),
        task(3, "l", wanted="shutdown"),
        task(4, "", "pending", error="no node"),
    )
    standing = service_standing(SHOP, tasks, NODES)
    assert (standing.running, standing.wanted, standing.errors) == (1, 2, ("no node",))
    assert not standing.complete
    assert service_standing(SHOP, (task(1, "w"), task(2, "x")), NODES).complete


def test_that_a_global_service_is_complete_unless_a_task_says_otherwise() -> None:
    everywhere = SHOP.model_copy(update={"mode": "global", "replicas": None})
    assert service_standing(everywhere, (task(1, "w"),), NODES).complete
    failed = service_standing(everywhere, (task(1, "w"), task(2, "x", "rejected", error="no image")), NODES)
    assert not failed.complete


def test_that_a_lost_node_and_two_managers_are_told() -> None:
    assert "heartbeat failure" in str(node_warning(LOST, NODES))
    assert node_warning(WIN, NODES) is None
    second = WIN.model_copy(update={"id": "2", "leader": False, "reachability": "unreachable"})
    assert "no safer than one" in str(node_warning(WIN, (WIN, second)))
    assert "can't reach" in str(node_warning(second, (WIN, second)))


def test_that_subnets_and_vxlan_ids_go_together_and_systems_follow_the_tasks() -> None:
    standing = overlay_standing(MESH, swarm(task(1, "x"), task(2, "l", wanted="shutdown")))
    assert standing.subnets == (("10.0.1.0/24", "4097"), ("10.0.2.0/24", "4098"))
    assert (standing.services, standing.systems) == (("shop",), ("linux",))
    assert str(platform_words(standing)) == "Linux nodes only"
    both = overlay_standing(MESH, swarm(task(1, "x"), task(2, "w")))
    assert str(platform_words(both)) == "Windows and Linux nodes"
    assert platform_words(overlay_standing(MESH, swarm())) is None


def test_that_encryption_is_refused_where_windows_nodes_are() -> None:
    standing = overlay_standing(MESH, swarm())
    assert "NOT encrypted" in str(overlay_warning(standing, NODES))
    assert overlay_warning(standing, (LINUX,)) is None
    open_one = overlay_standing(MESH.model_copy(update={"options": {}}), swarm())
    assert overlay_warning(open_one, NODES) is None


def test_that_a_manager_without_an_ingress_network_is_told() -> None:
    ingress = Network(id="i", name="ingress", driver="overlay", scope="swarm", ingress=True)
    assert missing_ingress(swarm()) is not None
    assert missing_ingress(swarm(networks=(MESH, ingress))) is None
    assert missing_ingress(host()) is None
    assert overlay_standing(ingress, swarm()).services == ("shop",)
