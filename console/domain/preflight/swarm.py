"""Rules about the swarm an overlay network lives in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_

ROUTING_MESH_BUILD: Final = 17763


@rule(
    "overlay-swarm",
    source='seed, "Windows Container Network Drivers"; reference, 2.2 check 3',
    engines=Engines.ALL,
)
def overlay_swarm(case: Case) -> Iterator[Objection]:
    """Only a manager of a swarm makes overlay networks."""
    if not case.is_driver("overlay") or case.engine is None or case.engine.swarm.manager:
        return
    if case.engine.swarm.active:
        yield error(
            Field.DRIVER,
            N_(
                "Preflight",
                "This engine is a worker in its swarm; overlay networks are created on a manager.",
            ),
            N_(
                "Preflight",
                "Connect the console to a manager, or promote this node there: docker node promote {node}",
                node=case.engine.host_name or case.engine.swarm.node_id or "<node>",
            ),
        )
        return
    yield error(
        Field.DRIVER,
        N_("Preflight", "Overlay networks need a swarm, and this engine is not in one."),
        N_(
            "Preflight",
            'The engine says: “This node is not a swarm manager. Use "docker swarm init" or '
            '"docker swarm join" to connect this node to swarm and try again.”',
        ),
    )


@rule("overlay-no-routing-mesh", source="reference, 2.1 and 2.7")
def overlay_no_routing_mesh(case: Case) -> Iterator[Objection]:
    """Before Windows Server 2019 services had neither a virtual address nor a routing mesh."""
    if case.is_driver("overlay") and case.build is not None and case.build < ROUTING_MESH_BUILD:
        yield note(
            Field.DRIVER,
            N_("Preflight", "On this Windows, services need --endpoint-mode dnsrr and --publish mode=host."),
            N_(
                "Preflight",
                "The routing mesh and virtual addresses of services came with Windows Server 2019.",
            ),
        )
