"""The entries of ``include``: which files make the included project, and where its variables come from.

Compose specification, "Include", and ``loader/include.go`` of compose-go, which the Compose of Docker is
made with: ``path`` and ``env_file`` are relative to the folder of the project that includes,
``project_directory`` is by default the folder of the first file of ``path``, and ``env_file`` the file
``.env`` in the project directory.
"""

from __future__ import annotations

from dataclasses import dataclass

from console.domain.compose.model import Folder, Reference
from console.domain.compose.tree import (
    ComposeError,
    Place,
    YamlMapping,
    YamlNode,
    YamlScalar,
    YamlSequence,
    is_null,
)
from console.domain.text import N_

CONTEXT = "Compose"

#: So many files of variables are read for one entry: a file that somebody else wrote may name any number.
MOST_ENV_FILES = 20
#: Where a person says that there is no file of variables, not even the usual one.
NO_FILE = "/dev/null"


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it is written in another one, and where."""

    path: str
    place: Place


@dataclass(frozen=True, slots=True)
class Include:
    """One entry. ``paths`` are its files, later ones override; ``env_files`` is None where none is named.

    ``project_directory`` is "" where it is left to the first file's folder.
    """

    place: Place
    paths: tuple[Written, ...]
    project_directory: str = ""
    env_files: tuple[Written, ...] | None = None


@dataclass(frozen=True, slots=True)
class EnvFile:
    """One file of variables. ``written`` is None for the usual ``.env``, which may be missing."""

    reference: Reference
    written: Written | None = None


def read_include(entry: YamlNode) -> Include:
    """One entry, in its short or long form. Raises :class:`ComposeError`."""
    if isinstance(entry, YamlScalar) and not is_null(entry):
        return Include(entry.place, (Written(entry.text, entry.place),))
    if not isinstance(entry, YamlMapping):
        raise ComposeError(
            N_(CONTEXT, "An entry of include is a file, or a mapping with a path."), entry.place
        )
    paths = _written(entry, "path")
    if not paths:
        raise ComposeError(N_(CONTEXT, "An entry of include names its file as path."), entry.place)
    directory = entry.get("project_directory")
    if directory is not None and not isinstance(directory, YamlScalar):
        raise ComposeError(
            N_(CONTEXT, "project_directory is one folder."), entry.place_of("project_directory")
        )
    return Include(
        entry.place,
        paths,
        "" if directory is None else directory.text,
        _written(entry, "env_file") or None,
    )


def env_files(include: Include, within: Folder, project: Folder) -> tuple[EnvFile, ...]:
    """The files that the included project's variables come from, later ones win.

    ``within`` is the folder of the project that includes, ``project`` that of the included one.
    """
    if include.env_files is None:
        return (EnvFile(Reference(project, ".env")),)
    named = [one for one in include.env_files if one.path != NO_FILE]
    return tuple(EnvFile(Reference(within, one.path), one) for one in named[:MOST_ENV_FILES])


def _written(entry: YamlMapping, key: str) -> tuple[Written, ...]:
    """A text or a list of texts."""
    node = entry.get(key)
    if node is None:
        return ()
    items = node.items if isinstance(node, YamlSequence) else (node,)
    texts = [item for item in items if isinstance(item, YamlScalar) and not is_null(item)]
    if len(texts) < len(items):
        raise ComposeError(N_(CONTEXT, "{key} is a file or a list of files.", key=key), entry.place_of(key))
    return tuple(Written(item.text, item.place) for item in texts)
