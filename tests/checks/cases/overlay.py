"""Cases of checks about overlay networks."""

from __future__ import annotations

from console.domain.drivers.options import VXLAN_ID_LIST
from console.domain.snapshot import Snapshot
from tests.checks.cases.case import Case
from tests.domain.hosts import NAT, host, network


def _overlay(ids: str = "", *, build: int = 20348, revision: int | None = None) -> Snapshot:
    mesh = network("mesh", "overlay", "10.0.1.0/24", options={VXLAN_ID_LIST: ids})
    return host(build=build, revision=revision, networks=(NAT, mesh))


CASES: dict[str, Case] = {
    "overlay-encryption": Case(
        (
            host(networks=(NAT, network("mesh", "overlay", options={"encrypted": ""}))),
            host(networks=(NAT, network("mesh", "overlay", options={"encrypted": "true"}))),
        ),
        (
            host(networks=(NAT, network("mesh", "overlay"))),
            host(networks=(NAT, network("mesh", "overlay", options={"encrypted": "false"}))),
            host(networks=(NAT, network("mesh", "nat", options={"encrypted": ""}))),
        ),
    ),
    "overlay-prerequisites": Case(
        (_overlay("100"), _overlay("4097,4095"), _overlay(build=14393, revision=1065),
         _overlay(build=17763, revision=378)),
        (_overlay("4096"), _overlay(), _overlay(build=14393, revision=1066),
         _overlay(build=17763, revision=379), _overlay(build=14393, revision=None),
         host(build=14393, revision=1)),
    ),
}  # fmt: skip
