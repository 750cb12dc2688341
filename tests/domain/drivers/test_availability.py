"""Cards of drivers that can't work on a host are disabled, and say why."""

from __future__ import annotations

import pytest

from console.domain.drivers.availability import offered_drivers, unavailable_because
from console.domain.drivers.registry import LINUX_DRIVERS, WINDOWS_DRIVERS, driver
from console.domain.snapshot import Hypervisor, Snapshot
from tests.domain.hosts import MANAGER, host, linux_host, network, shim, unreachable_host, unread_host


def reason(name: str, where: Snapshot) -> str:
    known = driver(name)
    assert known is not None
    return str(unavailable_because(known, where) or "")


@pytest.mark.parametrize(
    ("name", "where", "words"),
    [
        ("overlay", host(), "swarm"),
        ("l2tunnel", host(), "Azure"),
        ("transparent", host(hypervisor=Hypervisor.AZURE), "Azure"),
        ("ics", host(), "not created with Docker"),
        ("null", host(), "only one network"),
        ("private", host(drivers=("nat", "transparent")), "no driver private"),
        ("transparent", host(adapters=()), "no network adapter"),
        (
            "l2bridge",
            host(networks=(network("lan", "transparent", options=shim(interface="Ethernet")),)),
            "lan",
        ),
        ("nat", linux_host(), "Linux engine"),
    ],
)
def test_that_the_reason_is_said(name: str, where: Snapshot, words: str) -> None:
    assert words in reason(name, where)


@pytest.mark.parametrize("name", ["nat", "transparent", "l2bridge", "internal", "private"])
def test_that_a_driver_that_works_has_no_reason_against_it(name: str) -> None:
    assert reason(name, host()) == ""


def test_that_overlay_works_on_a_manager() -> None:
    assert reason("overlay", host(swarm=MANAGER)) == ""


@pytest.mark.parametrize("name", ["nat", "transparent", "l2bridge", "l2tunnel"])
def test_that_what_can_not_be_read_is_no_reason(name: str) -> None:
    assert reason(name, unread_host()) == ""
    assert reason(name, unreachable_host()) == ""


def test_that_an_engine_is_offered_its_own_drivers() -> None:
    assert offered_drivers(host()) == WINDOWS_DRIVERS
    assert [known.name for known in offered_drivers(host(drivers=("null", "nat")))] == ["nat", "null"]
    assert offered_drivers(linux_host()) == LINUX_DRIVERS
    assert offered_drivers(unreachable_host()) == WINDOWS_DRIVERS
