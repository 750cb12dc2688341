"""A container's own view of its network: :class:`InsideView`."""

from __future__ import annotations

from console.domain.record import Record


class InsideAddress(Record):
    """An address as the container has it; ``prefix_length`` is None where it did not say."""

    address: str
    prefix_length: int | None = None


class InsideAdapter(Record):
    """A network adapter inside of a container. MAC in the engine's form ``aa:bb:…``.

    ``dhcp`` is whether a DHCP server gave the address, None where that was not told.
    """

    name: str
    mac_address: str = ""
    addresses: tuple[InsideAddress, ...] = ()
    gateways: tuple[str, ...] = ()
    dns_servers: tuple[str, ...] = ()
    dhcp: bool | None = None

    @property
    def ipv4(self) -> tuple[InsideAddress, ...]:
        """Its IPv4 addresses."""
        return tuple(one for one in self.addresses if ":" not in one.address)


class InsideView(Record):
    """All that a container's own programs tell of its network.

    ``dns_servers`` are those of the whole container, where they are not an adapter's (Linux).
    """

    host_name: str = ""
    adapters: tuple[InsideAdapter, ...] = ()
    dns_servers: tuple[str, ...] = ()
