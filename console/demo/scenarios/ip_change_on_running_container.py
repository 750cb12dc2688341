"""A running container was connected to another network (seed, "… stopped vs. running containers")."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from console.demo.attachments import endpoint_settings
from console.demo.refusal import Refusal
from console.demo.scenarios.attempts import connecting_running
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    network(host, "backend", "nat")
    running = run(host, "web", "iis", network="frontend", host_config={"Isolation": "hyperv"})
    with suppress(Refusal):  # unsupported platform request
        host.attachments.connect("backend", running, endpoint_settings(None))


SCENARIO = Scenario(
    id="ip-change-on-running-container",
    title=N_("Scenario", "A network for a running container"),
    description=N_(
        "Scenario", "A container with Hyper-V isolation was connected to a network while it was running."
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "A running container with Hyper-V isolation can't join a second network."),
        connecting_running("frontend", "backend", "unsupported platform request"),
    ),
)
