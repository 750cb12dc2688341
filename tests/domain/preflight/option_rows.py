"""Rules about adapters, VLANs, options, outbound NAT, VXLAN ids, flags and Linux engines."""

from __future__ import annotations

from console.domain.drivers.options import DSR, ENABLE_IPV4, ENABLE_IPV6, ENCRYPTED, VXLAN_ID_LIST
from console.domain.snapshot import Adapter
from tests.domain.hosts import (
    ETHERNET,
    HOST_VNIC,
    MANAGER,
    NAT,
    SECOND,
    external_vswitch,
    host,
    linux_host,
    network,
    shim,
    spec,
    unread_host,
)
from tests.domain.preflight.row import ERROR, NOTE, WARNING, Row

DOWN = Adapter(name="Ethernet 3", status="Disconnected")
WIFI = Adapter(name="WLAN", wireless=True)
MEMBER = Adapter(name="NIC1", team_member=True)
TEAM = Adapter(name="Team1", physical=False, team_interface=True)
OTHER_TEAM = Adapter(name="Team2", physical=False, team_interface=True)
VPN = Adapter(name="OpenVPN Wintun", physical=False)
TEAMED = host(adapters=(MEMBER, TEAM, VPN), build=17763)
ALL = (ETHERNET, SECOND, HOST_VNIC, DOWN, WIFI)
TWO = host(adapters=ALL)
LAN = network("lan", "transparent", options=shim(interface="Ethernet"))
TAKEN = host(adapters=ALL, networks=(NAT, LAN))
HIDDEN = host(adapters=(ETHERNET, SECOND), vswitches=(external_vswitch("VMs", "Ethernet", visible=False),))
OVERLAY = network(
    "ov", "overlay", scope="swarm", options={**shim(interface="Ethernet"), VXLAN_ID_LIST: "4097"}
)
OVERLAID = host(swarm=MANAGER, networks=(NAT, OVERLAY))
SUBNET = ("192.168.1.0/24", "192.168.1.254")


def on(adapter: str, driver: str = "transparent"):
    return spec(driver, options=shim(interface=adapter))


def macvlan(**options: str):
    return spec("macvlan", options=options)


ROWS = (
    Row("adapter-host-vnic", ERROR, on("vEthernet (nat)"), "Ethernet", on("Ethernet")),
    Row("adapter-host-vnic", ERROR, on("vEthernet (x)"), "", on("Ethernet"), unread_host()),
    Row("adapter-unknown", ERROR, on("Ethernet2"), "Ethernet 2", on("ethernet 2"), TWO),
    Row("adapter-unknown", ERROR, on("Intel(R) I210 #2"), "Ethernet 2", on("Ethernet 2"), TWO),
    Row("adapter-unknown", ERROR, on("LAN"), "Ethernet", on("LAN"), host(), unread_host()),
    Row("adapter-unchecked", NOTE, on("Ethernet"), "", on("Ethernet"), unread_host(), host()),
    Row("adapter-down", ERROR, on("Ethernet 3"), "Ethernet", on("Ethernet"), TWO),
    Row("adapter-wireless", WARNING, on("WLAN"), "Ethernet", on("Ethernet"), TWO),
    Row("adapter-wireless", WARNING, on("Wi-Fi"), "", on("Ethernet"), unread_host()),
    Row("adapter-team-member", ERROR, on("nic1"), "Team1", on("NIC1"), TEAMED, TWO),
    Row("adapter-team-member", ERROR, on("NIC1"), "Team1", on("Team1"), TEAMED),
    Row(
        "adapter-team-member",
        ERROR,
        on("NIC1"),
        "Ethernet",
        on("Ethernet"),
        host(adapters=(MEMBER, TEAM, OTHER_TEAM, ETHERNET)),
    ),
    Row("adapter-virtual", WARNING, on("openvpn wintun"), "Team1", on("Team1"), TEAMED),
    Row(
        "adapter-team-of-cards",
        WARNING,
        on("Team1"),
        "Ethernet",
        on("Ethernet"),
        host(adapters=(ETHERNET, TEAM)),
        TEAMED,
    ),
    Row("adapter-taken", ERROR, on("ethernet"), "Ethernet 2", on("Ethernet 2"), TAKEN),
    Row("adapter-taken", ERROR, on("Ethernet"), "Ethernet 2", on("Ethernet 2"), HIDDEN),
    Row("adapter-taken", ERROR, on("Ethernet"), "", on("Ethernet 2"), unread_host(LAN)),
    Row("adapter-taken", ERROR, on("Ethernet"), "", on("Ethernet", "overlay"), OVERLAID),
    Row("adapter-taken", ERROR, on("Ethernet", "overlay"), "Ethernet 2", on("Ethernet 2", "overlay"), TAKEN),
    Row("adapter-taken", ERROR, on("Ethernet 2,Ethernet"), "", on("Ethernet 2"), TAKEN),
    Row("adapter-needed", ERROR, spec("transparent"), "Ethernet 2", on("Ethernet 2"), TAKEN),
    Row(
        "adapter-needed", ERROR, spec("transparent"), "", spec("transparent"), unread_host(LAN), unread_host()
    ),
    Row(
        "adapter-needed",
        WARNING,
        spec("l2bridge", *SUBNET),
        "Ethernet",
        spec("l2bridge", *SUBNET),
        TWO,
        host(),
    ),
    Row(
        "adapter-none-free",
        ERROR,
        spec("transparent"),
        "",
        spec("transparent"),
        host(vswitches=(external_vswitch("VMs", "Ethernet", visible=False),)),
        host(),
    ),
    Row(
        "adapter-none-free", ERROR, spec("overlay"), "", spec("overlay"), host(networks=(NAT, LAN)), OVERLAID
    ),
    Row("adapter-none-free", ERROR, spec("transparent"), "", spec("nat"), host(adapters=(WIFI, HOST_VNIC))),
    Row(
        "adapter-spelling",
        ERROR,
        on('"Ethernet", "Ethernet 2"'),
        "Ethernet,Ethernet 2",
        on("Ethernet,Ethernet 2"),
        TWO,
    ),
    Row(
        "adapter-twice",
        ERROR,
        on("Ethernet,ethernet,Ethernet 2"),
        "Ethernet,Ethernet 2",
        on("Ethernet,Ethernet 2"),
        TWO,
    ),
    Row(
        "adapter-team-on-client",
        WARNING,
        on("Ethernet,Ethernet 2"),
        "Ethernet",
        on("Ethernet,Ethernet 2"),
        host(server=False, adapters=ALL),
        TWO,
    ),
    Row(
        "vlan-syntax",
        ERROR,
        spec("transparent", options=shim(vlanid="abc")),
        "",
        spec("transparent", options=shim(vlanid="11")),
    ),
    Row(
        "vlan-syntax",
        ERROR,
        spec("transparent", options=shim(vlanid="VLAN 11")),
        "11",
        spec("transparent", options=shim(vlanid="4094")),
    ),
    Row(
        "vlan-syntax",
        ERROR,
        spec("transparent", options=shim(vlanid="4294967296")),
        "",
        spec("transparent", options=shim(vlanid="4294967295")),
    ),
    Row(
        "vlan-range",
        ERROR,
        spec("transparent", options=shim(vlanid="4095")),
        "",
        spec("transparent", options=shim(vlanid="4094")),
    ),
    Row(
        "vlan-range",
        WARNING,
        spec("transparent", options=shim(vlanid="0")),
        "",
        spec("transparent", options=shim(vlanid="1")),
    ),
    Row(
        "vlan-driver",
        ERROR,
        spec("nat", options=shim(vlanid="5")),
        "",
        spec("l2bridge", options=shim(vlanid="5")),
    ),
    Row(
        "vlan-driver",
        ERROR,
        spec("overlay", options=shim(vlanid="5")),
        "",
        spec("transparent", options=shim(vlanid="5")),
    ),
    Row("vlan-driver", WARNING, spec("l2tunnel", options=shim(vlanid="5")), "", spec("l2tunnel")),
    Row("vlan-trunk", NOTE, spec("transparent", options=shim(vlanid="5")), "", spec("transparent")),
    Row(
        "vsid-syntax",
        ERROR,
        spec("l2bridge", options=shim(vsid="-1")),
        "1",
        spec("l2bridge", options=shim(vsid="5001")),
    ),
    Row(
        "vsid-syntax",
        WARNING,
        spec("l2bridge", options=shim(vsid="16777216")),
        "",
        spec("l2bridge", options=shim(vsid="16777215")),
    ),
    Row(
        "option-unknown",
        WARNING,
        spec(options=shim(vlandid="5")),
        "com.docker.network.windowsshim.vlanid",
        spec(options=shim(dnssuffix="a.b")),
    ),
    Row(
        "option-unknown",
        WARNING,
        spec(options={"dnsservers": "8.8.8.8"}),
        "com.docker.network.windowsshim.dnsservers",
        spec(options=shim(dnsservers="8.8.8.8")),
    ),
    Row(
        "option-unknown",
        WARNING,
        spec(options={"parent": "eth0"}),
        "",
        spec("macvlan", options={"parent": "eth0"}),
        host(),
        linux_host(),
    ),
    Row("option-set-by-engine", WARNING, spec(options=shim(hnsowned="true")), "", spec()),
    Row(
        "option-set-by-engine",
        WARNING,
        spec(options=shim(hnsid="7A5F9C2E-1B0D-4C65-9E0B-2F3D4A5B6C7D")),
        "",
        spec(),
    ),
    Row("option-without-effect", WARNING, spec(options=shim(sourcemac="x")), "", spec()),
    Row("option-without-effect", WARNING, spec("overlay", options={DSR: "1"}), "", spec("overlay")),
    Row("option-not-for-driver", ERROR, on("Ethernet", "nat"), "", on("Ethernet", "l2bridge")),
    Row(
        "option-not-for-driver",
        ERROR,
        spec("nat", options=shim(enable_outboundnat="true")),
        "",
        spec("l2bridge", options=shim(enable_outboundnat="true")),
    ),
    Row(
        "option-not-for-driver",
        WARNING,
        spec("overlay", options=shim(dnsservers="8.8.8.8")),
        "",
        spec("nat", options=shim(dnsservers="8.8.8.8")),
    ),
    Row(
        "encrypted",
        WARNING,
        spec("overlay", options={ENCRYPTED: ""}),
        "",
        spec("overlay", options={ENCRYPTED: ""}),
        host(),
        linux_host(),
    ),
    Row(
        "boolean-syntax",
        ERROR,
        spec(options=shim(disable_gatewaydns="yes")),
        "true",
        spec(options=shim(disable_gatewaydns="T")),
    ),
    Row("boolean-syntax", ERROR, spec(options={ENABLE_IPV4: "x"}), "", spec(options={ENABLE_IPV4: "1"})),
    Row(
        "dns-servers-syntax",
        ERROR,
        spec(options=shim(dnsservers="4.4.4.4,dns.example.com")),
        "4.4.4.4",
        spec(options=shim(dnsservers="4.4.4.4,8.8.8.8")),
    ),
    Row(
        "dns-servers-syntax",
        ERROR,
        spec(options=shim(dnsservers="4.4.4.4, 8.8.8.8")),
        "4.4.4.4,8.8.8.8",
        spec(options=shim(dnsservers="4.4.4.4")),
    ),
    Row(
        "dns-suffix-syntax",
        ERROR,
        spec(options=shim(dnssuffix=".abc.com")),
        "abc.com",
        spec(options=shim(dnssuffix="abc.com")),
    ),
    Row(
        "mac-pool-syntax",
        ERROR,
        spec(options=shim(macpool="00-15-5D-52-C0-00")),
        "",
        spec(options=shim(macpool="00-15-5D-52-C0-00,00-15-5D-52-CF-FF")),
    ),
    Row(
        "mac-pool-syntax",
        ERROR,
        spec(options=shim(macpool="00:15:5d:52:c0:00, 00:15:5d:52:cf:ff")),
        "00-15-5D-52-C0-00,00-15-5D-52-CF-FF",
        spec(),
    ),
    Row(
        "mac-pool-syntax",
        ERROR,
        spec(options=shim(macpool="00-15-5D-52-CF-FF,00-15-5D-52-C0-00")),
        "",
        spec(),
    ),
    Row(
        "hns-id-syntax",
        ERROR,
        spec(options=shim(hnsid="x")),
        "",
        spec(options=shim(hnsid="7a5f9c2e-1b0d-4c65-9e0b-2f3d4a5b6c7d")),
    ),
    Row(
        "outbound-nat-off",
        NOTE,
        spec("l2bridge", *SUBNET),
        "true",
        spec("l2bridge", *SUBNET, options=shim(enable_outboundnat="1")),
    ),
    Row(
        "outbound-nat-exceptions-syntax",
        ERROR,
        spec("l2bridge", options=shim(outboundnat_exceptions="10.0.0.0/8, 10.0.0.0/33")),
        "10.0.0.0/8",
        spec("l2bridge", options=shim(outboundnat_exceptions="10.0.0.0/8,192.168.0.0/16")),
    ),
    Row(
        "outbound-nat-exceptions-syntax",
        WARNING,
        spec("l2bridge", options=shim(outboundnat_exceptions="10.0.0.5/8")),
        "10.0.0.0/8",
        spec("l2bridge"),
    ),
    Row(
        "outbound-nat-exceptions-unused",
        WARNING,
        spec("l2bridge", options=shim(outboundnat_exceptions="10.0.0.0/8")),
        "true",
        spec("l2bridge", options=shim(outboundnat_exceptions="10.0.0.0/8", enable_outboundnat="true")),
    ),
    Row(
        "vxlan-id-syntax",
        ERROR,
        spec("overlay", options={VXLAN_ID_LIST: "5000, 5001"}),
        "5000,5001",
        spec("overlay", options={VXLAN_ID_LIST: "5000,5001"}),
    ),
    Row(
        "vxlan-id-range",
        ERROR,
        spec("overlay", options={VXLAN_ID_LIST: "100"}),
        "4096",
        spec("overlay", options={VXLAN_ID_LIST: "4096"}),
    ),
    Row(
        "vxlan-id-count",
        ERROR,
        spec("overlay", "10.0.0.0/24", more_subnets=["10.0.1.0/24"], options={VXLAN_ID_LIST: "4096"}),
        "4096,4097",
        spec("overlay", "10.0.0.0/24", options={VXLAN_ID_LIST: "4096"}),
    ),
    Row(
        "vxlan-id-taken",
        ERROR,
        spec("overlay", options={VXLAN_ID_LIST: "4097"}),
        "4096",
        spec("overlay", options={VXLAN_ID_LIST: "4096"}),
        OVERLAID,
    ),
    Row(
        "vxlan-id-taken",
        ERROR,
        spec("overlay", options={VXLAN_ID_LIST: "5000,5000"}),
        "4096,4097",
        spec("overlay", options={VXLAN_ID_LIST: "5000,5001"}),
    ),
    Row(
        "internal-unsupported",
        WARNING,
        spec(internal=True),
        "",
        spec("bridge", internal=True),
        host(),
        linux_host(),
    ),
    Row("ipam-driver-unsupported", ERROR, spec(ipam_driver="infoblox"), "windows", spec()),
    Row("ipam-driver-unsupported", NOTE, spec(ipam_driver="windows"), "", spec()),
    Row("ipam-options-unsupported", WARNING, spec(ipam_options={"a": "b"}), "", spec()),
    Row(
        "ipv6-unsupported",
        ERROR,
        spec(enable_ipv6=True),
        "false",
        spec("bridge", enable_ipv6=True),
        host(),
        linux_host(),
    ),
    Row(
        "ipv6-unsupported", ERROR, spec(options={ENABLE_IPV6: "1"}), "false", spec(options={ENABLE_IPV6: "0"})
    ),
    Row("ipv4-required", ERROR, spec(enable_ipv4=False), "true", spec()),
    Row(
        "linux-option-of-windows",
        WARNING,
        spec("bridge", options=shim(vlanid="5")),
        "",
        spec("bridge"),
        linux_host(),
    ),
    Row(
        "linux-option-not-for-driver",
        WARNING,
        spec("bridge", options={"parent": "eth0"}),
        "",
        macvlan(parent="eth0"),
        linux_host(),
    ),
    Row(
        "linux-option-syntax",
        ERROR,
        macvlan(macvlan_mode="l2"),
        "bridge",
        macvlan(macvlan_mode="vepa"),
        linux_host(),
    ),
    Row(
        "linux-option-syntax",
        ERROR,
        spec("bridge", options={"com.docker.network.bridge.name": "ä" * 8}),
        "",
        spec("bridge", options={"com.docker.network.bridge.name": "ä" * 7}),
        linux_host(),
    ),
    Row("parent-loopback", ERROR, macvlan(parent="lo"), "", macvlan(parent="eth0"), linux_host()),
    Row("parent-missing", NOTE, spec("ipvlan"), "", macvlan(parent="eth0"), linux_host()),
    Row(
        "parent-taken",
        ERROR,
        spec("ipvlan", options={"parent": "eth0"}),
        "",
        macvlan(parent="eth0"),
        linux_host(network("m", "macvlan", options={"parent": "eth0"})),
    ),
    Row(
        "linux-ipv6-off",
        WARNING,
        spec("bridge", "fd00::/64"),
        "true",
        spec("bridge", "fd00::/64", enable_ipv6=True),
        linux_host(),
    ),
)
