"""To a container from the host itself and from the physical network: by address and by published ports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.object_ref import ObjectRef, ref_of
from console.domain.reachability import sources
from console.domain.reachability.filters import into_container, into_published_port, vfp
from console.domain.reachability.model import Ask, Hop, Layer, Party, PartyKind, Protocol, Way
from console.domain.reachability.outward import (
    ON_THE_LAN,
    TOPOLOGY,
    TRANSLATED,
    gateway_missing,
    in_the_hosts_subnet,
    on_the_wire,
    translation,
)
from console.domain.reachability.view import Attached, HostView
from console.domain.snapshot import Adapter, PortMapping
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Reachability"

LOOPBACK_BUILD: Final = 17134
"""Before Windows 1803 a host did not reach its own published ports (peers, 2f)."""

PUBLISHING: Final = frozenset({"nat", "ics", "overlay", "l2bridge", "l2tunnel"})
"""The drivers on which a published port does something (reference, 2.1)."""


def by_address(at: Attached) -> Text:
    """The title of the way straight to a container."""
    if at.address is None:
        return N_(CONTEXT, "By its address on {network}", network=at.network.name)
    return N_(CONTEXT, "By its address {address} on {network}", address=at.address, network=at.network.name)


def mappings(at: Attached, ask: Ask, view: HostView) -> tuple[tuple[PortMapping, ObjectRef], ...]:
    """The published ports that lead to what is asked for."""
    if ask.protocol is Protocol.ICMP or at.driver not in PUBLISHING:
        return ()
    return tuple(
        one
        for one in view.published(at.container)
        if ask.protocol is Protocol.ANY or one[0].container_port == ask.port
    )


# From the host


def from_host(at: Attached, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from the host itself."""
    yield Way(by_address(at), tuple(_straight_from_host(at, ask, view)))
    for mapping, ref in mappings(at, ask, view):
        title = N_(CONTEXT, "By localhost:{port}", port=mapping.host_port)
        hops = (_loopback(at, mapping, ref, view), *_untranslated(at, view), *into_container(at, ask, view))
        yield Way(title, hops)


def _straight_from_host(at: Attached, ask: Ask, view: HostView) -> Iterator[Hop]:
    yield from _on_its_vswitch(at, view)
    yield from into_container(at, ask, view)


def _on_its_vswitch(at: Attached, view: HostView) -> Iterator[Hop]:
    """Whether the host and the container hear each other on the container's vSwitch."""
    match at.driver:
        case "nat" | "ics" | "internal":
            words = N_(CONTEXT, "The host has the gateway's vNIC on the same vSwitch.")
            usual = Hop(Layer.SWITCH, Verdict.YES, words, TOPOLOGY, at.place)
            yield gateway_missing(at, view) or usual
        case "transparent" | "l2bridge":
            yield from vfp(at, view)
            yield _beside_the_host(at, view)
        case "overlay":
            words = N_(CONTEXT, "The host itself can't reach overlay addresses.")
            yield Hop(Layer.VFP, Verdict.NO, words, sources.SWARM, ref_of(at.network))
        case "private":
            words = N_(CONTEXT, "The host has no vNIC on a private vSwitch.")
            yield Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, at.place)
        case _:
            words = N_(CONTEXT, "Everything goes to the physical host first, where Azure's policy decides.")
            yield Hop(Layer.VFP, Verdict.DEPENDS, words, TOPOLOGY, at.place)


def _beside_the_host(at: Attached, view: HostView) -> Hop:
    vnics = view.vnics_on(at.switch)
    if not vnics:
        words = N_(
            CONTEXT,
            "The host has no vNIC of its own on this vSwitch: it depends on the physical network between "
            "them.",
        )
        return Hop(Layer.SWITCH, Verdict.DEPENDS, words, TOPOLOGY, at.place)
    vlan = next((one.vlan or 0 for one in vnics), 0)
    if vlan != at.vlan:
        words = N_(
            CONTEXT,
            "The host's vNIC is in VLAN {own}, the container in VLAN {other}: it depends on a router "
            "between them.",
            own=vlan,
            other=at.vlan,
        )
        return Hop(Layer.VLAN, Verdict.DEPENDS, words, TOPOLOGY, ref_of(vnics[0]))
    if in_the_hosts_subnet(at, view) is False:
        words = N_(
            CONTEXT,
            "The container's subnet {prefix} is not the host's on this vSwitch: it depends on routes "
            "between them.",
            prefix=at.prefix,
        )
        return Hop(Layer.SWITCH, Verdict.DEPENDS, words, sources.OPTIONS, ref_of(vnics[0]))
    return _on_one_switch(vnics)


def _on_one_switch(vnics: tuple[Adapter, ...]) -> Hop:
    words = N_(
        CONTEXT, "The host's vNIC {vnic} is on the same vSwitch and in the same subnet.", vnic=vnics[0].name
    )
    return Hop(Layer.SWITCH, Verdict.YES, words, TOPOLOGY, ref_of(vnics[0]))


def beside_the_host(at: Attached, view: HostView) -> tuple[Hop, ...]:
    """The same, seen from the container: whether it and the host hear each other."""
    return tuple(_on_its_vswitch(at, view))


def _loopback(at: Attached, mapping: PortMapping, ref: ObjectRef, view: HostView) -> Hop:
    source = sources.LOOPBACK
    if at.driver not in TRANSLATED:
        words = N_(
            CONTEXT,
            "Whether a host reaches its own published port on {driver} is not documented.",
            driver=at.driver,
        )
        return Hop(Layer.PORT, Verdict.DEPENDS, words, sources.LIBNETWORK, ref)
    if view.build is None:
        words = N_(
            CONTEXT,
            "Before Windows 1803 a host did not reach its own published ports; its build is not known.",
        )
        return Hop(Layer.PORT, Verdict.DEPENDS, words, source, ref)
    if view.build < LOOPBACK_BUILD:
        words = N_(CONTEXT, "Before Windows 1803 a host does not reach its own published ports.")
        return Hop(Layer.PORT, Verdict.NO, words, source, ref)
    words = N_(
        CONTEXT,
        "Host port {host} is mapped to container port {port}.",
        host=mapping.host_port,
        port=mapping.container_port,
    )
    return Hop(Layer.PORT, Verdict.YES, words, source, ref)


# From the physical network


def from_network(party: Party, at: Attached, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from another machine on the physical network, or from behind its router."""
    yield Way(by_address(at), tuple(_straight(party, at, ask, view)))
    for mapping, ref in mappings(at, ask, view):
        title = N_(CONTEXT, "By port {port} of this host", port=mapping.host_port)
        let_in = into_published_port(mapping.host_port, view) if mapping.host_port is not None else ()
        further = through_port(at, mapping, ref, ask, view)
        yield Way(title, (*_to_this_host(party, view), *let_in, *further))


def through_port(
    at: Attached, mapping: PortMapping, ref: ObjectRef, ask: Ask, view: HostView
) -> Iterator[Hop]:
    """From a port of the host into the container behind it."""
    words = N_(
        CONTEXT,
        "Host port {host} is mapped to container port {port}.",
        host=mapping.host_port,
        port=mapping.container_port,
    )
    yield Hop(Layer.PORT, Verdict.YES, words, sources.LIBNETWORK, ref)
    yield from _untranslated(at, view)
    yield from vfp(at, view)
    yield from into_container(at, ask, view)


def _untranslated(at: Attached, view: HostView) -> Iterator[Hop]:
    """What keeps NAT from mapping the port; nothing where it works."""
    if at.driver in TRANSLATED:
        yield from (hop for hop in translation(at, view) if hop.verdict is not Verdict.YES)


def _to_this_host(party: Party, view: HostView) -> Iterator[Hop]:
    if party.kind is not PartyKind.OUTSIDE:
        return
    adapter = view.with_gateway()
    if view.host_adapters is None:
        words = N_(CONTEXT, "It depends on the host's adapters, which could not be read.")
        yield Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY)
    elif adapter is None:
        words = N_(CONTEXT, "The host has no default gateway, so no answer gets back outside.")
        yield Hop(Layer.WIRE, Verdict.NO, words, TOPOLOGY)
    else:
        words = N_(
            CONTEXT,
            "The router on {adapter} leads to the host, if it lets this in.",
            adapter=adapter.name,
        )
        yield Hop(Layer.WIRE, Verdict.YES, words, TOPOLOGY, ref_of(adapter))


def _straight(party: Party, at: Attached, ask: Ask, view: HostView) -> Iterator[Hop]:
    if at.driver not in ON_THE_LAN:
        yield _hidden(at)
        return
    if at.driver == "l2tunnel":
        words = N_(CONTEXT, "Azure's virtual network and its policy decide.")
        yield Hop(Layer.VFP, Verdict.DEPENDS, words, TOPOLOGY, at.place)
        return
    yield from vfp(at, view)
    yield from on_the_wire(at, view)
    if in_the_hosts_subnet(at, view) is not True:
        yield _unknown_place(at)
    elif party.kind is PartyKind.OUTSIDE:
        yield _answers_outside(at, view)
    if all(card.status != "Up" for card in view.adapters_below(at.switch)) and view.adapters_below(at.switch):
        card = view.adapters_below(at.switch)[0]
        words = N_(CONTEXT, "{adapter} is not connected.", adapter=card.name)
        yield Hop(Layer.WIRE, Verdict.NO, words, TOPOLOGY, ref_of(card))
    yield from into_container(at, ask, view)


def _unknown_place(at: Attached) -> Hop:
    words = N_(
        CONTEXT,
        "Its address comes from the physical network, and is not known here: it depends on what that has "
        "given it.",
    )
    if at.prefix is not None:
        words = N_(
            CONTEXT, "It depends on whether the physical network has a route to {prefix}.", prefix=at.prefix
        )
    return Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, ref_of(at.network))


def _answers_outside(at: Attached, view: HostView) -> Hop:
    own = (*view.vnics_on(at.switch), *view.adapters_below(at.switch))
    routers = {text for one in own for text in one.gateways}
    if routers & {pool.gateway for pool in at.network.pools}:
        words = N_(CONTEXT, "The router of the physical network leads to its subnet, if it lets this in.")
        return Hop(Layer.WIRE, Verdict.YES, words, TOPOLOGY, ref_of(at.network))
    words = N_(
        CONTEXT, "It depends on whether a router of the physical network leads to {prefix}.", prefix=at.prefix
    )
    return Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, ref_of(at.network))


def _hidden(at: Attached) -> Hop:
    match at.driver:
        case "nat" | "ics":
            words = N_(
                CONTEXT, "Its address is known behind the host's NAT only: others need a published port."
            )
            return Hop(Layer.NAT, Verdict.NO, words, TOPOLOGY, ref_of(at.network))
        case "overlay":
            words = N_(CONTEXT, "Its address is known inside the overlay only: others need a published port.")
            return Hop(Layer.VFP, Verdict.NO, words, TOPOLOGY, ref_of(at.network))
        case "internal":
            words = N_(CONTEXT, "An internal network ends at the host, which forwards nothing to it.")
        case "private":
            words = N_(CONTEXT, "A private vSwitch has no connection in.")
        case _:
            words = N_(CONTEXT, "Where the driver {driver} leads is not known here.", driver=at.driver)
            return Hop(Layer.SWITCH, Verdict.DEPENDS, words, TOPOLOGY, at.place)
    return Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, at.place)
