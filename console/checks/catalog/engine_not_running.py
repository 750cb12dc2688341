"""Nobody answers where the engine should (reference, 4.6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.checks.docker_desktop import SERVICE as DESKTOP
from console.checks.docker_desktop import started_by_hand
from console.domain.failure import FailureKind
from console.domain.host_actions import restart_service, service_blocked_because, start_service
from console.domain.host_inventory import Service, ServiceStatus
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.text import N_, verbatim

CONTEXT = "Check engine-not-running"
_ENGINE = "docker"
_LAST_WORDS = "Get-WinEvent -ProviderName docker -MaxEvents 20 | Format-List TimeCreated, Message"


def _find(host: Host) -> Iterator[Symptom]:
    failure = host.snapshot.engine.failure
    if failure is None or failure.kind is not FailureKind.NOT_RUNNING:
        return
    services = _engine_services(host)
    states = tuple(
        N_(
            CONTEXT, "The status of the service {name} is {status}.",
            name=one.name, status=one.status.value,
        )
        for one in services
    )  # fmt: skip
    told = N_(CONTEXT, "The engine does not answer: {raw}", raw=verbatim(failure.raw))
    none = () if states else (N_(CONTEXT, "No service of an engine is installed on this host."),)
    down = next((one for one in services if one.status is not ServiceStatus.RUNNING), None)
    yield Symptom(ref_of(down or services[0]) if services else None, (told, *states, *none))


def _engine_services(host: Host) -> tuple[Service, ...]:
    found = {one.name.casefold(): one for one in host.snapshot.facts.services.known() or ()}
    named = (found.get(name) for name in (_ENGINE, DESKTOP))
    return tuple(one for one in named if one is not None and one.status is not ServiceStatus.MISSING)


def _remedies(host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    services = _engine_services(host)
    if not services:
        install = N_(CONTEXT, "Install Docker Engine or Docker Desktop on this host, or choose another host.")
        return (Remedy(N_(CONTEXT, "Install an engine"), steps=(install,)),)
    return tuple(remedy for one in services for remedy in _of(one, host))


def _of(service: Service, host: Host) -> tuple[Remedy, ...]:
    if service.name.casefold() == _ENGINE:
        return (_of_service(service, host), _look_why())
    # Restarting Desktop's helper starts no engine; the application needs it, and mostly starts it by itself.
    if service.status is ServiceStatus.RUNNING:
        return (started_by_hand(),)
    helper = _of_service(service, host)
    title = N_(CONTEXT, "Start the service {name}, if Docker Desktop can't", name=service.name)
    return (started_by_hand(), replace(helper, title=title))


def _of_service(service: Service, host: Host) -> Remedy:
    if service.status is ServiceStatus.RUNNING:
        title = N_(CONTEXT, "Restart the service {name}", name=service.name)
        return Remedy(title, plan=restart_service(service, host.snapshot))
    title = N_(CONTEXT, "Start the service {name}", name=service.name)
    blocked = service_blocked_because(service, "Start")
    if blocked is not None:
        return Remedy(title, steps=(blocked,))
    return Remedy(title, plan=start_service(service, host.snapshot))


def _look_why() -> Remedy:
    return Remedy(
        N_(CONTEXT, "If it stops again, find out why"),
        steps=(
            N_(CONTEXT, "Its last messages are in the event log: {command}", command=verbatim(_LAST_WORDS)),
            N_(
                CONTEXT,
                "Paste them into Explain, which knows why an engine may not start.",
            ),
        ),
    )


CHECK = Check(
    id="engine-not-running",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Docker Engine is not running"),
    reason=N_(
        CONTEXT,
        "Nothing listens on the engine's pipe or port. Every docker command fails with 'The system cannot "
        "find the file specified', and containers don't run.",
    ),
    needs=("services",),
    find=_find,
    remedies=_remedies,
    source="reference, 4.6 and 6.1 (checks 5 and 6)",
)
