"""Rules about the network adapter an external network binds to (option ``interface``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from console.domain.adapter_standing import VIRTUAL, in_a_team
from console.domain.drivers.adapter_option import adapter_names, adapter_value
from console.domain.drivers.options import INTERFACE
from console.domain.field import Field
from console.domain.host_adapters import (
    AdapterUse,
    external_networks,
    free_adapters,
    is_overlay,
    team_of,
    usable_adapters,
)
from console.domain.preflight.case import Case
from console.domain.preflight.objection import Objection, error, note, warning
from console.domain.preflight.rule import rule
from console.domain.snapshot import Adapter
from console.domain.text import N_, Text

_BIND = 'seed, "Bind a Network to a Specific Network Interface"; reference, 1.1 interface'
_OWN = 'seed, "Networks that leverage external vSwitch must each have their own network adapter"'
_SECOND = 'seed, "Creating multiple transparent networks on a single container host"'
_HIDDEN = 'seed, "Existing vSwitch (not visible to Docker) can block transparent network creation"'
_SET = 'seed, "Switch Embedded Teaming with Docker Networks"; reference, 1.1 interface'
NO_LBFO_BUILD: Final = 20348
"""From this build (Windows Server 2022) on, LBFO teams are not meant for vSwitches any more."""
_HOST_VNIC: Final = re.compile(r"vEthernet\b", re.IGNORECASE)
_WIRELESS: Final = re.compile(r"wi-?fi|wlan|wireless", re.IGNORECASE)


@rule("adapter-host-vnic", source="reference, 1.1 interface and 4.2 (0x57)")
def adapter_host_vnic(case: Case) -> Iterator[Objection]:
    """A vSwitch binds to an adapter, not to the host's own port on another vSwitch."""
    for name in _asked(case):
        known = _find(case, name)
        if (known is not None and known.host_vnic) or _HOST_VNIC.match(name):
            yield error(
                Field.ADAPTER,
                N_(
                    "Preflight",
                    "{adapter} is the host's own vNIC on a vSwitch, not a network adapter.",
                    adapter=name,
                ),
                N_("Preflight", "Windows answers “The parameter is incorrect” (0x57)."),
                _with_free(case, name),
            )


@rule("adapter-unknown", source=f"{_BIND} and 4.2 (0x803b0006)")
def adapter_unknown(case: Case) -> Iterator[Objection]:
    """The adapter must be there, and is named by its Name."""
    if case.adapters is None:
        return
    for name in _asked(case):
        if _find(case, name) is None and not _HOST_VNIC.match(name):
            yield error(
                Field.ADAPTER,
                N_("Preflight", "This host has no network adapter named {adapter}.", adapter=name),
                _why_unknown(case.adapters, name),
                _nearest(case, case.adapters, name),
            )


def _why_unknown(adapters: tuple[Adapter, ...], name: str) -> Text:
    if any(adapter.description.casefold() == name.casefold() for adapter in adapters):
        return N_("Preflight", "That is its description. Docker wants the Name that Get-NetAdapter shows.")
    return N_(
        "Preflight",
        "Windows answers “An adapter was not found” (0x803b0006). Get-NetAdapter shows the names.",
    )


def _nearest(case: Case, adapters: tuple[Adapter, ...], name: str) -> str:
    described = next(
        (adapter for adapter in adapters if adapter.description.casefold() == name.casefold()), None
    )
    if described is not None:
        return _replaced(case, name, described.name)
    usable = [adapter.name for adapter in usable_adapters(case.snapshot) or ()]
    near = get_close_matches(name.casefold(), [other.casefold() for other in usable], n=1, cutoff=0.7)
    spelled = next((other for other in usable if near and other.casefold() == near[0]), "")
    return _replaced(case, name, spelled) if spelled else _with_free(case, name)


@rule("adapter-unchecked", source=_BIND)
def adapter_unchecked(case: Case) -> Iterator[Objection]:
    """Say so where the name can't be compared with the host's adapters."""
    if case.adapters is None and _asked(case):
        yield note(
            Field.ADAPTER,
            N_("Preflight", "Whether the adapter exists and is free could not be checked."),
            case.snapshot.facts.adapters.reason
            or N_("Preflight", "The adapters of this host can't be read."),
        )


@rule("adapter-down", source="reference, 4.2 (0x803b0006)")
def adapter_down(case: Case) -> Iterator[Objection]:
    """A vSwitch needs an adapter that is up."""
    for name in _asked(case):
        known = _find(case, name)
        if known is None or known.host_vnic or known.status == "Up":
            continue
        yield error(
            Field.ADAPTER,
            N_(
                "Preflight",
                "The adapter {adapter} is not up: {status}.",
                adapter=known.name,
                status=known.status,
            ),
            N_("Preflight", "Windows answers “An adapter was not found” (0x803b0006) for such an adapter."),
            _with_free(case, name),
        )


@rule("adapter-wireless", source="reference, 2.1 Wi-Fi")
def adapter_wireless(case: Case) -> Iterator[Objection]:
    """External vSwitches on Wi-Fi regularly fail."""
    for name in _asked(case):
        known = _find(case, name)
        if known.wireless if known is not None else _WIRELESS.search(name) is not None:
            yield warning(
                Field.ADAPTER,
                N_("Preflight", "{adapter} is a wireless adapter.", adapter=name),
                N_(
                    "Preflight",
                    "External vSwitches on wireless adapters regularly fail: with 0x57, or without "
                    "any traffic.",
                ),
                _with_free(case, name),
            )


@rule("adapter-team-member", source="Microsoft documentation, NIC Teaming; reference, 4.2 (0x803b0006)")
def adapter_team_member(case: Case) -> Iterator[Objection]:
    """A team (LBFO) has its members' traffic: its own adapter stands for them."""
    for name in _asked(case):
        known = _find(case, name)
        if known is None or not known.team_member:
            continue
        team = team_of(known, case.snapshot)
        yield error(
            Field.ADAPTER,
            N_("Preflight", "The adapter {adapter} is in a network team.", adapter=known.name),
            in_a_team(team),
            _replaced(case, name, team) if team else _with_free(case, name),
        )


@rule("adapter-virtual", source="reference, 2.1 interface")
def adapter_virtual(case: Case) -> Iterator[Objection]:
    """What is no card leads only where the program that made it leads."""
    for name in _asked(case):
        known = _find(case, name)
        if known is None or known.physical or known.host_vnic or known.wireless or known.team_interface:
            continue
        yield warning(
            Field.ADAPTER,
            N_("Preflight", "{adapter} is no network card.", adapter=known.name),
            VIRTUAL,
            _with_free(case, name),
        )


@rule(
    "adapter-team-of-cards",
    source="Microsoft documentation, What's new in Windows Server 2022: LBFO teams under vSwitches",
)
def adapter_team_of_cards(case: Case) -> Iterator[Objection]:
    """From Windows Server 2022 on Hyper-V binds a vSwitch to a team of LBFO only where it is forced to."""
    windows = case.engine.windows if case.engine else None
    if windows is None or windows.build < NO_LBFO_BUILD:
        return
    for name in _asked(case):
        known = _find(case, name)
        if known is not None and known.team_interface:
            yield warning(
                Field.ADAPTER,
                N_("Preflight", "{adapter} is a team of NIC Teaming (LBFO).", adapter=known.name),
                N_(
                    "Preflight",
                    "From Windows Server 2022 on, Hyper-V refuses such teams unless it is forced. Remove the "
                    "team and select its cards here instead: they become a team of the vSwitch (SET).",
                ),
                _with_free(case, name),
            )


@rule("adapter-taken", source=f"{_OWN}; {_HIDDEN}; reference, 2.1")
def adapter_taken(case: Case) -> Iterator[Objection]:
    """One external network per adapter."""
    for name in _asked(case):
        use = _use_in_the_way(case, name)
        if use is None:
            continue
        if use.network is not None:
            message = N_(
                "Preflight",
                "The adapter {adapter} already carries the network {network}.",
                adapter=use.adapter,
                network=use.network.name,
            )
            why: Text = N_(
                "Preflight", "Each network on an external vSwitch needs a network adapter of its own."
            )
        else:
            message = N_(
                "Preflight",
                "The adapter {adapter} already belongs to the vSwitch {vswitch}.",
                adapter=use.adapter,
                vswitch=use.vswitch,
            )
            why = _why_switch(use)
        yield error(Field.ADAPTER, message, why, _with_free(case, name))


def _why_switch(use: AdapterUse) -> Text:
    if use.visible:
        return N_(
            "Preflight",
            "Each network on an external vSwitch needs a network adapter of its own (0x803b0006).",
        )
    return N_(
        "Preflight",
        "The vSwitch was made while docker ran, and docker does not see it. Delete it if nothing "
        "else uses it; or "
        "restart the services hns and docker, which makes it a transparent network; or choose "
        "another adapter.",
    )


def _use_in_the_way(case: Case, name: str) -> AdapterUse | None:
    for use in case.adapter_uses:
        if use.adapter.casefold() != name.casefold():
            continue
        if not (case.is_driver("overlay") and is_overlay(use)):
            return use
    return None


@rule("adapter-needed", source=f"{_SECOND}; reference, 2.1 interface")
def adapter_needed(case: Case) -> Iterator[Objection]:
    """A second external network, or a host with several adapters, needs the adapter named."""
    if not case.is_driver("transparent", "l2bridge", "l2tunnel") or case.adapter_names:
        return
    others = [network for network in external_networks(case.snapshot) if network.driver.lower() != "overlay"]
    free = free_adapters(case.snapshot)
    suggestion = free[0].name if free else ""
    if others and (free is None or free):
        yield error(
            Field.ADAPTER,
            N_("Preflight", "Name the network adapter: {network} already has one.", network=others[0].name),
            N_(
                "Preflight",
                "For a second network on an external vSwitch Windows must be told which other "
                "adapter to bind to.",
            ),
            suggestion,
        )
    elif free is not None and len(usable_adapters(case.snapshot) or ()) > 1 and free:
        yield warning(
            Field.ADAPTER,
            N_("Preflight", "This host has several network adapters: name the one to use."),
            N_(
                "Preflight", "Otherwise Windows chooses one, which may be the wrong one or one that is taken."
            ),
            suggestion,
        )


@rule("adapter-none-free", source=f"{_OWN}; {_HIDDEN}; reference, 4.2 (0x803b0006)")
def adapter_none_free(case: Case) -> Iterator[Objection]:
    """Without a free adapter there is nothing to bind to."""
    if case.driver is None or not case.driver.external or case.adapter_names:
        return
    free = free_adapters(case.snapshot, overlay=case.is_driver("overlay"))
    if free is None or free:
        return
    usable = usable_adapters(case.snapshot) or ()
    uses = [use for adapter in usable if (use := _use_in_the_way(case, adapter.name)) is not None]
    if not uses:
        yield error(
            Field.ADAPTER,
            N_("Preflight", "This host has no network adapter that is up and wired."),
            N_("Preflight", "Windows answers “An adapter was not found” (0x803b0006)."),
        )
        return
    hidden = next((use for use in uses if not use.visible), None)
    first = hidden or uses[0]
    yield error(
        Field.ADAPTER,
        N_(
            "Preflight",
            "No network adapter is free: {adapter} belongs to {owner}.",
            adapter=first.adapter,
            owner=first.network.name if first.network else first.vswitch,
        ),
        _why_switch(first),
    )


@rule("adapter-spelling", source=_SET)
def adapter_spelling(case: Case) -> Iterator[Objection]:
    """Windows takes the value as it is: no quotes, no blanks around commas."""
    value = case.spec.option(INTERFACE)
    plain = adapter_value(adapter_names(value))
    if value and value != plain and _asked(case):
        yield error(
            Field.ADAPTER,
            N_("Preflight", "Quotes and spaces around adapter names would become part of the names."),
            N_(
                "Preflight",
                "Windows takes the value as it is. The documented spelling with spaces between the names "
                "works in no shell; several adapters are one value, separated by commas only.",
            ),
            plain,
        )


@rule("adapter-twice", source=_SET)
def adapter_twice(case: Case) -> Iterator[Objection]:
    """A team has each adapter once."""
    folded = [name.casefold() for name in _asked(case)]
    if len(set(folded)) < len(folded):
        once = dict(zip(reversed(folded), reversed(case.adapter_names), strict=True))
        yield error(
            Field.ADAPTER,
            N_("Preflight", "An adapter is listed twice."),
            N_("Preflight", "A team (Switch Embedded Teaming) is made of different adapters."),
            adapter_value(once[name] for name in dict.fromkeys(folded)),
        )


@rule(
    "adapter-team-on-client",
    source="Microsoft documentation, Switch Embedded Teaming: Windows Server 2016 or later",
)
def adapter_team_on_client(case: Case) -> Iterator[Objection]:
    """Teams are a Windows Server feature."""
    windows = case.engine.windows if case.engine else None
    if windows is not None and windows.server is False and len(_asked(case)) > 1:
        yield warning(
            Field.ADAPTER,
            N_("Preflight", "Switch Embedded Teaming is a feature of Windows Server."),
            N_(
                "Preflight",
                "This host runs a client edition of Windows, where a team of adapters is refused.",
            ),
            case.adapter_names[0],
        )


def _asked(case: Case) -> tuple[str, ...]:
    """The adapters asked for, where the driver has any use for them."""
    return case.adapter_names if case.driver is not None and case.driver.external else ()


def _find(case: Case, name: str) -> Adapter | None:
    wanted = name.casefold()
    return next((adapter for adapter in case.adapters or () if adapter.name.casefold() == wanted), None)


def _with_free(case: Case, name: str) -> str:
    """The option's value with ``name`` replaced by a free adapter, "" where there is none."""
    asked = {other.casefold() for other in case.adapter_names}
    free = free_adapters(case.snapshot, overlay=case.is_driver("overlay")) or ()
    other = next((adapter.name for adapter in free if adapter.name.casefold() not in asked), "")
    return _replaced(case, name, other) if other else ""


def _replaced(case: Case, name: str, other: str) -> str:
    return adapter_value(other if kept == name else kept for kept in case.adapter_names)
