"""The swarm's JSON (``/nodes``, ``/services``, ``/tasks``) turned into the domain's records.

As in :mod:`console.backend.engine.parsing`, a field that is missing, null or new is no fault; a wrong
shape of what is needed (an object, an id) raises ValueError or TypeError.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.backend.engine.members import (
    list_in,
    needed,
    number_in,
    object_of,
    part_in,
    text_in,
    texts_in,
    texts_of,
)
from console.domain.swarm.objects import (
    ServicePort,
    SwarmNode,
    SwarmService,
    SwarmTask,
    TaskAddress,
    VirtualAddress,
)

#: The members of a service's ``Mode`` and our names of them; the count's member beside it.
_MODES = {
    "Replicated": ("replicated", "Replicas"),
    "Global": ("global", ""),
    "ReplicatedJob": ("replicated-job", "TotalCompletions"),
    "GlobalJob": ("global-job", ""),
}


def node_of(document: Any) -> SwarmNode:
    """One element of ``GET /nodes``."""
    source = object_of(document)
    spec, status = part_in(source, "Spec"), part_in(source, "Status")
    description, manager = part_in(source, "Description"), part_in(source, "ManagerStatus")
    platform, engine = part_in(description, "Platform"), part_in(description, "Engine")
    return SwarmNode(
        id=needed(source, "ID"),
        host_name=text_in(description, "Hostname"),
        role=text_in(spec, "Role") or "worker",
        availability=text_in(spec, "Availability") or "active",
        state=text_in(status, "State") or "unknown",
        message=text_in(status, "Message"),
        address=text_in(status, "Addr"),
        os=text_in(platform, "OS"),
        architecture=text_in(platform, "Architecture"),
        engine_version=text_in(engine, "EngineVersion"),
        leader=manager.get("Leader") is True,
        reachability=text_in(manager, "Reachability"),
        labels=texts_of(spec.get("Labels")),
        network_drivers=tuple(sorted(_network_drivers(engine))),
    )


def _network_drivers(engine: Mapping[str, Any]) -> Iterator[str]:
    for plugin in list_in(engine, "Plugins"):
        told = object_of(plugin)
        if text_in(told, "Type") == "Network":
            yield text_in(told, "Name")


def service_of(document: Any) -> SwarmService:
    """One element of ``GET /services``."""
    source = object_of(document)
    spec, endpoint, update = (
        part_in(source, "Spec"),
        part_in(source, "Endpoint"),
        part_in(source, "UpdateStatus"),
    )
    template = part_in(spec, "TaskTemplate")
    placement = part_in(template, "Placement")
    mode, replicas = _mode(part_in(spec, "Mode"))
    # Services made by engines before 1.13 have their networks beside the template.
    networks = list_in(template, "Networks") or list_in(spec, "Networks")
    return SwarmService(
        id=needed(source, "ID"),
        name=text_in(spec, "Name"),
        image=text_in(part_in(template, "ContainerSpec"), "Image"),
        mode=mode,
        replicas=replicas,
        endpoint_mode=text_in(part_in(spec, "EndpointSpec"), "Mode") or "vip",
        ports=tuple(_port(port) for port in list_in(endpoint, "Ports")),
        virtual_addresses=tuple(_virtual_address(entry) for entry in list_in(endpoint, "VirtualIPs")),
        network_ids=tuple(text_in(object_of(network), "Target") for network in networks),
        constraints=texts_in(placement, "Constraints"),
        platforms=tuple(sorted({_platform(entry) for entry in list_in(placement, "Platforms")} - {""})),
        labels=texts_of(spec.get("Labels")),
        update_state=text_in(update, "State"),
        update_message=text_in(update, "Message"),
    )


def _mode(source: Mapping[str, Any]) -> tuple[str, int | None]:
    for member, (name, count) in _MODES.items():
        if isinstance(told := source.get(member), dict):
            wanted = told.get(count) if count else None
            return name, wanted if isinstance(wanted, int) else None
    return "replicated", None


def _port(document: Any) -> ServicePort:
    source = object_of(document)
    return ServicePort(
        target=number_in(source, "TargetPort"),
        published=number_in(source, "PublishedPort") or None,
        protocol=text_in(source, "Protocol") or "tcp",
        mode=text_in(source, "PublishMode") or "ingress",
    )


def _virtual_address(document: Any) -> VirtualAddress:
    source = object_of(document)
    return VirtualAddress(network_id=text_in(source, "NetworkID"), address=text_in(source, "Addr"))


def _platform(document: Any) -> str:
    return text_in(object_of(document), "OS")


def task_of(document: Any) -> SwarmTask:
    """One element of ``GET /tasks``."""
    source = object_of(document)
    status = part_in(source, "Status")
    return SwarmTask(
        id=needed(source, "ID"),
        service_id=text_in(source, "ServiceID"),
        node_id=text_in(source, "NodeID"),
        slot=number_in(source, "Slot") or None,
        state=text_in(status, "State"),
        desired_state=text_in(source, "DesiredState"),
        message=text_in(status, "Message"),
        error=text_in(status, "Err"),
        container_id=text_in(part_in(status, "ContainerStatus"), "ContainerID"),
        image=text_in(part_in(part_in(source, "Spec"), "ContainerSpec"), "Image"),
        addresses=tuple(_task_address(entry) for entry in list_in(source, "NetworksAttachments")),
    )


def _task_address(document: Any) -> TaskAddress:
    source = object_of(document)
    return TaskAddress(
        network_id=text_in(part_in(source, "Network"), "ID"),
        addresses=texts_in(source, "Addresses"),
    )
