"""Why an engine can't be reached, and what to do about it, for each way of reaching one.

The ways differ more than the errors: a missing pipe, a missing socket and a closed port all mean
that nobody listens, and each is mended elsewhere (reference, 4.6).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from console.checks.errors.pattern import CONTEXT, ErrorPattern
from console.domain.failure import Failure, FailureKind
from console.domain.problem import Origin, Problem
from console.domain.text import N_, Text


class Transport(StrEnum):
    """The ways to an engine, by the scheme of its address; UNKNOWN where nothing tells."""

    PIPE = "npipe"
    UNIX = "unix"
    TCP = "tcp"
    SSH = "ssh"
    UNKNOWN = ""


@dataclass(frozen=True)
class _Explanation:
    what: Text
    why: Text
    do: tuple[Text, ...]


_HINTS = (
    (
        Transport.PIPE,
        re.compile(r"npipe:|[\\/]pipe[\\/]|%2Fpipe%2F|'CreateFile'|'WriteFile'|'ReadFile'", re.IGNORECASE),
    ),
    (Transport.UNIX, re.compile(r"unix:|\.sock\b|No such file or directory", re.IGNORECASE)),
    (Transport.SSH, re.compile(r"\bssh\b|publickey|Host key", re.IGNORECASE)),
    (Transport.TCP, re.compile(r"tcp:|https?:|host='|getaddrinfo|Name or service not known", re.IGNORECASE)),
)

_START_WINDOWS = N_(
    CONTEXT, "Start it: the service docker (Start-Service docker, as an administrator), or Docker Desktop."
)
_OTHER_PIPE = N_(
    CONTEXT,
    "If it runs, look at its pipe: Docker Desktop's Windows engine also has //./pipe/docker_engine_windows.",
)
_RAW_BESIDE = N_(CONTEXT, "The exact message is below; it helps whoever looks after the host.")

_NOT_RUNNING = {
    Transport.PIPE: _Explanation(
        N_(CONTEXT, "No engine answers on this computer."),
        N_(CONTEXT, "Its named pipe does not exist: the engine is stopped, or it has another pipe."),
        (_START_WINDOWS, _OTHER_PIPE),
    ),
    Transport.UNIX: _Explanation(
        N_(CONTEXT, "No engine answers on this computer."),
        N_(CONTEXT, "Nothing listens on its socket: the engine is stopped, or it has another socket."),
        (
            N_(CONTEXT, "Start it: sudo systemctl start docker, or Docker Desktop."),
            N_(CONTEXT, "A rootless engine has its socket below /run/user: choose its docker context."),
        ),
    ),
    Transport.TCP: _Explanation(
        N_(CONTEXT, "The host is up, but no engine listens at this address."),
        N_(CONTEXT, "The engine is stopped, or listens on another port, or on its pipe or socket only."),
        (
            N_(CONTEXT, "Check the port: an engine usually has 2376 with TLS and 2375 without."),
            N_(
                CONTEXT,
                'On the host, check that daemon.json has the address under "hosts", and start docker.',
            ),
        ),
    ),
    Transport.SSH: _Explanation(
        N_(CONTEXT, "The SSH connection works, but no engine answers behind it."),
        N_(CONTEXT, "The engine on that host is stopped, or docker is not in the path of the ssh account."),
        (N_(CONTEXT, "Log in there with ssh and run: docker version"),),
    ),
    Transport.UNKNOWN: _Explanation(
        N_(CONTEXT, "No engine answers at this address."),
        N_(CONTEXT, "The engine is stopped, or the address is not the engine's."),
        (N_(CONTEXT, "Start the engine on its host."), N_(CONTEXT, "Check the address of the connection.")),
    ),
}

_ACCESS_DENIED = {
    Transport.PIPE: _Explanation(
        N_(CONTEXT, "Your account may not use this engine."),
        N_(
            CONTEXT,
            "The engine is running, but admits only administrators and the members of one group. Docker "
            "Desktop's group is docker-users; an engine on a server has the one in daemon.json, or none.",
        ),
        (
            N_(CONTEXT, "Start the console as an administrator,"),
            N_(CONTEXT, "or join the group docker-users (Docker Desktop), sign out and in again,"),
            N_(
                CONTEXT,
                'or, on a server, set "group" in daemon.json to one of your groups and restart docker.',
            ),
        ),
    ),
    Transport.UNIX: _Explanation(
        N_(CONTEXT, "Your account may not use this engine."),
        N_(CONTEXT, "The engine is running, but its socket is open only to root and the group docker."),
        (
            N_(
                CONTEXT, "Join the group docker (sudo usermod -aG docker, then your name), and sign in again."
            ),
            N_(
                CONTEXT,
                "Members of that group are as powerful as root; a rootless engine is the alternative.",
            ),
        ),
    ),
    Transport.SSH: _Explanation(
        N_(CONTEXT, "The host does not let you in."),
        N_(CONTEXT, "ssh refused the key or the account, or the account may not use the engine there."),
        (
            N_(CONTEXT, "Log in once with ssh in a terminal, so that key and host are known."),
            N_(CONTEXT, "On the host, the account must be an administrator or in the engine's group."),
        ),
    ),
    Transport.UNKNOWN: _Explanation(
        N_(CONTEXT, "You are not allowed to use this engine."),
        N_(CONTEXT, "The engine, or the system it runs on, refused the account."),
        (
            N_(CONTEXT, "On Windows, start the console as an administrator, or join the engine's group."),
            N_(CONTEXT, "On Linux, join the group docker."),
            N_(CONTEXT, "Over the network, use a client certificate that the engine accepts."),
        ),
    ),
}

_UNREACHABLE = {
    Transport.SSH: _Explanation(
        N_(CONTEXT, "SSH can't reach the host."),
        N_(CONTEXT, "The name, the port or the route is wrong, or the host's key changed."),
        (N_(CONTEXT, "Try it in a terminal: ssh, then the same account and host. Its message says why."),),
    ),
    Transport.UNKNOWN: _Explanation(
        N_(CONTEXT, "The host can't be found or reached."),
        N_(
            CONTEXT,
            "Its name can't be resolved here, it is switched off, or a firewall or VPN is in between.",
        ),
        (
            N_(CONTEXT, "Check the spelling of the address, and whether the name resolves: nslookup"),
            N_(CONTEXT, "Check the VPN, and that the host's firewall lets the engine's port in."),
        ),
    ),
}

_BY_KIND = {
    FailureKind.NOT_RUNNING: _NOT_RUNNING,
    FailureKind.ACCESS_DENIED: _ACCESS_DENIED,
    FailureKind.UNREACHABLE: _UNREACHABLE,
    FailureKind.TLS: {
        Transport.UNKNOWN: _Explanation(
            N_(CONTEXT, "The encrypted connection to the engine can't be established."),
            N_(
                CONTEXT,
                "A certificate has expired, was issued for another name or by an unknown authority, or is "
                "missing here; or one side uses TLS and the other does not.",
            ),
            (
                N_(
                    CONTEXT,
                    "Check the connection's ca.pem, cert.pem and key.pem: they must come from the same "
                    "authority.",
                ),
                N_(
                    CONTEXT,
                    "Check that the engine's certificate has this host's name, and check both clocks.",
                ),
                N_(
                    CONTEXT,
                    "Where the connection has no ca.pem, import the authority's certificate into this "
                    "computer's certificate store.",
                ),
                N_(CONTEXT, "Engines usually speak TLS on port 2376 and none on 2375."),
            ),
        )
    },
    FailureKind.PROXY: {
        Transport.UNKNOWN: _Explanation(
            N_(CONTEXT, "A proxy stands between the console and the engine, and does not let it through."),
            N_(
                CONTEXT,
                "The environment names one (HTTP_PROXY, HTTPS_PROXY or ALL_PROXY), and it is used for this "
                "address too.",
            ),
            (
                N_(CONTEXT, "Add the engine's host to the variable NO_PROXY, and start the console again."),
                N_(CONTEXT, "Or remove the proxy variables, if nothing else needs them."),
            ),
        )
    },
    FailureKind.TIMED_OUT: {
        Transport.UNKNOWN: _Explanation(
            N_(CONTEXT, "The engine did not answer in time."),
            N_(
                CONTEXT,
                "It is busy, it hangs, or something in between drops the request. On Windows, published "
                "ports on more than one nat network can make the network service hang.",
            ),
            (
                N_(CONTEXT, "Wait a moment: the console retries automatically."),
                N_(CONTEXT, "Check whether docker ps answers on the host."),
                N_(CONTEXT, "If it does not, restart the services hns and docker, as an administrator."),
            ),
        )
    },
    FailureKind.CONNECTION_LOST: {
        Transport.UNKNOWN: _Explanation(
            N_(CONTEXT, "The connection to the engine broke."),
            N_(
                CONTEXT, "The engine stopped or restarted, or the network failed, in the middle of an answer."
            ),
            (
                N_(CONTEXT, "Wait a moment: the console reconnects automatically."),
                N_(CONTEXT, "If it does not, check whether the engine is running on its host."),
            ),
        )
    },
    FailureKind.MALFORMED_ANSWER: {
        Transport.UNKNOWN: _Explanation(
            N_(CONTEXT, "What answers at this address is not an engine, or not a complete one."),
            N_(
                CONTEXT,
                "The answer is not from the Engine API: it comes from another web server or a "
                "proxy, or is incomplete.",
            ),
            (
                N_(CONTEXT, "Check the address and port of the connection."),
                N_(CONTEXT, "Check for a proxy in the environment (HTTP_PROXY, NO_PROXY)."),
                _RAW_BESIDE,
            ),
        )
    },
}

#: The kinds of failure that are about the way to the engine.
CONNECTION_KINDS = frozenset(_BY_KIND)


def transport_of(address: str, raw: str) -> Transport:
    """The way to the engine, by its address where known, else by what the error's words tell."""
    scheme = address.partition(":")[0].lower()
    if scheme in {"http", "https"}:
        return Transport.TCP
    if address and scheme in set(Transport):
        return Transport(scheme)
    return next((transport for transport, hint in _HINTS if hint.search(raw)), Transport.UNKNOWN)


def connection_problem(failure: Failure, address: str = "") -> Problem:
    """What a failure of :data:`CONNECTION_KINDS` means on the way that ``address`` tells."""
    ways = _BY_KIND[failure.kind]
    explanation = ways.get(transport_of(address, failure.raw), ways[Transport.UNKNOWN])
    return Problem(
        what=explanation.what,
        why=explanation.why,
        do=explanation.do,
        raw=failure.raw,
        origin=Origin.CONNECTION,
    )


def _reach(identifier: str, explanation: _Explanation, regex: str, *examples: str) -> ErrorPattern:
    return ErrorPattern(
        id=identifier,
        regex=regex,
        examples=examples,
        what=explanation.what,
        why=explanation.why,
        do=explanation.do,
        origin=Origin.CONNECTION,
        source="reference, 4.6",
    )


_OTHER_API = _Explanation(
    N_(CONTEXT, "The client and the engine have no version of the Engine API in common."),
    N_(
        CONTEXT,
        "The client asked for version {version}, which the engine does not accept: its limit is {supported}. "
        "Engines from 29 on refuse versions before 1.44, which older tools ask for.",
    ),
    (
        N_(CONTEXT, "Update the client if its version is too old, or the engine if the version is too new."),
        N_(
            CONTEXT,
            "Until then set the variable DOCKER_API_VERSION to {supported}, if the client supports that.",
        ),
    ),
)

#: The same explanations for the words of the docker client and SDK, where no kind is known.
PATTERNS = (
    _reach(
        "pipe-missing",
        _NOT_RUNNING[Transport.PIPE],
        r"open //\./pipe/\S+: The system cannot find the file|API at npipe:\S*; check if the path"
        r"|open \\\\\.\\pipe\\docker_engine\S*: The system cannot find the file"
        r"|\(2, 'CreateFile'|Cannot connect to the Docker daemon at npipe:",
        'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.47/info": open '
        "//./pipe/docker_engine: The system cannot find the file specified.",
        "failed to connect to the docker API at npipe:////./pipe/docker_engine; check if the path is correct "
        "and if the daemon is running",
        "Error while fetching server API version: (2, 'CreateFile', 'The system cannot find the "
        "file specified.')",
        "Cannot connect to the Docker daemon at npipe:////./pipe/docker_engine. Is the docker daemon "
        "running?",
    ),
    _reach(
        "pipe-denied",
        _ACCESS_DENIED[Transport.PIPE],
        r"open \\\\\.\\pipe\\docker_engine\S*: Access is denied|open //\./pipe/\S+: Access is denied"
        r"|docker client must be run with elevated privileges"
        r"|\(5, 'CreateFile'|permission denied while trying to connect to the docker API at npipe:",
        "error during connect: in the default daemon configuration on Windows, the docker client must be run "
        'with elevated privileges to connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.47/info": open '
        "//./pipe/docker_engine: Access is denied.",
        "Error while fetching server API version: (5, 'CreateFile', 'Access is denied.')",
        "error during connect: Get http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.25/images/json: open "
        "//./pipe/docker_engine: Access is denied.",
        "permission denied while trying to connect to the docker API at npipe:////./pipe/docker_engine",
    ),
    _reach(
        "pipe-closing",
        _BY_KIND[FailureKind.CONNECTION_LOST][Transport.UNKNOWN],
        r"\((?:109|232|233), '(?:Write|Read)File'",
        "(232, 'WriteFile', 'The pipe is being closed.')",
    ),
    _reach(
        "socket-missing",
        _NOT_RUNNING[Transport.UNIX],
        r"Cannot connect to the Docker daemon at unix:|API at unix:\S*; check if the path",
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    ),
    _reach(
        "socket-denied",
        _ACCESS_DENIED[Transport.UNIX],
        r"permission denied while trying to connect to the Docker (?:daemon socket|API) at unix:",
        "permission denied while trying to connect to the Docker daemon socket at "
        "unix:///var/run/docker.sock",
    ),
    _reach(
        "api-version",
        _OTHER_API,
        r"client version (?P<version>\S+) is too (?:old|new)\. (?:Minimum|Maximum) supported API "
        r"version is (?P<supported>\d+\.\d+)",
        "Error response from daemon: client version 1.43 is too old. Minimum supported API version is 1.44, "
        "please upgrade your client to a newer version",
        "Error response from daemon: client version 1.52 is too new. Maximum supported API version is 1.41",
    ),
)
