"""Names and reach inside containers (reference, 2.8, 3.1, 3.3)."""

import pytest

from tests.demo.conftest import PREFIX, subnet

LOOKUPS = [
    ("nslookup", "{}"),
    ("powershell", "-Command", "Resolve-DnsName {}"),
    ("cmd", "/c", "ping -n 1 {}"),
]


def look_up(engine, lookup, name):
    return engine.execute("asker", *(word.format(name) for word in lookup))


def address_of(engine, container, network):
    return engine.api.inspect_container(container)["NetworkSettings"]["Networks"][network]["IPAddress"]


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("name", ["web", "WEB", "www"])
@pytest.mark.parametrize("driver", ["nat", "overlay"])
def test_that_names_and_aliases_resolve_on_nat_and_overlay(engine, driver, name, lookup):
    if driver == "overlay":
        engine.api.init_swarm()
    engine.create_network("mine", driver, Attachable=True)
    engine.run("web", "mine", aliases=["www"])
    engine.run("asker", "mine")
    output, code = look_up(engine, lookup, name)
    assert code == 0
    assert address_of(engine, "web", "mine") in output


@pytest.mark.parametrize("lookup", LOOKUPS)
@pytest.mark.parametrize("driver", ["transparent", "l2bridge", "private", "internal"])
def test_that_names_do_not_resolve_on_other_drivers(engine, driver, lookup):
    engine.create_network("mine", driver, IPAM=subnet("10.77.0.0/24", "10.77.0.1"))
    engine.run("web", "mine")
    engine.run("asker", "mine")
    output, code = look_up(engine, lookup, "web")
    assert code == 1
    assert address_of(engine, "web", "mine") not in output
    assert engine.execute("asker", "ping", address_of(engine, "web", "mine"))[1] == 0


def test_that_another_nat_network_is_neither_known_nor_reached(engine):
    engine.create_network("other", "nat")
    engine.run("web", "other")
    engine.run("asker")
    output, _ = engine.execute("asker", "nslookup", "web")
    assert "*** UnKnown can't find web: Non-existent domain" in output
    output, code = engine.execute("asker", "ping", address_of(engine, "web", "other"))
    assert code == 1
    assert output.count("Request timed out.") == 4
    assert "(100% loss)" in output
    engine.api.connect_container_to_network("asker", "other")
    assert engine.execute("asker", "ping", "web")[1] == 0


def test_that_the_resolver_at_the_gateway_can_be_turned_off(engine):
    engine.create_network("mine", "nat", Options={PREFIX + "disable_gatewaydns": "true"})
    engine.run("web", "mine")
    engine.run("asker", "mine")
    assert engine.execute("asker", "nslookup", "web")[1] == 1


def test_that_a_stopped_container_has_no_name(engine):
    engine.run("web")
    engine.run("asker")
    engine.api.stop("web")
    assert engine.execute("asker", "nslookup", "web")[1] == 1


def test_that_ipconfig_tells_adapters_servers_and_suffix(engine):
    options = {PREFIX + "dnssuffix": "corp.example", PREFIX + "dnsservers": "10.0.0.53,10.0.0.54"}
    engine.create_network("mine", "nat", Options=options, IPAM=subnet("10.5.0.0/23", "10.5.0.1"))
    engine.run("asker", "mine")
    output, _ = engine.execute("asker", "ipconfig", "/all")
    assert "Connection-specific DNS Suffix  . : corp.example" in output
    assert "Subnet Mask . . . . . . . . . . . : 255.255.254.0" in output
    for server in ("10.5.0.1", "10.0.0.53", "10.0.0.54"):
        assert server in output
