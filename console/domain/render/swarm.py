"""Swarm steps as docker commands and as request bodies (``POST /swarm/init``, ``POST /swarm/join``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from console.domain.swarm.steps import InitSwarm, JoinSwarm, LeaveSwarm, SwarmStep

#: What stands for the join token in a command that is shown: the token itself is never shown or kept.
PLACEHOLDER: Final = "JOIN-TOKEN"
#: Where a node listens for the others unless told otherwise; the API has no default of its own.
LISTEN_ADDRESS: Final = "0.0.0.0:2377"


def swarm_arguments(step: SwarmStep) -> tuple[str, ...]:
    """The words of the docker command that does the step, ``docker`` first, unquoted."""
    match step:
        case InitSwarm():
            return ("docker", "swarm", "init", *_addresses(step), *_pools(step))
        case JoinSwarm():
            # The client takes one manager; any of them will do.
            manager = step.managers[:1]
            return ("docker", "swarm", "join", f"--token={PLACEHOLDER}", *_addresses(step), *manager)
        case LeaveSwarm():
            return ("docker", "swarm", "leave", *(("--force",) if step.force else ()))


def _addresses(step: InitSwarm | JoinSwarm) -> Iterator[str]:
    if step.advertise_address:
        yield f"--advertise-addr={step.advertise_address}"
    if step.listen_address:
        yield f"--listen-addr={step.listen_address}"
    if step.data_path_address:
        yield f"--data-path-addr={step.data_path_address}"


def _pools(step: InitSwarm) -> Iterator[str]:
    yield from (f"--default-addr-pool={pool}" for pool in step.address_pools)
    if step.subnet_size is not None:
        yield f"--default-addr-pool-mask-length={step.subnet_size}"


def init_swarm_body(step: InitSwarm) -> dict[str, Any]:
    """The JSON body that makes the swarm. What is empty is left to the engine."""
    body: dict[str, Any] = {**_address_members(step), "ForceNewCluster": False, "Spec": {}}
    if step.address_pools:
        body["DefaultAddrPool"] = list(step.address_pools)
    if step.subnet_size is not None:
        body["SubnetSize"] = step.subnet_size
    return body


def join_swarm_body(step: JoinSwarm) -> dict[str, Any]:
    """The JSON body that joins the swarm. It holds the secret token: send it, keep it nowhere."""
    return {
        **_address_members(step),
        "RemoteAddrs": list(step.managers),
        "JoinToken": step.token.get_secret_value(),
        "Availability": "active",
    }


def _address_members(step: InitSwarm | JoinSwarm) -> dict[str, Any]:
    return {
        "ListenAddr": step.listen_address or LISTEN_ADDRESS,
        "AdvertiseAddr": step.advertise_address,
        "DataPathAddr": step.data_path_address,
    }
