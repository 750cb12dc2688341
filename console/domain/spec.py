"""What is asked for when a network is created: :class:`NetworkSpec`.

A spec holds the words as they were typed, also wrong ones: nothing typed is ever lost, and every
judgement about it is made in one place, :mod:`console.domain.preflight`.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from console.domain.record import Record


class SubnetSpec(Record):
    """One entry of the network's IPAM configuration, as typed.

    ``subnet`` and ``ip_range`` are CIDR texts, ``gateway`` an address, ``aux_addresses`` maps a
    name to an address (``--aux-address name=address``). Empty text means "not given".
    """

    subnet: str = ""
    gateway: str = ""
    ip_range: str = ""
    aux_addresses: Mapping[str, str] = Field(default_factory=dict)


class NetworkSpec(Record):
    """What ``docker network create`` is asked for (reference: windows-networking.md, 1 and 2).

    ``options`` are the driver options by their full docker key (``-o key=value``), in the order
    given; the catalog in :mod:`console.domain.drivers.options` says what each means. ``driver`` is
    always sent: the docker client would silently send ``bridge`` (reference, 0.2).
    """

    name: str = ""
    driver: str = "nat"
    subnets: tuple[SubnetSpec, ...] = ()
    options: Mapping[str, str] = Field(default_factory=dict)
    labels: Mapping[str, str] = Field(default_factory=dict)
    scope: str = ""
    internal: bool = False
    attachable: bool = False
    ingress: bool = False
    enable_ipv4: bool = True
    enable_ipv6: bool = False
    ipam_driver: str = ""
    ipam_options: Mapping[str, str] = Field(default_factory=dict)
    config_only: bool = False
    config_from: str = ""

    def option(self, key: str) -> str:
        """The value of one driver option, or "" where it is not given."""
        return self.options.get(key, "")
