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
    title=N_(CONTEXT, "Windows' Host Networking Service does not run"),
    reason=N_(
        CONTEXT,
        "It makes every network and endpoint of containers. Nothing can be created or removed until it runs.",
    ),
    needs=("services",),
    find=lambda host: stopped(host, _SERVICE),
    remedies=lambda host, _subject: start_of(host, _SERVICE),
    source="reference, 4.2 and 6.1",
    drivers=frozenset({"nat", "transparent", "overlay", "l2bridge", "l2tunnel"}),
)
