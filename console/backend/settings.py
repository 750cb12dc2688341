"""What a person decided for the whole console, in one file. Functions block."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationError

from console.backend.json_file import DocumentError, DocumentKind, read_document, write_document
from console.backend.objection import first_objection
from console.domain.record import Record
from console.domain.text import N_
from console.log_file import LEVELS, USUAL_LEVEL

SETTINGS = DocumentKind("settings")


def _known_level(level: str) -> str:
    if level not in LEVELS:
        raise ValueError(f"there is no log level {level!r}")
    return level


class Settings(Record):
    """The decisions. ``log_level`` is one of :data:`console.log_file.LEVELS`."""

    log_level: Annotated[str, AfterValidator(_known_level)] = USUAL_LEVEL


def read_settings(path: Path) -> Settings:
    """The settings, the usual ones where nothing was decided yet. Raises DocumentError."""
    document = read_document(path, SETTINGS)
    try:
        return Settings() if document is None else Settings.model_validate(document)
    except ValidationError as error:
        reason = N_("Files", "{path} can't be parsed: {error}", path=path, error=first_objection(error))
        raise DocumentError(reason) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings. Raises DocumentError."""
    write_document(path, SETTINGS, settings.model_dump(mode="json"))
