"""A prediction beside what really came: whether the two agree."""

from __future__ import annotations

from console.domain.discovery.prediction import NamePrediction
from console.domain.probes.lookup import Lookup
from console.domain.text import N_, Text
from console.domain.verdict import Agreement, Verdict

CONTEXT = "Discovery"


def compared_name(predicted: NamePrediction, found: Lookup) -> tuple[Agreement, Text]:
    """Whether ``found`` is what was predicted, and what it means if not."""
    if predicted.verdict is Verdict.DEPENDS:
        return Agreement.SETTLED, N_(CONTEXT, "The prediction left it open; this is how it is.")
    if predicted.verdict is Verdict.NO and found.addresses:
        return Agreement.DIFFERS, N_(
            CONTEXT, "It resolves although no container answers for it here: {server} knows the name.",
            server=found.server or N_(CONTEXT, "a DNS server outside, or the container's hosts file"),
        )  # fmt: skip
    if predicted.verdict is Verdict.YES and not found.addresses:
        return Agreement.DIFFERS, N_(
            CONTEXT,
            "It should resolve and does not. Check that the container asks the network's gateway first "
            "(ipconfig /all), and that the engine's log has no “Resolver Setup/Start failed”.",
        )
    others = bool(predicted.addresses) and not set(predicted.addresses) & set(found.addresses)
    if predicted.verdict is Verdict.YES and others:
        return Agreement.DIFFERS, N_(
            CONTEXT, "It resolves to another address: something else answers for the name first."
        )
    return Agreement.AGREES, N_(CONTEXT, "As predicted.")
