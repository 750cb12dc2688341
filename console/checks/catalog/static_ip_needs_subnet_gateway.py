"""A fixed address without subnet and gateway (seed, "Remember to specify --subnet and --gateway")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_subnet
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.physical_network import PhysicalSubnet, physical_subnets
from console.domain.addressing import network_prefixes
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectKind, ObjectRef, ref_of
from console.domain.recreation import reattachment
from console.domain.removal import Attachment
from console.domain.snapshot import Container, Endpoint, Network
from console.domain.text import N_

CONTEXT = "Check static-ip-needs-subnet-gateway"
_DRIVERS = ("transparent", "l2bridge")


def _find(host: Host) -> Iterator[Symptom]:
    networks = {one.id: one for one in host.networks_of(*_DRIVERS)}
    for network in networks.values():
        bare = [pool.subnet for pool in network.pools if not pool.gateway.strip("0.") and pool.subnet]
        prefixes = network_prefixes(network)
        # A plugin of Kubernetes gives each endpoint its gateway itself.
        if prefixes and bare and not made_by_others(network, host.snapshot):
            fact = N_(
                CONTEXT, "{name} has the subnet {subnet} and no gateway.",
                name=network.name, subnet=", ".join(map(str, prefixes)),
            )  # fmt: skip
            yield Symptom(ref_of(network), (fact,))
    if not networks:
        return
    for container in host.snapshot.containers.known() or ():
        for endpoint, network in _addressed(container, networks):
            facts = (
                N_(
                    CONTEXT, "{container} asks for {address} on {network}.",
                    container=container.name, address=endpoint.configured_address, network=network.name,
                ),
                N_(CONTEXT, "{network} was created without a subnet.", network=network.name),
            )  # fmt: skip
            yield Symptom(ref_of(container), facts)
            break


def _addressed(container: Container, networks: dict[str, Network]) -> Iterator[tuple[Endpoint, Network]]:
    for endpoint in container.endpoints:
        network = networks.get(endpoint.network_id)
        if network is not None and endpoint.configured_address and not network_prefixes(network):
            yield endpoint, network


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is not None:
        return _with_the_physical_subnet(host, network)
    container = host.relations.find(subject) if subject else None
    if subject is None or subject.kind is not ObjectKind.CONTAINER or not isinstance(container, Container):
        return ()
    networks = {one.id: one for one in host.networks_of(*_DRIVERS)}
    for endpoint, network in _addressed(container, networks):
        dhcp = Remedy(
            N_(CONTEXT, "Let {name} get its address from DHCP", name=container.name),
            plan=reattachment(network, Attachment(container, endpoint)),
        )
        return (dhcp, *_with_the_physical_subnet(host, network))
    return ()


def _with_the_physical_subnet(host: Host, network: Network) -> tuple[Remedy, ...]:
    found = [one for one in physical_subnets(host, network) if one.gateway]
    if not found:
        step = N_(CONTEXT, "Recreate it with the subnet and gateway of the physical network.")
        return (Remedy(N_(CONTEXT, "Specify subnet and gateway"), steps=(step,)),)
    return (_with_subnet(host, network, found[0]),)


def _with_subnet(host: Host, network: Network, physical: PhysicalSubnet) -> Remedy:
    title = N_(
        CONTEXT, "Recreate {name} with the subnet {subnet} and the gateway {gateway}",
        name=network.name, subnet=physical.prefix, gateway=physical.gateway,
    )  # fmt: skip
    return made_again(host, network, with_subnet(network, str(physical.prefix), physical.gateway), title)


CHECK = Check(
    id="static-ip-needs-subnet-gateway",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A fixed address needs a subnet and a gateway"),
    reason=N_(
        CONTEXT,
        "The address is set inside the container, with the network's prefix and gateway. Without them the "
        "container has a wrong mask and no route out, although Docker starts it.",
    ),
    needs=("engine", "networks", "containers"),
    find=_find,
    remedies=_remedies,
    source='seed, "Remember to specify --subnet and --gateway when using static IP assignment"',
)
