"""Reads what each container was asked to be: once, for it never changes while the container exists."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from console.backend.engine.channel import EngineChannel
from console.backend.failures import EngineError
from console.domain.run_options import RunOptions
from console.domain.sections import fresh, stale, unavailable
from console.domain.snapshot import Container, Section
from console.domain.text import N_

CONTEXT = "Observation"
#: So many of the newest containers are looked at: one request each, and a host can have thousands.
MOST = 500
_AT_ONCE = 4
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class RunOptionsReader:
    """The options of one engine's containers; :attr:`section` is what is known of them."""

    def __init__(self, engine: EngineChannel) -> None:
        self._engine = engine
        self._known: dict[str, RunOptions] = {}
        self.section: Section[tuple[RunOptions, ...]] = unavailable(
            N_(CONTEXT, "The options that containers were run with were not read.")
        )

    @property
    def known(self) -> bool:
        """Whether any were read."""
        return bool(self._known)

    def missing(self, containers: tuple[Container, ...]) -> tuple[str, ...]:
        """Those of the newest that were not asked about yet; with none the section is true at once."""
        wanted = _newest(containers)
        missing = tuple(one for one in wanted if one not in self._known)
        if not missing:
            self._keep(wanted, whole=len(containers) <= MOST)
        return missing

    async def read(self, containers: tuple[Container, ...]) -> None:
        """Ask about those that are missing, and forget those that are gone.

        Never raises: what can't be read is left out.
        """
        places = asyncio.Semaphore(_AT_ONCE)
        found = await asyncio.gather(*(self._read(one, places) for one in self.missing(containers)))
        self._known |= {one.id: one for one in found if one is not None}
        self._keep(_newest(containers), whole=len(containers) <= MOST)

    def _keep(self, wanted: list[str], *, whole: bool) -> None:
        self._known = {one: self._known[one] for one in wanted if one in self._known}
        section = fresh(tuple(self._known.values()))
        if not whole:
            reason = N_(CONTEXT, "Only the {count} newest containers were inspected.", count=MOST)
            section = stale(section, reason)
        if section != self.section:  # the same content stays the same object
            self.section = section

    async def _read(self, container: str, places: asyncio.Semaphore) -> RunOptions | None:
        async with places:
            try:
                return await self._engine.run_options(container)
            except EngineError:
                return None  # gone meanwhile, or the engine is: then the other sections say so


def _newest(containers: tuple[Container, ...]) -> list[str]:
    ordered = sorted(containers, key=lambda one: one.created or _LONG_AGO, reverse=True)
    return [one.id for one in ordered[:MOST]]
