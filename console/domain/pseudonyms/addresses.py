"""IP and MAC addresses in texts, replaced so that subnets stay subnets: :class:`AddressPseudonyms`."""

from __future__ import annotations

import ipaddress
import re
from typing import Final

from console.domain.pseudonyms.bits import PrefixKeeping

_V4 = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,3}){3})(/\d{1,2}(?!\d))?(?![\w.]*\d)")
_V6 = re.compile(r"(?<![\w:.])((?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4})(/\d{1,3})?(?![\w:])")
_MAC = re.compile(r"(?<![\w:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}(?![\w:-])")

_BESIDE_ADDRESSES = re.compile(r"[\s,;:/\[\]%\d-]*(?:tcp|udp|sctp)?", re.IGNORECASE)

# Ranges that mean something by themselves (RFC 6890), so that an address stays private, shared, … .
_APART_V4: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
_KEPT_V4: Final = (
    "0.0.0.0/8",
    "127.0.0.0/8",
    "169.254.0.0/16",  # no DHCP server answered: checks look for it
    "224.0.0.0/3",
    "168.63.129.16/32",  # the same for every virtual machine in Azure
)
_APART_V6: Final = ("fc00::/7", "2000::/3")
_KEPT_V6: Final = ("::/96", "fe80::/64", "ff00::/8")

# The last octet tells a gateway from a broadcast address, and nothing of who somebody is.
_TAIL_V4 = 8
_TAIL_V6 = 16
# HNS hands out blocks of 4096 MAC addresses, from …-00 to …F-FF (reference, 1.1, macpool).
_TAIL_MAC = 12
_MAC_WIDTH = 48
_VENDOR_BITS = 24


def is_address(words: str) -> bool:
    """Whether ``words`` are one address or prefix and nothing else."""
    return any(pattern.fullmatch(words) for pattern in (_V4, _V6, _MAC))


def only_addresses(words: str) -> bool:
    """Whether ``words`` are addresses and nothing else but ports, lengths and protocols beside them."""
    rest, found = words, 0
    for pattern in (_MAC, _V4, _V6):
        rest, count = pattern.subn("", rest)
        found += count
    return found > 0 and _BESIDE_ADDRESSES.fullmatch(rest) is not None


class AddressPseudonyms:
    """Replaces addresses by a key: the same one always by the same.

    Not changed are a MAC address' vendor, the last octet of an IPv4 address, and addresses that are the
    same on every host (loopback, link-local, multicast).
    """

    def __init__(self, key: bytes) -> None:
        self._v4 = PrefixKeeping(key, 32, tail=_TAIL_V4, apart=_numbers(_APART_V4), kept=_numbers(_KEPT_V4))
        self._v6 = PrefixKeeping(key, 128, tail=_TAIL_V6, apart=_numbers(_APART_V6), kept=_numbers(_KEPT_V6))
        self._mac = PrefixKeeping(key, _MAC_WIDTH - _VENDOR_BITS, tail=_TAIL_MAC)

    def replaced(self, words: str) -> str:
        """``words`` with each address and prefix in them replaced."""
        if ":" in words or "-" in words:
            words = _MAC.sub(self._mac_address, words)
        if "." in words:
            words = _V4.sub(self._address, words)
        return _V6.sub(self._address, words) if ":" in words else words

    def _address(self, found: re.Match[str]) -> str:
        written, length = found[1], found[2] or ""
        try:
            address = ipaddress.ip_address(written)
        except ValueError:  # a version number, a time
            return found[0]
        number, width = int(address), address.max_prefixlen
        mapped = (self._v4 if address.version == 4 else self._v6)(number)
        bits = int(length[1:]) if length else width
        if bits <= width and not number & _host_mask(width, bits):
            # The address of a network itself: it stays one, whatever its host bits are mapped to.
            mapped &= ~_host_mask(width, bits)
        return f"{type(address)(mapped)}{length}"

    def _mac_address(self, found: re.Match[str]) -> str:
        separator = found[1]
        number = int(found[0].replace(separator, ""), 16)
        if number in {0, (1 << _MAC_WIDTH) - 1}:
            return found[0]
        device = (1 << (_MAC_WIDTH - _VENDOR_BITS)) - 1
        mapped = number & ~device | self._mac(number & device)
        text = separator.join(f"{octet:02x}" for octet in mapped.to_bytes(_MAC_WIDTH // 8, "big"))
        return text if found[0] == found[0].lower() else text.upper()


def _host_mask(width: int, bits: int) -> int:
    return (1 << (width - bits)) - 1


def _numbers(prefixes: tuple[str, ...]) -> list[tuple[int, int]]:
    networks = map(ipaddress.ip_network, prefixes)
    return [(int(network.network_address), network.prefixlen) for network in networks]
