"""Which way a helper is started and reached on this system; both ends of it."""

from __future__ import annotations

import asyncio
import sys
from functools import partial

from console.backend.elevated.helper import serve
from console.backend.elevated.runner import elevate
from console.backend.elevated.wire import Wire
from console.backend.host_channel import ScriptHostChannel
from console.backend.powershell.local import LocalRunner
from console.backend.powershell.request import system_powershell


def local_host_channel() -> ScriptHostChannel:
    """The Windows side of this computer: scripts that need an administrator ask for one, once per plan.

    Where the console itself is run by an administrator nobody is asked.
    """
    if sys.platform == "win32":
        from console.backend.elevated.windows_pipe import PipeListener, account_is_administrator

        if not account_is_administrator():
            return ScriptHostChannel(LocalRunner(), partial(elevate, listen=PipeListener))
    return ScriptHostChannel(LocalRunner())


def run_helper(address: str, parent: int, digest: str) -> int:
    """``wcn elevated-helper``: serve the console that started us; returns the exit code."""
    return asyncio.run(serve(_wire(address), parent=parent, digest=digest, runner=_runner()))


def _wire(address: str) -> Wire:
    if sys.platform == "win32":
        from console.backend.elevated.windows_pipe import PipeWire

        return PipeWire.connect(address)
    else:  # noqa: RET505 (the type checker leaves out what is another system's)
        from console.backend.elevated.unix_socket import SocketWire

        return SocketWire.connect(address)


def _runner() -> LocalRunner:
    """On Windows one that loads nothing but what administrators put there."""
    if sys.platform == "win32":
        from console.backend.elevated.windows_pipe import system_module_path

        # Never one from the PATH, which is the person's: where it is missing, that is said.
        program = system_powershell() or r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
        return LocalRunner(program, module_path=system_module_path())
    return LocalRunner()
