"""A container has an alias where Docker answers for none (seed, "Service Discovery")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    subnet = "192.168.1.0/24"
    network(host, "frontend", "nat")
    network(host, "bridged", "l2bridge", subnet=subnet, gateway="192.168.1.1", interface="Ethernet")
    run(host, "database", "servercore", network="bridged", aliases=("db",))


SCENARIO = Scenario(
    id="service-discovery-unsupported",
    title=N_("Scenario", "Names that can't be looked up"),
    description=N_(
        "Scenario",
        "A container on an l2bridge network has an alias, which Docker resolves on nat and overlay only.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "The container can't be found by its alias: Ping request could not find host db."),
        inside("database", "ping", "-n", "1", "db", words="could not find host db"),
    ),
)
