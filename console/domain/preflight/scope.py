"""Rules about scope, attachability, the ingress network and configuration networks."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_

_SOURCE = "reference, 2.2 check 9"


@rule("scope-unknown", source=_SOURCE, engines=Engines.ALL)
def scope_unknown(case: Case) -> Iterator[Objection]:
    """There are two scopes to ask for."""
    if case.spec.scope not in {"", "local", "swarm", "global"}:
        yield error(
            Field.SCOPE,
            N_("Preflight", "{scope} is not a scope.", scope=case.spec.scope),
            N_("Preflight", "A network is local to one engine or belongs to the swarm."),
            "local",
        )


@rule("scope-local-overlay", source=_SOURCE, engines=Engines.ALL)
def scope_local_overlay(case: Case) -> Iterator[Objection]:
    """Overlay networks belong to the swarm."""
    if case.is_driver("overlay") and case.spec.scope == "local":
        yield error(
            Field.SCOPE,
            N_("Preflight", "An overlay network can't be local."),
            N_("Preflight", "The engine says: “cannot downgrade network scope for overlay networks”."),
            "swarm",
        )


@rule("scope-swarm", source=f"{_SOURCE}; reference, 2.7", engines=Engines.ALL)
def scope_swarm(case: Case) -> Iterator[Objection]:
    """Swarm scope needs a swarm, a manager, and a driver that can have it."""
    if case.spec.scope != "swarm" or case.is_driver("overlay"):
        return
    if case.driver is not None and not case.driver.swarm_scope:
        yield error(
            Field.SCOPE,
            N_("Preflight", "Networks of the driver {driver} are local.", driver=case.driver.name),
            N_("Preflight", "On Windows nat, l2bridge and internal networks can have swarm scope."),
            "local",
        )
    if case.engine is None or case.engine.swarm.manager:
        return
    if case.engine.swarm.active:
        why = N_(
            "Preflight",
            "The engine says: “Cannot create a multi-host network from a worker node. Please create "
            "the network "
            "from a manager node.”",
        )
    else:
        why = N_(
            "Preflight", "The engine says: “cannot create a swarm scoped network when swarm is not active”."
        )
    yield error(Field.SCOPE, N_("Preflight", "Swarm scope needs a manager of a swarm."), why, "local")


@rule("attachable-local", source="reference, 2.1", engines=Engines.ALL)
def attachable_local(case: Case) -> Iterator[Objection]:
    """Any container can join a local network anyway."""
    if case.spec.attachable and not case.is_driver("overlay") and case.spec.scope != "swarm":
        yield note(
            Field.ATTACHABLE,
            N_("Preflight", "“Attachable” changes nothing on a local network."),
            N_("Preflight", "Single containers can always join it; only swarm networks keep them out."),
        )


@rule("ingress-local", source=_SOURCE, engines=Engines.ALL)
def ingress_local(case: Case) -> Iterator[Objection]:
    """The ingress network is the swarm's."""
    if not case.spec.ingress:
        return
    if not case.is_driver("overlay") and case.spec.scope != "swarm":
        yield error(
            Field.SCOPE,
            N_("Preflight", "An ingress network belongs to the swarm."),
            N_("Preflight", "The engine says: “Ingress network can only be global scope network”."),
            "swarm",
        )
    elif present := next((network.name for network in case.networks if network.ingress), None):
        yield warning(
            Field.NAME,
            N_("Preflight", "The swarm already has the ingress network {name}.", name=present),
            N_("Preflight", "A swarm has one; remove it first."),
        )


@rule("config-from-missing", source="reference, 2.2 check 10", engines=Engines.ALL)
def config_from_missing(case: Case) -> Iterator[Objection]:
    """A configuration that is copied from must be there."""
    wanted = case.spec.config_from
    if not wanted or case.snapshot.networks.known() is None:
        return
    offered = [network.name for network in case.networks if network.config_only]
    if wanted not in offered:
        yield error(
            Field.OPTIONS,
            N_("Preflight", "There is no configuration network named {name}.", name=wanted),
            N_("Preflight", 'The engine says: “configuration network "{name}" does not exist”.', name=wanted),
            offered[0] if offered else "",
        )
