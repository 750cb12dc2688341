"""What a person tries on a broken host, as a scenario's symptom declares it."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import CreateContainer, StartContainer
from console.domain.plan import ConnectContainer, CreateNetwork
from console.domain.practice import Asking, RunningInside
from console.domain.spec import NetworkSpec, SubnetSpec

_GOES_ON = ("ping", "-t", "localhost")
"""What a container that shall not end at once runs."""


def running(words: str, *, network: str = "") -> Asking:
    """``docker run`` on a network, else on the default one, which is refused with ``words``."""
    spec = ContainerSpec(name="hello", image="nanoserver", network=network, command=_GOES_ON)
    return Asking((*_run(spec),), words)


def starting(container: str, words: str) -> Asking:
    """``docker start``, which is refused with ``words``."""
    return Asking((StartContainer(container=container, container_name=container),), words)


def connecting_running(network: str, other: str, words: str) -> Asking:
    """``docker run`` of a Hyper-V isolated container on a network and ``docker network connect`` of it
    to an ``other``, which is refused with ``words``.
    """
    name = "hello"
    spec = ContainerSpec(name=name, image="nanoserver", network=network, isolation="hyperv", command=_GOES_ON)
    connect = ConnectContainer(network=other, network_name=other, container=name, container_name=name)
    return Asking((*_run(spec), connect), words)


def creating(
    driver: str,
    words: str,
    *,
    subnet: str = "",
    gateway: str = "",
    options: Mapping[str, str] | None = None,
) -> Asking:
    """``docker network create``, which is refused with ``words``."""
    subnets = (SubnetSpec(subnet=subnet, gateway=gateway),) if subnet else ()
    spec = NetworkSpec(name="practice", driver=driver, subnets=subnets, options=dict(options or {}))
    return Asking((CreateNetwork(spec=spec),), words)


def inside(container: str, *program: str, words: str) -> RunningInside:
    """``docker exec``, whose output holds ``words``."""
    return RunningInside(container, program, words)


def _run(spec: ContainerSpec) -> tuple[CreateContainer, StartContainer]:
    return CreateContainer(spec=spec), StartContainer(container=spec.name, container_name=spec.name)
