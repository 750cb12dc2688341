"""The programs simulated containers have, by the name they are called by (lower case, no .exe)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from console.demo.programs import connections, network, plain
from console.demo.programs.outcome import Outcome

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState

Program = Callable[["PracticeHost", "ContainerState", list[str]], Outcome]

EXECUTABLES: Mapping[str, Program] = {
    "curl": connections.curl,
    "hostname": plain.hostname,
    "ipconfig": network.ipconfig,
    "nslookup": network.nslookup,
    "ping": network.ping,
    "servicemonitor": plain.last,
    "whoami": plain.whoami,
}
BUILTINS: Mapping[str, Program] = {
    "echo": plain.echo,
    "exit": plain.leave,
    "set": plain.environment,
    "ver": plain.version,
}
CMDLETS: Mapping[str, Program] = {
    "echo": plain.echo,
    "exit": plain.leave,
    "resolve-dnsname": network.resolve_dnsname,
    "start-sleep": plain.last,
    "test-netconnection": connections.test_netconnection,
    "tnc": connections.test_netconnection,
    "write-output": plain.echo,
}
