"""Which files of Qt are packed, on lists as PyInstaller makes them."""

import ast
from pathlib import PurePath

from shipping import product, qt_parts

LINKED = {
    "xcb.so": ["libQt6Gui.so.6", "libQt6XcbQpa.so.6"],
    "gtk.so": ["libgtk.so", "libQt6Gui.so.6"],
    "libgtk.so": ["libpango.so"],
    "libpango.so": ["libgtk.so"],  # two that vouch for each other only
    "libQt6XcbQpa.so.6": ["libQt6Gui.so.6"],
    "libQt6Gui.so.6": ["libQt6Core.so.6"],
    "libQt6Core.so.6": [],
    "core.so": ["libQt6Core.so.6"],
}
QT = "PySide6/Qt"


def entries(folder):
    listed = [
        (f"{QT}/plugins/platforms/libqxcb.so", "xcb.so", "BINARY"),
        (f"{QT}/plugins/platformthemes/libqgtk3.so", "gtk.so", "BINARY"),
        (f"{QT}/lib/libQt6XcbQpa.so.6", "libQt6XcbQpa.so.6", "BINARY"),
        (f"{QT}/lib/libQt6Gui.so.6", "libQt6Gui.so.6", "BINARY"),
        (f"{QT}/lib/libQt6Core.so.6", "libQt6Core.so.6", "BINARY"),
        ("libgtk.so", "libgtk.so", "BINARY"),
        ("libpango.so", "libpango.so", "BINARY"),
        ("libloaded_by_name.so", "libloaded_by_name.so", "BINARY"),
        ("PySide6/QtCore.abi3.so", "core.so", "EXTENSION"),
    ]
    made = []
    for target, source, kind in listed:
        (folder / source).write_text("")
        made.append((target, str(folder / source), kind))
    return [*made, ("libgtk.so", f"{QT}/lib/libgtk.so", "SYMLINK")]


def kept(folder):
    def imports(file):
        return LINKED.get(PurePath(file).name, [])

    return {entry[0] for entry in qt_parts.without_unused(entries(folder), imports)}


def test_that_left_out_plugins_take_along_what_only_they_need(tmp_path):
    left = {target for target, _source, _kind in entries(tmp_path)} - kept(tmp_path)
    assert left == {f"{QT}/plugins/platformthemes/libqgtk3.so", "libgtk.so", "libpango.so"}


def test_that_a_library_that_nothing_is_linked_to_stays(tmp_path):
    assert "libloaded_by_name.so" in kept(tmp_path)


def test_that_only_translations_of_the_consoles_languages_are_packed():
    folder = f"{QT}/translations"
    listed = [(f"{folder}/{name}.qm", "", "DATA") for name in ("qtbase_de", "qtbase_fr", "qt_de")]
    own = ("console/resources/translations/console_fr.qm", "", "DATA")
    assert qt_parts.without_translations([*listed, own], ["de"]) == [listed[0], own]
    assert qt_parts.without_translations([*listed, own], []) == [own]


def test_that_the_packed_modules_of_qt_are_those_that_the_console_imports():
    parsed = [
        ast.parse(path.read_text(encoding="utf-8")) for path in (product.ROOT / "console").rglob("*.py")
    ]
    imports = [node for tree in parsed for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = {node.module for node in imports if (node.module or "").startswith("PySide6.Qt")}
    imported = {name.removeprefix("PySide6.") for name in names}
    assert imported == set(qt_parts.MODULES)
    assert not {f"PySide6.{name}" for name in imported} & set(qt_parts.unused_modules())
    assert "PySide6.QtQml" in qt_parts.unused_modules()
