"""Which rule decides, what it rests on, and what stays open where a fact is not known."""

import pytest

from console.domain.drivers.options import ENABLE_OUTBOUND_NAT, VLAN_ID
from console.domain.host_inventory import (
    FirewallProfile,
    FirewallRule,
    HnsEndpoint,
    HnsEndpointState,
    HnsNetwork,
    HnsPolicy,
    Service,
    ServiceStatus,
)
from console.domain.host_ports import Listener
from console.domain.object_ref import ref_of
from console.domain.probes.probe import Reach
from console.domain.reachability.model import (
    ANY,
    HOST,
    OTHER_HOST,
    OUTSIDE,
    PING,
    Ask,
    Layer,
    Party,
    PartyKind,
    Protocol,
)
from console.domain.reachability.predict import matrix, predicted
from console.domain.reachability.trial import compared, trial
from console.domain.reachability.view import HostView
from console.domain.relations import Relations
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Container, Endpoint, Hypervisor, PortMapping
from console.domain.verdict import Agreement, Verdict
from tests.domain.hosts import ETHERNET, external_vswitch, host, linux_host, network, unread_host
from tests.domain.whole_hosts import with_containers, with_facts

SHOP = network("shop", "nat", "10.5.0.0/24", gateway="10.5.0.1")
BACK = network("back", "nat", "10.6.0.0/24", gateway="10.6.0.1")
LAN = network("lan", "transparent", "192.168.1.0/24", gateway="192.168.1.254")
TAGGED = network("tagged", "transparent", "192.168.1.0/24", options={VLAN_ID: "7"})
ROUTED = network("routed", "l2bridge", "10.77.0.0/24", gateway="10.77.0.1")
SEALED = network("sealed", "private", "10.9.0.0/24")
RUNNING = [
    Service(name=name, status=ServiceStatus.RUNNING)
    for name in ("winnat", "SharedAccess", "mpssvc", "vfpext")
]
PROFILES = (FirewallProfile(name="Public", enabled=True, default_inbound="Block"),)
RDP = FirewallRule(
    id="rdp", title="Remote Desktop", enabled=True, direction="Inbound", action="Allow", protocol="TCP",
    local_ports=("3389",),
)  # fmt: skip


def box(name, *places, state="running", ports=()):
    endpoints = tuple(
        Endpoint(network_id=one.id, network_name=one.name, endpoint_id="e", address=address, mac_address="")
        for one, address in places
    )
    return Container(id=name * 8, name=name, state=state, endpoints=endpoints, ports=tuple(ports))


def end(container):
    return Party(PartyKind.CONTAINER, container.id)


VNICS = tuple(
    Adapter(name=f"vEthernet ({name})", physical=False, host_vnic=True, addresses=(address,))
    for name, address in (("shop", "10.5.0.1/24"), ("back", "10.6.0.1/24"))
)


def view(*containers, networks=(SHOP, BACK, LAN, TAGGED, ROUTED, SEALED), facts=None, **how):
    snapshot = with_containers(host(networks=networks, adapters=(ETHERNET, *VNICS), **how), *containers)
    known = {"services": RUNNING, "firewall_profiles": PROFILES, "firewall_rules": (RDP,)} | (facts or {})
    return HostView(Relations(with_facts(snapshot, **known)))


WEB = box("web", (SHOP, "10.5.0.7"), ports=[PortMapping(container_port=80, host_port=8080)])
API = box("api", (SHOP, "10.5.0.8"))
DB = box("db", (BACK, "10.6.0.9"))
TCP80 = Ask(Protocol.TCP, 80)


def decided(source, target, ask, seen):
    prediction = predicted(source, target, ask, seen)
    way = prediction.ways[0]
    return prediction.verdict, way.decisive.layer, way.decisive


def test_that_neighbours_reach_each_other_by_the_switch_and_the_containers_firewall():
    verdict, layer, hop = decided(end(API), end(WEB), ANY, view(WEB, API))
    assert (verdict, layer) == (Verdict.YES, Layer.FIREWALL)
    assert hop.ref == ref_of(WEB)
    layers = [one.layer for one in predicted(end(API), end(WEB), ANY, view(WEB, API)).ways[0].hops]
    assert layers == [Layer.SWITCH, Layer.FIREWALL]


@pytest.mark.parametrize(("build", "layer", "words"), [
    (20348, Layer.VLAN, "separated by VLAN"),
    (17763, Layer.NAT, "its own vSwitch"),
    (14393, Layer.NAT, "parts of the one NAT"),
])  # fmt: skip
def test_that_nat_networks_are_apart_for_a_reason_of_the_build(build, layer, words):
    verdict, found, hop = decided(end(WEB), end(DB), ANY, view(WEB, DB, build=build))
    assert (verdict, found) == (Verdict.NO, layer)
    assert words in str(hop.words)


def test_that_the_outside_comes_in_by_a_published_port_only():
    seen = view(WEB, API)
    prediction = predicted(OUTSIDE, end(WEB), TCP80, seen)
    assert [(str(way.title), way.verdict) for way in prediction.ways] == [
        ("By port 8080 of this host", Verdict.YES),
        ("By its address 10.5.0.7 on shop", Verdict.NO),
    ]
    assert predicted(OUTSIDE, end(WEB), PING, seen).verdict is Verdict.NO
    assert predicted(OUTSIDE, end(WEB), Ask(Protocol.TCP, 443), seen).verdict is Verdict.NO
    assert predicted(OUTSIDE, end(API), ANY, seen).verdict is Verdict.NO


def test_that_a_host_reaches_its_own_published_port_since_1803():
    for build, verdict in ((16299, Verdict.NO), (17134, Verdict.YES)):
        ways = predicted(HOST, end(WEB), TCP80, view(WEB, build=build)).ways
        assert {str(way.title): way.verdict for way in ways}["By localhost:8080"] is verdict


def test_that_a_container_before_1709_lets_in_published_ports_only():
    engine = host().engine.value.model_copy(update={"default_isolation": "process"})
    for isolation, verdict in (("process", Verdict.NO), ("hyperv", Verdict.YES), ("", Verdict.DEPENDS)):
        snapshot = with_containers(host(networks=(SHOP,), build=14393), WEB, API)
        engine = snapshot.engine.value.model_copy(update={"default_isolation": isolation})
        seen = HostView(Relations(snapshot.model_copy(update={"engine": fresh(engine)})))
        assert predicted(end(API), end(WEB), Ask(Protocol.TCP, 443), seen).verdict is verdict
        assert predicted(end(WEB), end(API), PING, seen).verdict is verdict
        published = predicted(end(API), end(WEB), TCP80, seen).verdict
        assert published is (Verdict.DEPENDS if not isolation else Verdict.YES)


@pytest.mark.parametrize(
    ("build", "service"), [(20348, "winnat"), (17763, "SharedAccess"), (14393, "winnat")]
)
def test_that_nat_goes_out_by_the_service_of_the_build(build, service):
    facts = {"services": [one for one in RUNNING if one.name != service]
             + [Service(name=service, status=ServiceStatus.STOPPED)]}  # fmt: skip
    verdict, layer, hop = decided(end(API), OUTSIDE, ANY, view(API, build=build, facts=facts))
    assert (verdict, layer) == (Verdict.NO, Layer.NAT)
    assert hop.ref.id == service
    assert decided(end(API), OUTSIDE, ANY, view(API, build=build))[0] is Verdict.YES


def test_that_a_nat_network_without_its_gateway_reaches_nobody_beyond():
    snapshot = with_containers(host(networks=(SHOP,)), WEB, API)
    seen = HostView(Relations(with_facts(snapshot, services=RUNNING)))
    assert predicted(end(API), end(WEB), ANY, seen).verdict is Verdict.YES
    for source, target in ((end(API), OUTSIDE), (HOST, end(API)), (OUTSIDE, end(WEB)), (end(API), HOST)):
        verdict, layer, hop = decided(source, target, ANY, seen)
        assert verdict is Verdict.NO
        assert "gateway is missing" in str(hop.words) or layer is Layer.NAT


def test_that_what_could_not_be_read_leaves_it_open():
    snapshot = with_containers(unread_host(SHOP, BACK), WEB, API, DB)
    seen = HostView(Relations(snapshot))
    assert predicted(end(API), end(WEB), ANY, seen).verdict is Verdict.YES
    assert predicted(end(API), end(DB), ANY, seen).verdict is Verdict.NO
    for source, target in ((end(API), OUTSIDE), (OUTSIDE, end(WEB)), (end(API), HOST), (OTHER_HOST, HOST)):
        assert predicted(source, target, ANY, seen).verdict is Verdict.DEPENDS


def test_that_the_hosts_firewall_decides_by_port():
    seen = view(API)
    assert decided(end(API), HOST, Ask(Protocol.TCP, 3389), seen)[2].ref == ref_of(RDP)
    for ask, verdict in ((Ask(Protocol.TCP, 3389), Verdict.YES), (Ask(Protocol.TCP, 445), Verdict.NO),
                         (PING, Verdict.NO), (ANY, Verdict.YES)):  # fmt: skip
        assert predicted(OTHER_HOST, HOST, ask, seen).verdict is verdict
    blocked = RDP.model_copy(update={"id": "no", "action": "Block"})
    some = RDP.model_copy(update={"profile": "Domain"})
    off = tuple(one.model_copy(update={"enabled": False}) for one in PROFILES)
    for facts, verdict in (
        ({"firewall_rules": (RDP, blocked)}, Verdict.NO),
        ({"firewall_rules": (some,)}, Verdict.DEPENDS),
        ({"firewall_profiles": off}, Verdict.YES),
        ({"services": [Service(name="mpssvc", status=ServiceStatus.STOPPED)]}, Verdict.YES),
    ):
        assert predicted(OTHER_HOST, HOST, Ask(Protocol.TCP, 3389), view(API, facts=facts)).verdict is verdict


def test_that_a_published_port_of_the_host_leads_on_into_the_container():
    seen = view(WEB)
    assert predicted(OTHER_HOST, HOST, Ask(Protocol.TCP, 8080), seen).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("process", "asked", "verdict"),
    [
        ("chat.exe", Ask(Protocol.TCP, 3389), Verdict.NO),
        ("svchost", Ask(Protocol.TCP, 3389), Verdict.YES),
        ("", Ask(Protocol.TCP, 3389), Verdict.NO),
        ("chat.exe", PING, Verdict.YES),
    ],
)
def test_that_a_firewall_rule_for_one_program_counts_where_that_program_answers(process, asked, verdict):
    """Windows writes such rules itself, for every program that somebody did not let through."""
    ping = RDP.model_copy(update={"id": "ping", "protocol": "ICMPv4", "local_ports": ()})
    block = RDP.model_copy(
        update={"id": "no", "action": "Block", "protocol": "Any", "local_ports": ("Any",)}
        | {"program": r"C:\Program Files\Chat\Chat.exe"}
    )
    listener = Listener(protocol="TCP", address="0.0.0.0", port=3389, process=process)
    facts = {"firewall_rules": (RDP, ping, block), "listeners": (listener,)}
    assert decided(end(API), HOST, asked, view(API, facts=facts))[0] is verdict


def test_that_a_rule_of_the_hosts_firewall_keeps_others_from_a_published_port():
    block = RDP.model_copy(update={"id": "no", "action": "Block", "local_ports": ("80", "8000-8100")})
    off = tuple(one.model_copy(update={"enabled": False}) for one in PROFILES)
    for facts, verdict in (
        ({"firewall_rules": (block,)}, Verdict.NO),
        ({"firewall_rules": (block.model_copy(update={"local_ports": ("80",)}),)}, Verdict.YES),
        ({"firewall_rules": (block.model_copy(update={"program": "app.exe"}),)}, Verdict.YES),
        ({"firewall_rules": (block.model_copy(update={"enabled": False}),)}, Verdict.YES),
        ({"firewall_rules": (block,), "firewall_profiles": off}, Verdict.YES),
    ):
        seen = view(WEB, facts=facts)
        assert predicted(OTHER_HOST, HOST, Ask(Protocol.TCP, 8080), seen).verdict is verdict
        assert predicted(OUTSIDE, end(WEB), TCP80, seen).verdict is verdict
        assert predicted(HOST, end(WEB), TCP80, seen).verdict is Verdict.YES


@pytest.mark.parametrize(("hypervisor", "verdict"), [
    (Hypervisor.NONE, Verdict.YES), (Hypervisor.HYPER_V, Verdict.DEPENDS),
    (Hypervisor.VMWARE, Verdict.DEPENDS), (Hypervisor.AZURE, Verdict.NO), (None, Verdict.DEPENDS),
])  # fmt: skip
def test_that_a_transparent_network_of_a_guest_rests_on_its_parent(hypervisor, verdict):
    printer = box("printer", (LAN, "192.168.1.9"))
    seen = view(printer, hypervisor=hypervisor, vswitches=(external_vswitch("lan", "Ethernet"),))
    assert predicted(end(printer), OTHER_HOST, ANY, seen).verdict is verdict
    assert predicted(end(printer), OUTSIDE, ANY, seen).verdict is verdict


def test_that_a_vlan_rests_on_a_trunk_and_outbound_nat_on_the_option():
    tagged, far = box("tagged", (TAGGED, "192.168.1.9")), box("far", (ROUTED, "10.77.0.9"))
    assert decided(end(tagged), OTHER_HOST, ANY, view(tagged))[1] is Layer.VLAN
    own = network("routed", "l2bridge", "10.77.0.0/24", options={ENABLE_OUTBOUND_NAT: "true"})
    unrouted = predicted(end(far), OUTSIDE, ANY, view(far)).ways[0].hops
    assert any("route back" in str(hop.words) for hop in unrouted)
    natted = predicted(end(far), OUTSIDE, ANY, view(far, networks=(own,)))
    assert Layer.NAT in {hop.layer for hop in natted.ways[0].hops}


def test_that_a_private_network_a_stopped_and_an_unconnected_container_reach_nobody():
    sealed, off, alone = (
        box("sealed", (SEALED, "10.9.0.9")),
        box("off", (SHOP, ""), state="exited"),
        box("alone"),
    )
    seen = view(sealed, off, alone, API)
    for source in (sealed, off, alone):
        for target in (end(API), HOST, OUTSIDE):
            assert predicted(end(source), target, ANY, seen).verdict is Verdict.NO
            assert predicted(target, end(source), ANY, seen).verdict is Verdict.NO
    assert "not running" in str(decided(end(off), HOST, ANY, seen)[2].words)
    assert "loopback" in str(decided(end(alone), HOST, ANY, seen)[2].words)


def test_that_an_endpoint_hns_has_detached_cuts_its_container_off():
    hns = HnsNetwork(id="H1", name=SHOP.id, type="nat")
    for state, verdict in ((HnsEndpointState.DEGRADED, Verdict.NO), (HnsEndpointState.ATTACHED, Verdict.YES)):
        endpoint = HnsEndpoint(
            id="E1", network_id="H1", address="10.5.0.7", containers=(WEB.id,), state=state
        )  # fmt: skip
        seen = view(WEB, API, facts={"hns_networks": (hns,), "hns_endpoints": (endpoint,)})
        found = predicted(end(API), end(WEB), ANY, seen)
        assert found.verdict is verdict
    assert "restart of the container" not in str(found.ways[0].decisive.words)


def test_that_port_acls_of_hns_close_or_leave_it_open():
    hns = HnsNetwork(id="H1", name=SHOP.id, type="nat")

    def seen(*policies):
        endpoint = HnsEndpoint(
            id="E1", network_id="H1", address="10.5.0.7", containers=(WEB.id,), policies=policies
        )
        return view(WEB, API, facts={"hns_networks": (hns,), "hns_endpoints": (endpoint,)})

    def acl(action, **settings):
        return HnsPolicy(kind="ACL", settings={"Action": action, "Direction": "In", **settings})

    assert predicted(end(API), end(WEB), ANY, seen(acl("Block"))).verdict is Verdict.NO
    some = predicted(end(API), end(WEB), ANY, seen(acl("Block", LocalPorts="80"), acl("Allow")))
    assert some.verdict is Verdict.DEPENDS
    assert predicted(end(API), end(WEB), ANY, seen(acl("Allow"))).verdict is Verdict.YES


def test_that_a_matrix_has_each_ordered_pair_once():
    ends = [end(WEB), end(DB), HOST, OUTSIDE, HOST]
    found = matrix(ends, ANY, view(WEB, DB))
    assert len(found) == 4 * 3


def test_that_a_container_that_is_gone_is_told():
    assert "gone" in str(decided(Party(PartyKind.CONTAINER, "x"), HOST, ANY, view(WEB))[2].words)


def test_that_linux_engines_have_their_own_rules():
    one, two, mac = (network("one", "bridge"), network("two", "bridge"), network("mac", "macvlan"))
    inside = network("inside", "bridge", internal=True)
    a, b, c = box("a", (one, "172.18.0.2")), box("b", (one, "172.18.0.3")), box("c", (two, "172.19.0.2"))
    d, e = box("d", (mac, "192.168.1.8")), box("e", (inside, "172.20.0.2"))
    seen = HostView(Relations(with_containers(linux_host(one, two, mac, inside), a, b, c, d, e)))
    for source, target, verdict in (
        (end(a), end(b), Verdict.YES), (end(a), end(c), Verdict.NO), (end(a), OUTSIDE, Verdict.YES),
        (HOST, end(a), Verdict.YES), (HOST, end(d), Verdict.NO), (end(d), HOST, Verdict.NO),
        (end(e), OUTSIDE, Verdict.NO), (OUTSIDE, end(a), Verdict.NO), (OTHER_HOST, end(d), Verdict.DEPENDS),
    ):  # fmt: skip
        assert predicted(source, target, ANY, seen).verdict is verdict


def test_that_the_best_thing_to_try_is_put_in():
    seen = view(WEB, API, DB)
    tried = {name: trial(source, target, ask, seen) for name, source, target, ask in (
        ("neighbour", end(API), end(WEB), ANY), ("ping", end(API), end(WEB), PING),
        ("port", end(DB), end(WEB), TCP80), ("outside", end(API), OUTSIDE, ANY),
        ("other", end(API), OTHER_HOST, PING),
    )}  # fmt: skip
    assert (tried["neighbour"].address, tried["neighbour"].port) == ("10.5.0.7", 80)
    assert (tried["ping"].address, tried["ping"].port) == ("10.5.0.7", 0)
    assert (tried["port"].address, tried["port"].port) == ("192.168.1.10", 8080)
    assert (tried["outside"].address, tried["outside"].port) == ("www.example.com", 80)
    assert (tried["other"].address, tried["other"].port) == (ETHERNET.gateways[0], 0)


@pytest.mark.parametrize(("source", "target", "reach", "agreement"), [
    (API, WEB, Reach.CONNECTED, Agreement.AGREES), (API, WEB, Reach.REFUSED, Agreement.AGREES),
    (API, WEB, Reach.NO_ANSWER, Agreement.DIFFERS), (API, DB, Reach.NO_ANSWER, Agreement.AGREES),
    (API, DB, Reach.CONNECTED, Agreement.DIFFERS), (API, WEB, Reach.UNKNOWN_NAME, Agreement.SETTLED),
    (DB, WEB, Reach.CONNECTED, Agreement.SETTLED),
])  # fmt: skip
def test_that_what_came_is_held_against_what_was_predicted(source, target, reach, agreement):
    prediction = predicted(end(source), end(target), ANY, view(WEB, API, DB))
    assert compared(prediction, reach)[0] is agreement
