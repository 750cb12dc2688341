"""Programs with which people try whether a TCP port answers."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.demo.lookups import look_up
from console.demo.programs.outcome import Outcome, failure, said
from console.demo.resolution import attached
from console.demo.traffic import Fate, Packet, Traffic

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState

_UNKNOWN_HOST, _NOT_CONNECTED, _TIMED_OUT = 6, 7, 28
_CURL_VALUES = frozenset({"-o", "-w", "-m", "--connect-timeout", "--max-time", "--output", "--write-out"})


def _addresses(host: PracticeHost, container: ContainerState, name: str) -> list[str]:
    try:
        return [str(IPv4Address(name))]
    except AddressValueError:
        return look_up(host, container, name)


def curl(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """``curl [options] URL``: whether it connects, by its exit code and what ``-w`` asks for."""
    options, urls = _curl_words(words)
    if not urls:
        return failure("curl: try 'curl --help' for more information\r\n", 2)
    url = urlsplit(urls[0] if "://" in urls[0] else f"http://{urls[0]}")
    name, port = url.hostname or "", url.port or 80
    found = _addresses(host, container, name)
    silent = "-s" in words
    if not found:
        return _curl_end(options, _UNKNOWN_HOST, f"curl: (6) Could not resolve host: {name}", silent=silent)
    fate = Traffic(host).from_container(container, Packet("tcp", found[0], port))
    if fate is Fate.ANSWERED:
        written = options.get("-w", "").replace("%{time_connect}", "0.000843")
        return said(written.replace("%{remote_ip}", found[0]))
    if fate is Fate.LOST:
        words_said = f"curl: (28) Connection timed out after {options.get('--connect-timeout', '21')} seconds"
        return _curl_end(options, _TIMED_OUT, words_said, silent=silent)
    words_said = f"curl: (7) Failed to connect to {name} port {port}: Connection refused"
    if fate is Fate.NO_ROUTE:
        words_said = f"curl: (7) Failed to connect to {name} port {port}: Network is unreachable"
    return _curl_end(options, _NOT_CONNECTED, words_said, silent=silent)


def _curl_words(words: list[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    urls = []
    rest = iter(words)
    for word in rest:
        if word in _CURL_VALUES:
            options[word] = next(rest, "")
        elif not word.startswith("-"):
            urls.append(word)
    return options, urls


def _curl_end(options: dict[str, str], code: int, words: str, *, silent: bool) -> Outcome:
    written = options.get("-w", "").replace("%{time_connect}", "0.000000").replace("%{remote_ip}", "")
    errors = ((2, f"{words}\r\n"),) if not silent else ()
    return Outcome(((1, written), *errors), code)


@dataclass(frozen=True, slots=True)
class _Target:
    name: str
    port: int | None


def test_netconnection(host: PracticeHost, container: ContainerState, words: list[str]) -> Outcome:
    """PowerShell's ``Test-NetConnection [-ComputerName] NAME [-Port N]``."""
    target = _tnc_target(words)
    found = _addresses(host, container, target.name)
    if not found:
        warning = f"WARNING: Name resolution of {target.name} failed\r\n"
        shown = _listed({"ComputerName": target.name, "RemoteAddress": "", "PingSucceeded": "False"})
        return Outcome(((1, warning), (1, shown)))
    traffic = Traffic(host)
    answers = {}
    warnings = ""
    if target.port is not None:
        fate = traffic.from_container(container, Packet("tcp", found[0], target.port))
        answers["RemotePort"] = str(target.port)
        connected = fate is Fate.ANSWERED
        if not connected:
            warnings = f"WARNING: TCP connect to ({found[0]} : {target.port}) failed\r\n"
    if target.port is None or not connected:
        pinged = traffic.from_container(container, Packet("icmp", found[0])) is Fate.ANSWERED
        answers["PingSucceeded"] = str(pinged)
    if target.port is not None:
        answers["TcpTestSucceeded"] = str(connected)
    first = {"ComputerName": target.name, "RemoteAddress": found[0]}
    own = next((endpoint.lease for _network, endpoint in attached(host, container)), "")
    return Outcome(((1, warnings + _listed(first | answers | {"SourceAddress": own})),))


def _tnc_target(words: list[str]) -> _Target:
    name, port = "internetbeacon.msedge.net", None
    rest = iter(words)
    for word in rest:
        switch = word.lower()
        if switch == "-port":
            text = next(rest, "")
            port = int(text) if text.isdigit() else None
        elif switch == "-informationlevel":
            next(rest, "")
        elif switch == "-computername":
            name = next(rest, name)
        elif not switch.startswith("-"):
            name = word
    return _Target(name, port)


def _listed(properties: dict[str, str]) -> str:
    return "\r\n" + "".join(f"{name:<16} : {value}\r\n" for name, value in properties.items()) + "\r\n"
