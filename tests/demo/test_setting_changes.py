"""The scripts that change settings of a practice host: what they change, and what they refuse."""

import json

import pytest

from console.backend.powershell.documents import change_of
from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.demo.refusal import Refusal
from console.demo.scenarios.steps import network, run
from console.demo.windows_setup import ExclusionRecord
from tests.demo.conftest import facts


def change(host, script, **parameters):
    return change_of(PracticeScripts(host).answer(script, parameters))


def test_that_a_value_of_the_registry_is_removed_and_told_for_undo():
    host = PracticeHost.create(scenario="ipv6-disabled")
    removed = change(host, "set-registry-setting", Setting="DisabledComponents", Expected="255")
    assert (removed.before["value"], removed.after["value"]) == ("255", "")
    assert removed.notes == ["restart-needed"]
    assert facts(host).windows.value.ipv6_disabled_components is None
    back = change(host, "set-registry-setting", Setting="DisabledComponents", Value="4294967295")
    assert back.after["value"] == "4294967295"
    assert facts(host).windows.value.ipv6_disabled_components == 0xFFFFFFFF


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"Setting": "VSmbDisableOplocks", "Expected": "2"}, "SettingChanged"),
        ({"Setting": "VSmbDisableOplocks", "Expected": "", "Value": "3"}, "SettingChanged"),
        ({"Setting": "TestBuildValue", "Name": "VSmbDisableOplocks", "Expected": "1"}, "NameNotAllowed"),
        ({"Setting": "TestBuildValue", "Name": "zz*", "Expected": "1"}, "NameNotAllowed"),
    ],
)
def test_that_what_is_not_as_it_was_seen_or_is_another_value_is_left_alone(parameters, refusal):
    host = PracticeHost.create(scenario="oplocks-disabled")
    refused = change(host, "set-registry-setting", **parameters)
    assert (refused.ok, refused.changed) == (False, False)
    assert refused.error.id == refusal
    assert facts(host).container_settings.value.smb_oplocks_disabled == 1


@pytest.mark.parametrize(
    ("script", "parameters"),
    [
        ("set-registry-setting", {"Setting": "VSmbDisableOplocks", "Expected": "1"}),
        ("set-event-source", {"Registered": False}),
        ("set-engine-proxy", {"Http": "http://p:1"}),
    ],
)
def test_that_who_is_no_administrator_changes_nothing(script, parameters):
    host = PracticeHost.create(scenario="oplocks-disabled")
    host.state.windows.elevated = False
    before = facts(host)
    refused = change(host, script, **parameters)
    assert (refused.ok, refused.changed) == (False, False)
    assert facts(host) == before


def test_that_docker_is_restarted_with_its_proxy_and_keeps_what_else_is_in_its_environment():
    host = PracticeHost.create(scenario="proxy-not-set")
    host.state.windows.setup.service_environment = ["DOCKER_TMPDIR=D:\\tmp"]
    starts = host.services.engine_starts
    change(host, "set-engine-proxy", Http="http://p:1", Https="http://p:1", Bypass="localhost")
    assert host.services.engine_starts == starts + 1
    assert host.state.windows.setup.service_environment == [
        "DOCKER_TMPDIR=D:\\tmp", "HTTP_PROXY=http://p:1", "HTTPS_PROXY=http://p:1", "NO_PROXY=localhost",
    ]  # fmt: skip
    change(host, "set-engine-proxy")
    assert host.state.windows.setup.service_environment == ["DOCKER_TMPDIR=D:\\tmp"]


def test_that_a_proxy_of_somebody_else_is_not_replaced_and_its_password_never_told():
    host = PracticeHost.create(scenario="proxy-not-set")
    host.state.windows.setup.service_environment = ["http_proxy=http://joe:secret@p:1"]
    document = PracticeScripts(host).answer("set-engine-proxy", {"Http": "http://q:2"})
    assert json.loads(document)["error"]["id"] == "ProxyThere"
    gone = PracticeScripts(host).answer("set-engine-proxy", {})
    assert json.loads(gone)["before"]["http"] == "http://***@p:1"
    for text in (document, gone, PracticeScripts(host).answer("get-host-inventory", {})):
        assert "secret" not in text


def test_that_no_password_of_any_place_leaves_the_host():
    host = PracticeHost.create(scenario="empty")
    setup = host.state.windows.setup
    address = "http://joe:secret@proxy:3128"
    setup.environment = {"Http_Proxy": address, "HTTPS_PROXY": address}
    setup.service_environment = [f"HTTPS_PROXY={address}"]
    setup.daemon = {"proxies": {"http-proxy": address, "https-proxy": address}}
    setup.win_http = "joe:secret@proxy:3128"
    assert "secret" not in PracticeScripts(host).answer("get-host-inventory", {})
    assert {one.given for one in facts(host).proxies.value} == {True}


def test_that_the_mtu_of_a_containers_interface_lasts_until_it_is_restarted():
    host = PracticeHost.create(scenario="empty")
    network(host, "frontend", "nat")
    web = run(host, "web", "iis", network="frontend")
    inside = next(one for one in facts(host).adapters.value if one.compartment == web.compartment)
    named = {"InterfaceIndex": inside.index, "InterfaceAlias": inside.name}
    assert change(host, "set-interface-mtu", **named, Mtu=1400).after["mtu"] == 1400
    host.containers.restart(web)
    again = [one.mtu for one in facts(host).adapters.value if one.compartment == web.compartment]
    assert again == [1500]
    gone = change(host, "set-interface-mtu", **(named | {"InterfaceAlias": "other"}), Mtu=1400)
    assert gone.error.id == "InterfaceNotFound"


def test_that_a_restart_of_hns_puts_gateways_back_and_begins_with_few_threads():
    host = PracticeHost.create(scenario="nat-gateway-missing")
    host.state.windows.setup.hns_threads = 400
    change(host, "set-service-state", Service="hns", Action="Restart")
    read = facts(host)
    held = {address.partition("/")[0] for one in read.adapters.value for address in one.addresses}
    assert {subnet.gateway for one in read.hns_networks.value for subnet in one.subnets} <= held
    assert read.hns_service.value.threads == 31


def test_that_dynamic_ports_are_counted_without_what_is_held_and_kept_back():
    host = PracticeHost.create(scenario="dynamic-ports-few")
    before = {one.protocol: one.free_blocks for one in facts(host).dynamic_ports.value}
    assert before == {"TCP": 10, "UDP": 10}
    change(host, "set-dynamic-ports", Protocol="TCP", First=32768, Count=32768)
    after = {one.protocol: one.free_blocks for one in facts(host).dynamic_ports.value}
    assert after == {"TCP": 17232 // 64 + 15476 // 64, "UDP": 10}, "but for 50000 to 50059"


def test_that_a_port_that_a_program_has_or_windows_keeps_back_is_given_to_no_container():
    host = PracticeHost.create(scenario="port-in-use")
    (web,) = host.containers.all()
    assert "used by another process. (0x20)" in web.error
    ports = host.state.windows.ports
    ports.listeners = []
    ports.exclusions = [ExclusionRecord(protocol="TCP", first=8000, last=8099)]
    with pytest.raises(Refusal, match="0x20"):
        host.containers.start(web)
    ports.exclusions = []
    host.containers.start(web)
    assert web.running
