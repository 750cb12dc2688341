"""IPv6 is off in the registry, although HNS needs it (reference, 3.6 and 5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import running
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_OFF_EVERYWHERE = 0xFF


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    host.state.windows.ipv6_disabled_components = _OFF_EVERYWHERE


SCENARIO = Scenario(
    id="ipv6-disabled",
    title=N_("Scenario", "IPv6 disabled"),
    description=N_("Scenario", "The registry disables IPv6, which overlay networks need."),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "No container starts."),
        running("failure in a Windows system call: Element not found. (0x490)"),
    ),
)
