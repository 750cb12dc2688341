"""The fields of a network form, by which rules, errors and pages speak of the same place."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    """One thing a person fills in when creating a network."""

    NAME = "name"
    DRIVER = "driver"
    SUBNET = "subnet"
    GATEWAY = "gateway"
    IP_RANGE = "ip-range"
    AUX_ADDRESS = "aux-address"
    ADAPTER = "adapter"
    VLAN = "vlan"
    VSID = "vsid"
    DNS_SERVERS = "dns-servers"
    DNS_SUFFIX = "dns-suffix"
    HNS_NETWORK_NAME = "hns-network-name"
    MAC_POOL = "mac-pool"
    GATEWAY_DNS = "gateway-dns"
    OUTBOUND_NAT = "outbound-nat"
    OUTBOUND_NAT_EXCEPTIONS = "outbound-nat-exceptions"
    VXLAN_IDS = "vxlan-ids"
    IPV6 = "ipv6"
    INTERNAL = "internal"
    ATTACHABLE = "attachable"
    SCOPE = "scope"
    IPAM = "ipam"
    OPTIONS = "options"
    LABELS = "labels"
