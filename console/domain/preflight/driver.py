"""Rules about the driver: is it there, and can docker be asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from console.domain.drivers.registry import driver
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note
from console.domain.preflight.rule import Engines, rule
from console.domain.text import N_, Text


@rule("driver-missing", source="reference, 0.2", engines=Engines.ALL)
def driver_missing(case: Case) -> Iterator[Objection]:
    """A driver is always named."""
    if not case.spec.driver and not case.spec.config_only and not case.spec.config_from:
        yield error(
            Field.DRIVER,
            N_("Preflight", "Choose a driver."),
            N_(
                "Preflight",
                "Without one the docker client asks for “bridge”, which a Windows engine does not have: "
                "“could not find plugin bridge in v1 plugin registry: plugin not found”.",
            ),
            "nat" if case.windows else "bridge",
        )


@rule("driver-not-offered", source="reference, 0.1, 2.2 check 8 and 4.6", engines=Engines.ALL)
def driver_not_offered(case: Case) -> Iterator[Objection]:
    """The engine must have the driver."""
    name = case.spec.driver
    offered = case.engine.network_drivers if case.engine else ()
    if not name or not offered or name in offered or case.spec.config_only:
        return
    yield error(
        Field.DRIVER,
        N_("Preflight", "This engine has no driver {driver}.", driver=name),
        _why_not_offered(case),
        _instead(case),
    )


def _why_not_offered(case: Case) -> Text:
    name = case.spec.driver
    if not case.windows and driver(name) is not None and driver(name, windows=False) is None:
        return N_("Preflight", "{driver} is a Windows driver, and this is a Linux engine.", driver=name)
    if case.windows and (driver(name, windows=False) is not None or name == "host") and driver(name) is None:
        return N_("Preflight", "{driver} is a Linux driver, and this is a Windows engine.", driver=name)
    offered = ", ".join(case.engine.network_drivers if case.engine else ())
    return N_("Preflight", "It offers: {drivers}. Names are in lower case.", drivers=offered)


def _instead(case: Case) -> str:
    offered = case.engine.network_drivers if case.engine else ()
    near = get_close_matches(case.spec.driver.lower(), offered, n=1, cutoff=0.75)
    counterparts = {"bridge": "nat", "nat": "bridge", "macvlan": "transparent", "transparent": "macvlan"}
    counterparts |= {"ipvlan": "l2bridge", "l2bridge": "ipvlan"}
    if case.spec.driver not in counterparts and near:
        return near[0]
    instead = counterparts.get(case.spec.driver, "nat" if case.windows else "bridge")
    return instead if instead in offered else ""


@rule("driver-not-creatable", source="reference, 2.1 ics and null", engines=Engines.ALL)
def driver_not_creatable(case: Case) -> Iterator[Objection]:
    """Some drivers only have networks that are there by themselves."""
    if case.is_driver("ics"):
        yield error(
            Field.DRIVER,
            N_("Preflight", "ICS networks are not created with Docker."),
            N_("Preflight", "Windows itself creates and keeps the only one, the “Default Switch”."),
            "nat",
        )
    elif not case.spec.config_only and case.spec.driver in ({"null"} if case.windows else {"null", "host"}):
        yield error(
            Field.DRIVER,
            N_("Preflight", "There is only one network of this kind, and Docker creates it itself."),
            N_(
                "Preflight",
                'The engine answers: “only one instance of "{driver}" network is allowed”.',
                driver=case.spec.driver,
            ),
            "nat" if case.windows else "bridge",
        )


@rule("driver-undocumented", source="reference, 2.1 internal and private")
def driver_undocumented(case: Case) -> Iterator[Objection]:
    """The engine has these drivers, Microsoft's pages don't."""
    if case.is_driver("internal", "private"):
        yield note(
            Field.DRIVER,
            N_("Preflight", "Microsoft does not document this driver for Docker."),
            N_(
                "Preflight",
                "The engine offers it since version 20.10. When the docker service restarts, networks of "
                "this kind that Docker doesn't know are not adopted.",
            ),
        )
