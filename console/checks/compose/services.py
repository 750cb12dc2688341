"""What services ask for that Windows containers do not have (seed, "Unsupported features"; reference,
1.4, 2.3 and 3.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from console.domain.compose.model import ComposeProblem, ComposeService
from console.domain.compose.tree import YamlNode, YamlScalar, YamlSequence
from console.domain.severity import Severity
from console.domain.text import N_, Text

CONTEXT = "Compose check"

_OUT = N_(CONTEXT, "Leave it out.")
_BY_NAME = N_(CONTEXT, "Put both services on one network: they find each other by name.")

#: Attributes of a service that do nothing or fail on Windows: what is said, and what to do instead.
UNSUPPORTED: Final[dict[str, tuple[Text, Text]]] = {
    "links": (N_(CONTEXT, "Windows has no container links: links has no effect."), _BY_NAME),
    "external_links": (
        N_(CONTEXT, "Windows has no container links: external_links has no effect."),
        _BY_NAME,
    ),
    "dns_opt": (N_(CONTEXT, "Windows ignores resolver options."), N_(CONTEXT, "Use dns and dns_search.")),
    "privileged": (N_(CONTEXT, "Windows containers have no privileged mode."), _OUT),
    "read_only": (N_(CONTEXT, "Windows containers have no read-only mode."), _OUT),
    "cap_add": (N_(CONTEXT, "Capabilities are a Linux concept."), _OUT),
    "cap_drop": (N_(CONTEXT, "Capabilities are a Linux concept."), _OUT),
    "sysctls": (N_(CONTEXT, "Kernel parameters are a Linux concept."), _OUT),
}
_MODES = {
    "host": N_(CONTEXT, "Use a nat network with published ports, or a transparent network."),
    "bridge": N_(CONTEXT, "Leave network_mode out: the service is then on a nat network."),
}


def is_asked_for(node: YamlNode | None) -> bool:
    """Whether an attribute asks for anything: not false, and no empty list."""
    if isinstance(node, YamlScalar):
        return node.text.lower() not in {"", "false", "no", "off", "0"}
    return not (node is None or (isinstance(node, YamlSequence) and not node.items))


def service_problems(service: ComposeService) -> Iterator[ComposeProblem]:
    """What a Windows engine refuses or leaves out of one service."""
    for key, (message, remedy) in UNSUPPORTED.items():
        if is_asked_for(service.entry.get(key)):
            yield _problem(service, key, message, remedy)
    yield from _mode(service)
    yield from _addresses(service)
    platform = service.entry.get("platform")
    if isinstance(platform, YamlScalar) and platform.text.lower().startswith("linux"):
        yield _problem(
            service,
            "platform",
            N_(CONTEXT, "{service} is for Linux; a Windows engine can't run it.", service=service.key),
            N_(CONTEXT, "Use an image for Windows, or run it on a Linux engine."),
            rule="linux-platform",
        )


def _mode(service: ComposeService) -> Iterator[ComposeProblem]:
    kind = service.network_mode.partition(":")[0]
    if service.network_mode in _MODES:
        yield _problem(
            service,
            "network_mode",
            N_(CONTEXT, "Windows containers have no network mode {mode}.", mode=service.network_mode),
            _MODES[service.network_mode],
        )
    elif kind in {"service", "container"} and service.isolation.lower() == "hyperv":
        yield _problem(
            service,
            "network_mode",
            N_(
                CONTEXT,
                "A container with Hyper-V isolation can't use the network stack of another container.",
            ),
            N_(CONTEXT, "Use process isolation, or put both on one network."),
            rule="shared-network-stack",
        )
    elif service.network_mode and service.ports:
        yield _problem(
            service,
            "ports",
            N_(
                CONTEXT,
                "{service} has no network of its own, so its ports are not published.",
                service=service.key,
            ),
            N_(CONTEXT, "Publish them on the service whose network it uses, or leave network_mode out."),
            rule="ports-without-network",
            severity=Severity.WARNING,
        )


def _addresses(service: ComposeService) -> Iterator[ComposeProblem]:
    for attachment in service.attachments:
        if attachment.ipv6_address:
            yield ComposeProblem(
                "ipv6-address",
                Severity.ERROR,
                N_(CONTEXT, "Docker on Windows gives containers no IPv6 addresses."),
                attachment.place,
                remedy=N_(CONTEXT, "Use ipv4_address with an address of the network's subnet."),
                subject=service.key,
            )


def _problem(
    service: ComposeService,
    key: str,
    message: Text,
    remedy: Text,
    *,
    rule: str = "unsupported-service-option",
    severity: Severity = Severity.ERROR,
) -> ComposeProblem:
    place = service.entry.place_of(key)
    return ComposeProblem(rule, severity, message, place, remedy=remedy, subject=service.key)
