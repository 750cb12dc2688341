"""All drivers, in the order in which they are offered."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from console.domain.drivers import (
    bridge,
    ics,
    internal,
    ipvlan,
    l2bridge,
    l2tunnel,
    linux_overlay,
    macvlan,
    nat,
    null,
    overlay,
    private,
    transparent,
)
from console.domain.drivers.driver import Driver
from console.domain.drivers.linux_options import LINUX_OPTIONS
from console.domain.drivers.option import Option
from console.domain.drivers.options import OPTIONS

WINDOWS_DRIVERS: Final[tuple[Driver, ...]] = (
    nat.DRIVER,
    transparent.DRIVER,
    overlay.DRIVER,
    l2bridge.DRIVER,
    l2tunnel.DRIVER,
    internal.DRIVER,
    private.DRIVER,
    ics.DRIVER,
    null.DRIVER,
)

LINUX_DRIVERS: Final[tuple[Driver, ...]] = (
    bridge.DRIVER,
    macvlan.DRIVER,
    ipvlan.DRIVER,
    linux_overlay.DRIVER,
)

_WINDOWS: Final = MappingProxyType({driver.name: driver for driver in WINDOWS_DRIVERS})
_LINUX: Final = MappingProxyType({driver.name: driver for driver in LINUX_DRIVERS})


def driver(name: str, *, windows: bool = True) -> Driver | None:
    """The driver of that name on a Windows (or Linux) engine, or None.

    Upper and lower case are the same: HNS writes ``Transparent`` and ``L2Bridge`` where docker
    writes ``transparent`` and ``l2bridge`` (reference, 5.4).
    """
    return (_WINDOWS if windows else _LINUX).get(name.lower())


def options_of(driver: Driver) -> tuple[Option, ...]:
    """The options to offer for a driver: those that do something there and may be set by hand."""
    catalog = OPTIONS if driver.platform == "windows" else LINUX_OPTIONS
    return tuple(option for option in catalog if option.settable and driver.name in option.applies_to)
