"""What there is to say about how a host is set up around its engine: proxies, daemon.json, HNS, images."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from console.domain.host_setup import ContainerSettings, HnsService, Proxy, ProxyPlace
from console.domain.snapshot import Snapshot
from console.domain.text import N_, Text, verbatim
from console.ui.inventory.words import lines, optional
from console.ui.widgets.fact_sheet import Fact

CONTEXT = "Host"

PROXIES = N_(CONTEXT, "Proxies")
CONFIGURATION = N_(CONTEXT, "Docker's configuration (daemon.json)")
SETTINGS = N_(CONTEXT, "Settings for containers")
HNS = N_(CONTEXT, "Host Networking Service")
IMAGES = N_(CONTEXT, "Images")

_PLACES = {
    ProxyPlace.CONFIGURATION: N_(CONTEXT, "daemon.json"),
    ProxyPlace.SERVICE: N_(CONTEXT, "Environment of the service docker"),
    ProxyPlace.ENVIRONMENT: N_(CONTEXT, "Environment of the machine"),
    ProxyPlace.WINHTTP: N_(CONTEXT, "WinHTTP (Windows' own services)"),
}


def setup_facts(snapshot: Snapshot) -> Iterator[Fact]:
    """All there is to say; what could not be read is left out."""
    for proxy in snapshot.facts.proxies.known() or ():
        yield _proxy(proxy)
    yield from _configuration(snapshot)
    settings = snapshot.facts.container_settings.known()
    if settings is not None:
        yield from _settings(settings)
    hns = snapshot.facts.hns_service.known()
    if hns is not None:
        yield from _hns(hns)
    images = snapshot.images.known()
    if images is not None:
        yield Fact(
            IMAGES, N_(CONTEXT, "In the image store"), lines(tag for one in images for tag in one.tags)
        )


def _proxy(proxy: Proxy) -> Fact:
    say = QCoreApplication.translate
    title = _PLACES[proxy.place]
    if not proxy.given:
        return Fact(PROXIES, title, say(CONTEXT, "none"))
    told = [f"HTTP  {proxy.http}" if proxy.http else "", f"HTTPS  {proxy.https}" if proxy.https else ""]
    bypass = say(CONTEXT, "Not for: {names}").format(names=proxy.bypass) if proxy.bypass else ""
    return Fact(PROXIES, title, lines(told), bypass)


def _configuration(snapshot: Snapshot) -> Iterator[Fact]:
    known = snapshot.facts.engine_configuration.known()
    if known is None:
        return
    say = QCoreApplication.translate
    without = known.bridge == "none"
    meaning = say(CONTEXT, "Docker creates no default network nat.") if without else ""
    yield Fact(CONFIGURATION, verbatim("bridge"), known.bridge, meaning)
    yield Fact(CONFIGURATION, verbatim("fixed-cidr"), known.fixed_cidr)
    yield Fact(CONFIGURATION, verbatim("dns"), lines(known.dns))
    yield Fact(CONFIGURATION, verbatim("group"), known.group)
    ignored = say(CONTEXT, "Docker ignores it on Windows.")
    yield Fact(CONFIGURATION, verbatim("mtu"), optional(known.mtu), ignored)


def _settings(settings: ContainerSettings) -> Iterator[Fact]:
    say = QCoreApplication.translate
    unset, missing = say(CONTEXT, "not set"), say(CONTEXT, "missing")
    values: tuple[tuple[Text, int | None], ...] = (
        (verbatim("VSmbDisableOplocks"), settings.smb_oplocks_disabled),
        (verbatim("FDVDenyWriteAccess"), settings.fixed_drives_denied),
    )
    for title, value in values:
        yield Fact(SETTINGS, title, unset if value is None else str(value))
    left_over = lines(f"{one.name} = {one.value}" for one in settings.left_over_values)
    yield Fact(SETTINGS, N_(CONTEXT, "Values for test builds"), left_over)
    yield Fact(SETTINGS, N_(CONTEXT, "Event log source"), lines(settings.event_sources) or missing)
    yield Fact(SETTINGS, N_(CONTEXT, "docker.exe on the PATH"), lines(settings.docker_clients) or missing)


def _hns(service: HnsService) -> Iterator[Fact]:
    say = QCoreApplication.translate
    running = str(service.process_id) if service.process_id else say(CONTEXT, "not running")
    shared = ""
    if service.shared_with:
        shared = say(CONTEXT, "Shared with {names}").format(names=", ".join(service.shared_with))
    yield Fact(HNS, N_(CONTEXT, "Process ID"), running, shared)
    yield Fact(HNS, N_(CONTEXT, "Threads"), optional(service.threads))
    if service.crashes is not None:
        times = lines(f"{one:%Y-%m-%d %H:%M} UTC" for one in service.crashes)
        yield Fact(HNS, N_(CONTEXT, "Crashes in 24 hours"), times or say(CONTEXT, "none"))
