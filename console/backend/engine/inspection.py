"""The engine's JSON of one container and of images, turned into the domain's records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from console.backend.engine.members import needed, number_in, object_of, part_in, text_in, texts_in
from console.domain.container_details import ContainerDetails, Image, Mount
from console.domain.container_spec import PublishSpec
from console.domain.run_options import RunOptions


def details_of(document: Any) -> ContainerDetails:
    """``GET /containers/{id}/json``. Raises ValueError or TypeError for a wrong shape."""
    source = object_of(document)
    host, config = part_in(source, "HostConfig"), part_in(source, "Config")
    state = part_in(source, "State")
    path = text_in(source, "Path")
    return ContainerDetails(
        id=needed(source, "Id"),
        name=text_in(source, "Name").removeprefix("/"),
        isolation=text_in(host, "Isolation"),
        auto_remove=host.get("AutoRemove") is True,
        restart=text_in(part_in(host, "RestartPolicy"), "Name"),
        network_mode=text_in(host, "NetworkMode"),
        hostname=text_in(config, "Hostname"),
        command=(*((path,) if path else ()), *texts_in(source, "Args")),
        dns_servers=texts_in(host, "Dns"),
        dns_search=texts_in(host, "DnsSearch"),
        ports=tuple(_ports_of(part_in(host, "PortBindings"))),
        aliases=dict(_aliases_of(source)),
        mounts=tuple(_mount_of(mount) for mount in source.get("Mounts") or ()),
        running=state.get("Running") is True,
        started_at=text_in(state, "StartedAt"),
        exit_code=number_in(state, "ExitCode"),
        error=text_in(state, "Error"),
        raw=json.dumps(document, indent=4, ensure_ascii=False),
    )


def run_options_of(document: Any) -> RunOptions:
    """What ``GET /containers/{id}/json`` tells of a container's making. Raises as :func:`details_of`."""
    source = object_of(document)
    host = part_in(source, "HostConfig")
    networks = part_in(part_in(source, "NetworkSettings"), "Networks")
    endpoints = [object_of(one or {}) for one in networks.values()]
    links = [link for one in endpoints for link in texts_in(one, "Links")]
    addresses = (text_in(part_in(one, "IPAMConfig"), "IPv6Address") for one in endpoints)
    return RunOptions(
        id=needed(source, "Id"),
        network_mode=text_in(host, "NetworkMode"),
        links=tuple(dict.fromkeys([*texts_in(host, "Links"), *links])),
        dns_options=texts_in(host, "DnsOptions"),
        dns_search=texts_in(host, "DnsSearch"),
        ipv6_addresses=tuple(address for address in addresses if address),
        ports=tuple(_publish_words(part_in(host, "PortBindings"))),
    )


def _publish_words(bindings: Mapping[str, Any]) -> Iterator[str]:
    for port, hosts in bindings.items():
        for given in hosts or [{}]:
            host = object_of(given)
            parts = (text_in(host, "HostIp"), text_in(host, "HostPort"), port)
            yield ":".join(part for part in parts if part)


def _ports_of(bindings: Mapping[str, Any]) -> Iterator[PublishSpec]:
    for key, hosts in bindings.items():
        number, _, protocol = key.partition("/")
        if not number.isdigit():
            raise ValueError(f"not a port: {key!r}")
        for given in hosts or [{}]:
            host = object_of(given)
            wanted = text_in(host, "HostPort")
            yield PublishSpec(
                container_port=int(number),
                protocol=protocol or "tcp",
                host_port=int(wanted) if wanted.isdigit() and int(wanted) else None,
                host_address=text_in(host, "HostIp"),
            )


def _aliases_of(source: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Without what engines add by themselves: the short id, and on 20.10 the host name."""
    own = {needed(source, "Id")[:12], text_in(part_in(source, "Config"), "Hostname")}
    for name, endpoint in part_in(part_in(source, "NetworkSettings"), "Networks").items():
        yield (
            name,
            tuple(alias for alias in texts_in(object_of(endpoint or {}), "Aliases") if alias not in own),
        )


def _mount_of(document: Any) -> Mount:
    source = object_of(document)
    return Mount(
        kind=text_in(source, "Type"),
        name=text_in(source, "Name"),
        source=text_in(source, "Source"),
        destination=text_in(source, "Destination"),
        read_only=source.get("RW") is False,
    )


def image_of(document: Any) -> Image:
    """One element of ``GET /images/json``. Raises ValueError or TypeError for a wrong shape."""
    source = object_of(document)
    created = number_in(source, "Created")
    # An image without a name is listed as <none>:<none> by older engines.
    tags = tuple(tag for tag in texts_in(source, "RepoTags") if not tag.startswith("<none>"))
    return Image(
        id=needed(source, "Id"),
        tags=tags,
        size=number_in(source, "Size"),
        created=datetime.fromtimestamp(created, UTC) if created > 0 else None,
    )
