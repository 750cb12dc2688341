"""What rows say of hand-made hosts: the cases a practice host seldom shows."""

import time

from console.domain.adapter_standing import standings
from console.domain.container_details import Image
from console.domain.host_inventory import HnsPolicy, Service, ServiceStatus, WindowsHost
from console.domain.host_setup import HnsService, Proxy, ProxyPlace
from console.domain.relations import Relations
from console.domain.sections import fresh
from console.domain.snapshot import Adapter, Route
from console.ui.inventory.catalog import KINDS_BY_PAGE
from console.ui.inventory.host_facts import as_text, first_unread, host_facts
from console.ui.inventory.kind import rows_of
from console.ui.inventory.kinds.adapters import ADAPTERS
from console.ui.inventory.kinds.firewall_rules import FIREWALL_RULES
from console.ui.inventory.kinds.hns_endpoints import HNS_ENDPOINTS
from console.ui.inventory.kinds.hns_networks import HNS_NETWORKS
from console.ui.inventory.kinds.listeners import LISTENERS
from console.ui.inventory.kinds.port_acls import PORT_ACLS
from console.ui.inventory.kinds.port_ranges import PORT_RANGES
from console.ui.inventory.kinds.routes import ROUTES
from console.ui.inventory.kinds.services import SERVICES
from console.ui.inventory.kinds.switches import SWITCHES
from console.ui.texts import shown
from tests.domain.hosts import host, network, unread_host
from tests.domain.whole_hosts import HNS_ENDPOINTS as ENDPOINTS
from tests.domain.whole_hosts import LOST_HNS, OLD_ENDPOINT, big_host, whole_host, with_facts

HOST = whole_host()
RELATIONS = Relations(HOST)


def cells(kind, relations=RELATIONS):
    """{first cell: {column id: cell}}."""
    rows = rows_of(kind, relations)
    said = [{column.id: column.cell(row) for column in kind.columns} for row in rows]
    return {next(iter(row.values())): row for row in said}


def facts(**more):
    return {
        str(fact.title): fact
        for fact in host_facts(
            HOST.model_copy(
                update={"facts": HOST.facts.model_copy(update={"windows": fresh(WindowsHost(**more))})}
            )
        )
    }


def windows(**more):
    return facts(computer="C", product="Windows", installation_type="Server", **({"revision": 1} | more))


def test_that_an_adapter_is_told_in_the_words_of_its_standing():
    rows = {row.adapter.name: row for row in rows_of(ADAPTERS, RELATIONS)}
    assert rows["Ethernet 2"].standing.free
    for name, standing in standings(HOST).items():
        assert rows[name].standing == standing
    assert cells(ADAPTERS)["Ethernet"]["networks"] == "corp"
    assert cells(ADAPTERS)["vEthernet (nat)"]["use"] == "Not for networks"
    assert shown(ADAPTERS.warning(rows["Wi-Fi"])) == shown(rows["Wi-Fi"].standing.reason)


def test_that_a_switch_tells_what_is_on_it_and_who_made_it():
    told = cells(SWITCHES)
    assert told["nat"]["nat"] == "yes"
    assert told["nat"]["endpoints"] == "2"
    assert told["Corp"] | {"networks": "corp", "adapters": "Ethernet", "vfp": "off"} == told["Corp"]
    assert told["Lab"]["origin"] == "Hyper-V"


def test_that_what_is_left_over_in_hns_is_marked_with_the_reason():
    networks = {row.key: row for row in rows_of(HNS_NETWORKS, RELATIONS)}
    endpoints = {row.key: row for row in rows_of(HNS_ENDPOINTS, RELATIONS)}
    assert HNS_NETWORKS.warning(networks[LOST_HNS]) is not None
    assert HNS_ENDPOINTS.warning(endpoints[OLD_ENDPOINT]) is not None
    assert [row.key for row in networks.values() if HNS_NETWORKS.narrowing.keeps(row)] == [LOST_HNS]
    assert cells(HNS_ENDPOINTS)["web"]["state"] == "Attached, shared"


def test_that_a_firewall_rule_names_the_container_ports_it_bears_on():
    told = cells(FIREWALL_RULES)
    assert "web" in told["Web"]["ports"]
    rules = [row for row in rows_of(FIREWALL_RULES, RELATIONS) if FIREWALL_RULES.narrowing.keeps(row)]
    assert {row.rule.title for row in rules} >= {"Web"}
    assert "All" not in {row.rule.title for row in rules}


def test_that_an_acl_without_limits_is_told_from_one_with_some():
    every = HnsPolicy(kind="ACL", settings={"Action": "Allow", "Direction": "In", "Priority": "65500"})
    some = HnsPolicy(kind="ACL", settings={"Action": "Block", "Protocols": "6", "LocalPorts": "80"})
    endpoint = ENDPOINTS[0].model_copy(update={"policies": (every, some, HnsPolicy(kind="OutBoundNAT"))})
    rows = rows_of(PORT_ACLS, Relations(with_facts(HOST, hns_endpoints=(endpoint,))))
    meaning = next(column for column in PORT_ACLS.columns if column.id == "meaning")
    assert [meaning.cell(row) for row in rows] == ["Allows everything", "Blocks some"]


def test_that_a_needed_service_which_does_not_run_is_a_warning_and_another_is_not():
    stopped = [Service(name=name, status=ServiceStatus.STOPPED) for name in ("hns", "nvagent")]
    rows = rows_of(SERVICES, Relations(with_facts(HOST, services=stopped)))
    assert [SERVICES.warning(row) is not None for row in rows] == [True, False]


def test_that_the_host_tells_what_its_ipv6_setting_and_build_mean():
    off = windows(build=14393, revision=447, ipv6_disabled_components=0xFFFFFFFF)
    assert off["DisabledComponents"].value == "0xFFFFFFFF"
    assert "0x490" in off["DisabledComponents"].meaning
    assert (off["KB3194496"].value, off["KB4015217"].value) == ("installed", "missing")
    assert "14393.1066" in off["KB4015217"].meaning
    assert windows(build=20348)["DisabledComponents"].value == "not set"
    assert windows(build=20348, features={"Hyper-V": "Disabled"})["Hyper-V"].value == "Disabled"


def test_that_a_host_whose_windows_side_is_not_read_says_why():
    told = first_unread(unread_host())
    assert told is not None
    assert "It can't be read here." in told[0]
    assert first_unread(with_windows()) is None


def with_windows():
    known = WindowsHost(computer="C", product="P", installation_type="Server", build=20348, revision=1)
    return HOST.model_copy(update={"facts": HOST.facts.model_copy(update={"windows": fresh(known)})})


def test_that_the_facts_as_text_hold_every_value():
    said = host_facts(with_windows())
    text = as_text(said)
    assert all(line in text for fact in said for line in fact.value.splitlines())


def test_that_only_rows_of_what_changed_are_new():
    before = rows_of(HNS_ENDPOINTS, RELATIONS)
    moved = ENDPOINTS[0].model_copy(update={"address": "172.20.3.99"})
    after = rows_of(HNS_ENDPOINTS, Relations(with_facts(HOST, hns_endpoints=(moved, *ENDPOINTS[1:]))), before)
    assert [new is old for new, old in zip(after, before, strict=True)] == [False, True, True]


def test_that_3000_endpoints_become_rows_in_a_moment():
    relations = Relations(big_host(300, 3000))
    started = time.perf_counter()
    for kinds in KINDS_BY_PAGE.values():
        for kind in kinds:
            rows_of(kind, relations)
    assert time.perf_counter() - started < 5  # on a worker thread; an order of magnitude of slack


def test_that_a_listening_port_names_the_container_that_publishes_the_same():
    rows = cells(LISTENERS)
    assert (rows["8080"]["process"], rows["8080"]["containers"]) == ("nginx", "web")
    assert (rows["53"]["services"], rows["53"]["containers"]) == ("hns", "")


def test_that_port_ranges_say_who_keeps_them_and_what_is_left():
    rows = cells(PORT_RANGES)
    assert {first: row["kind"] for first, row in rows.items()} == {
        "50000": "Administered exclusion",
        "60606": "Reserved by Windows",
        "49152": "Dynamic",
    }
    assert rows["49152"]["free"] == "240"


def test_that_the_host_page_tells_proxies_hns_and_images():
    update = {
        "proxies": fresh((
            Proxy(place=ProxyPlace.SERVICE, http="http://***@proxy:80", bypass="localhost"),
            Proxy(place=ProxyPlace.WINHTTP),
        )),
        "hns_service": fresh(HnsService(process_id=2204, threads=31, crashes=())),
    }  # fmt: skip
    host = HOST.model_copy(update={"facts": HOST.facts.model_copy(update=update)})
    host = host.model_copy(update={"images": fresh((Image(id="i", tags=("nanoserver:latest",)),))})
    said = {str(fact.title): fact for fact in host_facts(host)}
    proxy = said["Environment of the service docker"]
    assert (proxy.value, proxy.meaning) == ("HTTP  http://***@proxy:80", "Not for: localhost")
    assert said["WinHTTP (Windows' own services)"].value == "none"
    assert (said["Threads"].value, said["Crashes in 24 hours"].value) == ("31", "none")
    assert said["In the image store"].value == "nanoserver:latest"


def test_that_a_route_tells_the_way_and_what_wins():
    card = Adapter(name="Ethernet", index=4, metric=25)
    routes = (Route(prefix="0.0.0.0/0", next_hop="10.0.0.1", index=4, metric=0),
              Route(prefix="10.1.0.0/16", index=9, metric=256))  # fmt: skip
    seen = with_facts(
        host(networks=(network("corp", "nat", "10.1.2.0/24"),)), adapters=(card,), routes=routes
    )
    default, link = ROUTES.rows(Relations(seen))
    assert [column.cell(default) for column in ROUTES.columns] == [
        "0.0.0.0/0",
        "10.0.0.1",
        "Ethernet",
        "25",
        "",
    ]
    assert [column.cell(link) for column in ROUTES.columns] == ["10.1.0.0/16", "On the link", "", "", "corp"]
    assert {fact.value for fact in ROUTES.facts(link, Relations(seen))} >= {"256", "corp"}
