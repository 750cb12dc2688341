"""How PowerShell is started for a named script: one constant command, the rest as data on its input."""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from console.backend.programs import program_on_path
from console.domain.scripts import Script
from console.resource_files import resource

#: Begins the last line of output where the script failed; the launcher's own text has it too.
FAILED = "script-failed:"


def script_file(script: Script) -> Path:
    """The installed file of a named script."""
    return resource("powershell", script.file)


def script_text(script: Script) -> str:
    """A named script's text, for a host that has no such file."""
    return script_file(script).read_text(encoding="utf-8-sig")


def arguments(program: str) -> list[str]:
    """The command line, which is the same for every script and all parameters.

    The encoded launcher is subject to no execution policy; the script's file is, and Bypass lifts it
    unless a group policy sets one.
    """
    text = resource("powershell", "launcher", "Invoke-NamedScript.ps1").read_text(encoding="utf-8")
    encoded = base64.b64encode(text.encode("utf-16-le")).decode("ascii")
    options = ["-NoLogo", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"]
    return [program, *options, "-EncodedCommand", encoded]


def request(script: Script, parameters: Mapping[str, Any], file: Path) -> bytes:
    """One line for the launcher's standard input: ASCII, so that no code page can change it."""
    document = {
        "file": str(file),
        "parameters": [
            {"name": one.name, "kind": one.kind, "value": _protected(parameters[one.name])}
            for one in script.parameters
            if one.name in parameters
        ],
    }
    return json.dumps(document, ensure_ascii=True).encode("ascii") + b"\n"


def _protected(value: Any) -> Any:
    """Texts with a sign before them: PowerShell's JSON reader makes dates of texts that look so."""
    if isinstance(value, str):
        return f"={value}"
    if isinstance(value, (list, tuple)):
        return [f"={text}" for text in value]
    return value


def find_powershell() -> str | None:
    """The path of Windows PowerShell in the system's own folder, else of ``pwsh``; None: there is none."""
    return system_powershell() or program_on_path("pwsh")


def system_powershell() -> str | None:
    """The path of Windows PowerShell; None where it is not there, or this is no Windows.

    Its folder is asked of the system and not of the environment, which others may set.
    """
    if sys.platform == "win32":
        import win32api

        path = Path(win32api.GetSystemDirectory(), "WindowsPowerShell", "v1.0", "powershell.exe")
        return str(path) if path.is_file() else None
    return None
