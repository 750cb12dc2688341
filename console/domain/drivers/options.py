"""Every driver option of a Windows engine, declared once (reference, 1.1 to 1.3).

The engine silently accepts and stores any key it doesn't know (reference, 0.4), so this catalog,
and not the engine, is what a typing error is found by.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from console.domain.drivers.option import Option, OptionKind
from console.domain.field import Field
from console.domain.text import N_

WINDOWS_PREFIX: Final = "com.docker.network.windowsshim."

NETWORK_NAME: Final = WINDOWS_PREFIX + "networkname"
HNS_ID: Final = WINDOWS_PREFIX + "hnsid"
HNS_OWNED: Final = WINDOWS_PREFIX + "hnsowned"
INTERFACE: Final = WINDOWS_PREFIX + "interface"
VLAN_ID: Final = WINDOWS_PREFIX + "vlanid"
VSID: Final = WINDOWS_PREFIX + "vsid"
DNS_SUFFIX: Final = WINDOWS_PREFIX + "dnssuffix"
DNS_SERVERS: Final = WINDOWS_PREFIX + "dnsservers"
MAC_POOL: Final = WINDOWS_PREFIX + "macpool"
ROUTING_DOMAIN: Final = WINDOWS_PREFIX + "routingdomain"
SOURCE_MAC: Final = WINDOWS_PREFIX + "sourcemac"
DISABLE_GATEWAY_DNS: Final = WINDOWS_PREFIX + "disable_gatewaydns"
ENABLE_OUTBOUND_NAT: Final = WINDOWS_PREFIX + "enable_outboundnat"
OUTBOUND_NAT_EXCEPTIONS: Final = WINDOWS_PREFIX + "outboundnat_exceptions"
VXLAN_ID_LIST: Final = "com.docker.network.driver.overlay.vxlanid_list"
DSR: Final = "dsr"
ENCRYPTED: Final = "encrypted"
ENABLE_IPV4: Final = "com.docker.network.enable_ipv4"
ENABLE_IPV6: Final = "com.docker.network.enable_ipv6"

LOCAL_DRIVERS: Final = ("nat", "transparent", "l2bridge", "l2tunnel", "internal", "private")
ALL_DRIVERS: Final = ("nat", "transparent", "overlay", "l2bridge", "l2tunnel", "internal", "private")

_NETWORK_NAME = Option(
    id="network-name",
    key=NETWORK_NAME,
    kind=OptionKind.TEXT,
    field=Field.HNS_NETWORK_NAME,
    title=N_("Options", "HNS network name"),
    help=N_(
        "Options",
        "The name Windows (HNS) gives the network, its vSwitch and its host vNIC. Without it HNS uses "
        "docker's 64-digit network id. It must not be the name of another HNS network.",
    ),
    applies_to=ALL_DRIVERS,
    example_ok="MyTransparentNetwork",
    example_bad="nat",
    source='seed, "Specify the Name of a Network to the HNS Service"; reference, 1.1',
)

_HNS_ID = Option(
    id="hns-id",
    key=HNS_ID,
    kind=OptionKind.GUID,
    field=Field.OPTIONS,
    title=N_("Options", "HNS network id"),
    help=N_(
        "Options",
        "The GUID of the network in HNS, written by the engine after the network was created. If set "
        "manually, Docker takes over the HNS network with that ID and deletes the endpoints on it.",
    ),
    applies_to=ALL_DRIVERS,
    example_ok="7A5F9C2E-1B0D-4C65-9E0B-2F3D4A5B6C7D",
    example_bad="not-a-guid",
    source="reference, 1.1",
    settable=False,
    effect=N_("Options", "It is set by the engine itself."),
)

_HNS_OWNED = Option(
    id="hns-owned",
    key=HNS_OWNED,
    kind=OptionKind.ANY,
    field=Field.OPTIONS,
    title=N_("Options", "Made by Windows"),
    help=N_(
        "Options",
        "The engine's mark on networks it found in HNS and did not create. Prune leaves such networks alone.",
    ),
    applies_to=LOCAL_DRIVERS,
    example_ok="true",
    example_bad=None,
    source="reference, 1.1",
    settable=False,
    effect=N_("Options", "It is set by the engine itself."),
)

_INTERFACE = Option(
    id="interface",
    key=INTERFACE,
    kind=OptionKind.ADAPTERS,
    field=Field.ADAPTER,
    title=N_("Options", "Network adapter"),
    help=N_(
        "Options",
        "The name of the network adapter (Get-NetAdapter, column Name) that the network's vSwitch binds to. "
        "Several names, separated by commas, make a team (Switch Embedded Teaming).",
    ),
    applies_to=("transparent", "overlay", "l2bridge", "l2tunnel"),
    example_ok="Ethernet 2",
    example_bad="vEthernet (nat)",
    source='seed, "Bind a Network to a Specific Network Interface"; reference, 1.1',
)

_VLAN_ID = Option(
    id="vlan-id",
    key=VLAN_ID,
    kind=OptionKind.UNSIGNED,
    field=Field.VLAN,
    title=N_("Options", "VLAN ID"),
    help=N_(
        "Options",
        "VLAN isolation, 1 to 4094, for every endpoint of the network. The physical adapter's port must be "
        "in trunk mode.",
    ),
    applies_to=("transparent", "l2bridge"),
    example_ok="11",
    example_bad="4095",
    source='seed, "Set the VLAN ID for a Network"; reference, 1.1',
)

_VSID = Option(
    id="vsid",
    key=VSID,
    kind=OptionKind.UNSIGNED,
    field=Field.VSID,
    title=N_("Options", "Virtual subnet ID (VSID)"),
    help=N_("Options", "The virtual subnet of a Microsoft SDN fabric that endpoints are placed in."),
    applies_to=("transparent", "l2bridge", "l2tunnel"),
    example_ok="5001",
    example_bad="-1",
    source="reference, 1.1",
)

_DNS_SUFFIX = Option(
    id="dns-suffix",
    key=DNS_SUFFIX,
    kind=OptionKind.DOMAIN,
    field=Field.DNS_SUFFIX,
    title=N_("Options", "DNS suffix"),
    help=N_("Options", "The DNS suffix of the network's endpoints, such as example.com."),
    applies_to=LOCAL_DRIVERS,
    example_ok="abc.com",
    example_bad="abc com",
    source='seed, "Specify the DNS Suffix and/or the DNS Servers of a Network"; reference, 1.1',
)

_DNS_SERVERS = Option(
    id="dns-servers",
    key=DNS_SERVERS,
    kind=OptionKind.ADDRESSES,
    field=Field.DNS_SERVERS,
    title=N_("Options", "DNS servers"),
    help=N_(
        "Options",
        "The addresses of the DNS servers of the network's endpoints, separated by commas, without spaces.",
    ),
    applies_to=LOCAL_DRIVERS,
    example_ok="4.4.4.4,8.8.8.8",
    example_bad="4.4.4.4,dns.example.com",
    source='seed, "Specify the DNS Suffix and/or the DNS Servers of a Network"; reference, 1.1',
)

_MAC_POOL = Option(
    id="mac-pool",
    key=MAC_POOL,
    kind=OptionKind.MAC_RANGES,
    field=Field.MAC_POOL,
    title=N_("Options", "MAC address pool"),
    help=N_(
        "Options",
        "Ranges that endpoints get their MAC addresses from: first,last pairs such as "
        "00-15-5D-52-C0-00,00-15-5D-52-CF-FF. Without it HNS takes a block of 4096 addresses.",
    ),
    applies_to=LOCAL_DRIVERS,
    example_ok="00-15-5D-52-C0-00,00-15-5D-52-CF-FF",
    example_bad="00-15-5D-52-C0-00",
    source="reference, 1.1",
)

_ROUTING_DOMAIN = Option(
    id="routing-domain",
    key=ROUTING_DOMAIN,
    kind=OptionKind.ANY,
    field=Field.OPTIONS,
    title=N_("Options", "Routing domain"),
    help=N_(
        "Options",
        "The routing domain of a Microsoft SDN fabric. The engine reads it and does not pass it on.",
    ),
    applies_to=LOCAL_DRIVERS,
    example_ok="7A5F9C2E-1B0D-4C65-9E0B-2F3D4A5B6C7D",
    example_bad=None,
    source="reference, 1.1",
    settable=False,
    effect=N_("Options", "It has no effect: the engine reads it and does not send it to Windows."),
)

_SOURCE_MAC = Option(
    id="source-mac",
    key=SOURCE_MAC,
    kind=OptionKind.ANY,
    field=Field.OPTIONS,
    title=N_("Options", "Source MAC address"),
    help=N_("Options", "A key the engine knows by name but does not read."),
    applies_to=LOCAL_DRIVERS,
    example_ok="00-15-5D-52-C0-00",
    example_bad=None,
    source="reference, 1.1",
    settable=False,
    effect=N_("Options", "It has no effect: the engine does not read it."),
)

_DISABLE_GATEWAY_DNS = Option(
    id="disable-gateway-dns",
    key=DISABLE_GATEWAY_DNS,
    kind=OptionKind.BOOLEAN,
    field=Field.GATEWAY_DNS,
    title=N_("Options", "Turn off name resolution at the gateway"),
    help=N_(
        "Options",
        "Endpoints are not told to use docker's resolver at the gateway address, so containers on the "
        "network no longer find each other by name.",
    ),
    applies_to=("nat",),
    example_ok="true",
    example_bad="yes",
    source="reference, 1.1",
)

_ENABLE_OUTBOUND_NAT = Option(
    id="enable-outbound-nat",
    key=ENABLE_OUTBOUND_NAT,
    kind=OptionKind.BOOLEAN,
    field=Field.OUTBOUND_NAT,
    title=N_("Options", "Outbound NAT"),
    help=N_(
        "Options",
        "Hides outgoing container traffic behind the host's address. Without it containers of an l2bridge "
        "network reach the outside only if their prefix is routed there.",
    ),
    applies_to=("l2bridge", "l2tunnel"),
    example_ok="true",
    example_bad="on",
    source="reference, 1.1",
)

_OUTBOUND_NAT_EXCEPTIONS = Option(
    id="outbound-nat-exceptions",
    key=OUTBOUND_NAT_EXCEPTIONS,
    kind=OptionKind.PREFIXES,
    field=Field.OUTBOUND_NAT_EXCEPTIONS,
    title=N_("Options", "Outbound NAT exceptions"),
    help=N_(
        "Options",
        "Destinations that are reached without outbound NAT: prefixes separated by commas, such as "
        "10.0.0.0/8,192.168.0.0/16. Only used together with outbound NAT.",
    ),
    applies_to=("l2bridge", "l2tunnel"),
    example_ok="10.0.0.0/8,192.168.0.0/16",
    example_bad="10.0.0.0/33",
    source="reference, 1.1",
)

_VXLAN_ID_LIST = Option(
    id="vxlan-ids",
    key=VXLAN_ID_LIST,
    kind=OptionKind.INTEGERS,
    field=Field.VXLAN_IDS,
    title=N_("Options", "VXLAN IDs"),
    help=N_(
        "Options",
        "One VXLAN network identifier per subnet, 4096 to 16777215, separated by commas. Without it the "
        "swarm manager chooses.",
    ),
    applies_to=("overlay",),
    example_ok="5000",
    example_bad="100",
    source="reference, 1.2",
)

_DSR = Option(
    id="dsr",
    key=DSR,
    kind=OptionKind.ANY,
    field=Field.OPTIONS,
    title=N_("Options", "Direct server return"),
    help=N_("Options", "Direct server return of the Linux load balancer."),
    applies_to=("overlay",),
    example_ok="true",
    example_bad=None,
    source="reference, 1.2",
    settable=False,
    effect=N_("Options", "It has no effect on Windows: only the Linux load balancer uses it."),
)

_ENCRYPTED = Option(
    id="encrypted",
    key=ENCRYPTED,
    kind=OptionKind.ANY,
    field=Field.OPTIONS,
    title=N_("Options", "Encryption of overlay traffic"),
    help=N_(
        "Options",
        "Data-plane encryption of an overlay network. Windows does not support it: the engine accepts the "
        "option and encrypts nothing.",
    ),
    applies_to=("overlay",),
    example_ok="true",
    example_bad=None,
    source='seed, "Unsupported features and network options"; reference, 1.2',
    settable=False,
    effect=N_("Options", "It has no effect on Windows: the traffic is NOT encrypted."),
)

_ENABLE_IPV4 = Option(
    id="enable-ipv4",
    key=ENABLE_IPV4,
    kind=OptionKind.BOOLEAN,
    field=Field.OPTIONS,
    title=N_("Options", "IPv4"),
    help=N_("Options", "IPv4 on the network. Windows can't do without it."),
    applies_to=ALL_DRIVERS,
    example_ok="true",
    example_bad="false",
    source="reference, 1.3",
    settable=False,
    effect=N_("Options", "IPv4 is always on: it can't be turned off on Windows."),
)

_ENABLE_IPV6 = Option(
    id="enable-ipv6",
    key=ENABLE_IPV6,
    kind=OptionKind.BOOLEAN,
    field=Field.IPV6,
    title=N_("Options", "IPv6"),
    help=N_("Options", "IPv6 on the network. Docker on Windows has none."),
    applies_to=ALL_DRIVERS,
    example_ok="false",
    example_bad="true",
    source="reference, 1.3",
    settable=False,
    effect=N_("Options", "IPv6 is always off: docker on Windows has none."),
)

OPTIONS: Final[tuple[Option, ...]] = (
    _INTERFACE,
    _VLAN_ID,
    _VSID,
    _DNS_SUFFIX,
    _DNS_SERVERS,
    _NETWORK_NAME,
    _ENABLE_OUTBOUND_NAT,
    _OUTBOUND_NAT_EXCEPTIONS,
    _DISABLE_GATEWAY_DNS,
    _MAC_POOL,
    _VXLAN_ID_LIST,
    _ENCRYPTED,
    _DSR,
    _ENABLE_IPV4,
    _ENABLE_IPV6,
    _ROUTING_DOMAIN,
    _SOURCE_MAC,
    _HNS_ID,
    _HNS_OWNED,
)

OPTION_BY_KEY: Final = MappingProxyType({option.key: option for option in OPTIONS})

ENGINE_SET_KEYS: Final = frozenset({HNS_ID, HNS_OWNED})
"""Keys the engine writes by itself; they are no part of what would create a network again."""
