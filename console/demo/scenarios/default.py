"""A freshly installed host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.demo.scenarios.steps import add_default_switch, network, run
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    if not host.build.server:
        add_default_switch(host)


def _apply(host: PracticeHost) -> None:
    network(host, "frontend", "nat")
    run(host, "web", "iis", network="frontend", ports={"80/tcp": 8080})


SCENARIO = Scenario(
    id="default",
    title=N_("Scenario", "A container host"),
    description=N_(
        "Scenario", "The default nat network, one nat network of your own and a web server on it."
    ),
    prepare=_prepare,
    apply=_apply,
)
