"""The firewall's service is stopped (reference, 4.2, 0x6d9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    host.services.stop(host.state.windows.services["mpssvc"])


SCENARIO = Scenario(
    id="firewall-service-stopped",
    title=N_("Scenario", "The firewall service is stopped"),
    description=N_(
        "Scenario", "The Windows Firewall service, which the Host Networking Service needs, is not running."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Sooner or later HNS fails: There are no more endpoints available from the endpoint "
            "mapper. (0x6d9)",
        ),
        page="services",
    ),
)
