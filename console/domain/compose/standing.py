"""How the networks of a Compose project stand on a host, and the plan that makes those that lack.

What Compose checks before it uses a network that is there (docker/compose, ``ensureNetwork`` and
``reconcileNetworks``): the label ``com.docker.compose.network`` must hold the network's key, or it
refuses; without the label of the project it warns; a missing ``config-hash`` means that it leaves the
network as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from console.domain.compose.model import ComposeNetwork, Project
from console.domain.plan import CreateNetwork, Plan
from console.domain.snapshot import Network, Snapshot
from console.domain.spec import NetworkSpec
from console.domain.text import N_

CONTEXT = "Compose"

NETWORK_LABEL: Final = "com.docker.compose.network"
PROJECT_LABEL: Final = "com.docker.compose.project"
VERSION_LABEL: Final = "com.docker.compose.version"
#: The Compose whose rules the labels follow. Compose itself writes its own version, and never reads it.
COMPOSE_VERSION: Final = "2.40.3"


class Standing(StrEnum):
    """Where a network of a project stands on a host."""

    EXISTS = "exists"
    TO_BE_MADE = "to-be-made"
    MISSING = "missing"
    FOREIGN = "foreign"
    UNUSED = "unused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class NetworkStanding:
    """``there`` is the engine's network of that name, where there is one."""

    standing: Standing
    there: Network | None = None


def standing_of(network: ComposeNetwork, project: Project, snapshot: Snapshot | None) -> NetworkStanding:
    """How one network stands. FOREIGN: it is there, but Compose refuses to use it."""
    networks = snapshot.networks.known() if snapshot is not None else None
    if networks is None:
        return NetworkStanding(Standing.UNUSED if not network.users else Standing.UNKNOWN)
    named = [one for one in networks if network.name in {one.name, one.id}]
    if network.external:
        there = next(iter(named), None)
        if there is None and network.users:
            return NetworkStanding(Standing.MISSING)
        return NetworkStanding(Standing.EXISTS if there is not None else Standing.UNUSED, there)
    mine = next((one for one in named if _is_composes(one, network, project)), None)
    if mine is not None:
        return NetworkStanding(Standing.EXISTS, mine)
    if named:
        return NetworkStanding(Standing.FOREIGN, named[0])
    return NetworkStanding(Standing.TO_BE_MADE if network.users else Standing.UNUSED)


def _is_composes(there: Network, network: ComposeNetwork, project: Project) -> bool:
    return (
        there.labels.get(NETWORK_LABEL) == network.key
        and there.labels.get(PROJECT_LABEL, project.name) == project.name
    )


def spec_to_create(network: ComposeNetwork, project: Project, *, windows: bool) -> NetworkSpec | None:
    """What Compose would ask the engine for, with its labels; None for an external network."""
    if network.spec is None:
        return None
    spec = network.spec
    if network.entry.get("driver") is None:
        # The file leaves it to the engine, and this is what an engine takes (reference, 0.2).
        spec = spec.model_copy(update={"driver": "nat" if windows else "bridge"})
    labels = {
        **spec.labels,
        NETWORK_LABEL: network.key,
        PROJECT_LABEL: project.name,
        VERSION_LABEL: COMPOSE_VERSION,
    }
    return spec.model_copy(update={"labels": labels})


def creation_plan(project: Project, snapshot: Snapshot, keys: Collection[str] | None = None) -> Plan | None:
    """Makes the project's networks that lack, or those of ``keys``; None where there is none to make."""
    engine = snapshot.engine.known()
    windows = engine is None or engine.is_windows
    specs = [
        spec
        for network in project.networks
        if (keys is None or network.key in keys)
        and standing_of(network, project, snapshot).standing is Standing.TO_BE_MADE
        and (spec := spec_to_create(network, project, windows=windows)) is not None
    ]
    if not specs:
        return None
    title = N_(CONTEXT, "Create the networks of the Compose project {project}", project=project.name)
    return Plan(title=title, steps=tuple(CreateNetwork(spec=spec) for spec in specs))
