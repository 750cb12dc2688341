"""Brings about what a practice scenario says one meets: :func:`try_out`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.backend.failures import EngineError
from console.domain.plan import Plan
from console.domain.practice import Asking, Attempt, RunningInside
from console.domain.text import N_

if TYPE_CHECKING:
    from console.backend.service import HostService, Outcome

CONTEXT = "Practice"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, unchanged; "" where all was done without a word. ``expected``: it holds the words
    that the symptom is known by.
    """

    said: str
    expected: bool


async def try_out(service: HostService, attempt: Attempt) -> Answer:
    """Do what ``attempt`` says, tell the answer, and take back what was done.

    A refusal is the answer, no error. Raises EngineError where the host may not be changed or nothing
    could be written down first, JournalError where what was done can't be looked up to be taken back.
    """
    said = await _ask(service, attempt) if isinstance(attempt, Asking) else await _run(service, attempt)
    return Answer(said, attempt.words in said)


async def _ask(service: HostService, asking: Asking) -> str:
    plan = Plan(title=N_(CONTEXT, "Show the symptom of a broken host"), steps=asking.steps)
    outcome = await service.apply(plan)
    await _take_back(service, outcome)
    return "\n".join(state.failure.raw for state in outcome.states if state.failure is not None)


async def _take_back(service: HostService, outcome: Outcome) -> None:
    entry = await service.journal_entry(outcome.entry)
    if entry is not None and entry.undo is not None:
        await service.apply(entry.undo, undoes=entry.id)


async def _run(service: HostService, inside: RunningInside) -> str:
    try:
        result = await service.exec_in_container(inside.container, inside.program)
    except EngineError as error:
        return error.failure.raw
    return result.output
