"""``/swarm``, ``/nodes``, ``/services`` and ``/tasks``."""

from __future__ import annotations

from pydantic import Field

from console.demo.engine_api.call import Answer, Call, Route
from console.demo.network_request import Body
from console.demo.refusal import Refusal
from console.demo.swarm_view import service_document, task_documents


class InitBody(Body):
    """The body of init and join."""

    advertise: str | None = Field(default="", alias="AdvertiseAddr")
    token: str | None = Field(default="", alias="JoinToken")
    pools: list[str] | None = Field(default=None, alias="DefaultAddrPool")
    subnet_size: int | None = Field(default=0, alias="SubnetSize")


def inspect(call: Call) -> Answer:
    """The swarm, with its join tokens."""
    call.host.swarm.require_manager()
    return Answer(200, call.host.swarm.document())


def init(call: Call) -> Answer:
    """``docker swarm init``."""
    body = call.body(InitBody)
    node = call.host.swarm.init(body.advertise or "", body.pools or (), body.subnet_size or 0)
    return Answer(200, node)


def join(call: Call) -> Answer:
    """``docker swarm join``."""
    body = call.body(InitBody)
    call.host.swarm.join(body.token or "", body.advertise or "")
    return Answer(200)


def leave(call: Call) -> Answer:
    """``docker swarm leave``."""
    call.host.swarm.leave(force=call.flag("force"))
    return Answer(200)


def list_nodes(call: Call) -> Answer:
    """``docker node ls``."""
    call.host.swarm.require_manager()
    return Answer(200, call.host.swarm.nodes())


def inspect_node(call: Call) -> Answer:
    """``docker node inspect``."""
    call.host.swarm.require_manager()
    wanted = call.host.state.swarm.node_id if call.path["id"] == "self" else call.path["id"]
    for node in call.host.swarm.nodes():
        if wanted in (node["ID"], node["Description"]["Hostname"]):
            return Answer(200, node)
    raise Refusal(404, f"node {call.path['id']} not found")


def list_services(call: Call) -> Answer:
    """``docker service ls``."""
    call.host.swarm.require_manager()
    return Answer(200, [service_document(call.host, service) for service in call.host.state.swarm.services])


def inspect_service(call: Call) -> Answer:
    """``docker service inspect``."""
    call.host.swarm.require_manager()
    for service in call.host.state.swarm.services:
        if call.path["id"] in (service.id, service.name):
            return Answer(200, service_document(call.host, service))
    raise Refusal(404, f"service {call.path['id']} not found")


def remove_service(call: Call) -> Answer:
    """``docker service rm``."""
    call.host.swarm.require_manager()
    services = call.host.state.swarm.services
    for service in services:
        if call.path["id"] in (service.id, service.name):
            services.remove(service)
            return Answer(200)
    raise Refusal(404, f"service {call.path['id']} not found")


def create_service(_call: Call) -> Answer:
    """Services would need a scheduler."""
    raise Refusal(
        501, "the practice host does not run services; use docker run --network on an attachable network"
    )


def list_tasks(call: Call) -> Answer:
    """``docker service ps``."""
    call.host.swarm.require_manager()
    services = call.host.state.swarm.services
    return Answer(200, [task for service in services for task in task_documents(call.host, service)])


ROUTES = (
    Route("GET", "/swarm", inspect),
    Route("POST", "/swarm/init", init),
    Route("POST", "/swarm/join", join),
    Route("POST", "/swarm/leave", leave),
    Route("GET", "/nodes", list_nodes),
    Route("GET", "/nodes/{id:[^/]+}", inspect_node),
    Route("GET", "/services", list_services),
    Route("POST", "/services/create", create_service),
    Route("GET", "/services/{id:[^/]+}", inspect_service),
    Route("DELETE", "/services/{id:[^/]+}", remove_service),
    Route("GET", "/tasks", list_tasks),
)
