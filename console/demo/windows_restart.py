"""A restart of the practice host's Windows: what ends with it, and what the next start brings.

Reference, 0.10 (HNS forgets nat networks that it does not keep), 2.4 (the engine's start) and 5.1 (settings
of the registry that are read at the start alone).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.demo.services import ENGINE

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_AT_START = frozenset({"Automatic", "System"})
_STARTED_BY_ENGINE = ("vmcompute", "winnat")
"""Services that are started by hand or by whoever calls them: the engine does (with HNS, Services.start)."""
_NO_COMPUTE = "failed to load vmcompute.dll, ensure that the Containers feature is installed"


def shut_down(host: PracticeHost) -> None:
    """End every service; containers end with the engine. The caller holds the lock."""
    for service in host.state.windows.services.values():
        host.services.stop(service)
    for network in list(host.state.hns_networks.values()):
        if not network.persistent:
            host.hns.delete_network(network.id)


def start_up(host: PracticeHost) -> None:
    """Read the settings anew and start the services that start by themselves. The caller holds the lock."""
    windows = host.state.windows
    windows.ipv6_until_restart = None
    windows.restart_pending = False
    for service in windows.services.values():
        if service.start_type in _AT_START and service.name != ENGINE:
            host.services.start(service)
    _start_engine(host)


def _start_engine(host: PracticeHost) -> None:
    engine = host.services.find(ENGINE)
    if engine is None or engine.start_type not in _AT_START:
        return
    if not host.state.windows.containers:
        host.log(_NO_COMPUTE)
        return
    for name in _STARTED_BY_ENGINE:
        service = host.services.find(name)
        if service is not None and service.start_type != "Disabled":
            host.services.start(service)
    host.services.start(engine)
