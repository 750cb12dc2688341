"""Docker Desktop's other engine: what answers while it is switched to Linux containers.

It knows networks only. Windows' drivers are none of its (reference, 4.6).
"""

from __future__ import annotations

from typing import Any

from console.demo.engine_api import system
from console.demo.engine_api.call import Answer, Call, Handle, Route
from console.demo.guids import guid_for
from console.demo.host import PracticeHost
from console.demo.network_request import CreateBody
from console.demo.refusal import Refusal
from console.demo.timestamps import rfc3339

_DRIVERS = ("bridge", "host", "ipvlan", "macvlan", "null", "overlay")
_PREDEFINED = (("bridge", "bridge"), ("host", "host"), ("none", "null"))
_KERNEL = "5.15.167.4-microsoft-standard-WSL2"


def handler_of(route: Route) -> Handle:
    """What answers that request instead of the Windows engine."""
    return _HANDLERS.get((route.method, route.path), _not_simulated)


def _not_simulated(_call: Call) -> Answer:
    raise Refusal(501, "the Linux engine of the practice host knows networks only")


def _version(call: Call) -> Answer:
    answer = system.version(call)
    return Answer(200, {**answer.body, "Os": "linux", "KernelVersion": _KERNEL})


def _info(call: Call) -> Answer:
    answer = system.info(call)
    plugins = {**answer.body["Plugins"], "Network": list(_DRIVERS)}
    return Answer(
        200,
        {
            **answer.body,
            "OSType": "linux",
            "OperatingSystem": "Docker Desktop",
            "OSVersion": "",
            "KernelVersion": _KERNEL,
            "Name": "docker-desktop",
            "Driver": "overlay2",
            "Isolation": "",
            "Containers": 0,
            "ContainersRunning": 0,
            "ContainersStopped": 0,
            "Images": 0,
            "Plugins": plugins,
        },
    )


def _network(host: PracticeHost, name: str, driver: str) -> dict[str, Any]:
    config = [{"Subnet": "172.17.0.0/16", "Gateway": "172.17.0.1"}] if driver == "bridge" else []
    return {
        "Name": name,
        "Id": (guid_for("linux network", host.name, name).replace("-", "").lower() * 2),
        "Created": rfc3339(host.clock()),
        "Scope": "local",
        "Driver": driver,
        "EnableIPv6": False,
        "IPAM": {"Driver": "default", "Options": None, "Config": config},
        "Internal": False,
        "Attachable": False,
        "Ingress": False,
        "ConfigFrom": {"Network": ""},
        "ConfigOnly": False,
        "Containers": {},
        "Options": {},
        "Labels": {},
    }


def _networks(call: Call) -> Answer:
    return Answer(200, [_network(call.host, name, driver) for name, driver in _PREDEFINED])


def _create_network(call: Call) -> Answer:
    asked = call.body(CreateBody).driver or "bridge"
    if asked not in _DRIVERS:
        raise Refusal(404, f"could not find plugin {asked} in v1 plugin registry: plugin not found")
    raise Refusal(501, "the Linux engine of the practice host makes no networks")


def _none(_call: Call) -> Answer:
    return Answer(200, [])


def _no_image(call: Call) -> Answer:
    name = call.query.get("name") or "the container"
    raise Refusal(404, f"no matching manifest for linux/amd64 in the manifest list entries of {name}")


_HANDLERS: dict[tuple[str, str], Handle] = {
    ("GET", "/_ping"): system.ping,
    ("GET", "/version"): _version,
    ("GET", "/info"): _info,
    ("GET", "/networks"): _networks,
    ("GET", "/networks/"): _networks,
    ("POST", "/networks/create"): _create_network,
    ("GET", "/containers/json"): _none,
    ("POST", "/containers/create"): _no_image,
    ("GET", "/images/json"): _none,
}
