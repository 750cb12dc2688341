"""The remedy of what can't be changed of a network: to make it again, with its containers."""

from __future__ import annotations

from console.checks.check import Host, Remedy
from console.domain.conversion import spec_of
from console.domain.network_origin import made_by_others
from console.domain.object_ref import ObjectKind, ObjectRef
from console.domain.recreation import consequences, recreation, recreation_blocked_because
from console.domain.snapshot import Network
from console.domain.spec import NetworkSpec, SubnetSpec
from console.domain.text import N_, Text

CONTEXT = "Checks"


def network_at(host: Host, subject: ObjectRef | None) -> Network | None:
    """The network that a finding is about; None where it is about something else."""
    if subject is None or subject.kind is not ObjectKind.NETWORK:
        return None
    networks = host.snapshot.networks.known() or ()
    return next((one for one in networks if one.id == subject.id), None)


def made_again(
    host: Host,
    network: Network,
    spec: NetworkSpec,
    title: Text,
    *,
    undoable: bool = True,
    hides: tuple[Text, ...] = (),
) -> Remedy:
    """Make ``network`` again as ``spec``. Where no plan may do it, the remedy says why.

    ``undoable`` False: Windows would refuse to make it again as it is. ``hides`` is what its new prefix keeps
    the host from reaching. What Windows or another program made is left alone: Docker could not make that.
    """
    blocked = recreation_blocked_because(network, host.snapshot)
    if blocked is not None and made_by_others(network, host.snapshot):
        return Remedy(title, steps=(blocked,))
    interrupts = (*consequences(network, host.snapshot), *hides)
    if blocked is not None:
        by_hand = N_(CONTEXT, "Then remove the network and create it again.")
        return Remedy(title, steps=(blocked, by_hand), interrupts=interrupts)
    plan = recreation(network, spec, host.snapshot, undoable=undoable)
    return Remedy(title, plan=plan, interrupts=interrupts)


def with_options(network: Network, **changes: object) -> NetworkSpec:
    """What would make ``network`` again but for these settings of its spec."""
    return spec_of(network).model_copy(update=changes)


def with_subnet(network: Network, subnet: str, gateway: str) -> NetworkSpec:
    """What would make ``network`` again on that subnet alone."""
    return with_options(network, subnets=(SubnetSpec(subnet=subnet, gateway=gateway),))
