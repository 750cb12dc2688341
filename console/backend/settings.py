"""What a person decided for the whole console, in one file. Functions block."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from console.backend.json_file import DocumentError, DocumentKind, read_document, write_document
from console.domain.record import Record
from console.domain.text import N_
from console.log_file import USUAL_LEVEL

SETTINGS = DocumentKind("settings")


class Settings(Record):
    """The decisions. ``log_level`` is one of :data:`console.log_file.LEVELS`."""

    log_level: str = USUAL_LEVEL


def read_settings(path: Path) -> Settings:
    """The settings, the usual ones where nothing was decided yet. Raises DocumentError."""
    document = read_document(path, SETTINGS)
    try:
        return Settings() if document is None else Settings.model_validate(document)
    except ValidationError as error:
        raise DocumentError(N_("Files", "{path} can't be parsed: {error}", path=path, error=error)) from error


def write_settings(path: Path, settings: Settings) -> None:
    """Keep the settings. Raises DocumentError."""
    write_document(path, SETTINGS, settings.model_dump(mode="json"))
