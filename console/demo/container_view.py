"""How the engine shows a container: a row of ``GET /containers/json`` and inspect."""

from __future__ import annotations

from typing import Any

from console.demo.builds import Version
from console.demo.json_text import encoded
from console.demo.state import ContainerState, EndpointState
from console.demo.timestamps import rfc3339, spoken

_SINCE_GATEWAY_PRIORITY = (1, 48)
_WITHOUT_FLAT_FIELDS = (1, 52)
_BEFORE, _AFTER = " before Status", " after Status"


def status_text(container: ContainerState, now: float) -> str:
    """``Up 5 minutes``, ``Exited (0) 2 hours ago``, ``Created``."""
    if container.state == "running":
        return f"Up {spoken(now - container.started)}"
    if container.state == "exited":
        return f"Exited ({container.exit_code}) {spoken(now - container.finished)} ago"
    return "Created"


def row_json(container: ContainerState, api: Version, now: float) -> bytes:
    """One row of the list. Only ``Status`` depends on the time of asking: the parts before and
    after it are kept.
    """
    form = str(api >= _SINCE_GATEWAY_PRIORITY)
    kept = container.kept_json
    if form + _BEFORE not in kept:
        document = row_document(container, api)
        place = list(document).index("State") + 1
        members = list(document.items())
        kept[form + _BEFORE] = encoded(dict(members[:place]))[:-1] + b',"Status":"'
        kept[form + _AFTER] = b'",' + encoded(dict(members[place:]))[1:]
    status = status_text(container, now).encode("ascii")
    return kept[form + _BEFORE] + status + kept[form + _AFTER]


def row_document(container: ContainerState, api: Version) -> dict[str, Any]:
    """One row of the list without ``Status``, which stands after ``State``."""
    return {
        "Id": container.id,
        "Names": ["/" + container.name],
        "Image": container.image,
        "ImageID": container.image_id,
        "Command": " ".join(container.command),
        "Created": int(container.created),
        "Ports": _row_ports(container),
        "Labels": container.config.get("Labels") or {},
        "State": container.state,
        "HostConfig": {"NetworkMode": container.network_mode},
        "NetworkSettings": {
            "Networks": {name: endpoint_document(one, api) for name, one in container.endpoints.items()}
        },
        "Mounts": [],
    }


def _row_ports(container: ContainerState) -> list[dict[str, Any]]:
    if not container.running:
        return []
    rows: list[dict[str, Any]] = []
    published = set()
    for endpoint in container.endpoints.values():
        for port in endpoint.ports:
            published.add((port.container_port, port.protocol))
            rows.append(
                {
                    "IP": "0.0.0.0",  # noqa: S104 (what the engine prints; nothing listens)
                    "PrivatePort": port.container_port,
                    "PublicPort": port.host_port,
                    "Type": port.protocol,
                }
            )
    for text in container.config.get("ExposedPorts") or {}:
        number, _, protocol = text.partition("/")
        if number.isdigit() and (int(number), protocol or "tcp") not in published:
            rows.append({"PrivatePort": int(number), "Type": protocol or "tcp"})
    return rows


def endpoint_document(endpoint: EndpointState, api: Version) -> dict[str, Any]:
    """One member of ``NetworkSettings.Networks``."""
    document: dict[str, Any] = {
        "IPAMConfig": {"IPv4Address": endpoint.wanted_address} if endpoint.wanted_address else None,
        "Links": endpoint.links,
        "Aliases": endpoint.aliases or None,
        "MacAddress": endpoint.mac_address,
        "DriverOpts": endpoint.driver_options,
    }
    if api >= _SINCE_GATEWAY_PRIORITY:
        document["GwPriority"] = 0
    return document | {
        "NetworkID": endpoint.network_id,
        "EndpointID": endpoint.endpoint_id,
        "Gateway": endpoint.gateway,
        "IPAddress": endpoint.address,
        "IPPrefixLen": endpoint.prefix_length,
        "IPv6Gateway": "",
        "GlobalIPv6Address": "",
        "GlobalIPv6PrefixLen": 0,
        "DNSNames": None,
    }


def inspect_document(container: ContainerState, api: Version) -> dict[str, Any]:
    """``GET /containers/{id}/json``."""
    return {
        "Id": container.id,
        "Created": rfc3339(container.created),
        "Path": container.command[0] if container.command else "",
        "Args": container.command[1:],
        "State": _state(container),
        "Image": container.image_id,
        "ResolvConfPath": "",
        "HostnamePath": "",
        "HostsPath": "",
        "LogPath": "",
        "Name": "/" + container.name,
        "RestartCount": container.restarts,
        "Driver": "windowsfilter",
        "Platform": "windows",
        "MountLabel": "",
        "ProcessLabel": "",
        "AppArmorProfile": "",
        "ExecIDs": None,
        "HostConfig": {
            **container.host_config,
            "NetworkMode": container.network_mode,
            "Isolation": container.isolation,
        },
        "GraphDriver": {"Data": {"dir": ""}, "Name": "windowsfilter"},
        "Mounts": [],
        "Config": {
            **container.config,
            "Hostname": container.hostname,
            "Image": container.image,
            "Labels": container.config.get("Labels") or {},
        },
        "NetworkSettings": _network_settings(container, api),
    }


def _state(container: ContainerState) -> dict[str, Any]:
    return {
        "Status": container.state,
        "Running": container.running,
        "Paused": False,
        "Restarting": False,
        "OOMKilled": False,
        "Dead": False,
        "Pid": 4000 + int(container.id[:3], 16) * 4 if container.running else 0,
        "ExitCode": container.exit_code,
        "Error": container.error,
        "StartedAt": rfc3339(container.started),
        "FinishedAt": rfc3339(container.finished),
    }


def _network_settings(container: ContainerState, api: Version) -> dict[str, Any]:
    ports: dict[str, Any] = {}
    if container.running:
        ports = dict.fromkeys(container.config.get("ExposedPorts") or {})
        for endpoint in container.endpoints.values():
            for port in endpoint.ports:
                bound = ports.get(f"{port.container_port}/{port.protocol}") or []
                bound.append({"HostIp": "0.0.0.0", "HostPort": str(port.host_port)})  # noqa: S104
                ports[f"{port.container_port}/{port.protocol}"] = bound
    settings: dict[str, Any] = {
        "SandboxID": container.sandbox_id,
        "SandboxKey": container.sandbox_id,
        "Ports": ports,
    }
    if api < _WITHOUT_FLAT_FIELDS:
        settings = {"Bridge": ""} | settings | _FLAT
    settings["Networks"] = {
        name: endpoint_document(one, api) | {"DNSNames": dns_names(container, one)}
        for name, one in container.endpoints.items()
    }
    return settings


def dns_names(container: ContainerState, endpoint: EndpointState) -> list[str]:
    """The names a container goes by on one network."""
    return [container.name, *endpoint.aliases, container.id[:12]]


_FLAT: dict[str, Any] = {
    "HairpinMode": False,
    "LinkLocalIPv6Address": "",
    "LinkLocalIPv6PrefixLen": 0,
    "SecondaryIPAddresses": None,
    "SecondaryIPv6Addresses": None,
    "EndpointID": "",
    "Gateway": "",
    "GlobalIPv6Address": "",
    "GlobalIPv6PrefixLen": 0,
    "IPAddress": "",
    "IPPrefixLen": 0,
    "IPv6Gateway": "",
    "MacAddress": "",
}
