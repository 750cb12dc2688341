"""The state file: a practice host written down as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from console.demo.state import FORMAT, HostState
from console.domain.text import reason_of
from console.file_replacement import replace_file


class StateFileError(Exception):
    """The state file can't be used; the text says why."""


def save(state: HostState, path: Path) -> None:
    """Write the state beside ``path`` and put it in its place, so that no half file stays."""
    partial = path.with_name(path.name + ".part")
    partial.write_text(state.model_dump_json(indent=1), encoding="utf-8")
    replace_file(partial, path)


def load(path: Path) -> HostState:
    """Read a state back; a file of a newer format is left untouched and refused."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise StateFileError(f"{path}: {reason_of(error)}") from error
    if not isinstance(document, dict):
        raise StateFileError(f"{path}: not a practice host's state")
    if document.get("format") != FORMAT:
        raise StateFileError(f"{path}: format {document.get('format')!r}, this program knows {FORMAT}")
    try:
        return HostState.model_validate(document)
    except ValidationError as error:
        raise StateFileError(f"{path}: {error}") from error
