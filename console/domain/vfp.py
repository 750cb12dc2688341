"""The Virtual Filtering Platform: the vSwitch extension that l2bridge and overlay networks work by.

Its name depends on the edition and the language of Windows, its id only on the release
(reference, 5.4).
"""

from __future__ import annotations

from typing import Final

from console.domain.host_inventory import SwitchExtension
from console.domain.snapshot import VSwitch

VFP_EXTENSION_IDS: Final = (
    "F74F241B-440F-4433-BB28-00F89EAD20D8",
    "E9B59CFA-2BE1-4B21-828F-B6FBDBDDC017",
)
"""The extension's id on Windows Server 2022 and Windows 11, and on those before."""

DRIVERS_ON_VFP: Final = frozenset({"l2bridge", "l2tunnel", "overlay"})
"""The drivers whose networks need it (seed, "VFP"); on nat and transparent it is off (reference, 5.4)."""


def vfp_of(switch: VSwitch) -> SwitchExtension | None:
    """The extension as it is on one vSwitch; None where Windows offers it there not, or it wasn't read."""
    return next((one for one in switch.extensions if one.id.upper() in VFP_EXTENSION_IDS), None)
