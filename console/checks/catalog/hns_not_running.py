"""The service hns does not run (reference, 4.2 and 6.1)."""

from __future__ import annotations

from console.checks.check import Check, Severity
from console.checks.stopped_service import start_of, stopped
from console.domain.text import N_

CONTEXT = "Check hns-not-running"
_SERVICE = "hns"

CHECK = Check(
    id="hns-not-running",
    severity=Severity.ERROR,
    title=N_(CONTEXT, "The Host Networking Service is not running"),
    reason=N_(
        CONTEXT,
        "It creates every container network and endpoint. Nothing can be created or removed until it runs.",
    ),
    needs=("services",),
    find=lambda host: stopped(host, _SERVICE),
    remedies=lambda host, _subject: start_of(host, _SERVICE),
    source="reference, 4.2 and 6.1",
    drivers=frozenset({"nat", "transparent", "overlay", "l2bridge", "l2tunnel"}),
)
