"""The remedy of a network whose adapter is of no use: to make it again on another one."""

from __future__ import annotations

from console.checks.another_network import made_again, with_options
from console.checks.check import Host, Remedy
from console.domain.addressing import adapter_prefixes, network_prefixes
from console.domain.conversion import spec_of
from console.domain.drivers.adapter_option import adapter_value
from console.domain.drivers.options import INTERFACE
from console.domain.host_adapters import free_adapters
from console.domain.network_origin import made_by_others
from console.domain.snapshot import Adapter, Network
from console.domain.text import N_

CONTEXT = "Checks"


def on_a_free_adapter(host: Host, network: Network | None) -> tuple[Remedy, ...]:
    """Make a network of Docker's own again on an adapter that nobody has; nothing where none would do.

    One with a subnet has to stay in it: only an adapter in the same subnet will do.
    """
    if network is None or made_by_others(network, host.snapshot):
        return ()
    adapter = free_and_fitting(host, network)
    if adapter is None:
        return ()
    options = {**spec_of(network).options, INTERFACE: adapter_value([adapter.name])}
    title = N_(
        CONTEXT, "Recreate {name} on {adapter}, which is free", name=network.name, adapter=adapter.name
    )
    # On the adapter that it has now Windows would refuse it.
    return (made_again(host, network, with_options(network, options=options), title, undoable=False),)


def free_and_fitting(host: Host, network: Network) -> Adapter | None:
    """The first adapter that nobody has and on whose physical network the network can be."""
    free = free_adapters(host.snapshot, overlay=network.driver == "overlay") or ()
    return next((one for one in free if network.driver == "overlay" or _fits(network, one)), None)


def _fits(network: Network, adapter: Adapter) -> bool:
    around = adapter_prefixes(adapter)
    return all(any(own.subnet_of(one) for one in around) for own in network_prefixes(network))
