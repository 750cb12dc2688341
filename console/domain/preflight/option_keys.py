"""Rules about option keys: the engine accepts every key and reads only those it knows."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from console.domain.drivers.linux_options import LINUX_OPTION_BY_KEY
from console.domain.drivers.option import Option
from console.domain.drivers.options import (
    ENABLE_IPV4,
    ENABLE_IPV6,
    ENCRYPTED,
    ENGINE_SET_KEYS,
    HNS_ID,
    INTERFACE,
    OPTION_BY_KEY,
    VLAN_ID,
)
from console.domain.field import Field
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, warning
from console.domain.preflight.rule import rule
from console.domain.text import N_, Text

_OVERLAY_READS = "reference, 1.2"
_HANDLED_ELSEWHERE = frozenset({ENCRYPTED, ENABLE_IPV4, ENABLE_IPV6, VLAN_ID})


@rule("option-unknown", source="reference, 0.4 and 1.3")
def option_unknown(case: Case) -> Iterator[Objection]:
    """A key nobody reads is probably a typing error."""
    for key in case.spec.options:
        if key in OPTION_BY_KEY:
            continue
        if key in LINUX_OPTION_BY_KEY or key.startswith("com.docker.network.bridge."):
            yield warning(
                Field.OPTIONS,
                N_("Preflight", "{key} is a Linux engine option.", key=key),
                N_("Preflight", "A Windows engine keeps it and does nothing with it."),
            )
            continue
        yield warning(
            Field.OPTIONS,
            N_("Preflight", "No driver of this engine knows the option {key}.", key=key),
            N_("Preflight", "The engine silently accepts any key and ignores those it doesn't know."),
            _nearest_key(key),
        )


def _nearest_key(key: str) -> str:
    folded = {known.casefold(): known for known in OPTION_BY_KEY}
    bare = {known.rpartition(".")[2]: known for known in OPTION_BY_KEY}
    wanted = key.strip().casefold()
    if wanted in folded or wanted in bare:
        return folded.get(wanted) or bare[wanted]
    near = get_close_matches(wanted, folded, n=1, cutoff=0.85)
    if near:
        return folded[near[0]]
    last = get_close_matches(wanted.rpartition(".")[2], bare, n=1, cutoff=0.75)
    return bare[last[0]] if last else ""


@rule("option-set-by-engine", source="reference, 1.1 hnsid and hnsowned")
def option_set_by_engine(case: Case) -> Iterator[Objection]:
    """Some keys are the engine's own notes."""
    for key in ENGINE_SET_KEYS.intersection(case.spec.options):
        why = N_("Preflight", "The engine writes it after the network is created.")
        if key == HNS_ID:
            why = N_(
                "Preflight",
                "With it Docker creates no network in Windows: it takes over the HNS network with that ID, "
                "and deletes the endpoints it finds on it.",
            )
        yield warning(Field.OPTIONS, N_("Preflight", "{key} must not be set manually.", key=key), why)


@rule("option-without-effect", source="reference, 1.1 and 1.2")
def option_without_effect(case: Case) -> Iterator[Objection]:
    """Some keys are known and do nothing."""
    for key in case.spec.options:
        option = OPTION_BY_KEY.get(key)
        if option is None or option.settable or key in ENGINE_SET_KEYS or key in _HANDLED_ELSEWHERE:
            continue
        yield warning(
            option.field,
            N_("Preflight", "{key} does nothing on Windows.", key=key),
            option.effect or N_("Preflight", "The engine does not use it."),
        )


@rule("option-not-for-driver", source="reference, 1.1, 1.2 and 2.1")
def option_not_for_driver(case: Case) -> Iterator[Objection]:
    """An option that another driver has."""
    if case.driver is None:
        return
    for key in case.spec.options:
        option = OPTION_BY_KEY.get(key)
        if option is None or not option.settable or key in _HANDLED_ELSEWHERE:
            continue
        if case.driver.name not in option.applies_to:
            yield _not_for_driver(case, option)


def _not_for_driver(case: Case, option: Option) -> Objection:
    name = case.driver.name if case.driver else ""
    message = N_("Preflight", "{title} does not apply to {driver} networks.", title=option.title, driver=name)
    if case.is_driver("overlay"):
        return warning(option.field, message, _overlay_instead(option))
    if option.key == INTERFACE:
        why = N_("Preflight", "Such a network is on its own vSwitch, which is bound to no network adapter.")
        return error(option.field, message, why)
    applies = ", ".join(option.applies_to)
    return error(option.field, message, N_("Preflight", "It applies to: {drivers}.", drivers=applies))


def _overlay_instead(option: Option) -> Text:
    if option.field in (Field.DNS_SERVERS, Field.DNS_SUFFIX):
        return N_(
            "Preflight",
            "The overlay driver does not read it, whatever the example in Microsoft's documentation says. "
            "Give DNS servers to each container instead: docker run --dns (engine 29 or later).",
        )
    return N_("Preflight", "The overlay driver does not read it: it is kept and has no effect.")


@rule("encrypted", source='seed, "Unsupported features and network options"; reference, 1.2 and 3.4')
def encrypted(case: Case) -> Iterator[Objection]:
    """The one option whose silence is dangerous."""
    if ENCRYPTED in case.spec.options:
        yield warning(
            Field.OPTIONS,
            N_("Preflight", "The traffic of this network will NOT be encrypted."),
            N_(
                "Preflight",
                "Windows has no encryption of overlay traffic: Microsoft's documentation lists “--opt "
                "encrypted” as unsupported, and the engine silently accepts it and sends everything "
                "unencrypted.",
            ),
        )
