"""Which addresses endpoints get, and what the engine shows of them (reference, 0.7, 1.4, 7)."""

import ipaddress

import pytest

from tests.demo.conftest import PREFIX, refusal, subnet


def endpoint(engine, container, network):
    return engine.api.inspect_container(container)["NetworkSettings"]["Networks"][network]


@pytest.mark.parametrize(
    ("prefix", "shown"), [("10.5.0.0/23", 8), ("172.20.0.0/20", 16), ("192.168.48.0/20", 24)]
)
def test_that_the_prefix_length_shown_is_the_classful_one(engine, prefix, shown):
    gateway = str(ipaddress.ip_network(prefix)[1])
    engine.create_network("mine", "nat", IPAM=subnet(prefix, gateway))
    engine.run("web", "mine")
    got = endpoint(engine, "web", "mine")
    assert got["IPPrefixLen"] == shown
    assert got["Gateway"] == gateway
    assert ipaddress.ip_address(got["IPAddress"]) in ipaddress.ip_network(prefix)
    assert got["MacAddress"].startswith("00:15:5d:")
    assert f"/{shown}" in str(engine.network("mine")["Containers"])


def test_that_a_wanted_address_is_shown_with_the_pools_length(engine):
    options = {PREFIX + "interface": "Ethernet 2"}
    ipam = subnet("10.123.174.0/23", "10.123.174.1")
    engine.create_network("mine", "transparent", IPAM=ipam, Options=options)
    engine.run("web", "mine", address="10.123.174.105")
    got = endpoint(engine, "web", "mine")
    assert (got["IPAddress"], got["IPPrefixLen"]) == ("10.123.174.105", 23)
    assert got["IPAMConfig"] == {"IPv4Address": "10.123.174.105"}


def test_that_addresses_are_neither_given_twice_nor_in_order(engine):
    engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/27", "10.5.0.1"))
    for number in range(29):
        engine.run(f"web-{number}", "mine")
    got = [endpoint(engine, f"web-{number}", "mine") for number in range(29)]
    addresses = [int(ipaddress.ip_address(one["IPAddress"])) for one in got]
    assert len(set(addresses)) == 29
    assert addresses != sorted(addresses)
    assert len({one["MacAddress"] for one in got}) == 29
    assert len({one["MacAddress"][:13] for one in got}) == 1
    assert "0x803b002f" in refusal(engine.run, "one-too-many", "mine")[1]
    engine.api.stop("web-3")
    engine.run("fits-again", "mine")
    assert endpoint(engine, "fits-again", "mine")["IPAddress"] == got[3]["IPAddress"]


def test_that_an_address_outside_of_every_subnet_is_refused(engine):
    refused = refusal(engine.run, "web", "nat", address="10.99.0.1")
    assert refused == (400, "invalid endpoint settings:\nno configured subnet contains IP address 10.99.0.1")


def test_that_hns_refuses_it_where_the_engine_does_not_check(serving):
    engine = serving(os_build=14393)
    status, message = refusal(engine.run, "web", "nat", address="10.99.0.1")
    assert status == 500
    assert message.startswith("failed to create endpoint web on network nat: hnsCall failed in Win32: ")
    assert message.endswith("(0x803b001e)")


def test_that_an_address_is_held_once(engine):
    engine.create_network("mine", "nat", IPAM=subnet("10.5.0.0/24", "10.5.0.1"))
    engine.run("one", "mine", address="10.5.0.7")
    assert "0x803b002f" in refusal(engine.run, "two", "mine", address="10.5.0.7")[1]


def test_that_a_dhcp_address_is_seen_in_the_container_only(engine):
    engine.create_network("lan", "transparent")
    engine.run("web", "lan")
    got = endpoint(engine, "web", "lan")
    assert (got["IPAddress"], got["Gateway"]) == ("", "")
    assert got["EndpointID"]
    (member,) = engine.network("lan")["Containers"].values()
    assert member["IPv4Address"] == ""
    output, _ = engine.execute("web", "ipconfig")
    assert "IPv4 Address. . . . . . . . . . . : 192.168.1." in output
    assert "Default Gateway . . . . . . . . . : 192.168.1.1" in output


def test_that_azure_gives_no_address_to_a_transparent_network(serving):
    engine = serving(scenario="azure-vm")
    engine.create_network("lan", "transparent")
    engine.run("web", "lan")
    assert "Autoconfiguration IPv4 Address. . : 169.254." in engine.execute("web", "ipconfig")[0]
    ipam = subnet("10.1.1.0/24", "10.1.1.1")
    engine.create_network("tunnel", "l2tunnel", IPAM=ipam, Options={PREFIX + "interface": "Ethernet 2"})


@pytest.mark.parametrize(
    ("bindings", "message"),
    [
        ({"80/tcp": [{"HostPort": "3389"}]}, "because it is being used by another process. (0x20)"),
        ({"80/tcp": [{"HostPort": "8080"}]}, "The specified port already exists. (0x803b0013)"),
        ({"80/sctp": [{"HostPort": "81"}]}, "invalid protocol sctp"),
        (
            {"80/tcp": [{"HostPort": "81-90"}]},
            "Windows does not support more than one host port in NAT settings",
        ),
        (
            {"80/tcp": [{"HostPort": "81", "HostIp": "127.0.0.1"}]},
            "Windows does not support host IP addresses in NAT settings",
        ),
    ],
)
def test_that_a_port_that_can_not_be_published_is_refused(engine, bindings, message):
    engine.run("first", PortBindings={"80/tcp": [{"HostPort": "8080"}]})
    _, said = refusal(engine.run, "second", PortBindings=bindings)
    assert said.startswith("failed to create endpoint second on network nat: ")
    assert said.endswith(message)
    # A start that failed holds nothing.
    assert engine.api.inspect_container("second")["State"]["Status"] == "created"
    assert len(engine.network("nat")["Containers"]) == 1
    engine.api.stop("first")
    if "8080" in str(bindings):
        engine.api.start("second")


def test_that_the_engine_itself_hands_out_ports_on_l2bridge(engine):
    ipam = subnet("192.168.1.0/24", "192.168.1.1")
    engine.create_network("pods", "l2bridge", IPAM=ipam)
    engine.run("one", "pods", PortBindings={"80/tcp": [{"HostPort": "80"}], "81/tcp": [{}]})
    published = {port["PrivatePort"]: port["PublicPort"] for port in engine.api.containers()[0]["Ports"]}
    assert published == {80: 80, 81: 60000}
    _, said = refusal(engine.run, "two", "pods", PortBindings={"80/tcp": [{"HostPort": "80"}]})
    assert said.endswith("Bind for 0.0.0.0:80 failed: port is already allocated")


def test_that_an_internal_network_publishes_nothing(engine):
    engine.create_network("inside", "nat", Internal=True)
    engine.run("web", "inside", PortBindings={"80/tcp": [{"HostPort": "8080"}]})
    assert engine.api.containers()[0]["Ports"] == []
