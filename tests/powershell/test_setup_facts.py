"""Listeners, port ranges, proxies and settings of a host: what the inventory makes of the answer."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.backend.powershell.inventory import facts_of
from console.domain.host_ports import Connection, DynamicPorts, Listener, PortExclusion, free_blocks
from console.domain.host_setup import ProxyPlace, without_credentials
from console.domain.sections import SectionState
from console.resource_files import resource
from tests.powershell import hosts

SCRIPT = resource("powershell", "Get-HostInventory.ps1")


def facts(**sections):
    return facts_of(hosts.answer(hosts.bare() | hosts.ports() | sections))


def test_that_a_listener_has_its_program_and_the_services_in_it():
    assert facts().listeners.known() == (
        Listener(protocol="TCP", address="::", port=80, process_id=4, process="System"),
        Listener(
            protocol="TCP", address="0.0.0.0", port=3389, process_id=1100, process="svchost",
            services=("TermService",),
        ),
        Listener(
            protocol="UDP", address="172.21.16.1", port=53, process_id=2200, process="svchost",
            services=("hns", "SharedAccess"),
        ),
    )  # fmt: skip


def test_that_a_connection_of_the_host_with_itself_is_none_with_others():
    assert facts().connections.known() == (
        Connection(
            address="10.0.0.5", port=3389, remote_address="10.0.0.9", remote_port=51544, process_id=1100,
            process="svchost", services=("TermService",),
        ),
    )  # fmt: skip


def test_that_listeners_of_one_protocol_are_shown_where_the_other_could_not_be_read():
    section = facts(udpListeners=hosts.failed("boom")).listeners
    assert {one.protocol for one in section.known()} == {"TCP"}
    assert "boom" in str(section.reason)
    assert facts(udpListeners=hosts.failed("x"), tcpListeners=hosts.failed("y")).listeners.known() is None


def test_that_excluded_ranges_are_read_by_their_numbers_whatever_the_language():
    assert facts().port_exclusions.known() == (
        PortExclusion(protocol="TCP", first=5357, last=5357),
        PortExclusion(protocol="TCP", first=50000, last=50059, administered=True),
        PortExclusion(protocol="TCP", first=60606, last=60705),
    )


def test_that_what_is_left_of_the_dynamic_ports_is_counted_in_runs_of_64():
    """49153 to 49699, 49701 to 49999, 50060 to 60605 and 60706 to 65535."""
    tcp, udp = facts().dynamic_ports.known()
    assert tcp.free_blocks == 547 // 64 + 299 // 64 + 10546 // 64 + 4830 // 64
    assert udp == DynamicPorts(protocol="UDP", first=49152, count=16384, free_blocks=256)


@pytest.mark.parametrize("missing", ["portExclusions", "portsInUse"])
def test_that_nothing_is_said_to_be_free_where_what_is_taken_is_not_known(missing):
    section = facts(**{missing: hosts.failed("boom")}).dynamic_ports
    assert section.state is SectionState.FRESH
    assert [one.free_blocks for one in section.known()] == [None, None]


@given(
    st.integers(1, 65535), st.integers(0, 20000),
    st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 400))), st.lists(st.integers(0, 65535)),
)  # fmt: skip
def test_that_free_blocks_are_those_a_walk_over_all_ports_finds(first, count, excluded, used):
    exclusions = [PortExclusion(protocol="TCP", first=low, last=low + more) for low, more in excluded]
    taken = set(used).union(*(range(one.first, one.last + 1) for one in exclusions))
    runs, run = 0, 0
    for port in range(first, min(first + count, 65536)):
        run = 0 if port in taken else run + 1
        if run == 64:
            runs, run = runs + 1, 0
    assert free_blocks(first, count, exclusions, used) == runs


PROXY = {"http": "http://proxy:3128", "https": "", "bypass": "localhost,.example.com"}


def test_that_a_proxy_is_told_with_the_place_it_is_set_in():
    read = facts(
        environmentProxy=hosts.ok(PROXY),
        serviceProxy=hosts.ok({}),
        winHttpProxy=hosts.ok({"http": "wp:8080", "https": "wp:8080"}),
        engineConfiguration=hosts.ok({"proxy": {"https": "http://p2:1"}, "bridge": "none", "mtu": "1400"}),
    )
    told = {one.place: (one.http, one.https, one.given) for one in read.proxies.known()}
    assert told == {
        ProxyPlace.ENVIRONMENT: ("http://proxy:3128", "", True),
        ProxyPlace.SERVICE: ("", "", False),
        ProxyPlace.CONFIGURATION: ("", "http://p2:1", True),
        ProxyPlace.WINHTTP: ("wp:8080", "wp:8080", True),
    }
    assert (read.engine_configuration.known().bridge, read.engine_configuration.known().mtu) == ("none", 1400)


def test_that_a_place_that_could_not_be_read_is_not_called_empty():
    section = facts(engineConfiguration=hosts.failed("Access denied", hresult="0x80070005")).proxies
    assert ProxyPlace.CONFIGURATION not in {one.place for one in section.known()}
    assert "Access denied" in str(section.reason)


SECRETS = [
    ("http://user:secret@proxy:80", "http://***@proxy:80"),
    ("HTTP://domain%5Cuser:s@cr@t@proxy", "HTTP://***@proxy"),
    ("user:secret@proxy", "***@proxy"),
    ("http://u:sec/ret@proxy:80/", "http://***@proxy:80/"),
    ("http=u:secret@a:1;https=u:secret@b:2", "***@b:2"),
    ("http://u:sec\nret@proxy", "http://***@proxy"),
    ("http://proxy:3128", "http://proxy:3128"),
    ("", ""),
]


@pytest.mark.parametrize(("address", "left"), SECRETS)
def test_that_credentials_are_taken_out_of_a_proxys_address(address, left):
    assert without_credentials(address) == left


@pytest.mark.parametrize(("address", "left"), SECRETS)
def test_that_the_script_takes_them_out_with_the_same_pattern(address, left):
    """The pattern means the same to .NET and to Python."""
    text = SCRIPT.read_text(encoding="ascii")
    found = re.search(r"function Hide-Credentials \{.*?-replace '(.*?)', '(.*?)'\n", text, re.DOTALL)
    assert re.sub(found[1], found[2].replace("$1", r"\1"), address, count=1) == left


def test_that_no_proxy_of_the_script_goes_around_that():
    text = SCRIPT.read_text(encoding="ascii")
    body = re.search(r"function Get-ProxyDocument \{.*?\n\}", text, re.DOTALL)[0]
    assert re.findall(r"https? = (.*)", body) == [
        "Hide-Credentials -Address $Http", "Hide-Credentials -Address $Https",
    ]  # fmt: skip
    assert not re.search(r"^\s+https? = ", text.replace(body, ""), re.MULTILINE)


def test_that_the_process_of_hns_is_known_with_those_that_share_it():
    at = "2026-11-26T23:10:00.0000000Z"
    service = facts(hnsCrashes=hosts.ok({"at": at}, {"at": "2026-11-26T20:00:00Z"})).hns_service.known()
    assert (service.process_id, service.threads, service.shared_with) == (2200, 31, ("SharedAccess",))
    assert service.crashes == (
        datetime(2026, 11, 26, 20, tzinfo=UTC), datetime(2026, 11, 26, 23, 10, tzinfo=UTC),
    )  # fmt: skip


def test_that_an_event_log_that_can_not_be_read_is_no_service_that_never_crashed():
    section = facts(hnsCrashes=hosts.failed("boom")).hns_service
    assert section.known().crashes is None
    assert "boom" in str(section.reason)
    assert facts(serviceProcesses=hosts.failed("boom")).hns_service.known() is None


def test_that_a_service_that_does_not_run_has_no_process():
    service = facts(serviceProcesses=hosts.ok()).hns_service.known()
    assert (service.process_id, service.threads, service.shared_with) == (0, None, ())


def test_that_settings_of_containers_read():
    read = facts(
        containerSettings=hosts.ok(
            {"smbOplocksDisabled": 1, "leftOverValues": {"name": "zzA", "value": 1}, "fixedDrivesDenied": "1",
             "eventSources": "docker", "dockerClients": ["C:\\docker.exe"]}
        )
    ).container_settings.known()  # fmt: skip
    assert (read.smb_oplocks_disabled, read.fixed_drives_denied) == (1, 1)
    assert [(one.name, one.value) for one in read.left_over_values] == [("zzA", "1")]
    assert (read.event_sources, read.docker_clients) == (("docker",), ("C:\\docker.exe",))
