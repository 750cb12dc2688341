"""The journal's entries as files for somebody else: all that is known of each, and no credentials."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from console.domain.credentials import CredentialRemover
from console.domain.plan import Step, StepState
from console.domain.render.docker import step_command
from console.domain.render.errors import InexpressibleError
from console.domain.render.plan import SHELLS, usual_dialect
from console.domain.rewriting import rewritten
from console.ui.models.activity import ACTIVITY_COLUMNS, ActivityRow
from console.ui.models.export import as_csv, plain
from console.ui.models.records import Column
from console.ui.texts import shown

if TYPE_CHECKING:
    from console.domain.render.shell import Shell


def activity_as_csv(columns: Sequence[Column[ActivityRow]], rows: Sequence[ActivityRow]) -> str:
    """The chosen columns and, whether chosen or not, the command; see :func:`~.export.as_csv`."""
    wanted = {column.id for column in columns} | {"command"}
    return as_csv([one for one in ACTIVITY_COLUMNS if one.id in wanted], _without_credentials(rows))


def activity_as_json(_columns: Sequence[Column[ActivityRow]], rows: Sequence[ActivityRow]) -> str:
    """An array with an object for each entry: every column by its id, and its steps with their results.

    The duration is in seconds; ``undoes`` and ``undone_by`` are the numbers of other entries.
    """
    documents = [_document(row) for row in _without_credentials(rows)]
    return json.dumps(documents, indent=2, ensure_ascii=False)


def _without_credentials(rows: Sequence[ActivityRow]) -> list[ActivityRow]:
    remover = CredentialRemover()
    return [replace(row, entry=rewritten(row.entry, remover)) for row in rows]


def _document(row: ActivityRow) -> dict[str, Any]:
    entry = row.entry
    shell = SHELLS[usual_dialect(entry.plan)]
    return {
        **{column.id: plain(column.value(row)) for column in ACTIVITY_COLUMNS},
        "undoes": entry.undoes,
        "undone_by": entry.undone_by,
        "steps": [
            _step(entry.plan.steps[state.index], state, shell)
            for state in entry.states
            if state.index < len(entry.plan.steps)
        ],
    }


def _step(step: Step, state: StepState, shell: Shell) -> dict[str, Any]:
    return {
        "what": shown(step.describe()),
        "command": _command(step, shell),
        **state.model_dump(mode="json", exclude={"index", "notes"}),
        "notes": [shown(note) for note in state.notes],
    }


def _command(step: Step, shell: Shell) -> str:
    try:
        return step_command(step, shell)
    except InexpressibleError as error:  # no line can hold a value: none is better than a wrong one
        return shown(error.text)
