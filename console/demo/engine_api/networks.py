"""``/networks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from console.demo.attachments import endpoint_settings
from console.demo.engine_api.call import Answer, Call, Route, matches_labels
from console.demo.json_text import json_list
from console.demo.network_creation import PREDEFINED
from console.demo.network_request import Body, CreateBody
from console.demo.network_view import network_document, network_json, services_document
from console.demo.refusal import Refusal
from console.demo.state import NetworkState

_FILTERS = ("dangling", "driver", "id", "label", "name", "scope", "type")


class ConnectBody(Body):
    """The body of connect and disconnect."""

    container: str = Field(default="", alias="Container")
    endpoint: dict[str, Any] | None = Field(default=None, alias="EndpointConfig")
    force: bool | None = Field(default=False, alias="Force")


def filtered(call: Call, filters: dict[str, list[str]]) -> Iterator[NetworkState]:
    """The networks that pass every filter; values of one filter are alternatives."""
    kinds = filters.get("type", [])
    for kind in kinds:
        if kind not in ("custom", "builtin"):
            raise Refusal(400, f"invalid filter 'type={kind}'")
    dangling = [_dangling(value) for value in filters.get("dangling", [])]
    for network in call.host.networks.all():
        builtin = "builtin" if network.name in PREDEFINED else "custom"
        unused = not network.members and builtin == "custom"
        if (
            _any(filters, "name", lambda term, one=network: term in one.name)
            and _any(filters, "id", lambda term, one=network: term in one.id)
            and _any(filters, "driver", lambda term, one=network: term == one.driver)
            and _any(filters, "scope", lambda term, one=network: term == one.scope)
            and (not kinds or builtin in kinds)
            and (not dangling or unused in dangling)
            and matches_labels(network.labels, filters.get("label", []))
        ):
            yield network


def _any(filters: dict[str, list[str]], name: str, accepts: Any) -> bool:
    return name not in filters or any(accepts(term) for term in filters[name])


def _dangling(value: str) -> bool:
    if value.lower() not in ("true", "1", "false", "0"):
        raise Refusal(400, f"invalid filter 'dangling=[{value}]'")
    return value.lower() in ("true", "1")


def list_networks(call: Call) -> Answer:
    """``docker network ls``."""
    wanted = filtered(call, call.filters(*_FILTERS))
    parts = [network_json(call.host, network, call.api, detailed=False) for network in wanted]
    return Answer(200, json_list(parts))


def inspect(call: Call) -> Answer:
    """``docker network inspect``; ``scope`` narrows the search, ``verbose`` adds services."""
    network = call.host.networks.find(call.path["id"])
    scope = call.query.get("scope", "")
    if scope and scope != network.scope:
        raise Refusal(404, f"network {call.path['id']} not found")
    if call.flag("verbose") and network.driver == "overlay":
        document = network_document(call.host, network, call.api, detailed=True)
        return Answer(200, document | {"Services": services_document(call.host, network)})
    return Answer(200, network_json(call.host, network, call.api, detailed=True))


def create(call: Call) -> Answer:
    """``docker network create``."""
    body = call.body(CreateBody)
    network = call.host.networks.create(body)
    return Answer(201, {"Id": network.id, "Warning": ""})


def remove(call: Call) -> Answer:
    """``docker network rm``."""
    call.host.networks.remove(call.path["id"])
    return Answer(204)


def prune(call: Call) -> Answer:
    """``docker network prune``."""
    filters = call.filters("label", "label!", "until")
    candidates = [
        network
        for network in call.host.networks.all()
        if matches_labels(network.labels, filters.get("label", []))
        and not any(matches_labels(network.labels, [term]) for term in filters.get("label!", []))
        and all(network.created < _until(call, value) for value in filters.get("until", []))
    ]
    return Answer(200, {"NetworksDeleted": call.host.networks.prune(candidates) or None})


def _until(call: Call, text: str) -> float:
    units = {"s": 1, "m": 60, "h": 3600}
    if text[-1:] in units and text[:-1].replace(".", "", 1).isdigit():
        return call.host.clock() - float(text[:-1]) * units[text[-1]]
    try:
        return float(text)
    except ValueError:
        raise Refusal(400, f"invalid filter 'until={text}'") from None


def connect(call: Call) -> Answer:
    """``docker network connect``."""
    body = call.body(ConnectBody)
    container = call.host.containers.find(body.container)
    call.host.attachments.connect(call.path["id"], container, endpoint_settings(body.endpoint))
    return Answer(200)


def disconnect(call: Call) -> Answer:
    """``docker network disconnect``."""
    body = call.body(ConnectBody)
    container = call.host.containers.find(body.container)
    call.host.attachments.disconnect(call.path["id"], container, force=bool(body.force))
    return Answer(200)


ROUTES = (
    Route("GET", "/networks", list_networks),
    Route("GET", "/networks/", list_networks),
    Route("POST", "/networks/create", create),
    Route("POST", "/networks/prune", prune),
    Route("GET", "/networks/{id:[^/]+}", inspect),
    Route("DELETE", "/networks/{id:[^/]+}", remove),
    Route("POST", "/networks/{id:[^/]+}/connect", connect),
    Route("POST", "/networks/{id:[^/]+}/disconnect", disconnect),
)
