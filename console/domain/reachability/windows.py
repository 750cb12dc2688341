"""The rules of Windows hosts for each pair of ends (reference, 2.7, 3.1, 3.5 and 5.4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.object_ref import ref_of
from console.domain.reachability import sources
from console.domain.reachability.filters import into_container, into_host, into_published_port, vfp
from console.domain.reachability.inward import (
    beside_the_host,
    by_address,
    from_host,
    from_network,
    mappings,
    through_port,
)
from console.domain.reachability.model import Ask, Hop, Layer, Party, PartyKind, Protocol, Way
from console.domain.reachability.outward import (
    ON_THE_LAN,
    TOPOLOGY,
    TRANSLATED,
    host_to_wire,
    outward,
)
from console.domain.reachability.view import Attached, HostView
from console.domain.snapshot import Container
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Reachability"

SHARED_SWITCH_BUILD: Final = 20348
"""From Windows Server 2022 on all nat networks are on one vSwitch, told apart by VLAN (reference, 5.4)."""

ONE_NAT_BUILD: Final = 15063
"""Before Windows 1703 all nat networks are parts of one NAT's prefix (seed, "Multiple NAT networks")."""


def container_to_container(source: Container, target: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """All ways between two containers of this host that run and are on networks."""
    own, others = view.attachments(source), view.attachments(target)
    shared = [(a, b) for a in own for b in others if a.network.id == b.network.id]
    for a, b in shared:
        yield Way(by_address(b), tuple(_same_network(a, b, ask, view)))
    if shared:
        return
    for b in others:
        for a in _ways_out(own):
            yield from _between_networks(a, b, ask, view)


def _ways_out(own: tuple[Attached, ...]) -> tuple[Attached, ...]:
    """The attachments that lead off their network; all, where none does, so that each can say why."""
    leading = tuple(one for one in own if one.driver not in ("internal", "private"))
    return leading or own


def _same_network(a: Attached, b: Attached, ask: Ask, view: HostView) -> Iterator[Hop]:
    if a.driver == "l2tunnel":
        words = N_(CONTEXT, "Traffic goes to the physical host and back, where Azure's policy decides.")
        yield Hop(Layer.VFP, Verdict.DEPENDS, words, TOPOLOGY, a.place)
        return
    words = N_(
        CONTEXT, "Both are on {network}: frames go from port to port of its vSwitch.", network=a.network.name
    )
    yield Hop(Layer.SWITCH, Verdict.YES, words, TOPOLOGY, a.place)
    if a.vlan:
        words = N_(CONTEXT, "Both are in VLAN {vlan}.", vlan=a.vlan)
        yield Hop(Layer.VLAN, Verdict.YES, words, sources.VLAN, ref_of(a.network))
    yield from vfp(a, view)
    yield from into_container(b, ask, view)


def _between_networks(a: Attached, b: Attached, ask: Ask, view: HostView) -> Iterator[Way]:
    yield Way(by_address(b), tuple(_across(a, b, ask, view)))
    for mapping, ref in mappings(b, ask, view):
        title = N_(CONTEXT, "By port {port} of this host", port=mapping.host_port)
        yield Way(title, (_to_own_port(a), *through_port(b, mapping, ref, ask, view)))


def _across(a: Attached, b: Attached, ask: Ask, view: HostView) -> Iterator[Hop]:
    if b.driver not in ON_THE_LAN or a.driver in ("internal", "private"):
        yield _apart(a, b, view)
        return
    if a.driver not in TRANSLATED:
        yield from vfp(a, view)
        words = N_(
            CONTEXT,
            "Each is on the physical network by itself: it depends on the switches and routers between "
            "{one} and {other}.",
            one=a.network.name,
            other=b.network.name,
        )
        yield Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, b.place)
        return
    yield from (hop for hop in outward(a, ask, view, routed=False) if hop.layer is not Layer.WIRE)
    yield from beside_the_host(b, view)
    yield from into_container(b, ask, view)


def _apart(a: Attached, b: Attached, view: HostView) -> Hop:
    """Why nothing goes straight from one network to another."""
    build = view.build
    if a.driver in TRANSLATED and b.driver in TRANSLATED:
        if build is not None and build >= SHARED_SWITCH_BUILD:
            words = N_(CONTEXT,
                "Nat networks share one vSwitch and are separated by VLAN: {one} and {other}.",
                       one=a.network.name, other=b.network.name)  # fmt: skip
            return Hop(Layer.VLAN, Verdict.NO, words, sources.HNS, ref_of(b.network))
        words = N_(
            CONTEXT, "Each nat network has its own vSwitch, and the host forwards nothing between them."
        )
        if build is not None and build < ONE_NAT_BUILD:
            words = N_(CONTEXT, "Both are parts of the one NAT, which forwards nothing between its networks.")
        return Hop(Layer.NAT, Verdict.NO, words, TOPOLOGY, ref_of(b.network))
    if a.driver == "overlay" and b.driver == "overlay":
        words = N_(CONTEXT,
            "Each overlay network has its own VXLAN ID: {one} and {other} are separated.",
                   one=a.network.name, other=b.network.name)  # fmt: skip
        return Hop(Layer.VFP, Verdict.NO, words, sources.LIBNETWORK, ref_of(b.network))
    if a.driver in ("internal", "private"):
        words = N_(CONTEXT, "{network} ends at its vSwitch: nothing leaves it.", network=a.network.name)
        return Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, a.place)
    words = N_(
        CONTEXT, "The addresses of {network} ({driver}) are known on that network only.",
        network=b.network.name, driver=b.driver,
    )  # fmt: skip
    layer = Layer.NAT if b.driver in TRANSLATED else Layer.SWITCH
    return Hop(layer, Verdict.NO, words, TOPOLOGY, ref_of(b.network))


def _to_own_port(a: Attached) -> Hop:
    """From a container to a published port of its own host."""
    if a.driver == "private":
        words = N_(CONTEXT, "The host has no vNIC on a private vSwitch.")
        return Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, a.place)
    words = N_(
        CONTEXT,
        "Whether a container reaches a published port of its own host depends on the build: NAT must send "
        "back what it has just sent out.",
    )
    return Hop(Layer.PORT, Verdict.DEPENDS, words, sources.LOOPBACK, ref_of(a.network))


# The host and beyond


def container_to_host(source: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from a container to the host itself."""
    for a in view.attachments(source):
        yield Way(
            N_(CONTEXT, "From {network} to the host", network=a.network.name),
            (*_reaches_host(a, view), *_host_answers(ask, view)),
        )


def _reaches_host(a: Attached, view: HostView) -> tuple[Hop, ...]:
    if a.driver == "overlay":
        words = N_(CONTEXT, "Whether an overlay container reaches its own host is not documented.")
        return (*vfp(a, view), Hop(Layer.VFP, Verdict.DEPENDS, words, sources.SWARM, ref_of(a.network)))
    return beside_the_host(a, view)


def _host_answers(ask: Ask, view: HostView) -> Iterator[Hop]:
    """The host's firewall, unless the port is one that NAT takes first."""
    published = view.publisher(ask.port) if ask.protocol is Protocol.TCP else None
    if published is None:
        yield into_host(ask, view)
        return
    container, _mapping, ref = published
    words = N_(
        CONTEXT,
        "The port is published by {container}: NAT takes it before the host does.",
        container=container.name,
    )
    yield Hop(Layer.PORT, Verdict.DEPENDS, words, sources.LIBNETWORK, ref)


def host_to_container(target: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from the host to a container."""
    for b in view.attachments(target):
        yield from from_host(b, ask, view)


def container_to_network(source: Container, party: Party, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from a container out."""
    for a in _ways_out(view.attachments(source)):
        hops = outward(a, ask, view, routed=party.kind is PartyKind.OUTSIDE)
        yield Way(N_(CONTEXT, "Out of {network}", network=a.network.name), hops)


def network_to_container(party: Party, target: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from the physical network to a container."""
    for b in view.attachments(target):
        yield from from_network(party, b, ask, view)


def host_to_network(party: Party, view: HostView) -> Iterator[Way]:
    """The way from the host out."""
    title: Text = N_(CONTEXT, "From the host")
    yield Way(title, tuple(host_to_wire(view, routed=party.kind is PartyKind.OUTSIDE)))


def network_to_host(party: Party, ask: Ask, view: HostView) -> Iterator[Way]:
    """The way from the physical network to the host itself."""
    outside = tuple(host_to_wire(view, routed=True)) if party.kind is PartyKind.OUTSIDE else ()
    published = view.publisher(ask.port) if ask.protocol is Protocol.TCP else None
    if published is None:
        hops = (*outside, into_host(ask, view))
    else:
        container, mapping, ref = published
        words = N_(CONTEXT, "The port is published by {container}.", container=container.name)
        inside = Ask(Protocol.TCP, mapping.container_port)
        at = next(iter(view.attachments(container)), None)
        verdict = Verdict.YES if at is not None else Verdict.NO
        if at is None:
            words = N_(
                CONTEXT, "The port is published by {container}, which is cut off.", container=container.name
            )
        further = tuple(through_port(at, mapping, ref, inside, view)) if at is not None else ()
        let_in = into_published_port(ask.port, view)
        mapped = Hop(Layer.PORT, verdict, words, sources.LIBNETWORK, ref)
        hops = (*outside, *let_in, mapped, *further[1:])
    yield Way(N_(CONTEXT, "To the host"), hops)
