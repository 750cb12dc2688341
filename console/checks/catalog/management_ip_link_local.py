"""HNS took an address of the host's that no DHCP server gave (reference, 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.hns_restart import restart_of_hns
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.text import N_, verbatim

CONTEXT = "Check management-ip-link-local"
_LINK_LOCAL = "169.254."


def _find(host: Host) -> Iterator[Symptom]:
    for network in host.snapshot.facts.hns_networks.known() or ():
        if network.management_ip.startswith(_LINK_LOCAL):
            ref = ref_of(network)
            fact = N_(
                CONTEXT, "HNS has {address} as the host's address on {name}.",
                address=network.management_ip, name=host.relations.title_of(ref),
            )  # fmt: skip
            yield Symptom(ref, (fact,))


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    address = Remedy(
        N_(CONTEXT, "Give the adapter an address first"),
        steps=(
            N_(CONTEXT, "See which one it has now: {command}", command=verbatim("ipconfig /all")),
            N_(CONTEXT, "If DHCP gave none: {command}", command=verbatim("ipconfig /renew")),
            N_(CONTEXT, "Then restart hns and docker, so that HNS reads it again."),
        ),
    )
    again = Remedy(
        N_(CONTEXT, "Recreate the network"),
        steps=(N_(CONTEXT, "HNS takes the address that the adapter has when a network is created."),),
        interrupts=(N_(CONTEXT, "Its containers are disconnected meanwhile."),),
    )
    title = N_(CONTEXT, "Restart hns and docker, once the adapter has its address")
    return (address, *restart_of_hns(host, title), again)


CHECK = Check(
    id="management-ip-link-local",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A network was created while the host had no address"),
    reason=N_(
        CONTEXT,
        "Overlay and l2bridge networks send their traffic from this address. Windows makes up a 169.254 "
        "address while DHCP does not answer: nothing outside can reply to it.",
    ),
    needs=("hns_networks",),
    find=_find,
    remedies=_remedies,
    source="reference, 6.4 (networkhealth.ps1)",
)
