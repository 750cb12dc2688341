"""A container as an entry of a Compose file's ``services:`` (Compose specification)."""

from __future__ import annotations

from collections.abc import Mapping

from console.domain.container_spec import ContainerSpec
from console.domain.render.container_line import published


def service_entry(spec: ContainerSpec, network_key: str) -> dict[str, object]:
    """What stands below the service's key. ``network_key`` is what the file calls its network."""
    service: dict[str, object] = {"image": _value(spec.image), "container_name": _value(spec.name)}
    given: dict[str, object] = {
        "hostname": _value(spec.hostname),
        "isolation": spec.isolation,
        "restart": spec.restart,
        "command": _list(spec.command),
        "ports": [published(port) for port in spec.ports],
        "dns": _list(spec.dns_servers),
        "dns_search": _list(spec.dns_search),
        "environment": _values(spec.environment),
        "labels": _values(spec.labels),
        "networks": {network_key: _endpoint(spec)} if network_key else {},
    }
    service |= {key: value for key, value in given.items() if value}
    if spec.interactive:
        service |= {"stdin_open": True, "tty": True}
    return service


def _endpoint(spec: ContainerSpec) -> dict[str, object]:
    endpoint: dict[str, object] = {}
    if spec.address:
        endpoint["ipv6_address" if ":" in spec.address else "ipv4_address"] = _value(spec.address)
    if spec.aliases:
        endpoint["aliases"] = _list(spec.aliases)
    return endpoint


def _list(texts: tuple[str, ...]) -> list[str]:
    return [_value(text) for text in texts]


def _value(text: str) -> str:
    # Compose puts variables into values, so a dollar sign is written twice.
    return text.replace("$", "$$")


def _values(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: _value(value) for key, value in texts.items()}
