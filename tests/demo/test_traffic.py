"""What programs inside of containers say of the traffic that the practice host simulates."""

import pytest

from console.backend.powershell.documents import trial_of
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.surroundings import OUTSIDE_ADDRESS
from console.demo.traffic import Fate, Packet, Traffic
from console.domain.probes.probe import Reach
from tests.demo.conftest import facts, subnet

WRITTEN = "%{time_connect} %{remote_ip}"


def curl(engine, container, url):
    words = ("curl", "-s", "-o", "NUL", "--connect-timeout", "3", "-m", "6", "-w", WRITTEN, url)
    return engine.execute(container, *words)


def net_connection(engine, container, *words):
    output, _ = engine.execute(container, "powershell", "-Command", "Test-NetConnection", *words)
    pairs = (line.partition(":") for line in output.splitlines() if " : " in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def web(engine, name, network="nat", **host_config):
    """A web server: the image's own process, which listens on port 80."""
    body = {"Image": "iis", "HostConfig": {"NetworkMode": network, **host_config}}
    made = engine.post("/containers/create", body, name=name)["Id"]
    engine.api.start(made)
    return engine.api.inspect_container(made)["NetworkSettings"]["Networks"][network]["IPAddress"]


def test_that_curl_ends_with_the_code_of_what_happened(engine):
    address = web(engine, "web")
    engine.run("asker")
    engine.create_network("sealed", "private", IPAM=subnet("10.77.0.0/24", "10.77.0.1"))
    engine.run("sealed-one", "sealed")
    engine.create_network("other", "nat")
    engine.run("stranger", "other")
    assert curl(engine, "asker", "http://web/") == (f"0.000843 {address}", 0)
    assert curl(engine, "asker", f"http://{address}:81/") == ("0.000000 ", 7)
    assert curl(engine, "stranger", f"http://{address}/") == ("0.000000 ", 28)
    assert curl(engine, "stranger", "http://web/") == ("0.000000 ", 6)
    assert curl(engine, "sealed-one", f"http://{OUTSIDE_ADDRESS}/") == ("0.000000 ", 28)


def test_that_test_netconnection_pings_where_the_port_does_not_answer(engine):
    address = web(engine, "web")
    engine.run("asker")
    open_port = net_connection(engine, "asker", "-ComputerName", "web", "-Port", "80")
    assert (open_port["RemoteAddress"], open_port["TcpTestSucceeded"]) == (address, "True")
    assert "PingSucceeded" not in open_port
    closed = net_connection(engine, "asker", "web", "-Port", "81")
    assert (closed["TcpTestSucceeded"], closed["PingSucceeded"]) == ("False", "True")
    unknown = net_connection(engine, "asker", "nobody")
    assert (unknown["RemoteAddress"], unknown["PingSucceeded"]) == ("", "False")


@pytest.mark.parametrize("build", [17763, 20348])
def test_that_stopping_nat_cuts_its_containers_off(serving, build):
    engine = serving(os_build=build)
    engine.run("asker")
    assert engine.execute("asker", "ping", OUTSIDE_ADDRESS)[1] == 0
    name = "SharedAccess" if build == 17763 else "winnat"
    with engine.host.lock:
        engine.host.services.stop(engine.host.services.find(name))
    assert engine.execute("asker", "ping", OUTSIDE_ADDRESS)[1] == 1


def test_that_names_outside_are_known_where_the_engine_asks_for_them(serving):
    for build, found in ((17763, False), (20348, True)):
        engine = serving(os_build=build)
        engine.run("asker")
        output, _ = engine.execute("asker", "nslookup", "www.example.com")
        assert (OUTSIDE_ADDRESS in output) is found


def test_that_a_container_without_a_network_has_no_route(engine):
    engine.run("alone", "none")
    output, code = engine.execute("alone", "ping", "10.1.2.3")
    assert code == 1
    assert "General failure" in output
    assert engine.execute("alone", "ping", "127.0.0.1")[1] == 0


def test_that_vfp_forwards_and_nothing_else_does_it(engine):
    ipam = subnet("192.168.1.0/24", "192.168.1.1")
    engine.create_network("bridged", "l2bridge", IPAM=ipam)
    engine.run("one", "bridged", address="192.168.1.50")
    engine.run("two", "bridged", address="192.168.1.51")
    assert engine.execute("one", "ping", "192.168.1.51")[1] == 0
    with engine.host.lock:
        engine.host.services.stop(engine.host.services.find("vfpext"))
    assert engine.execute("one", "ping", "192.168.1.51")[1] == 1


@pytest.mark.parametrize(("address", "port", "reach"), [
    ("192.168.1.10", 3389, Reach.CONNECTED), ("192.168.1.1", 0, Reach.CONNECTED),
    ("192.168.1.1", 81, Reach.REFUSED), ("localhost", 8080, Reach.CONNECTED),
    ("10.77.0.9", 0, Reach.NO_ANSWER), ("nobody", 80, Reach.UNKNOWN_NAME),
    ("www.example.com", 443, Reach.CONNECTED),
])  # fmt: skip
def test_that_the_host_itself_tells_what_it_reaches(address, port, reach):
    scripts = PracticeScripts(PracticeHost.create(scenario="default"))
    found = trial_of(scripts.answer("test-host-connection", {"Address": address, "Port": port}))
    assert found.reach is reach
    assert bool(found.address) is (reach is not Reach.UNKNOWN_NAME)


@pytest.mark.parametrize("build", [14393, 20348])
def test_that_a_rule_of_the_hosts_firewall_keeps_the_outside_from_a_published_port(build):
    host = PracticeHost.create(scenario="firewall-blocks-port", os_build=build)
    address = host.adapter("Ethernet").addresses[0].partition("/")[0]
    published = Packet("tcp", address, 8080)
    (rule,) = [one for one in host.state.windows.firewall_rules if one.action == "Block"]
    with host.lock:
        assert Traffic(host).from_outside(published) is Fate.LOST
        rule.program = r"C:\Program Files\App\app.exe"
        assert Traffic(host).from_outside(published) is Fate.ANSWERED
        rule.program, rule.ports = "Any", ["80", "9000-9100"]
        assert Traffic(host).from_outside(published) is Fate.ANSWERED


def test_that_hns_says_of_endpoints_by_driver_whether_docker_resolves_there():
    host = PracticeHost.create(scenario="crowded", os_build=20348)
    kinds = {one.id.casefold(): one.type.casefold() for one in facts(host).hns_networks.value}
    told = {
        (kinds[one.network_id.casefold()], one.internal_dns, one.gateway in one.dns_servers)
        for one in facts(host).hns_endpoints.value
        if one.network_id.casefold() in kinds and one.containers
    }
    assert {("nat", True, True), ("transparent", False, False), ("l2bridge", False, False)} <= told
    assert {internal for kind, internal, _ in told if kind in ("transparent", "l2bridge")} == {False}
    assert {internal for kind, internal, _ in told if kind in ("nat", "overlay")} == {True}
