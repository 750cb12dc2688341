"""A running container's endpoint is not attached (reference, 5.3 and 6.4)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.container_steps import RestartContainer
from console.domain.host_inventory import HnsEndpointState
from console.domain.object_ref import ObjectRef, ref_of
from console.domain.plan import Plan
from console.domain.text import N_

CONTEXT = "Check endpoint-not-attached"
# One that is only created may be on its way: these are not.
_BROKEN = frozenset({HnsEndpointState.DETACHED, HnsEndpointState.DEGRADED, HnsEndpointState.DESTROYED})


def _find(host: Host) -> Iterator[Symptom]:
    for endpoint in host.snapshot.facts.hns_endpoints.known() or ():
        if endpoint.state not in _BROKEN or endpoint.remote:
            continue
        ref = ref_of(endpoint)
        names = [one.name for one in host.relations.containers_of(ref) if one.running]
        if names:
            fact = N_(
                CONTEXT, "HNS reports the endpoint {title} of the running container {name} as {state}.",
                title=host.relations.title_of(ref), name=", ".join(names), state=endpoint.state.value.lower(),
            )  # fmt: skip
            yield Symptom(ref, (fact,))


def _remedies(host: Host, subject: ObjectRef | None) -> tuple[Remedy, ...]:
    containers = host.relations.containers_of(subject) if subject else ()
    steps = tuple(
        RestartContainer(container=one.id, container_name=one.name) for one in containers if one.running
    )
    if not steps:
        return ()
    title = N_(CONTEXT, "Restart the container to give it a new endpoint")
    return (Remedy(title, plan=Plan(title=title, steps=steps)),)


CHECK = Check(
    id="endpoint-not-attached",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "A running container is cut off from its network"),
    reason=N_(
        CONTEXT,
        "Docker shows the container as connected, but its HNS endpoint is no longer attached: it can "
        "neither send nor receive.",
    ),
    needs=("engine", "networks", "containers", "hns_endpoints", "hns_networks"),
    find=_find,
    remedies=_remedies,
    source="reference, 5.3 and 6.4 (networkhealth.ps1)",
)
