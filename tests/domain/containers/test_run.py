"""What is said about a container while it is filled in, and the plan that comes of it."""

from __future__ import annotations

import pytest

from console.domain.container_details import Image
from console.domain.container_spec import PublishSpec
from console.domain.containers.ports import PortsError, free_port, parse_ports
from console.domain.containers.run import (
    RunDraft,
    RunField,
    networks_to_run_on,
    offered_addresses,
    remarks,
    run_plan,
    suggested_name,
)
from console.domain.host_inventory import NatMapping, WindowsHost
from console.domain.host_ports import Listener, PortExclusion
from console.domain.sections import fresh
from console.domain.severity import Severity
from console.domain.snapshot import Container, Endpoint, Network, PortMapping, Snapshot
from tests.domain.hosts import NAT, host, linux_host, network

FRONT = network("front", "nat", "10.5.0.0/24", gateway="10.5.0.1")
LAN = network("lan", "transparent", "0.0.0.0/0")
SEALED = network("sealed", "private", "10.9.0.0/24", gateway="10.9.0.1")
MESH = network("mesh", "overlay", "10.7.0.0/24", scope="swarm")
HIDDEN = network("hidden", "nat", "10.8.0.0/24", internal=True)
IMAGES = (Image(id="sha256:" + "ab" * 32, tags=("iis:latest", "shop/iis:2")),)
GOOD = RunDraft(image="iis", name="new", network=FRONT.id)


def on(container_network: Network = FRONT, *, port: int = 8080, address: str = "10.5.0.2") -> Container:
    endpoint = Endpoint(network_id=container_network.id, network_name=container_network.name, address=address)
    return Container(
        id="c1",
        name="web",
        state="running",
        ports=(PortMapping(container_port=80, host_port=port),),
        endpoints=(endpoint,),
    )


def here(*containers: Container, build: int = 17763, **how: object) -> Snapshot:
    snapshot = host(build=build, networks=(NAT, FRONT, LAN, SEALED, MESH, HIDDEN), **how)  # type: ignore[arg-type]
    return snapshot.model_copy(update={"containers": fresh(containers)})


def said(draft: RunDraft, snapshot: Snapshot) -> list[tuple[RunField, Severity, str, str]]:
    found = remarks(draft, snapshot, IMAGES)
    return [(one.field, one.severity, str(one.message), one.suggestion) for one in found]


def test_that_a_good_container_is_not_spoken_about_and_becomes_a_plan() -> None:
    draft = RunDraft(
        image="iis",
        name="new",
        network=FRONT.id,
        address="10.5.0.9",
        ports="8081:80",
        dns_servers="192.0.2.1, 192.0.2.2",
        dns_search="a.test b.test",
        command=("ping", "x"),
        interactive=True,
    )
    assert said(draft, here(on())) == []
    plan = run_plan(draft, here(on()))
    create, start = plan.steps
    assert create.kind == "create-container"
    assert (create.spec.network, create.spec.address) == ("front", "10.5.0.9")
    assert create.spec.ports == (PublishSpec(container_port=80, host_port=8081),)
    assert create.spec.dns_servers == ("192.0.2.1", "192.0.2.2")
    assert create.spec.dns_search == ("a.test", "b.test")
    assert start.kind == "start-container"
    assert start.container == "new"


@pytest.mark.parametrize(
    ("change", "field", "because", "suggestion"),
    [
        ({"image": ""}, RunField.IMAGE, "An image is needed", ""),
        ({"image": "missing"}, RunField.IMAGE, "not in the engine's image store", ""),
        ({"name": ""}, RunField.NAME, "A name is needed", "iis"),
        ({"name": "web"}, RunField.NAME, "a container web already", "web-2"),
        ({"name": "-x"}, RunField.NAME, "can't be a container's name", "container-x"),
        ({"network": "gone"}, RunField.NETWORK, "no longer there", ""),
        ({"network": MESH.id}, RunField.NETWORK, "only swarm services", ""),
        ({"address": "10.6.0.2"}, RunField.ADDRESS, "outside 10.5.0.0/24", "10.5.0.3"),
        ({"address": "10.5.0.2"}, RunField.ADDRESS, "taken by the container web", "10.5.0.3"),
        ({"network": LAN.id, "address": "10.5.0.9"}, RunField.ADDRESS, "no address can be chosen", ""),
        ({"ports": "eighty"}, RunField.PORTS, "not a port to publish", ""),
        ({"ports": "70000:80"}, RunField.PORTS, "numbers from 1 to 65535", ""),
        ({"ports": "53:53/sctp"}, RunField.PORTS, "tcp and udp, not sctp", ""),
        ({"ports": "10.0.0.1:90:80"}, RunField.PORTS, "leave 10.0.0.1 out", ""),
        ({"ports": "90:80 90:81"}, RunField.PORTS, "requested twice", ""),
        (
            {"ports": "8079:79, 8080:80, 8081:81"}, RunField.PORTS, "the container web publishes it",
            "8079:79, 8082:80, 8081:81",
        ),
        ({"dns_servers": "resolver"}, RunField.DNS_SERVERS, "not the address of a DNS server", ""),
    ],
)  # fmt: skip
def test_that_what_can_not_work_is_refused_beside_its_field(
    change: dict[str, str], field: RunField, because: str, suggestion: str
) -> None:
    draft = RunDraft(**{"image": "iis", "name": "new", "network": FRONT.id, **change})  # type: ignore[arg-type]
    found = [one for one in said(draft, here(on())) if one[0] is field and one[1] is Severity.ERROR]
    assert len(found) == 1
    assert because in found[0][2]
    assert found[0][3] == suggestion


@pytest.mark.parametrize(
    ("network_id", "because"),
    [(LAN.id, "has no use on the transparent"), (SEALED.id, "has no use"), (HIDDEN.id, "drops published")],
)
def test_that_publishing_where_it_has_no_use_is_a_warning(network_id: str, because: str) -> None:
    draft = RunDraft(image="iis", name="new", network=network_id, ports="90:80")
    ((_, severity, message, _),) = said(draft, here())
    assert severity is Severity.WARNING
    assert because in message


@pytest.mark.parametrize(("build", "warned"), [(20348, True), (17763, False)])
def test_that_published_ports_on_a_second_nat_network_are_warned_of_where_hns_hangs(
    build: int, warned: bool
) -> None:
    draft = RunDraft(image="iis", name="new", network=FRONT.id, ports="90:80")
    snapshot = here(on(NAT, address=""), build=build)
    assert any("Other nat networks" in message for _, _, message, _ in said(draft, snapshot)) is warned
    same = here(on(FRONT), build=build)
    assert not any("Other nat networks" in message for _, _, message, _ in said(draft, same))


def test_that_a_port_which_winnat_maps_is_taken() -> None:
    mapping = NatMapping(
        nat="N", protocol="TCP", external_port=90, internal_address="172.16.0.9", internal_port=80
    )
    known = here()
    facts = known.facts.model_copy(update={"nat_mappings": fresh((mapping,))})
    draft = RunDraft(image="iis", name="new", network=FRONT.id, ports="90:80")
    ((_, _, message, suggestion),) = said(draft, known.model_copy(update={"facts": facts}))
    assert "WinNAT maps it to 172.16.0.9" in message
    assert suggestion == "91:80"


def test_that_a_port_which_is_listened_on_or_kept_back_is_taken() -> None:
    known = here(on(port=8080))
    facts = known.facts.model_copy(
        update={
            "listeners": fresh(
                (
                    Listener(protocol="tcp", address="0.0.0.0", port=90, process="nginx.exe"),
                    Listener(protocol="tcp", address="0.0.0.0", port=8080, process="svchost.exe"),
                )
            ),
            "port_exclusions": fresh(
                (
                    PortExclusion(protocol="tcp", first=91, last=190),
                    PortExclusion(protocol="tcp", first=50000, last=50059, administered=True),
                )
            ),
        }
    )
    snapshot = known.model_copy(update={"facts": facts})

    def told(ports: str) -> tuple[str, str]:
        draft = RunDraft(image="iis", name="new", network=FRONT.id, ports=ports)
        ((_, _, message, suggestion),) = said(draft, snapshot)
        return message, suggestion

    assert "nginx.exe listens on it" in told("90:80")[0]
    assert told("90:80")[1] == "191:80", "what is kept back is not offered"
    assert "for WinNAT or Hyper-V" in told("100:80")[0]
    assert "reserves 50000 to 50059" in told("50001:80")[0]
    assert "the container web publishes it" in told("8080:80")[0]
    assert said(RunDraft(image="iis", name="new", network=FRONT.id, ports="100:80/udp"), snapshot) == []


def test_that_hyper_v_isolation_needs_hyper_v() -> None:
    known = here()
    windows = WindowsHost(
        computer="x", product="y", installation_type="Server", build=20348, revision=1,
        features={"Hyper-V": "Disabled"},
    )  # fmt: skip
    facts = known.facts.model_copy(update={"windows": fresh(windows)})
    draft = RunDraft(image="iis", name="new", network=FRONT.id, isolation="hyperv")
    assert "with Hyper-V isolation" in said(draft, known.model_copy(update={"facts": facts}))[0][2]
    assert said(draft, known) == [], "what is not known refuses nothing"


def test_that_a_linux_engine_has_its_own_rules() -> None:
    bridge = network("bridge", "bridge", "172.17.0.0/16")
    draft = RunDraft(image="iis", name="new", network=bridge.id, ports="127.0.0.1:90:80/sctp")
    assert said(draft, linux_host(bridge)) == []


@pytest.mark.parametrize(("address", "refused"), [("0.0.0.0", 0), ("[::]", 0), ("127.0.0.1", 1)])
def test_that_windows_publishes_on_every_address_and_on_no_single_one(address: str, refused: int) -> None:
    draft = RunDraft(image="iis", name="new", network=FRONT.id, ports=f"{address}:9090:80")
    assert len(said(draft, here())) == refused


def test_that_networks_containers_can_not_be_made_on_are_not_offered_and_the_default_is_first() -> None:
    more = (network("conf", "nat", config_only=True), network("in", "overlay", ingress=True), FRONT, NAT)
    assert [one.name for one in networks_to_run_on(host(networks=more))] == ["nat", "front"]


@pytest.mark.parametrize(
    ("image", "name"),
    [
        ("mcr.example/windows/servercore/iis:2022", "iis"),
        ("web", "web-2"),
        ("a@sha256:00", "container-a"),
        ("", "container"),
    ],
)
def test_that_a_free_name_is_made_of_the_images(image: str, name: str) -> None:
    assert suggested_name(image, here(on())) == name


def test_that_free_addresses_are_offered_on_static_networks_only() -> None:
    assert offered_addresses(FRONT, here(on()), 2) == ("10.5.0.3", "10.5.0.4")
    assert offered_addresses(LAN, here(on())) == ()


def test_that_ports_are_read_in_dockers_notation() -> None:
    assert parse_ports(" 8080:80,53/udp ; [::1]:90:9/tcp :7") == (
        PublishSpec(container_port=80, host_port=8080),
        PublishSpec(container_port=53, protocol="udp"),
        PublishSpec(container_port=9, host_port=90, host_address="::1"),
        PublishSpec(container_port=7),
    )
    with pytest.raises(PortsError):
        parse_ports("80-90:80-90")


def test_that_the_next_free_port_ends_with_the_last_one() -> None:
    assert free_port(65535, "tcp", here(on(port=65535))) is None
    assert free_port(65535, "udp", here(on(port=65535))) == 65535
