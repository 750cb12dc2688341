"""The QApplication as this program wants it, made once, before any window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from console.ui.icons import Icon, icon
from console.ui.theme import Appearance, Theme
from console.ui.window_state import WindowState
from console.version import __version__

NAME = "Container Network Console"
SMALLEST_FONT = 9.0
"""Points. Some platforms' defaults are below what can be read."""


def make_application(arguments: Sequence[str] = ("wcn-console",)) -> QApplication:
    """Fusion style, our name and icon. The last window does not end it: the goodbye does
    (model-codebases, 6.4, rule 4).
    """
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationDisplayName("")  # titles name the program themselves
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("container-network-console")
    # Told as an argument: setStyle gives back a QStyle, whose class takes long to load.
    application = QApplication([*arguments, "-style", "fusion"])
    application.setQuitOnLastWindowClosed(False)
    font = application.font()
    if 0 < font.pointSizeF() < SMALLEST_FONT:
        font.setPointSizeF(SMALLEST_FONT)
        application.setFont(font)
    application.setWindowIcon(icon(Icon.APPLICATION))
    return application


def make_appearance(application: QApplication, state: WindowState) -> Appearance:
    """The look chosen last time, or the system's."""
    chosen = state.get("window").get("theme")
    themes = {theme.value: theme for theme in Theme}
    return Appearance(application, themes.get(chosen) if isinstance(chosen, str) else None)
