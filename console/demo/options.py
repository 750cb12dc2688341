"""The driver options the Windows driver parses, and its refusals (reference, 1.1 and 1.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from console.demo.refusal import Refusal
from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.drivers.options import WINDOWS_PREFIX as PREFIX

_TRUE = frozenset({"1", "t", "T", "TRUE", "true", "True"})
_FALSE = frozenset({"0", "f", "F", "FALSE", "false", "False"})


def quoted(text: str) -> str:
    """A text as Go's ``%q`` prints it, near enough for printable text."""
    return json.dumps(text, ensure_ascii=False)


def is_bool(text: str) -> bool:
    """Whether Go's ParseBool accepts the text."""
    return text in _TRUE or text in _FALSE


def truth(text: str) -> bool:
    """Go's ParseBool; its refusal reaches the client as 500."""
    if not is_bool(text):
        raise Refusal(500, f"strconv.ParseBool: parsing {quoted(text)}: invalid syntax")
    return text in _TRUE


def unsigned(text: str) -> int:
    """Go's ParseUint(text, 10, 32)."""
    if not (text.isascii() and text.isdigit()):
        raise Refusal(500, f"strconv.ParseUint: parsing {quoted(text)}: invalid syntax")
    number = int(text)
    if number >= 1 << 32:
        raise Refusal(500, f"strconv.ParseUint: parsing {quoted(text)}: value out of range")
    return number


@dataclass(frozen=True, slots=True)
class LocalOptions:
    """What a local driver sends to HNS out of its options."""

    network_name: str
    hns_id: str
    adapters: tuple[str, ...]
    vlan: int
    vsid: int
    dns_suffix: str
    dns_servers: str
    mac_pools: tuple[str, ...]


def local_options(options: Mapping[str, str]) -> LocalOptions:
    """Parse the options of a local driver; unknown keys are silently accepted (reference, 0.4)."""

    def option(key: str) -> str:
        return options.get(PREFIX + key, "")

    def number(key: str) -> int:
        return unsigned(options[PREFIX + key]) if PREFIX + key in options else 0

    pools = tuple(option("macpool").split(",")) if option("macpool") else ()
    if len(pools) % 2:
        raise Refusal(400, "invalid mac pool. You must specify both a start range and an end range")
    for key in ("disable_gatewaydns", "enable_outboundnat"):
        if PREFIX + key in options:
            truth(options[PREFIX + key])
    return LocalOptions(
        network_name=option("networkname"),
        hns_id=option("hnsid"),
        adapters=tuple(option("interface").split(",")) if option("interface") else (),
        vlan=number("vlanid"),
        vsid=number("vsid"),
        dns_suffix=option("dnssuffix"),
        dns_servers=option("dnsservers"),
        mac_pools=pools,
    )


def vxlan_ids(options: Mapping[str, str]) -> list[int]:
    """The VNIs given by hand for an overlay network, none if the key is absent."""
    text = options.get(VXLAN_ID_LIST, "")
    numbers = []
    for part in text.split(",") if text else []:
        if not (part.isascii() and part.isdigit()):
            raise Refusal(400, f"invalid vxlan id value {quoted(part)} passed")
        numbers.append(int(part))
    return numbers
