"""Rules about the Windows build and its updates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note
from console.domain.preflight.rule import rule
from console.domain.text import N_

OVERLAY_UPDATES: Final = {14393: (1066, "KB4015217"), 17763: (379, "KB4489899")}
"""Per build: the update build revision from which overlay networks work, and the update's number.

KB4015217 is 14393.1066, KB4489899 is 17763.379 (Microsoft's update histories; reference, 2.6).
"""


@rule("build-too-old", source='seed, "Windows Container Network Drivers"; reference, 2.1 and 2.6')
def build_too_old(case: Case) -> Iterator[Objection]:
    """Each driver came with some Windows build."""
    if case.driver is None or case.build is None or case.build >= case.driver.minimum_build:
        return
    yield error(
        Field.DRIVER,
        N_("Preflight", "Windows build {build} does not have this driver.", build=case.build),
        case.driver.minimum_text,
    )


@rule("overlay-update", source='seed, "Windows Container Network Drivers"; reference, 2.1 and 2.6')
def overlay_update(case: Case) -> Iterator[Objection]:
    """On two Server versions overlay networks need an update."""
    if not case.is_driver("overlay") or case.build not in OVERLAY_UPDATES:
        return
    revision, update = OVERLAY_UPDATES[case.build]
    if case.revision is None:
        yield note(
            Field.DRIVER,
            N_("Preflight", "Overlay networks need the update {update} here.", update=update),
            N_("Preflight", "Which updates this host has could not be read."),
        )
    elif case.revision < revision:
        yield error(
            Field.DRIVER,
            N_(
                "Preflight",
                "Overlay networks need the update {update}, which this host lacks.",
                update=update,
            ),
            N_(
                "Preflight",
                "The update brings Windows to {build}.{needed}; this host has {build}.{revision}.",
                build=case.build,
                needed=revision,
                revision=case.revision,
            ),
        )
