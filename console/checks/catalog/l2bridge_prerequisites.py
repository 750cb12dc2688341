"""What an l2bridge network needs of its host (seed, "VFP"; reference, 1.1, 2.1 and 3.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.physical_network import physical_subnets
from console.checks.stopped_service import start_of, stopped
from console.domain.addressing import network_prefixes
from console.domain.conversion import spec_of
from console.domain.drivers.options import WINDOWS_PREFIX
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_, Text
from console.domain.vfp import DRIVERS_ON_VFP

CONTEXT = "Check l2bridge-prerequisites"
_SERVICE = "vfpext"
_OUTBOUND_NAT = WINDOWS_PREFIX + "enable_outboundnat"
# From 1809 on an l2bridge network may have a subnet of its own (reference, 3.1 and 3.7).
_OWN_SUBNET_BUILD = 17763
_TRUE = frozenset({"1", "t", "true"})


def _find(host: Host) -> Iterator[Symptom]:
    on_vfp = host.networks_of(*DRIVERS_ON_VFP)
    if not on_vfp:
        return
    down = next(stopped(host, _SERVICE), None)
    for network in on_vfp:
        facts = (*(down.evidence if down else ()), *_without_a_way_out(host, network))
        if facts:
            used = N_(CONTEXT, "{name} has the driver {driver}.", name=network.name, driver=network.driver)
            yield Symptom(ref_of(network), (used, *facts))


def _without_a_way_out(host: Host, network: Network) -> tuple[Text, ...]:
    engine = host.snapshot.engine.known()
    old = engine is None or engine.windows is None or engine.windows.build < _OWN_SUBNET_BUILD
    if network.driver != "l2bridge" or old or network.option(_OUTBOUND_NAT).casefold() in _TRUE:
        return ()
    if made_by_others(network, host.snapshot):
        return ()  # a plugin of Kubernetes gives each endpoint its way out itself
    physical = [one.prefix for one in physical_subnets(host, network)]
    own = [one for one in network_prefixes(network) if not any(one.subnet_of(other) for other in physical)]
    if not physical or not own:
        return ()
    return (
        N_(CONTEXT, "Its subnet {subnet} is not the host's.", subnet=", ".join(map(str, own))),
        N_(CONTEXT, "The option enable_outboundnat is not set."),
    )


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    started = start_of(host, _SERVICE) if next(stopped(host, _SERVICE), None) else ()
    if not _without_a_way_out(host, network):
        return started
    routed = Remedy(
        N_(CONTEXT, "Route the subnet"),
        steps=(N_(CONTEXT, "Have the physical network's router send this subnet to the host's address."),),
    )
    options = {**spec_of(network).options, _OUTBOUND_NAT: "true"}
    title = N_(CONTEXT, "Recreate it with outbound NAT")
    again = made_again(host, network, with_options(network, options=options), title)
    return (*started, routed, again)


CHECK = Check(
    id="l2bridge-prerequisites",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The host lacks what this network needs"),
    reason=N_(
        CONTEXT,
        "The Virtual Filtering Platform rewrites MAC addresses for l2bridge and encapsulates packets for "
        "overlay: without its service Windows refuses such networks (0x803b0037). A subnet that is not the "
        "host's needs outbound NAT or a route; otherwise its containers reach nothing outside.",
    ),
    needs=("engine", "networks", "services"),
    find=_find,
    remedies=_remedies,
    source='seed, "VFP"; reference, 1.1, 3.1, 3.7 and 4.3',
    drivers=DRIVERS_ON_VFP,
)
