"""A BitLocker policy denies writing to containers' disks (reference, 6.1)."""

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
    host.state.windows.setup.drive_policies["FDVDenyWriteAccess"] = 1


SCENARIO = Scenario(
    id="fve-deny-write",
    title=N_("Scenario", "A BitLocker policy"),
    description=N_(
        "Scenario",
        "A Group Policy denies writing to drives without BitLocker, and therefore to any container's disk.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "docker pull and docker load fail while writing layers."),
        page="host",
    ),
)
