"""A host on which nothing is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.default import SCENARIO as DEFAULT
from console.demo.scenarios.scenario import Scenario
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _apply(host: PracticeHost) -> None:
    DEFAULT.apply(host)


SCENARIO = Scenario(
    id="healthy",
    title=N_("Scenario", "A healthy host"),
    description=N_("Scenario", "Everything works: no check finds anything."),
    prepare=DEFAULT.prepare,
    apply=_apply,
)
