"""What running a program comes to."""

from __future__ import annotations

from dataclasses import dataclass


class ProcessStartError(Exception):
    """There is no such program in the image."""

    def __init__(self, program: str) -> None:
        super().__init__(program)
        self.program = program


@dataclass(frozen=True, slots=True)
class Outcome:
    """``output`` are (stream, text) pieces, stream 1 or 2. ``lasting``: it runs until stopped.
    ``shell``: it waits for lines on its input, as ``cmd`` or ``powershell``. ``leaves``: it ends
    the shell it was run in.
    """

    output: tuple[tuple[int, str], ...] = ()
    exit_code: int = 0
    lasting: bool = False
    shell: str = ""
    leaves: bool = False


def said(text: str, exit_code: int = 0) -> Outcome:
    """A program that printed and ended."""
    return Outcome(((1, text),), exit_code)


def failure(text: str, exit_code: int) -> Outcome:
    """A program that complained on its error stream and ended."""
    return Outcome(((2, text),), exit_code)
