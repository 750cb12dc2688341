"""Processes inside containers: which program runs, what it prints and whether it goes on.

No time passes inside a simulated container: a program answers at once, or it lasts until it is
stopped (a service, ``ping -t``, ``Start-Sleep``).
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.demo import programs
from console.demo.programs.outcome import Outcome, ProcessStartError, failure

if TYPE_CHECKING:
    from console.demo.host import PracticeHost
    from console.demo.state import ContainerState

__all__ = ["Outcome", "ProcessStartError", "Shell", "main_process", "run"]

_SHELLS = frozenset({"cmd", "powershell", "pwsh"})
_POWERSHELL_COMMAND = frozenset({"-command", "-c", "/c", "/command"})
_POWERSHELL_SWITCHES = frozenset({"-noprofile", "-nologo", "-noninteractive", "-nop"})


def main_process(host: PracticeHost, container: ContainerState) -> Outcome:
    """The start of a container's main process; ProcessStartError if there is no such program."""
    if not container.command:
        raise ProcessStartError("")
    return run(host, container, container.command, keeps_stdin=bool(container.config.get("OpenStdin")))


def run(host: PracticeHost, container: ContainerState, words: list[str], *, keeps_stdin: bool) -> Outcome:
    """Run one program. ``keeps_stdin``: a shell without a command waits for input."""
    name = program_name(words[0])
    if name == "cmd":
        return _cmd(host, container, words[1:], keeps_stdin=keeps_stdin)
    if name in ("powershell", "pwsh"):
        return _powershell(host, container, words[1:], keeps_stdin=keeps_stdin)
    program = programs.EXECUTABLES.get(name)
    if program is None:
        raise ProcessStartError(words[0])
    return program(host, container, words[1:])


def program_name(path: str) -> str:
    r"""``C:\Windows\System32\PING.EXE`` as ``ping``."""
    return path.replace("/", "\\").rsplit("\\", maxsplit=1)[-1].lower().removesuffix(".exe")


def _cmd(host: PracticeHost, container: ContainerState, words: list[str], *, keeps_stdin: bool) -> Outcome:
    switches = [word.lower() for word in words]
    for place, switch in enumerate(switches):
        if switch in ("/c", "/k"):
            return Shell(host, container).line(" ".join(words[place + 1 :]))
        if not switch.startswith("/"):
            break
    banner = (
        f"Microsoft Windows [Version 10.0.{host.build.build}.{host.build.revision}]\r\n"
        "(c) Microsoft Corporation. All rights reserved.\r\n\r\nC:\\>"
    )
    return Outcome(output=((1, banner),), lasting=keeps_stdin, shell="cmd" if keeps_stdin else "")


def _powershell(
    host: PracticeHost, container: ContainerState, words: list[str], *, keeps_stdin: bool
) -> Outcome:
    rest = list(words)
    while rest and rest[0].lower() in _POWERSHELL_SWITCHES:
        del rest[0]
    if rest and rest[0].lower() in _POWERSHELL_COMMAND:
        del rest[0]
    if not rest:
        banner = (
            "Windows PowerShell\r\nCopyright (C) Microsoft Corporation. All rights reserved.\r\n\r\nPS C:\\> "
        )
        return Outcome(output=((1, banner),), lasting=keeps_stdin, shell="powershell" if keeps_stdin else "")
    return Shell(host, container, powershell=True).line(" ".join(rest))


@dataclass(slots=True)
class Shell:
    """Runs lines as ``cmd`` (or PowerShell) does: known programs, joined by ``&&`` or ``&``."""

    host: PracticeHost
    container: ContainerState
    powershell: bool = False

    @property
    def prompt(self) -> str:
        """What it prints before it reads a line."""
        return "PS C:\\> " if self.powershell else "C:\\>"

    def line(self, text: str) -> Outcome:
        """Run one line; output is gathered up to the first part that fails before an ``&&``."""
        output: list[tuple[int, str]] = []
        result = Outcome()
        for part, only_after_success in _parts(text, ";" if self.powershell else "&"):
            if only_after_success and result.exit_code:
                break
            result = self._part(part)
            output += result.output
            if result.lasting or result.leaves:
                break
        return Outcome(tuple(output), result.exit_code, lasting=result.lasting, leaves=result.leaves)

    def _part(self, text: str) -> Outcome:
        words = _words(text)
        if not words:
            return Outcome()
        name = program_name(words[0])
        builtin = programs.CMDLETS.get(name) if self.powershell else programs.BUILTINS.get(name)
        if builtin:
            return builtin(self.host, self.container, words[1:])
        if name in _SHELLS or name in programs.EXECUTABLES:
            return run(self.host, self.container, words, keeps_stdin=False)
        if self.powershell:
            return failure(
                f"{words[0]} : The term '{words[0]}' is not recognized as the name of a cmdlet, function, "
                "script file, or operable program. Check the spelling of the name, or if a path was "
                "included, verify that the path is correct and try again.\r\n",
                1,
            )
        return failure(
            f"'{words[0]}' is not recognized as an internal or external command,\r\n"
            "operable program or batch file.\r\n",
            9009,
        )


def _parts(text: str, separator: str) -> list[tuple[str, bool]]:
    parts: list[tuple[str, bool]] = []
    for place, joined in enumerate(text.split("&&")):
        for index, part in enumerate(joined.split(separator)):
            parts.append((part.strip(), place > 0 and index == 0))
    return parts


def _words(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=False, punctuation_chars="")
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return [word.strip("\"'") if word[:1] in "\"'" else word for word in lexer]
    except ValueError:
        return text.split()
