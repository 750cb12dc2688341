"""The console's account is no administrator's: much of Windows does not answer (reference, 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.state.windows.elevated = False


SCENARIO = Scenario(
    id="unelevated",
    title=N_("Scenario", "Without administrator rights"),
    description=N_("Scenario", "vSwitches, the Host Networking Service and NAT can't be read; adapters can."),
    apply=_apply,
)
