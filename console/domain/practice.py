"""What a person meets on a host that is broken on purpose: a :class:`Symptom`, as data.

A practice scenario declares it, the window shows it and can bring it about, and a test holds the two
to one another.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.plan import Plan, Step
from console.domain.render.plan import SHELLS, Dialect, preview
from console.domain.render.shell import join
from console.domain.text import N_, Text


@dataclass(frozen=True, slots=True)
class Asking:
    """``steps`` that are asked of the engine, in order; the last one is refused with ``words``.

    What the earlier ones made is nobody's: whoever asks takes it away again.
    """

    steps: tuple[Step, ...]
    words: str


@dataclass(frozen=True, slots=True)
class RunningInside:
    """``program`` with its arguments, run in a running container by name; its output holds ``words``."""

    container: str
    program: tuple[str, ...]
    words: str


Attempt = Asking | RunningInside
"""What a person tries, and the literal words of the answer."""


def typed(attempt: Attempt, dialect: Dialect) -> str:
    """What a person types to try it, a command a line."""
    if isinstance(attempt, Asking):
        return preview(Plan(title=N_("Practice", "Show the symptom"), steps=attempt.steps), dialect)
    words = ("docker", "exec", attempt.container, *attempt.program)
    return f"{join(words, SHELLS[dialect])}\n"


@dataclass(frozen=True, slots=True)
class Symptom:
    """How a broken host shows.

    ``seen`` says it in plain words. ``attempt`` brings it about, with the literal words of the answer;
    None where neither the engine nor a container says anything: then ``page`` is the id of the page of
    the window to look at.
    """

    seen: Text
    attempt: Attempt | None = None
    page: str = ""
