"""Cases of checks about Windows' services and its registry."""

from __future__ import annotations

from console.domain.host_inventory import ServiceStatus, WindowsHost
from console.domain.snapshot import Snapshot
from tests.checks.cases.case import OTHER_NAT, Case, with_facts, with_service
from tests.domain.hosts import host

_STATUS = ServiceStatus


def _registry(value: int | None) -> Snapshot:
    windows = WindowsHost(
        computer="HOST", product="Windows Server 2022", installation_type="Server", build=20348, revision=1,
        ipv6_disabled_components=value,
    )  # fmt: skip
    return with_facts(host(), windows=windows)


CASES: dict[str, Case] = {
    "default-nat-missing": Case((host(networks=()), host(networks=(OTHER_NAT,))), (host(),)),
    "firewall-service-stopped": Case(
        (with_service("mpssvc", _STATUS.STOPPED), with_service("MpsSvc", _STATUS.MISSING)),
        (with_service("mpssvc", _STATUS.RUNNING), with_service("SharedAccess", _STATUS.STOPPED)),
    ),
    "hns-not-running": Case(
        (with_service("hns", _STATUS.STOPPED), with_service("hns", _STATUS.MISSING)),
        (with_service("hns", _STATUS.RUNNING), with_service("hns", _STATUS.START_PENDING)),
    ),
    "ipv6-disabled": Case(
        (_registry(0xFF), _registry(0x10), _registry(0xFFFFFFFF)),
        (_registry(None), _registry(0), _registry(0x20), _registry(0x01)),
    ),
}  # fmt: skip
