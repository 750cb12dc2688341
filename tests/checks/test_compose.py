"""What Windows and a host make of Compose projects: each objection, its line, and when it is silent."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from console.checks.compose.judge import compose_problems
from console.domain.compose.model import ComposeProblem
from console.domain.compose.standing import (
    NETWORK_LABEL,
    PROJECT_LABEL,
    VERSION_LABEL,
    Standing,
    creation_plan,
    standing_of,
)
from console.domain.host_ports import Listener
from console.domain.plan import CreateNetwork
from console.domain.sections import fresh, unavailable
from console.domain.snapshot import Container, IpamPool, Network, PortMapping, Snapshot
from console.domain.text import verbatim
from tests.domain.compose.projects import load
from tests.domain.hosts import host, linux_host


def files(text: str) -> dict[str, str]:
    return {"compose.yaml": textwrap.dedent(text)}


def found(text: str, snapshot: Snapshot | None = None) -> dict[str, tuple[int, str]]:
    """The line and the severity of each problem by its rule."""
    problems = compose_problems(load(files(text)), snapshot)
    return {one.id: (one.place.line if one.place else 0, one.severity.value) for one in problems}


@pytest.mark.parametrize(
    ("attribute", "rule"),
    [
        ("links: [b]", "unsupported-service-option"),
        ("external_links: [b]", "unsupported-service-option"),
        ("dns_opt: [use-vc]", "unsupported-service-option"),
        ("privileged: true", "unsupported-service-option"),
        ("cap_add: [NET_ADMIN]", "unsupported-service-option"),
        ("network_mode: host", "unsupported-service-option"),
        ("network_mode: bridge", "unsupported-service-option"),
        ("platform: linux/amd64", "linux-platform"),
        ('ports: ["127.0.0.1:80:80"]', "port-host-address"),
        ('ports: ["8000-8010:80"]', "port-range"),
        ('ports: ["80:80/sctp"]', "port-protocol"),
        ("networks: {default: {ipv6_address: 'fd00::5'}}", "ipv6-address"),
        ("networks: {default: {ipv4_address: 10.1.0.5}}", "address-without-subnet"),
    ],
)
def test_that_windows_objects_to_an_attribute_in_its_line(attribute: str, rule: str) -> None:
    text = f"services:\n  a:\n    image: x\n    {attribute}\n  b: {{image: x}}\n"
    assert found(text)[rule] == (4, "error")
    on_linux = found(text, linux_host())
    assert rule not in on_linux or rule == "address-without-subnet"


@pytest.mark.parametrize(
    "attribute",
    [
        "links: []",
        "privileged: false",
        "network_mode: none",
        'ports: ["80:80", "81"]',
        'ports: ["0.0.0.0:80:80", "[::]:82:82"]',
        "dns: 10.0.0.1",
    ],
)
def test_that_windows_has_nothing_against_the_rest(attribute: str) -> None:
    text = f"services:\n  a:\n    image: x\n    {attribute}\n"
    assert found(text) == {}


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("driver: bridge", 6),
        ("driver: macvlan", 6),
        ("internal: true", 6),
        ("enable_ipv6: true", 6),
        ("driver_opts: {com.docker.network.bridge.name: br0}", 6),
        ("ipam: {config: [{subnet: 10.9.0.5/24}]}", 6),
        ("ipam: {config: [{subnet: 10.9.0.0/24, gateway: 10.8.0.1}]}", 6),
        ("ipam: {config: [{subnet: 10.9.0.0/24, ip_range: 10.9.0.0/26}]}", 6),
        ("driver_opts: {com.docker.network.windowsshim.vlanid: abc}", 6),
    ],
)
def test_that_windows_objects_to_a_networks_setting_in_its_line(entry: str, line: int) -> None:
    text = f"services:\n  a: {{image: x, networks: [n]}}\nnetworks:\n  n:\n    name: n\n    {entry}\n"
    lines = {place for place, _ in found(text).values()}
    assert lines == {line}


def test_that_two_networks_with_common_addresses_are_told_once() -> None:
    text = """\
        services: {a: {image: x, networks: [one, two]}}
        networks:
          one: {driver: nat, ipam: {config: [{subnet: 10.9.0.0/16}]}}
          two:
            driver: nat
            ipam:
              config:
                - subnet: 10.9.7.0/24
        """
    assert found(text)["own-subnets-overlap"] == (8, "error")


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("10.9.0.300", "address-invalid"),
        ("10.8.0.5", "address-outside"),
        ("10.9.0.255", "address-not-a-hosts"),
        ("10.9.0.1", "address-is-gateway"),
        ("10.9.0.7", "address-twice"),
        ("10.9.0.8", ""),
    ],
)
def test_that_a_fixed_address_must_be_free_in_the_networks_subnet(address: str, rule: str) -> None:
    text = f"""\
        services:
          b: {{image: x, networks: {{n: {{ipv4_address: 10.9.0.7}}}}}}
          a:
            image: x
            networks:
              n:
                ipv4_address: {address}
        networks:
          n: {{driver: nat, ipam: {{config: [{{subnet: 10.9.0.0/24, gateway: 10.9.0.1}}]}}}}
        """
    assert found(text) == ({rule: (7, "error")} if rule else {})


WEB = """\
    services:
      web:
        image: iis
        ports: ["8080:80"]
        networks: [front, lan]
      again:
        image: iis
        profiles: [more]
        ports:
          - "8080:80"
    networks:
      front: {driver: nat}
      lan:
        external: true
    """


def with_networks(snapshot: Snapshot, *networks: Network) -> Snapshot:
    return snapshot.model_copy(update={"networks": fresh((*(snapshot.networks.value or ()), *networks))})


def lan(**fields: object) -> Network:
    return Network.model_validate({"id": "5" * 64, "name": "lan", "driver": "transparent", **fields})


def test_that_an_external_network_must_be_there() -> None:
    assert found(WEB, host())["external-missing"] == (13, "error")
    assert found(WEB, with_networks(host(), lan())) == {}


def test_that_the_same_port_twice_counts_among_active_services_only() -> None:
    there = with_networks(host(), lan())
    assert "port-twice" not in found(WEB, there)
    problems = compose_problems(load(files(WEB), profiles=frozenset({"more"})), there)
    assert [(one.id, one.place.line if one.place else 0) for one in problems] == [("port-twice", 10)]


def test_that_a_port_of_another_container_is_a_warning_and_ones_own_is_none() -> None:
    def holding(**labels: str) -> Snapshot:
        ports = (PortMapping(container_port=80, host_port=8080),)
        container = Container(id="c", name="old", state="running", ports=ports, labels=labels)
        there = with_networks(host(), lan())
        return there.model_copy(update={"containers": fresh((container,))})

    assert found(WEB, holding())["port-in-use"] == (4, "warning")
    assert found(WEB, holding(**{PROJECT_LABEL: "sampleproject"})) == {}


def test_that_a_port_of_a_process_or_of_windows_itself_is_told_with_a_free_one() -> None:
    there = with_networks(host(), lan())
    listener = Listener(protocol="TCP", address="0.0.0.0", port=8080, process="w3wp")
    facts = there.facts.model_copy(update={"listeners": fresh((listener,))})
    (problem,) = compose_problems(load(files(WEB)), there.model_copy(update={"facts": facts}))
    assert str(problem.message) == "The port 8080/tcp is taken: w3wp listens on it."
    assert str(problem.remedy) == "Free it before docker compose up, or use 8081."


def test_that_a_network_of_that_name_that_compose_refuses_is_an_error() -> None:
    there = with_networks(host(), lan(), lan(id="6" * 64, name="sampleproject_front", driver="nat"))
    assert found(WEB, there)["name-taken"] == (12, "error")


def test_that_networks_stand_as_compose_would_find_them() -> None:
    project = load(files(WEB + "\n      spare: {driver: nat}\n"))
    labels = {NETWORK_LABEL: "front", PROJECT_LABEL: "sampleproject"}
    mine = lan(id="6" * 64, name="sampleproject_front", driver="nat", labels=labels)
    theirs = mine.model_copy(update={"labels": {**labels, PROJECT_LABEL: "other"}})

    def standings(snapshot: Snapshot | None) -> list[Standing]:
        return [standing_of(network, project, snapshot).standing for network in project.networks]

    base = host()
    assert standings(base) == [Standing.TO_BE_MADE, Standing.MISSING, Standing.UNUSED]
    assert standings(with_networks(base, lan(), mine)) == [Standing.EXISTS, Standing.EXISTS, Standing.UNUSED]
    assert standings(with_networks(base, theirs))[0] is Standing.FOREIGN
    assert standings(None) == [Standing.UNKNOWN, Standing.UNKNOWN, Standing.UNUSED]
    unread = base.model_copy(update={"networks": unavailable(verbatim("not read"))})
    assert standings(unread)[0] is Standing.UNKNOWN


def test_that_what_is_made_has_the_labels_compose_looks_for() -> None:
    project = load(files(WEB))
    plan = creation_plan(project, host())
    assert plan is not None
    (step,) = plan.steps
    assert isinstance(step, CreateNetwork)
    assert (step.spec.name, step.spec.driver) == ("sampleproject_front", "nat")
    assert step.spec.labels[NETWORK_LABEL] == "front"
    assert step.spec.labels[PROJECT_LABEL] == "sampleproject"
    assert step.spec.labels[VERSION_LABEL]
    made = lan(id="6" * 64, name=step.spec.name, driver="nat", labels=step.spec.labels)
    assert creation_plan(project, with_networks(host(), made)) is None


def test_that_an_address_in_an_existing_network_is_judged_by_that_networks_subnet() -> None:
    text = """\
        services: {a: {image: x, networks: {lan: {ipv4_address: 10.123.7.5}}}}
        networks: {lan: {external: true}}
        """
    there = lan(pools=(IpamPool(subnet="10.123.174.0/23"),))
    assert "address-outside" in found(text, with_networks(host(), there))
    dhcp = lan(pools=(IpamPool(subnet="0.0.0.0/0"),))
    assert "address-without-subnet" in found(text, with_networks(host(), dhcp))


def test_that_the_judge_can_be_loaded_by_itself() -> None:
    # The window loads it first of all the checks; the checks of pasted commands use it as well.
    asked = subprocess.run(
        [sys.executable, "-c", "import console.checks.compose.judge"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr


def test_that_problems_come_in_the_order_of_the_lines() -> None:
    text = "services:\n  a: {image: x, network_mode: host}\n  b: {image: x, links: [a]}\nnope: 1\n"
    problems: tuple[ComposeProblem, ...] = compose_problems(load(files(text)), None)
    assert [one.place.line for one in problems if one.place] == [2, 3, 4]
