"""Who holds a port, which is free next, and what stays open where something could not be read."""

from itertools import chain, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.host_inventory import NatMapping
from console.domain.host_ports import DynamicPorts, Listener, PortExclusion
from console.domain.object_ref import ref_of
from console.domain.port_finder import LAST_PORT, HoldKind, PortTable
from console.domain.relations import Relations
from console.domain.sections import fresh
from console.domain.snapshot import Container, PortMapping, SwarmFacts
from console.domain.swarm.objects import ServicePort, SwarmService
from console.domain.verdict import Verdict
from tests.domain.hosts import host, linux_host, unread_host
from tests.domain.whole_hosts import with_containers, with_facts

WEB = Container(
    id="w" * 64, name="web", state="running",
    ports=(PortMapping(container_port=80, host_port=8080), PortMapping(container_port=53, protocol="udp")),
)  # fmt: skip
SQL = Listener(protocol="TCP", address="0.0.0.0", port=1433, process_id=1200, process="sqlservr.exe")
LOCAL = Listener(protocol="TCP", address="127.0.0.1", port=9090, process_id=7, process="agent.exe")
NAMES = Listener(
    protocol="UDP", address="::", port=5353, process_id=9, process="svchost.exe", services=("Dnscache",)
)
WINDOWS = PortExclusion(protocol="tcp", first=8081, last=8090)
KEPT = PortExclusion(protocol="tcp", first=8091, last=8099, administered=True)
DYNAMIC = DynamicPorts(protocol="TCP", first=49152, count=16384)
STATIC = NatMapping(
    nat="NAT1", protocol="TCP", external_port=9000, internal_address="10.5.0.7", internal_port=80
)


def table(*containers, listeners=(SQL, LOCAL, NAMES), exclusions=(WINDOWS, KEPT), dynamic=(DYNAMIC,),
          mappings=(STATIC,), swarm=()):  # fmt: skip
    snapshot = with_containers(host(), *containers)
    snapshot = with_facts(
        snapshot,
        listeners=listeners,
        port_exclusions=exclusions,
        dynamic_ports=dynamic,
        nat_mappings=mappings,
    )
    return PortTable(
        Relations(snapshot.model_copy(update={"swarm": SwarmFacts(services=fresh(tuple(swarm)))}))
    )


@pytest.mark.parametrize(("port", "protocol", "free", "kind"), [
    (8080, "tcp", Verdict.NO, HoldKind.PUBLISHED),
    (8080, "udp", Verdict.YES, None),
    (53, "udp", Verdict.YES, None),  # only exposed
    (1433, "tcp", Verdict.NO, HoldKind.LISTENER),
    (9090, "tcp", Verdict.DEPENDS, HoldKind.LISTENER),
    (5353, "udp", Verdict.NO, HoldKind.LISTENER),
    (8085, "tcp", Verdict.NO, HoldKind.EXCLUDED),
    (8099, "tcp", Verdict.NO, HoldKind.ADMINISTERED),
    (9000, "tcp", Verdict.NO, HoldKind.NAT_MAPPING),
    (50000, "tcp", Verdict.DEPENDS, HoldKind.DYNAMIC),
    (8100, "tcp", Verdict.YES, None),
])  # fmt: skip
def test_that_a_port_is_told_by_what_holds_it(port, protocol, free, kind):
    answer = table(WEB).ask(port, protocol)
    assert answer.free is free
    assert [hold.kind for hold in answer.holds] == ([kind] if kind else [])
    assert str(answer.reason)


def test_that_the_next_free_port_is_beyond_what_holds_the_ones_between():
    answer = table(WEB).ask(8080, "tcp")
    assert answer.suggestions == (8100, 8101, 8102, 8103, 8104)
    assert [hold.kind for hold in answer.skipped] == [HoldKind.EXCLUDED, HoldKind.ADMINISTERED]
    assert "delete excludedportrange" in str(answer.skipped[1].words)


def test_that_a_published_port_leads_to_its_container_and_a_listener_tells_its_process():
    held = table(WEB).ask(8080, "tcp").holds[0]
    assert (held.ref, held.holder) == (ref_of(WEB), "web")
    assert table().ask(1433, "tcp").holds[0].process_id == 1200
    assert "Dnscache" in str(table().ask(5353, "udp").reason)


def test_that_well_known_and_dynamic_ports_are_not_offered():
    assert table().ask(80, "tcp").suggestions[0] == 1024
    assert table(dynamic=(DynamicPorts(protocol="TCP", first=1025, count=64511),)).ask(
        49152, "tcp"
    ).suggestions == (1024,)
    assert table().ask(60000, "tcp").suggestions[0] == 1024


def test_that_a_port_of_the_swarms_ingress_is_taken_on_every_node():
    service = SwarmService(id="s", name="shop", ports=(ServicePort(target=80, published=8200),))
    on_its_node = ServicePort(target=80, published=8300, mode="host")
    other = SwarmService(id="o", name="other", ports=(on_its_node,))
    found = table(swarm=(service, other))
    assert found.ask(8200, "tcp").holds[0].kind is HoldKind.SERVICE
    assert found.ask(8300, "tcp").free is Verdict.YES


def test_that_what_could_not_be_read_leaves_a_free_port_open():
    found = PortTable(Relations(with_containers(unread_host(), WEB)))
    assert set(found.unread) == {"listeners", "port_exclusions", "nat_mappings"}
    assert found.ask(8100, "tcp").free is Verdict.DEPENDS
    assert found.ask(8080, "tcp").free is Verdict.NO
    assert PortTable(Relations(linux_host())).unread == ("listeners",)


RANGES = st.lists(st.tuples(st.integers(1, LAST_PORT), st.integers(0, 4000)), max_size=12)


@given(RANGES, st.integers(1, LAST_PORT))
def test_that_a_suggestion_is_held_by_nothing_and_is_the_next(ranges, port):
    exclusions = tuple(
        PortExclusion(protocol="tcp", first=first, last=min(LAST_PORT, first + length))
        for first, length in ranges
    )
    found = table(listeners=(), exclusions=exclusions, dynamic=(), mappings=())
    answer = found.ask(port, "tcp")
    held = {number for one in exclusions for number in range(one.first, one.last + 1)}
    start = max(port + 1, 1024)
    numbers = chain(range(start, LAST_PORT + 1), range(1024, start))
    free = list(islice((number for number in numbers if number != port and number not in held), 5))
    assert answer.suggestions == tuple(free)
    assert (answer.free is Verdict.NO) is (port in held)
