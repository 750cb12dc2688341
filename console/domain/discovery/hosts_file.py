"""Entries of a hosts file: the way to names where no network answers for them."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.discovery.names import NameKind, address_of, names_of
from console.domain.relations import Relations
from console.domain.snapshot import Network

WINDOWS_PATH = r"C:\Windows\System32\drivers\etc\hosts"
LINUX_PATH = "/etc/hosts"


def hosts_entries(network: Network, relations: Relations) -> str:
    """Lines for the hosts file of every container on ``network``: address, name and aliases.

    A container whose address this host does not know (DHCP) gets a comment instead of an entry, as
    a wrong address is worse than none. Lines end with a line feed; "" where nobody is there.
    """
    return "".join(f"{line}\n" for line in _lines(network, relations))


def _lines(network: Network, relations: Relations) -> Iterator[str]:
    for container in relations.snapshot.containers.known() or ():
        for endpoint in container.endpoints if container.running else ():
            if endpoint.network_id != network.id:
                continue
            names = [name for name, kind in names_of(container, endpoint) if kind is not NameKind.SHORT_ID]
            address = address_of(container, endpoint, relations)
            words = " ".join(names)
            yield (
                f"{address:<16} {words}" if address else f"# {words}: its address is known to it alone (DHCP)"
            )
