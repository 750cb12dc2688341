"""What a live test of a pair tries, and what its result means beside the prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from console.domain.probes.probe import Reach
from console.domain.reachability.inward import PUBLISHING
from console.domain.reachability.model import Ask, Party, PartyKind, Prediction, Protocol
from console.domain.reachability.view import Attached, HostView, addresses_of
from console.domain.text import N_, Text
from console.domain.verdict import Agreement, Verdict

CONTEXT = "Reachability"

OUTSIDE_NAME: Final = "www.example.com"
"""A name that is there for trying things out (RFC 2606)."""

_WEB: Final = 80


@dataclass(frozen=True, slots=True)
class Trial:
    """What to connect to; ``port`` 0: a ping. ``address`` is "" where a person has to give it."""

    address: str
    port: int


def trial(source: Party, target: Party, ask: Ask, view: HostView) -> Trial:
    """The best thing to try for a pair, as far as this host knows it."""
    if target.kind is PartyKind.CONTAINER:
        return _to_container(source, target, ask, view)
    if target.kind is PartyKind.HOST:
        port = ask.port or _open_port(view)
        return Trial(_host_address(source, view), 0 if ask.protocol is Protocol.ICMP else port)
    port = ask.port or _WEB
    if target.kind is PartyKind.OUTSIDE:
        return Trial(OUTSIDE_NAME, 0 if ask.protocol is Protocol.ICMP else port)
    gateway = next((text for one in view.host_adapters or () for text in one.gateways), "")
    # What listens on a machine nobody knows of is not known either: a ping says whether it is there.
    return Trial(gateway, ask.port if ask.protocol is Protocol.TCP else 0)


def _to_container(source: Party, target: Party, ask: Ask, view: HostView) -> Trial:
    container = view.containers.get(target.container)
    if container is None:
        return Trial("", 0)
    inside = {port.container_port for port in container.ports if port.protocol == "tcp"}
    port = ask.port or min(inside, default=0)
    attached = view.attachments(container)
    own = _attachments_of(source, view)
    shared = [one for one in attached if any(one.network.id == mine.network.id for mine in own)]
    straight = shared or [one for one in attached if one.driver in ("transparent", "l2bridge")]
    if source.kind is PartyKind.HOST:
        straight = [one for one in attached if one.driver != "overlay"]
    known = next((one for one in (*straight, *attached) if one.address is not None), None)
    if ask.protocol is Protocol.ICMP:
        port = 0
    mapping = next((one for one, _ref in view.published(container) if one.container_port == port), None)
    behind = mapping is not None and mapping.host_port and not straight
    if behind and mapping is not None and any(one.driver in PUBLISHING for one in attached):
        return Trial(_host_address(source, view), mapping.host_port or 0)
    return Trial(str(known.address) if known is not None else "", port)


def _attachments_of(party: Party, view: HostView) -> tuple[Attached, ...]:
    container = view.containers.get(party.container)
    return view.attachments(container) if container is not None else ()


def _host_address(source: Party, view: HostView) -> str:
    """The host's address as the source meets it: the gateway of its network, else that of a vNIC or card."""
    for one in _attachments_of(source, view):
        if one.driver in ("nat", "ics", "internal") and one.endpoint.gateway:
            return one.endpoint.gateway
        for vnic in view.vnics_on(one.switch):
            return next((str(address) for address in addresses_of(vnic)), "")
    adapter = view.with_gateway() or next(iter(view.host_adapters or ()), None)
    return next((str(address) for address in addresses_of(adapter)), "") if adapter is not None else ""


def _open_port(view: HostView) -> int:
    """A port that the host's firewall lets in; 0 (a ping) where none is known."""
    for rule in view.snapshot.facts.firewall_rules.known() or ():
        allows = rule.enabled and rule.action.casefold() == "allow" and rule.direction.casefold() == "inbound"
        if allows and rule.protocol.casefold() in ("tcp", "6"):
            numbers = [int(text) for text in rule.local_ports if text.isdecimal()]
            if numbers:
                return numbers[0]
    return 0


def compared(prediction: Prediction, reach: Reach) -> tuple[Agreement, Text]:
    """Whether what came is what was predicted, and what to look at if not."""
    reached = reach in (Reach.CONNECTED, Reach.REFUSED)
    if reach is Reach.UNKNOWN_NAME:
        return Agreement.SETTLED, N_(CONTEXT, "The name is not known there: nothing was tried.")
    if prediction.verdict is Verdict.DEPENDS:
        return Agreement.SETTLED, N_(CONTEXT, "The prediction left it open; this is how it is.")
    if reached and prediction.verdict is Verdict.NO:
        return Agreement.DIFFERS, N_(
            CONTEXT,
            "It gets through although the rules say no: there is a route that the console does not know.",
        )
    if not reached and prediction.verdict is Verdict.YES:
        return Agreement.DIFFERS, N_(
            CONTEXT,
            "It should get through. A firewall inside the image, or one on the way that is not this "
            "host's, may block it.",
        )
    return Agreement.AGREES, N_(CONTEXT, "As predicted.")
