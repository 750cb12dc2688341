"""A container's steps as commands and as a Compose file."""

from __future__ import annotations

import pytest
from hypothesis import given
from ruamel.yaml import YAML

from console.domain.container_spec import ContainerSpec, PublishSpec
from console.domain.container_steps import (
    ContainerStep,
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.plan import ConnectContainer, CreateNetwork, Plan
from console.domain.render.container_line import container_words, run_words
from console.domain.render.errors import InexpressibleError
from console.domain.render.plan import Dialect, preview
from console.domain.spec import NetworkSpec
from console.domain.text import N_
from tests.domain.render.specs import any_texts

SPEC = ContainerSpec(
    name="web",
    image="iis",
    network="front",
    address="10.5.0.9",
    aliases=("shop",),
    ports=(PublishSpec(container_port=80, host_port=8080), PublishSpec(container_port=53, protocol="udp")),
    dns_servers=("192.0.2.1",),
    dns_search=("example.test",),
    isolation="hyperv",
    command=("ping", "-t", "a b"),
    environment={"A": "$x"},
    labels={"l": "v"},
    hostname="h",
    interactive=True,
    restart="always",
)
WEB = {"container": "web", "container_name": "web"}
CONNECT = ConnectContainer(network="n", network_name="back", **WEB)


def plan(*steps: object) -> Plan:
    return Plan.model_validate({"title": N_("Test", "x"), "steps": steps})


def test_that_make_and_start_are_one_docker_run() -> None:
    text = preview(plan(CreateContainer(spec=SPEC), StartContainer(**WEB)), Dialect.POSIX)
    assert text == (
        "docker run -d -i -t --name=web --hostname=h --restart=always --network=front --ip=10.5.0.9 "
        "--network-alias=shop --publish=8080:80/tcp --publish=53/udp --dns=192.0.2.1 "
        "--dns-search=example.test --isolation=hyperv '--env=A=$x' --label=l=v iis ping -t 'a b'\n"
    )


def test_that_what_happens_in_between_keeps_them_apart() -> None:
    short = ContainerSpec(name="web", image="iis")
    text = preview(plan(CreateContainer(spec=short), CONNECT, StartContainer(**WEB)), Dialect.POWERSHELL)
    assert text == "docker create '--name=web' iis\ndocker network connect back web\ndocker start web\n"


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (StopContainer(**WEB), "docker stop web"),
        (RestartContainer(**WEB), "docker restart web"),
        (RemoveContainer(**WEB), "docker rm web"),
        (RemoveContainer(**WEB, force=True, volumes=True), "docker rm --force --volumes web"),
        (StartContainer(container="ab12", container_name="-web"), "docker start -- -web"),
    ],
)
def test_that_each_step_has_its_command(step: ContainerStep, words: str) -> None:
    assert " ".join(container_words(step)) == words


@pytest.mark.parametrize(
    ("network", "flag"),
    [("a b", "--network=a b"), ("a=b", '--network="name=a=b"'), ('a=b"', '--network="name=a=b"""')],
)
def test_that_a_network_name_is_not_read_as_a_list_of_settings(network: str, flag: str) -> None:
    assert flag in run_words(ContainerSpec(name="web", image="iis", network=network))


def test_that_a_label_the_client_can_not_be_given_shows_no_command() -> None:
    with pytest.raises(InexpressibleError):
        run_words(ContainerSpec(name="web", image="iis", labels={"a=b": "c"}))


def test_that_compose_shows_the_service_and_the_network_it_uses() -> None:
    text = preview(plan(CreateContainer(spec=SPEC), StartContainer(**WEB)), Dialect.COMPOSE)
    assert YAML(typ="safe", pure=True).load(text) == {
        "services": {
            "web": {
                "image": "iis",
                "container_name": "web",
                "hostname": "h",
                "isolation": "hyperv",
                "restart": "always",
                "command": ["ping", "-t", "a b"],
                "ports": ["8080:80/tcp", "53/udp"],
                "dns": ["192.0.2.1"],
                "dns_search": ["example.test"],
                "environment": {"A": "$$x"},
                "labels": {"l": "v"},
                "networks": {"front": {"ipv4_address": "10.5.0.9", "aliases": ["shop"]}},
                "stdin_open": True,
                "tty": True,
            }
        },
        "networks": {"front": {"name": "front", "external": True}},
    }


def test_that_networks_and_containers_of_one_plan_are_one_compose_file() -> None:
    networks = [CreateNetwork(spec=NetworkSpec(name=name)) for name in ("a net", "b net")]
    spec = ContainerSpec(name="web", image="iis", network="b net")
    steps = (*networks, CreateContainer(spec=spec), StopContainer(container="x", container_name="old"))
    text = preview(plan(*steps), Dialect.COMPOSE)
    assert text.startswith("# Stop the container old: Compose can't express this.")
    document = YAML(typ="safe", pure=True).load(text)
    assert {key: network["name"] for key, network in document["networks"].items()} == {
        "network": "a net",
        "network-2": "b net",
    }
    assert document["services"]["web"]["networks"] == {"network-2": None}


@given(any_texts, any_texts)
def test_that_no_text_changes_on_its_way_through_compose(name: str, value: str) -> None:
    spec = ContainerSpec(name=name, image=value, network="n", environment={name: value}, command=(value,))
    text = preview(plan(CreateContainer(spec=spec)), Dialect.COMPOSE)
    (service,) = YAML(typ="safe", pure=True).load(text)["services"].values()
    dollars = value.replace("$", "$$")
    assert (service["image"], service["command"]) == (dollars, [dollars])
    assert service["environment"] == {name: dollars}
    assert service["container_name"] == name.replace("$", "$$")
