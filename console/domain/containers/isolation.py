"""How a container is isolated, as far as a list of containers lets one tell."""

from __future__ import annotations

from console.domain.object_ref import ObjectKind, ref_of
from console.domain.relations import Relations
from console.domain.snapshot import Container


def isolation_of(container: Container, relations: Relations) -> str:
    """``process``, ``hyperv``, or "" where only an inspection can tell.

    A process-isolated container has its compartment on the host; one with Hyper-V isolation has it in
    its own virtual machine (seed, "Isolation (Namespace) with Network Compartments").
    """
    engine = relations.snapshot.engine.known()
    if not container.running or engine is None or not engine.is_windows:
        return ""
    ref = ref_of(container)
    if relations.related(ref, ObjectKind.COMPARTMENT):
        return "process"
    facts = relations.snapshot.facts
    told = facts.compartments.known() is not None and facts.hns_endpoints.known() is not None
    attached = relations.related(ref, ObjectKind.HNS_ENDPOINT)
    return "hyperv" if told and attached else ""
