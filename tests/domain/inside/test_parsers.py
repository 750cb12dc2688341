"""What programs inside of containers print, in several languages and forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.domain.inside.ipconfig import parse_ipconfig
from console.domain.inside.linux import (
    parse_ifconfig,
    parse_ip_addr,
    parse_resolv_conf,
    parse_routes,
    with_gateways,
)
from console.domain.inside.view import InsideAdapter, InsideAddress

SAMPLES = Path(__file__).parents[2] / "data" / "samples" / "host"

# The same adapter in Windows' words of three languages. The German form has a label without dots, the
# French one a blank before the heading's colon and none before the values' (texts of Windows' own
# message tables, put together here: no capture of a French or German container is public).
ENGLISH = """
Windows IP Configuration

   Host Name . . . . . . . . . . . . : d0af44216dc4
   Primary Dns Suffix  . . . . . . . :
   Node Type . . . . . . . . . . . . : Hybrid
   IP Routing Enabled. . . . . . . . : No

Ethernet adapter vEthernet (Ethernet):

   Connection-specific DNS Suffix  . : corp.example
   Description . . . . . . . . . . . : Hyper-V Virtual Ethernet Container Adapter
   Physical Address. . . . . . . . . : 00-15-5D-B6-1B-0B
   DHCP Enabled. . . . . . . . . . . : Yes
   Autoconfiguration Enabled . . . . : Yes
   Link-local IPv6 Address . . . . . : fe80::6d79:bf22:3a:e5bb%8(Preferred)
   IPv4 Address. . . . . . . . . . . : 192.168.48.17(Preferred)
   Subnet Mask . . . . . . . . . . . : 255.255.240.0
   Lease Obtained. . . . . . . . . . : Friday, November 27, 2026 01:50:02 AM
   Lease Expires . . . . . . . . . . : Saturday, December 5, 2026 01:50:02 AM
   Default Gateway . . . . . . . . . : fe80::1%8
                                       192.168.48.1
   DHCP Server . . . . . . . . . . . : 192.168.48.2
   DHCPv6 IAID . . . . . . . . . . . : 134223197
   DHCPv6 Client DUID. . . . . . . . : 00-01-00-01-2A-5B-6C-7D-00-15-5D-B6-1B-0B
   DNS Servers . . . . . . . . . . . : 192.168.48.1
                                       10.0.0.53
   NetBIOS over Tcpip. . . . . . . . : Enabled
"""
GERMAN = """
Windows-IP-Konfiguration

   Hostname  . . . . . . . . . . . . : d0af44216dc4
   Primäres DNS-Suffix . . . . . . . :
   Knotentyp . . . . . . . . . . . . : Hybrid
   IP-Routing aktiviert  . . . . . . : Nein

Ethernet-Adapter vEthernet (Ethernet):

   Verbindungsspezifisches DNS-Suffix: corp.example
   Beschreibung. . . . . . . . . . . : Hyper-V Virtual Ethernet Container Adapter
   Physische Adresse . . . . . . . . : 00-15-5D-B6-1B-0B
   DHCP aktiviert. . . . . . . . . . : Ja
   Autokonfiguration aktiviert . . . : Ja
   Verbindungslokale IPv6-Adresse  . : fe80::6d79:bf22:3a:e5bb%8(Bevorzugt)
   IPv4-Adresse  . . . . . . . . . . : 192.168.48.17(Bevorzugt)
   Subnetzmaske  . . . . . . . . . . : 255.255.240.0
   Lease erhalten. . . . . . . . . . : Freitag, 27. November 2026 01:50:02
   Lease läuft ab. . . . . . . . . . : Samstag, 5. Dezember 2026 01:50:02
   Standardgateway . . . . . . . . . : fe80::1%8
                                       192.168.48.1
   DHCP-Server . . . . . . . . . . . : 192.168.48.2
   DHCPv6-IAID . . . . . . . . . . . : 134223197
   DNS-Server  . . . . . . . . . . . : 192.168.48.1
                                       10.0.0.53
   NetBIOS über TCP/IP . . . . . . . : Aktiviert
"""
FRENCH = """
Configuration IP de Windows

   Nom de l'hôte . . . . . . . . . . : d0af44216dc4
   Suffixe DNS principal . . . . . . :
   Type de noeud. . . . . . . . . .  : Hybride

Carte Ethernet vEthernet (Ethernet) :

   Suffixe DNS propre à la connexion. . . : corp.example
   Description. . . . . . . . . . . . . . : Hyper-V Virtual Ethernet Container Adapter
   Adresse physique . . . . . . . . . . . : 00-15-5D-B6-1B-0B
   DHCP activé. . . . . . . . . . . . . . : Oui
   Configuration automatique activée. . . : Oui
   Adresse IPv6 de liaison locale. . . . .: fe80::6d79:bf22:3a:e5bb%8(préféré)
   Adresse IPv4. . . . . . . . . . . . . .: 192.168.48.17(préféré)
   Masque de sous-réseau. . . . . . . . . : 255.255.240.0
   Bail obtenu. . . . . . . . . . . . . . : vendredi 27 novembre 2026 01:50:02
   Bail expirant. . . . . . . . . . . . . : samedi 5 décembre 2026 01:50:02
   Passerelle par défaut. . . . . . . . . : fe80::1%8
                                            192.168.48.1
   Serveur DHCP . . . . . . . . . . . . . : 192.168.48.2
   Serveurs DNS. . .  . . . . . . . . . . : 192.168.48.1
                                            10.0.0.53
   NetBIOS sur Tcpip. . . . . . . . . . . : Activé
"""


@pytest.mark.parametrize("text", [ENGLISH, GERMAN, FRENCH], ids=["english", "german", "french"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_that_ipconfig_is_read_in_every_language(text: str, ends: str) -> None:
    view = parse_ipconfig(text.replace("\n", ends))
    assert view.host_name == "d0af44216dc4"
    (adapter,) = view.adapters
    assert adapter == InsideAdapter(
        name="vEthernet (Ethernet)",
        mac_address="00:15:5d:b6:1b:0b",
        addresses=(
            InsideAddress(address="192.168.48.17", prefix_length=20),
            InsideAddress(address="fe80::6d79:bf22:3a:e5bb"),
        ),
        gateways=("fe80::1", "192.168.48.1"),
        dns_servers=("192.168.48.1", "10.0.0.53"),
        dhcp=True,
    )


def test_that_a_real_adapter_without_gateway_is_read() -> None:
    (adapter,) = parse_ipconfig((SAMPLES / "ipconfig-all-vethernet-nat.txt").read_text("utf-8")).adapters
    assert adapter.ipv4 == (InsideAddress(address="192.168.48.1", prefix_length=20),)
    assert adapter.gateways == ()
    assert adapter.dns_servers == ("fec0:0:0:ffff::1", "fec0:0:0:ffff::2", "fec0:0:0:ffff::3")
    assert adapter.dhcp is False
    assert adapter.mac_address == "00:15:5d:70:3c:17"


def test_that_several_adapters_are_told_apart() -> None:
    text = (SAMPLES / "ipconfig-nat-and-default-switch.txt").read_text("utf-8")
    adapters = parse_ipconfig(text).adapters
    assert [(one.name, one.ipv4[0].address, one.gateways) for one in adapters] == [
        ("Ethernet adapter Ethernet", "10.0.1.4", ("10.0.1.1",)),
        ("vEthernet (Default Switch)", "172.31.38.65", ()),
        ("vEthernet (nat)", "172.18.16.1", ()),
    ]


def test_that_an_adapter_without_address_is_still_one() -> None:
    text = "Adapter x:\n\n   Media State . . . : Media disconnected\n   MAC . . . : 00-15-5D-00-00-01\n"
    (adapter,) = parse_ipconfig(text).adapters
    assert (adapter.addresses, adapter.dhcp) == ((), None)


@pytest.mark.parametrize("text", ["", "'ipconfig' is not recognized", "Windows IP Configuration\n\n"])
def test_that_other_words_are_no_ipconfig(text: str) -> None:
    with pytest.raises(ValueError, match="no adapter"):
        parse_ipconfig(text)


BUSYBOX = """1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
12: eth0@if13: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue
    link/ether 02:42:0A:d7:00:09 brd ff:ff:ff:ff:ff:ff
    inet 10.215.0.9/24 brd 10.215.0.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet6 fe80::42:aff:fed7:9/64 scope link
"""
IFCONFIG_BUSYBOX = """eth0      Link encap:Ethernet  HWaddr 02:42:0A:D7:00:09
          inet addr:10.215.0.9  Bcast:10.215.0.255  Mask:255.255.255.0
          inet6 addr: fe80::42:aff:fed7:9/64 Scope:Link
          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1

lo        Link encap:Local Loopback
          inet addr:127.0.0.1  Mask:255.0.0.0
"""
IFCONFIG_NET_TOOLS = """eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 10.215.0.9  netmask 255.255.255.0  broadcast 10.215.0.255
        inet6 fe80::42:aff:fed7:9  prefixlen 64  scopeid 0x20<link>
        ether 02:42:0a:d7:00:09  txqueuelen 0  (Ethernet)
"""


def test_that_linux_programs_are_read_alike() -> None:
    expected = InsideAdapter(
        name="eth0",
        mac_address="02:42:0a:d7:00:09",
        addresses=(
            InsideAddress(address="10.215.0.9", prefix_length=24),
            InsideAddress(address="fe80::42:aff:fed7:9", prefix_length=64),
        ),
    )
    assert parse_ip_addr(BUSYBOX) == (expected,)
    assert parse_ifconfig(IFCONFIG_BUSYBOX) == (expected,)
    assert parse_ifconfig(IFCONFIG_NET_TOOLS) == (expected,)
    with pytest.raises(ValueError, match="no adapter"):
        parse_ip_addr("1: lo: <LOOPBACK> mtu 65536\n    inet 127.0.0.1/8 scope host lo\n")


def test_that_routes_and_servers_are_found_and_put_where_they_belong() -> None:
    text = "default via 10.215.0.1 dev eth0 \n10.215.0.0/24 dev eth0 scope link  src 10.215.0.9 \n"
    routes = parse_routes(text)
    assert routes == (("10.215.0.1", "eth0"),)
    first, second = with_gateways((InsideAdapter(name="eth0"), InsideAdapter(name="eth1")), routes)
    assert (first.gateways, second.gateways) == (("10.215.0.1",), ())
    assert parse_resolv_conf("# x\nsearch a\nnameserver 127.0.0.11\n nameserver ::1\n") == (
        "127.0.0.11",
        "::1",
    )
