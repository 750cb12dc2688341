"""The Windows services of a practice host, and what happens when one stops or starts (reference, 5.5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from console.demo.engine_start import start_engine, stop_containers, stop_engine
from console.demo.hns_start import start_hns
from console.demo.windows_state import ServiceRecord

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

Effect = Callable[["PracticeHost"], None]

ENGINE = "docker"
HNS = "hns"
_WHEN_STOPPED: dict[str, Effect] = {ENGINE: stop_engine, "vmcompute": stop_containers}
_WHEN_STARTED: dict[str, Effect] = {ENGINE: start_engine, HNS: start_hns}


class Services:
    """The services of one host. Callers hold the host's lock."""

    def __init__(self, host: PracticeHost) -> None:
        self._host = host
        self.engine_starts = 0

    def find(self, name: str) -> ServiceRecord | None:
        """An installed service, in whatever case its name is written."""
        records = self._host.state.windows.services.values()
        return next((one for one in records if one.name.casefold() == name.casefold()), None)

    def running(self, name: str) -> bool:
        """Whether a service is installed and runs."""
        found = self._host.state.windows.services.get(name)
        return found is not None and found.status == "Running"

    def dependents(self, service: ServiceRecord) -> list[ServiceRecord]:
        """The running services that stop with it, without those that do so in their turn."""
        records = self._host.state.windows.services.values()
        return [one for one in records if service.name in one.needs and one.status == "Running"]

    def stop(self, service: ServiceRecord) -> None:
        """Stop a service and first those that need it."""
        if service.status == "Stopped":
            return
        for dependent in self.dependents(service):
            self.stop(dependent)
        effect = _WHEN_STOPPED.get(service.name)
        if effect:
            effect(self._host)
        service.status = "Stopped"

    def start(self, service: ServiceRecord) -> None:
        """Start a service and first those it needs; Docker's first call starts HNS."""
        if service.status == "Running":
            return
        needed = [*service.needs, *([HNS] if service.name == ENGINE else [])]
        for name in needed:
            found = self.find(name)
            if found is not None:
                self.start(found)
        service.status = "Running"
        if service.name == ENGINE:
            self.engine_starts += 1
        effect = _WHEN_STARTED.get(service.name)
        if effect:
            effect(self._host)
