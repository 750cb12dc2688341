"""vSwitches: who made them, what they are bound to, and what is on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from console.domain.host_actions import vswitch_uses
from console.domain.host_inventory import HnsNetwork, SwitchExtension
from console.domain.object_ref import ObjectKind, ref_of
from console.domain.snapshot import VSwitch, VSwitchKind
from console.domain.switch_origin import SwitchOrigin, origin_text
from console.domain.text import N_, Text
from console.domain.vfp import vfp_of
from console.ui.icons import Icon
from console.ui.inventory.kind import InventoryKind, InventoryRow
from console.ui.inventory.words import joined, lines, short_name, titles, yes_no
from console.ui.models.records import Column
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

if TYPE_CHECKING:
    from console.domain.relations import Relations

CONTEXT = "Switches"

_NAT_TYPES = frozenset({"nat", "ics"})


@dataclass(frozen=True, slots=True)
class SwitchRow(InventoryRow):
    """A vSwitch, who made it and what it carries."""

    switch: VSwitch
    origin: SwitchOrigin
    nat: bool
    adapters: tuple[str, ...]
    networks: tuple[str, ...]
    endpoints: int


def rows(relations: Relations) -> Iterator[SwitchRow]:
    """One row per vSwitch."""
    for switch in relations.snapshot.facts.vswitches.known() or ():
        ref = ref_of(switch)
        hns = relations.hns_networks_on(switch)
        endpoints = sum(len(relations.hns_endpoints_on(network)) for network in hns)
        yield SwitchRow(
            ref.id,
            ref,
            switch,
            relations.origin_of(switch),
            any(_is_nat(network) for network in hns),
            tuple(adapter.name for adapter in relations.adapters_of(switch)) or switch.adapters,
            titles(relations, ref, ObjectKind.NETWORK),
            endpoints,
        )


def _is_nat(network: HnsNetwork) -> bool:
    return bool(network.nat_name) or network.type.casefold() in _NAT_TYPES


def _name(row: SwitchRow) -> str:
    return short_name(row.switch.name)


def _full_name(row: SwitchRow) -> str:
    return row.switch.name


def _kind(row: SwitchRow) -> str:
    say = QCoreApplication.translate
    words = {
        VSwitchKind.EXTERNAL: say(CONTEXT, "External"),
        VSwitchKind.INTERNAL: say(CONTEXT, "Internal"),
        VSwitchKind.PRIVATE: say(CONTEXT, "Private"),
    }
    return words[row.switch.kind]


def _origin(row: SwitchRow) -> str:
    say = QCoreApplication.translate
    words = {
        SwitchOrigin.DOCKER: say(CONTEXT, "Docker"),
        SwitchOrigin.HNS: say(CONTEXT, "HNS"),
        SwitchOrigin.HYPER_V: say(CONTEXT, "Hyper-V"),
        SwitchOrigin.DEFAULT_SWITCH: say(CONTEXT, "Windows (Default Switch)"),
        SwitchOrigin.WSL: say(CONTEXT, "WSL"),
        SwitchOrigin.DOCKER_DESKTOP: say(CONTEXT, "Docker Desktop"),
    }
    return words[row.origin]


def _vfp(row: SwitchRow) -> str:
    return extension_state(vfp_of(row.switch))


def extension_state(extension: SwitchExtension | None) -> str:
    """How an extension stands: on, off, or on without running."""
    say = QCoreApplication.translate
    if extension is None:
        return say(CONTEXT, "not available")
    if not extension.enabled:
        return say(CONTEXT, "off")
    return say(CONTEXT, "on, not running") if extension.running is False else say(CONTEXT, "on")


def _extension(extension: SwitchExtension) -> str:
    return f"{extension.name or extension.id}: {extension_state(extension)}"


def _visible_mark(row: SwitchRow) -> tuple[Icon, str]:
    return (Icon.OK, "ok") if row.switch.visible_to_docker else (Icon.WARNING, "warning")


COLUMNS: tuple[Column[SwitchRow], ...] = (
    Column("name", N_(CONTEXT, "Name"), _name, tip=_full_name, width=20),
    Column("kind", N_(CONTEXT, "Type"), _kind, width=8),
    Column("nat", N_(CONTEXT, "NAT"), lambda row: row.nat, text=yes_no, width=6),
    Column("adapters", N_(CONTEXT, "Adapters"), lambda row: row.adapters, text=joined, width=16),
    Column("networks", N_(CONTEXT, "Networks"), lambda row: row.networks, text=joined, width=18),
    Column("endpoints", N_(CONTEXT, "Endpoints"), lambda row: row.endpoints, width=10, numeric=True),
    Column("vfp", N_(CONTEXT, "VFP"), _vfp, width=10),
    Column("origin", N_(CONTEXT, "Created by"), _origin, width=14),
    Column(
        "visible", N_(CONTEXT, "Docker sees it"), lambda row: row.switch.visible_to_docker, text=yes_no,
        width=10, mark=_visible_mark,
    ),
    Column(
        "shared", N_(CONTEXT, "Host has a vNIC"), lambda row: row.switch.management_os, text=yes_no, width=14,
        shown=False,
    ),
    Column(
        "teaming", N_(CONTEXT, "Teaming (SET)"), lambda row: row.switch.embedded_teaming, text=yes_no,
        width=12, shown=False,
    ),
    Column("full-name", N_(CONTEXT, "Full name"), _full_name, width=30, shown=False),
    Column("notes", N_(CONTEXT, "Notes"), lambda row: row.switch.notes, width=24, shown=False),
    Column("id", N_(CONTEXT, "ID"), lambda row: row.switch.id, width=36, shown=False),
)  # fmt: skip

GENERAL = N_(CONTEXT, "vSwitch")
ON_IT = N_(CONTEXT, "What is on it")


def facts(row: SwitchRow, relations: Relations) -> tuple[Fact, ...]:
    """All there is to say about one vSwitch."""
    switch = row.switch
    teaming = yes_no(switch.embedded_teaming) if switch.kind is VSwitchKind.EXTERNAL else ""
    said = [
        Fact(GENERAL, N_(CONTEXT, "Name"), _name(row), "" if _name(row) == switch.name else switch.name),
        Fact(GENERAL, N_(CONTEXT, "Type"), _kind(row)),
        Fact(GENERAL, N_(CONTEXT, "NAT"), yes_no(row.nat)),
        Fact(GENERAL, N_(CONTEXT, "Origin"), shown(origin_text(row.origin))),
        Fact(GENERAL, N_(CONTEXT, "Docker sees it"), yes_no(switch.visible_to_docker)),
        Fact(GENERAL, N_(CONTEXT, "Adapters"), lines(row.adapters)),
        Fact(GENERAL, N_(CONTEXT, "Teaming (SET)"), teaming),
        Fact(GENERAL, N_(CONTEXT, "Host has a vNIC"), yes_no(switch.management_os)),
        Fact(GENERAL, N_(CONTEXT, "Notes"), switch.notes),
        Fact(GENERAL, N_(CONTEXT, "Read from"), _read_from(switch)),
        Fact(GENERAL, N_(CONTEXT, "ID"), switch.id),
        Fact(ON_IT, N_(CONTEXT, "Used by"), lines(shown(use) for use in vswitch_uses(switch, relations))),
        Fact(ON_IT, N_(CONTEXT, "Endpoints"), str(row.endpoints)),
        Fact(ON_IT, N_(CONTEXT, "Extensions"), lines(map(_extension, switch.extensions))),
    ]
    return tuple(fact for fact in said if fact.value)


def _read_from(switch: VSwitch) -> str:
    if not switch.derived:
        return ""
    return QCoreApplication.translate(
        CONTEXT, "HNS only: the Hyper-V cmdlets are not on this host, so some of this is not known."
    )


def warning(row: SwitchRow) -> Text | None:
    """A switch that docker does not see blocks networks on its adapter."""
    if row.switch.visible_to_docker:
        return None
    # seed, "Existing vSwitch (not visible to Docker) can block transparent network creation"
    return N_(
        CONTEXT,
        "Docker doesn't see this vSwitch: it was created while Docker was running. A network on its "
        "adapter would fail. Restart the services hns and docker to make it visible.",
    )


SWITCHES = InventoryKind(
    id="switches",
    title=N_(CONTEXT, "vSwitches"),
    icon=Icon.SWITCH,
    sections=("vswitches", "adapters", "networks", "hns_networks", "hns_endpoints"),
    columns=COLUMNS,
    rows=rows,
    facts=facts,
    none=N_(CONTEXT, "This host has no vSwitch. Docker creates one with the first network."),
    shows=ObjectKind.VSWITCH,
    warning=warning,
    actions=(
        "switch-new", "switch-rename", "switch-remove", "", "switch-share", "switch-unshare", "vfp-on",
        "vfp-off",
    ),
)  # fmt: skip
