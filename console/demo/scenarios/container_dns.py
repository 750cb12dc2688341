"""The resolver of a nat network is switched off (reference, 1.1 and 2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.attempts import inside
from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import network, run
from console.domain.drivers.options import WINDOWS_PREFIX
from console.domain.practice import Symptom
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    network(host, "backend", "nat", options={WINDOWS_PREFIX + "disable_gatewaydns": "true"})
    run(host, "database", "servercore", network="backend", aliases=("db",))
    run(host, "shop", "nanoserver", network="backend")


SCENARIO = Scenario(
    id="container-dns",
    title=N_("Scenario", "Names are not resolved"),
    description=N_(
        "Scenario",
        "A nat network was created without the DNS server at its gateway: containers can't resolve names.",
    ),
    apply=_apply,
    symptom=Symptom(
        N_("Scenario", "A container can't find another one by name, although both run on the same network."),
        inside("shop", "ping", "-n", "1", "database", words="could not find host database"),
    ),
)
