"""The driver options of a Linux engine that the console offers.

Sources are docker's own pages of each driver. They have no effect on a Windows engine
(reference, 1.3).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from console.domain.drivers.option import Option, OptionKind
from console.domain.field import Field
from console.domain.text import N_

PARENT: Final = "parent"
MACVLAN_MODE: Final = "macvlan_mode"
IPVLAN_MODE: Final = "ipvlan_mode"
IPVLAN_FLAG: Final = "ipvlan_flag"
MTU: Final = "com.docker.network.driver.mtu"
BRIDGE_NAME: Final = "com.docker.network.bridge.name"
BRIDGE_MASQUERADE: Final = "com.docker.network.bridge.enable_ip_masquerade"
BRIDGE_ICC: Final = "com.docker.network.bridge.enable_icc"
BRIDGE_HOST_BINDING: Final = "com.docker.network.bridge.host_binding_ipv4"
CONTAINER_INTERFACE_PREFIX: Final = "com.docker.network.container_iface_prefix"
LINUX_ENCRYPTED: Final = "encrypted"
LINUX_VXLAN_ID_LIST: Final = "com.docker.network.driver.overlay.vxlanid_list"

_BRIDGE_SOURCE = "docker documentation, bridge network driver"

LINUX_OPTIONS: Final[tuple[Option, ...]] = (
    Option(
        id="parent",
        key=PARENT,
        kind=OptionKind.TEXT,
        field=Field.ADAPTER,
        title=N_("Options", "Parent interface"),
        help=N_("Options", "The host interface that containers share, such as eth0, or eth0.10 for VLAN 10."),
        applies_to=("macvlan", "ipvlan"),
        example_ok="eth0",
        example_bad="lo",
        source="docker documentation, macvlan and ipvlan network drivers",
    ),
    Option(
        id="macvlan-mode",
        key=MACVLAN_MODE,
        kind=OptionKind.CHOICE,
        field=Field.OPTIONS,
        title=N_("Options", "Macvlan mode"),
        help=N_("Options", "How containers on the same parent interface reach each other."),
        applies_to=("macvlan",),
        example_ok="bridge",
        example_bad="l2",
        source="docker documentation, macvlan network driver",
        choices=("bridge", "vepa", "passthru", "private"),
    ),
    Option(
        id="ipvlan-mode",
        key=IPVLAN_MODE,
        kind=OptionKind.CHOICE,
        field=Field.OPTIONS,
        title=N_("Options", "Ipvlan mode"),
        help=N_("Options", "The layer at which the parent interface is shared: l2 switches, l3 routes."),
        applies_to=("ipvlan",),
        example_ok="l3",
        example_bad="l4",
        source="docker documentation, ipvlan network driver",
        choices=("l2", "l3", "l3s"),
    ),
    Option(
        id="ipvlan-flag",
        key=IPVLAN_FLAG,
        kind=OptionKind.CHOICE,
        field=Field.OPTIONS,
        title=N_("Options", "Ipvlan flag"),
        help=N_("Options", "Whether containers on the same parent interface reach each other."),
        applies_to=("ipvlan",),
        example_ok="private",
        example_bad="public",
        source="docker documentation, ipvlan network driver",
        choices=("bridge", "private", "vepa"),
    ),
    Option(
        id="mtu",
        key=MTU,
        kind=OptionKind.UNSIGNED,
        field=Field.OPTIONS,
        title=N_("Options", "MTU"),
        help=N_("Options", "The largest packet on the network, in bytes."),
        applies_to=("bridge", "macvlan", "ipvlan", "overlay"),
        example_ok="1400",
        example_bad="large",
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="bridge-name",
        key=BRIDGE_NAME,
        kind=OptionKind.TEXT,
        field=Field.OPTIONS,
        title=N_("Options", "Bridge name"),
        help=N_(
            "Options",
            "The name of the Linux bridge on the host, at most 15 bytes, without spaces or slashes.",
        ),
        applies_to=("bridge",),
        example_ok="br-web",
        example_bad="a-bridge-name-too-long",
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="bridge-masquerade",
        key=BRIDGE_MASQUERADE,
        kind=OptionKind.BOOLEAN,
        field=Field.OPTIONS,
        title=N_("Options", "Masquerade outbound traffic"),
        help=N_("Options", "Hides outgoing container traffic behind the host's address."),
        applies_to=("bridge",),
        example_ok="false",
        example_bad="off",
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="bridge-icc",
        key=BRIDGE_ICC,
        kind=OptionKind.BOOLEAN,
        field=Field.OPTIONS,
        title=N_("Options", "Containers reach each other"),
        help=N_("Options", "Whether containers on the network may talk to each other."),
        applies_to=("bridge",),
        example_ok="false",
        example_bad="no",
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="bridge-host-binding",
        key=BRIDGE_HOST_BINDING,
        kind=OptionKind.ADDRESSES,
        field=Field.OPTIONS,
        title=N_("Options", "Host address of published ports"),
        help=N_("Options", "The address of the host at which ports are published if none is named."),
        applies_to=("bridge",),
        example_ok="127.0.0.1",
        example_bad="localhost",
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="container-interface-prefix",
        key=CONTAINER_INTERFACE_PREFIX,
        kind=OptionKind.TEXT,
        field=Field.OPTIONS,
        title=N_("Options", "Prefix of interface names"),
        help=N_("Options", "What interfaces are called inside containers, before their number."),
        applies_to=("bridge",),
        example_ok="eth",
        example_bad=None,
        source=_BRIDGE_SOURCE,
    ),
    Option(
        id="encrypted-linux",
        key=LINUX_ENCRYPTED,
        kind=OptionKind.ANY,
        field=Field.OPTIONS,
        title=N_("Options", "Encrypt traffic between hosts"),
        help=N_("Options", "Encrypts the traffic between the hosts (IPsec). Windows nodes can't take part."),
        applies_to=("overlay",),
        example_ok="true",
        example_bad=None,
        source="docker documentation, overlay network driver",
    ),
    Option(
        id="vxlan-ids-linux",
        key=LINUX_VXLAN_ID_LIST,
        kind=OptionKind.INTEGERS,
        field=Field.VXLAN_IDS,
        title=N_("Options", "VXLAN IDs"),
        help=N_("Options", "One VXLAN network identifier per subnet; without it the swarm manager chooses."),
        applies_to=("overlay",),
        example_ok="5000",
        example_bad="x",
        source="docker documentation, overlay network driver",
    ),
)

LINUX_OPTION_BY_KEY: Final = MappingProxyType({option.key: option for option in LINUX_OPTIONS})
