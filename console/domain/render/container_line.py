"""docker's words for the steps of a container's life, and ``docker run`` for making and starting one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from console.domain.container_spec import ContainerSpec, PublishSpec
from console.domain.container_steps import (
    ContainerStep,
    CreateContainer,
    RemoveContainer,
    RestartContainer,
    StartContainer,
    StopContainer,
)
from console.domain.render.errors import CommandError, InexpressibleError
from console.domain.render.flags import check_label
from console.domain.text import N_

CONTEXT = "docker command"

#: A network name that the client would read as a list of settings (docker/cli, opts/network.go).
_LONG_SYNTAX = re.compile(r"\w+=\w+")


def container_words(step: ContainerStep) -> tuple[str, ...]:
    """The words of the command that does one step, ``docker`` first, unquoted."""
    match step:
        case CreateContainer():
            return ("docker", "create", *_made(step.spec))
        case StartContainer():
            return ("docker", "start", *_operand(step.container_name or step.container))
        case StopContainer():
            return ("docker", "stop", *_operand(step.container_name or step.container))
        case RestartContainer():
            return ("docker", "restart", *_operand(step.container_name or step.container))
        case RemoveContainer():
            flags = (*(("--force",) if step.force else ()), *(("--volumes",) if step.volumes else ()))
            return ("docker", "rm", *flags, *_operand(step.container_name or step.container))


def run_words(spec: ContainerSpec) -> tuple[str, ...]:
    """The words of the ``docker run`` that makes ``spec`` and starts it, in the background."""
    return ("docker", "run", "-d", *_made(spec))


def published(port: PublishSpec) -> str:
    """A port in docker's own notation: ``8080:80/tcp``, ``80/tcp`` where the engine chooses."""
    host = f"[{port.host_address}]" if ":" in port.host_address else port.host_address
    asked = "" if port.host_port is None else str(port.host_port)
    outside = f"{host}:{asked}:" if host else f"{asked}:" if asked else ""
    return f"{outside}{port.key}"


def _operand(name: str) -> tuple[str, ...]:
    return ("--", name) if name.startswith("-") else (name,)


def _made(spec: ContainerSpec) -> Iterator[str]:
    if spec.interactive:
        yield from ("-i", "-t")
    yield f"--name={spec.name}"
    for flag, value in (("hostname", spec.hostname), ("restart", spec.restart)):
        if value:
            yield f"--{flag}={value}"
    yield from _network_flags(spec)
    yield from (f"--publish={published(port)}" for port in spec.ports)
    yield from (f"--dns={server}" for server in spec.dns_servers)
    yield from (f"--dns-search={domain}" for domain in spec.dns_search)
    if spec.isolation:
        yield f"--isolation={spec.isolation}"
    yield from _pairs("--env", spec.environment)
    for key in spec.labels:
        _refuse_label(key)
    yield from _pairs("--label", spec.labels)
    yield from _operand(spec.image)
    yield from spec.command


def _network_flags(spec: ContainerSpec) -> Iterator[str]:
    if spec.network:
        field = f"name={spec.network}".replace('"', '""')
        yield f'--network="{field}"' if _LONG_SYNTAX.search(spec.network) else f"--network={spec.network}"
    if spec.address:
        yield f"--ip6={spec.address}" if ":" in spec.address else f"--ip={spec.address}"
    yield from (f"--network-alias={alias}" for alias in spec.aliases)


def _pairs(flag: str, values: Mapping[str, str]) -> Iterator[str]:
    for key, value in values.items():
        if "=" in key:
            raise InexpressibleError(
                N_(
                    CONTEXT,
                    "The docker client can't be given the name {key}: it ends a name at the first equals "
                    "sign.",
                    key=key,
                )
            )
        yield f"{flag}={key}={value}"


def _refuse_label(key: str) -> None:
    try:
        check_label(key)
    except CommandError as refused:
        raise InexpressibleError(refused.text) from refused
