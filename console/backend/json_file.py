"""Small documents of the profile (settings, hosts) in JSON files that no crash and no version breaks.

A file is written whole beside the old one, brought to the disk and renamed into its place: a kill at
any moment leaves the old or the new document. Every file says of which kind and version it is; an
older version is migrated when it is read, a newer one is left untouched. All functions block.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.text import N_, Text
from console.file_replacement import replace_file, written_anew

CONTEXT = "Files"
LARGEST = 8 * 1024 * 1024
"""Bytes. No document of ours comes near it; a file that does is not read into memory."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]


class DocumentError(Exception):
    """A document can't be read or written; :attr:`reason` says why to a person. The file is as it was."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


class NewerDocumentError(DocumentError):
    """The file was written by a newer console."""


@dataclass(frozen=True)
class DocumentKind:
    """What a file holds. ``migrations[n]`` makes version n + 2 out of version n + 1."""

    name: str
    migrations: Sequence[Migration] = ()

    @property
    def version(self) -> int:
        """The version that is written."""
        return len(self.migrations) + 1


def read_document(path: Path, kind: DocumentKind) -> dict[str, Any] | None:
    """The content as this version has it; None where there is no file. Raises DocumentError."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DocumentError(
            N_(CONTEXT, "{path} can't be read: {error}", path=path, error=error.strerror)
        ) from error
    if len(data) > LARGEST:
        raise DocumentError(N_(CONTEXT, "{path} is too large to be a file of the console.", path=path))
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise DocumentError(N_(CONTEXT, "{path} is damaged: {error}", path=path, error=error)) from error
    return _migrated(path, kind, document)


def _migrated(path: Path, kind: DocumentKind, document: Any) -> dict[str, Any]:
    match document:
        case {"kind": kind.name, "version": int(version), "content": dict(content)} if version >= 1:
            pass
        case _:
            raise DocumentError(
                N_(CONTEXT, "{path} is not a {kind} file of the console.", path=path, kind=kind.name)
            )
    if version > kind.version:
        words = N_(
            CONTEXT,
            "{path} was written by a newer console (version {version}, this one knows {known}). It is left "
            "unchanged: use that console, or another profile.",
            path=path, version=version, known=kind.version,
        )  # fmt: skip
        raise NewerDocumentError(words)
    for migrate in kind.migrations[version - 1 :]:
        content = migrate(content)
    return content


def write_document(path: Path, kind: DocumentKind, content: Mapping[str, Any]) -> None:
    """Replace the file. Raises DocumentError; the old file is then still there."""
    document = {"kind": kind.name, "version": kind.version, "content": content}
    data = (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with written_anew(path) as file:
            file.write(data)
    except OSError as error:
        raise DocumentError(
            N_(CONTEXT, "{path} can't be written: {error}", path=path, error=error.strerror)
        ) from error


def set_aside(path: Path) -> Path:
    """Rename a file that can't be used, over the one that was put aside before; where it is now.

    Raises DocumentError; the file is then where it was.
    """
    aside = path.with_name(f"{path.name}.old")
    try:
        replace_file(path, aside)
    except OSError as error:
        raise DocumentError(
            N_(CONTEXT, "{path} can't be renamed: {error}", path=path, error=error.strerror)
        ) from error
    return aside
