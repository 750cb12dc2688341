"""Docker Desktop: its engine for Windows containers is started by the application, not by a service.

``com.docker.service`` is the application's helper with an administrator's rights. Only once the application
runs, in the session of a person who is signed in, and has been switched to Windows containers, is there a
Windows engine (reference, 4.6).
"""

from __future__ import annotations

from typing import Final

from console.checks.check import Remedy
from console.domain.text import N_, verbatim

CONTEXT = "Checks"

SERVICE: Final = "com.docker.service"
SWITCH: Final = verbatim(r'& "$Env:ProgramFiles\Docker\Docker\DockerCli.exe" -SwitchWindowsEngine')
"""Starts the engine for Windows containers in place of the one for Linux containers."""


def started_by_hand() -> Remedy:
    """Starting the application and its Windows engine, which nobody else can do for the person there."""
    return Remedy(
        N_(CONTEXT, "Start Docker Desktop with Windows containers"),
        steps=(
            N_(CONTEXT, "Sign in to that computer, and start Docker Desktop from the Start menu."),
            N_(
                CONTEXT, "If it runs Linux containers, switch it, in PowerShell: {command}", command=SWITCH
            ),
        ),
    )  # fmt: skip
