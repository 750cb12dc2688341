"""What is remembered of networks, when one counts as gone or changed, and how it is restored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from console.domain.drivers.options import HNS_ID, HNS_OWNED
from console.domain.memory import (
    RememberedAttachment,
    RememberedNetwork,
    missing_containers,
    reconcile,
    restoration,
    restore_blocked_because,
)
from console.domain.sections import fresh, stale
from console.domain.snapshot import Container, Endpoint, EngineInfo, Network, Snapshot, SwarmState
from console.domain.text import N_
from tests.domain.hosts import MANAGER, NAT, WORKER, host, network

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LABELS = {"team": "web"}
FRONT = network("front", "nat", "10.244.1.0/24", gateway="10.244.1.1", labels=LABELS)
WEB = Container(
    id="c1",
    name="web",
    state="running",
    endpoints=(
        Endpoint(
            network_id=FRONT.id,
            network_name="front",
            address="10.244.1.9",
            configured_address="10.244.1.9",
            aliases=("shop",),
        ),
    ),
)
STOPPED = WEB.model_copy(update={"state": "exited"})


def at(moment: datetime, *networks: Network, containers: tuple[Container, ...] = (), **how: Any) -> Snapshot:
    known = host(networks=networks, **how)
    return known.model_copy(update={"taken_at": moment, "containers": fresh(containers)})


def grown(
    records: tuple[RememberedNetwork, ...], snapshot: Snapshot, before: Snapshot | None = None
) -> tuple[RememberedNetwork, ...]:
    """The records after ``snapshot``, numbered as a file would number them."""
    kept = {one.id: one for one in records}
    for one in reconcile(records, snapshot, before):
        number = one.id or len(kept) + 1
        kept[number] = one.model_copy(update={"id": number})
    return tuple(kept.values())


def after(*snapshots: Snapshot) -> dict[str, RememberedNetwork]:
    records: tuple[RememberedNetwork, ...] = ()
    before: Snapshot | None = None
    for snapshot in snapshots:
        records, before = grown(records, snapshot, before), snapshot
    return {one.spec.name: one for one in records}


def test_that_a_network_is_remembered_with_labels_and_containers_and_only_once() -> None:
    first = at(NOW, NAT, FRONT, containers=(WEB,))
    record = after(first)["front"]
    assert (record.spec.labels, record.state, record.first_seen) == (LABELS, "there", NOW)
    assert record.attached == (
        RememberedAttachment(container="c1", container_name="web", address="10.244.1.9", aliases=("shop",)),
    )
    records = tuple(after(first).values())
    assert tuple(reconcile(records, at(LATER, NAT, FRONT, containers=(WEB,)), first)) == ()
    assert tuple(reconcile(records, at(LATER, NAT, FRONT, containers=(WEB,)))) == (), "also looked at anew"


def test_that_containers_come_and_go_without_a_change_of_the_network() -> None:
    record = after(at(NOW, FRONT), at(LATER, FRONT, containers=(WEB,)))["front"]
    assert [one.container_name for one in record.attached] == ["web"]


def test_that_a_missing_network_is_gone_since_it_was_missed_and_keeps_what_was_on_it() -> None:
    gone = after(at(NOW, NAT, FRONT, containers=(WEB,)), at(LATER, NAT))["front"]
    assert (gone.state, gone.gone_since) == ("gone", LATER)
    assert [one.container_name for one in gone.attached] == ["web"]
    back = after(at(NOW, FRONT), at(LATER), at(LATER + timedelta(hours=1), FRONT))["front"]
    assert (back.state, back.first_seen) == ("there", NOW)


def test_that_nothing_is_gone_while_the_engine_does_not_tell() -> None:
    first, second = at(NOW, FRONT), at(LATER)
    old = second.model_copy(update={"networks": stale(first.networks, N_("Test", "old"))})
    assert after(first, old)["front"].state == "there"
    engine = second.engine.value
    assert isinstance(engine, EngineInfo)
    linux = second.model_copy(update={"engine": fresh(engine.model_copy(update={"os_type": "linux"}))})
    assert after(first, linux)["front"].state == "there", "Docker Desktop runs the other engine now"


@pytest.mark.parametrize(("swarm", "state"), [(MANAGER, "gone"), (WORKER, "there"), (SwarmState(), "gone")])
def test_that_a_worker_does_not_list_swarm_networks_nobody_uses_there(swarm: SwarmState, state: str) -> None:
    mesh = network("mesh", "overlay", "10.0.1.0/24", scope="swarm")
    assert after(at(NOW, mesh, swarm=MANAGER), at(LATER, swarm=swarm))["mesh"].state == state


def test_that_labels_an_engine_lost_are_remembered_and_marked() -> None:
    bare = FRONT.model_copy(update={"labels": {}, "options": {HNS_ID: "X"}})
    record = after(at(NOW, FRONT), at(LATER, bare))["front"]
    assert record.state == "changed"
    assert record.lost_labels == LABELS == record.spec.labels
    again = after(at(NOW, FRONT), at(LATER, bare), at(LATER, FRONT))["front"]
    assert again.state == "there"


def test_that_a_subnet_hns_chose_is_learned_and_one_that_was_asked_for_stays() -> None:
    unknown = network("front", "nat", "0.0.0.0/0")
    assert after(at(NOW, unknown), at(LATER, FRONT))["front"].spec.subnets[0].subnet == "10.244.1.0/24"
    other = network("front", "nat", "10.9.0.0/24")
    assert after(at(NOW, FRONT), at(LATER, other))["front"].spec.subnets[0].subnet == "10.244.1.0/24"


def test_that_one_made_again_elsewhere_continues_the_record_only_where_it_is_the_same() -> None:
    same = FRONT.model_copy(update={"id": "f" * 64})
    records = after(at(NOW, FRONT), at(LATER), at(LATER, same))
    assert (records["front"].network, records["front"].first_seen, len(records)) == ("f" * 64, NOW, 1)
    other = network("front", "nat", "10.9.0.0/24").model_copy(update={"id": "e" * 64})
    both = grown(tuple(after(at(NOW, FRONT), at(LATER)).values()), at(LATER, other))
    assert [one.state for one in both] == ["gone", "there"]
    assert "another network front" in str(restore_blocked_because(both[0], at(LATER, other)))


def test_that_the_default_network_is_one_and_the_same_whatever_subnet_it_gets() -> None:
    again = NAT.model_copy(update={"id": "b" * 64, "pools": ()})
    records = after(at(NOW, NAT), at(LATER, again))
    assert len(records) == 1
    assert records["nat"].state == "there"
    gone = after(at(NOW, NAT), at(LATER))["nat"]
    assert "when it starts" in str(restore_blocked_because(gone, at(LATER)))


def test_that_what_windows_made_can_not_be_restored() -> None:
    adopted = network("lan", "transparent").model_copy(update={"options": {HNS_OWNED: "true"}})
    gone = after(at(NOW, adopted), at(LATER))["lan"]
    assert "Recreate its vSwitch" in str(restore_blocked_because(gone, at(LATER)))


def test_that_what_the_host_would_refuse_now_is_not_offered() -> None:
    gone = after(at(NOW, FRONT), at(LATER))["front"]
    taken = network("other", "nat", "10.244.0.0/16", gateway="10.244.0.1")
    assert restore_blocked_because(gone, at(LATER)) is None
    assert restore_blocked_because(gone, at(LATER, taken)) is not None
    assert restore_blocked_because(after(at(NOW, FRONT))["front"], at(NOW, FRONT)) is not None


def kinds(record: RememberedNetwork, snapshot: Snapshot) -> list[str]:
    return [step.kind for step in restoration(record, snapshot).steps]


def test_that_a_gone_network_is_restored_with_the_containers_that_are_still_there() -> None:
    stranger = WEB.model_copy(update={"id": "c2", "name": "old"})
    records = after(at(NOW, FRONT, containers=(WEB, stranger)), at(LATER, containers=(STOPPED,)))
    gone, snapshot = records["front"], at(LATER, containers=(STOPPED,))
    plan = restoration(gone, snapshot)
    assert [step.kind for step in plan.steps] == [
        "create-network",
        "disconnect-container",
        "connect-container",
    ]
    connect = plan.steps[2]
    assert connect.kind == "connect-container"
    assert (connect.network, connect.address, connect.aliases) == ("front", "10.244.1.9", ("shop",))
    assert plan.steps[1].kind == "disconnect-container"
    assert plan.steps[1].force
    assert missing_containers(gone, snapshot) == ("old",)
    free = STOPPED.model_copy(update={"endpoints": ()})
    assert kinds(gone, at(LATER, containers=(free,))) == ["create-network", "connect-container"]


def test_that_lost_labels_come_back_by_making_the_network_again() -> None:
    bare = FRONT.model_copy(update={"labels": {}})
    snapshot = at(LATER, bare, containers=(WEB,))
    record = after(at(NOW, FRONT, containers=(WEB,)), snapshot)["front"]
    assert kinds(record, snapshot) == [
        "disconnect-container", "remove-network", "create-network", "connect-container",
    ]  # fmt: skip
    create = restoration(record, snapshot).steps[2]
    assert create.kind == "create-network"
    assert create.spec.labels == LABELS


def test_that_a_running_container_of_an_old_windows_is_stopped_to_be_connected() -> None:
    free = WEB.model_copy(update={"endpoints": ()})
    gone = after(at(NOW, FRONT, containers=(WEB,)), at(LATER))["front"]
    assert kinds(gone, at(LATER, containers=(free,), build=14393)) == [
        "create-network", "stop-container", "connect-container", "start-container",
    ]  # fmt: skip
