"""The rule families, one module each, in the order of the wizard's pages."""

from __future__ import annotations

from types import ModuleType
from typing import Final

from console.domain.preflight import (
    adapter,
    build,
    driver,
    flags,
    gateway,
    ip_range,
    linux,
    machine,
    name,
    nat,
    option_keys,
    option_values,
    outbound_nat,
    overlap,
    scope,
    subnet,
    swarm,
    vlan,
    vxlan,
)

FAMILIES: Final[tuple[ModuleType, ...]] = (
    name,
    driver,
    build,
    machine,
    swarm,
    scope,
    subnet,
    gateway,
    ip_range,
    nat,
    overlap,
    adapter,
    vlan,
    option_keys,
    option_values,
    outbound_nat,
    vxlan,
    flags,
    linux,
)
