"""A plan as one Compose file: the networks it creates, the containers it makes as services.

Compose describes what is to exist; what it has no words for stands above in comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from console.domain.container_spec import ContainerSpec
from console.domain.container_steps import CreateContainer, StartContainer
from console.domain.plan import CreateNetwork, Plan, RemoveNetwork, RunScript, Step
from console.domain.render.compose import network_entry
from console.domain.render.compose_service import service_entry
from console.domain.render.errors import InexpressibleError
from console.domain.render.yaml_nodes import block, comment
from console.domain.swarm.steps import SwarmStep
from console.domain.text import N_, Text

CONTEXT = "Preview"

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")


def compose_preview(plan: Plan) -> str:
    """What ``plan`` makes, as a Compose file."""
    comments: list[str] = []
    networks: dict[str, object] = {}
    keys: dict[str, str] = {}
    for step in plan.steps:
        if isinstance(step, CreateNetwork):
            try:
                entry = network_entry(step.spec)
            except InexpressibleError as refused:
                comments.append(comment(str(refused.text)))
                continue
            keys[step.spec.name] = _free_key(step.spec.name, "network", networks)
            networks[keys[step.spec.name]] = entry
        elif not _in_services(step, plan):
            comments.append(comment(f"{step.describe()}: {_not_in_compose(step)}"))
    services = _services(
        (step.spec for step in plan.steps if isinstance(step, CreateContainer)), networks, keys
    )
    document: dict[str, object] = {"services": services} if services else {}
    if networks:
        document["networks"] = networks
    return "".join(comments) + block(document)


def _services(
    specs: Iterable[ContainerSpec], networks: dict[str, object], keys: dict[str, str]
) -> dict[str, object]:
    services: dict[str, object] = {}
    for spec in specs:
        if spec.network and spec.network not in keys:
            # It is there already: Compose only uses it.
            keys[spec.network] = _free_key(spec.network, "network", networks)
            name = spec.network.replace("$", "$$")
            networks[keys[spec.network]] = {"name": name, "external": True}
        services[_free_key(spec.name, "container", services)] = service_entry(
            spec, keys.get(spec.network, "")
        )
    return services


def _free_key(name: str, otherwise: str, taken: Mapping[str, object]) -> str:
    """``name`` where it can be a key of Compose and is none yet, else ``otherwise``, numbered."""
    if _KEY.fullmatch(name) and name not in taken:
        return name
    number, key = 1, otherwise
    while key in taken:
        number += 1
        key = f"{otherwise}-{number}"
    return key


def _in_services(step: Step, plan: Plan) -> bool:
    """Whether a service says it: a container that is made, and that it is started."""
    made = {one.spec.name for one in plan.steps if isinstance(one, CreateContainer)}
    return isinstance(step, CreateContainer) or (isinstance(step, StartContainer) and step.container in made)


def _not_in_compose(step: Step) -> Text:
    if isinstance(step, RemoveNetwork):
        return N_(
            CONTEXT,
            "Compose can't express this. It removes only networks of its own project (docker compose down).",
        )
    if isinstance(step, RunScript):
        return N_(CONTEXT, "Compose can't express this. It is done in PowerShell.")
    if step.kind in {"connect-container", "disconnect-container"}:
        return N_(CONTEXT, "Compose can't express this. It names a service's networks below the service.")
    if isinstance(step, SwarmStep):
        return N_(CONTEXT, "Compose can't express this. Whether a host is in a swarm is the host's matter.")
    return N_(
        CONTEXT,
        "Compose can't express this. It does so only to containers of its own project (docker compose "
        "start, stop, restart, rm).",
    )
