"""What one network is, in words: the Summary tab of the network details."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.driver import Driver
from console.domain.drivers.options import DNS_SERVERS, DNS_SUFFIX, INTERFACE, NETWORK_NAME, VLAN_ID, VSID
from console.domain.drivers.registry import driver
from console.domain.network_origin import is_adopted, made_by_others
from console.domain.removal import is_predefined, is_windows
from console.domain.snapshot import IpamPool, Network, Snapshot
from console.domain.text import N_
from console.ui.texts import moment, shown
from console.ui.widgets.fact_sheet import Fact

CONTEXT = "NetworkSummary"

NO_SUBNET = frozenset({"", "0.0.0.0/0"})


GENERAL = N_(CONTEXT, "Network")
ADDRESSING = N_(CONTEXT, "Addresses")
PLACE = N_(CONTEXT, "Windows side")
REACH = N_(CONTEXT, "What this driver provides")


def facts(network: Network, snapshot: Snapshot | None) -> tuple[Fact, ...]:
    """All there is to say about ``network``, without empty lines."""
    windows = snapshot is None or is_windows(snapshot)
    kind = driver(network.driver, windows=windows)
    said = [
        *_general(network, kind, snapshot),
        *_addressing(network, kind),
        *_place(network),
        *(_reach(kind) if kind else ()),
    ]
    return tuple(fact for fact in said if fact.value)


def _driver_words(name: str, kind: Driver | None) -> str:
    """The driver's name, and what it is called in full where that says more."""
    title = shown(kind.title) if kind else ""
    return f"{name} ({title})" if title.replace(" ", "").casefold() not in {"", name} else name


def _general(network: Network, kind: Driver | None, snapshot: Snapshot | None) -> list[Fact]:
    created = moment(network.created)
    return [
        Fact(GENERAL, N_(CONTEXT, "Name"), network.name),
        Fact(GENERAL, N_(CONTEXT, "Driver"), _driver_words(network.driver, kind)),
        Fact(GENERAL, N_(CONTEXT, "Purpose"), shown(kind.summary) if kind else ""),
        Fact(GENERAL, N_(CONTEXT, "Scope"), _scope_words(network)),
        Fact(GENERAL, N_(CONTEXT, "Origin"), _origin_words(network, snapshot)),
        Fact(GENERAL, N_(CONTEXT, "Properties"), ", ".join(_properties(network))),
        Fact(GENERAL, N_(CONTEXT, "Created"), created),
        Fact(GENERAL, N_(CONTEXT, "Labels"), "\n".join(f"{k}={v}" for k, v in network.labels.items())),
        Fact(GENERAL, N_(CONTEXT, "ID"), network.id),
    ]


def _addressing(network: Network, kind: Driver | None) -> list[Fact]:
    pools = [pool for pool in network.pools if pool.subnet not in NO_SUBNET]
    lines = [_pool_words(pool) for pool in pools]
    if not pools and network.pools:
        # reference, 0.8: the engine's way to say that it knows no subnet.
        lines = [QCoreApplication.translate(CONTEXT, "The engine knows none (DHCP, or created by Windows).")]
    return [
        Fact(ADDRESSING, N_(CONTEXT, "Subnets"), "\n".join(lines)),
        Fact(ADDRESSING, N_(CONTEXT, "Assigned by"), shown(kind.ipam_text) if kind else network.ipam_driver),
        Fact(ADDRESSING, N_(CONTEXT, "DNS servers"), network.option(DNS_SERVERS)),
        Fact(ADDRESSING, N_(CONTEXT, "DNS suffix"), network.option(DNS_SUFFIX)),
    ]


def _pool_words(pool: IpamPool) -> str:
    parts = [pool.subnet]
    if pool.gateway:
        parts.append(QCoreApplication.translate(CONTEXT, "gateway {address}").format(address=pool.gateway))
    if pool.ip_range:
        parts.append(QCoreApplication.translate(CONTEXT, "IP range {range}").format(range=pool.ip_range))
    parts += [f"{name}={address}" for name, address in pool.aux_addresses.items()]
    return ", ".join(parts)


def _place(network: Network) -> list[Fact]:
    adapters = ", ".join(adapter_names(network.option(INTERFACE))) or network.option("parent")
    return [
        Fact(PLACE, N_(CONTEXT, "Adapter"), adapters),
        Fact(PLACE, N_(CONTEXT, "VLAN ID"), network.option(VLAN_ID)),
        Fact(PLACE, N_(CONTEXT, "Virtual subnet ID"), network.option(VSID)),
        Fact(PLACE, N_(CONTEXT, "HNS network name"), network.option(NETWORK_NAME)),
    ]


def _reach(kind: Driver) -> list[Fact]:
    return [
        Fact(REACH, N_(CONTEXT, "On the same host"), shown(kind.topology.same_host)),
        Fact(REACH, N_(CONTEXT, "To other hosts"), shown(kind.topology.other_host)),
        Fact(REACH, N_(CONTEXT, "To the outside"), shown(kind.topology.external)),
        Fact(REACH, N_(CONTEXT, "Service discovery"), shown(kind.discovery.text)),
    ]


def _scope_words(network: Network) -> str:
    say = QCoreApplication.translate
    words = {
        "local": say(CONTEXT, "local: this host only"),
        "swarm": say(CONTEXT, "swarm: all nodes of the swarm"),
        "global": say(CONTEXT, "global"),
    }
    return words.get(network.scope, network.scope)


def _origin_words(network: Network, snapshot: Snapshot | None) -> str:
    if snapshot is not None and is_predefined(network, snapshot):
        return QCoreApplication.translate(CONTEXT, "Predefined by the engine")
    if is_adopted(network) if snapshot is None else made_by_others(network, snapshot):
        return QCoreApplication.translate(CONTEXT, "Created by Windows or another program, found by Docker")
    return ""


def _properties(network: Network) -> list[str]:
    say = QCoreApplication.translate
    given = (
        (network.internal, say(CONTEXT, "internal (no access outside)")),
        (network.attachable, say(CONTEXT, "attachable")),
        (network.ingress, say(CONTEXT, "routing mesh (ingress)")),
        (network.enable_ipv6, say(CONTEXT, "IPv6")),
        (network.config_only, say(CONTEXT, "configuration only")),
        (
            bool(network.config_from),
            say(CONTEXT, "configured by {name}").format(name=network.config_from),
        ),
    )
    return [words for holds, words in given if holds]
