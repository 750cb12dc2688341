"""The rules of Linux engines, as Docker documents its drivers; a Linux host's own firewall is not read."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.object_ref import ref_of
from console.domain.reachability.inward import by_address
from console.domain.reachability.model import Ask, Hop, Layer, Party, PartyKind, Protocol, Way
from console.domain.reachability.view import Attached, HostView
from console.domain.snapshot import Container
from console.domain.text import N_
from console.domain.verdict import Verdict

CONTEXT = "Reachability"
SOURCE = "Docker's documentation, Networking drivers"


def between(source: Container, target: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways between two containers."""
    own, others = view.attachments(source), view.attachments(target)
    for a in own:
        for b in others:
            if a.network.id == b.network.id:
                words = N_(CONTEXT, "Both are on {network}.", network=a.network.name)
                yield Way(by_address(b), (Hop(Layer.SWITCH, Verdict.YES, words, SOURCE, ref_of(a.network)),))
    if any(a.network.id == b.network.id for a in own for b in others):
        return
    for b in others:
        yield Way(by_address(b), (_apart(own, b),))
        yield from _by_ports(b, ask, view, Verdict.DEPENDS)


def _apart(own: tuple[Attached, ...], b: Attached) -> Hop:
    if b.driver == "bridge" and any(a.driver == "bridge" for a in own):
        words = N_(CONTEXT, "Docker's firewall rules keep bridge networks apart.")
        return Hop(Layer.FIREWALL, Verdict.NO, words, SOURCE, ref_of(b.network))
    words = N_(CONTEXT, "They are on different networks: it depends on routes between them.")
    return Hop(Layer.WIRE, Verdict.DEPENDS, words, SOURCE, ref_of(b.network))


def _by_ports(b: Attached, ask: Ask, view: HostView, verdict: Verdict) -> Iterator[Way]:
    for mapping, ref in view.published(b.container) if ask.protocol is not Protocol.ICMP else ():
        if ask.protocol is Protocol.ANY or mapping.container_port == ask.port:
            words = N_(CONTEXT, "Host port {host} is mapped to container port {port}.",
                       host=mapping.host_port, port=mapping.container_port)  # fmt: skip
            title = N_(CONTEXT, "By port {port} of this host", port=mapping.host_port)
            yield Way(title, (Hop(Layer.PORT, verdict, words, SOURCE, ref),))


def outward(source: Container, party: Party, view: HostView) -> Iterator[Way]:
    """The ways from a container to the host or further."""
    for a in view.attachments(source):
        yield Way(N_(CONTEXT, "Out of {network}", network=a.network.name), (_out(a, party),))


def _out(a: Attached, party: Party) -> Hop:
    ref = ref_of(a.network)
    if a.driver == "host":
        words = N_(CONTEXT, "It uses the host's own network.")
        return Hop(Layer.COMPARTMENT, Verdict.YES, words, SOURCE, ref)
    if a.driver in ("macvlan", "ipvlan"):
        if party.kind is PartyKind.HOST:
            words = N_(
                CONTEXT,
                "The kernel lets nothing pass between the host and its {driver} containers.",
                driver=a.driver,
            )
            return Hop(Layer.SWITCH, Verdict.NO, words, SOURCE, ref)
        words = N_(CONTEXT, "It is on the physical network: it depends on what is there.")
        return Hop(Layer.WIRE, Verdict.DEPENDS, words, SOURCE, ref)
    if a.network.internal:
        words = N_(CONTEXT, "The network was made with --internal: nothing leaves it.")
        verdict = Verdict.DEPENDS if party.kind is PartyKind.HOST else Verdict.NO
        return Hop(Layer.FIREWALL, verdict, words, SOURCE, ref)
    if party.kind is PartyKind.HOST:
        words = N_(CONTEXT, "It reaches the host through the gateway, if the host's firewall allows it.")
        return Hop(Layer.FIREWALL, Verdict.DEPENDS, words, SOURCE, ref)
    words = N_(CONTEXT, "The host sends it out with its own address.")
    return Hop(Layer.NAT, Verdict.YES, words, SOURCE, ref)


def inward(party: Party, target: Container, ask: Ask, view: HostView) -> Iterator[Way]:
    """The ways from the host or the network to a container."""
    for b in view.attachments(target):
        yield Way(by_address(b), (_in(b, party),))
        yield from _by_ports(b, ask, view, Verdict.YES)


def _in(b: Attached, party: Party) -> Hop:
    ref = ref_of(b.network)
    if b.driver == "host":
        words = N_(CONTEXT, "It uses the host's own network: the host's firewall decides.")
        return Hop(Layer.FIREWALL, Verdict.DEPENDS, words, SOURCE, ref)
    if b.driver in ("macvlan", "ipvlan"):
        if party.kind is PartyKind.HOST:
            words = N_(
                CONTEXT,
                "The kernel lets nothing pass between the host and its {driver} containers.",
                driver=b.driver,
            )
            return Hop(Layer.SWITCH, Verdict.NO, words, SOURCE, ref)
        words = N_(CONTEXT, "It is on the physical network: it depends on what is there.")
        return Hop(Layer.WIRE, Verdict.DEPENDS, words, SOURCE, ref)
    if party.kind is PartyKind.HOST:
        verdict = Verdict.NO if b.driver == "overlay" else Verdict.YES
        words = N_(CONTEXT, "The host has an address on the bridge.")
        if verdict is Verdict.NO:
            words = N_(CONTEXT, "The host itself can't reach overlay addresses.")
        return Hop(Layer.SWITCH, verdict, words, SOURCE, ref)
    words = N_(CONTEXT, "Its address is known on this host only: others need a published port.")
    return Hop(Layer.NAT, Verdict.NO, words, SOURCE, ref)
