"""The engine's JSON turned into the domain's records, once, here.

Engines from 2016 (API 1.24) to today must be readable: a field that is missing, null or new is
no fault, a wrong shape of what is needed (an object, an id) is. Windows facts: reference, 0 and 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from console.backend.engine.members import list_in, needed, number_in, object_of, part_in, text_in, texts_of
from console.domain.record import Record
from console.domain.snapshot import (
    Container,
    Endpoint,
    EngineInfo,
    IpamPool,
    Network,
    PortMapping,
    SwarmState,
    WindowsVersion,
)

#: Shared by all records of a kind. Every value is checked and converted here, so pydantic need not do
#: it again; and a set of field names of its own for each record is 40 MB at 20,000 containers.
_FIELDS: dict[type[Record], set[str]] = {
    kind: set(kind.model_fields) for kind in (Network, IpamPool, Container, PortMapping, Endpoint)
}

_RUNNING_BUILD = re.compile(r"^10\.0[ .](\d{4,6})\b")
_OS_BUILD = re.compile(r"\(OS Build (\d{4,6})(?:\.(\d+))?\)")
_FRACTION = re.compile(r"\.(\d+)")


def network_of(document: Any) -> Network:
    """One element of ``GET /networks``. Raises ValueError or TypeError for a wrong shape."""
    source = object_of(document)
    ipam = part_in(source, "IPAM")
    return Network.model_construct(
        _fields_set=_FIELDS[Network],
        id=needed(source, "Id"),
        name=text_in(source, "Name"),
        driver=sys.intern(text_in(source, "Driver")),
        scope=text_in(source, "Scope") or "local",
        created=_time(source.get("Created")),
        # Engines before 28 have no such field and always do IPv4.
        enable_ipv4=source.get("EnableIPv4") is not False,
        enable_ipv6=source.get("EnableIPv6") is True,
        internal=source.get("Internal") is True,
        attachable=source.get("Attachable") is True,
        ingress=source.get("Ingress") is True,
        config_only=source.get("ConfigOnly") is True,
        config_from=text_in(part_in(source, "ConfigFrom"), "Network"),
        ipam_driver=text_in(ipam, "Driver"),
        ipam_options=texts_of(ipam.get("Options")),
        pools=tuple(_pool_of(pool) for pool in list_in(ipam, "Config")),
        options=texts_of(source.get("Options")),
        labels=texts_of(source.get("Labels")),
    )


def _pool_of(document: Any) -> IpamPool:
    source = object_of(document)
    # The JSON name of the auxiliary addresses is AuxiliaryAddresses; AuxAddress is docker inspect's
    # of old clients. Both have been seen in saved answers.
    return IpamPool.model_construct(
        _fields_set=_FIELDS[IpamPool],
        subnet=text_in(source, "Subnet"),
        gateway=text_in(source, "Gateway"),
        ip_range=text_in(source, "IPRange"),
        aux_addresses=texts_of(source.get("AuxiliaryAddresses") or source.get("AuxAddress")),
    )


def container_of(document: Any) -> Container:
    """One element of ``GET /containers/json``. Raises ValueError or TypeError for a wrong shape."""
    source = object_of(document)
    settings = part_in(source, "NetworkSettings")
    created = source.get("Created")
    return Container.model_construct(
        _fields_set=_FIELDS[Container],
        id=needed(source, "Id"),
        name=_container_name(list_in(source, "Names")),
        image=sys.intern(text_in(source, "Image")),
        state=sys.intern(text_in(source, "State")),
        status=sys.intern(text_in(source, "Status")),
        created=_unix_time(created) if isinstance(created, int) else _time(created),
        labels=texts_of(source.get("Labels")),
        ports=tuple(_port_of(port) for port in list_in(source, "Ports")),
        endpoints=tuple(
            _endpoint_of(name, endpoint) for name, endpoint in part_in(settings, "Networks").items()
        ),
    )


def _container_name(names: list[Any]) -> str:
    """The container's own name: ``/name``. ``/other/alias`` is a link that another one made to it."""
    words = [name.removeprefix("/") for name in names if isinstance(name, str)]
    return next((word for word in words if "/" not in word), words[0] if words else "")


def _port_of(document: Any) -> PortMapping:
    source = object_of(document)
    return PortMapping.model_construct(
        _fields_set=_FIELDS[PortMapping],
        container_port=number_in(source, "PrivatePort"),
        protocol=text_in(source, "Type") or "tcp",
        host_port=number_in(source, "PublicPort") or None,
        host_address=text_in(source, "IP"),
    )


def _endpoint_of(network_name: str, document: Any) -> Endpoint:
    source = object_of(document or {})
    # Interned are the texts that a thousand endpoints share.
    return Endpoint.model_construct(
        _fields_set=_FIELDS[Endpoint],
        network_id=sys.intern(text_in(source, "NetworkID")),
        network_name=sys.intern(network_name),
        endpoint_id=text_in(source, "EndpointID"),
        address=text_in(source, "IPAddress"),
        prefix_length=number_in(source, "IPPrefixLen"),
        gateway=sys.intern(text_in(source, "Gateway")),
        mac_address=text_in(source, "MacAddress"),
        configured_address=text_in(part_in(source, "IPAMConfig"), "IPv4Address"),
        aliases=tuple(alias for alias in list_in(source, "Aliases") if isinstance(alias, str)),
    )


def engine_of(version: Any, info: Any) -> EngineInfo:
    """``GET /version`` and ``GET /info`` as one. Raises ValueError or TypeError for a wrong shape."""
    told, source = object_of(version), object_of(info)
    system, kernel = text_in(source, "OperatingSystem"), text_in(source, "KernelVersion")
    os_type = text_in(source, "OSType") or text_in(told, "Os")
    plugins = part_in(source, "Plugins")
    return EngineInfo(
        version=text_in(told, "Version") or text_in(source, "ServerVersion"),
        api_version=text_in(told, "ApiVersion"),
        os_type=os_type,
        operating_system=system,
        kernel_version=kernel or text_in(told, "KernelVersion"),
        host_name=text_in(source, "Name"),
        engine_id=text_in(source, "ID"),
        default_isolation=text_in(source, "Isolation"),
        network_drivers=tuple(sorted(name for name in list_in(plugins, "Network") if isinstance(name, str))),
        swarm=_swarm_of(part_in(source, "Swarm")),
        windows=windows_version(kernel, system) if os_type == "windows" else None,
    )


def _swarm_of(source: Mapping[str, Any]) -> SwarmState:
    cluster = part_in(source, "Cluster")
    managers = (text_in(object_of(one), "Addr") for one in list_in(source, "RemoteManagers"))
    return SwarmState(
        local_node_state=text_in(source, "LocalNodeState") or "inactive",
        control_available=source.get("ControlAvailable") is True,
        node_id=text_in(source, "NodeID"),
        node_address=text_in(source, "NodeAddr"),
        error=text_in(source, "Error"),
        remote_managers=tuple(sorted(address for address in managers if address)),
        nodes=number_in(source, "Nodes"),
        managers=number_in(source, "Managers"),
        cluster_id=text_in(cluster, "ID"),
        address_pools=tuple(pool for pool in list_in(cluster, "DefaultAddrPool") if isinstance(pool, str)),
        subnet_size=number_in(cluster, "SubnetSize") or None,
        data_path_port=number_in(cluster, "DataPathPort") or None,
    )


def windows_version(kernel: str, system: str) -> WindowsVersion | None:
    """The Windows of ``10.0 20348 (20348.1.amd64fre…)`` and ``… (OS Build 20348.707)``.

    The update build revision is only in the second; the one inside the kernel's brackets is that
    of the installation image. None where neither tells a build.
    """
    told, running = _OS_BUILD.search(system), _RUNNING_BUILD.match(kernel)
    build = told or running
    if build is None:
        return None
    name = _OS_BUILD.sub("", system).strip()
    # "Windows 10" and "Windows 11" are the clients; server names say so in every language.
    server = True if "server" in name.lower() else False if re.search(r"Windows 1[01]\b", name) else None
    return WindowsVersion(
        build=int(build[1]),
        revision=int(told[2]) if told and told[2] else None,
        server=server,
        name=name,
    )


def _unix_time(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else None
    except (OverflowError, OSError, ValueError):
        return None  # a time that no calendar has is as good as none


def _time(value: Any) -> datetime | None:
    """An RFC 3339 time with up to nine decimals; Go's zero time (year 1) means "not known"."""
    if not isinstance(value, str) or value.startswith("0001-"):
        return None
    try:
        moment = datetime.fromisoformat(_FRACTION.sub(lambda match: f".{match[1][:6]:0<6}", value, count=1))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
