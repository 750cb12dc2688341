"""Rules about flags of ``docker network create`` that Windows does not support.

Documents and engine disagree about most of them, so each says both (reference, 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator

from console.domain.drivers.options import ENABLE_IPV4, ENABLE_IPV6
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.option_values import truth
from console.domain.preflight.rule import rule
from console.domain.text import N_

_SOURCE = 'seed, "Unsupported features and network options"; reference, 3.4'


@rule("internal-unsupported", source=f"{_SOURCE} and 1.3")
def internal_unsupported(case: Case) -> Iterator[Objection]:
    """--internal does not isolate on Windows."""
    if case.spec.internal:
        yield warning(
            Field.INTERNAL,
            N_("Preflight", "“Internal” (--internal) does not isolate a network on Windows."),
            N_(
                "Preflight",
                "Microsoft's documentation lists it as unsupported. The engine accepts it and only leaves "
                "out port mappings and --dns; Windows is not told, so containers still reach the outside.",
            ),
        )


@rule("ipam-driver-unsupported", source=_SOURCE)
def ipam_driver_unsupported(case: Case) -> Iterator[Objection]:
    """--ipam-driver: two names work, others need a plug-in."""
    driver = case.spec.ipam_driver
    if not driver:
        return
    if driver in {"default", "windows"}:
        yield note(
            Field.IPAM,
            N_("Preflight", "Microsoft's documentation lists --ipam-driver as unsupported on Windows."),
            N_(
                "Preflight", "The engine takes “default” and “windows”; leaving it out chooses the right one."
            ),
        )
    else:
        yield error(
            Field.IPAM,
            N_("Preflight", "A Windows engine has no IPAM driver {driver}.", driver=driver),
            N_(
                "Preflight",
                "Microsoft's documentation lists --ipam-driver as unsupported; the engine takes “default” "
                "and “windows”, and looks for a plug-in under any other name, which fails.",
            ),
            "default" if case.is_driver("overlay") else "windows",
        )


@rule("ipam-options-unsupported", source=_SOURCE)
def ipam_options_unsupported(case: Case) -> Iterator[Objection]:
    """--ipam-opt is kept and does nothing."""
    if case.spec.ipam_options:
        yield warning(
            Field.IPAM,
            N_("Preflight", "IPAM options (--ipam-opt) do nothing on Windows."),
            N_(
                "Preflight",
                "Microsoft's documentation lists them as unsupported; the engine stores them and does not "
                "use them.",
            ),
        )


@rule("ipv6-unsupported", source=f"{_SOURCE} and 3.6")
def ipv6_unsupported(case: Case) -> Iterator[Objection]:
    """--ipv6 is refused."""
    if case.spec.enable_ipv6 or truth(case.spec.option(ENABLE_IPV6)):
        yield error(
            Field.IPV6,
            N_("Preflight", "Docker on Windows has no IPv6 networks."),
            N_(
                "Preflight",
                "Microsoft's documentation lists --ipv6 as unsupported, and the engine refuses it: “this "
                "request is not supported by the 'windows' ipam driver”. (IPv6 must stay enabled on the "
                "host itself: HNS needs it.)",
            ),
            "false",
        )


@rule("ipv4-required", source="reference, 1.3 and 2.2 check 12")
def ipv4_required(case: Case) -> Iterator[Objection]:
    """IPv4 can't be turned off."""
    if not case.spec.enable_ipv4 or truth(case.spec.option(ENABLE_IPV4)) is False:
        yield error(
            Field.OPTIONS,
            N_("Preflight", "IPv4 can't be turned off on Windows."),
            N_("Preflight", "The engine says: “IPv4 cannot be disabled on Windows”."),
            "true",
        )
