"""There is no network at all that a container could be on (reference, 6.1, checks 14 and 15)."""

from __future__ import annotations

from collections.abc import Iterator

from console.checks.check import Check, Host, Remedy, Severity, Symptom
from console.domain.object_ref import ObjectRef
from console.domain.plan import CreateNetwork, Plan
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CONTEXT = "Check no-container-network"
_NO_DEFAULT = "none"
_NAME = "containers"


def _find(host: Host) -> Iterator[Symptom]:
    if any(one.driver != "null" for one in host.snapshot.networks.known() or ()):
        return
    configuration = host.snapshot.facts.engine_configuration.known()
    # Without this setting the default network should be there: that is a check of its own.
    if configuration is not None and configuration.bridge == _NO_DEFAULT:
        yield Symptom(
            None,
            (
                N_(CONTEXT, "Docker has no network except “none”."),
                N_(CONTEXT, 'daemon.json says "bridge": "none", so Docker creates no default network.'),
            ),
        )


def _remedies(_host: Host, _subject: ObjectRef | None) -> tuple[Remedy, ...]:
    plan = Plan(
        title=N_(CONTEXT, "Create the nat network {name}", name=_NAME),
        steps=(CreateNetwork(spec=NetworkSpec(name=_NAME, driver="nat")),),
    )
    default = Remedy(
        N_(CONTEXT, "Let Docker create its default network"),
        steps=(
            N_(CONTEXT, 'Remove "bridge": "none" from daemon.json.'),
            N_(CONTEXT, "Restart the service docker."),
        ),
        interrupts=(N_(CONTEXT, "All containers stop while Docker restarts."),),
    )
    return (Remedy(N_(CONTEXT, "Create a nat network"), plan=plan), default)


CHECK = Check(
    id="no-container-network",
    severity=Severity.WARNING,
    title=N_(CONTEXT, "There is no network for containers"),
    reason=N_(
        CONTEXT,
        "A container reaches others and the outside through a nat, transparent, l2bridge or overlay "
        "network. Without one it can only be run with --network none.",
    ),
    needs=("engine", "networks", "engine_configuration"),
    find=_find,
    remedies=_remedies,
    source="reference, 2.4 and 6.1 (Debug-ContainerHost.ps1)",
)
