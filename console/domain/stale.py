"""Which objects of HNS belong to nothing any more, and which to another program than Docker.

HNS is the source of truth, docker only knows what it made or adopted when it started (reference,
0.3 and 2.4); what a crash left behind stays in HNS, holds its prefix and port, and makes new networks
fail. But containerd, Kubernetes' network plugins and Hyper-V keep networks and endpoints in HNS as well,
of which Docker knows nothing: those are left alone.
"""

from __future__ import annotations

from collections.abc import Container

from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork
from console.domain.network_origin import is_docker_name
from console.domain.snapshot import Snapshot
from console.domain.switch_origin import known_origin
from console.domain.text import N_, Text

CONTEXT = "Stale objects"

LIVE = frozenset({HnsEndpointState.ATTACHED, HnsEndpointState.ATTACHED_SHARING})
"""The states of an endpoint that something uses now, whether Docker knows it or not (reference, 5.3)."""

_DEAD = frozenset({HnsEndpointState.DETACHED, HnsEndpointState.DESTROYED})
# A vSwitch made in Hyper-V Manager is one of these to HNS (reference, 2.4): no container runtime's.
_SWITCHES = frozenset({"internal", "private", "mirrored", "transparent"})
_WINDOWS_OWN = "ics"
# The load balancer of a swarm network has an endpoint of its own, in no container (reference, 2.5).
_BALANCER_SUFFIX = "-endpoint"

_ANOTHER_RUNTIMES = N_(
    CONTEXT,
    "It belongs to another container runtime, such as containerd or Kubernetes, and not to Docker.",
)


def is_windows_own(network: HnsNetwork) -> bool:
    """Whether Windows made a network of HNS for Hyper-V machines, WSL or Windows Sandbox."""
    return known_origin(network.name, network.id) is not None or network.type.casefold() == _WINDOWS_OWN


def stale_network_because(network: HnsNetwork) -> Text | None:
    """Why a network of HNS that docker doesn't know and nothing is attached to seems left over.

    Docker's own names alone tell whose it was. An uplink that a network plugin of Kubernetes made, such as
    Calico's "External", never has an endpoint and carries all the others.
    """
    if is_windows_own(network) or not is_docker_name(network.name):
        return None
    return N_(
        CONTEXT,
        "Docker created this network and no longer knows it. It still holds its prefix and its vSwitch.",
    )


def foreign_network_because(network: HnsNetwork) -> Text | None:
    """Whose a network of HNS may be that docker doesn't know; None where it is Docker's or Windows' own."""
    if is_windows_own(network) or is_docker_name(network.name) or network.type.casefold() in _SWITCHES:
        return None
    return N_(
        CONTEXT,
        "Docker doesn't know this network. Another program, such as containerd or Kubernetes, may have "
        "created it and need it even while nothing is attached to it.",
    )


def has_other_runtimes(snapshot: Snapshot) -> bool:
    """Whether containers that Docker doesn't know are attached to HNS, such as pods of Kubernetes."""
    dockers = {one.id for one in snapshot.containers.known() or ()}
    endpoints = snapshot.facts.hns_endpoints.known() or ()
    return any(
        one.state in LIVE and one.containers and dockers.isdisjoint(one.containers) for one in endpoints
    )


def stale_endpoint_because(
    endpoint: HnsEndpoint, network: HnsNetwork | None, *, dockers_network: bool
) -> Text | None:
    """Why an endpoint of HNS that no known container uses seems left over, or None.

    ``network`` is the network of HNS it is on, ``dockers_network`` whether Docker made that one. For one
    that :func:`foreign_endpoint_because` has an answer for it is not to be asked.
    """
    if endpoint.remote or endpoint.state in LIVE:
        return None
    if network is None:
        return N_(CONTEXT, "The network this endpoint was on no longer exists.")
    if is_windows_own(network) or not dockers_network:
        return None
    if endpoint.state in _DEAD:
        return N_(CONTEXT, "It is detached, and no container uses it.")
    if endpoint.state is HnsEndpointState.CREATED and not endpoint.name.endswith(_BALANCER_SUFFIX):
        return N_(CONTEXT, "It was created but never attached to a container.")
    return None


def foreign_endpoint_because(endpoint: HnsEndpoint, dockers: Container[str]) -> Text | None:
    """Whose an endpoint of HNS is that no container of Docker uses; None where nothing tells.

    ``dockers`` are the ids of Docker's containers. One in a namespace was made through the second schema
    of HNS, which all runtimes but Docker use; a container that Docker doesn't know is another runtime's.
    """
    if endpoint.remote:
        return None
    unknown = any(one not in dockers for one in endpoint.containers)
    return _ANOTHER_RUNTIMES if endpoint.namespace_id or unknown else None
