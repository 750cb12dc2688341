"""``ipconfig /all`` read by the form of its values and their order: its words are in Windows' language.

Every adapter has a heading at the margin that ends in a colon, then lines of label, dots, colon and value;
further values of a list stand below it without a label. In each adapter the order is always: description,
MAC, addresses, each IPv4 one followed by its mask, then (DHCP only) two times of the lease, gateways, (DHCP
only) the server that gave the lease, ids of DHCPv6, DNS servers.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from console.domain.inside.view import InsideAdapter, InsideAddress, InsideView

_FIELD = re.compile(r"\s{2,}(?P<label>\S.*?)(?:\s*\.)+\s*:(?P<value>.*)")
#: How far in a line stands that has no label of its own.
_DEEP = 12
_VNIC = re.compile(r"vEthernet \(.*\)")
_MAC = re.compile(r"(?:[0-9A-Fa-f]{2}-){5}[0-9A-Fa-f]{2}")
#: What follows an address: ``(Preferred)``, in whatever language, and the zone of a link-local one.
_AFTER = re.compile(r"(?:%\w+)?\s*(?:[(（].*)?$")


@dataclass(slots=True)
class _Section:
    """A heading and the values below it, in order; an empty value is an empty list."""

    heading: str
    fields: list[list[str]] = field(default_factory=list)


def parse_ipconfig(text: str) -> InsideView:
    """What ``ipconfig /all`` printed, in any language of Windows.

    Raises ValueError where it is not that: no adapter with a MAC address or an address is in it.
    """
    first, *rest = [*_sections(text), _Section("")]
    adapters = tuple(adapter for section in rest if (adapter := _adapter(section)) is not None)
    if not adapters:
        raise ValueError("no adapter is in it")
    host_name = first.fields[0][0] if first.fields and first.fields[0] else ""
    return InsideView(host_name=host_name, adapters=adapters)


def _sections(text: str) -> Iterator[_Section]:
    """The part above the first adapter, then each adapter."""
    current = _Section("")
    for line in text.splitlines():
        if not line.strip():
            continue
        if not line[0].isspace():
            if line.rstrip().endswith(":"):
                yield current
                current = _Section(line.strip())
            continue
        value = _value(line)
        if value is not None:
            current.fields.append([value] if value else [])
        elif current.fields:
            current.fields[-1].append(line.strip())
    yield current


def _value(line: str) -> str | None:
    """The value of a field's line; None for a line that goes on with the field before it."""
    found = _FIELD.match(line)
    if found is not None:
        return found["value"].strip()
    if len(line) - len(line.lstrip()) < _DEEP and ":" in line:
        return line.partition(":")[2].strip()  # a label so long that no dots follow it (German has some)
    return None


def _adapter(section: _Section) -> InsideAdapter | None:
    values = [_addresses(one) for one in section.fields]
    masks = [at for at, one in enumerate(values) if at and _is_mask(one) and _is_ipv4(values[at - 1])]
    mac = next((one[0] for one in section.fields if one and _MAC.fullmatch(one[0])), "")
    if not mac and not masks:
        return None
    after = masks[-1] + 1 if masks else len(values)
    leased, gateways, servers = _after_masks(section.fields[after:], values[after:])
    found = _VNIC.search(section.heading)
    return InsideAdapter(
        name=found[0] if found else section.heading.rstrip(": "),
        mac_address=mac.replace("-", ":").lower(),
        addresses=(*_ipv4(values, masks), *_ipv6(values[: masks[0]] if masks else values)),
        gateways=gateways,
        dns_servers=servers,
        dhcp=leased if masks else None,
    )


def _after_masks(
    fields: Sequence[list[str]], values: Sequence[tuple[str, ...]]
) -> tuple[bool, tuple[str, ...], tuple[str, ...]]:
    """Whether there is a lease; gateways; DNS servers."""
    at = 0
    while at < len(fields) and fields[at] and not values[at]:
        at += 1  # a time of the lease: neither empty nor an address
    leased = at > 0
    gateways = values[at] if at < len(values) else ()
    lists = [one for one in values[at + 1 :] if one]
    # The server that gave the lease comes before those for names.
    servers = lists[1:2] if leased else lists[:1]
    return leased, gateways, servers[0] if servers else ()


def _ipv4(values: Sequence[tuple[str, ...]], masks: Sequence[int]) -> Iterator[InsideAddress]:
    for at in masks:
        length = ipaddress.ip_network(f"0.0.0.0/{values[at][0]}").prefixlen
        yield InsideAddress(address=values[at - 1][0], prefix_length=length)


def _ipv6(values: Sequence[tuple[str, ...]]) -> Iterator[InsideAddress]:
    for one in values:
        yield from (InsideAddress(address=address) for address in one if ":" in address)


def _addresses(texts: Sequence[str]) -> tuple[str, ...]:
    """The addresses of a field; none where one of its values is something else."""
    found: list[str] = []
    for text in texts:
        address = _AFTER.sub("", text, count=1)
        try:
            found.append(str(ipaddress.ip_address(address)))
        except ValueError:
            return ()
    return tuple(found)


def _is_ipv4(values: tuple[str, ...]) -> bool:
    return len(values) == 1 and ":" not in values[0]


def _is_mask(values: tuple[str, ...]) -> bool:
    if not _is_ipv4(values):
        return False
    bits = f"{int(ipaddress.IPv4Address(values[0])):032b}"
    return "01" not in bits and bits[0] == "1"
