"""``/containers``: all but the streams."""

from __future__ import annotations

import re
from collections.abc import Callable

from console.demo.container_request import CreateContainerBody
from console.demo.container_view import inspect_document, row_json
from console.demo.engine_api.call import Answer, Call, Route, matches_labels
from console.demo.json_text import json_list
from console.demo.options import quoted
from console.demo.refusal import Refusal
from console.demo.state import ContainerState

_FILTERS = (
    "ancestor", "before", "expose", "exited", "health", "id", "isolation", "is-task", "label", "name",
    "network", "publish", "since", "status", "volume",
)  # fmt: skip
_STATES = ("created", "dead", "exited", "paused", "removing", "restarting", "running")


def _passes(container: ContainerState, filters: dict[str, list[str]]) -> bool:
    networks = {one.network_id for one in container.endpoints.values()} | set(container.endpoints)
    tests: dict[str, Callable[[str], bool]] = {
        "id": container.id.startswith,
        "name": lambda term: re.search(term, "/" + container.name) is not None,
        "status": lambda term: container.state == term,
        "network": lambda term: term in networks,
        "ancestor": lambda term: term in (container.image, container.image_id),
        "exited": lambda term: container.state == "exited" and str(container.exit_code) == term,
        "isolation": lambda term: container.isolation == term,
    }
    for name, test in tests.items():
        if name in filters and not any(test(term) for term in filters[name]):
            return False
    return matches_labels(container.config.get("Labels") or {}, filters.get("label", []))


def _limit(text: str) -> int:
    """How many of the newest are wanted; 0 and clients' -1 mean all."""
    try:
        return max(int(text or 0), 0)
    except ValueError:
        raise Refusal(400, f"strconv.Atoi: parsing {quoted(text)}: invalid syntax") from None


def list_containers(call: Call) -> Answer:
    """``docker ps``: the newest first."""
    filters = call.filters(*_FILTERS)
    for status in filters.get("status", []):
        if status not in _STATES:
            raise Refusal(400, f"invalid filter 'status={status}'")
    limit = _limit(call.query.get("limit", ""))
    everything = call.flag("all") or limit > 0 or "status" in filters or "exited" in filters
    now = call.host.clock()
    chosen = [
        container
        for container in reversed(list(call.host.containers.all()))
        if (everything or container.running) and (not filters or _passes(container, filters))
    ]
    return Answer(200, json_list([row_json(one, call.api, now) for one in chosen[: limit or None]]))


def inspect(call: Call) -> Answer:
    """``docker inspect``."""
    container = call.host.containers.find(call.path["id"])
    return Answer(200, inspect_document(container, call.api))


def create(call: Call) -> Answer:
    """``docker create``."""
    container = call.host.containers.create(call.query.get("name", ""), call.body(CreateContainerBody))
    return Answer(201, {"Id": container.id, "Warnings": []})


def start(call: Call) -> Answer:
    """``docker start``."""
    started = call.host.containers.start(call.host.containers.find(call.path["id"]))
    return Answer(204 if started else 304)


def stop(call: Call) -> Answer:
    """``docker stop``."""
    container = call.host.containers.find(call.path["id"])
    stopped = call.host.containers.stop(container, signal=call.query.get("signal", ""))
    return Answer(204 if stopped else 304)


def kill(call: Call) -> Answer:
    """``docker kill``."""
    container = call.host.containers.find(call.path["id"])
    call.host.containers.kill(container, call.query.get("signal", ""))
    return Answer(204)


def restart(call: Call) -> Answer:
    """``docker restart``."""
    call.host.containers.restart(call.host.containers.find(call.path["id"]))
    return Answer(204)


def rename(call: Call) -> Answer:
    """``docker rename``."""
    call.host.containers.rename(call.host.containers.find(call.path["id"]), call.query.get("name", ""))
    return Answer(204)


def remove(call: Call) -> Answer:
    """``docker rm``."""
    container = call.host.containers.find(call.path["id"])
    call.host.containers.remove(container, force=call.flag("force"))
    return Answer(204)


def resize(call: Call) -> Answer:
    """The size of a terminal: accepted, nothing is drawn."""
    call.host.containers.find(call.path["id"])
    return Answer(200)


def prune(call: Call) -> Answer:
    """``docker container prune``."""
    filters = call.filters("label", "label!", "until")
    removed = []
    for container in list(call.host.containers.all()):
        labels = container.config.get("Labels") or {}
        if not container.running and matches_labels(labels, filters.get("label", [])):
            call.host.containers.remove(container, force=False)
            removed.append(container.id)
    return Answer(200, {"ContainersDeleted": removed or None, "SpaceReclaimed": 0})


ROUTES = (
    Route("GET", "/containers/json", list_containers),
    Route("POST", "/containers/create", create),
    Route("POST", "/containers/prune", prune),
    Route("GET", "/containers/{id:[^/]+}/json", inspect),
    Route("POST", "/containers/{id:[^/]+}/start", start),
    Route("POST", "/containers/{id:[^/]+}/stop", stop),
    Route("POST", "/containers/{id:[^/]+}/kill", kill),
    Route("POST", "/containers/{id:[^/]+}/restart", restart),
    Route("POST", "/containers/{id:[^/]+}/rename", rename),
    Route("POST", "/containers/{id:[^/]+}/resize", resize),
    Route("DELETE", "/containers/{id:[^/]+}", remove),
)
