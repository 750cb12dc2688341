"""A German Windows: HNS says no in German, with the same codes (reference, 0.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.scenarios.scenario import Scenario
from console.domain.text import N_

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def _prepare(host: PracticeHost) -> None:
    host.state.language = "de-DE"


SCENARIO = Scenario(
    id="localized",
    title=N_("Scenario", "A German Windows"),
    description=N_("Scenario", "Windows' own error messages are German; only their codes are the same."),
    prepare=_prepare,
)
