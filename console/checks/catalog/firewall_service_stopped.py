"""The service mpssvc does not run (reference, 4.2)."""

from __future__ import annotations

from console.checks.check import Check, Severity
from console.checks.stopped_service import start_of, stopped
from console.domain.text import N_

CONTEXT = "Check firewall-service-stopped"
_SERVICE = "mpssvc"

CHECK = Check(
    id="firewall-service-stopped",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Windows Firewall service is not running"),
    reason=N_(
        CONTEXT,
        "The Host Networking Service needs it, even where the firewall's profiles are off. "
        "Creating networks and containers fails with "
        "'no more endpoints available from the endpoint mapper' (0x6d9).",
    ),
    needs=("services",),
    find=lambda host: stopped(host, _SERVICE),
    remedies=lambda host, _subject: start_of(host, _SERVICE),
    source="reference, 4.2",
    drivers=frozenset({"nat", "transparent", "overlay", "l2bridge", "l2tunnel"}),
)
