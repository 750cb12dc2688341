"""Somebody switched the feature off; it goes with the next start of Windows (reference, 6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    host.state.windows.containers = False


SCENARIO = Scenario(
    id="containers-feature-missing",
    title=N_("Scenario", "The Containers feature is off"),
    description=N_(
        "Scenario", "Someone turned the feature Containers off. Everything runs until Windows is restarted."
    ),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Nothing yet. After the next restart of Windows the engine fails with: failed to load "
            "vmcompute.dll, ensure that the Containers feature is installed",
        ),
        page="host",
    ),
)
