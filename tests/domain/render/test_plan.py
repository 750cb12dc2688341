"""Previews of whole plans."""

from __future__ import annotations

import pytest
from hypothesis import given
from pydantic import SecretStr
from ruamel.yaml import YAML

from console.domain.plan import (
    ConnectContainer,
    CreateNetwork,
    Plan,
    RemoveNetwork,
    Step,
)
from console.domain.render.compose import parse_entry
from console.domain.render.errors import InexpressibleError
from console.domain.render.plan import Dialect, preview
from console.domain.spec import NetworkSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_
from tests.domain.render.specs import any_texts

SPEC = NetworkSpec(name="my net")
PLAN = Plan(
    title=N_("Test", "Replace"),
    steps=(RemoveNetwork(network="2e" * 32, name="my net"), CreateNetwork(spec=SPEC)),
)


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        (Dialect.DOCKER, 'docker network rm "my net"\ndocker network create -d nat "my net"\n'),
        (Dialect.POWERSHELL, "docker network rm 'my net'\ndocker network create -d nat 'my net'\n"),
        (Dialect.POSIX, "docker network rm 'my net'\ndocker network create -d nat 'my net'\n"),
    ],
)
def test_that_a_shell_preview_is_one_command_per_step(dialect: Dialect, text: str) -> None:
    assert preview(PLAN, dialect) == text


def test_that_compose_says_in_a_comment_what_it_can_not_express() -> None:
    text = preview(PLAN, Dialect.COMPOSE)
    assert text.startswith("# Remove the network my net: Compose can't express this.")
    assert parse_entry(text) == SPEC


@given(any_texts)
def test_that_no_name_can_break_out_of_a_comment(name: str) -> None:
    plan = Plan(
        title=N_("Test", "Both"),
        steps=(
            RemoveNetwork(network="x", name=name),
            ConnectContainer(network="x", network_name=name, container="y", container_name=name),
        ),
    )
    assert YAML(typ="safe", pure=True).load(preview(plan, Dialect.COMPOSE)) is None


def test_that_a_network_compose_has_no_words_for_becomes_a_comment() -> None:
    plan = Plan(title=N_("Test", "x"), steps=(CreateNetwork(spec=NetworkSpec(name="n", scope="swarm")),))
    assert (
        preview(plan, Dialect.COMPOSE)
        == "# Compose has no equivalent for --scope of docker network create.\n"
    )


def test_that_no_command_is_shown_rather_than_a_wrong_one() -> None:
    plan = Plan(title=N_("Test", "x"), steps=(CreateNetwork(spec=NetworkSpec(name="a\nb")),))
    with pytest.raises(InexpressibleError):
        preview(plan, Dialect.DOCKER)
    assert preview(plan, Dialect.POSIX) == "docker network create -d nat 'a\nb'\n"


@pytest.mark.parametrize(
    ("step", "command"),
    [
        (InitSwarm(), "docker swarm init\n"),
        (
            InitSwarm(advertise_address="10.1.0.5", address_pools=("10.9.0.0/16",), subnet_size=25),
            (
                "docker swarm init --advertise-addr=10.1.0.5 --default-addr-pool=10.9.0.0/16 "
                "--default-addr-pool-mask-length=25\n"
            ),
        ),
        (
            JoinSwarm(managers=("10.1.0.5:2377", "10.1.0.6:2377"), token=SecretStr("SWMTKN-1-secret")),
            "docker swarm join --token=JOIN-TOKEN 10.1.0.5:2377\n",
        ),
        (LeaveSwarm(), "docker swarm leave\n"),
        (LeaveSwarm(force=True), "docker swarm leave --force\n"),
    ],
)
def test_that_a_swarm_step_is_shown_without_its_secret(step: Step, command: str) -> None:
    plan = Plan(title=N_("Test", "Swarm"), steps=(step,))
    assert preview(plan, Dialect.DOCKER) == preview(plan, Dialect.POSIX) == command
    assert "secret" not in preview(plan, Dialect.POWERSHELL)
    assert preview(plan, Dialect.COMPOSE).startswith("# ")
