"""A host of which only the Windows build is known: what a pasted command is checked against."""

from __future__ import annotations

from datetime import UTC, datetime

from console.domain.drivers.registry import WINDOWS_DRIVERS
from console.domain.sections import fresh, unknown_facts
from console.domain.snapshot import (
    EngineInfo,
    HostIdentity,
    Network,
    Snapshot,
    SwarmState,
    WindowsVersion,
)
from console.domain.text import N_
from console.domain.windows_releases import release_name

CONTEXT = "Command check"

#: Windows Server 2022: what is assumed where nothing tells the build.
ASSUMED_BUILD = 20348


def plain_host(build: int) -> Snapshot:
    """A swarm manager of that build with the engine's own networks and nothing else known."""
    engine = EngineInfo(
        version="28.3.0",
        api_version="1.51",
        os_type="windows",
        operating_system=release_name(build, server=None),
        network_drivers=tuple(driver.name for driver in WINDOWS_DRIVERS),
        swarm=SwarmState(local_node_state="active", control_available=True),
        windows=WindowsVersion(build=build),
    )
    return Snapshot(
        host=HostIdentity(id="plain", name="plain"),
        taken_at=datetime(2025, 1, 1, tzinfo=UTC),
        engine=fresh(engine),
        networks=fresh(
            (Network(id="1" * 64, name="nat", driver="nat"), Network(id="2" * 64, name="none", driver="null"))
        ),
        containers=fresh(()),
        facts=unknown_facts(N_(CONTEXT, "Only the command is known, not a host.")),
    )
