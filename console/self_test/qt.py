"""Qt's own parts, which are found by file name at run time: plugins for pictures, styles and screens."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSize, QTranslator, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImageReader
from PySide6.QtWidgets import QApplication, QStyleFactory

from console.resource_files import resource
from console.self_test.report import Facts, PartFailedError
from console.ui.icons import Icon, icon

PICTURE_FORMATS = ("png", "svg")
"""Qt reads PNG itself; SVG comes with a plugin, by which styles show their marks."""

ICON_SIDE = 32


def check_plugins() -> Facts:
    """The picture formats, the style, the platform and what icons look like. Raises PartFailedError."""
    formats = {bytes(name.data()).decode() for name in QImageReader.supportedImageFormats()}
    failures = [f"Qt reads no {name.upper()} pictures" for name in PICTURE_FORMATS if name not in formats]
    styles = QStyleFactory.keys()
    if "Fusion" not in styles:
        failures.append("Qt has no Fusion style")
    failures += [f"the icon {one.value} is drawn empty" for one in Icon if not _is_drawn(one)]
    failures += [f"the style's mark {path.name} can't be read" for path in _marks() if not _is_read(path)]
    if failures:
        raise PartFailedError("\n".join(failures))
    return {
        "Qt": qVersion(),
        "platform": QGuiApplication.platformName(),
        "platforms": _platforms(),
        "formats": sorted(formats),
        "fonts": len(QFontDatabase.families()),
    }


def load_translations() -> Facts:
    """Load each translation that is shipped. Raises PartFailedError with each that can't be."""
    found = sorted(resource("translations").glob("*.qm"))
    failures = []
    for path in found:
        translator = QTranslator()
        if not translator.load(str(path)) or translator.isEmpty():
            failures.append(f"{path.name} is no translation")
    if failures:
        raise PartFailedError("\n".join(failures))
    return {"shipped": len(found), "this system speaks": QLocale.system().name()}


def _is_drawn(one: Icon) -> bool:
    image = icon(one).pixmap(QSize(ICON_SIDE, ICON_SIDE)).toImage()
    return any(image.pixelColor(x, y).alpha() for x in range(ICON_SIDE) for y in range(ICON_SIDE))


def _marks() -> list[Path]:
    return sorted(resource("styles").glob("*.svg"))


def _is_read(path: Path) -> bool:
    return not QImageReader(str(path)).read().isNull()


def _platforms() -> list[str]:
    """The kinds of screen that this Qt can draw on."""
    folders = [*QApplication.libraryPaths(), QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)]
    found = {path.stem for folder in folders for path in (Path(folder) / "platforms").glob("*q*")}
    return sorted(name.removeprefix("lib").removeprefix("q") for name in found)
