"""How a host is set up around its engine: proxies, daemon.json, settings of containers, HNS' process."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from console.domain.record import Record

_CREDENTIALS = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*://)?.*@", re.DOTALL)


class ProxyPlace(StrEnum):
    """Where a proxy is set. The engine uses CONFIGURATION, else SERVICE, else ENVIRONMENT (dockerd's
    documentation, "HTTP/HTTPS proxy"); Windows' own services use WINHTTP.
    """

    ENVIRONMENT = "environment"
    SERVICE = "service"
    CONFIGURATION = "configuration"
    WINHTTP = "winhttp"


class Proxy(Record):
    """What is set in one place that was read; empty texts: nothing is. Names and passwords are left out.

    ``bypass`` is the list of what is reached without it, as it is written there.
    """

    place: ProxyPlace
    http: str = ""
    https: str = ""
    bypass: str = ""

    @property
    def given(self) -> bool:
        """Whether a proxy is set there."""
        return bool(self.http or self.https)


def without_credentials(address: str) -> str:
    """A proxy's address with ``***`` in place of what stands before its last ``@``."""
    return _CREDENTIALS.sub(r"\1***@", address, count=1)


class EngineConfiguration(Record):
    """What daemon.json says that bears on networks (reference, 2.4). Empty: not said, or no such file."""

    bridge: str = ""
    fixed_cidr: str = ""
    group: str = ""
    dns: tuple[str, ...] = ()
    mtu: int | None = None


class RegistryValue(Record):
    """A value of the registry as text."""

    name: str
    value: str = ""


class ContainerSettings(Record):
    """Settings of Windows and of the account that Debug-ContainerHost.ps1 looks at (reference, 6.1).

    ``smb_oplocks_disabled`` is VSmbDisableOplocks, ``left_over_values`` are values whose names begin
    with ``zz`` beside it, ``fixed_drives_denied`` is FDVDenyWriteAccess; None where a value is not set.
    ``event_sources`` are the names under which Docker is registered in the event log, and
    ``docker_clients`` the paths of docker.exe that the account's PATH leads to.
    """

    smb_oplocks_disabled: int | None = None
    left_over_values: tuple[RegistryValue, ...] = ()
    fixed_drives_denied: int | None = None
    event_sources: tuple[str, ...] = ()
    docker_clients: tuple[str, ...] = ()


class HnsService(Record):
    """The process of the Host Networking Service.

    ``process_id`` is 0 while it does not run. ``threads`` counts all of its process, which on hosts with
    little memory is shared with the services ``shared_with``. ``crashes`` are the times of the last 24
    hours at which it ended unexpectedly (System event log, 7031 and 7034), None where they are not known.
    """

    process_id: int = 0
    threads: int | None = None
    shared_with: tuple[str, ...] = ()
    crashes: tuple[datetime, ...] | None = None
