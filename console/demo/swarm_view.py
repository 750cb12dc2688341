"""How a manager tells the other nodes, the services and their tasks (Engine API ``/nodes``, ``/services``,
``/tasks``).
"""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from console.demo.state import NetworkState, OtherNodeState, ServiceState

if TYPE_CHECKING:
    from console.demo.host import PracticeHost

_FIRST_TASK_ADDRESS = 10


def other_node(host: PracticeHost, other: OtherNodeState) -> dict[str, Any]:
    """A node that is not this engine."""
    made = host.time_text(host.state.swarm.created)
    node: dict[str, Any] = {
        "ID": other.id,
        "Version": {"Index": 12},
        "CreatedAt": made,
        "UpdatedAt": made,
        "Spec": {"Labels": {}, "Role": other.role, "Availability": other.availability},
        "Description": {
            "Hostname": other.name,
            "Platform": {"Architecture": "x86_64", "OS": other.os},
            "Resources": {"NanoCPUs": 4_000_000_000, "MemoryBytes": 8_589_398_016},
            "Engine": {
                "EngineVersion": other.engine_version or host.build.engine.version,
                "Plugins": [{"Type": "Network", "Name": "overlay"}],
            },
        },
        "Status": {"State": other.state, "Addr": other.address},
    }
    if other.message:
        node["Status"]["Message"] = other.message
    if other.role == "manager":
        reachability = "reachable" if other.state == "ready" else "unreachable"
        node["ManagerStatus"] = {"Reachability": reachability, "Addr": f"{other.address}:2377"}
    return node


def service_document(host: PracticeHost, service: ServiceState) -> dict[str, Any]:
    """One service."""
    made = host.time_text(service.created)
    ports = [
        {
            "Protocol": "tcp",
            "TargetPort": port.target,
            "PublishedPort": port.published,
            "PublishMode": port.mode,
        }
        for port in service.ports
    ]
    endpoint: dict[str, Any] = {"Mode": service.endpoint_mode, "Ports": ports}
    vip = service.endpoint_mode == "vip"
    return {
        "ID": service.id,
        "Version": {"Index": 20},
        "CreatedAt": made,
        "UpdatedAt": made,
        "Spec": {
            "Name": service.name,
            "Labels": {},
            "TaskTemplate": {
                "ContainerSpec": {"Image": service.image},
                "Networks": [{"Target": network_id} for network_id in service.network_ids],
                "Placement": {
                    "Constraints": service.constraints,
                    "Platforms": [{"Architecture": "amd64", "OS": service.os}],
                },
                "ForceUpdate": 0,
                "Runtime": "container",
            },
            "Mode": {"Replicated": {"Replicas": service.replicas}},
            "EndpointSpec": endpoint,
        },
        "Endpoint": {
            "Spec": endpoint,
            "Ports": ports,
            "VirtualIPs": [
                {"NetworkID": network.id, "Addr": _address(network, 1 + _place(host, service))}
                for network in _networks(host, service)
            ]
            if vip
            else [],
        },
    }


def task_documents(host: PracticeHost, service: ServiceState) -> Iterator[dict[str, Any]]:
    """One task for each replica; one whose node was lost has another in its place on a node that is there."""
    mine = (host.state.swarm.node_id, "windows", "ready", "active")
    others = ((one.id, one.os, one.state, one.availability) for one in host.state.swarm.others)
    fit = [node for node in (mine, *others) if node[1] == service.os and node[3] == "active"]
    ready = [node[0] for node in fit if node[2] == "ready"]
    for slot in range(1, service.replicas + 1):
        if not fit or not service.constraint_met:
            yield _task(host, service, slot, "", 0, error="no suitable node (scheduling constraints not "
                        "satisfied on all nodes)")  # fmt: skip
            continue
        first = fit[(slot - 1) % len(fit)]
        if first[2] == "ready":
            yield _task(host, service, slot, first[0], 0)
            continue
        yield _task(host, service, slot, first[0], 0, wanted="shutdown")
        if ready:
            yield _task(host, service, slot, ready[(slot - 1) % len(ready)], 1)
        else:
            yield _task(host, service, slot, "", 1, error="no suitable node (host-mode port already in use)")


def _task(
    host: PracticeHost,
    service: ServiceState,
    slot: int,
    node: str,
    turn: int,
    *,
    wanted: str = "running",
    error: str = "",
) -> dict[str, Any]:
    made = host.time_text(service.created)
    status: dict[str, Any] = {"Timestamp": made, "State": "pending" if error else "running"}
    status |= {"Message": "pending task scheduling", "Err": error} if error else {"Message": "started"}
    number = _FIRST_TASK_ADDRESS + 20 * _place(host, service) + 2 * slot + turn
    return {
        "ID": f"{service.id[:22]}{turn}{slot:02d}",
        "Version": {"Index": 21},
        "CreatedAt": made,
        "UpdatedAt": made,
        "Spec": {"ContainerSpec": {"Image": service.image}},
        "ServiceID": service.id,
        "Slot": slot,
        "NodeID": node,
        "Status": status,
        "DesiredState": wanted,
        "NetworksAttachments": [
            {
                "Network": {"ID": network.id, "Spec": {"Name": network.name}},
                "Addresses": [_address(network, number)],
            }
            for network in _networks(host, service)
            if node
        ],
    }


def _place(host: PracticeHost, service: ServiceState) -> int:
    return 1 + host.state.swarm.services.index(service)


def _networks(host: PracticeHost, service: ServiceState) -> Iterator[NetworkState]:
    for network_id in service.network_ids:
        network = host.state.networks.get(network_id)
        if network is not None and network.pools:
            yield network


def _address(network: NetworkState, number: int) -> str:
    """The address of that number in the network's first subnet."""
    prefix = IPv4Network((network.pools or [])[0].subnet)
    return f"{prefix.network_address + number}/{prefix.prefixlen}"
