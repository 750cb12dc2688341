"""Compose files on the disk: found, read with bounds, and replaced in one piece.

All of it blocks: call it in a thread.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from console.domain.compose.edits import Edit
from console.domain.compose.model import Folder, Project, Reference, SourceFile
from console.domain.compose.project import ProjectSources, load_project
from console.domain.compose.tree import LONGEST_FILE
from console.domain.text import N_, Text
from console.file_replacement import replace_file

CONTEXT = "Compose files"

#: What Compose looks for in a folder, and what it takes beside it without being told.
DEFAULT_NAMES: Final = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
OVERRIDE_NAMES: Final = (
    *("compose.override.yaml", "compose.override.yml"),
    *("docker-compose.override.yaml", "docker-compose.override.yml"),
)
#: In bytes: UTF-8 needs at most four for a character.
_LARGEST = 4 * LONGEST_FILE
_BOM = b"\xef\xbb\xbf"


class ComposeFileError(Exception):
    """A file can't be read or written; :attr:`text` says which and why."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@dataclass(frozen=True, slots=True)
class OpenedProject:
    """A project as it was read. ``files`` are those that can be edited; ``paths`` are the places of all
    files that were read, by what the project calls them.
    """

    project: Project
    files: tuple[SourceFile, ...]
    paths: Mapping[str, Path]


def with_override(path: Path) -> tuple[Path, ...]:
    """A file by itself; one that has a default name with the override beside it, as Compose takes it."""
    if path.name in DEFAULT_NAMES:
        beside = (path.with_name(name) for name in OVERRIDE_NAMES)
        return (path, *(other for other in beside if other.is_file()))[:2]
    return (path,)


def open_project(
    paths: Sequence[Path],
    *,
    profiles: Collection[str] = (),
    name: str = "",
    environment: Mapping[str, str] | None = None,
) -> OpenedProject:
    """The project of these Compose files, with the ``.env`` file beside the first one.

    ``environment`` are the variables of the system, by default those of this program. Files that
    others include or extend are read as well, and those that included projects have variables from.
    Raises :class:`ComposeFileError` where one of ``paths`` can't be read.
    """
    return _Opening(paths, environment or dict(os.environ)).opened(frozenset(profiles), name)


def write_edit(opened: OpenedProject, edit: Edit) -> None:
    """Replace the edited file of the project, in one piece.

    Raises :class:`ComposeFileError`, and writes nothing, where the file is not as it was read.
    """
    _exchange(opened.paths[edit.before.path], edit.before.text, edit.after)


def take_back(opened: OpenedProject, edit: Edit) -> None:
    """Write the file as it was before ``edit``, raising as :func:`write_edit` does."""
    _exchange(opened.paths[edit.before.path], edit.after, edit.before.text)


def _exchange(path: Path, expected: str, text: str) -> None:
    target = path.resolve()
    try:
        data = _read(path)
    except OSError as error:
        raise ComposeFileError(_unreadable(path, error)) from error
    if data.removeprefix(_BOM) != expected.encode():
        raise ComposeFileError(
            N_(
                CONTEXT,
                "{path} was changed by someone else since it was read. Nothing was written. Read it again.",
                path=path,
            )
        )
    encoded = text.encode()
    try:
        _replace(target, _BOM + encoded if data.startswith(_BOM) else encoded)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ComposeFileError(
            N_(CONTEXT, "{path} could not be written: {reason}", path=path, reason=reason)
        ) from error


def write_new(path: Path, text: str) -> None:
    """Write a file of its own, in one piece. Raises :class:`ComposeFileError`."""
    try:
        _replace(path, text.encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise ComposeFileError(
            N_(CONTEXT, "{path} could not be written: {reason}", path=path, reason=reason)
        ) from error


class _Opening:
    """One project being read."""

    def __init__(self, paths: Sequence[Path], environment: Mapping[str, str]) -> None:
        self._paths = [Path(os.path.abspath(path)) for path in paths]
        self._folder = self._paths[0].parent
        self._environment = environment
        self._by_name: dict[str, Path] = {}
        self._others: dict[Reference, SourceFile] = {}
        self._missing: set[Reference] = set()

    def opened(self, profiles: frozenset[str], name: str) -> OpenedProject:
        files = tuple(self._source(path) for path in self._paths)
        sources = ProjectSources(
            files=files,
            folder=self._folder.name,
            dotenv=self._dotenv(),
            environment=self._environment,
            profiles=profiles,
            name=name,
        )
        project = load_project(sources)
        while self._look_up(project.references):
            sources = replace(sources, others=dict(self._others), missing=frozenset(self._missing))
            project = load_project(sources)
        return OpenedProject(project, files, self._by_name)

    def _dotenv(self) -> SourceFile | None:
        path = self._folder / ".env"
        return self._source(path) if path.is_file() else None

    def _look_up(self, references: Sequence[Reference]) -> bool:
        """Read the files that are referred to; whether anything new came of it.

        Of what can't be read the project says so.
        """
        found = False
        for reference in references:
            if _is_on_the_network(reference.written) or _leads_away(reference.folder):
                continue
            if reference not in self._others and reference not in self._missing:
                found = True
                self._look_for(reference)
        return found

    def _look_for(self, reference: Reference) -> None:
        path = Path(os.path.abspath(self._place(reference.folder) / reference.written))
        try:
            self._others[reference] = self._source(path) if reference.read else self._unread(path)
        except ComposeFileError:
            self._missing.add(reference)

    def _place(self, folder: Folder) -> Path:
        if folder.within is not None:
            return self._place(folder.within) / folder.written
        return self._by_name[folder.file].parent if folder.file else self._folder

    def _unread(self, path: Path) -> SourceFile:
        """A file that is there; what is in it may be secret and is not asked for."""
        if not path.is_file():
            raise ComposeFileError(_unreadable(path, FileNotFoundError(2, os.strerror(2))))
        return SourceFile(str(path), "")

    def _source(self, path: Path) -> SourceFile:
        try:
            data = _read(path)
        except OSError as error:
            raise ComposeFileError(_unreadable(path, error)) from error
        try:
            text = data.removeprefix(_BOM).decode()
        except UnicodeDecodeError as error:
            raise ComposeFileError(
                N_(CONTEXT, "{path} is not UTF-8 text, as Compose files are.", path=path)
            ) from error
        shown = path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else str(path)
        self._by_name[shown] = path
        return SourceFile(shown, text)


def _is_on_the_network(written: str) -> bool:
    """Whether a file refers to an address on the network: that is none of ours to fetch.

    Nor is a share: Windows would log on there, with the person's account, because a file says so.
    """
    share = len(written) > 1 and set(written[:2]) <= set("/\\")
    return share or "://" in written or written.startswith(("oci:", "git@"))


def _leads_away(folder: Folder) -> bool:
    """Whether a project directory that a file names is on the network."""
    return folder.within is not None and (_is_on_the_network(folder.written) or _leads_away(folder.within))


def _read(path: Path) -> bytes:
    """The file's bytes. Raises OSError, also for what is no file, and ComposeFileError if too large."""
    if not path.is_file():
        # A pipe or a device would keep a reader waiting without end.
        raise FileNotFoundError(2, os.strerror(2), str(path))
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ComposeFileError(N_(CONTEXT, "{path} is too large to be a Compose file.", path=path))
    return data


def _replace(target: Path, data: bytes) -> None:
    """Put ``data`` in the place of the file: whoever reads it sees the old or the new one, never a part."""
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        replace_file(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unreadable(path: Path, error: OSError) -> Text:
    reason = error.strerror or str(error)
    return N_(CONTEXT, "{path} can't be read: {reason}", path=path, reason=reason)
