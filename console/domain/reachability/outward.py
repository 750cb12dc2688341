"""From a container to what is not on its networks: by NAT, by the wire, or not at all.

The rules of each driver are the reference's, 2.7 and 3.1; those of guests the seed's ("MACAddressSpoofing").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.addressing import parse_address, parse_prefix
from console.domain.drivers.options import ENABLE_OUTBOUND_NAT, OUTBOUND_NAT_EXCEPTIONS
from console.domain.object_ref import ref_of
from console.domain.preflight.option_values import truth
from console.domain.reachability import sources
from console.domain.reachability.filters import vfp
from console.domain.reachability.model import Ask, Hop, Layer, Protocol
from console.domain.reachability.view import Attached, HostView, addresses_of
from console.domain.snapshot import Hypervisor
from console.domain.text import N_, Text
from console.domain.verdict import Verdict

CONTEXT = "Reachability"

TRANSLATED: Final = frozenset({"nat", "ics"})
ON_THE_LAN: Final = frozenset({"transparent", "l2bridge", "l2tunnel"})
SHARING_BUILDS: Final = range(17763, 20348)
"""On Windows Server 2019 nat works by Internet Connection Sharing, else by WinNAT (reference, 5.4)."""

OVERLAY_NAT_BUILD: Final = 17763
"""From Windows Server 2019 on overlay endpoints go out by a VFP rule; before, by a second endpoint on nat."""

TOPOLOGY = sources.TOPOLOGY


def outward(at: Attached, ask: Ask, view: HostView, *, routed: bool) -> tuple[Hop, ...]:
    """The rules from a container to the physical network. ``routed``: to what is behind its router."""
    match at.driver:
        case "nat" | "ics":
            return (*translation(at, view), *host_to_wire(view, routed=routed))
        case "transparent":
            return tuple(_bridged(at, view, routed=routed))
        case "l2bridge":
            return (*vfp(at, view), *_rewritten(at, view, routed=routed))
        case "overlay":
            return (*vfp(at, view), *_out_of_overlay(at, ask, view, routed=routed))
        case "l2tunnel":
            words = N_(CONTEXT, "Everything goes to the physical host first, where Azure's policy decides.")
            return (Hop(Layer.VFP, Verdict.DEPENDS, words, TOPOLOGY, at.place),)
        case "internal":
            words = N_(CONTEXT, "An internal network ends at the host, which forwards nothing for it.")
        case "private":
            words = N_(CONTEXT, "A private vSwitch has no connection out, not even to the host.")
        case _:
            words = N_(CONTEXT, "Where the driver {driver} leads is not known here.", driver=at.driver)
            return (Hop(Layer.SWITCH, Verdict.DEPENDS, words, TOPOLOGY, at.place),)
    return (Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, at.place),)


def gateway_missing(at: Attached, view: HostView) -> Hop | None:
    """What is wrong where the host has no vNIC with an address of a nat or internal network."""
    adapters = view.host_adapters
    if adapters is None or at.prefix is None:
        return None
    prefix = at.prefix
    own = [parse_prefix(text) for one in adapters for text in one.addresses]
    near = any(one is not None and (one.overlaps(prefix) and one.prefixlen > 0) for one in own)
    if near:
        return None
    words = N_(CONTEXT, "No vNIC of the host has an address of {prefix}: the network's gateway is missing.",
               prefix=prefix)  # fmt: skip
    return Hop(Layer.SWITCH, Verdict.NO, words, TOPOLOGY, at.place)


def translation(at: Attached, view: HostView) -> Iterator[Hop]:
    """Whether the host translates for a nat network now."""
    missing = gateway_missing(at, view) if at.driver in TRANSLATED else None
    if missing is not None:
        yield missing
    name = "SharedAccess" if at.driver == "ics" or (view.build or 0) in SHARING_BUILDS else "winnat"
    service, runs = view.service(name), view.runs(name)
    ref = ref_of(service) if service is not None else ref_of(at.network)
    if runs is False:
        words = N_(
            CONTEXT, "The service {name}, which nat networks need to go out, is not running.", name=name
        )
        yield Hop(Layer.NAT, Verdict.NO, words, sources.HNS, ref)
    elif runs is None:
        words = N_(
            CONTEXT,
            "Whether the service {name}, which nat networks need to go out, is running is not known.",
            name=name,
        )
        yield Hop(Layer.NAT, Verdict.DEPENDS, words, sources.HNS, ref)
    else:
        words = N_(
            CONTEXT,
            "The gateway's vNIC receives it, and {name} sends it out with the host's address.",
            name=name,
        )
        yield Hop(Layer.NAT, Verdict.YES, words, TOPOLOGY, ref)


def host_to_wire(view: HostView, *, routed: bool) -> Iterator[Hop]:
    """Whether the host itself has a way to the physical network, or to what is behind its router."""
    adapters = view.host_adapters
    if adapters is None:
        words = N_(CONTEXT, "It depends on the host's adapters, which could not be read.")
        yield Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY)
        return
    leading = view.with_gateway() if routed else next((one for one in adapters if _outer(one.name)), None)
    leading = leading or view.with_gateway()
    if leading is None:
        words = N_(CONTEXT, "The host has no default gateway, so nothing goes beyond its own links.")
        if not routed:
            words = N_(CONTEXT, "No adapter of the host is connected and has an address.")
        yield Hop(Layer.WIRE, Verdict.NO, words, TOPOLOGY)
        return
    words = N_(CONTEXT, "The host sends it through {adapter}.", adapter=leading.name)
    if routed:
        words = N_(
            CONTEXT, "The host sends it through {adapter} to its default gateway.", adapter=leading.name
        )
    yield Hop(Layer.WIRE, Verdict.YES, words, TOPOLOGY, ref_of(leading))


def _outer(name: str) -> bool:
    return not name.startswith("vEthernet (")


def _bridged(at: Attached, view: HostView, *, routed: bool) -> Iterator[Hop]:
    """A transparent network is a port on the physical network."""
    cards = view.adapters_below(at.switch)
    ref = ref_of(cards[0]) if cards else at.place
    words = N_(CONTEXT, "The external vSwitch bridges it onto the physical network.")
    yield Hop(Layer.SWITCH, Verdict.YES, words, TOPOLOGY, at.place)
    yield from on_the_wire(at, view)
    if in_the_hosts_subnet(at, view) is False:
        words = N_(
            CONTEXT,
            "Its subnet {prefix} is not the host's on that link: it depends on what is there.",
            prefix=at.prefix,
        )
        yield Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, ref_of(at.network))
    if cards and all(card.status != "Up" for card in cards):
        words = N_(CONTEXT, "{adapter} is not connected.", adapter=cards[0].name)
        yield Hop(Layer.WIRE, Verdict.NO, words, TOPOLOGY, ref)
    elif routed:
        yield _own_gateway(at, view)


def on_the_wire(at: Attached, view: HostView) -> Iterator[Hop]:
    """What the physical network and the host's own machine let through of a bridged container."""
    hypervisor = view.snapshot.facts.hypervisor.known()
    if at.driver == "transparent" and hypervisor is not Hypervisor.NONE:
        yield _parent(hypervisor)
    if at.vlan:
        words = N_(
            CONTEXT,
            "Frames are tagged with VLAN {vlan}: the port of the physical switch must be a trunk for it.",
            vlan=at.vlan,
        )
        yield Hop(Layer.VLAN, Verdict.DEPENDS, words, sources.VLAN, ref_of(at.network))


def _parent(hypervisor: Hypervisor | None) -> Hop:
    source = sources.SPOOFING
    words: dict[Hypervisor | None, Text] = {
        Hypervisor.AZURE: N_(CONTEXT, "Transparent networks do not work on Azure's virtual machines."),
        Hypervisor.HYPER_V: N_(
            CONTEXT, "The Hyper-V host must allow MAC address spoofing, which can't be seen from here."
        ),
        Hypervisor.VMWARE: N_(
            CONTEXT, "vSphere must allow promiscuous mode on the port group, which can't be seen from here."
        ),
        None: N_(
            CONTEXT,
            "If the host is a virtual machine, its hypervisor must let containers' MAC addresses pass.",
        ),
    }
    other = N_(CONTEXT, "The host's hypervisor must let the containers' own MAC addresses pass.")
    verdict = Verdict.NO if hypervisor is Hypervisor.AZURE else Verdict.DEPENDS
    return Hop(Layer.WIRE, verdict, words.get(hypervisor, other), source)


def _own_gateway(at: Attached, view: HostView) -> Hop:
    gateways = [parse_address(pool.gateway) for pool in at.network.pools if pool.gateway]
    gateway = next((one for one in gateways if one is not None and int(one)), None)
    if gateway is None:
        words = N_(
            CONTEXT, "The DHCP server of the physical network gives the container its gateway, or none."
        )
        return Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, ref_of(at.network))
    routers = [parse_address(text) for one in view.host_adapters or () for text in one.gateways]
    if gateway in routers:
        words = N_(CONTEXT, "Its gateway {gateway} is the host's own router.", gateway=gateway)
        return Hop(Layer.WIRE, Verdict.YES, words, TOPOLOGY, ref_of(at.network))
    words = N_(
        CONTEXT,
        "It depends on whether {gateway}, the network's gateway, is a router of the physical network.",
        gateway=gateway,
    )
    return Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, ref_of(at.network))


def leaves_as_host(at: Attached) -> bool:
    """Whether an l2bridge network's policy OutBoundNAT translates what goes out."""
    return at.driver == "l2bridge" and truth(at.network.option(ENABLE_OUTBOUND_NAT)) is True


def _rewritten(at: Attached, view: HostView, *, routed: bool) -> Iterator[Hop]:
    """An l2bridge container goes out with the host's MAC, and where asked for with its address too."""
    ref = ref_of(at.network)
    source = sources.OPTIONS
    if leaves_as_host(at):
        exceptions = at.network.option(OUTBOUND_NAT_EXCEPTIONS)
        words = N_(CONTEXT, "The network has outbound NAT: it goes out with the host's address.")
        yield Hop(Layer.NAT, Verdict.YES, words, source, ref)
        if any(parse_prefix(text.strip()) for text in exceptions.split(",")) and not routed:
            words = N_(
                CONTEXT, "Except to {exceptions}, where it keeps its own address.", exceptions=exceptions
            )
            yield Hop(Layer.NAT, Verdict.DEPENDS, words, source, ref)
        yield _by_its_wire(at, view, routed=routed)
        return
    if in_the_hosts_subnet(at, view) is not True:
        words = N_(
            CONTEXT,
            "It keeps its own address: the physical network needs a route back to {prefix}. With "
            "enable_outboundnat it would not.",
            prefix=at.prefix or N_(CONTEXT, "its subnet"),
        )
        yield Hop(Layer.WIRE, Verdict.DEPENDS, words, source, ref)
        return
    words = N_(CONTEXT, "It is in the host's own subnet, and goes out with the host's MAC address.")
    yield Hop(Layer.SWITCH, Verdict.YES, words, TOPOLOGY, at.place)
    yield from on_the_wire(at, view)
    if routed:
        yield _own_gateway(at, view)


def in_the_hosts_subnet(at: Attached, view: HostView) -> bool | None:
    """Whether a bridged network has the subnet of the host on its wire; None where either is not known."""
    own = (*view.vnics_on(at.switch), *view.adapters_below(at.switch))
    addresses = [address for one in own for address in addresses_of(one)]
    if at.prefix is None or not addresses:
        return None
    return any(address in at.prefix for address in addresses)


def _by_its_wire(at: Attached, view: HostView, *, routed: bool) -> Hop:
    """What VFP translates leaves by the vSwitch's own adapter, without going through the host's stack."""
    own = (*view.vnics_on(at.switch), *view.adapters_below(at.switch))
    if any(one.gateways if routed else one.addresses for one in own):
        leading = next(one for one in own if (one.gateways if routed else one.addresses))
        words = N_(CONTEXT, "It leaves through {adapter}.", adapter=leading.name)
        return Hop(Layer.WIRE, Verdict.YES, words, TOPOLOGY, ref_of(leading))
    words = N_(CONTEXT, "It depends on where the vSwitch's adapter leads, which is not known.")
    if own:
        words = N_(CONTEXT, "{adapter}, through which it leaves, has no gateway.", adapter=own[0].name)
    return Hop(Layer.WIRE, Verdict.DEPENDS, words, TOPOLOGY, at.place)


def _out_of_overlay(at: Attached, ask: Ask, view: HostView, *, routed: bool) -> Iterator[Hop]:
    source = sources.SWARM
    if view.build is not None and view.build < OVERLAY_NAT_BUILD:
        found = any(one.name == "nat" for one in view.snapshot.networks.known() or ())
        verdict = Verdict.YES if found else Verdict.NO
        words = N_(
            CONTEXT, "Before Windows Server 2019 it goes out through a second endpoint on the network nat."
        )
        yield Hop(Layer.NAT, verdict, words, source, ref_of(at.network))
        yield from translation(at, view)
        yield from host_to_wire(view, routed=routed)
    elif ask.protocol is Protocol.ICMP:
        words = N_(CONTEXT, "VFP translates TCP and UDP to the host's address; pings do not get out.")
        yield Hop(Layer.VFP, Verdict.NO, words, source, ref_of(at.network))
    else:
        words = N_(CONTEXT, "A VFP rule translates it to the host's address.")
        yield Hop(Layer.VFP, Verdict.YES, words, source, ref_of(at.network))
        yield _by_its_wire(at, view, routed=routed)
