"""A network leaves its adapter to Windows (seed, "Creating multiple transparent networks")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.conversion import spec_of
from console.domain.drivers.adapter_option import adapter_value
from console.domain.drivers.options import INTERFACE
from console.domain.field import Field
from console.domain.host_adapters import adapter_uses, usable_adapters
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_

CONTEXT = "Check transparent-interface-missing"
_DRIVERS = ("transparent", "l2bridge")
_NAMED_AT_MOST = 6


def _find(host: Host) -> Iterator[Symptom]:
    own = [one for one in host.networks_of(*_DRIVERS) if not made_by_others(one, host.snapshot)]
    without = [one for one in own if not one.option(INTERFACE).strip()]
    if not without:
        return
    adapters = ", ".join(one.name for one in usable_adapters(host.snapshot) or ())
    many = len(usable_adapters(host.snapshot) or ()) > 1
    for network in without:
        facts = [N_(CONTEXT, "{name} names no adapter.", name=network.name)]
        if many:
            facts.append(N_(CONTEXT, "It could use any of these: {adapters}.", adapters=adapters))
        if len(own) > 1:
            others = ", ".join(one.name for one in own[:_NAMED_AT_MOST] if one is not network)
            facts.append(N_(CONTEXT, "Other networks need an adapter too: {names}.", names=others))
        if len(facts) > 1:
            yield Symptom(ref_of(network), tuple(facts))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    named = Remedy(
        N_(CONTEXT, "Leave it, and name an adapter for each further network"),
        steps=(N_(CONTEXT, "When you create the next one, choose a different adapter from this network's."),),
    )
    adapters = _its_adapters(host, network)
    if not adapters:
        return (named,)
    options = {**spec_of(network).options, INTERFACE: adapter_value(adapters)}
    title = N_(CONTEXT, "Recreate it on {adapters}", adapters=", ".join(adapters))
    return (named, made_again(host, network, with_options(network, options=options), title))


def _its_adapters(host: Host, network: Network) -> tuple[str, ...]:
    """The adapters that Windows chose for it; else the first that nobody has."""
    switch = host.relations.vswitch_of(network)
    bound = host.relations.adapters_of(switch) if switch else ()
    if bound:
        return tuple(one.name for one in bound)
    taken = {use.adapter.casefold() for use in adapter_uses(host.snapshot)}
    free = (one.name for one in usable_adapters(host.snapshot) or () if one.name.casefold() not in taken)
    first = next(free, None)
    return (first,) if first else ()


CHECK = Check(
    id="transparent-interface-missing",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "A network on an external vSwitch names no adapter"),
    reason=N_(
        CONTEXT,
        "Windows then takes the adapter with the default route, which may be the wrong one. The next "
        "network that names no adapter wants the same one, and is refused with 'An adapter was not found'.",
    ),
    needs=("engine", "networks", "adapters"),
    find=_find,
    remedies=_remedies,
    source='seed, "Creating multiple transparent networks on a single container host"; reference, 2.1',
    drivers=frozenset(_DRIVERS),
    field=Field.ADAPTER,
)
