"""The table of drivers, the names of a host, and what a container gets for them."""

from hashlib import sha256

import pytest

from console.domain.discovery.capability import Answer, capabilities
from console.domain.discovery.comparison import compared_name
from console.domain.discovery.hosts_file import hosts_entries
from console.domain.discovery.names import (
    COMPOSE_PROJECT,
    COMPOSE_SERVICE,
    NameKind,
    known_names,
    network_names,
    without_names,
)
from console.domain.discovery.prediction import NamePrediction, predicted_name
from console.domain.drivers.options import DISABLE_GATEWAY_DNS
from console.domain.probes.lookup import Lookup
from console.domain.relations import Relations
from console.domain.sections import fresh
from console.domain.snapshot import Container, Endpoint, SwarmFacts
from console.domain.swarm.objects import SwarmService, SwarmTask, TaskAddress, VirtualAddress
from console.domain.text import N_
from console.domain.verdict import Agreement, Verdict
from tests.domain.hosts import MANAGER, NAT, host, linux_host, network
from tests.domain.whole_hosts import with_containers

SHOP = network("shop", "nat", "10.5.0.0/24")
BACK = network("back", "nat", "10.6.0.0/24")
LAN = network("lan", "transparent", "192.168.1.0/24")
MESH = network("mesh", "overlay", "10.0.1.0/24", scope="swarm")


def box(name, *places, state="running", aliases=(), labels=None):
    """A container; ``places`` are networks with addresses."""
    endpoints = tuple(
        Endpoint(network_id=one.id, network_name=one.name, endpoint_id="e", address=address, aliases=aliases)
        for one, address in places
    )
    return Container(
        id=sha256(name.encode()).hexdigest(),
        name=name,
        state=state,
        endpoints=endpoints,
        labels=labels or {},
    )


def line(snapshot, driver):
    return next(one for one in capabilities(snapshot) if one.driver == driver)


SEED = {
    "nat": (Answer.YES, Answer.NOT_APPLICABLE),
    "overlay": (Answer.YES, Answer.YES),
    "transparent": (Answer.NO, Answer.NO),
    "l2bridge": (Answer.NO, Answer.NO),
}


@pytest.mark.parametrize(("driver", "answers"), SEED.items())
def test_that_the_table_of_the_seed_still_holds_on_a_host_that_can_do_all(driver, answers):
    one = line(host(swarm=MANAGER), driver)
    assert (one.local.answer, one.across.answer) == answers == (one.seed_local, one.seed_across)
    assert str(one.local.reason)
    assert str(one.across.reason)


@pytest.mark.parametrize("driver", ["l2tunnel", "internal", "private", "ics"])
def test_that_drivers_the_seed_does_not_list_have_no_names(driver):
    one = line(host(), driver)
    assert (one.local.answer, one.seed_local) == (Answer.NO, None)


def test_that_overlay_needs_a_swarm_and_tells_of_virtual_addresses_by_build():
    assert line(host(), "overlay").local.answer is Answer.NO
    assert "dnsrr" in str(line(host(swarm=MANAGER, build=14393), "overlay").local.reason)
    assert "2019" in str(line(host(swarm=MANAGER, build=17763), "overlay").changed)


@pytest.mark.parametrize(("version", "answer"), [
    ("24.0.9", Answer.YES), ("25.0.0", Answer.DEPENDS), ("25.0.3", Answer.DEPENDS), ("25.0.4", Answer.YES),
])  # fmt: skip
def test_that_the_engines_with_the_fault_have_no_names_on_the_default_network(version, answer):
    snapshot = host(networks=(NAT, SHOP))
    engine = snapshot.engine.value.model_copy(update={"version": version})
    snapshot = snapshot.model_copy(update={"engine": fresh(engine)})
    assert line(snapshot, "nat").local.answer is answer
    names = network_names(snapshot)
    assert names[SHOP.id].answers is Verdict.YES
    assert names[NAT.id].answers is (Verdict.NO if answer is Answer.DEPENDS else Verdict.YES)


def test_that_more_than_fifty_networks_make_names_doubtful():
    many = [network(f"n{number}", "nat") for number in range(51)]
    assert line(host(networks=many[:50]), "nat").local.answer is Answer.YES
    assert line(host(networks=many), "nat").local.answer is Answer.DEPENDS


def test_that_a_driver_the_engine_lacks_is_told_apart_from_one_without_names():
    assert line(host(drivers=("nat",)), "transparent").local.answer is Answer.NOT_APPLICABLE


def test_that_a_linux_engine_has_names_on_networks_of_its_own_only():
    default, own = network("bridge", "bridge"), network("own", "bridge")
    names = network_names(linux_host(default, own))
    assert names[default.id].answers is Verdict.NO
    assert names[own.id].answers is Verdict.YES


def test_that_a_turned_off_resolver_answers_for_nobody():
    off = network("off", "nat", options={DISABLE_GATEWAY_DNS: "true"})
    on = network("on", "nat", options={DISABLE_GATEWAY_DNS: "false"})
    names = network_names(host(networks=(off, on)))
    assert names[off.id].answers is Verdict.NO
    assert names[on.id].answers is Verdict.YES


def at(snapshot, *containers):
    relations = Relations(with_containers(snapshot, *containers))
    return relations, known_names(relations)


def test_that_a_container_answers_to_its_name_aliases_and_short_id_on_its_network():
    web = box("web", (SHOP, "10.5.0.7"), aliases=("www", "shop-web"), labels={COMPOSE_SERVICE: "shop-web"})
    _, names = at(host(networks=(SHOP,)), web, box("off", (SHOP, ""), state="exited"))
    kinds = {one.name: one.kind for one in names}
    assert kinds == {
        "web": NameKind.CONTAINER,
        "www": NameKind.ALIAS,
        "shop-web": NameKind.COMPOSE_SERVICE,
        web.id[:12]: NameKind.SHORT_ID,
    }
    assert {one.addresses for one in names} == {("10.5.0.7",)}


def test_that_the_short_id_an_old_engine_lists_as_an_alias_is_no_alias():
    web = box("web", (SHOP, "10.5.0.7"))
    old = box("web", (SHOP, "10.5.0.7"), aliases=(web.id[:12],))
    _, names = at(host(networks=(SHOP,)), old)
    assert NameKind.ALIAS not in {one.kind for one in names}


def test_that_two_containers_with_one_alias_clash_and_instances_of_one_service_do_not():
    one = box("one", (SHOP, "10.5.0.2"), aliases=("db",))
    two = box("two", (SHOP, "10.5.0.3"), aliases=("db",))
    labels = {COMPOSE_PROJECT: "p", COMPOSE_SERVICE: "api"}
    pair = [box(name, (SHOP, address), aliases=("api",), labels=labels)
            for name, address in (("p-api-1", "10.5.0.4"), ("p-api-2", "10.5.0.5"))]  # fmt: skip
    _, names = at(host(networks=(SHOP,)), one, two, *pair)
    clashing = {one.name: one for one in names if one.clash is not None}
    assert set(clashing) == {"db"}
    assert clashing["db"].addresses == ("10.5.0.2", "10.5.0.3")
    assert "one, two" in str(clashing["db"].clash)


def test_that_a_service_answers_with_its_virtual_address_and_its_tasks_with_theirs():
    web = box("web.1", (MESH, "10.0.1.7"))
    task = SwarmTask(
        id="t", service_id="s", state="running", desired_state="running", container_id=web.id,
        addresses=(TaskAddress(network_id=MESH.id, addresses=("10.0.1.7/24",)),),
    )  # fmt: skip
    elsewhere = task.model_copy(
        update={
            "container_id": "x",
            "addresses": (TaskAddress(network_id=MESH.id, addresses=("10.0.1.8/24",)),),
        }
    )
    for mode, expected in (("vip", ("10.0.1.2",)), ("dnsrr", ("10.0.1.7", "10.0.1.8"))):
        virtual = (VirtualAddress(network_id=MESH.id, address="10.0.1.2/24"),) if mode == "vip" else ()
        service = SwarmService(
            id="s", name="web", endpoint_mode=mode, virtual_addresses=virtual, network_ids=(MESH.id,)
        )
        swarm = SwarmFacts(services=fresh((service,)), tasks=fresh((task, elsewhere)))
        snapshot = host(networks=(MESH,), swarm=MANAGER).model_copy(update={"swarm": swarm})
        _, names = at(snapshot, web)
        addresses = {one.name: one.addresses for one in names}
        assert addresses["web"] == expected
        assert addresses["tasks.web"] == ("10.0.1.7", "10.0.1.8")


WEB = box("web", (SHOP, "10.5.0.7"), aliases=("www",))
ASKER = box("asker", (SHOP, "10.5.0.8"))
STRANGER = box("stranger", (BACK, "10.6.0.8"))
BOTH = box("both", (SHOP, "10.5.0.9"), (BACK, "10.6.0.9"))
OTHER_WEB = box("other", (BACK, "10.6.0.7"), aliases=("www",))
ON_LAN = box("printer", (LAN, "192.168.1.9"))
LAN_TOO = box("scanner", (LAN, ""))
ALL = (WEB, ASKER, STRANGER, BOTH, OTHER_WEB, ON_LAN, LAN_TOO, box("off", (SHOP, ""), state="exited"))


@pytest.mark.parametrize(("asker", "name", "verdict", "addresses"), [
    (ASKER, "web", Verdict.YES, ("10.5.0.7",)),
    (ASKER, "WEB.", Verdict.YES, ("10.5.0.7",)),
    (ASKER, "www", Verdict.YES, ("10.5.0.7",)),
    (ASKER, WEB.id[:12], Verdict.YES, ("10.5.0.7",)),
    (ASKER, "localhost", Verdict.YES, ("127.0.0.1",)),
    (ASKER, "10.1.2.3", Verdict.YES, ("10.1.2.3",)),
    (STRANGER, "web", Verdict.NO, ()),
    (BOTH, "www", Verdict.DEPENDS, ("10.5.0.7", "10.6.0.7")),
    (LAN_TOO, "printer", Verdict.NO, ()),
    (ASKER, "example.com", Verdict.DEPENDS, ()),
    (box("off", state="exited"), "web", Verdict.NO, ()),
    (box("alone"), "example.com", Verdict.NO, ()),
])  # fmt: skip
def test_that_a_name_is_found_on_the_askers_networks_only(asker, name, verdict, addresses):
    relations, names = at(host(networks=(SHOP, BACK, LAN)), *ALL)
    predicted = predicted_name(name, asker, names, relations)
    assert (predicted.verdict, predicted.addresses) == (verdict, addresses)
    assert str(predicted.reason)


def test_that_windows_may_look_elsewhere_where_the_engine_asks_nobody_outside():
    """Endpoints have the host's DNS servers behind the engine's resolver, before forwarding as well."""
    snapshot = host(networks=(SHOP,))
    engine = snapshot.engine.value.model_copy(update={"version": "24.0.7"})
    relations, names = at(snapshot.model_copy(update={"engine": fresh(engine)}), ASKER)
    predicted = predicted_name("example.com", ASKER, names, relations)
    assert predicted.verdict is Verdict.DEPENDS
    assert "nslookup asks the first one only" in str(predicted.reason)


def test_that_containers_without_names_get_hosts_entries_and_unknown_addresses_a_comment():
    relations, _ = at(host(networks=(SHOP, LAN)), *ALL)
    assert [one.name for one, _, _ in without_names(relations)] == ["printer", "scanner"]
    first, second = hosts_entries(LAN, relations).splitlines()
    assert first.split() == ["192.168.1.9", "printer"]
    assert second.startswith("# scanner")


@pytest.mark.parametrize(("verdict", "predicted", "found", "agreement"), [
    (Verdict.YES, ("10.5.0.7",), ("10.5.0.7",), Agreement.AGREES),
    (Verdict.YES, ("10.5.0.7", "10.5.0.8"), ("10.5.0.8",), Agreement.AGREES),
    (Verdict.YES, (), ("10.5.0.8",), Agreement.AGREES),
    (Verdict.YES, ("10.5.0.7",), (), Agreement.DIFFERS),
    (Verdict.YES, ("10.5.0.7",), ("8.8.8.8",), Agreement.DIFFERS),
    (Verdict.NO, (), (), Agreement.AGREES),
    (Verdict.NO, (), ("10.5.0.7",), Agreement.DIFFERS),
    (Verdict.DEPENDS, (), (), Agreement.SETTLED),
])  # fmt: skip
def test_that_what_came_is_held_against_what_was_predicted(verdict, predicted, found, agreement):
    prediction = NamePrediction(verdict, N_("Test", "because"), predicted)
    assert compared_name(prediction, Lookup("nslookup", found))[0] is agreement
