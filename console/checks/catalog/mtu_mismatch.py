"""Containers send larger packets than the host's way out takes (reference, 5.4 and 6.3)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.addressing import adapter_prefixes, prefix_index
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.setting_actions import set_mtu
from console.domain.snapshot import HOST_COMPARTMENT, Adapter
from console.domain.text import N_, verbatim

CONTEXT = "Check mtu-mismatch"
_LARGEST_METRIC = 1 << 32


def _way_out(host: Host) -> Adapter | None:
    """The interface of the default route that Windows takes: that of the lowest metric."""
    ways = [
        one
        for one in host.snapshot.facts.adapters.known() or ()
        if one.gateways and one.compartment == HOST_COMPARTMENT and one.status == "Up" and one.mtu
    ]
    return min(ways, key=lambda one: _LARGEST_METRIC if one.metric is None else one.metric, default=None)


def _find(host: Host) -> Iterator[Symptom]:
    out = _way_out(host)
    if out is None or out.mtu is None:
        return
    larger = [
        one
        for one in host.snapshot.facts.adapters.known() or ()
        if one.host_vnic and one.name != out.name and one.mtu and one.mtu > out.mtu
    ]
    way = N_(
        CONTEXT, "The host's traffic leaves through {name}, whose MTU is {mtu}.", name=out.name, mtu=out.mtu
    )
    for vnic in larger:
        if _carries_nat(host, vnic):
            own_mtu = N_(CONTEXT, "The MTU of {name} is {mtu}.", name=vnic.name, mtu=vnic.mtu or 0)
            yield Symptom(ref_of(vnic), (own_mtu, way))


def _carries_nat(host: Host, vnic: Adapter) -> bool:
    """Whether a vNIC is on a nat network: their packets alone go through the host's own stack."""
    index = prefix_index(host.snapshot)
    beside = (network for own in adapter_prefixes(vnic) for network in index.overlapping_networks(own))
    return any(network.driver == "nat" for network in beside)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    vnic, out = host.relations.find(subject) if subject else None, _way_out(host)
    if not isinstance(vnic, Adapter) or out is None or out.mtu is None or vnic.index is None or not vnic.mtu:
        return ()
    inside = Remedy(
        N_(CONTEXT, "Set it in the image, for future containers"),
        steps=(
            N_(
                CONTEXT, "In the image's start script: {command}",
                command=verbatim(f"Get-NetIPInterface | Set-NetIPInterface -NlMtuBytes {out.mtu}"),
            ),
        ),
    )  # fmt: skip
    lasts = N_(CONTEXT, "After a restart of the container its interface has the old MTU again.")
    own = vnic.compartment == HOST_COMPARTMENT
    title = N_(CONTEXT, "Set the MTU of {name} to {mtu}", name=vnic.name, mtu=out.mtu)
    return (Remedy(title, plan=set_mtu(vnic, out.mtu), interrupts=() if own else (lasts,)), inside)


CHECK = Check(
    id="mtu-mismatch",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "Containers send larger packets than the route out can carry"),
    reason=N_(
        CONTEXT,
        "A VPN, PPPoE or cloud network carries less than 1500 bytes per packet. Small packets pass and "
        "large ones are lost: ping and name resolution work, while downloads, TLS and docker build hang.",
    ),
    needs=("engine", "networks", "adapters"),
    find=_find,
    remedies=_remedies,
    source="reference, 5.4 (MTU of host vNICs) and 6.3",
)
