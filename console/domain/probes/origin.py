"""From where something can be tried "from the host"."""

from __future__ import annotations

from enum import StrEnum


class HostTrial(StrEnum):
    """How the host itself can try a connection, or why it can't.

    ``script``: it is asked by a script. ``here``: this computer is the host, and can connect to TCP ports.
    ``elsewhere``: the engine is on another computer, where no script can be run. ``other-name``: the engine
    is reached on this computer but calls its host by another name, so that it runs in a virtual machine or
    behind a tunnel. ``unknown``: the engine has not told its name yet.
    """

    SCRIPT = "script"
    HERE = "here"
    ELSEWHERE = "elsewhere"
    OTHER_NAME = "other-name"
    UNKNOWN = "unknown"


def same_computer(one: str, other: str) -> bool:
    """Whether two host names are those of one computer; one may have its domain behind it."""
    return one.partition(".")[0].casefold() == other.partition(".")[0].casefold() != ""
