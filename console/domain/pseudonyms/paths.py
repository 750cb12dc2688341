"""Paths of files, the folders in them replaced that people made: :func:`paths_replaced`."""

from __future__ import annotations

import re
from collections.abc import Callable

from console.domain.pseudonyms.well_known import FOLDERS

Replace = Callable[[str], str]

_SEPARATOR = re.compile(r"([\\/]+)")
# Whatever follows a drive, or one of the folders that hold what people and projects keep.
_WINDOWS = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:[\\/]+(?:[^\\/:*?\"<>|\r\n\t']{1,255}[\\/]+){0,64}[^\\/:*?\"<>|\s',;)]{0,255}"
)
_UNIX = re.compile(
    r"(?<![\w.:/])/(?:home|Users|srv|opt|mnt|media|data|host_mnt|root|run/desktop)/[^\s:\"'<>|,;)]{1,1024}"
)
# Below these nothing is a person's or a project's: Windows', and Docker's own files.
_SYSTEM = re.compile(r"[A-Za-z]:\\(?:Windows|Program Files(?: \(x86\))?\\Docker)\\", re.IGNORECASE)
_ENDING = re.compile(
    r"\.(?:exe|dll|sys|json|ya?ml|pem|txt|log|ps1|psm1|vhdx?|tar|gz|zip|cmd|bat|env|db)$", re.I
)
_DRIVE_OR_VARIABLE = re.compile(r"[A-Za-z]:|%\w+%|\.{0,2}|~")


def paths_replaced(words: str, replace: Replace) -> str:
    """``words`` with what is told by a path in them replaced; ``replace`` gives a folder's made-up name."""
    if "\\" in words or ":/" in words:
        words = _WINDOWS.sub(lambda found: path_replaced(found[0], replace), words)
    return _UNIX.sub(lambda found: path_replaced(found[0], replace), words) if "/" in words else words


def path_replaced(path: str, replace: Replace) -> str:
    """One path, each of its folders known to all or made up; the ending of a file's name stays."""
    if _SYSTEM.match(path):
        return path
    return "".join(
        part if not part or _SEPARATOR.fullmatch(part) else _part(part, replace)
        for part in _SEPARATOR.split(path)
    )


def _part(part: str, replace: Replace) -> str:
    if part.casefold() in FOLDERS or _DRIVE_OR_VARIABLE.fullmatch(part):
        return part
    ending = _ENDING.search(part)
    kept = ending[0] if ending else ""
    return f"{replace(part.removesuffix(kept))}{kept}" if part != kept else part
