"""Cases of checks about the engine itself and the Windows it runs on."""

from __future__ import annotations

from typing import Any

from console.domain.failure import Failure, FailureKind
from console.domain.host_inventory import Service, ServiceStatus, WindowsHost
from console.domain.sections import stale, unavailable
from console.domain.snapshot import Snapshot
from tests.checks.cases.case import Case, with_facts
from tests.domain.hosts import REASON, host, linux_host

_STATUS = ServiceStatus


def windows_host(**changes: Any) -> WindowsHost:
    facts = {"computer": "HOST", "product": "Windows Server 2022", "installation_type": "Server"}
    return WindowsHost.model_validate({**facts, "build": 20348, "revision": 2227, **changes})


def _lost(kind: FailureKind, raw: str, *, known: bool = False, **facts: Any) -> Snapshot:
    """A host whose Windows side is read and whose engine is not reached; ``known``: it was before."""
    failure = Failure(kind=kind, raw=raw)
    before = with_facts(host(), **facts)
    lost = {
        name: stale(getattr(before, name), REASON, failure) if known else unavailable(REASON, failure=failure)
        for name in ("engine", "networks", "containers")
    }
    return before.model_copy(update=lost)


def _down(docker: ServiceStatus, *, known: bool = False) -> Snapshot:
    raw = "The system cannot find the file specified."
    services = (Service(name="docker", status=docker),)
    return _lost(FailureKind.NOT_RUNNING, raw, known=known, services=services, windows=windows_host())


def _denied(kind: FailureKind = FailureKind.ACCESS_DENIED, *, elevated: bool = False) -> Snapshot:
    return _lost(kind, "Access is denied.", windows=windows_host(elevated=elevated), services=())


def _version(build: int, revision: int) -> Snapshot:
    return with_facts(host(build=build), windows=windows_host(build=build, revision=revision))


def _desktop(system: str) -> Snapshot:
    linux = linux_host()
    assert linux.engine.value is not None
    engine = linux.engine.value.model_copy(update={"operating_system": system})
    return linux.model_copy(update={"engine": linux.engine.model_copy(update={"value": engine})})


CASES: dict[str, Case] = {
    "engine-access-denied": Case(
        (_denied(), _denied(elevated=True)),
        (_denied(FailureKind.NOT_RUNNING), with_facts(host(), windows=windows_host())),
    ),
    "engine-not-running": Case(
        (_down(_STATUS.STOPPED), _down(_STATUS.RUNNING), _down(_STATUS.MISSING),
         _down(_STATUS.STOPPED, known=True)),
        (
            _denied(),
            # Docker Desktop's engine answers, whatever the other service does.
            with_facts(host(), services=(Service(name="docker", status=_STATUS.STOPPED),)),
        ),
    ),
    "linux-engine": Case(
        (_desktop("Docker Desktop"), with_facts(_desktop("Alpine Linux"), windows=windows_host())),
        (_desktop("Debian GNU/Linux 12 (bookworm)"),),
    ),
    "os-too-old": Case(
        (_version(14393, 0), _version(14393, 350), _version(10586, 1000)),
        (_version(14393, 351), _version(15063, 0), _version(20348, 1)),
    ),
}  # fmt: skip
