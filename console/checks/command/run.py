"""``docker run`` and ``docker service create`` as pasted (seed, "Unsupported features"; reference, 3.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.checks.command.network import ROUTING_MESH_SINCE
from console.checks.command.reading import PastedCommand
from console.checks.command.repair import repaired
from console.checks.command.scan import Scanned, scan
from console.checks.command.verdict import Trouble, Verdict
from console.checks.command.writing import written
from console.domain.container_spec import EVERY_ADDRESS
from console.domain.render.flags import BOOLEANS
from console.domain.severity import Severity
from console.domain.text import N_, Text

CONTEXT = "Command check"

_SHORT = {
    "-d": "--detach",
    "-i": "--interactive",
    "-t": "--tty",
    "-P": "--publish-all",
    "-q": "--quiet",
    "-p": "--publish",
    "-h": "--hostname",
    "-v": "--volume",
    "-e": "--env",
    "-w": "--workdir",
    "-l": "--label",
    "-o": "--opt",
    "-u": "--user",
    "-m": "--memory",
    "-c": "--cpu-shares",
    "-a": "--attach",
}
_BOOLEANS = frozenset(
    {"--detach", "--interactive", "--tty", "--publish-all", "--quiet", "--rm", "--init", "--privileged"}
    | {"--read-only", "--sig-proxy", "--no-healthcheck", "--oom-kill-disable", "--disable-content-trust"}
    | {"--no-resolve-image", "--with-registry-auth", "--insecure", "--help", "--use-api-socket"}
)
_LONG = ("--name", "--network", "--net", "--ip", "--dns", "--publish", "--link", "--rm", "--isolation")
_OUT = N_(CONTEXT, "Leave it out.")
_BY_NAME = N_(CONTEXT, "Put both containers on one network: they find each other by name.")
_UNSUPPORTED: dict[str, tuple[Text, Text]] = {
    "--link": (N_(CONTEXT, "Windows has no container links: --link has no effect."), _BY_NAME),
    "--ip6": (
        N_(CONTEXT, "Docker on Windows gives containers no IPv6 addresses."),
        N_(CONTEXT, "Use --ip with an IPv4 address of the network's subnet."),
    ),
    "--dns-option": (
        N_(CONTEXT, "Windows ignores resolver options."),
        N_(CONTEXT, "Use --dns and --dns-search, or set the options in the container's image."),
    ),
    "--privileged": (N_(CONTEXT, "Windows containers have no privileged mode."), _OUT),
    "--read-only": (N_(CONTEXT, "Windows containers have no read-only mode."), _OUT),
    "--cap-add": (N_(CONTEXT, "Capabilities are a Linux concept."), _OUT),
    "--cap-drop": (N_(CONTEXT, "Capabilities are a Linux concept."), _OUT),
    "--sysctl": (N_(CONTEXT, "Kernel parameters are a Linux concept."), _OUT),
}
_SAME = {"--dns-opt": "--dns-option", "--net": "--network"}
_HOST_MODES = {
    "host": N_(CONTEXT, "Use nat with published ports (-p), or a transparent network."),
    "bridge": N_(CONTEXT, "Use nat: it is the default on Windows."),
}
_WORDS_SWAPPED = Trouble(
    "words-swapped",
    Severity.ERROR,
    N_(CONTEXT, "docker create creates a container, here from an image called network."),
    N_(CONTEXT, "Write docker network create."),
)
_SEARCH_WORKS_SINCE = 17763
_SERVICE_CHECK = "unsupported-service-option"
_ENDS_WITH_PORT = re.compile(
    r"(?:(?P<host>\d+\.\d+\.\d+\.\d+|\[[^\]]*\]):)?(?P<rest>[^/]*)(?:/(?P<protocol>\w+))?"
)


def judged_run(command: PastedCommand, build: int | None) -> Verdict:
    """What Windows makes of a pasted ``docker run`` or ``docker service create``.

    ``build`` None: of any Windows, as the document of 2017 says.
    """
    words, accidents = repaired(command, _LONG)
    scanned = scan(words, _BOOLEANS, _SHORT, stop_at_operand=True)
    if not scanned.operands:
        accidents += (Trouble("image-missing", Severity.ERROR, N_(CONTEXT, "The command names no image.")),)
    if scanned.operands[:1] == ["network"]:
        accidents += (_WORDS_SWAPPED,)
    check = _SERVICE_CHECK if command.kind == "service create" else "unsupported-run-option"
    unsupported = tuple(_unsupported(scanned, build, check))
    kept = _without(words, scanned, {trouble.flag for trouble in unsupported})
    return Verdict(
        kind=command.kind,
        name=scanned.last("--name") or None,
        options=tuple((flag, values[-1]) for flag, values in scanned.values.items() if flag in _TOLD),
        supported=not unsupported,
        unsupported=tuple(dict.fromkeys(trouble.flag for trouble in unsupported)),
        troubles=(*accidents, *unsupported),
        rewritten=written(command, kept) if scanned.operands and _WORDS_SWAPPED not in accidents else None,
    )


_TOLD = frozenset({"--network", "--net", "--ip", "--dns", "--publish", "--isolation", "--mac-address"})


def _unsupported(scanned: Scanned, build: int | None, check: str) -> Iterator[Trouble]:
    for flag, values in scanned.values.items():
        known = _UNSUPPORTED.get(_SAME.get(flag, flag))
        if known is not None and not _is_switched_off(flag, values):
            yield Trouble(check, Severity.ERROR, known[0], known[1], flag)
    searched = len(scanned.items("--dns-search"))
    if searched > 1 and (build is None or build < _SEARCH_WORKS_SINCE):
        message = N_(
            CONTEXT,
            "Windows before 1809 accepts one DNS search domain; here there are {count}.",
            count=searched,
        )
        yield Trouble(check, Severity.WARNING, message, N_(CONTEXT, "Give one --dns-search."), "--dns-search")
    for flag in ("--network", "--net"):
        for mode in scanned.values.get(flag, ()):
            if mode in _HOST_MODES:
                message = N_(CONTEXT, "Windows containers have no network {mode}.", mode=mode)
                yield Trouble(check, Severity.ERROR, message, _HOST_MODES[mode], f"{flag} {mode}")
    if any(value.partition("=")[0] == "encrypted" for value in scanned.values.get("--opt", ())):
        yield Trouble(
            check,
            Severity.ERROR,
            N_(CONTEXT, "Windows does not encrypt the traffic of services."),
            N_(CONTEXT, "Encrypt in the application (TLS), or between the hosts with IPsec."),
            "--opt encrypted",
        )
    for value in scanned.values.get("--publish", ()):
        yield from _port(value, check)
    if check == _SERVICE_CHECK and build is not None and build < ROUTING_MESH_SINCE:
        yield from _without_mesh(scanned)


def _is_switched_off(flag: str, values: list[str]) -> bool:
    """Whether a flag that is true or false says false: ``--privileged=false``."""
    return flag in _BOOLEANS and BOOLEANS.get(values[-1]) is False


def _without_mesh(scanned: Scanned) -> Iterator[Trouble]:
    """What a service needs the routing mesh and virtual addresses for (reference, 2.7)."""
    instead = N_(CONTEXT, "Use --endpoint-mode dnsrr and --publish mode=host,target=…,published=….")
    if scanned.last("--endpoint-mode") in {"", "vip"}:
        message = N_(CONTEXT, "Windows Server 2016 gives services no virtual address (endpoint mode vip).")
        yield Trouble(_SERVICE_CHECK, Severity.ERROR, message, instead, "--endpoint-mode vip")
    for value in scanned.values.get("--publish", ()):
        if "mode=host" not in value.split(","):
            message = N_(
                CONTEXT, "Windows Server 2016 has no routing mesh: each host publishes its own ports."
            )
            yield Trouble(_SERVICE_CHECK, Severity.ERROR, message, instead, f"--publish {value}")


def _port(value: str, check: str) -> Iterator[Trouble]:
    found = _ENDS_WITH_PORT.fullmatch(value)
    if found is None:
        return
    flag = f"--publish {value}"
    if not _of_every_address(found):
        message = N_(CONTEXT, "Windows publishes a port on all addresses of the host.")
        alternative = N_(CONTEXT, "Leave the address out, and restrict the port with Windows Firewall.")
        yield Trouble(check, Severity.ERROR, message, alternative, flag)
    host_port, _, port = found["rest"].rpartition(":")
    if "-" in host_port and "-" not in port:
        message = N_(
            CONTEXT, "Windows accepts one host port for a container port, not a range to choose from."
        )
        yield Trouble(check, Severity.ERROR, message, N_(CONTEXT, "Name one host port."), flag)
    if (found["protocol"] or "tcp").lower() not in {"tcp", "udp"}:
        message = N_(CONTEXT, "Windows publishes TCP and UDP ports only.")
        yield Trouble(check, Severity.ERROR, message, N_(CONTEXT, "Use tcp or udp."), flag)


def _without(words: list[str], scanned: Scanned, flags: set[str]) -> list[str]:
    """``words`` without the flags that do not work; an address of a published port goes alone."""
    kept: list[str] = []
    end = 0
    searched = False
    for name, start, stop in scanned.places:
        value = scanned_value(words, start, stop)
        end = stop
        if name == "--dns-search" and name in flags:
            if not searched:
                kept += ["--dns-search", value.split(",")[0]]
            searched = True
        elif name == "--publish" and f"--publish {value}" in flags:
            found = _ENDS_WITH_PORT.fullmatch(value)
            if found is not None and not _of_every_address(found) and _is_simple(found):
                kept += ["-p", value[found.start("rest") :]]
        elif name == "--endpoint-mode" and "--endpoint-mode vip" in flags:
            kept += ["--endpoint-mode", "dnsrr"]
        elif name not in flags and f"{name} {value}" not in flags and not _is_encrypted(name, value, flags):
            kept += words[start:stop]
    return kept + words[end:]


def _of_every_address(port: re.Match[str]) -> bool:
    """Whether a port is published on all addresses of the host, which may be spelled out."""
    return (port["host"] or "").strip("[]") in EVERY_ADDRESS


def _is_simple(port: re.Match[str]) -> bool:
    """One port of a protocol that Windows publishes."""
    return "-" not in port["rest"] and (port["protocol"] or "tcp").lower() in {"tcp", "udp"}


def scanned_value(words: list[str], start: int, stop: int) -> str:
    """The value of the flag whose words stand there."""
    if stop - start > 1:
        return words[start + 1]
    word = words[start]
    return word.partition("=")[2] if "=" in word else word[2:]


def _is_encrypted(name: str, value: str, flags: set[str]) -> bool:
    return name == "--opt" and "--opt encrypted" in flags and value.partition("=")[0] == "encrypted"
