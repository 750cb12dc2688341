"""Where an adapter stands: free for a new external network or why not, and what a virtual host means.

The words for what :mod:`console.domain.host_adapters` works out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from console.domain.host_adapters import AdapterUse, adapter_uses, is_overlay, is_usable, team_of
from console.domain.snapshot import Adapter, Hypervisor, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Adapters"


VIRTUAL: Final = N_(
    CONTEXT,
    "This is a virtual adapter, such as a VPN's: containers on it would reach only what its program reaches.",
)
"""Why no network is put on an adapter that is no card unless someone asks for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a new network with an external vSwitch can have an adapter, and why or why not.

    ``free_for_overlay`` is also True for one that carries overlay networks only: they share. One that is
    not free is all the same to be had ``by_name`` where only its kind speaks against it.
    """

    free: bool
    reason: Text
    free_for_overlay: bool
    by_name: bool = False


def standing(adapter: Adapter, snapshot: Snapshot) -> Standing:
    """Where one adapter stands; for all of a host's adapters use :func:`standings`."""
    uses = [use for use in adapter_uses(snapshot) if use.adapter.casefold() == adapter.name.casefold()]
    return _standing(adapter, uses, snapshot)


def standings(snapshot: Snapshot) -> Mapping[str, Standing]:
    """Where every known adapter stands, by its name."""
    uses: dict[str, list[AdapterUse]] = {}
    for use in adapter_uses(snapshot):
        uses.setdefault(use.adapter.casefold(), []).append(use)
    return {
        adapter.name: _standing(adapter, uses.get(adapter.name.casefold(), []), snapshot)
        for adapter in snapshot.facts.adapters.known() or ()
    }


def _standing(adapter: Adapter, uses: list[AdapterUse], snapshot: Snapshot) -> Standing:
    unfit = _unfit_because(adapter, snapshot)
    if unfit is not None:
        return Standing(free=False, reason=unfit, free_for_overlay=False)
    if not uses and not is_usable(adapter):
        return Standing(free=False, reason=VIRTUAL, free_for_overlay=False, by_name=True)
    if not uses:
        reason = N_(CONTEXT, "Free: a new network can have this adapter.")
        return Standing(free=True, reason=reason, free_for_overlay=True)
    shared = is_usable(adapter) and all(is_overlay(use) for use in uses)
    return Standing(free=False, reason=_taken_because(uses), free_for_overlay=shared)


def _unfit_because(adapter: Adapter, snapshot: Snapshot) -> Text | None:
    if adapter.host_vnic:
        return N_(CONTEXT, "This is one of the host's own vNICs: no network can be bound to it.")
    if adapter.wireless:
        # reference, 2.1 (FW#2237, hcsshim#1477)
        return N_(CONTEXT, "Wireless adapters regularly fail under an external vSwitch.")
    if adapter.team_member:
        return in_a_team(team_of(adapter, snapshot))
    if adapter.status != "Up":
        return N_(CONTEXT, "The adapter is not connected (its status is {status}).", status=adapter.status)
    return None


def in_a_team(team: str) -> Text:
    """Why a card that is in a team carries no network; ``team`` is that team's own adapter, "" if unknown."""
    if team:
        return N_(
            CONTEXT, "It is in the network team {team}. Choose {team} itself instead of its members.",
            team=team,
        )  # fmt: skip
    return N_(CONTEXT, "It is in a network team. Choose the team's own adapter instead of its members.")


def _taken_because(uses: Iterable[AdapterUse]) -> Text:
    use = min(uses, key=lambda one: one.network is None)
    if use.network is not None:
        if is_overlay(use):
            return N_(
                CONTEXT,
                "The overlay network {network} uses it. Further overlay networks can share it, others "
                "need an adapter of their own.",
                network=use.network.name,
            )
        return N_(
            CONTEXT,
            "The {driver} network {network} uses it. Each network on an external vSwitch needs an "
            "adapter of its own.",
            driver=use.network.driver,
            network=use.network.name,
        )
    if not use.visible:
        return N_(
            CONTEXT,
            "The vSwitch {switch} is bound to it, and Docker doesn't see that switch: a new network here "
            "would fail. Restart the services hns and docker to make it visible, or choose another adapter.",
            switch=use.vswitch,
        )
    return N_(
        CONTEXT,
        "The vSwitch {switch} is bound to it: docker would use that switch instead of making one.",
        switch=use.vswitch,
    )


@dataclass(frozen=True, slots=True)
class MachineMeaning:
    """What the machine a host runs on means for its containers' networks.

    ``machine`` says what it is, ``dhcp`` whether containers get addresses by DHCP, ``mac_spoofing``
    what has to be set for the containers' own MAC addresses, and where.
    """

    machine: Text
    dhcp: Text
    mac_spoofing: Text


_DHCP_NEEDS_IT = N_(
    CONTEXT, "Containers on transparent networks get an address from DHCP only once that is allowed."
)

# seed, "To use DHCP for IP assignment on a virtual container host enable MACAddressSpoofing";
# reference, 2.1 and 3.4 for Azure.
_MEANINGS: Final = {
    Hypervisor.NONE: MachineMeaning(
        N_(CONTEXT, "This host is a physical machine."),
        N_(CONTEXT, "Containers on transparent networks can get addresses from DHCP."),
        N_(CONTEXT, "Nothing needs to be set for the containers' MAC addresses."),
    ),
    Hypervisor.HYPER_V: MachineMeaning(
        N_(CONTEXT, "This host is a Hyper-V virtual machine."),
        _DHCP_NEEDS_IT,
        N_(
            CONTEXT,
            "MAC address spoofing must be on for this machine's network adapter, set on the Hyper-V host, "
            "not inside this machine. Otherwise Hyper-V blocks what containers on transparent networks "
            "send.",
        ),
    ),
    Hypervisor.AZURE: MachineMeaning(
        N_(CONTEXT, "This host is a virtual machine in Azure."),
        N_(CONTEXT, "Transparent networks, and so DHCP for containers, don't work in Azure."),
        N_(CONTEXT, "Azure blocks all other MAC addresses, whatever is set: use nat or l2bridge."),
    ),
    Hypervisor.VMWARE: MachineMeaning(
        N_(CONTEXT, "This host is a VMware virtual machine."),
        _DHCP_NEEDS_IT,
        N_(
            CONTEXT,
            "Promiscuous mode must be allowed on the machine's port group in vSphere (VMware knowledge base "
            "1004099).",
        ),
    ),
    Hypervisor.OTHER: MachineMeaning(
        N_(CONTEXT, "This host is a virtual machine of another hypervisor."),
        _DHCP_NEEDS_IT,
        N_(CONTEXT, "The hypervisor must allow several MAC addresses on the machine's adapter."),
    ),
}


def machine_meaning(snapshot: Snapshot) -> MachineMeaning | None:
    """What the host's machine means; None where it isn't known what the host runs on."""
    hypervisor = snapshot.facts.hypervisor.known()
    return _MEANINGS[hypervisor] if hypervisor is not None else None
