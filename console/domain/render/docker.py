"""docker commands out of specs and steps, and specs out of ``docker network create`` commands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from console.domain.plan import (
    ConnectContainer,
    CreateNetwork,
    DisconnectContainer,
    RemoveNetwork,
    RunScript,
    Step,
)
from console.domain.render.cmdlets import script_command
from console.domain.render.container_line import container_words
from console.domain.render.create_line import parse_create
from console.domain.render.errors import CommandError, InexpressibleError
from console.domain.render.flags import check_label
from console.domain.render.shell import Shell, join
from console.domain.render.swarm import swarm_arguments
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm
from console.domain.text import N_

__all__ = ["create_arguments", "create_command", "parse_create", "step_command"]

CONTEXT = "docker command"


def create_command(spec: NetworkSpec, shell: Shell) -> str:
    """The ``docker network create`` command that asks for ``spec``.

    Raises :class:`InexpressibleError` for what no such command can say.
    """
    return join(create_arguments(spec), shell)


def create_arguments(spec: NetworkSpec) -> tuple[str, ...]:
    """The words of that command, ``docker`` first, unquoted.

    The driver is always named: the client would silently send ``bridge`` (reference, 0.2).
    """
    return ("docker", "network", "create", *_flags(spec), *_operands(spec.name))


def step_command(step: Step, shell: Shell) -> str:
    """The command that does one step of a plan: docker's, or PowerShell's cmdlets for a script.

    In a shell that has no word for it a comment says where it is done.
    """
    match step:
        case CreateNetwork():
            return create_command(step.spec, shell)
        case RemoveNetwork():
            words: Sequence[str] = ("docker", "network", "rm", *_operands(step.name or step.network))
        case ConnectContainer():
            words = ("docker", "network", "connect", *_connect_flags(step), *_operands(*_names(step)))
        case DisconnectContainer():
            force = ("--force",) if step.force else ()
            words = ("docker", "network", "disconnect", *force, *_operands(*_names(step)))
        case RunScript():
            return script_command(step, shell)
        case InitSwarm() | JoinSwarm() | LeaveSwarm():
            words = swarm_arguments(step)
        case _:
            words = container_words(step)
    return join(words, shell)


def _names(step: ConnectContainer | DisconnectContainer) -> tuple[str, str]:
    return step.network_name or step.network, step.container_name or step.container


def _connect_flags(step: ConnectContainer) -> Iterator[str]:
    if step.address:
        yield f"--ip={step.address}"
    for alias in step.aliases:
        yield f"--alias={_list_item(alias)}"


def _operands(*names: str) -> tuple[str, ...]:
    """Names as operands; ``--`` keeps one that begins with a dash from being read as a flag."""
    return ("--", *names) if any(name.startswith("-") for name in names) else names


def _flags(spec: NetworkSpec) -> Iterator[str]:
    yield from ("-d", spec.driver) if spec.driver else ("--driver=",)
    if spec.scope:
        yield f"--scope={spec.scope}"
    for entry in spec.subnets:
        yield from _subnet_flags(entry)
    if not spec.enable_ipv4:
        yield "--ipv4=false"
    if spec.enable_ipv6:
        yield "--ipv6"
    if spec.ipam_driver:
        yield f"--ipam-driver={spec.ipam_driver}"
    yield from _pairs("--ipam-opt", spec.ipam_options)
    yield from (f"--{name}" for name in ("internal", "attachable", "ingress") if getattr(spec, name))
    if spec.config_only:
        yield "--config-only"
    if spec.config_from:
        yield f"--config-from={spec.config_from}"
    yield from _pairs("-o", spec.options)
    for key in spec.labels:
        _refuse_label(key)
    yield from _pairs("--label", spec.labels)


def _subnet_flags(entry: SubnetSpec) -> Iterator[str]:
    if entry.subnet:
        yield f"--subnet={_list_item(entry.subnet)}"
    if entry.ip_range:
        yield f"--ip-range={_list_item(entry.ip_range)}"
    if entry.gateway:
        yield f"--gateway={_list_item(entry.gateway)}"
    yield from _pairs("--aux-address", entry.aux_addresses)


def _list_item(value: str) -> str:
    """One item of a flag that takes a comma-separated list: quoted as CSV where it must be."""
    if any(character in value for character in ',"\r\n'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _pairs(flag: str, values: Mapping[str, str]) -> Iterator[str]:
    for key, value in values.items():
        if "=" in key:
            raise InexpressibleError(
                N_(
                    CONTEXT,
                    "The docker client can't be given the name {key}: it ends a name at the first "
                    "equals sign. The console can still create the network.",
                    key=key,
                )
            )
        yield from (flag, f"{key}={value}")


def _refuse_label(key: str) -> None:
    try:
        check_label(key)
    except CommandError as refused:
        raise InexpressibleError(refused.text) from refused
