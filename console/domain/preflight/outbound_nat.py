"""Rules about outbound NAT of l2bridge and l2tunnel networks."""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.addressing import parse_any_prefix
from console.domain.drivers.options import ENABLE_OUTBOUND_NAT, OUTBOUND_NAT_EXCEPTIONS
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.option_values import truth
from console.domain.preflight.rule import rule
from console.domain.text import N_

_SOURCE = "reference, 1.1 enable_outboundnat and outboundnat_exceptions"


@rule("outbound-nat-off", source=f"{_SOURCE}; reference, 3.1")
def outbound_nat_off(case: Case) -> Iterator[Objection]:
    """l2bridge containers reach the outside only by outbound NAT or by routing."""
    if not case.is_driver("l2bridge") or truth(case.spec.option(ENABLE_OUTBOUND_NAT)):
        return
    if case.spec.option(ENABLE_OUTBOUND_NAT) and truth(case.spec.option(ENABLE_OUTBOUND_NAT)) is None:
        return
    yield note(
        Field.OUTBOUND_NAT,
        N_(
            "Preflight",
            "Without outbound NAT containers reach the outside only if their subnet is routed there.",
        ),
        N_("Preflight", "Outbound NAT hides them behind the host's address."),
        "true",
    )


@rule("outbound-nat-exceptions-syntax", source=f"{_SOURCE}; reference, 4.2 (0x803b000d)")
def outbound_nat_exceptions_syntax(case: Case) -> Iterator[Objection]:
    """Exceptions are prefixes; HNS refuses others when the first endpoint is made."""
    value = case.spec.options.get(OUTBOUND_NAT_EXCEPTIONS)
    if value is None:
        return
    parts = value.split(",")
    wrong = next((part for part in parts if parse_any_prefix(part) is None), None)
    if wrong is not None:
        kept = [part.strip() for part in parts if parse_any_prefix(part.strip()) is not None]
        yield error(
            Field.OUTBOUND_NAT_EXCEPTIONS,
            N_("Preflight", "{text} is not a prefix such as 10.0.0.0/8.", text=wrong or "“”"),
            N_(
                "Preflight",
                "The engine does not check it; Windows refuses every endpoint with “The provided "
                "policy configuration is "
                "invalid or missing parameters” (0x803b000d).",
            ),
            ",".join(kept),
        )
        return
    masked = ",".join(str(parse_any_prefix(part)) for part in parts)
    if masked != value:
        yield warning(
            Field.OUTBOUND_NAT_EXCEPTIONS,
            N_("Preflight", "An exception is an address inside a prefix, not a prefix."),
            N_("Preflight", "Prefixes are named by their first address."),
            masked,
        )


@rule("outbound-nat-exceptions-unused", source=_SOURCE)
def outbound_nat_exceptions_unused(case: Case) -> Iterator[Objection]:
    """Exceptions without outbound NAT do nothing."""
    if OUTBOUND_NAT_EXCEPTIONS in case.spec.options and not truth(case.spec.option(ENABLE_OUTBOUND_NAT)):
        yield warning(
            Field.OUTBOUND_NAT,
            N_("Preflight", "Exceptions from outbound NAT do nothing while outbound NAT is off."),
            N_("Preflight", "The engine sends them to Windows only together with outbound NAT."),
            "true",
        )
