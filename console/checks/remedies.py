"""What a remedy asks for, in words: for the terminal and the window."""

from __future__ import annotations

import traceback

from console.checks.check import Crashed, Finding, Host, Remedy
from console.domain.plan import RunScript
from console.domain.text import Text

COMMAND = "command"


def remedies_of(finding: Finding, host: Host) -> tuple[Remedy, ...] | Crashed:
    """The ways out of a finding on the host as ``host`` shows it, least disruptive first."""
    try:
        return tuple(finding.check.remedies(host, finding.subject))
    except Exception:  # noqa: BLE001 # what was found is told all the same; the mistake is shown as such
        return Crashed(finding.check, traceback.format_exc())


def undoable_steps(remedy: Remedy) -> int:
    """How many steps of its plan can be taken back."""
    steps = remedy.plan.steps if remedy.plan else ()
    return sum(step.inverse() is not None for step in steps)


def interruptions(remedy: Remedy) -> tuple[Text, ...]:
    """All that stops while a remedy is carried out, each thing once."""
    steps = remedy.plan.steps if remedy.plan else ()
    told = (text for step in steps if isinstance(step, RunScript) for text in step.interruptions)
    return tuple(dict.fromkeys((*remedy.interrupts, *told)))


def instructions(remedy: Remedy) -> tuple[Text, ...]:
    """What is done, step by step, by the console or by hand."""
    if remedy.plan is not None:
        return tuple(step.describe() for step in remedy.plan.steps)
    return remedy.steps


def command_in(step: Text) -> str:
    """What a person types for a step of a remedy by hand; "" where nothing is typed."""
    return next((str(value) for name, value in step.values if name == COMMAND), "")
