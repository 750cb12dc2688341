"""HNS itself says that a network of Docker's is not well (reference, 5.4 and 6.1)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.hns_restart import restart_of_hns
from console.domain.host_inventory import HnsNetwork
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.stale import is_windows_own
from console.domain.text import N_, Text

CONTEXT = "Check hns-network-degraded"
_WELL = frozenset({None, 1})
_UNSIGNED = 0xFFFFFFFF


def _find(host: Host) -> Iterator[Symptom]:
    for hns in host.snapshot.facts.hns_networks.known() or ():
        # Those of Windows' own are Hyper-V's and WSL's matter: no container depends on them.
        if (hns.state in _WELL and not hns.last_error_code) or is_windows_own(hns):
            continue
        network = host.relations.network_of(hns)
        if network is not None:
            facts = tuple(_facts(hns))
            named = N_(CONTEXT, "Docker calls it {name}.", name=network.name)
            yield Symptom(ref_of(hns), (*facts, named))


def _facts(network: HnsNetwork) -> Iterator[Text]:
    if network.state not in _WELL:
        yield N_(CONTEXT, "HNS reports its state as {state}; 1 is healthy.", state=network.state or 0)
    if network.last_error_code:
        code = f"0x{network.last_error_code & _UNSIGNED:08x}"
        yield N_(CONTEXT, "The last HNS operation on it failed with {code}.", code=code)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    restart = restart_of_hns(host, N_(CONTEXT, "Restart hns and docker"))
    found = host.relations.find(subject) if subject else None
    network = host.relations.network_of(found) if isinstance(found, HnsNetwork) else None
    if network is not None and made_by_others(network, host.snapshot):
        return restart  # Docker could not make another like it
    again = Remedy(
        N_(CONTEXT, "Recreate the network"),
        steps=(
            N_(
                CONTEXT, "Duplicate it under another name, connect its containers to the copy, and remove it."
            ),
        ),
        interrupts=(N_(CONTEXT, "Its containers are disconnected meanwhile."),),
    )
    return (*restart, again)


CHECK = Check(
    id="hns-network-degraded",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Host Networking Service could not keep a network up"),
    reason=N_(
        CONTEXT,
        "Windows lists the network, but something that belongs to it is missing: its vNIC, its NAT or its "
        "policies. Containers on it fail to start, or reach nothing.",
    ),
    needs=("engine", "networks", "hns_networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 5.4, and 6.1 in place of its check 17, which is a false alarm on current Windows",
)
