"""Two networks of Docker's have the same addresses (reference, 0.5 and 4.2, 0x57)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.free_prefix import free_nat_prefix, hidden_by
from console.domain.addressing import first_host, network_prefixes, span_of_text
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.removal import is_predefined
from console.domain.snapshot import Network
from console.domain.text import N_, verbatim

CONTEXT = "Check network-prefix-overlap"
_ROUTED = ("nat", "internal", "ics")
"""Networks that the host itself has an address on: it can have a route to a prefix in one place only."""

_ON_THE_LAN = ("transparent", "l2bridge", "l2tunnel")
"""Networks that are part of the physical one. Two of them may well be in one subnet of it."""

_ALL = (0, (1 << 32) - 1)
_NAMED_AT_MOST = 6
# What so many have already is told of those.
_MOST_HOLDERS = 32
Held = tuple[int, int, int]
"""The first and last address of a prefix, and the place of the network that has it."""


def _find(host: Host) -> Iterator[Symptom]:
    networks = host.networks_of(*_ROUTED, *_ON_THE_LAN)
    rivals: dict[int, dict[int, None]] = {}
    for one, other in _touching(_held(host.each(networks))):
        pair = _mover_and_rival(host, networks, one, other)
        if pair is not None:
            rivals.setdefault(pair[0], {})[pair[1]] = None
    for place, others in rivals.items():
        network = networks[place]
        facts = tuple(
            N_(
                CONTEXT, "{name} has {prefix}, and {other} has {others}.",
                name=network.name, prefix=_subnets(network),
                other=networks[rival].name, others=_subnets(networks[rival]),
            )
            for rival in list(others)[:_NAMED_AT_MOST]
        )  # fmt: skip
        yield Symptom(ref_of(network), facts)


def _held(networks: Iterable[Network]) -> list[Held]:
    """All prefixes in the order of addresses, an outer one before its inner ones."""
    held = []
    for place, network in enumerate(networks):
        for pool in network.pools:
            span = span_of_text(pool.subnet)
            if span is not None and span != _ALL:  # 0.0.0.0/0 says nothing (reference, 0.8)
                held.append((span[0], -span[1], place))
    return [(first, -last, place) for first, last, place in sorted(held)]


def _touching(held: list[Held]) -> Iterator[tuple[int, int]]:
    """The places of those that share addresses. Of two prefixes that do, one holds the other."""
    around: list[Held] = []
    for one in held:
        while around and around[-1][1] < one[0]:
            around.pop()
        for outer in around[-_MOST_HOLDERS:]:
            yield outer[2], one[2]
        around.append(one)


def _mover_and_rival(
    host: Host, networks: tuple[Network, ...], one: int, other: int
) -> tuple[int, int] | None:
    """Which of two is to be made again, and which stays; None where they stand in nobody's way.

    The one that is not on the LAN, which gives the other its addresses; else the one that Docker made; else
    the one that is not its default; else the later one.
    """
    candidates = [place for place in (one, other) if networks[place].driver in _ROUTED]
    if one == other or not candidates:
        return None
    mover = max(
        candidates,
        key=lambda place: (
            not made_by_others(networks[place], host.snapshot), networks[place].name != "nat", place,
        ),
    )  # fmt: skip
    return mover, other if mover == one else one


def _subnets(network: Network) -> str:
    return ", ".join(map(str, network_prefixes(network)))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    length = next((one.prefixlen for one in network_prefixes(network)), 24)
    free = free_nat_prefix(length, host)
    if free is None:
        step = N_(CONTEXT, "Recreate one of the two with a prefix that nothing uses.")
        return (Remedy(N_(CONTEXT, "Recreate the network"), steps=(step,)),)
    title = N_(CONTEXT, "Recreate the network with the free prefix {free}", free=free)
    stops = N_(CONTEXT, "All containers stop.")
    if is_predefined(network, host.snapshot):
        setting = verbatim(f'"fixed-cidr": "{free}"')
        step = N_(CONTEXT, "Write {setting} into daemon.json and restart Docker.", setting=setting)
        return (Remedy(title, steps=(step,), interrupts=(stops, *hidden_by(free, host))),)
    # Windows may refuse the old prefix now.
    spec = with_subnet(network, free, first_host(free))
    return (made_again(host, network, spec, title, undoable=False, hides=hidden_by(free, host)),)


CHECK = Check(
    id="network-prefix-overlap",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Two networks have the same addresses"),
    reason=N_(
        CONTEXT,
        "Docker does not compare subnets on Windows. The host can reach an address in only one of the two "
        "networks, and containers on one never reach those on the other.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 0 (5) and 4.2",
)
