"""Windows services that have to run, and starting them."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Host, Remedy, Symptom
from console.domain.host_actions import service_blocked_because, start_service
from console.domain.host_inventory import Service, ServiceStatus
from console.domain.object_ref import ref_of
from console.domain.text import N_

CONTEXT = "Checks"
_DOWN = frozenset({ServiceStatus.STOPPED, ServiceStatus.MISSING, ServiceStatus.PAUSED})


def stopped(host: Host, name: str) -> Iterator[Symptom]:
    """The service of that name, where it does not run."""
    for service in _named(host, name):
        if service.status in _DOWN:
            fact = N_(
                CONTEXT, "The status of the service {name} is {status}.",
                name=service.name, status=service.status.value,
            )  # fmt: skip
            yield Symptom(ref_of(service), (fact,))


def is_installed(host: Host, name: str) -> bool:
    """Whether a service of that name is on the host, running or not."""
    return any(one.status is not ServiceStatus.MISSING for one in _named(host, name))


def start_of(host: Host, name: str) -> tuple[Remedy, ...]:
    """Starting it, or what stands in the way of that."""
    for service in _named(host, name):
        blocked = service_blocked_because(service, "Start")
        title = N_(CONTEXT, "Start the service {name}", name=name)
        if blocked is not None:
            return (Remedy(title, steps=(blocked,)),)
        return (Remedy(title, plan=start_service(service, host.snapshot)),)
    return ()


def _named(host: Host, name: str) -> Iterator[Service]:
    for service in host.snapshot.facts.services.known() or ():
        if service.name.casefold() == name.casefold():
            yield service
