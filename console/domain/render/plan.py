"""The preview of a plan in each of the languages people know."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from console.domain.container_steps import CreateContainer, StartContainer
from console.domain.plan import Plan, RunScript, Step
from console.domain.render.compose_plan import compose_preview
from console.domain.render.container_line import run_words
from console.domain.render.docker import step_command
from console.domain.render.shell import Shell, join


class Dialect(StrEnum):
    """The languages of a preview. DOCKER is a command for the command prompt (cmd.exe)."""

    DOCKER = "docker"
    POWERSHELL = "powershell"
    POSIX = "posix"
    COMPOSE = "compose"


SHELLS = {Dialect.DOCKER: Shell.CMD, Dialect.POWERSHELL: Shell.POWERSHELL, Dialect.POSIX: Shell.POSIX}
"""The shell of each language that is one."""


def usual_dialect(plan: Plan) -> Dialect:
    """The language that has words for all of ``plan``: docker's commands, or PowerShell beside scripts."""
    scripted = any(isinstance(step, RunScript) for step in plan.steps)
    return Dialect.POWERSHELL if scripted else Dialect.DOCKER


def preview(plan: Plan, dialect: Dialect) -> str:
    """What applying ``plan`` runs, step by step, as text to read and copy.

    Compose describes what is to exist, so the other steps (and a network it has no words for) are
    comments there. Raises :class:`InexpressibleError` where a shell can't carry a value: no command
    is shown rather than a wrong one.
    """
    if dialect is Dialect.COMPOSE:
        return compose_preview(plan)
    return "".join(f"{command}\n" for command in _commands(plan.steps, SHELLS[dialect]))


def _commands(steps: tuple[Step, ...], shell: Shell) -> Iterator[str]:
    """A command per step; to make a container and start it next is one, ``docker run``."""
    started = False
    for step, following in zip(steps, (*steps, None)[1:], strict=True):
        if started:
            started = False
            continue
        started = (
            isinstance(step, CreateContainer)
            and isinstance(following, StartContainer)
            and following.container == step.spec.name
        )
        if started and isinstance(step, CreateContainer):
            yield join(run_words(step.spec), shell)
        else:
            yield step_command(step, shell)
