"""A rule of Windows Firewall blocks a published port (reference, 3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.demo.windows_state import FirewallRuleRecord
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})
    rule = FirewallRuleRecord(
        id="Baseline-Block-In-TCP",
        title="Baseline: no web servers (TCP-In)",
        group="Baseline",
        protocol="TCP",
        ports=["80", "8000-8100"],
        action="Block",
    )
    host.state.windows.firewall_rules.append(rule)


SCENARIO = Scenario(
    id="firewall-blocks-port",
    title=N_("Scenario", "A blocked port"),
    description=N_("Scenario", "A web server is published, and a Windows Firewall rule blocks its port."),
    apply=_apply,
    symptom=Symptom(
        N_(
            "Scenario",
            "Port 8080 does not answer other computers, although the container runs and publishes it.",
        ),
        page="firewall",
    ),
)
