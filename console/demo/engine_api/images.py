"""``/images``: what is in the store. There is no registry to pull from."""

from __future__ import annotations

from typing import Any

from console.demo.engine_api.call import Answer, Call, Route
from console.demo.images import NO_REGISTRY, find_image
from console.demo.refusal import Refusal
from console.demo.state import ImageState
from console.demo.timestamps import rfc3339


def list_images(call: Call) -> Answer:
    """``docker images``."""
    filters = call.filters("before", "dangling", "label", "reference", "since", "until")
    wanted = filters.get("reference", [])
    images = [
        image
        for image in call.host.state.images
        if not wanted or any(find_image([image], reference) for reference in wanted)
    ]
    return Answer(200, [_row(call, image) for image in images])


def _row(call: Call, image: ImageState) -> dict[str, Any]:
    return {
        "Id": image.id,
        "ParentId": "",
        "RepoTags": image.tags,
        "RepoDigests": [],
        "Created": int(image.created),
        "Size": image.size,
        "SharedSize": -1,
        "Labels": None,
        "Containers": sum(container.image_id == image.id for container in call.host.containers.all()),
    }


def inspect(call: Call) -> Answer:
    """``docker image inspect``."""
    image = find_image(call.host.state.images, call.path["name"])
    if image is None:
        raise Refusal(404, f"No such image: {call.path['name']}")
    return Answer(
        200,
        {
            "Id": image.id,
            "RepoTags": image.tags,
            "RepoDigests": [],
            "Parent": "",
            "Comment": "",
            "Created": rfc3339(image.created),
            "Author": "",
            "Config": {
                "Cmd": image.command or None,
                "Entrypoint": image.entrypoint or None,
                "ExposedPorts": {port: {} for port in image.exposed} or None,
                "Env": None,
                "Labels": None,
            },
            "Architecture": "amd64",
            "Os": "windows",
            "OsVersion": f"10.0.{image.os_build}.{call.host.build.revision}",
            "Size": image.size,
            "GraphDriver": {"Name": "windowsfilter", "Data": {}},
            "RootFS": {"Type": "layers", "Layers": []},
        },
    )


def pull(_call: Call) -> Answer:
    """``docker pull``."""
    raise Refusal(500, NO_REGISTRY)


ROUTES = (
    Route("GET", "/images/json", list_images),
    Route("GET", "/images/{name:.+}/json", inspect),
    Route("POST", "/images/create", pull),
)
