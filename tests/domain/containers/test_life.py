"""What can be done to containers now, what is lost by it, and the plans."""

from __future__ import annotations

import pytest

from console.domain.attachment import address_is_lost, connect_refused_because, disconnect_caution
from console.domain.container_details import ContainerDetails, Mount
from console.domain.containers.hot_add import hot_change_refused_because
from console.domain.containers.isolation import isolation_of
from console.domain.containers.life import (
    change_address,
    removal_losses,
    remove,
    restart_blocked_because,
    start,
    start_blocked_because,
    stop_blocked_because,
    stopping_removes_because,
    while_stopped,
)
from console.domain.containers.networking import (
    address_blocked_because,
    connect_blocked_because,
    disconnect_blocked_because,
    networks_to_connect,
)
from console.domain.host_inventory import HnsEndpoint
from console.domain.plan import Plan
from console.domain.relations import Relations
from console.domain.removal import Attachment, disconnect_step
from console.domain.sections import fresh
from console.domain.snapshot import Container, Endpoint, EngineInfo, Snapshot
from tests.domain.hosts import NAT, host, linux_host, network
from tests.domain.whole_hosts import whole_host

FRONT = network("front", "nat", "10.5.0.0/24", gateway="10.5.0.1")
LAN = network("lan", "transparent", "0.0.0.0/0")
MESH = network("mesh", "overlay", "10.7.0.0/24", scope="swarm")
ON_FRONT = Endpoint(network_id=FRONT.id, network_name="front", address="10.5.0.9", aliases=("db",))
WEB = Container(id="c1", name="web", state="running", endpoints=(ON_FRONT,))
STOPPED = WEB.model_copy(update={"state": "exited"})


def kinds(plan: Plan) -> list[str]:
    return [step.kind for step in plan.steps]


def here(build: int = 20348, version: str = "28.3") -> Snapshot:
    known = host(build=build, networks=(NAT, FRONT, LAN, MESH))
    engine = known.engine.value
    assert isinstance(engine, EngineInfo)
    return known.model_copy(update={"engine": fresh(engine.model_copy(update={"version": version}))})


@pytest.mark.parametrize(
    ("snapshot", "isolation", "because"),
    [
        (here(14393), "", "this Windows can't add"),
        (here(17763, "17.06.2-ee-16"), "", "engine 17.06.2-ee-16 can't add"),
        (here(), "hyperv", "with Hyper-V isolation"),
        (here(), "process", ""),
        (here(), "", ""),
        (linux_host(FRONT), "", ""),
    ],
)
def test_that_a_running_container_is_changed_only_where_windows_engine_and_isolation_let_it(
    snapshot: Snapshot, isolation: str, because: str
) -> None:
    refused = hot_change_refused_because(WEB, snapshot, isolation)
    assert because in str(refused) if because else refused is None
    assert hot_change_refused_because(STOPPED, snapshot, isolation) is None
    assert connect_refused_because(WEB, snapshot, isolation, stopped=True) is None


def test_that_a_disconnection_which_can_not_be_taken_back_says_so_before() -> None:
    web = Attachment(WEB, ON_FRONT)
    assert "can't be undone while web runs" in str(disconnect_caution(web, FRONT, here(14393)))
    assert "can't be undone while web runs" in str(disconnect_caution(web, FRONT, here(), "hyperv"))
    assert "only the swarm's own services" in str(disconnect_caution(web, MESH, here()))
    assert disconnect_caution(web, FRONT, here()) is None
    assert disconnect_caution(Attachment(STOPPED, ON_FRONT), FRONT, here(14393)) is None


def test_that_an_address_windows_chose_is_lost_and_one_that_was_asked_for_is_not() -> None:
    assert "loses the address 10.5.0.9" in str(address_is_lost(Attachment(WEB, ON_FRONT)))
    asked = ON_FRONT.model_copy(update={"configured_address": "10.5.0.9"})
    assert address_is_lost(Attachment(WEB, asked)) is None


def test_that_stop_change_start_is_one_plan_which_can_be_turned_back() -> None:
    step = disconnect_step(FRONT, Attachment(WEB, ON_FRONT))
    plan = change_address(WEB, step, "10.5.0.77", stopped=True)
    assert kinds(plan) == ["stop-container", "disconnect-container", "connect-container", "start-container"]
    assert (plan.steps[2].address, plan.steps[2].aliases) == ("10.5.0.77", ("db",))  # type: ignore[union-attr]
    assert all(one.inverse() is not None for one in plan.steps)
    assert kinds(change_address(WEB, step, "", stopped=False)) == kinds(plan)[1:3]
    assert kinds(while_stopped(STOPPED, (step,), plan.title)) == ["disconnect-container"]


def test_that_each_deed_is_offered_where_it_does_something() -> None:
    going = WEB.model_copy(update={"state": "removing"})
    assert start_blocked_because(WEB) is not None
    assert start_blocked_because(STOPPED) is None
    assert start_blocked_because(going) is not None
    assert stop_blocked_because(WEB) is None
    assert stop_blocked_because(STOPPED) is not None
    assert restart_blocked_because(STOPPED) is None
    assert restart_blocked_because(going) is not None


def test_that_running_containers_are_stopped_before_they_are_removed() -> None:
    other = STOPPED.model_copy(update={"id": "c2", "name": "old"})
    assert kinds(remove([WEB, other])) == ["stop-container", "remove-container", "remove-container"]
    assert kinds(remove([WEB], leaving=frozenset({"c1"}))) == ["stop-container"]
    assert kinds(remove([STOPPED], leaving=frozenset({"c1"}))) == ["remove-container"]
    assert str(remove([WEB]).title) == "Remove the container web"
    assert str(start([WEB, other]).title) == "Start 2 containers"


def test_that_what_a_removal_loses_and_keeps_is_told() -> None:
    mounts = (
        Mount(kind="volume", name="ab" * 32, destination="C:\\data"),
        Mount(kind="volume", name="shop-data", destination="C:\\shop"),
        Mount(kind="bind", source="C:\\logs", destination="C:\\log"),
    )
    details = ContainerDetails(id="c1", name="web", mounts=mounts, auto_remove=True)
    lost, anonymous, kept = map(str, removal_losses(details))
    assert "written inside web is lost" in lost
    assert "C:\\data" in anonymous
    assert "shop-data, C:\\logs is kept" in kept
    assert "--rm" in str(stopping_removes_because(details))
    assert stopping_removes_because(details.model_copy(update={"auto_remove": False})) is None


def test_that_networks_are_offered_and_blocked_by_where_the_container_is() -> None:
    snapshot = here()
    assert [one.name for one in networks_to_connect(WEB, snapshot)] == ["lan", "mesh", "nat"]
    assert connect_blocked_because(WEB, snapshot) is None
    alone = WEB.model_copy(update={"endpoints": ()})
    assert "no endpoint of its own" in str(connect_blocked_because(alone, snapshot))
    assert "is on no network" in str(disconnect_blocked_because(alone, snapshot))
    only = snapshot.model_copy(update={"networks": fresh((FRONT,))})
    assert "on every network" in str(connect_blocked_because(WEB, only))
    assert address_blocked_because(WEB, snapshot) is None
    on_lan = WEB.model_copy(
        update={"endpoints": (ON_FRONT.model_copy(update={"network_id": LAN.id, "network_name": "lan"}),)}
    )
    assert "from DHCP" in str(address_blocked_because(on_lan, snapshot))


def test_that_isolation_is_told_by_the_compartment_on_the_host() -> None:
    snapshot = whole_host()
    running = [one for one in snapshot.containers.value or () if one.running]
    by_compartment = {isolation_of(one, Relations(snapshot)) for one in running}
    assert "process" in by_compartment
    nothing = snapshot.facts.model_copy(
        update={
            "compartments": fresh(()),
            "hns_namespaces": fresh(()),
            "hns_endpoints": fresh(tuple(_without_place(snapshot))),
        }
    )
    bare = Relations(snapshot.model_copy(update={"facts": nothing}))
    assert "hyperv" in {isolation_of(one, bare) for one in running}
    stopped = running[0].model_copy(update={"state": "exited"})
    assert isolation_of(stopped, bare) == ""


def _without_place(snapshot: Snapshot) -> list[HnsEndpoint]:
    endpoints = snapshot.facts.hns_endpoints.value or ()
    return [one.model_copy(update={"compartment": None, "namespace_id": ""}) for one in endpoints]
