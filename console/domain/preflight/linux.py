"""Rules that hold on Linux engines only."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv6Network
from typing import Final

from console.domain.addressing import parse_any_address
from console.domain.drivers.linux_options import (
    BRIDGE_NAME,
    LINUX_OPTION_BY_KEY,
    MACVLAN_MODE,
    PARENT,
)
from console.domain.drivers.option import Option, OptionKind
from console.domain.drivers.options import OPTION_BY_KEY
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.option_values import truth
from console.domain.preflight.rule import Engines, rule
from console.domain.preflight.vlan import unsigned
from console.domain.text import N_, Text

INTERFACE_NAME_LENGTH: Final = 15
"""The longest name of a Linux network interface, in bytes (IFNAMSIZ less its end mark)."""


@rule("linux-option-of-windows", source="reference, 1.1 and 1.3", engines=Engines.LINUX)
def linux_option_of_windows(case: Case) -> Iterator[Objection]:
    """Windows options mean nothing to a Linux engine."""
    for key in case.spec.options:
        if key in OPTION_BY_KEY and key not in LINUX_OPTION_BY_KEY and ".windowsshim." in key:
            yield warning(
                OPTION_BY_KEY[key].field,
                N_("Preflight", "{key} is a Windows engine option.", key=key),
                N_("Preflight", "A Linux engine keeps it and does nothing with it."),
            )


@rule("linux-option-not-for-driver", source="docker documentation, network drivers", engines=Engines.LINUX)
def linux_option_not_for_driver(case: Case) -> Iterator[Objection]:
    """An option that another Linux driver has."""
    if case.driver is None:
        return
    for key in case.spec.options:
        option = LINUX_OPTION_BY_KEY.get(key)
        if option is not None and case.driver.name not in option.applies_to:
            yield warning(
                option.field,
                N_(
                    "Preflight",
                    "{title} does not apply to {driver} networks.",
                    title=option.title,
                    driver=case.driver.name,
                ),
                N_("Preflight", "It applies to: {drivers}.", drivers=", ".join(option.applies_to)),
            )


@rule("linux-option-syntax", source="docker documentation, network drivers", engines=Engines.LINUX)
def linux_option_syntax(case: Case) -> Iterator[Objection]:
    """Values of Linux options are of their kind."""
    for key, value in case.spec.options.items():
        option = LINUX_OPTION_BY_KEY.get(key)
        if option is not None and not _is_of_kind(option, value):
            yield error(
                option.field,
                N_("Preflight", "{title}: “{value}” is not possible.", title=option.title, value=value),
                option.help if not option.choices else _choices(option),
                option.choices[0] if option.choices else "",
            )


def _choices(option: Option) -> Text:
    return N_("Preflight", "Possible are: {choices}.", choices=", ".join(option.choices))


def _is_of_kind(option: Option, value: str) -> bool:
    if option.kind is OptionKind.CHOICE:
        return value in option.choices
    if option.kind is OptionKind.BOOLEAN:
        return truth(value) is not None
    if option.kind is OptionKind.UNSIGNED:
        return unsigned(value) is not None
    if option.kind is OptionKind.ADDRESSES:
        return parse_any_address(value) is not None
    if option.key == BRIDGE_NAME:
        return is_interface_name(value)
    return True


def is_interface_name(name: str) -> bool:
    """Whether Linux takes ``name`` for a network interface."""
    if not name or name in {".", ".."} or len(name.encode()) > INTERFACE_NAME_LENGTH:
        return False
    return not any(letter.isspace() or letter in "/:" for letter in name)


@rule("parent-loopback", source="docker documentation, macvlan network driver", engines=Engines.LINUX)
def parent_loopback(case: Case) -> Iterator[Objection]:
    """The loopback interface leads nowhere."""
    if case.is_driver("macvlan", "ipvlan") and case.spec.option(PARENT) == "lo":
        yield error(
            Field.ADAPTER,
            N_("Preflight", "The loopback interface can't be a parent."),
            N_(
                "Preflight",
                "The engine says: “loopback interface is not a valid {driver} parent link”.",
                driver=case.spec.driver,
            ),
        )


@rule(
    "parent-missing", source="docker documentation, macvlan and ipvlan network drivers", engines=Engines.LINUX
)
def parent_missing(case: Case) -> Iterator[Objection]:
    """Without a parent interface the network is cut off."""
    if case.is_driver("macvlan", "ipvlan") and not case.spec.option(PARENT) and not case.spec.config_from:
        yield note(
            Field.ADAPTER,
            N_("Preflight", "Without a parent interface the network reaches nothing outside this host."),
            N_("Preflight", "The engine then makes an interface of its own that is connected to nothing."),
        )


@rule("parent-taken", source="moby, macvlan and ipvlan drivers", engines=Engines.LINUX)
def parent_taken(case: Case) -> Iterator[Objection]:
    """Macvlan and ipvlan can't share a parent interface, and passthru shares it with nobody."""
    parent = case.spec.option(PARENT)
    if not parent or not case.is_driver("macvlan", "ipvlan"):
        return
    for network in case.networks:
        if network.option(PARENT) != parent or network.driver not in {"macvlan", "ipvlan"}:
            continue
        passthru = "passthru" in (case.spec.option(MACVLAN_MODE), network.option(MACVLAN_MODE))
        if network.driver != case.spec.driver or passthru:
            yield error(
                Field.ADAPTER,
                N_(
                    "Preflight",
                    "{parent} already carries the network {name}.",
                    parent=parent,
                    name=network.name,
                ),
                N_(
                    "Preflight",
                    "Linux lets macvlan and ipvlan, and macvlan in the mode passthru, not share an "
                    "interface.",
                ),
            )
            return


@rule("linux-ipv6-off", source="docker documentation, IPv6 networking", engines=Engines.LINUX)
def linux_ipv6_off(case: Case) -> Iterator[Objection]:
    """An IPv6 subnet needs IPv6 turned on."""
    for entry in case.entries:
        if isinstance(entry.prefix, IPv6Network) and not case.spec.enable_ipv6:
            yield warning(
                Field.IPV6,
                N_(
                    "Preflight", "IPv6 is off, so the subnet {prefix} would not be used.", prefix=entry.prefix
                ),
                N_(
                    "Preflight",
                    "The engine silently leaves out IPv6 subnets unless IPv6 is enabled (--ipv6).",
                ),
                "true",
                entry.position,
            )
