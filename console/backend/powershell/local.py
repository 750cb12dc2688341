"""Named scripts in a PowerShell of this computer, a process of its own for each.

A process that stayed for the next script would save its start (a quarter of a second), and cost more
than it saves: a host is read by one script a minute, changes are rare, and a module one script has
loaded, or a hang it is in, would meet the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from console.backend.powershell.clixml import ProgressReader, error_text
from console.backend.powershell.decoding import decoded
from console.backend.powershell.faults import (
    checked_answer,
    error_of,
    kind_of_words,
    record_of,
    shortened,
)
from console.backend.powershell.process import Ended, TooMuchOutputError, converse
from console.backend.powershell.process_tree import ProcessTree
from console.backend.powershell.request import FAILED, arguments, find_powershell, request, script_file
from console.backend.powershell.runner import HostError, Progress, host_error
from console.backend.threads import DaemonThreads
from console.domain.failure import FailureKind
from console.domain.scripts import Script, wrong_parameters

#: Far more than the inventory of a host with 20,000 endpoints, in bytes.
OUTPUT_LIMIT = 64 * 1024 * 1024
#: ERROR_ACCESS_DISABLED_BY_POLICY: AppLocker or a software restriction forbids PowerShell itself.
_FORBIDDEN_PROGRAM = 1260


class LocalRunner:
    """Runs named scripts with the PowerShell of this computer (a ``ScriptRunner``).

    ``program`` is PowerShell's path; None: it is looked for when it is needed. ``output_limit`` is in
    bytes. ``timeout_factor`` stretches every script's own time-out. ``module_path`` is the only place
    modules are loaded from; None: PowerShell's own choice.
    """

    def __init__(
        self,
        program: str | None = None,
        *,
        output_limit: int = OUTPUT_LIMIT,
        timeout_factor: float = 1.0,
        file_of: Callable[[Script], Path] = script_file,
        module_path: str | None = None,
    ) -> None:
        self._program = program
        self._output_limit = output_limit
        self._timeout_factor = timeout_factor
        self._file_of = file_of
        self._module_path = module_path
        self._trees: set[ProcessTree] = set()
        self._threads = DaemonThreads("powershell", limit=64)

    async def run(
        self, script: Script, parameters: Mapping[str, Any], *, on_progress: Progress | None = None
    ) -> str:
        """See ``ScriptRunner.run``."""
        if wrong := wrong_parameters(script, parameters):
            raise host_error(script, FailureKind.INTERNAL, "; ".join(wrong))
        program = self._program or find_powershell()
        if program is None:
            raise host_error(script, FailureKind.MISSING, "")
        question = request(script, parameters, self._file_of(script))
        ended = await self._conversation(script, arguments(program), question, on_progress)
        return await self._threads.run(partial(_answer, script, ended))

    async def close(self) -> None:
        """End what still runs."""
        for tree in tuple(self._trees):
            tree.kill()
        self._threads.close()

    async def _conversation(
        self, script: Script, command: list[str], question: bytes, on_progress: Progress | None
    ) -> Ended:
        seconds = script.timeout_seconds * self._timeout_factor
        trees: list[ProcessTree] = []

        def note_start(tree: ProcessTree) -> None:
            trees.append(tree)
            self._trees.add(tree)

        try:
            return await converse(
                command,
                question,
                environment=_environment(self._module_path),
                output_limit=self._output_limit,
                seconds=seconds,
                on_stderr=_teller(on_progress),
                on_start=note_start,
            )
        except TimeoutError as error:
            raise host_error(script, FailureKind.TIMED_OUT, f"No answer within {seconds:g} s.") from error
        except TooMuchOutputError as error:
            raise host_error(script, FailureKind.TOO_MUCH_OUTPUT, str(error)) from error
        except OSError as error:
            raise host_error(script, _start_failure(error), str(error)) from error
        finally:
            self._trees.difference_update(trees)


def _teller(on_progress: Progress | None) -> Callable[[bytes], None]:
    """What turns standard error into news of progress."""
    reader = ProgressReader()

    def tell(data: bytes) -> None:
        for record in reader.feed(data):
            if on_progress:
                on_progress(str(record))

    return tell


def _environment(module_path: str | None) -> dict[str, str]:
    """Ours, without the module path of the PowerShell that may have started us: its modules are of
    another version and would be loaded instead of the right ones.
    """
    kept = {name: value for name, value in os.environ.items() if name.upper() != "PSMODULEPATH"}
    return kept if module_path is None else {**kept, "PSModulePath": module_path}


def _start_failure(error: OSError) -> FailureKind:
    if getattr(error, "winerror", None) == _FORBIDDEN_PROGRAM:
        return FailureKind.BLOCKED_BY_POLICY
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FailureKind.MISSING
    return FailureKind.ACCESS_DENIED if isinstance(error, PermissionError) else FailureKind.INTERNAL


def _answer(script: Script, ended: Ended) -> str:
    """The script's document out of what the process left. Raises HostError."""
    try:
        text = decoded(ended.output)
    except UnicodeDecodeError as error:
        words = shortened(decoded(ended.output, errors="replace"))
        raise host_error(script, FailureKind.MALFORMED_ANSWER, words) from error
    if ended.code == 0:
        return checked_answer(script, text.strip())
    raise _ended_badly(script, ended, text)


def _ended_badly(script: Script, ended: Ended, text: str) -> HostError:
    """The launcher's own word on it where there is one, else what standard error tells."""
    last = text.strip().rpartition("\n")[2]
    if last.startswith(FAILED):
        with suppress(ValueError):
            record = record_of(json.loads(last.removeprefix(FAILED)))
            return error_of(script, record, changed=script.changes_host and _may_have_begun(record.kind))
    words = error_text(decoded(ended.stderr, errors="replace"))
    kind = kind_of_words(words) or FailureKind.EXIT_CODE
    told = "\n".join(part for part in (words, f"PowerShell ended with the exit code {ended.code}.") if part)
    return host_error(script, kind, shortened(told))


#: With these PowerShell refuses before the script begins.
_BEFORE_BEGIN = frozenset({FailureKind.BLOCKED_BY_POLICY, FailureKind.CONSTRAINED_LANGUAGE})


def _may_have_begun(kind: FailureKind) -> bool:
    """A script tells its own errors in its document; one that escaped it may come from anywhere."""
    return kind not in _BEFORE_BEGIN
