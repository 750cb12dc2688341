"""Networks of a host as a Compose file."""

from __future__ import annotations

import re
from collections.abc import Sequence

from console.domain.conversion import spec_of
from console.domain.plan import CreateNetwork, Plan
from console.domain.render.compose_plan import compose_preview
from console.domain.render.yaml_nodes import block
from console.domain.snapshot import Network
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CONTEXT = "Compose"

_COMPOSES_OWN = "com.docker.compose."


def exported(networks: Sequence[Network], *, external: bool) -> str:
    """The ``networks:`` of a Compose file with these networks.

    ``external``: Compose uses them as they are. Else it makes them with the same settings; what it has
    no words for stands above in comments, and the labels of a project that made one are left out.
    """
    if external:
        return block({"networks": {_key(one.name, at): _external(one) for at, one in enumerate(networks)}})
    steps = tuple(CreateNetwork(spec=_free_of_projects(spec_of(network))) for network in networks)
    return compose_preview(Plan(title=N_(CONTEXT, "Export"), steps=steps))


def _external(network: Network) -> dict[str, object]:
    return {"name": network.name.replace("$", "$$"), "external": True}


def _key(name: str, at: int) -> str:
    """A key for the network; its own name may hold what no key can."""
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", name)
    return plain if plain == name else f"{plain[:50]}-{at + 1}"


def _free_of_projects(spec: NetworkSpec) -> NetworkSpec:
    labels = {key: value for key, value in spec.labels.items() if not key.startswith(_COMPOSES_OWN)}
    return spec.model_copy(update={"labels": labels})
