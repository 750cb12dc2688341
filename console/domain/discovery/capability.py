"""Which network drivers have service discovery on this host: the seed's table, brought up to date.

The seed's table ("Service Discovery") lists four drivers. What Microsoft's pages say today, and what
the engine does, is in the reference, 3.3; engines and builds that differ in 2.7 to 2.9.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.drivers.driver import Driver
from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS
from console.domain.snapshot import EngineInfo, Snapshot
from console.domain.text import N_, Text

CONTEXT = "Discovery"

#: From the 51st network on, names did not resolve on Windows (Windows-Containers#380).
MOST_NETWORKS_WITH_NAMES: Final = 50
#: Services have virtual addresses (VIP) from Windows Server 2019 on; before that only DNS round robin.
VIRTUAL_ADDRESS_BUILD: Final = 17763
#: The engine's resolver passes what it does not know on to the DNS servers outside from 28.0 on.
FORWARDING_ENGINE: Final = (28,)
#: Names on the default nat network were broken in these engines (moby#47370).
BROKEN_ENGINES: Final = ((25, 0, 0), (25, 0, 3))


class Answer(StrEnum):
    """One cell of the table. ``n/a``: the question does not arise; ``depends``: not on every network."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer and why it is so on this host."""

    answer: Answer
    reason: Text


@dataclass(frozen=True, slots=True)
class DriverDiscovery:
    """One driver's line. ``seed_local`` and ``seed_across`` are the seed's answers, None where it lists
    none; ``changed`` says what is otherwise today; ``networks`` is how many the host has.
    """

    driver: str
    local: Cell
    across: Cell
    seed_local: Answer | None
    seed_across: Answer | None
    changed: Text | None
    networks: int


_SEED: Final = {
    "nat": (Answer.YES, Answer.NOT_APPLICABLE),
    "overlay": (Answer.YES, Answer.YES),
    "transparent": (Answer.NO, Answer.NO),
    "l2bridge": (Answer.NO, Answer.NO),
}

_CHANGED: Final = {
    "nat": N_(
        CONTEXT,
        "Microsoft's table says “yes with Docker EE” across hosts by now. The engine itself keeps no names "
        "of other hosts for a nat network.",
    ),
    "l2bridge": N_(
        CONTEXT,
        "Microsoft's table says “yes with kube-dns” by now: Kubernetes brings a DNS server of its own. "
        "Docker answers for none.",
    ),
}

_ON_THE_LAN: Final = frozenset({"transparent", "l2bridge"})

_ENDS_AT_HOST = N_(CONTEXT, "The network ends at this host: there is nothing to find elsewhere.")
_NO_NAMES = N_(
    CONTEXT,
    "Endpoints get the DNS servers of the physical network. They are not given the engine's own resolver.",
)
_NO_CONTAINERS = N_(CONTEXT, "Nothing on it reaches a network, so there is nothing to look up.")


def capabilities(snapshot: Snapshot) -> tuple[DriverDiscovery, ...]:
    """Every driver of the engine's platform, in the catalog's order; Windows' where it is unknown."""
    engine = snapshot.engine.known()
    drivers = WINDOWS_DRIVERS if engine is None or engine.is_windows else LINUX_DRIVERS
    counts: dict[str, int] = {}
    for network in snapshot.networks.known() or ():
        counts[network.driver.lower()] = counts.get(network.driver.lower(), 0) + 1
    return tuple(_line(driver, snapshot, counts.get(driver.name, 0)) for driver in drivers)


def _line(driver: Driver, snapshot: Snapshot, networks: int) -> DriverDiscovery:
    local, across = _cells(driver, snapshot)
    seed = _SEED.get(driver.name) if driver.platform == "windows" else None
    return DriverDiscovery(
        driver=driver.name,
        local=local,
        across=across,
        seed_local=seed[0] if seed else None,
        seed_across=seed[1] if seed else None,
        changed=_changed(driver, snapshot) if driver.platform == "windows" else None,
        networks=networks,
    )


def _cells(driver: Driver, snapshot: Snapshot) -> tuple[Cell, Cell]:
    engine = snapshot.engine.known()
    if engine is not None and engine.network_drivers and driver.name not in engine.network_drivers:
        missing = Cell(Answer.NOT_APPLICABLE, N_(CONTEXT, "This engine does not have the driver."))
        return missing, missing
    if driver.name == "null":
        cell = Cell(Answer.NOT_APPLICABLE, _NO_CONTAINERS)
        return cell, cell
    if driver.name == "overlay":
        return _overlay(driver, engine)
    if not driver.discovery.local:
        cell = Cell(Answer.NO, _NO_NAMES if driver.name in _ON_THE_LAN else driver.discovery.text)
        return cell, cell
    local = _broken(driver, snapshot) or _default_network(driver)
    return local or Cell(Answer.YES, driver.discovery.text), Cell(Answer.NOT_APPLICABLE, _ENDS_AT_HOST)


def _overlay(driver: Driver, engine: EngineInfo | None) -> tuple[Cell, Cell]:
    if engine is not None and not engine.swarm.active:
        cell = Cell(
            Answer.NO, N_(CONTEXT, "Overlay networks exist in a swarm only, and this engine is not in one.")
        )
        return cell, cell
    build = engine.windows.build if engine is not None and engine.windows else None
    if build is not None and build < VIRTUAL_ADDRESS_BUILD:
        reason = N_(
            CONTEXT,
            "Containers and services are found by name. Services have no virtual address before Windows "
            "Server 2019: use --endpoint-mode dnsrr.",
        )
        return Cell(Answer.YES, reason), Cell(Answer.YES, reason)
    cell = Cell(Answer.YES, driver.discovery.text)
    return cell, cell


def _broken(driver: Driver, snapshot: Snapshot) -> Cell | None:
    """Engines and sizes at which names are known to fail although the driver has them."""
    engine = snapshot.engine.known()
    if engine is None or driver.name != "nat":
        return None
    if BROKEN_ENGINES[0] <= engine_number(engine.version) <= BROKEN_ENGINES[1]:
        return Cell(
            Answer.DEPENDS,
            N_(
                CONTEXT,
                "User-defined networks have name resolution, the default network nat does not: engine "
                "{version} has that bug. Update it to 25.0.4 or later.",
                version=engine.version,
            ),
        )
    count = len(snapshot.networks.known() or ())
    if count > MOST_NETWORKS_WITH_NAMES:
        return Cell(
            Answer.DEPENDS,
            N_(
                CONTEXT,
                "This host has {count} networks. On Windows, names have been seen to fail from the 51st on.",
                count=count,
            ),
        )
    return None


def _default_network(driver: Driver) -> Cell | None:
    if driver.name == "nat":
        return Cell(
            Answer.YES,
            N_(
                CONTEXT,
                "The engine's resolver listens at the network's gateway and is the containers' first DNS "
                "server. That holds for the default network nat as well.",
            ),
        )
    if driver.name == "bridge":
        return Cell(
            Answer.DEPENDS,
            N_(CONTEXT, "User-defined networks have name resolution, the default network bridge does not."),
        )
    return None


def _changed(driver: Driver, snapshot: Snapshot) -> Text | None:
    """What is otherwise today than in the seed, for this host's build."""
    engine = snapshot.engine.known()
    build = engine.windows.build if engine is not None and engine.windows else None
    if driver.name == "overlay" and build is not None and build >= VIRTUAL_ADDRESS_BUILD:
        return N_(
            CONTEXT,
            "Since Windows Server 2019 a service's name gives its virtual address (VIP); before, DNS round "
            "robin only.",
        )
    if driver.name in _CHANGED:
        return _CHANGED[driver.name]
    if driver.name in _SEED:
        return None
    return N_(CONTEXT, "The driver is not in Microsoft's table of 2017; the engine has no names for it.")


def engine_number(version: str) -> tuple[int, ...]:
    """An engine's version as comparable numbers; () where it has another form."""
    numbers = re.match(r"(\d+)\.(\d+)\.(\d+)", version)
    return tuple(int(one) for one in numbers.groups()) if numbers else ()


def forwards(engine: EngineInfo | None) -> bool | None:
    """Whether the engine's resolver asks DNS servers outside for what it does not know; None: untold."""
    if engine is None or not engine_number(engine.version):
        return None
    return not engine.is_windows or engine_number(engine.version) >= FORWARDING_ENGINE
