"""Everything in one paste that can be checked: :func:`check_paste`."""

from __future__ import annotations

from console.checks.command.compose import compose_part, judged_compose
from console.checks.command.connect import judged_connect
from console.checks.command.create import judged_create
from console.checks.command.reading import PastedCommand, read_paste
from console.checks.command.run import judged_run
from console.checks.command.verdict import Verdict
from console.checks.plain_host import ASSUMED_BUILD


def check_paste(text: str, *, build: int | None = None) -> tuple[Verdict, ...]:
    """What Windows makes of each docker command in ``text``, or of the Compose file that it is.

    ``build`` is the Windows build that it is for; without it, what only newer builds do counts as
    unsupported, and all else is as on Windows Server 2022. Nothing is raised for any text.
    """
    target = ASSUMED_BUILD if build is None else build
    commands = read_paste(text)
    if not commands:
        document = compose_part(text)
        return judged_compose(document, target) if document else ()
    return tuple(_judged(command, target, build) for command in commands)


def _judged(command: PastedCommand, target: int, build: int | None) -> Verdict:
    if command.kind == "network create":
        return judged_create(command, target)
    return judged_connect(command) if command.kind == "network connect" else judged_run(command, build)
