"""Containers can't look up names (reference, 1.1 "disable_gatewaydns", 2.8 and 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.conversion import spec_of
from console.domain.drivers.options import WINDOWS_PREFIX
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_

CONTEXT = "Check container-dns"
_DISABLED = WINDOWS_PREFIX + "disable_gatewaydns"
_SERVERS = WINDOWS_PREFIX + "dnsservers"
_TRUE = frozenset({"1", "t", "true"})
# moby#47370: names were not resolved on the default nat network (reference, 2.8).
_BROKEN_ENGINES = re.compile(r"25\.0\.[0-3](?!\d)")


def _find(host: Host) -> Iterator[Symptom]:
    engine = host.snapshot.engine.known()
    broken = engine is not None and _BROKEN_ENGINES.match(engine.version) is not None
    for network in host.each(host.networks_of("nat")):
        if _switched_off(network):
            facts = (
                N_(CONTEXT, "{name} has the option disable_gatewaydns.", name=network.name),
                N_(CONTEXT, "{name} has no DNS server of its own.", name=network.name),
            )
            yield Symptom(ref_of(network), facts)
        elif broken and engine is not None and network.name == "nat":
            fact = N_(CONTEXT, "The engine is {version}.", version=engine.version)
            yield Symptom(ref_of(network), (fact,))


def _switched_off(network: Network) -> bool:
    if _DISABLED not in network.options:
        return False
    return network.option(_DISABLED).casefold() in _TRUE and not network.option(_SERVERS).strip(" ,")


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    if not _switched_off(network):
        update = N_(CONTEXT, "25.0.4 is the first version that resolves names on the network nat again.")
        own = N_(CONTEXT, "Or put the containers on a nat network of your own, where names are resolved.")
        return (
            Remedy(N_(CONTEXT, "Use a network of your own"), steps=(own,)),
            Remedy(
                N_(CONTEXT, "Update the engine"),
                steps=(update,),
                interrupts=(N_(CONTEXT, "All containers stop while the engine is updated."),),
            ),
        )
    by_hand = Remedy(
        N_(CONTEXT, "Give each container a DNS server"),
        steps=(
            N_(CONTEXT, "Run it with --dns. It then resolves that server's names, not those of containers."),
        ),
    )
    options = {key: value for key, value in spec_of(network).options.items() if key != _DISABLED}
    title = N_(CONTEXT, "Recreate the network without the option")
    return (by_hand, made_again(host, network, with_options(network, options=options), title))


CHECK = Check(
    id="container-dns",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Containers can't look up names"),
    reason=N_(
        CONTEXT,
        "Docker's own DNS server at the network's gateway answers for the names of containers and asks the "
        "host's servers for the rest. Where it is off or does not work, no name is resolved.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 1.1, 2.8 and 2.9",
)
