"""An l2bridge network without a subnet (seed, "DHCP IP assignment not supported with L2Bridge networks")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.physical_network import physical_subnets
from console.domain.addressing import network_prefixes
from console.domain.drivers.adapter_option import adapter_value
from console.domain.drivers.options import INTERFACE
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.text import N_

CONTEXT = "Check l2bridge-dhcp"
_DRIVERS = ("l2bridge", "l2tunnel")


def _find(host: Host) -> Iterator[Symptom]:
    for network in host.networks_of(*_DRIVERS):
        if not network_prefixes(network):
            fact = N_(
                CONTEXT, "{name} has the driver {driver} and no subnet.",
                name=network.name, driver=network.driver,
            )  # fmt: skip
            yield Symptom(ref_of(network), (fact,))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    found = [one for one in physical_subnets(host, network) if one.gateway]
    use = Remedy(
        N_(CONTEXT, "Use a transparent network if addresses come from DHCP"),
        steps=(N_(CONTEXT, "Connect the containers to it, and leave this network to whoever created it."),),
    )
    if not found:
        step = N_(CONTEXT, "Recreate it with the subnet and gateway of the physical network.")
        return (use, Remedy(N_(CONTEXT, "Specify subnet and gateway"), steps=(step,)))
    subnet, gateway = str(found[0].prefix), found[0].gateway
    title = N_(
        CONTEXT, "Recreate {name} with the subnet {subnet} and the gateway {gateway}",
        name=network.name, subnet=subnet, gateway=gateway,
    )  # fmt: skip
    spec = with_subnet(network, subnet, gateway)
    switch = host.relations.vswitch_of(network)
    bound = host.relations.adapters_of(switch) if switch else ()
    if bound and INTERFACE not in spec.options:
        own = {INTERFACE: adapter_value(one.name for one in bound)}
        spec = spec.model_copy(update={"options": {**spec.options, **own}})
    return (use, made_again(host, network, spec, title))


CHECK = Check(
    id="l2bridge-dhcp",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "An l2bridge network can't use DHCP"),
    reason=N_(
        CONTEXT,
        "All its containers show the host's own MAC address, so a DHCP server can't tell them apart. "
        "Without a subnet no container starts: 'The network does not have a subnet for this endpoint'.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source='seed, "DHCP IP assignment not supported with L2Bridge networks"; reference, 2.1 and 4.2',
)
