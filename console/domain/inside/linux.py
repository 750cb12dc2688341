"""``ip addr``, ``ip route``, ``ifconfig`` and ``resolv.conf`` of a Linux container, busybox' or others'."""

from __future__ import annotations

import ipaddress
import re

from console.domain.inside.view import InsideAdapter, InsideAddress

_LINK = re.compile(r"\d+:\s+(?P<name>[^:@\s]+)(?:@[^:]*)?:")
_MAC = re.compile(r"(?:link/ether|HWaddr|ether)\s+(?P<mac>(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2})")
_INET = re.compile(r"\binet6?\s+(?:addr:\s*)?(?P<address>[0-9A-Fa-f.:]+)(?:/(?P<length>\d+))?")
_MASK = re.compile(r"(?:Mask:|netmask\s+)(?P<mask>[0-9.]+|0x[0-9A-Fa-f]{8})")
_PREFIX = re.compile(r"prefixlen\s+(?P<length>\d+)")
_DEFAULT = re.compile(r"^default via (?P<gateway>[0-9A-Fa-f.:]+)(?:.*?\bdev (?P<adapter>\S+))?", re.MULTILINE)
_SERVER = re.compile(r"^\s*nameserver\s+(?P<server>\S+)", re.MULTILINE)


def parse_ip_addr(text: str) -> tuple[InsideAdapter, ...]:
    """The adapters of ``ip addr``, without the loopback one. Raises ValueError where there is none."""
    adapters: list[InsideAdapter] = []
    for line in text.splitlines():
        link = _LINK.match(line)
        if link is not None:
            adapters.append(InsideAdapter(name=link["name"]))
        elif adapters:
            adapters[-1] = _with_line(adapters[-1], line)
    return _real(adapters)


def parse_ifconfig(text: str) -> tuple[InsideAdapter, ...]:
    """The adapters of ``ifconfig``, without the loopback one. Raises ValueError where there is none."""
    adapters: list[InsideAdapter] = []
    for line in text.splitlines():
        if line.strip() and not line[0].isspace():
            adapters.append(InsideAdapter(name=line.split()[0].rstrip(":")))
        if adapters:
            adapters[-1] = _with_line(adapters[-1], line)
    return _real(adapters)


def parse_routes(text: str) -> tuple[tuple[str, str], ...]:
    """The default gateways of ``ip route``, each with its adapter ("" where it is not told)."""
    return tuple((found["gateway"], found["adapter"] or "") for found in _DEFAULT.finditer(text))


def parse_resolv_conf(text: str) -> tuple[str, ...]:
    """The DNS servers of ``/etc/resolv.conf``."""
    return tuple(found["server"] for found in _SERVER.finditer(text))


def with_gateways(
    adapters: tuple[InsideAdapter, ...], gateways: tuple[tuple[str, str], ...]
) -> tuple[InsideAdapter, ...]:
    """The adapters, each with the default gateways that lead over it."""
    return tuple(
        one.model_copy(update={"gateways": tuple(way for way, name in gateways if name in {"", one.name})})
        for one in adapters
    )


def _with_line(adapter: InsideAdapter, line: str) -> InsideAdapter:
    mac, inet = _MAC.search(line), _INET.search(line)
    if mac is not None:
        adapter = adapter.model_copy(update={"mac_address": mac["mac"].lower()})
    if inet is None or not _is_address(inet["address"]):
        return adapter
    address = InsideAddress(address=inet["address"], prefix_length=_length(inet, line))
    return adapter.model_copy(update={"addresses": (*adapter.addresses, address)})


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _length(inet: re.Match[str], line: str) -> int | None:
    if inet["length"]:
        return int(inet["length"])
    mask, prefix = _MASK.search(line), _PREFIX.search(line)
    if mask is not None:
        words = mask["mask"]
        number = int(words, 16) if words.startswith("0x") else int(ipaddress.IPv4Address(words))
        return number.bit_count()
    return int(prefix["length"]) if prefix is not None else None


def _real(adapters: list[InsideAdapter]) -> tuple[InsideAdapter, ...]:
    found = tuple(one for one in adapters if one.name != "lo" and (one.mac_address or one.addresses))
    if not found:
        raise ValueError("no adapter is in it")
    return found
