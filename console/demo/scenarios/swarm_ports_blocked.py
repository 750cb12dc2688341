"""A node joined a swarm through a firewall that nobody opened (reference, 2.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.swarm.join(f"SWMTKN-1-{host.identity.token()}", "192.168.1.10")


SCENARIO = Scenario(
    id="swarm-ports-blocked",
    title=N_("Scenario", "The swarm's ports are closed"),
    description=N_("Scenario", "The host joined a swarm, but its firewall blocks the other nodes."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Nodes are shown as down, or joining ends with: Timeout was reached before node joined.",
        ),
        page="firewall",
    ),
)
