"""What the console predicts, held against what happens on practice hosts, whose switches, NAT, firewall
and resolvers are simulated without any of the rules of the predictions.
"""

import asyncio
from collections import Counter
from contextlib import asynccontextmanager

import pytest

from console.backend.journal import Journal
from console.backend.live_test import first_answer
from console.demo.attachments import endpoint_settings
from console.demo.builds import BUILDS
from console.demo.network_creation import drivers
from console.demo.refusal import Refusal
from console.demo.scenarios import steps
from console.demo.scenarios.registry import scenarios
from console.demo.surroundings import OUTSIDE_ADDRESS, links
from console.demo.traffic import Fate, Packet, Traffic
from console.demo.windows_setup import ExclusionRecord, ListenerRecord
from console.demo.windows_state import FirewallRuleRecord
from console.demo.wires import all_ports
from console.domain.discovery.comparison import compared_name
from console.domain.discovery.names import NameKind, known_names
from console.domain.discovery.prediction import predicted_name
from console.domain.drivers.options import VLAN_ID
from console.domain.port_finder import PortTable
from console.domain.probes.lookup import lookup_attempts
from console.domain.reachability.model import (
    ANY,
    HOST,
    OTHER_HOST,
    OUTSIDE,
    PING,
    Ask,
    Party,
    PartyKind,
    Protocol,
)
from console.domain.reachability.predict import matrix
from console.domain.reachability.view import HostView
from console.domain.relations import Relations
from console.domain.verdict import Agreement, Verdict
from console.startup import practice_session


@asynccontextmanager
async def practice(folder, **how):
    journal = Journal(folder / "journal.sqlite3")
    session = practice_session(journal, **how)
    try:
        yield session
    finally:
        await session.close()
        journal.close()


@pytest.mark.parametrize("build", sorted(BUILDS))
def test_that_names_resolve_where_and_as_they_are_predicted_to(tmp_path, build):
    async def compare():
        async with practice(tmp_path, scenario="crowded", os_build=build) as session:
            host = session.server.host
            with host.lock:
                steps.run(host, "twin", "nanoserver", network="backend", aliases=("db",))
            relations = Relations(await session.service.observe())
            names = known_names(relations)
            asked = [one.name for one in names if one.kind is not NameKind.SHORT_ID]
            wrong, verdicts = [], set()
            for asker in relations.snapshot.containers.value:
                for name in [*asked, asker.id[:12], "www.example.com", "nobody"] if asker.running else ():
                    predicted = predicted_name(name, asker, names, relations)
                    tried = await first_answer(session.service, asker.id, lookup_attempts(name, windows=True))
                    if compared_name(predicted, tried.value)[0] is Agreement.DIFFERS:
                        wrong.append((asker.name, name, predicted, tried.value))
                    verdicts.add(predicted.verdict)
            return wrong, verdicts

    wrong, verdicts = asyncio.run(compare())
    assert not wrong
    assert {"yes", "no"} <= verdicts


# Reachability

PRESENT = Fate.ANSWERED, Fate.REFUSED


def got_through(host, source, target, ask, relations):
    """Whether anything of ``ask`` gets from one end to the other, by any address or published port."""
    view = HostView(relations)
    traffic = Traffic(host)
    if ask.protocol is Protocol.ANY:
        ports = {80, 445, 3389, 12345} | {one for ends in (source, target) for one in exposed(view, ends)}
        return any(got_through(host, source, target, Ask(Protocol.TCP, port), relations) for port in ports)
    protocol = "icmp" if ask.protocol is Protocol.ICMP else "tcp"
    straight = [Packet(protocol, address, ask.port) for address in addresses(host, target)]
    if any(sent(host, traffic, source, packet) in PRESENT for packet in straight):
        return True
    if not target.container or protocol != "tcp":
        return False
    entries = [*addresses(host, HOST), *(["127.0.0.1"] if source == HOST else [])]
    mapped = [
        Packet("tcp", address, mapping.host_port)
        for mapping, _ref in view.published(view.containers[target.container])
        if mapping.container_port == ask.port
        for address in entries
    ]
    # All that publish a port listen behind it: a refusal comes from the host, which has no such mapping.
    return any(sent(host, traffic, source, packet) is Fate.ANSWERED for packet in mapped)


def exposed(view, party):
    container = view.containers.get(party.container)
    return {mapping.container_port for mapping in container.ports} if container else set()


def addresses(host, party):
    if party.container:
        container = host.containers.find(party.container)
        owner = host.containers.network_owner(container) or container
        return [endpoint.lease for endpoint in owner.endpoints.values() if endpoint.lease]
    if party == HOST:
        return [port.address for port in all_ports(host) if port.container is None]
    if party == OUTSIDE:
        return [OUTSIDE_ADDRESS]
    return [link.machine for link in links(host.state.adapters) if link.machine]


def sent(host, traffic, source, packet):
    if source.container:
        return traffic.from_container(host.containers.find(source.container), packet)
    if source == HOST:
        return traffic.from_host(packet)
    if source == OUTSIDE:
        return traffic.from_outside(packet)
    fates = [traffic.from_machine(link, packet) for link in links(host.state.adapters) if link.machine]
    return next((fate for fate in fates if fate in PRESENT), Fate.LOST)


ASKS = (ANY, PING, Ask(Protocol.TCP, 80), Ask(Protocol.TCP, 3389), Ask(Protocol.TCP, 8080))


def compared(host, relations):
    """Every pair of ends whose prediction is contradicted, and how often each verdict was given."""
    view = HostView(relations)
    parties = [*(Party(PartyKind.CONTAINER, one) for one in view.containers), HOST, OTHER_HOST, OUTSIDE]
    wrong, verdicts = [], Counter()
    for ask in ASKS:
        for (source, target), prediction in matrix(parties, ask, view).items():
            verdicts[prediction.verdict] += 1
            if {source, target} == {OTHER_HOST, OUTSIDE} or prediction.verdict is Verdict.DEPENDS:
                continue
            came = got_through(host, source, target, ask, relations)
            if came is not (prediction.verdict is Verdict.YES):
                names = [view.containers[one.container].name if one.container else one.kind.value
                         for one in (source, target)]  # fmt: skip
                told = [f"{way.title}: {way.verdict} {way.decisive.words}" for way in prediction.ways]
                wrong.append((*names, ask.protocol.value, ask.port, came, told))
    return wrong, verdicts


def more_networks(host):
    """What the busy host lacks: a container without a network, one in another's compartment, DHCP."""
    steps.run(host, "alone", "nanoserver", network="none")
    steps.run(host, "two-nats", "iis", network="backend")
    if host.build.hot_adds_endpoints and host.build.server:
        twin = host.containers.find("two-nats")
        host.attachments.connect("frontend", twin, endpoint_settings(None))
    if host.build.server:
        steps.run(host, "sidecar", "nanoserver", network="container:web")
    if "private" in drivers(host):
        for name in ("one", "two"):
            steps.run(host, f"sealed-{name}", "iis", network="sealed")
            steps.run(host, f"lab-{name}", "iis", network="lab")
    if host.build.server:
        steps.network(host, "mesh-2", "overlay", attachable=True)
        steps.run(host, "agent-2", "iis", network="mesh", ports={"80/tcp": 8091})
        steps.run(host, "agent-3", "iis", network="mesh-2")
    else:
        steps.network(host, "dhcp", "transparent", interface="Ethernet")
        for name in ("one", "two"):
            steps.run(host, f"dhcp-{name}", "iis", network="dhcp")


def bridged_networks(host):
    """Bridged networks in and out of the host's subnets, with and without VLAN, outbound NAT and ports."""
    wires = (("Ethernet", "192.168.1.0/24", "192.168.1.1"), ("Ethernet 2", "10.123.174.0/23", "10.123.174.1"))
    for adapter, subnet, gateway in wires:
        driver = "transparent" if adapter == "Ethernet" else "l2bridge"
        steps.network(host, driver, driver, subnet=subnet, gateway=gateway, interface=adapter)
        for name in ("one", "two"):
            ports = {"80/tcp": 8070} if (driver, name) == ("l2bridge", "one") else None
            steps.run(host, f"{driver}-{name}", "iis", network=driver, ports=ports)
    vlan = {VLAN_ID: "12"}
    steps.network(
        host, "tagged", "transparent", subnet="10.200.0.0/24", gateway="10.200.0.1", interface="Ethernet 3",
        options=vlan,
    )  # fmt: skip
    steps.run(host, "tagged-one", "iis", network="tagged")
    steps.run(host, "natted", "iis", network="nat", ports={"80/tcp": 8071})


def far_bridge(host):
    """An l2bridge network with a subnet of its own, and what Windows stops or opens."""
    steps.network(
        host, "far", "l2bridge", subnet="10.77.0.0/24", gateway="10.77.0.1", interface="Ethernet 2"
    )  # fmt: skip
    steps.run(host, "far-one", "iis", network="far")
    steps.run(host, "natted", "iis", network="nat", ports={"80/tcp": 8071})
    rule = FirewallRuleRecord(id="ping", title="Ping", group="", protocol="ICMPv4", ports=[])
    host.state.windows.firewall_rules.append(rule)


def stopped(*names):
    """The bridged networks, on a host on which some services do not run."""

    def prepare(host):
        bridged_networks(host)
        for name in names:
            host.services.stop(host.services.find(name))

    return prepare


async def _compared(folder, prepare, **how):
    async with practice(folder, **how) as session:
        host = session.server.host
        with host.lock:
            prepare(host)
        relations = Relations(await session.service.observe())
        with host.lock:
            return compared(host, relations)


@pytest.mark.parametrize("build", sorted(BUILDS))
def test_that_traffic_goes_where_it_is_predicted_to(tmp_path, build):
    wrong, verdicts = asyncio.run(_compared(tmp_path, more_networks, scenario="crowded", os_build=build))
    assert "\n".join(map(str, wrong)) == ""
    assert min(verdicts[Verdict.YES], verdicts[Verdict.NO]) > 50


@pytest.mark.parametrize("build", [14393, 17763, 20348])
@pytest.mark.parametrize(
    "prepare",
    [
        bridged_networks,
        far_bridge,
        stopped("winnat"),
        stopped("SharedAccess"),
        stopped("mpssvc"),
        stopped("vfpext"),
    ],
    ids=["bridged", "far", "no-winnat", "no-sharing", "no-firewall", "no-vfp"],
)
def test_that_traffic_on_bridged_networks_goes_where_it_is_predicted_to(tmp_path, build, prepare):
    wrong, verdicts = asyncio.run(_compared(tmp_path, prepare, scenario="empty", os_build=build))
    assert "\n".join(map(str, wrong)) == ""
    assert verdicts[Verdict.YES]
    assert verdicts[Verdict.NO]


NOT_COMPARED = {"large", "crowded", "engine-access-denied", "engine-not-running", "services-stopped"}
"""Too large for every pair, compared above, or with an engine that answers nobody."""


@pytest.mark.parametrize("scenario", sorted(scenarios().keys() - NOT_COMPARED))
def test_that_traffic_of_every_scenario_goes_where_it_is_predicted_to(tmp_path, scenario):
    wrong, _ = asyncio.run(_compared(tmp_path, lambda _host: None, scenario=scenario))
    assert "\n".join(map(str, wrong)) == ""


# Ports


def held_ports(host):
    """Ports held in every way: published, listened on, excluded by Windows and by somebody."""
    steps.run(host, "first", "iis", ports={"80/tcp": 8080})
    ports = host.state.windows.ports
    ports.listeners.append(ListenerRecord(protocol="TCP", port=8090, process_id=4))
    ports.exclusions += [
        ExclusionRecord(protocol="TCP", first=8100, last=8110),
        ExclusionRecord(protocol="TCP", first=8120, last=8130, administered=True),
    ]


@pytest.mark.parametrize("build", [14393, 17763, 20348])
def test_that_a_port_can_be_published_exactly_where_it_is_said_to_be_free(tmp_path, build):
    async def compare():
        async with practice(tmp_path, scenario="empty", os_build=build) as session:
            host = session.server.host
            with host.lock:
                held_ports(host)
            table = PortTable(Relations(await session.service.observe()))
            wrong = []
            suggested = [
                one for port in (8080, 8089, 8099, 60000) for one in table.ask(port, "tcp").suggestions
            ]
            for port in {445, 3389, 8080, 8090, 8100, 8105, 8110, 8111, 8125, 8131, 50000, *suggested}:
                with host.lock:
                    try:
                        steps.run(host, f"try-{port}", "iis", ports={"80/tcp": port})
                    except Refusal:
                        published = False
                    else:
                        published = True
                if published is (table.ask(port, "tcp").free is Verdict.NO):
                    wrong.append((port, published))
            return wrong

    assert asyncio.run(compare()) == []
