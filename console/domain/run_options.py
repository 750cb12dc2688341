"""What a container was asked to be, as far as Windows may not do it: :class:`RunOptions`."""

from __future__ import annotations

from console.domain.record import Record


class RunOptions(Record):
    """Settings that only an inspection tells, and that never change while the container exists.

    ``links`` are those of ``--link`` (``name:alias``), ``dns_options`` of ``--dns-option``, ``dns_search``
    of ``--dns-search``, ``ipv6_addresses`` of ``--ip6``. ``ports`` are what ``--publish`` asked for,
    written as it takes them: ``127.0.0.1:8080:80/tcp``.
    """

    id: str
    network_mode: str = ""
    links: tuple[str, ...] = ()
    dns_options: tuple[str, ...] = ()
    dns_search: tuple[str, ...] = ()
    ipv6_addresses: tuple[str, ...] = ()
    ports: tuple[str, ...] = ()
