"""What removing and pruning networks means, case by case (reference, 0.9, 2.3 and 7)."""

from datetime import UTC, datetime

import pytest

from console.domain.drivers.options import HNS_OWNED
from console.domain.network_origin import is_adopted
from console.domain.removal import (
    attachments,
    blocking,
    consequences,
    protected_because,
    prune_candidates,
    refused_because,
    removal,
)
from console.domain.sections import fresh, unavailable, unknown_facts
from console.domain.snapshot import Container, Endpoint, EngineInfo, HostIdentity, IpamPool, Network, Snapshot
from console.domain.text import N_


def network(name, driver="nat", **more) -> Network:
    return Network(id=f"id-{name}", name=name, driver=driver, **more)


def container(name, *networks, state="running", configured="") -> Container:
    endpoints = tuple(
        Endpoint(network_id=f"id-{one}", network_name=one, configured_address=configured, aliases=(name,))
        for one in networks
    )
    return Container(id=f"c-{name}", name=name, state=state, endpoints=endpoints)


def snapshot(networks=(), containers=(), *, os_type="windows") -> Snapshot:
    return Snapshot(
        host=HostIdentity(id="h", name="host"),
        taken_at=datetime(2026, 1, 1, tzinfo=UTC),
        engine=fresh(EngineInfo(version="28.3", api_version="1.51", os_type=os_type)),
        networks=fresh(tuple(networks)),
        containers=fresh(tuple(containers)),
        facts=unknown_facts(N_("Test", "not read")),
    )


@pytest.mark.parametrize(
    ("name", "os_type", "refused"),
    [
        ("nat", "windows", True),
        ("none", "windows", True),
        ("bridge", "windows", False),
        ("bridge", "linux", True),
        ("host", "linux", True),
        ("nat", "linux", False),
        ("web", "windows", False),
    ],
)
def test_that_only_predefined_networks_are_never_removed(name, os_type, refused):
    one = network(name)
    assert (refused_because(one, snapshot([one], os_type=os_type)) is not None) is refused


def test_that_the_refusal_of_nat_says_what_can_be_done_instead():
    text = str(refused_because(network("nat"), snapshot()))
    assert '"bridge": "none"' in text
    assert "daemon.json" in text


@pytest.mark.parametrize(
    ("one", "adopted"),
    [
        (network("Default Switch", "ics"), True),
        (network("WSL (Hyper-V firewall)", "ics"), True),
        (network("extern", "transparent", options={HNS_OWNED: "true"}), True),
        (network("extern", "transparent", options={HNS_OWNED: "false"}), False),
        (network("web"), False),
    ],
)
def test_that_networks_of_windows_are_known_by_mark_name_or_driver(one, adopted):
    assert is_adopted(one) is adopted


def test_that_removing_an_adopted_network_is_said_to_delete_it_in_windows_and_has_no_inverse():
    one = network("Default Switch", "ics")
    here = snapshot([one])
    assert any("deletes the HNS network" in str(text) for text in consequences(one, here))
    (step,) = removal([one], here).steps
    assert step.inverse() is None


@pytest.mark.parametrize("driver", ["transparent", "l2bridge", "l2tunnel"])
def test_that_the_interruption_of_the_adapter_is_told_for_external_drivers(driver):
    one = network("lan", driver)
    assert any("external vSwitch" in str(text) for text in consequences(one, snapshot([one])))


def test_that_linux_networks_have_no_windows_consequences():
    one = network("lan", "macvlan")
    assert consequences(one, snapshot([one], os_type="linux")) == ()


def test_that_a_removal_keeps_what_creates_the_network_again():
    one = network("web", pools=(IpamPool(subnet="10.1.0.0/24", gateway="10.1.0.1"),), labels={"a": "b"})
    (step,) = removal([one], snapshot([one])).steps
    assert step.network == "id-web"
    assert step.inverse().spec.subnets[0].subnet == "10.1.0.0/24"
    assert step.inverse().spec.labels == {"a": "b"}


def test_when_a_container_runs_the_network_is_left_out_until_it_may_be_disconnected():
    web, lab = network("web"), network("lab")
    here = snapshot([web, lab], [container("c1", "web", configured="10.0.0.9")])
    assert [step.name for step in removal([web, lab], here).steps] == ["lab"]

    detach, remove_web, remove_lab = removal([web, lab], here, disconnect=True).steps
    assert (detach.kind, detach.container_name, detach.network) == ("disconnect-container", "c1", "web")
    assert remove_web.network == "id-web"
    assert (detach.address, detach.aliases) == ("10.0.0.9", ("c1",))
    assert (remove_web.name, remove_lab.name) == ("web", "lab")


def test_that_stopped_containers_do_not_block_but_are_named():
    web = network("web")
    here = snapshot([web], [container("old", "web", state="exited")])
    assert blocking(web, here) == ()
    assert len(removal([web], here).steps) == 1
    assert any("old" in str(text) for text in consequences(web, here))


def test_that_attachments_list_running_containers_first():
    web = network("web")
    here = snapshot(
        [web], [container("a", "web", state="exited"), container("z", "web"), container("b", "lab")]
    )
    assert [one.container.name for one in attachments(web, here)] == ["z", "a"]


def test_that_predefined_networks_are_left_out_of_a_plan():
    nat, web = network("nat"), network("web")
    assert [step.name for step in removal([nat, web], snapshot([nat, web])).steps] == ["web"]


def test_that_prune_offers_unused_networks_and_protects_those_of_windows_engine_and_swarm():
    networks = [
        network("nat"),
        network("none", "null"),
        network("used"),
        network("free"),
        network("Default Switch", "ics"),
        network("wsl-like", "nat", options={HNS_OWNED: "true"}),
        network("mesh", "overlay", scope="swarm", ingress=True),
        network("app", "overlay", scope="swarm"),
    ]
    here = snapshot(networks, [container("c", "used", state="exited")])
    offered = {one.network.name for one in prune_candidates(here) if one.protected is None}
    kept = {one.network.name for one in prune_candidates(here) if one.protected is not None}
    assert offered == {"free"}
    assert kept == {"nat", "none", "Default Switch", "wsl-like", "mesh", "app"}
    assert prune_candidates(here)[0].network.name == "free"


def test_that_nothing_counts_as_unused_while_containers_are_unknown():
    here = snapshot([network("free")]).model_copy(
        update={"containers": unavailable(N_("Test", "engine gone"))}
    )
    assert prune_candidates(here) == ()
    assert any("could not be read" in str(text) for text in consequences(network("free"), here))


def test_that_a_linux_network_is_not_protected_by_windows_names():
    one = network("Default Switch", "bridge")
    assert protected_because(one, snapshot([one], os_type="linux")) is None
