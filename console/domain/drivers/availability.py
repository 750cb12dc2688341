"""Which drivers a host can be asked for, and why not the others."""

from __future__ import annotations

from typing import Final

from console.domain.drivers.driver import Driver
from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS
from console.domain.preflight.check import RULES, preflight
from console.domain.severity import Severity
from console.domain.snapshot import Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_, Text

_RULES_OF_THE_HOST: Final = tuple(
    rule
    for rule in RULES
    if rule.id
    in {
        "driver-not-offered",
        "driver-not-creatable",
        "build-too-old",
        "overlay-update",
        "transparent-on-azure",
        "l2tunnel-outside-azure",
        "overlay-swarm",
        "adapter-none-free",
    }
)
"""The preflight rules that no input of a person can satisfy: they speak of the host as it is."""


def unavailable_because(driver: Driver, snapshot: Snapshot) -> Text | None:
    """Why no network of this driver can be made on the host now; None where one can.

    What can't be read is no reason: then the driver counts as available.
    """
    engine = snapshot.engine.known()
    if engine is not None and engine.is_windows != (driver.platform == "windows"):
        if driver.platform == "windows":
            return N_("Drivers", "It is a Windows driver, and this is a Linux engine.")
        return N_("Drivers", "It is a Linux driver, and this is a Windows engine.")
    found = preflight(NetworkSpec(name="network", driver=driver.name), snapshot, rules=_RULES_OF_THE_HOST)
    return next((each.message for each in found if each.severity is Severity.ERROR), None)


def offered_drivers(snapshot: Snapshot) -> tuple[Driver, ...]:
    """The drivers to show for the host's engine: those of its platform that it has.

    All of the platform's where the engine doesn't say which it has; the Windows ones where the
    engine is unknown.
    """
    engine = snapshot.engine.known()
    catalog = WINDOWS_DRIVERS if engine is None or engine.is_windows else LINUX_DRIVERS
    if engine is None or not engine.network_drivers:
        return catalog
    return tuple(driver for driver in catalog if driver.name in engine.network_drivers)
