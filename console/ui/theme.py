"""Colours: the palettes of the three themes and a small table of meanings. No colour is written
anywhere else (icons take theirs from here, widgets use palette roles and :func:`roles`).

Every pair that carries text has at least 4.5:1, marks and borders 3:1 (WCAG 1.4.3 and 1.4.11);
tests/ui/test_contrast.py computes it.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QDir, QFile, QIODevice, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from console.resource_files import resource

STYLES = str(resource("styles"))


class Theme(StrEnum):
    """What is painted."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


@dataclass(frozen=True)
class Roles:
    """Colours by meaning, as ``#rrggbb``. ``*_back`` is the quiet background for a card of that
    meaning, on which both the meaning's own colour and the palette's text can be read. ``adapter``
    to ``container`` tell the kinds of objects apart where they are drawn, beside icon and word.
    """

    ok: str
    warning: str
    error: str
    accent: str
    ok_back: str
    warning_back: str
    error_back: str
    accent_back: str
    practice_back: str
    practice_text: str
    border: str
    muted: str
    adapter: str
    vswitch: str
    network: str
    container: str


@dataclass(frozen=True)
class _Colours:
    """One theme: surfaces and texts for the palette, and its roles. ``hover`` is the ground of what the
    pointer is on.
    """

    window: str
    base: str
    alternate: str
    button: str
    text: str
    disabled: str
    highlight: str
    highlight_text: str
    link: str
    tooltip: str
    light: str
    mid: str
    dark: str
    hover: str
    roles: Roles


_THEMES = {
    Theme.LIGHT: _Colours(
        window="#f3f4f6", base="#ffffff", alternate="#f7f8fa", button="#fbfbfc", text="#1b1f24",
        disabled="#6b7280", highlight="#0b5cad", highlight_text="#ffffff", link="#0b5cad",
        tooltip="#ffffff", light="#ffffff", mid="#d4d8de", dark="#a3aab4",
        hover="#e8ebef",
        roles=Roles(
            ok="#17692f", warning="#8a4b00", error="#b3211b", accent="#0b5cad",
            ok_back="#e6f4ea", warning_back="#fdf1dd", error_back="#fdeae8", accent_back="#e5f0fb",
            practice_back="#6b2fa8", practice_text="#ffffff", border="#7d8590", muted="#57606a",
            adapter="#4a5563", vswitch="#0b5cad", network="#6b2fa8", container="#0f6b6b",
        ),
    ),
    Theme.DARK: _Colours(
        window="#1f2227", base="#17191d", alternate="#1c1f24", button="#2b2f36", text="#e8eaed",
        disabled="#8d949e", highlight="#2f6fb5", highlight_text="#ffffff", link="#7db8f5",
        tooltip="#2b2f36", light="#3a3f47", mid="#3a3f47", dark="#0e1013",
        hover="#363b43",
        roles=Roles(
            ok="#6fcf8a", warning="#f0b45a", error="#ff8f87", accent="#7db8f5",
            ok_back="#1b3424", warning_back="#3a2d16", error_back="#42211f", accent_back="#1b2f45",
            practice_back="#d3b2f7", practice_text="#221038", border="#7a828d", muted="#a6adb8",
            adapter="#b4bcc8", vswitch="#7db8f5", network="#cba6f7", container="#62d0c6",
        ),
    ),
    Theme.HIGH_CONTRAST: _Colours(
        window="#000000", base="#000000", alternate="#000000", button="#000000", text="#ffffff",
        disabled="#a6f0a6", highlight="#ffee32", highlight_text="#000000", link="#ffee32",
        tooltip="#000000", light="#ffffff", mid="#ffffff", dark="#ffffff",
        hover="#00334d",
        roles=Roles(
            ok="#6dff6d", warning="#ffd24a", error="#ff9d9d", accent="#5fe3ff",
            ok_back="#000000", warning_back="#000000", error_back="#000000", accent_back="#000000",
            practice_back="#ff9dff", practice_text="#000000", border="#ffffff", muted="#ffffff",
            adapter="#ffffff", vswitch="#5fe3ff", network="#ff9dff", container="#6dff6d",
        ),
    ),
}  # fmt: skip


def palette(theme: Theme) -> QPalette:
    """Qt's palette of ``theme``."""
    colours = _THEMES[theme]
    role = QPalette.ColorRole
    made = QPalette()
    for where, colour in (
        (role.Window, colours.window), (role.WindowText, colours.text),
        (role.Base, colours.base), (role.AlternateBase, colours.alternate),
        (role.Text, colours.text), (role.PlaceholderText, colours.roles.muted),
        (role.Button, colours.button), (role.ButtonText, colours.text),
        (role.BrightText, colours.roles.error), (role.ToolTipBase, colours.tooltip),
        (role.ToolTipText, colours.text), (role.Highlight, colours.highlight),
        (role.HighlightedText, colours.highlight_text), (role.Link, colours.link),
        (role.LinkVisited, colours.link), (role.Accent, colours.highlight),
        (role.Light, colours.light), (role.Midlight, colours.light), (role.Mid, colours.mid),
        (role.Dark, colours.dark), (role.Shadow, colours.dark),
    ):  # fmt: skip
        made.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.disabled))
    made.setColor(QPalette.ColorGroup.Disabled, role.HighlightedText, QColor(colours.base))
    return made


@lru_cache(maxsize=len(Theme))
def style_sheet(theme: Theme) -> str:
    """resources/styles in order of their numbers, with ``@name@`` replaced by the theme's colours
    and ``@styles@`` by the folder (a style sheet's paths are the program's, not its own).

    Raises KeyError for a name that is no colour of the theme.
    """
    colours = asdict(_THEMES[theme])
    named = {**colours.pop("roles"), **colours, "styles": STYLES.replace("\\", "/")}
    folder = QDir(STYLES)
    texts = [_read(folder.filePath(name)) for name in sorted(folder.entryList(["*.qss"], QDir.Filter.Files))]
    return re.sub(r"@(\w+)@", lambda found: str(named[found[1]]), "\n".join(texts))


def _read(path: str) -> str:
    file = QFile(path)
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError(path)
    try:
        return bytes(file.readAll().data()).decode()
    finally:
        file.close()


class Appearance(QObject):
    """Which theme is shown. ``changed(Theme)`` comes after the palette was set.

    ``choice`` None follows the system, also when it changes while the window is open.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: Theme | None = None) -> None:
        super().__init__(application)
        self._application = application
        self.choice = choice
        self.theme = Theme.LIGHT
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        if hasattr(hints, "accessibility"):  # since Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self.choose(choice)

    def choose(self, choice: Theme | None) -> None:
        """Show ``choice``, or what the system asks for."""
        global _shown
        self.choice = choice
        self.theme = choice or system_theme(self._application)
        _shown = self.theme
        self._application.setPalette(palette(self.theme))
        self._application.setStyleSheet(style_sheet(self.theme))
        self.changed.emit(self.theme)

    def _follow_system(self) -> None:
        if self.choice is None:
            self.choose(None)


_shown = Theme.LIGHT


def system_theme(application: QApplication) -> Theme:
    """What the system asks for: high contrast goes before dark."""
    hints = application.styleHints()
    asks_for_contrast = (
        hasattr(hints, "accessibility")  # since Qt 6.10
        and hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    )
    if asks_for_contrast:
        return Theme.HIGH_CONTRAST
    return Theme.DARK if hints.colorScheme() == Qt.ColorScheme.Dark else Theme.LIGHT


def roles(theme: Theme | None = None) -> Roles:
    """The colours by meaning of ``theme``, by default of the one shown."""
    return _THEMES[theme or _shown].roles
