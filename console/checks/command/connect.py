"""``docker network connect`` as pasted (reference, 1.4 and 2.3)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.command.reading import PastedCommand
from console.checks.command.repair import repaired
from console.checks.command.scan import Scanned, scan
from console.checks.command.verdict import Trouble, Verdict
from console.checks.command.writing import written
from console.domain.severity import Severity
from console.domain.text import N_, Text

CONTEXT = "Command check"

_FLAGS = ("--ip", "--ip6", "--alias", "--link", "--link-local-ip", "--driver-opt", "--gw-priority")
_LEAVE_OUT = N_(CONTEXT, "Leave it out.")
_UNSUPPORTED: dict[str, tuple[Text, Text]] = {
    "--link": (
        N_(CONTEXT, "Windows has no container links: --link has no effect."),
        N_(CONTEXT, "Containers on one network find each other by name; --alias gives further names."),
    ),
    "--ip6": (
        N_(CONTEXT, "Docker on Windows gives containers no IPv6 addresses."),
        N_(CONTEXT, "Use --ip with an IPv4 address of the network's subnet."),
    ),
    "--link-local-ip": (N_(CONTEXT, "Windows assigns no additional link-local addresses."), _LEAVE_OUT),
    "--driver-opt": (
        N_(CONTEXT, "The Windows drivers refuse endpoint options: Invalid endpoint configuration."),
        _LEAVE_OUT,
    ),
}
_BY_ISOLATION = Trouble(
    "ip-change-on-running-container",
    Severity.NOTE,
    N_(
        CONTEXT,
        "A running container with Hyper-V isolation can't join another network: unsupported platform "
        "request.",
    ),
    N_(CONTEXT, "Stop it first, or name the network when it is created."),
)
_OPERANDS_WRONG = Trouble(
    "refused-by-client",
    Severity.ERROR,
    N_(CONTEXT, "docker network connect takes a network name and a container name, in this order."),
)


def judged_connect(command: PastedCommand) -> Verdict:
    """What Windows makes of a pasted ``docker network connect``; ``name`` is the network's."""
    words, accidents = repaired(command, _FLAGS)
    scanned = scan(words, frozenset(), {})
    unsupported = tuple(_unsupported(scanned))
    complete = len(scanned.operands) == 2
    return Verdict(
        kind=command.kind,
        name=scanned.operands[0] if complete else None,
        options=tuple((flag, values[-1]) for flag, values in scanned.values.items()),
        supported=not unsupported,
        unsupported=tuple(trouble.flag for trouble in unsupported),
        troubles=(*accidents, *(() if complete else (_OPERANDS_WRONG,)), *unsupported, _BY_ISOLATION),
        rewritten=written(command, _kept(words, scanned)) if complete else None,
    )


def _unsupported(scanned: Scanned) -> Iterator[Trouble]:
    for flag in scanned.values:
        if flag in _UNSUPPORTED:
            yield Trouble("unsupported-run-option", Severity.ERROR, *_UNSUPPORTED[flag], flag)


def _kept(words: list[str], scanned: Scanned) -> list[str]:
    dropped = {
        at for name, start, stop in scanned.places if name in _UNSUPPORTED for at in range(start, stop)
    }
    return [word for at, word in enumerate(words) if at not in dropped]
