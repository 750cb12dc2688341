"""A practice host as a script runner: what PowerShell is to a real host."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from console.demo.host import PracticeHost
from console.demo.powershell.scripts import PracticeScripts
from console.domain.scripts import Script

CheckAnswer = Callable[[Script, str], str]


class PracticeRunner:
    """Runs named scripts on one practice host (a ``ScriptRunner`` of the backend).

    ``check`` is what every runner of the backend does with an answer: it gives the text back, or
    raises the error the script ended in. ``administrator`` is what elevation would give.
    """

    def __init__(self, host: PracticeHost, check: CheckAnswer, *, administrator: bool = False) -> None:
        self._scripts = PracticeScripts(host, administrator=administrator)
        self._check = check

    async def run(
        self,
        script: Script,
        parameters: Mapping[str, Any],
        *,
        on_progress: Callable[[str], None] | None = None,  # noqa: ARG002 (these scripts report none)
    ) -> str:
        """The script's document, made off the event loop."""
        return await asyncio.to_thread(self._answer, script, parameters)

    async def close(self) -> None:
        """Nothing is held open."""

    def _answer(self, script: Script, parameters: Mapping[str, Any]) -> str:
        return self._check(script, self._scripts.answer(script.id, parameters))
