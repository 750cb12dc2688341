"""Every refusal of ``network create`` in its order and its literal words (reference, 2.2 and 4)."""

import pytest

from console.demo.state import AdapterState
from tests.demo.conftest import PREFIX, facts, refusal, subnet

HNS = "failed during hnsCallRawResponse: hnsCall failed in Win32: "
ADAPTER = HNS + "An adapter was not found. (0x803b0006)"
PARAMETER = HNS + "The parameter is incorrect. (0x57)"
NO_SWARM = (
    'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this '
    "node to swarm and try again."
)
WINDOWS_IPAM = "this request is not supported by the 'windows' ipam driver"

REFUSED = {
    "predefined name": ("nat", "nat", {}, 403, "operation is not permitted on predefined nat network "),
    "container name": (
        "container:x",
        "nat",
        {},
        403,
        "operation is not permitted on predefined nat network ",
    ),
    "overlay off swarm": ("x", "overlay", {}, 403, NO_SWARM),
    "bad bool": (
        "x",
        "nat",
        {"Options": {"com.docker.network.enable_ipv6": "maybe"}},
        400,
        'driver-opt "com.docker.network.enable_ipv6" is not a valid bool',
    ),
    "host bits": (
        "x",
        "nat",
        {"IPAM": subnet("10.0.0.5/24")},
        400,
        "invalid network config:\ninvalid subnet 10.0.0.5/24: it should be 10.0.0.0/24",
    ),
    "the seed's own CustomNat2": (
        "x",
        "nat",
        {"IPAM": subnet("172.16.2.0/24", "172.16.1.1")},
        400,
        (
            "invalid network config:\n"
            "invalid gateway 172.16.1.1: parent subnet 172.16.2.0/24 doesn't contain this address"
        ),
    ),
    "no name": ("", "nat", {}, 400, "invalid name: name is empty"),
    "unknown driver": (
        "x",
        "bridge",
        {},
        404,
        "could not find plugin bridge in v1 plugin registry: plugin not found",
    ),
    "null driver": ("x", "null", {}, 403, 'only one instance of "null" network is allowed'),
    "scope off swarm": (
        "x",
        "nat",
        {"Scope": "swarm"},
        403,
        "cannot create a swarm scoped network when swarm is not active",
    ),
    "no configuration": (
        "x",
        "nat",
        {"ConfigFrom": {"Network": "gone"}},
        404,
        'configuration network "gone" does not exist',
    ),
    "ip range": ("x", "nat", {"IPAM": subnet("10.1.0.0/24", IPRange="10.1.0.0/28")}, 500, WINDOWS_IPAM),
    "ipv6": ("x", "nat", {"EnableIPv6": True}, 500, WINDOWS_IPAM),
    "no ipv4": ("x", "nat", {"EnableIPv4": False}, 400, "IPv4 cannot be disabled on Windows"),
    "vlan": (
        "x",
        "transparent",
        {"Options": {PREFIX + "vlanid": "abc"}},
        500,
        'strconv.ParseUint: parsing "abc": invalid syntax',
    ),
    "vlan range": (
        "x",
        "transparent",
        {"Options": {PREFIX + "vlanid": "4294967296"}},
        500,
        'strconv.ParseUint: parsing "4294967296": value out of range',
    ),
    "bool option": (
        "x",
        "l2bridge",
        {"Options": {PREFIX + "enable_outboundnat": "x"}},
        500,
        'strconv.ParseBool: parsing "x": invalid syntax',
    ),
    "mac pool": (
        "x",
        "nat",
        {"Options": {PREFIX + "macpool": "00-15-5D-52-C0-00"}},
        400,
        "invalid mac pool. You must specify both a start range and an end range",
    ),
    "l2bridge without subnet": (
        "x",
        "l2bridge",
        {},
        500,
        HNS + "The network does not have a subnet for this endpoint. (0x803b0005)",
    ),
    "subnet without gateway": (
        "x",
        "transparent",
        {"IPAM": subnet("10.123.174.0/23")},
        500,
        "invalid CIDR address: /32",
    ),
    "unknown adapter": ("x", "transparent", {"Options": {PREFIX + "interface": "Ethernet 9"}}, 500, ADAPTER),
    "host vNIC": (
        "x",
        "transparent",
        {"Options": {PREFIX + "interface": "vEthernet (nat)"}},
        500,
        PARAMETER,
    ),
    "host's own prefix": ("x", "nat", {"IPAM": subnet("192.168.0.0/16")}, 500, PARAMETER),
    "l2tunnel off Azure": (
        "x",
        "l2tunnel",
        {"IPAM": subnet("10.1.0.0/24", "10.1.0.1")},
        500,
        HNS + "The request is not supported. (0x80070032)",
    ),
    "taken HNS name": (
        "x",
        "private",
        {"Options": {PREFIX + "networkname": "nat"}},
        500,
        HNS + "A network with this name already exists. (0x803b0010)",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_that_a_network_is_refused_in_the_engines_words_and_nothing_is_left(engine, case):
    name, driver, body, status, message = REFUSED[case]
    before = {one["Id"] for one in engine.api.networks()}, set(engine.host.state.hns_networks)
    assert refusal(engine.create_network, name, driver, **body) == (status, message)
    after = {one["Id"] for one in engine.api.networks()}, set(engine.host.state.hns_networks)
    assert after == before


def test_that_checks_come_in_the_engines_order(engine):
    """Each later fault is hidden by the earlier ones, and shows once they are corrected."""
    body = {
        "Options": {"com.docker.network.enable_ipv4": "maybe", PREFIX + "vlanid": "x"},
        "IPAM": subnet("10.1.0.5/24", IPRange="10.1.0.0/28"),
    }
    seen = []

    def refused(name="", driver="bogus"):
        seen.append(refusal(engine.create_network, name, driver, **body)[1].partition(":")[0])

    refused(name="nat")
    refused()
    del body["Options"]["com.docker.network.enable_ipv4"]
    refused()
    body["IPAM"]["Config"][0]["Subnet"] = "10.1.0.0/24"
    refused()
    refused(name="x")
    refused(name="x", driver="transparent")
    del body["IPAM"]["Config"][0]["IPRange"]
    refused(name="x", driver="transparent")
    del body["Options"][PREFIX + "vlanid"]
    refused(name="x", driver="transparent")
    assert seen == [
        "operation is not permitted on predefined nat network ",
        'driver-opt "com.docker.network.enable_ipv4" is not a valid bool',
        "invalid network config",
        "invalid name",
        "could not find plugin bogus in v1 plugin registry",
        WINDOWS_IPAM,
        "strconv.ParseUint",
        "invalid CIDR address",
    ]


def test_that_all_ipam_errors_are_listed_at_once(engine):
    pools = [
        {"Subnet": "10.0.0.0/24", "IPRange": "10.0.0.0/16", "Gateway": "10.0.1.1"},
        {"Subnet": "nonsense"},
        {"Subnet": "10.2.0.0/24", "AuxiliaryAddresses": {"printer": "10.3.0.1"}},
    ]
    status, message = refusal(engine.create_network, "x", "nat", IPAM={"Config": pools})
    assert status == 400
    assert message.split("\n") == [
        "invalid network config:",
        "invalid ip-range 10.0.0.0/16: CIDR block is bigger than its parent subnet 10.0.0.0/24",
        "invalid gateway 10.0.1.1: parent subnet 10.0.0.0/24 doesn't contain this address",
        "invalid subnet nonsense: invalid CIDR block notation",
        "invalid auxiliary address printer: parent subnet 10.2.0.0/24 doesn't contain this address",
    ]


def test_that_a_name_is_taken_once(engine):
    engine.create_network("mine", "nat")
    assert refusal(engine.create_network, "mine", "nat") == (409, "network with name mine already exists")


def test_that_an_older_engine_takes_a_name_twice_unless_told_to_check(serving):
    engine = serving(os_build=14393)
    engine.create_network("mine", "nat")
    engine.create_network("mine", "nat")
    checked = refusal(engine.create_network, "mine", "nat", CheckDuplicate=True)
    assert checked == (409, "network with name mine already exists")
    ambiguous = refusal(engine.api.inspect_network, "mine")
    assert ambiguous == (400, "network mine is ambiguous (2 matches found on name)")


@pytest.mark.parametrize("driver", ["nat", "internal"])
def test_that_an_overlap_with_another_nat_network_is_refused(engine, driver):
    engine.create_network("one", "nat", IPAM=subnet("10.50.0.0/16", "10.50.0.1"))
    again = refusal(engine.create_network, "two", driver, IPAM=subnet("10.50.7.0/24", "10.50.7.1"))
    assert again == (500, PARAMETER)


@pytest.mark.parametrize("first", ["transparent", "l2bridge"])
@pytest.mark.parametrize("second", ["transparent", "l2bridge"])
def test_that_each_external_network_needs_an_adapter_of_its_own(engine, first, second):
    ipam = subnet("192.168.1.0/24", "192.168.1.1")
    on_first = {"IPAM": ipam, "Options": {PREFIX + "interface": "Ethernet"}}
    engine.create_network("one", first, **on_first)
    assert refusal(engine.create_network, "two", second, **on_first) == (500, ADAPTER)
    # Without an interface Windows takes the same adapter again (seed, "multiple transparent").
    assert refusal(engine.create_network, "two", second, IPAM=ipam) == (500, ADAPTER)
    engine.create_network("two", second, IPAM=ipam, Options={PREFIX + "interface": "Ethernet 2"})
    engine.api.remove_network("one")
    engine.create_network("three", first, **on_first)


def test_that_several_adapters_make_one_teamed_switch(engine):
    team = {PREFIX + "interface": "Ethernet 2,Ethernet 3"}
    engine.create_network("team", "transparent", Options=team)
    (switch,) = [one for one in facts(engine.host).vswitches.value if one.kind == "External"]
    assert switch.adapters == ("Ethernet 2", "Ethernet 3")
    spaced = {PREFIX + "interface": "Ethernet, Ethernet 2"}
    assert refusal(engine.create_network, "x", "transparent", Options=spaced) == (500, ADAPTER)


def test_that_a_german_windows_says_the_same_code_in_german(serving):
    engine = serving(scenario="localized")
    options = {PREFIX + "interface": "Ethernet 9"}
    refused = refusal(engine.create_network, "x", "transparent", Options=options)
    assert refused == (500, HNS + "Es wurde kein Adapter gefunden. (0x803b0006)")


def test_that_older_engines_say_it_in_their_own_words(serving):
    engine = serving(os_build=14393)
    assert refusal(engine.create_network, "x", "bridge") == (404, 'plugin "bridge" not found')
    assert refusal(engine.create_network, "x", "private")[0] == 404
    assert refusal(engine.create_network, "x", "overlay") == (500, NO_SWARM)
    options = {PREFIX + "interface": "Ethernet 9"}
    refused = refusal(engine.create_network, "x", "transparent", Options=options)
    assert refused == (500, "hnsCall failed in Win32: An adapter was not found. (0x803b0006)")


def test_that_server_2016_keeps_nat_networks_inside_its_one_prefix(serving):
    engine = serving(os_build=14393)
    (nat,) = facts(engine.host).nat_prefixes.value
    assert nat.internal_prefix == "172.16.0.0/16"
    engine.create_network("CustomNat1", "nat", IPAM=subnet("172.16.1.0/24", "172.16.1.1"))
    outside = refusal(engine.create_network, "x", "nat", IPAM=subnet("10.1.0.0/24", "10.1.0.1"))
    assert outside == (500, "hnsCall failed in Win32: The parameter is incorrect. (0x57)")


def test_that_an_ipv6_subnet_without_ipv6_is_skipped_silently(engine):
    pools = [{"Subnet": "fd00::/64"}, {"Subnet": "10.7.0.0/24", "Gateway": "10.7.0.1"}]
    engine.create_network("x", "nat", IPAM={"Config": pools})
    assert [pool["Subnet"] for pool in engine.network("x")["IPAM"]["Config"]] == ["10.7.0.0/24"]


def test_that_a_network_can_be_made_from_a_configuration(engine):
    engine.create_network("base", "nat", ConfigOnly=True, IPAM=subnet("10.8.0.0/24", "10.8.0.1"))
    engine.create_network("made", "nat", ConfigFrom={"Network": "base"})
    shown = engine.network("made")
    assert shown["ConfigFrom"] == {"Network": "base"}
    assert shown["IPAM"]["Config"] == [{"Subnet": "10.8.0.0/24", "Gateway": "10.8.0.1"}]


def test_that_a_team_carries_a_network_and_its_members_do_not(engine):
    state = engine.host.state
    member = state.adapters[1]
    member.team = "Team1"
    description = "Microsoft Network Adapter Multiplexor Driver"
    team = AdapterState(
        name="Team1", description=description, mac_address=member.mac_address, virtual=True,
        addresses=["10.0.7.5/24"],
    )  # fmt: skip
    state.adapters.append(team)
    told = {one.name: one for one in facts(engine.host).adapters.known()}
    assert told[member.name].team_member
    assert told[member.name].addresses == ()
    assert (told["Team1"].team_interface, told["Team1"].physical) == (True, False)
    on_member = {"Options": {PREFIX + "interface": member.name}}
    assert refusal(engine.create_network, "lan", "transparent", **on_member) == (500, ADAPTER)
    engine.create_network("lan", "transparent", Options={PREFIX + "interface": "Team1"})
    told = {one.name: one for one in facts(engine.host).adapters.known()}
    assert told["Team1"].vswitch
