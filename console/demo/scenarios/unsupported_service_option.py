"""A swarm service is on an encrypted network (seed, "… not supported on Docker services")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.demo.state import ServiceState
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.init("192.168.1.10")
    secret = network(host, "secret", "overlay", options={"encrypted": ""}, attachable=True)
    host.state.swarm.services.append(
        ServiceState(
            id=host.identity.swarm_id(),
            name="shop",
            image="iis:latest",
            network_ids=[secret.id],
            created=host.clock(),
            replicas=2,
        )
    )


SCENARIO = Scenario(
    id="unsupported-service-option",
    title=N_("Scenario", "A service that is not encrypted"),
    description=N_("Scenario", "A swarm service is on a network created with --opt encrypted."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "There is no error. What the service sends is not encrypted."),
        page="swarm",
    ),
)
