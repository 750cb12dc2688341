"""Which parts of Qt are packed: those that the console uses, and what they are linked to.

PyInstaller takes every plugin of the modules in use, and with each all that it is linked to: GTK for a
look that the console does not have, Wayland's and other screens' drivers, software OpenGL. What is not
named here is left out, and so is each library that only left-out plugins needed.
"""

from __future__ import annotations

import pkgutil
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePath

MODULES = ("QtCore", "QtGui", "QtNetwork", "QtSvg", "QtWidgets")
"""The modules of PySide6 that ``console`` imports; a test holds the two equal."""

PLUGINS: Mapping[str, frozenset[str]] = {
    "platforms": frozenset({"offscreen", "windows", "xcb", "cocoa"}),  # offscreen: the self-test
    "imageformats": frozenset({"svg", "ico"}),
    "iconengines": frozenset({"svgicon"}),
    "platforminputcontexts": frozenset(
        {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"}
    ),
    "xcbglintegrations": frozenset(),
    "styles": frozenset({"macstyle"}),
}

NOT_NEEDED = frozenset({"opengl32sw", "d3dcompiler_47"})
"""Libraries that nothing is linked to and that Qt loads for OpenGL, which the console does not draw with."""

Entry = tuple[str, str, str]
"""PyInstaller's: where the file goes in the folder, where it is, its kind."""


def unused_modules() -> tuple[str, ...]:
    """Every module of PySide6 that is installed and not in use, to be excluded by name."""
    import PySide6

    found = (module.name for module in pkgutil.iter_modules(PySide6.__path__))
    return tuple(f"PySide6.{name}" for name in found if name.startswith("Qt") and name not in MODULES)


def without_unused(entries: Iterable[Entry], imports: Callable[[str], Iterable[str]]) -> list[Entry]:
    """``entries`` without plugins that are not in :data:`PLUGINS` and the libraries only those need.

    ``imports(file)`` gives the names of the libraries that a file is linked to.
    """
    kept = [entry for entry in entries if not _is_dropped(entry)]
    dropped = [entry for entry in entries if _is_dropped(entry)]
    libraries = {_library(entry): entry for entry in kept if _is_library(entry)}
    suspects = _reached(dropped, libraries, imports)
    # Suspects do not vouch for each other: only what surely stays is asked.
    needed = _reached([entry for entry in kept if _library(entry) not in suspects], libraries, imports)
    unused = suspects - needed
    # PyInstaller lays links with a library's name beside it.
    return [
        entry
        for entry in kept
        if not (_is_library(entry) or _is_link(entry)) or _library(entry) not in unused
    ]


def without_translations(entries: Iterable[Entry], languages: Iterable[str]) -> list[Entry]:
    """``entries`` without Qt's own translations, but those for the ``languages`` the console speaks."""
    wanted = {f"qtbase_{language}.qm" for language in languages}
    return [
        entry
        for entry in entries
        if "translations" not in _folders(entry)
        or "PySide6" not in _folders(entry)
        or PurePath(entry[0]).name in wanted
    ]


def _is_dropped(entry: Entry) -> bool:
    if PurePath(entry[0]).stem.lower() in NOT_NEEDED:
        return True
    folders = _folders(entry)
    if "plugins" not in folders or "PySide6" not in folders:
        return False
    kind, name = folders[-1], _library(entry).removeprefix("lib").removeprefix("q").split(".")[0]
    return name not in PLUGINS.get(kind, frozenset())


def _folders(entry: Entry) -> tuple[str, ...]:
    return PurePath(entry[0]).parts[:-1]


def _library(entry: Entry) -> str:
    """The name by which others are linked to a file; Windows does not tell apart upper and lower case."""
    name = PurePath(entry[0]).name
    return name.lower() if sys.platform == "win32" else name


def _is_library(entry: Entry) -> bool:
    """Whether it was taken because others are linked to it; extension modules are there for themselves."""
    return entry[2] == "BINARY" and "plugins" not in _folders(entry)


def _is_link(entry: Entry) -> bool:
    return entry[2] == "SYMLINK"


def _reached(
    entries: Iterable[Entry], libraries: Mapping[str, Entry], imports: Callable[[str], Iterable[str]]
) -> set[str]:
    """The libraries that ``entries`` are linked to, and those that these are linked to."""
    reached: set[str] = set()
    waiting = [entry for entry in entries if Path(entry[1]).is_file()]
    while waiting:
        for name in imports(waiting.pop()[1]):
            library = name.lower() if sys.platform == "win32" else name
            if library in libraries and library not in reached:
                reached.add(library)
                waiting.append(libraries[library])
    return reached
