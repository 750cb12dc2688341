"""What there is to say about a host as a whole: its Windows, its updates, its machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QCoreApplication

from console.domain.adapter_standing import machine_meaning
from console.domain.host_inventory import WindowsHost
from console.domain.preflight.build import OVERLAY_UPDATES
from console.domain.snapshot import SectionState, Snapshot
from console.domain.text import N_, Text, verbatim
from console.domain.windows_releases import release_name
from console.ui.inventory.kind import SECTION_TITLES, section_of
from console.ui.inventory.setup_facts import setup_facts
from console.ui.inventory.words import lines, told, yes_no
from console.ui.texts import shown
from console.ui.widgets.fact_sheet import Fact

CONTEXT = "Host"

SECTIONS: Final = (
    "windows", "hypervisor", "engine", "images", "proxies", "engine_configuration", "container_settings",
    "hns_service",
)  # fmt: skip
"""The parts of a snapshot the facts come from."""

_IPV6_OFF: Final = 0xFF
"""``DisabledComponents`` that switches IPv6 off everywhere but on loopback (reference, 5.1)."""

_FIRST_FOR_CONTAINERS: Final = (14393, 351, "KB3194496")
"""Build, revision and update from which containers run on the first Windows that has them
(reference, 2.6).
"""

WINDOWS = N_(CONTEXT, "Windows")
FEATURES = N_(CONTEXT, "Features for containers")
IPV6 = N_(CONTEXT, "IPv6")
UPDATES = N_(CONTEXT, "Updates")
MACHINE = N_(CONTEXT, "Machine")
ENGINE = N_(CONTEXT, "Docker Engine")


def host_facts(snapshot: Snapshot) -> tuple[Fact, ...]:
    """All there is to say, without empty lines. What could not be read is left out."""
    said = [*_windows(snapshot), *_machine(snapshot), *_engine(snapshot), *setup_facts(snapshot)]
    return tuple(fact for fact in said if fact.value)


def first_unread(snapshot: Snapshot) -> tuple[str, str] | None:
    """What is old or missing and why, and what would help; None where all was read."""
    for name in SECTIONS:
        section = section_of(snapshot, name)
        if section.state is not SectionState.FRESH:
            say = QCoreApplication.translate
            reason = told(section.reason) or say(CONTEXT, "It could not be read.")
            what = say(CONTEXT, "{part}: {reason}").format(part=shown(SECTION_TITLES[name]), reason=reason)
            return what, told(section.remedy)
    return None


def _windows(snapshot: Snapshot) -> Iterator[Fact]:
    host = snapshot.facts.windows.known()
    if host is None:
        return
    server = host.installation_type.casefold().startswith("server") if host.installation_type else None
    yield Fact(WINDOWS, N_(CONTEXT, "Computer"), host.computer)
    yield Fact(WINDOWS, N_(CONTEXT, "Edition"), host.product, _installation(host))
    yield Fact(
        WINDOWS, N_(CONTEXT, "Release"), release_name(host.build, server=server) or host.display_version
    )
    yield Fact(WINDOWS, N_(CONTEXT, "Build"), f"{host.build}.{host.revision}" if host.build else "")
    yield Fact(WINDOWS, N_(CONTEXT, "Read as administrator"), yes_no(host.elevated))
    for name in ("Containers", "Hyper-V"):
        yield Fact(FEATURES, verbatim(name), *_feature(name, host))
    yield Fact(IPV6, N_(CONTEXT, "DisabledComponents"), *_ipv6(host.ipv6_disabled_components))
    for title, value, meaning in _update_needs(host):
        yield Fact(UPDATES, title, value, meaning)
    yield Fact(UPDATES, N_(CONTEXT, "Installed"), lines(_hotfixes(host)))


def _installation(host: WindowsHost) -> str:
    say = QCoreApplication.translate
    kinds = {
        "server core": say(CONTEXT, "Server Core: without a desktop."),
        "server": say(CONTEXT, "Server with a desktop."),
        "client": say(
            CONTEXT, "A client edition: containers run with Hyper-V isolation unless specified otherwise."
        ),
        "nano server": say(CONTEXT, "Nano Server."),
    }
    return kinds.get(host.installation_type.casefold(), host.installation_type)


def _feature(name: str, host: WindowsHost) -> tuple[str, str]:
    """The state of a feature, and what follows from it."""
    say = QCoreApplication.translate
    state = host.features.get(name)
    if state is None:
        return say(CONTEXT, "not known"), ""
    on = state.casefold() == "enabled"
    words = say(CONTEXT, "on") if on else state
    if name == "Containers":
        return words, "" if on else say(CONTEXT, "Docker can't run Windows containers without it.")
    if on:
        return words, say(
            CONTEXT, "Containers can run with Hyper-V isolation; all vSwitch cmdlets are available."
        )
    return words, say(
        CONTEXT,
        "No Hyper-V isolation. Without its cmdlets vSwitches can't be changed here, and what is known "
        "about them comes from HNS.",
    )


def _ipv6(value: int | None) -> tuple[str, str]:
    """The registry value and what it does (reference, 5.1; seed, on error 0x490)."""
    say = QCoreApplication.translate
    if not value:
        words = say(CONTEXT, "not set") if value is None else "0x0"
        return words, say(CONTEXT, "IPv6 is on, as Windows' container networking needs it.")
    words = f"0x{value:X}"
    if value & _IPV6_OFF == _IPV6_OFF:
        return words, say(
            CONTEXT,
            "IPv6 is off. Since KB4015217 Windows then creates no container networks (error 0x490). Delete "
            "the value and restart Windows.",
        )
    return words, say(
        CONTEXT, "IPv6 is partly off. If networks fail with error 0x490, this is the first suspect."
    )


def _update_needs(host: WindowsHost) -> Iterator[tuple[Text, str, str]]:
    """Updates that this build needs for one thing or another, told by its revision."""
    say = QCoreApplication.translate
    needs = []
    if host.build == _FIRST_FOR_CONTAINERS[0]:
        needs.append((*_FIRST_FOR_CONTAINERS[1:], say(CONTEXT, "the minimum for containers on this Windows")))
    if host.build in OVERLAY_UPDATES:
        needs.append((*OVERLAY_UPDATES[host.build], say(CONTEXT, "needed by overlay networks")))
    for revision, update, reason in needs:
        there = host.revision >= revision
        words = say(CONTEXT, "installed") if there else say(CONTEXT, "missing")
        yield (
            verbatim(update),
            words,
            say(CONTEXT, "{reason}; included in every build from {build} on").format(
                reason=reason[:1].upper() + reason[1:], build=f"{host.build}.{revision}"
            ),
        )
    if not needs:
        nothing = say(CONTEXT, "none")
        yield (
            N_(CONTEXT, "Needed for container networks"),
            nothing,
            say(CONTEXT, "This build has all of them."),
        )


def _hotfixes(host: WindowsHost) -> Iterator[str]:
    for hotfix in host.hotfixes:
        day = hotfix.installed_on.strftime("%Y-%m-%d") if hotfix.installed_on else ""
        yield f"{hotfix.id}  {day}".strip()


def _machine(snapshot: Snapshot) -> Iterator[Fact]:
    host = snapshot.facts.windows.known()
    if host is not None:
        model = " ".join(word for word in (host.manufacturer, host.model) if word)
        yield Fact(MACHINE, N_(CONTEXT, "Model"), model)
    meaning = machine_meaning(snapshot)
    if meaning is not None:
        yield Fact(MACHINE, N_(CONTEXT, "Kind"), shown(meaning.machine))
        yield Fact(MACHINE, N_(CONTEXT, "DHCP for containers"), shown(meaning.dhcp))
        yield Fact(MACHINE, N_(CONTEXT, "MAC addresses of containers"), shown(meaning.mac_spoofing))


def _engine(snapshot: Snapshot) -> Iterator[Fact]:
    engine = snapshot.engine.known()
    if engine is None:
        return
    say = QCoreApplication.translate
    swarm = engine.swarm
    role = say(CONTEXT, "manager") if swarm.manager else say(CONTEXT, "worker")
    yield Fact(ENGINE, N_(CONTEXT, "Version"), f"{engine.version} (API {engine.api_version})")
    yield Fact(ENGINE, N_(CONTEXT, "Runs on"), engine.operating_system)
    yield Fact(ENGINE, N_(CONTEXT, "Containers for"), engine.os_type)
    yield Fact(ENGINE, N_(CONTEXT, "Isolation by default"), engine.default_isolation)
    yield Fact(ENGINE, N_(CONTEXT, "Swarm"), role if swarm.active else say(CONTEXT, "not in a swarm"))
    yield Fact(ENGINE, N_(CONTEXT, "Network drivers"), ", ".join(engine.network_drivers))


def as_text(facts: tuple[Fact, ...]) -> str:
    """The facts as text to paste into a report: a heading a line, then ``title: value``."""
    report: list[str] = []
    for heading in dict.fromkeys(fact.heading for fact in facts):
        report += ["", shown(heading)] if report else [shown(heading)]
        for fact in (one for one in facts if one.heading == heading):
            report.append(f"  {shown(fact.title)}: {', '.join(fact.value.splitlines())}")
            report += [f"    {fact.meaning}"] if fact.meaning else []
    return "\n".join(report) + "\n"
