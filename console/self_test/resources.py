"""The files that the program reads while it runs, each where it is looked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from console.domain.scripts import SCRIPTS
from console.resource_files import resource
from console.self_test.report import Facts, PartFailedError

LAUNCHER = ("powershell", "launcher", "Invoke-NamedScript.ps1")


def read_all() -> Facts:
    """Read every script, icon and style. Raises PartFailedError with each that can't be read."""
    from console.ui.icons import FOLDER, Icon  # Qt is loaded only where a part needs it

    scripts = [resource("powershell", script.file) for script in SCRIPTS]
    icons = [FOLDER / icon.value for icon in Icon]
    styles = list(_files(resource("styles")))
    failures = [
        failure for path in (*scripts, resource(*LAUNCHER), *icons, *styles) if (failure := _unread(path))
    ]
    if not styles:
        failures.append(f"{resource('styles')}: there are no styles")
    if failures:
        raise PartFailedError("\n".join(failures))
    return {"scripts": len(scripts) + 1, "icons": len(icons), "styles": len(styles)}


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _unread(path: Path) -> str:
    try:
        return "" if path.read_text(encoding="utf-8-sig").strip() else f"{path}: it is empty"
    except (OSError, UnicodeDecodeError) as error:
        return f"{path}: {error}"
