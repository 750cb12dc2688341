"""Trying a host's two halves, the engine and the Windows side, each for itself: :func:`try_host`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import SecretStr

from console.backend.connection import Connection
from console.backend.engine.channel import EngineChannel
from console.backend.failures import EngineError
from console.backend.hosts.stored import StoredHost
from console.backend.powershell.endpoint import WinRmEndpoint
from console.domain.connection_risk import ConnectionRisk
from console.domain.failure import Failure
from console.domain.text import N_, Text

CONTEXT = "HostTrial"


@dataclass(frozen=True, slots=True)
class HalfTrial:
    """What one half answered: ``found`` where it works, else the ``failure``."""

    found: Text | None = None
    failure: Failure | None = None

    @property
    def works(self) -> bool:
        """Whether this half can be used."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class HostTrial:
    """What trying a host showed. ``windows_side`` is None where none is set up."""

    engine: HalfTrial
    windows_side: HalfTrial | None


async def try_host(
    host: StoredHost,
    password: SecretStr | None,
    environ: Mapping[str, str],
    accepted_risk: ConnectionRisk | None = None,
) -> HostTrial:
    """Ask both halves at once. Never raises for what fails: that half says so.

    ``accepted_risk`` is what a person agreed to for this one time.
    """
    connection = host.connection.model_copy(update={"accepted_risk": accepted_risk})
    if host.windows_side is None:
        return HostTrial(await _try_engine(connection, environ), None)
    engine, windows_side = await asyncio.gather(
        _try_engine(connection, environ), _try_windows_side(host.windows_side, password)
    )
    return HostTrial(engine, windows_side)


async def _try_engine(connection: Connection, environ: Mapping[str, str]) -> HalfTrial:
    channel = EngineChannel(connection, environ=environ)
    try:
        await channel.connect()
        engine = await channel.engine()
    except EngineError as error:
        return HalfTrial(failure=error.failure)
    finally:
        await channel.close()
    found = N_(
        CONTEXT, "Docker Engine {version} on {system}", version=engine.version, system=engine.operating_system
    )
    return HalfTrial(found=found)


async def _try_windows_side(endpoint: WinRmEndpoint, password: SecretStr | None) -> HalfTrial:
    from console.backend.powershell.inventory import facts_of
    from console.backend.powershell.sign_in import SignedInRunner
    from console.domain.scripts import GET_HOST_INVENTORY

    runner = SignedInRunner(endpoint, password)
    try:
        text = await runner.run(GET_HOST_INVENTORY, {})
        facts = await asyncio.to_thread(facts_of, text)
    except EngineError as error:
        return HalfTrial(failure=error.failure)
    finally:
        await runner.close()
    windows = facts.windows.known()
    if windows is None:
        return HalfTrial(found=N_(CONTEXT, "The host answers, but does not report its Windows version."))
    found = N_(
        CONTEXT, "{product} (build {build}) on {computer}",
        product=windows.product, build=windows.build, computer=windows.computer,
    )  # fmt: skip
    return HalfTrial(found=found)
