"""The way to an engine on this computer: docker's transport and our explanation, without an engine."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from console.backend.connection import manual_connection
from console.backend.failures import EngineError
from console.backend.journal import Journal
from console.checks.errors import explain
from console.domain.failure import FailureKind
from console.self_test.report import Facts, PartFailedError
from console.startup import real_host

NOBODY = "wcn-self-test-nobody"


def ask_nobody(folder: Path) -> Facts:
    """Ask an engine that is not there: the system's refusal must arrive as what it is, explained.

    A named pipe on Windows, a Unix socket elsewhere. Raises PartFailedError.
    """
    url = f"npipe:////./pipe/{NOBODY}" if sys.platform == "win32" else f"unix://{folder / NOBODY}"
    kind, what = asyncio.run(_asked(url, folder))
    if kind is not FailureKind.NOT_RUNNING:
        raise PartFailedError(f"{url}: nobody is there, and that was taken for {kind}: {what}")
    return {"transport": url.partition(":")[0], "explained": what}


async def _asked(url: str, folder: Path) -> tuple[FailureKind, str]:
    journal = Journal(folder / "nobody.sqlite")
    host = real_host(manual_connection(NOBODY, url), journal)
    try:
        await host.service.observe()
    except EngineError as error:
        return error.failure.kind, str(explain(error.failure).what)
    finally:
        await host.close()
        journal.close()
    raise PartFailedError(f"{url}: somebody answers there")
