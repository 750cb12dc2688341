"""Windows has a proxy, and Docker was not told (dockerd's documentation)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    setup = host.state.windows.setup
    setup.win_http, setup.win_http_bypass = "proxy.corp.example:8080", "<local>;*.corp.example"


SCENARIO = Scenario(
    id="proxy-not-set",
    title=N_("Scenario", "A proxy that Docker does not know about"),
    description=N_(
        "Scenario", "The company's proxy is set in Windows; Docker tries to reach registries without it."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "docker pull waits for a long time and ends with: request canceled while waiting for "
            "connection (Client.Timeout exceeded while awaiting headers)",
        ),
        page="host",
    ),
)
