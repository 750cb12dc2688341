"""Live tests inside of a container: one program after the other, until one can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from console.backend.failures import EngineError
from console.domain.container_details import ExecResult
from console.domain.failure import FailureKind
from console.domain.probes.probe import Attempt, is_not_in_image

T = TypeVar("T")

#: A lookup that nobody answers takes nslookup 10 seconds; a connection is given up after 3.
SECONDS = 15.0
#: No program tried here says more.
MOST_BYTES = 64 * 1024


class Executes(Protocol):
    """What runs a program inside of a container: the service."""

    async def exec_in_container(
        self, container: str, command: Sequence[str], *, seconds: float = ..., limit: int = ...
    ) -> ExecResult:
        """Raises EngineError."""


@dataclass(frozen=True)
class Tried(Generic[T]):
    """What came of it. ``value`` is None where the image has none of the programs; ``transcript`` is
    each command with what it wrote, for those who want to see for themselves.
    """

    value: T | None
    transcript: str


async def first_answer(host: Executes, container: str, attempts: Sequence[Attempt[T]]) -> Tried[T]:
    """Run the programs of ``attempts`` in ``container`` until one can tell.

    Raises EngineError where the engine can't be reached or refuses for another reason than that the
    program is not in the image. Cancelling hangs up.
    """
    said: list[str] = []
    for attempt in attempts:
        try:
            result = await host.exec_in_container(
                container, attempt.command, seconds=SECONDS, limit=MOST_BYTES
            )
        except EngineError as error:
            if error.failure.kind is not FailureKind.REFUSED or not is_not_in_image(error.failure.raw):
                raise
            said.append(_transcript(attempt.command, error.failure.raw))
            continue
        said.append(_transcript(attempt.command, result.output + result.errors))
        value = attempt.read(result)
        if value is not None:
            return Tried(value, "\n".join(said))
    return Tried(None, "\n".join(said))


def _transcript(command: Sequence[str], output: str) -> str:
    return f"> {' '.join(command)}\n{output.strip()}\n"
