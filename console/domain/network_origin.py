"""Whether Docker made one of its networks, or only found it in HNS (reference, 0.3 and 2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from console.domain.discovery.capability import engine_number
from console.domain.drivers.options import HNS_ID, HNS_OWNED
from console.domain.host_adapters import hns_name
from console.domain.host_inventory import HnsNetwork
from console.domain.per_snapshot import once_per_snapshot
from console.domain.snapshot import EngineInfo, Network, Snapshot

MARKING_ENGINE: Final = (28, 3, 0)
"""The first engine that marks the networks it found, by the option ``hnsowned`` (moby#41013)."""

WINDOWS_OWN_NETWORKS: Final = frozenset({"Default Switch", "WSL", "WSL (Hyper-V firewall)"})
"""Networks that Windows itself makes; docker removes them for good (reference, 0.9 and 2.3)."""

# Docker gives HNS its network's id for a name: 64 hexadecimal digits, in a swarm 25 of base 36.
_DOCKER_NAME = re.compile(r"[0-9a-f]{64}|(?=[a-z]*[0-9])[0-9a-z]{25}")


def is_docker_name(name: str) -> bool:
    """Whether HNS got the name from docker, which calls a network there by its own id."""
    return _DOCKER_NAME.fullmatch(name) is not None


def is_adopted(network: Network) -> bool:
    """Whether the network itself tells that Windows or another program made it.

    ``hnsowned`` marks them from engine 28.3 on; before, only the names and the ics driver tell
    (reference, 0.9 and 2.5). Where HNS can be asked too, :func:`made_by_others` knows more.
    """
    return (
        network.option(HNS_OWNED).lower() == "true"
        or network.name in WINDOWS_OWN_NETWORKS
        or network.driver.lower() == "ics"
    )


def made_by_others(network: Network, snapshot: Snapshot) -> bool:
    """Whether Windows or another program, such as a plugin of Kubernetes, made the network.

    Engines before 28.3 don't mark those. But Docker alone spells HNS' types in lower case (reference, 5.4),
    and gives what it makes its own id for a name there, while it calls what it finds as HNS does.
    """
    if is_adopted(network):
        return True
    hns = _in_hns(network, snapshot)
    if hns is None:
        return False
    return hns.type != hns.type.lower() or (
        not _marks(snapshot.engine.known()) and _is_named_by_others(network, hns)
    )


def _is_named_by_others(network: Network, hns: HnsNetwork) -> bool:
    # Docker's default network is "nat" in HNS too; one with labels was made by a person or by Compose.
    default = network.name == "nat" and network.driver == "nat"
    return hns.name == network.name and not (default or network.labels or is_docker_name(hns.name))


def _marks(engine: EngineInfo | None) -> bool:
    number = engine_number(engine.version) if engine is not None else ()
    return not number or number >= MARKING_ENGINE


def _in_hns(network: Network, snapshot: Snapshot) -> HnsNetwork | None:
    known = _by_id_and_name(snapshot)
    wanted = network.option(HNS_ID) or hns_name(network)
    return known.get(wanted.casefold())


@once_per_snapshot
def _by_id_and_name(snapshot: Snapshot) -> Mapping[str, HnsNetwork]:
    networks = snapshot.facts.hns_networks.known() or ()
    by_name = {one.name.casefold(): one for one in reversed(networks)}
    return by_name | {one.id.casefold(): one for one in networks}
