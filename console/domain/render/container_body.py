"""The Engine API's request body of a container: ``POST /containers/create``."""

from __future__ import annotations

from typing import Any

from console.domain.container_spec import ContainerSpec, PublishSpec


def container_body(spec: ContainerSpec) -> dict[str, Any]:
    """The JSON body that makes ``spec``; its name travels in the query. What is empty is left out."""
    body: dict[str, Any] = {
        "Image": spec.image,
        "Cmd": list(spec.command),
        "Env": [f"{key}={value}" for key, value in spec.environment.items()],
        "Labels": dict(spec.labels),
        "Hostname": spec.hostname,
        "ExposedPorts": {port.key: {} for port in spec.ports},
        "Tty": spec.interactive,
        "OpenStdin": spec.interactive,
        "NetworkingConfig": _networking(spec),
    }
    return {key: value for key, value in body.items() if value} | {"HostConfig": _host_config(spec)}


def _host_config(spec: ContainerSpec) -> dict[str, Any]:
    config: dict[str, Any] = {
        "PortBindings": _bindings(spec.ports),
        "Dns": list(spec.dns_servers),
        "DnsSearch": list(spec.dns_search),
        "Isolation": spec.isolation,
        "RestartPolicy": {"Name": spec.restart} if spec.restart else {},
    }
    # As the docker client does: "default" is the engine's nat, or bridge on Linux.
    return {"NetworkMode": spec.network or "default"} | {key: value for key, value in config.items() if value}


def _bindings(ports: tuple[PublishSpec, ...]) -> dict[str, list[dict[str, str]]]:
    bindings: dict[str, list[dict[str, str]]] = {}
    for port in ports:
        host = "" if port.host_port is None else str(port.host_port)
        bindings.setdefault(port.key, []).append({"HostIp": port.host_address, "HostPort": host})
    return bindings


def _networking(spec: ContainerSpec) -> dict[str, Any]:
    endpoint: dict[str, Any] = {}
    if spec.address:
        family = "IPv6Address" if ":" in spec.address else "IPv4Address"
        endpoint["IPAMConfig"] = {family: spec.address}
    if spec.aliases:
        endpoint["Aliases"] = list(spec.aliases)
    return {"EndpointsConfig": {spec.network or "default": endpoint}} if endpoint else {}
