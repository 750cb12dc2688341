"""The host goes out by a link with a small MTU (reference, 6.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


_SMALL = 1400


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.adapter("Ethernet").mtu = _SMALL


SCENARIO = Scenario(
    id="mtu-mismatch",
    title=N_("Scenario", "A VPN with a small MTU"),
    description=N_(
        "Scenario", "The route out carries packets of 1400 bytes, but containers send 1500: downloads hang."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "ping and name resolution work, but downloads hang in containers: their packets are larger "
            "than the route out can carry.",
        ),
        page="adapters",
    ),
)
