"""Looking at the host again after a fix, also where it was away for a while, and asking the same check."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from console.checks.check import ENGINES_SECTIONS, Host
from console.checks.verify import verify
from console.domain.snapshot import SectionState

if TYPE_CHECKING:
    from console.checks.check import Finding, Remedy
    from console.checks.verify import Verification
    from console.domain.failure import Failure
    from console.domain.snapshot import Snapshot
    from console.domain.text import Text
    from console.ui.session import Session

PATIENCE_SECONDS = 30.0
"""How long an engine that a fix restarted may take until it answers again."""


async def verification(
    session: Session, finding: Finding, remedy: Remedy | None, about: Text, *, restarted: bool = False
) -> Verification:
    """Observe the host and ask the check of ``finding`` again; ``about`` is the name of its object.

    Where the engine does not answer and the check does not need it, what the Windows side says now
    counts. Raises EngineError where the engine is needed and does not answer in
    :data:`PATIENCE_SECONDS`, and LookupError where no host is shown any more.
    """
    from console.backend.failures import EngineError

    until = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        service = session.service
        if service is None:
            raise LookupError("no host is shown")
        try:
            snapshot = await service.observe()
        except EngineError as error:
            service.retry_now()
            if _needs_no_engine(session, finding):
                snapshot = _without_engine(_seen(session), error.failure)
            elif await _comes(session, lambda: session.connected, until):
                continue
            else:
                raise
        if not session.connected:
            service.retry_now()  # it may answer again: nobody has to wait for the next attempt
        return await asyncio.to_thread(verify, snapshot, finding, remedy, about, restarted=restarted)


def _seen(session: Session) -> Snapshot:
    if session.snapshot is None:
        raise LookupError("no host is shown")
    return session.snapshot


def _needs_no_engine(session: Session, finding: Finding) -> bool:
    """Whether all that the check needs is of the Windows side, and known."""
    if ENGINES_SECTIONS & frozenset(finding.check.needs):
        return False
    host = Host(_seen(session))
    return all(host.section(name).state is SectionState.FRESH for name in finding.check.needs)


def _without_engine(snapshot: Snapshot, failure: Failure) -> Snapshot:
    """The host as it is seen while its engine does not answer; the session learns it a moment later."""
    engine = snapshot.engine.model_copy(update={"state": SectionState.STALE, "failure": failure})
    return snapshot.model_copy(update={"engine": engine})


async def _comes(session: Session, condition: Callable[[], bool], until: float) -> bool:
    """Whether ``condition`` holds at a status of the session before the loop's time ``until``."""
    told = asyncio.Event()

    def note(_status: object) -> None:
        told.set()

    session.statusChanged.connect(note)
    try:
        async with asyncio.timeout_at(until):
            while not condition():
                told.clear()
                await told.wait()
    except TimeoutError:
        return False
    finally:
        session.statusChanged.disconnect(note)
    return True
