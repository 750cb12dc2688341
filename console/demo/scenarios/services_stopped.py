"""The engine's service is stopped, and can be started; HNS runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.services import ENGINE
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.services.stop(host.state.windows.services[ENGINE])


SCENARIO = Scenario(
    id="services-stopped",
    title=N_("Scenario", "The engine is stopped"),
    description=N_("Scenario", "The docker service is not running: nothing answers until it is started."),
    apply=_apply,
)
