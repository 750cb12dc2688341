"""The shape of a network driver: what it is for, what it can do, what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from console.domain.field import Field
from console.domain.snapshot import VSwitchKind
from console.domain.text import Text

Platform = Literal["windows", "linux"]


class IpamMode(StrEnum):
    """Who gives endpoints their addresses."""

    HNS = "hns"
    DHCP_OR_STATIC = "dhcp-or-static"
    STATIC = "static"
    SWARM = "swarm"
    FABRIC = "fabric"
    ICS = "ics"
    ENGINE = "engine"
    NONE = "none"


class Need(StrEnum):
    """What must be there before a network of a driver can be made."""

    SWARM_MANAGER = "swarm-manager"
    ADAPTER = "adapter"
    STATIC_SUBNET = "static-subnet"
    AZURE_STACK = "azure-stack"


class Requirement(StrEnum):
    """How a driver takes a field. ``with-subnet``: required as soon as a subnet is given."""

    REQUIRED = "required"
    WITH_SUBNET = "with-subnet"
    OPTIONAL = "optional"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Topology:
    """What an endpoint reaches: its neighbours, containers of other hosts, the outside."""

    same_host: Text
    other_host: Text
    external: Text


@dataclass(frozen=True, slots=True)
class Discovery:
    """Whether containers find one another by name.

    ``across_hosts`` is None where the question does not arise (the seed's "NA").
    """

    local: bool
    across_hosts: bool | None
    text: Text


JUDGED_FIELDS: Final = (
    Field.SUBNET,
    Field.GATEWAY,
    Field.IP_RANGE,
    Field.AUX_ADDRESS,
    Field.IPV6,
    Field.INTERNAL,
    Field.IPAM,
    Field.ADAPTER,
    Field.VLAN,
    Field.VSID,
    Field.DNS_SERVERS,
    Field.DNS_SUFFIX,
    Field.HNS_NETWORK_NAME,
    Field.MAC_POOL,
    Field.GATEWAY_DNS,
    Field.OUTBOUND_NAT,
    Field.OUTBOUND_NAT_EXCEPTIONS,
    Field.VXLAN_IDS,
    Field.ATTACHABLE,
    Field.SCOPE,
    Field.LABELS,
    Field.OPTIONS,
)
"""The fields every driver takes a stand on in :attr:`Driver.inputs` (reference, 2.1)."""


def inputs(
    *,
    required: Iterable[Field] = (),
    with_subnet: Iterable[Field] = (),
    optional: Iterable[Field] = (),
) -> Mapping[Field, Requirement]:
    """A driver's stand on each of :data:`JUDGED_FIELDS`: what isn't named is refused.

    Labels and further options are taken by every driver.
    """
    stand = dict.fromkeys(JUDGED_FIELDS, Requirement.REFUSED)
    stand |= dict.fromkeys((Field.LABELS, Field.OPTIONS), Requirement.OPTIONAL)
    stand |= dict.fromkeys(optional, Requirement.OPTIONAL)
    stand |= dict.fromkeys(with_subnet, Requirement.WITH_SUBNET)
    stand |= dict.fromkeys(required, Requirement.REQUIRED)
    return MappingProxyType(stand)


@dataclass(frozen=True, slots=True)
class Driver:
    """One network driver, as data.

    ``minimum_build`` is the lowest Windows build that has it (0 on Linux), ``minimum_text`` the same
    for people, with the update (KB) where one is needed. ``inputs`` says how each field is taken.
    ``multiple_subnets_from`` is the lowest build on which a network may have several subnets; None
    where never. ``creatable`` is False where docker can't or mustn't be asked for a network of this
    kind. ``predefined`` are the names of the networks of this kind that a host has by itself.
    ``vswitch`` is the kind of Hyper-V switch under it. ``swarm_scope`` says whether ``--scope
    swarm`` is possible. ``publishes_ports`` says whether port mappings do anything.
    """

    name: str
    title: Text
    summary: Text
    when_to_use: Text
    topology: Topology
    ipam: IpamMode
    ipam_text: Text
    discovery: Discovery
    minimum_build: int
    minimum_text: Text
    needs: tuple[Need, ...]
    inputs: Mapping[Field, Requirement]
    creatable: bool
    platform: Platform
    source: str
    predefined: tuple[str, ...] = ()
    multiple_subnets_from: int | None = None
    vswitch: VSwitchKind | None = None
    dhcp: bool = False
    swarm_scope: bool = False
    publishes_ports: bool = False

    @property
    def external(self) -> bool:
        """Whether its networks sit on an external vSwitch, that is: on a network adapter."""
        return self.vswitch is VSwitchKind.EXTERNAL

    def takes(self, field: Field) -> bool:
        """Whether ``field`` may be filled in for this driver."""
        return self.inputs.get(field, Requirement.REFUSED) is not Requirement.REFUSED
