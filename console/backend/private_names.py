"""By which names hosts, people and this computer are known that no record of a host has."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from urllib.parse import urlsplit

from console.backend.connection import Connection
from console.backend.powershell.endpoint import WinRmEndpoint
from console.domain.pseudonyms import PrivateNames

# Of Windows and of the shells, in this order: who is signed in, and which computer and domain that is on.
_PEOPLE = ("USERNAME", "USER", "LOGNAME")
_HOSTS = ("COMPUTERNAME", "HOSTNAME", "USERDOMAIN", "USERDNSDOMAIN", "LOGONSERVER")


def names_of_connection(connection: Connection, endpoint: WinRmEndpoint | None = None) -> PrivateNames:
    """The hosts and the accounts in the address of an engine, and in that of the Windows side beside it."""
    hosts, people = [connection.reached_at], [urlsplit(connection.url).username or ""]
    if endpoint is not None:
        hosts.append(endpoint.host)
        people.append(endpoint.username)
    return PrivateNames(hosts=tuple(filter(None, hosts)), people=tuple(filter(None, people)))


def names_of_this_computer(environ: Mapping[str, str]) -> PrivateNames:
    """This computer, its domain and who is signed in: messages of libraries and paths tell of them."""
    hosts = (platform.node(), *(environ.get(name, "").strip("\\") for name in _HOSTS))
    people = (environ.get(name, "") for name in _PEOPLE)
    return PrivateNames(hosts=tuple(filter(None, hosts)), people=tuple(filter(None, people)))
