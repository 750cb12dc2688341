"""A network's VLAN needs a trunk on the physical switch (seed, "Set the VLAN ID for a Network")."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.by_hand import quoted
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.drivers.adapter_option import adapter_names
from console.domain.drivers.options import INTERFACE, VLAN_ID
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Adapter, Hypervisor, Network
from console.domain.text import N_, Text, verbatim

CONTEXT = "Check vlan-trunk"
_VLAN_IDS = range(1, 4095)
_DRIVERS = ("transparent", "l2bridge")


def _vlan(network: Network) -> str:
    """The VLAN whose tags a network's frames have; "" where they have none."""
    vlan = network.option(VLAN_ID).strip()
    return vlan if network.driver in _DRIVERS and vlan not in {"", "0"} else ""


def _find(host: Host) -> Iterator[Symptom]:
    for network in host.networks_of(*_DRIVERS):
        vlan = _vlan(network)
        if not vlan:
            continue
        facts = [N_(CONTEXT, "{name} is in the VLAN {vlan}.", name=network.name, vlan=vlan)]
        adapters = adapter_names(network.option(INTERFACE))
        if adapters:
            facts.append(N_(CONTEXT, "Its traffic leaves through {adapters}.", adapters=", ".join(adapters)))
        if not vlan.isdecimal() or int(vlan) not in _VLAN_IDS:
            facts.append(N_(CONTEXT, "That is not a VLAN ID: they run from 1 to 4094."))
        facts += [
            N_(
                CONTEXT, "{name} itself is set to the VLAN {vlan}, so it drops all other tags.",
                name=one.name, vlan=one.vlan or 0,
            )
            for one in _own_vlans(host, network)
        ]  # fmt: skip
        yield Symptom(ref_of(network), tuple(facts))


def _own_vlans(host: Host, network: Network) -> Iterator[Adapter]:
    """The adapters of a network that have a VLAN of their own by their driver's setting."""
    names = {one.casefold() for one in adapter_names(network.option(INTERFACE))}
    for adapter in (host.snapshot.facts.adapters.known() or ()) if names else ():
        if adapter.name.casefold() in names and adapter.vlan and not adapter.host_vnic:
            yield adapter


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    networks = host.snapshot.networks.known() or ()
    network = next((one for one in networks if ref_of(one) == subject), None)
    if network is None:
        return ()
    own = tuple(
        N_(CONTEXT, "As an administrator: {command}",
           command=verbatim(f"Set-NetAdapter -Name {quoted(one.name)} -VlanID 0"))
        for one in _own_vlans(host, network)
    )  # fmt: skip
    title = N_(CONTEXT, "Make the port that the adapter is plugged into a trunk")
    trunk = Remedy(title, steps=_trunk(host, _vlan(network)))
    if not own:
        return (trunk,)
    untag = Remedy(
        N_(CONTEXT, "Remove the adapter's own VLAN"),
        steps=own,
        interrupts=(N_(CONTEXT, "The host's own traffic in that VLAN is cut off."),),
    )
    return (untag, trunk)


def _trunk(host: Host, vlan: str) -> tuple[Text, ...]:
    hypervisor = host.snapshot.facts.hypervisor.known()
    windows = host.snapshot.facts.windows.known()
    if hypervisor is Hypervisor.HYPER_V:
        machine = windows.computer if windows else "ContainerHostVM"
        command = (
            f"Set-VMNetworkAdapterVlan -VMName {quoted(machine)} -Trunk "
            f"-AllowedVlanIdList {quoted(vlan)} -NativeVlanId 0"
        )
        return (
            N_(
                CONTEXT, "On the Hyper-V host, with the name this machine has there: {command}",
                command=verbatim(command),
            ),
            N_(CONTEXT, "The switch port of the Hyper-V host must be a trunk as well."),
        )  # fmt: skip
    if hypervisor is Hypervisor.VMWARE:
        return (
            N_(CONTEXT, "In vSphere, open the port group that this machine's network card is on."),
            N_(CONTEXT, "Set its VLAN type to VLAN trunking (VLAN ID 4095 on a standard switch)."),
        )
    command = f"switchport trunk allowed vlan add {vlan}"
    return (
        N_(CONTEXT, "Set the port to trunk mode for this VLAN."),
        N_(CONTEXT, "On many switches, for that port: {command}", command=verbatim(command)),
    )


CHECK = Check(
    id="vlan-trunk",
    severity=Severity.NOTE,
    title=N_(CONTEXT, "A VLAN needs a trunk on the physical network"),
    reason=N_(
        CONTEXT,
        "Containers on this network send tagged frames. A port that is not in trunk mode for the VLAN "
        "drops them, which can't be seen from this host.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source='seed, "Set the VLAN ID for a Network"; reference, 1.1 and 5.1',
)
