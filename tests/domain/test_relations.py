"""How the objects of a host hang together, and which of them belong to nothing."""

from __future__ import annotations

import pytest
from hypothesis import given

from console.domain.drivers.options import HNS_OWNED
from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork
from console.domain.object_ref import ObjectKind, ObjectRef, published_ref, ref_of
from console.domain.relations import Relations
from console.domain.sections import unavailable
from console.domain.snapshot import Adapter, Container, Endpoint, Network, Snapshot, VSwitch, VSwitchKind
from console.domain.switch_origin import DEFAULT_SWITCH_ID, SwitchOrigin
from tests.domain.hosts import REASON, external_vswitch, host, network, shim
from tests.domain.whole_hosts import (
    ADAPTERS,
    BOTH,
    BOTH_ENDPOINT,
    CORP,
    CORP_HNS,
    DB,
    HNS_NETWORKS,
    LOST_HNS,
    NAT,
    NAT_HNS,
    OLD_ENDPOINT,
    SWITCHES,
    WEB,
    WEB_ENDPOINT,
    any_hosts,
    whole_host,
    with_facts,
)

HOST = whole_host()
ALL = Relations(HOST)
NAT_SWITCH, CORP_SWITCH, LAB_SWITCH = (ref_of(switch) for switch in SWITCHES)
PUBLISHED = published_ref(WEB, WEB.ports[0])
STATIC = ObjectRef(ObjectKind.PORT_MAPPING, "NAT1|tcp|:9000")


def ref(kind: ObjectKind, identity: str) -> ObjectRef:
    return ObjectRef(kind, identity)


RELATED = [
    (ref(ObjectKind.ADAPTER, "Ethernet"), {CORP_SWITCH, ref(ObjectKind.COMPARTMENT, "1")}),
    (ref(ObjectKind.ADAPTER, "vEthernet (nat)"), {NAT_SWITCH, ref(ObjectKind.COMPARTMENT, "1")}),
    (
        CORP_SWITCH,
        {
            ref(ObjectKind.ADAPTER, "Ethernet"),
            ref(ObjectKind.ADAPTER, "vEthernet (Corp)"),
            ref(ObjectKind.HNS_NETWORK, CORP_HNS),
            ref_of(CORP),
        },
    ),
    (LAB_SWITCH, set()),
    (
        ref(ObjectKind.HNS_NETWORK, NAT_HNS),
        {
            NAT_SWITCH,
            ref_of(NAT),
            ref(ObjectKind.HNS_ENDPOINT, WEB_ENDPOINT),
            ref(ObjectKind.HNS_ENDPOINT, OLD_ENDPOINT),
            ref(ObjectKind.NAT, "NAT1"),
            ref(ObjectKind.FIREWALL_RULE, "r2"),
        },
    ),
    (
        ref_of(WEB),
        {
            ref_of(NAT),
            ref(ObjectKind.HNS_ENDPOINT, WEB_ENDPOINT),
            ref(ObjectKind.COMPARTMENT, "2"),
            PUBLISHED,
            STATIC,
        },
    ),
    (ref_of(DB), {ref_of(NAT)}),
    (
        ref_of(BOTH),
        {
            ref_of(NAT),
            ref_of(CORP),
            ref(ObjectKind.HNS_ENDPOINT, BOTH_ENDPOINT),
            ref(ObjectKind.COMPARTMENT, "3"),
        },
    ),
    (ref(ObjectKind.NAT, "NAT1"), {ref(ObjectKind.HNS_NETWORK, NAT_HNS), ref_of(NAT), STATIC}),
    (ref(ObjectKind.FIREWALL_RULE, "r1"), {PUBLISHED, STATIC}),
    (ref(ObjectKind.FIREWALL_RULE, "r3"), set()),
    (ref(ObjectKind.SERVICE, "hns"), set()),
]


@pytest.mark.parametrize(
    ("one", "others"), RELATED, ids=lambda value: str(value)[:60] if isinstance(value, ObjectRef) else ""
)
def test_that_an_object_names_all_it_hangs_together_with(one: ObjectRef, others: set[ObjectRef]) -> None:
    assert set(ALL.related(one)) == others


@given(any_hosts())
def test_that_relations_are_symmetric_and_join_only_objects_that_exist(snapshot: Snapshot) -> None:
    relations = Relations(snapshot)
    everything = set(relations.objects())
    for one in everything:
        assert relations.find(one) is not None
        for other in relations.related(one):
            assert other in everything
            assert other != one
            assert one in relations.related(other)


@given(any_hosts())
def test_that_every_object_has_a_title_and_every_vswitch_an_origin(snapshot: Snapshot) -> None:
    relations = Relations(snapshot)
    assert all(str(relations.title_of(one)) for one in relations.objects())
    for switch in snapshot.facts.vswitches.known() or ():
        assert relations.origin_of(switch) in SwitchOrigin


def test_that_relations_can_be_asked_for_one_kind() -> None:
    assert ALL.related(ref_of(BOTH), ObjectKind.NETWORK) == (ref_of(NAT), ref_of(CORP))


def test_that_an_object_that_is_gone_has_no_relations_and_its_id_for_a_title() -> None:
    gone = ref(ObjectKind.CONTAINER, "gone")
    assert ALL.find(gone) is None
    assert ALL.related(gone) == ()
    assert str(ALL.title_of(gone)) == "gone"


def test_that_hosts_without_a_readable_windows_side_still_relate_docker_objects() -> None:
    unread = HOST.model_copy(
        update={"facts": HOST.facts.model_copy(update=dict.fromkeys(type(HOST.facts).model_fields, NOTHING))}
    )
    assert set(Relations(unread).related(ref_of(WEB))) == {ref_of(NAT), PUBLISHED}


NOTHING = unavailable(REASON)


def test_that_a_network_is_joined_to_its_switch_by_its_adapter_where_hns_is_unread() -> None:
    lan = network("lan", "transparent", options={"com.docker.network.windowsshim.interface": "ethernet"})
    relations = Relations(host(networks=(lan,), vswitches=(external_vswitch("Whatever", "Ethernet"),)))
    found = relations.vswitch_of(lan)
    assert found is not None
    assert found.name == "Whatever"


def test_that_one_nat_prefix_of_server_2016_is_the_nat_of_all_networks_in_it() -> None:
    inside = network("inside", "nat", "172.16.5.0/24")
    outside = network("outside", "nat", "10.1.0.0/24")
    relations = Relations(host(networks=(inside, outside), nat_prefixes=("172.16.0.0/16",)))
    assert relations.related(ref(ObjectKind.NAT, "H1")) == (ref_of(inside),)


def test_that_the_host_vnics_of_a_switch_are_known() -> None:
    assert [vnic.name for vnic in ALL.host_vnics_of(SWITCHES[0])] == ["vEthernet (nat)"]
    assert [adapter.name for adapter in ALL.adapters_of(SWITCHES[1])] == [ADAPTERS[0].name]


TITLES = [
    (ref(ObjectKind.HNS_NETWORK, CORP_HNS), "corp"),
    (ref(ObjectKind.HNS_NETWORK, LOST_HNS), "cccccccccccc…"),
    (ref(ObjectKind.HNS_ENDPOINT, WEB_ENDPOINT), "web on nat"),
    (ref(ObjectKind.HNS_ENDPOINT, OLD_ENDPOINT), "172.20.9.9 on nat"),
    (ref(ObjectKind.COMPARTMENT, "1"), "Compartment 1 (the host's own)"),
    (ref(ObjectKind.COMPARTMENT, "3"), "Compartment 3"),
    (PUBLISHED, "8080/tcp to web:80"),
    (STATIC, "9000/tcp to 172.20.3.7:90"),
    (ref(ObjectKind.FIREWALL_RULE, "r1"), "Web"),
]


@pytest.mark.parametrize(("one", "title"), TITLES, ids=lambda value: str(value)[:40])
def test_that_objects_are_called_what_people_call_them(one: ObjectRef, title: str) -> None:
    assert str(ALL.title_of(one)) == title


def test_that_a_switch_docker_named_by_an_id_is_called_like_its_network() -> None:
    identity = "e" * 64
    pods = network("pods", "l2bridge").model_copy(update={"id": identity})
    switch = switch_with(identity)
    assert str(carrying(switch, networks=(pods,)).title_of(ref_of(switch))) == "pods"
    assert str(carrying(switch).title_of(ref_of(switch))) == "eeeeeeeeeeee…"


def test_that_a_host_vnic_is_found_by_a_name_that_windows_cut() -> None:
    switch = switch_with("a-very-long-switch-name")
    vnic = Adapter(name="vEthernet (a-very-long-swi)", host_vnic=True)
    relations = Relations(host(vswitches=(switch,), adapters=(vnic,)))
    assert relations.host_vnics_of(switch) == (vnic,)


def switch_with(name: str = "x", identity: str = "1") -> VSwitch:
    return VSwitch(name=name, id=identity, kind=VSwitchKind.INTERNAL)


def carrying(switch: VSwitch, *hns: HnsNetwork, networks: tuple[Network, ...] = ()) -> Relations:
    return Relations(with_facts(host(networks=networks, vswitches=(switch,)), hns_networks=hns))


def hns(name: str, kind: str, identity: str = "H", **more: object) -> HnsNetwork:
    return HnsNetwork(id=identity, name=name, type=kind, switch_id="1", **more)


ORIGINS = [
    (switch_with("Default Switch"), [], SwitchOrigin.DEFAULT_SWITCH),
    (switch_with("Standardswitch", DEFAULT_SWITCH_ID), [], SwitchOrigin.DEFAULT_SWITCH),
    (switch_with("odd"), [hns("Default Switch", "ICS", DEFAULT_SWITCH_ID)], SwitchOrigin.DEFAULT_SWITCH),
    (switch_with("WSL (Hyper-V firewall)"), [], SwitchOrigin.WSL),
    (switch_with("DockerNAT"), [], SwitchOrigin.DOCKER_DESKTOP),
    (switch_with("d" * 64), [], SwitchOrigin.DOCKER),
    (switch_with(), [hns("d" * 64, "nat")], SwitchOrigin.DOCKER),
    (switch_with(), [hns("cni", "L2Bridge")], SwitchOrigin.HNS),
    (switch_with(), [hns("x", "Transparent")], SwitchOrigin.HYPER_V),
    (switch_with(), [], SwitchOrigin.HYPER_V),
]


@pytest.mark.parametrize(("switch", "networks", "origin"), ORIGINS)
def test_that_it_is_told_who_made_a_vswitch(
    switch: VSwitch, networks: list[HnsNetwork], origin: SwitchOrigin
) -> None:
    assert carrying(switch, *networks).origin_of(switch) is origin


def test_that_a_switch_docker_only_adopted_was_made_by_another() -> None:
    switch = switch_with("Corp")
    own = network("corp", "transparent", options={"com.docker.network.windowsshim.networkname": "Corp"})
    adopted = own.model_copy(update={"options": {**own.options, HNS_OWNED: "true"}})
    assert carrying(switch, networks=(own,)).origin_of(switch) is SwitchOrigin.DOCKER
    assert carrying(switch, networks=(adopted,)).origin_of(switch) is SwitchOrigin.HYPER_V


def test_that_only_what_belongs_to_nothing_is_stale() -> None:
    assert [one.id for one in ALL.stale_hns_networks] == [LOST_HNS]
    assert [one.id for one in ALL.stale_hns_endpoints] == [OLD_ENDPOINT]


def test_that_nothing_is_stale_while_docker_can_not_be_asked() -> None:
    for part in ("networks", "containers"):
        relations = Relations(HOST.model_copy(update={part: NOTHING}))
        assert relations.stale_hns_networks == ()
        assert relations.stale_hns_endpoints == ()


STALE_NETWORKS = [
    (hns("d" * 64, "Transparent"), "Docker created this network"),
    (hns("cni", "nat"), None),
    (hns("External", "L2Bridge"), None),
    (hns("Corp", "Transparent"), None),
    (hns("Default Switch", "ICS"), None),
    (hns("WSL (Hyper-V firewall)", "ICS"), None),
    (hns("lan", "Internal"), None),
]


@pytest.mark.parametrize(("item", "reason"), STALE_NETWORKS)
def test_that_a_network_of_hns_is_stale_for_a_reason(item: HnsNetwork, reason: str | None) -> None:
    found = carrying(switch_with(), item, networks=()).stale_because(item)
    assert (found is None) == (reason is None)
    assert reason is None or reason in str(found)


def test_that_a_network_of_hns_with_a_live_endpoint_is_not_stale() -> None:
    item = hns("d" * 64, "nat")
    live = HnsEndpoint(id="E", network_id="h", state=HnsEndpointState.ATTACHED)
    snapshot = with_facts(host(networks=()), hns_networks=(item,), hns_endpoints=(live,))
    assert Relations(snapshot).stale_because(item) is None


def endpoint(**more: object) -> HnsEndpoint:
    return HnsEndpoint(**({"id": "E", "network_id": NAT_HNS, "state": HnsEndpointState.ATTACHED} | more))


DETACHED, CREATED = HnsEndpointState.DETACHED, HnsEndpointState.CREATED
STALE_ENDPOINTS = [
    (endpoint(network_id="gone", state=DETACHED), "no longer exists"),
    (endpoint(network_id="gone"), None),
    (endpoint(state=HnsEndpointState.DESTROYED), "detached"),
    (endpoint(network_id=LOST_HNS, state=DETACHED), "detached"),
    (endpoint(containers=("a containerd task",)), None),
    (endpoint(state=DETACHED, containers=("a containerd task",)), None),
    (endpoint(state=DETACHED, namespace_id="N"), None),
    (endpoint(network_id="gone", state=DETACHED, namespace_id="N"), None),
    (endpoint(state=CREATED), "never attached"),
    (endpoint(state=CREATED, namespace_id="N"), None),
    (endpoint(containers=(WEB.id,)), None),
    (endpoint(), None),
    (endpoint(remote=True, network_id="gone"), None),
    (endpoint(state=HnsEndpointState.CREATED, name="ingress-endpoint"), None),
    (endpoint(network_id=LOST_HNS, containers=("a containerd task",)), None),
]


@pytest.mark.parametrize(("item", "reason"), STALE_ENDPOINTS)
def test_that_an_endpoint_of_hns_is_stale_for_a_reason(item: HnsEndpoint, reason: str | None) -> None:
    found = Relations(with_facts(HOST, hns_endpoints=(item,))).stale_because(item)
    assert (found is None) == (reason is None)
    assert reason is None or reason in str(found)


def on(item: HnsNetwork, docker: Network, *, state: HnsEndpointState, **more: object) -> Relations:
    """A host whose engine has found a network of HNS, with one endpoint on it."""
    one = endpoint(network_id=item.id, state=state, **more)
    return Relations(with_facts(host(networks=(docker,)), hns_networks=(item,), hns_endpoints=(one,)))


def found_by_docker(item: HnsNetwork, driver: str) -> Network:
    """What an engine that does not mark such networks makes of one of HNS."""
    return network(item.name, driver, options=shim(hnsid=item.id, networkname=item.name))


@pytest.mark.parametrize("state", [CREATED, DETACHED, HnsEndpointState.ATTACHED_SHARING])
@pytest.mark.parametrize(("name", "kind"), [("Default Switch", "ICS"), ("Calico", "L2Bridge")])
def test_that_no_endpoint_on_a_network_that_others_made_is_stale(
    name: str, kind: str, state: HnsEndpointState
) -> None:
    item = hns(name, kind)
    relations = on(item, found_by_docker(item, kind.lower()), state=state)
    assert relations.stale_hns_endpoints == ()


def test_that_an_endpoint_of_another_runtime_on_dockers_network_is_said_to_be_its() -> None:
    for more in ({"namespace_id": "N"}, {"containers": ("a containerd task",)}):
        item = endpoint(**more)
        found = Relations(with_facts(HOST, hns_endpoints=(item,))).foreign_because(item)
        assert "another container runtime" in str(found)


def test_that_what_docker_uses_or_nobody_can_tell_belongs_to_no_other_runtime() -> None:
    mine = endpoint(containers=(WEB.id,), namespace_id="N")
    assert Relations(with_facts(HOST, hns_endpoints=(mine,))).foreign_because(mine) is None
    plain = endpoint()
    assert Relations(with_facts(HOST, hns_endpoints=(plain,))).foreign_because(plain) is None
    other = endpoint(namespace_id="N")
    unread = HOST.model_copy(update={"containers": NOTHING})
    assert Relations(with_facts(unread, hns_endpoints=(other,))).foreign_because(other) is None


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (hns("External", "L2Bridge"), "Another program"),
        (hns("cni", "nat"), "Another program"),
        (hns("d" * 64, "nat"), None),
        (hns("Corp", "Transparent"), None),
        (hns("Default Switch", "ICS"), None),
    ],
)
def test_that_a_network_of_hns_that_docker_did_not_make_is_said_to_be_others(
    item: HnsNetwork, said: str | None
) -> None:
    found = carrying(switch_with(), item, networks=()).foreign_because(item)
    assert (found is None) == (said is None)
    assert said is None or said in str(found)


def test_that_nothing_is_stale_while_the_networks_of_hns_can_not_be_read() -> None:
    facts = HOST.facts.model_copy(update={"hns_networks": NOTHING})
    assert Relations(HOST.model_copy(update={"facts": facts})).stale_hns_endpoints == ()


def test_that_an_endpoint_is_found_by_address_only_on_its_own_network() -> None:
    twin = Container(
        id="9" * 64,
        name="twin",
        endpoints=(Endpoint(network_id=CORP.id, network_name="corp", address="172.20.3.7"),),
    )
    assert ALL.hns_endpoint_of(twin, twin.endpoints[0]) is None
    assert ALL.hns_network_of(CORP) == HNS_NETWORKS[1]
