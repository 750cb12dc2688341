"""What lets packets through at either end: VFP, port ACLs, and the firewalls of host and container."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath
from typing import Final

from console.domain.host_inventory import FirewallRule, HnsEndpoint, HnsPolicy
from console.domain.links import port_ranges, rule_protocol
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.reachability import sources
from console.domain.reachability.model import Ask, Hop, Layer, Protocol
from console.domain.reachability.view import Attached, HostView
from console.domain.text import N_
from console.domain.verdict import Verdict
from console.domain.vfp import DRIVERS_ON_VFP, vfp_of

CONTEXT = "Reachability"

INBOUND_ALLOWED_BUILD: Final = 16299
"""From Windows 1709 on containers let in TCP, UDP and ICMP; before, published ports only (reference, 3.5)."""

_EVERYTHING: Final = frozenset({"", "*", "any", "0.0.0.0/0", "256"})
_ACL_LIMITS: Final = ("protocols", "localaddresses", "remoteaddresses", "localports", "remoteports")
_NO_PROGRAM: Final = frozenset({"", "any", "system"})
_PING_PROTOCOLS: Final = frozenset({"icmpv4", "1", "any"})


def vfp(at: Attached, view: HostView) -> Iterator[Hop]:
    """Whether the forwarding extension works on the vSwitch of a network that needs it."""
    if at.driver not in DRIVERS_ON_VFP:
        return
    extension = vfp_of(at.switch) if at.switch is not None else None
    if view.runs("vfpext") is False:
        service = view.service("vfpext")
        words = N_(CONTEXT, "The VFP extension's service vfpext is not running: nothing is forwarded.")
        ref = ref_of(service) if service is not None else None
        yield Hop(Layer.VFP, Verdict.NO, words, sources.VFP, ref)
    elif extension is None:
        words = N_(
            CONTEXT,
            "{driver} depends on the VFP extension. Whether it is on for this vSwitch could not be read.",
            driver=at.driver,
        )
        yield Hop(Layer.VFP, Verdict.DEPENDS, words, sources.VFP, at.place)
    elif not extension.enabled or extension.running is False:
        words = N_(
            CONTEXT, "The VFP extension is off on the vSwitch, and {driver} depends on it.", driver=at.driver
        )
        yield Hop(Layer.VFP, Verdict.NO, words, sources.VFP, at.place)
    else:
        words = N_(CONTEXT, "The VFP extension forwards on this vSwitch.")
        yield Hop(Layer.VFP, Verdict.YES, words, sources.HNS, at.place)


def into_container(at: Attached, ask: Ask, view: HostView) -> Iterator[Hop]:
    """What a container lets in: port ACLs of its endpoint, then its Windows Firewall."""
    yield from _acls(at.hns_endpoint)
    if at.driver == "overlay":
        words = N_(CONTEXT, "Endpoints on overlay networks let in everything.")
        yield Hop(Layer.FIREWALL, Verdict.YES, words, sources.FIREWALL, _endpoint_ref(at))
        return
    if view.build is None or view.build >= INBOUND_ALLOWED_BUILD:
        words = N_(
            CONTEXT, "The container's firewall lets in TCP, UDP and ICMP, unless its image changes that."
        )
        yield Hop(Layer.FIREWALL, Verdict.YES, words, sources.SECURITY, ref_of(at.container))
        return
    yield _old_firewall(at, ask, view)


def _old_firewall(at: Attached, ask: Ask, view: HostView) -> Hop:
    ports = sorted(mapping.container_port for mapping, _ref in view.published(at.container))
    ref, source = ref_of(at.container), sources.SECURITY
    if view.default_isolation == "hyperv":
        words = N_(CONTEXT, "With Hyper-V isolation, the default of this engine, everything is let in.")
        return Hop(Layer.FIREWALL, Verdict.YES, words, source, ref)
    if not view.default_isolation:
        words = N_(
            CONTEXT,
            "It depends on the isolation: before Windows 1709 process isolation lets in published ports "
            "only.",
        )
        return Hop(Layer.FIREWALL, Verdict.DEPENDS, words, source, ref)
    if ask.port in ports or (ask.protocol is Protocol.ANY and ports):
        words = N_(
            CONTEXT,
            "Before Windows 1709 a container lets in its published ports only: {ports}.",
            ports=", ".join(map(str, ports)),
        )
        return Hop(Layer.FIREWALL, Verdict.YES, words, source, ref)
    words = N_(
        CONTEXT, "Before Windows 1709 a container lets in its published ports only, and this is not one."
    )
    return Hop(Layer.FIREWALL, Verdict.NO, words, source, ref)


def _endpoint_ref(at: Attached) -> ObjectRef:
    return ref_of(at.hns_endpoint) if at.hns_endpoint is not None else ref_of(at.container)


def _acls(endpoint: HnsEndpoint | None) -> Iterator[Hop]:
    """A block of everything ends the way; blocks of some leave it open on what exactly is sent."""
    if endpoint is None:
        return
    inbound = [
        one
        for one in endpoint.policies
        if one.kind.casefold() == "acl" and _setting(one, "direction").casefold() in ("in", "", "inbound")
    ]
    blocks = [one for one in inbound if _setting(one, "action").casefold() == "block"]
    if not blocks:
        return
    allows = len(blocks) < len(inbound)
    if any(_for_everything(one) for one in blocks) and not allows:
        words = N_(CONTEXT, "A port ACL of the endpoint blocks everything that comes in.")
        yield Hop(Layer.FIREWALL, Verdict.NO, words, sources.SECURITY, ref_of(endpoint))
    else:
        words = N_(CONTEXT, "Port ACLs of the endpoint block some of what comes in: see Firewall, Port ACLs.")
        yield Hop(Layer.FIREWALL, Verdict.DEPENDS, words, sources.SECURITY, ref_of(endpoint))


def _setting(policy: HnsPolicy, name: str) -> str:
    return next((value for key, value in policy.settings.items() if key.casefold() == name), "")


def _for_everything(policy: HnsPolicy) -> bool:
    return all(_setting(policy, limit).casefold() in _EVERYTHING for limit in _ACL_LIMITS)


def into_host(ask: Ask, view: HostView) -> Hop:
    """What Windows Firewall of the host lets in to the host itself."""
    facts = view.snapshot.facts
    source = sources.SECURITY
    service = view.service("mpssvc")
    if view.runs("mpssvc") is False and service is not None:
        words = N_(CONTEXT, "Windows Firewall is not running: everything is let in.")
        return Hop(Layer.FIREWALL, Verdict.YES, words, source, ref_of(service))
    profiles, rules = facts.firewall_profiles.known(), facts.firewall_rules.known()
    if profiles is None or rules is None:
        words = N_(CONTEXT, "It depends on the host's Windows Firewall, which could not be read.")
        return Hop(Layer.FIREWALL, Verdict.DEPENDS, words, source)
    on = [one for one in profiles if one.enabled]
    if not on:
        words = N_(CONTEXT, "Windows Firewall is off in all profiles.")
        return Hop(Layer.FIREWALL, Verdict.YES, words, source)
    matching = [rule for rule in rules if _matches(rule, ask) and _is_for_who_answers(rule, ask, view)]
    if any(rule.action.casefold() == "block" for rule in matching) and ask.protocol is not Protocol.ANY:
        rule = next(rule for rule in matching if rule.action.casefold() == "block")
        words = N_(CONTEXT, "The host's firewall rule “{rule}” blocks it.", rule=rule.title)
        return Hop(Layer.FIREWALL, Verdict.NO, words, source, ref_of(rule))
    allowing = [rule for rule in matching if rule.action.casefold() == "allow"]
    if allowing:
        return _allowed(allowing, ask)
    if all(one.default_inbound.casefold() == "allow" for one in on):
        words = N_(CONTEXT, "The host's Windows Firewall lets in whatever no rule blocks.")
        return Hop(Layer.FIREWALL, Verdict.YES, words, source)
    words = N_(CONTEXT, "No rule of the host's Windows Firewall lets it in.")
    return Hop(Layer.FIREWALL, Verdict.NO, words, source)


def _is_for_who_answers(rule: FirewallRule, ask: Ask, view: HostView) -> bool:
    """Whether a rule is for all programs, or for one that listens on the port that is asked for.

    Pings are answered by no program. Where it is not known who listens, each is taken for the one.
    """
    if ask.protocol is Protocol.ANY or rule.program.casefold() in _NO_PROGRAM:
        return True
    if ask.protocol is Protocol.ICMP:
        return False
    listeners = view.snapshot.facts.listeners.known()
    if listeners is None:
        return True
    answering = {
        _program_name(one.process)
        for one in listeners
        if one.port == ask.port and one.protocol.casefold() == "tcp"
    }
    return "" in answering or _program_name(rule.program) in answering


def _program_name(path: str) -> str:
    return PureWindowsPath(path).name.casefold().removesuffix(".exe")


def into_published_port(port: int, view: HostView) -> Iterator[Hop]:
    """What keeps others from a published TCP ``port`` of the host; nothing where Windows Firewall lets it in.

    A published port needs no rule that allows it, and a rule that blocks it wins (reference, 3.5). A rule
    for one program is not about it: NAT belongs to none.
    """
    if view.runs("mpssvc") is False:
        return
    profiles, rules = (
        view.snapshot.facts.firewall_profiles.known(),
        view.snapshot.facts.firewall_rules.known(),
    )
    if profiles is None or rules is None:
        words = N_(CONTEXT, "It depends on the host's Windows Firewall, which could not be read.")
        yield Hop(Layer.FIREWALL, Verdict.DEPENDS, words, sources.SECURITY)
        return
    ask = Ask(Protocol.TCP, port)
    blocking = (
        rule
        for rule in rules
        if rule.action.casefold() == "block"
        and rule.program.casefold() in _NO_PROGRAM
        and _matches(rule, ask)
    )
    rule = next(blocking, None) if any(one.enabled for one in profiles) else None
    if rule is not None:
        words = N_(
            CONTEXT, "The host's firewall rule “{rule}” blocks its port {port}.", rule=rule.title, port=port
        )
        yield Hop(Layer.FIREWALL, Verdict.NO, words, sources.SECURITY, ref_of(rule))


def _allowed(rules: list[FirewallRule], ask: Ask) -> Hop:
    rule = next((one for one in rules if one.profile.casefold() in ("any", "")), rules[0])
    ref, source = ref_of(rule), sources.SECURITY
    if rule.profile.casefold() not in ("any", ""):
        words = N_(
            CONTEXT,
            "The host's firewall rule “{rule}” lets it in on the profile {profile} only.",
            rule=rule.title,
            profile=rule.profile,
        )
        return Hop(Layer.FIREWALL, Verdict.DEPENDS, words, source, ref)
    if ask.protocol is Protocol.ANY:
        ports = ", ".join(dict.fromkeys(port for one in rules for port in one.local_ports))
        words = N_(CONTEXT, "The host's firewall lets in some ports: {ports}.", ports=ports)
        return Hop(Layer.FIREWALL, Verdict.YES, words, source, ref)
    words = N_(CONTEXT, "The host's firewall rule “{rule}” lets it in.", rule=rule.title)
    return Hop(Layer.FIREWALL, Verdict.YES, words, source, ref)


def _matches(rule: FirewallRule, ask: Ask) -> bool:
    if not rule.enabled or rule.direction.casefold() != "inbound":
        return False
    protocol = rule_protocol(rule)
    if ask.protocol is Protocol.ICMP:
        return protocol in _PING_PROTOCOLS
    if protocol not in ("tcp", "any"):
        return False
    if ask.protocol is Protocol.ANY:
        return True
    named = any(first <= ask.port <= last for first, last in port_ranges(rule))
    return named or any(port.casefold() == "any" for port in rule.local_ports) or not rule.local_ports
