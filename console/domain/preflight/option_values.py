"""Rules about the values of options; what the engine takes without looking, HNS refuses later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from console.domain.addressing import parse_any_address
from console.domain.drivers.option import Option, OptionKind
from console.domain.drivers.options import (
    DNS_SERVERS,
    DNS_SUFFIX,
    ENABLE_IPV4,
    ENABLE_IPV6,
    HNS_ID,
    MAC_POOL,
    OPTION_BY_KEY,
)
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error
from console.domain.preflight.rule import rule
from console.domain.text import N_, Text

TRUE_WORDS: Final = frozenset({"1", "t", "T", "true", "TRUE", "True"})
FALSE_WORDS: Final = frozenset({"0", "f", "F", "false", "FALSE", "False"})
"""What the engine reads as a truth value (Go's strconv.ParseBool)."""

_MEANT_TRUE: Final = frozenset({"yes", "y", "on", "enable", "enabled", "true"})
_MEANT_FALSE: Final = frozenset({"no", "n", "off", "disable", "disabled", "false"})
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")
_MAC: Final = re.compile(r"[0-9A-F]{2}(?:-[0-9A-F]{2}){5}", re.IGNORECASE | re.ASCII)
_GUID: Final = re.compile(r"\{?[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}?", re.IGNORECASE | re.ASCII)


def truth(value: str) -> bool | None:
    """The truth value in a text as the engine reads it; None where it is none."""
    if value in TRUE_WORDS:
        return True
    return False if value in FALSE_WORDS else None


@rule("boolean-syntax", source="reference, 1.1 and 1.3")
def boolean_syntax(case: Case) -> Iterator[Objection]:
    """Truth values are written as Go reads them."""
    for option, value in _given(case.spec.options, OptionKind.BOOLEAN):
        if truth(value) is None:
            yield error(
                option.field,
                N_(
                    "Preflight",
                    "{title}: “{value}” is neither true nor false.",
                    title=option.title,
                    value=value,
                ),
                _boolean_words(option, value),
                _truth_meant(value),
            )


def _boolean_words(option: Option, value: str) -> Text:
    if option.key in (ENABLE_IPV4, ENABLE_IPV6):
        return N_("Preflight", 'The engine says: “driver-opt "{key}" is not a valid bool”.', key=option.key)
    return N_(
        "Preflight", 'The engine says: “strconv.ParseBool: parsing "{value}": invalid syntax”.', value=value
    )


def _truth_meant(value: str) -> str:
    word = value.strip().casefold()
    if word in _MEANT_TRUE:
        return "true"
    return "false" if word in _MEANT_FALSE else ""


def _given(options: Mapping[str, str], kind: OptionKind) -> Iterator[tuple[Option, str]]:
    for key, value in options.items():
        option = OPTION_BY_KEY.get(key)
        if option is not None and option.kind is kind:
            yield option, value


@rule(
    "dns-servers-syntax",
    source='seed, "Specify the DNS Suffix and/or the DNS Servers of a Network"; reference, 1.1',
)
def dns_servers_syntax(case: Case) -> Iterator[Objection]:
    """DNS servers are addresses; the engine hands on whatever it is given."""
    value = case.spec.options.get(DNS_SERVERS)
    if value is None:
        return
    servers = [part.strip() for part in re.split(r"[,;\s]+", value.strip()) if part.strip()]
    wrong = next((server for server in servers if parse_any_address(server) is None), None)
    if wrong is not None or not servers:
        yield error(
            Field.DNS_SERVERS,
            N_("Preflight", "{server} is not an IP address.", server=wrong if wrong is not None else "“”"),
            N_("Preflight", "DNS servers are given by their addresses. The engine does not check them."),
            ",".join(server for server in servers if parse_any_address(server) is not None),
        )
    elif value != ",".join(servers):
        yield error(
            Field.DNS_SERVERS,
            N_("Preflight", "DNS servers are separated by commas, without spaces."),
            N_("Preflight", "The engine passes the text to Windows as it is, spaces and all."),
            ",".join(servers),
        )


@rule(
    "dns-suffix-syntax", source='seed, "Specify the DNS Suffix and/or the DNS Servers of a Network"; RFC 1035'
)
def dns_suffix_syntax(case: Case) -> Iterator[Objection]:
    """A DNS suffix is a domain name."""
    value = case.spec.options.get(DNS_SUFFIX)
    if value is None or all(_is_domain(part) for part in value.split(",")):
        return
    candidate = value.strip().strip(".").removeprefix("*.")
    yield error(
        Field.DNS_SUFFIX,
        N_("Preflight", "{suffix} is not a DNS suffix.", suffix=value),
        N_(
            "Preflight",
            "A suffix is a domain name such as example.com: labels of up to 63 letters, digits and “-”.",
        ),
        candidate if candidate != value and _is_domain(candidate) else "",
    )


def _is_domain(text: str) -> bool:
    labels = text.removesuffix(".").split(".")
    return len(text) <= 253 and all(_LABEL.fullmatch(label) for label in labels)


@rule("mac-pool-syntax", source="reference, 1.1 macpool")
def mac_pool_syntax(case: Case) -> Iterator[Objection]:
    """A MAC pool is pairs of first and last addresses."""
    value = case.spec.options.get(MAC_POOL)
    if value is None:
        return
    why = _why_no_mac_pool(value)
    if why is not None:
        repaired = re.sub(r"\s+", "", value).replace(":", "-").upper()
        yield error(
            Field.MAC_POOL,
            N_("Preflight", "The MAC address pool is not a list of first,last pairs."),
            why,
            repaired if _why_no_mac_pool(repaired) is None else "",
        )


def _why_no_mac_pool(value: str) -> Text | None:
    addresses = value.split(",")
    if len(addresses) % 2:
        return N_(
            "Preflight",
            "The engine says: “invalid mac pool. You must specify both a start range and an end range”.",
        )
    wrong = next((address for address in addresses if not _MAC.fullmatch(address)), None)
    if wrong is not None:
        return N_("Preflight", "{address} is not a MAC address of the form 00-15-5D-52-C0-00.", address=wrong)
    pairs = zip(addresses[::2], addresses[1::2], strict=True)
    if any(first.upper() > last.upper() for first, last in pairs):
        return N_("Preflight", "The first address of a range must not be higher than its last.")
    return None


@rule("hns-id-syntax", source="reference, 1.1 hnsid")
def hns_id_syntax(case: Case) -> Iterator[Objection]:
    """An HNS id is a GUID; any other text makes a network that can do nothing."""
    value = case.spec.options.get(HNS_ID)
    if value is not None and not _GUID.fullmatch(value):
        yield error(
            Field.OPTIONS,
            N_("Preflight", "{value} is not the ID of an HNS network.", value=value or "“”"),
            N_(
                "Preflight",
                "An ID is a GUID. The engine accepts any text, and every use of the network fails later.",
            ),
        )
