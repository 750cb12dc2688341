"""Which objects of HNS belong to nothing any more.

HNS is the source of truth, docker only knows what it made or adopted when it started (reference,
0.3 and 2.4); what a crash or another program left behind stays in HNS, holds its prefix and port, and
makes new networks fail.
"""

from __future__ import annotations

from console.domain.host_inventory import HnsEndpoint, HnsEndpointState, HnsNetwork
from console.domain.snapshot import Network
from console.domain.switch_origin import is_docker_name, known_origin
from console.domain.text import N_, Text

CONTEXT = "Stale objects"

# Docker adopts none of these and Hyper-V's own switches are among them (reference, 2.4).
_NOT_DOCKERS = frozenset({"internal", "private", "mirrored", "ics", "transparent"})
_DEAD = frozenset({HnsEndpointState.DETACHED, HnsEndpointState.DESTROYED})
# The load balancer of a swarm network has an endpoint of its own, in no container (reference, 2.5).
_BALANCER_SUFFIX = "-endpoint"


def stale_network_because(network: HnsNetwork) -> Text | None:
    """Why a network of HNS that docker doesn't know and nothing is attached to seems left over."""
    if known_origin(network.name, network.id) is not None:
        return None
    if is_docker_name(network.name):
        return N_(
            CONTEXT,
            "Docker created this network and no longer knows it. It still holds its prefix and its vSwitch.",
        )
    if network.type.casefold() in _NOT_DOCKERS:
        return None
    return N_(
        CONTEXT,
        "Docker doesn't know this network and nothing is attached to it. Another program, such as "
        "containerd or Kubernetes, may have created it and still need it.",
    )


def stale_endpoint_because(
    endpoint: HnsEndpoint, network: HnsNetwork | None, docker: Network | None
) -> Text | None:
    """Why an endpoint of HNS that no known container uses seems left over, or None.

    ``network`` is the network of HNS it is on, ``docker`` that network's name in docker.
    """
    if endpoint.remote:
        return None
    if network is None:
        return N_(CONTEXT, "The network this endpoint was on no longer exists.")
    if endpoint.state in _DEAD:
        return N_(CONTEXT, "It is detached, and no container uses it.")
    if docker is None or endpoint.name.endswith(_BALANCER_SUFFIX):
        return None
    if endpoint.containers:
        return N_(CONTEXT, "The container it was created for no longer exists.")
    if endpoint.state is HnsEndpointState.CREATED and not endpoint.namespace_id:
        return N_(CONTEXT, "It was created but never attached to a container.")
    return None
