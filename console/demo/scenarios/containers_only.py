"""Windows with Containers and without Hyper-V: its cmdlets are not there (reference, 5.1 and 5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.windows_state import remove_hyper_v
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    remove_hyper_v(host.state.windows)


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    network(host, "lan", "transparent", interface="Ethernet")


SCENARIO = Scenario(
    id="containers-only",
    title=N_("Scenario", "Containers without Hyper-V"),
    description=N_(
        "Scenario",
        "The Hyper-V module is not installed: vSwitches are worked out from the Host Networking Service.",
    ),
    prepare=_prepare,
    apply=_apply,
)
