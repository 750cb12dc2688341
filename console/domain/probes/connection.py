"""Trying inside of a container whether something is reached, with whatever its image has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from console.domain.container_details import ExecResult
from console.domain.probes.probe import POWERSHELL, Attempt, Reach, addresses_in, is_missing, safe_word

CONNECT_SECONDS: Final = "3"
_PING_ANSWER: Final = re.compile(r"\bttl=\d+", re.IGNORECASE)
_TIME_CONNECT: Final = re.compile(r"^\s*(\d+)[.,](\d+)")
_PROPERTY: Final = re.compile(r"^(\w+)\s*:\s*(\S*)\s*$", re.MULTILINE)
_CURL_UNKNOWN_HOST, _CURL_TIMED_OUT = 6, 28


@dataclass(frozen=True, slots=True)
class Tried:
    """How a try ended. ``address`` is what was reached or tried, "" where the program does not tell."""

    program: str
    reach: Reach
    address: str = ""


def ping_attempts(target: str, *, windows: bool) -> tuple[Attempt[Tried], ...]:
    """The programs that ping ``target``. Raises UnsafeWordError for what is no name or address."""
    return (_ping(safe_word(target), windows=windows, unanswered=Reach.NO_ANSWER, answered=Reach.CONNECTED),)


def connection_attempts(target: str, port: int, *, windows: bool) -> tuple[Attempt[Tried], ...]:
    """The programs that connect to a TCP port, best first; last a ping, which tells "nobody listens"
    from "nobody is there". Raises UnsafeWordError for what is no name or address.
    """
    word = safe_word(target)
    last = _ping(word, windows=windows, unanswered=Reach.NO_ANSWER, answered=Reach.REFUSED)
    curl = Attempt(
        (
            "curl", "-s", "-o", "NUL" if windows else "/dev/null", "--connect-timeout", CONNECT_SECONDS,
            "-m", "6", "-w", "%{time_connect} %{remote_ip}", f"http://{word}:{port}/",
        ),
        _read_curl,
    )  # fmt: skip
    if not windows:
        netcat = Attempt(("nc", "-w", CONNECT_SECONDS, word, str(port)), _read_netcat)
        return (curl, netcat, last)
    command = (*POWERSHELL, "Test-NetConnection", "-ComputerName", word, "-Port", str(port))
    return (curl, Attempt(command, _read_test_netconnection), last)


def _ping(word: str, *, windows: bool, unanswered: Reach, answered: Reach) -> Attempt[Tried]:
    command = ("ping", "-n", "1", "-w", "2000", word) if windows else ("ping", "-c", "1", "-W", "2", word)

    def read(result: ExecResult) -> Tried | None:
        """An answer has a TTL, in every language; "destination unreachable" from a router has none."""
        if is_missing(result):
            return None
        lines = result.output.strip().splitlines()
        found = addresses_in(lines[0])[:1] if lines else ()
        if not found:
            return Tried("ping", Reach.UNKNOWN_NAME)
        return Tried("ping", answered if _PING_ANSWER.search(result.output) else unanswered, found[0])

    return Attempt(command, read)


def _read_curl(result: ExecResult) -> Tried | None:
    """Code 7 is refused or unreachable alike: another program has to tell (curl(1), exit codes)."""
    if is_missing(result):
        return None
    time = _TIME_CONNECT.match(result.output)
    if time is not None and int(time[1] + time[2]):
        return Tried("curl", Reach.CONNECTED, next(iter(addresses_in(result.output)), ""))
    if result.exit_code == _CURL_UNKNOWN_HOST:
        return Tried("curl", Reach.UNKNOWN_NAME)
    return Tried("curl", Reach.NO_ANSWER) if result.exit_code == _CURL_TIMED_OUT else None


def _read_test_netconnection(result: ExecResult) -> Tried | None:
    """Its properties' names are the same in every language of Windows."""
    told = {match[1].casefold(): match[2].casefold() for match in _PROPERTY.finditer(result.output)}
    if is_missing(result) or not {"tcptestsucceeded", "pingsucceeded"} & told.keys():
        return None
    address = next(iter(addresses_in(told.get("remoteaddress", ""))), "")
    if told.get("tcptestsucceeded") == "true":
        return Tried("Test-NetConnection", Reach.CONNECTED, address)
    if not address:
        return Tried("Test-NetConnection", Reach.UNKNOWN_NAME)
    reached = told.get("pingsucceeded") == "true"
    return Tried("Test-NetConnection", Reach.REFUSED if reached else Reach.NO_ANSWER, address)


def _read_netcat(result: ExecResult) -> Tried | None:
    """It ends with 0 once connected; why it did not connect only a ping can tell."""
    return Tried("nc", Reach.CONNECTED) if result.exit_code == 0 else None
