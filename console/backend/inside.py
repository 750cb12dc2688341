"""Asks a running container about its own network, with the programs its image has."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from console.backend.failures import EngineError
from console.domain.container_details import ExecResult
from console.domain.failure import Failure, FailureKind
from console.domain.inside.ipconfig import parse_ipconfig
from console.domain.inside.linux import (
    parse_ifconfig,
    parse_ip_addr,
    parse_resolv_conf,
    parse_routes,
    with_gateways,
)
from console.domain.inside.view import InsideAdapter, InsideView

T = TypeVar("T")

#: Runs a program in the container; raises EngineError.
Execute = Callable[[Sequence[str]], Awaitable[ExecResult]]


@dataclass(frozen=True, slots=True)
class InsideReport:
    """What the container told, and its programs' own words."""

    view: InsideView
    text: str


async def windows_inside(execute: Execute) -> InsideReport:
    """By ``ipconfig /all``. Raises EngineError, also where it printed something else."""
    command = ("ipconfig", "/all")
    result = await execute(command)
    return InsideReport(_understood(command, result, parse_ipconfig), _transcript(command, result))


async def linux_inside(execute: Execute) -> InsideReport:
    """By ``ip``, where the image has it, else ``ifconfig``; and ``/etc/resolv.conf``. Raises EngineError."""
    addresses = await _if_there(execute, ("ip", "addr"))
    texts: list[str] = []
    adapters: tuple[InsideAdapter, ...]
    if addresses is not None:
        adapters = _understood(("ip", "addr"), addresses, parse_ip_addr)
        texts.append(_transcript(("ip", "addr"), addresses))
        routes = await execute(("ip", "route"))
        texts.append(_transcript(("ip", "route"), routes))
        adapters = with_gateways(adapters, parse_routes(routes.output))
    else:
        command = ("ifconfig",)
        result = await execute(command)
        adapters = _understood(command, result, parse_ifconfig)
        texts.append(_transcript(command, result))
    names = await _if_there(execute, ("cat", "/etc/resolv.conf"))
    if names is not None:
        texts.append(_transcript(("cat", "/etc/resolv.conf"), names))
    servers = parse_resolv_conf(names.output) if names is not None else ()
    return InsideReport(InsideView(adapters=adapters, dns_servers=servers), "\n".join(texts))


async def _if_there(execute: Execute, command: tuple[str, ...]) -> ExecResult | None:
    """What the program said; None where the image has no such program, or it did not do its work.

    Engines refuse a program that is not there, or say so in its output and end with 126 or 127.
    """
    try:
        result = await execute(command)
    except EngineError as error:
        if error.failure.kind is FailureKind.REFUSED and "executable file not found" in error.failure.raw:
            return None
        raise
    return result if result.exit_code == 0 else None


def _understood(command: tuple[str, ...], result: ExecResult, parse: Callable[[str], T]) -> T:
    try:
        return parse(result.output)
    except ValueError as error:
        said = _transcript(command, result)
        raise EngineError(Failure(kind=FailureKind.MALFORMED_ANSWER, raw=said)) from error


def _transcript(command: tuple[str, ...], result: ExecResult) -> str:
    words = "\n".join(part.replace("\r\n", "\n").rstrip() for part in (result.output, result.errors) if part)
    ended = f"\n(exit code {result.exit_code})" if result.exit_code else ""
    return f"> {' '.join(command)}\n{words}{ended}\n"
