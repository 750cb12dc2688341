"""An overlay network on a host that can't carry it (reference, 2.6 and 4.2, 0x490)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.another_network import made_again, network_at, with_options
from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.conversion import spec_of
from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.snapshot import Network
from console.domain.text import N_, Text

CONTEXT = "Check overlay-prerequisites"
_LOWEST_VXLAN_ID = 4096
# The update that overlay networks need, by build: its number and the revision it brings.
_UPDATES = {14393: ("KB4015217", 1066), 17763: ("KB4489899", 379)}


def _find(host: Host) -> Iterator[Symptom]:
    missing = _missing_update(host)
    for network in host.networks_of("overlay"):
        facts = (*missing, *_low_ids(network))
        if facts:
            yield Symptom(ref_of(network), facts)


def _missing_update(host: Host) -> tuple[Text, ...]:
    engine = host.snapshot.engine.known()
    windows = engine.windows if engine else None
    if windows is None or windows.revision is None or windows.build not in _UPDATES:
        return ()
    update, revision = _UPDATES[windows.build]
    if windows.revision >= revision:
        return ()
    version = f"{windows.build}.{windows.revision}"
    return (
        N_(CONTEXT, "Windows is at {version}, without the update {update}.", version=version, update=update),
    )


def _low_ids(network: Network) -> tuple[Text, ...]:
    words = (word.strip() for word in network.option(VXLAN_ID_LIST).split(","))
    low = [word for word in words if word.isdecimal() and int(word) < _LOWEST_VXLAN_ID]
    if not low:
        return ()
    return (N_(CONTEXT, "The VXLAN ID of {name} is {ids}.", name=network.name, ids=", ".join(low)),)


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    network = network_at(host, subject)
    if network is None:
        return ()
    update = Remedy(
        N_(CONTEXT, "Update Windows"),
        steps=(N_(CONTEXT, "Install the latest cumulative update and restart the computer."),),
        interrupts=(N_(CONTEXT, "The computer restarts: all containers stop."),),
        restart_needed=True,
    )
    options = {key: value for key, value in spec_of(network).options.items() if key != VXLAN_ID_LIST}
    title = N_(CONTEXT, "Recreate it without a VXLAN ID, so that the swarm chooses one that works")
    low = bool(_low_ids(network))
    again = (made_again(host, network, with_options(network, options=options), title),) if low else ()
    return (*again, *((update,) if _missing_update(host) else ()))


CHECK = Check(
    id="overlay-prerequisites",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "An overlay network can't work on this host"),
    reason=N_(
        CONTEXT,
        "Windows supports overlay networks with VXLAN IDs from 4096 up, and the first releases of Windows "
        "Server 2016 and 2019 only with an update. Containers on it fail to start.",
    ),
    needs=("engine", "networks"),
    find=_find,
    remedies=_remedies,
    source='seed, "Windows Container Network Drivers"; reference, 2.6 and 4.2',
    drivers=frozenset({"overlay"}),
)
