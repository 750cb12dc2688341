"""What a scenario is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.demo.builds import USUAL_BUILD, WindowsBuild
from console.demo.state import AdapterState
from console.domain.practice import Symptom
from console.domain.text import Text

if TYPE_CHECKING:
    from console.demo.host import PracticeHost


def usual_adapters(build: WindowsBuild) -> tuple[AdapterState, ...]:
    """A server with three network cards, or a client with a cable and Wi-Fi."""
    first = AdapterState(
        name="Ethernet",
        description="Intel(R) Ethernet Connection X722",
        mac_address="3c:ec:ef:10:20:30",
        dhcp=True,
        addresses=["192.168.1.10/24"],
        gateways=["192.168.1.1"],
        dns_servers=["192.168.1.1"],
    )
    if not build.server:
        wireless = AdapterState(
            name="Wi-Fi",
            description="Intel(R) Wi-Fi 6 AX201 160MHz",
            mac_address="a4:c3:f0:11:22:33",
            wireless=True,
            dhcp=True,
        )
        return (first, wireless)
    return (first, *_more_cards())


def wired_adapters(build: WindowsBuild) -> tuple[AdapterState, ...]:
    """Three network cards, whatever the Windows."""
    return (usual_adapters(build)[0], *_more_cards())


def _more_cards() -> tuple[AdapterState, AdapterState]:
    second = AdapterState(
        name="Ethernet 2",
        description="Intel(R) Ethernet Connection X722 #2",
        mac_address="3c:ec:ef:10:20:31",
        addresses=["10.123.174.20/23"],
    )
    third = AdapterState(
        name="Ethernet 3",
        description="Intel(R) Ethernet Connection X722 #3",
        mac_address="3c:ec:ef:10:20:32",
        addresses=["10.200.0.20/24"],
    )
    return (second, third)


def nothing(_host: PracticeHost) -> None:
    """A scenario that adds nothing."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A kind of practice host: its adapters, what is there before the engine starts
    (``prepare``) and what has happened on it since (``apply``).

    ``os_build`` and ``os_revision`` are the Windows it is about: the one it gets where none is asked
    for. On another one it does what it can. ``symptom`` is how a broken host shows; None on a host that
    is only a situation.
    """

    id: str
    title: Text
    description: Text
    apply: Callable[..., None] = nothing
    prepare: Callable[[PracticeHost], None] | None = None
    adapters: Callable[[WindowsBuild], tuple[AdapterState, ...]] = usual_adapters
    os_build: int = USUAL_BUILD
    os_revision: int | None = None
    symptom: Symptom | None = None
