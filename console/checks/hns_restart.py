"""Restarting the Host Networking Service and the engine after it, as a way out."""

from __future__ import annotations

from console.checks.check import Host, Remedy
from console.domain.host_actions import restart_service, service_blocked_because
from console.domain.text import Text

_SERVICE = "hns"


def restart_of_hns(host: Host, title: Text) -> tuple[Remedy, ...]:
    """The plan that does it, called ``title``; nothing where the service does not run."""
    for service in host.snapshot.facts.services.known() or ():
        if service.name == _SERVICE and service_blocked_because(service, "Restart") is None:
            return (Remedy(title, plan=restart_service(service, host.snapshot)),)
    return ()
