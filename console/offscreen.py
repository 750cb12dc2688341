"""Qt without a screen: for the self-test, the tests and the benches."""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from pathlib import PureWindowsPath

PLATFORM = "QT_QPA_PLATFORM"
FONTS = "QT_QPA_FONTDIR"


def draw_offscreen(environment: MutableMapping[str, str], platform: str = sys.platform) -> None:
    """Let Qt draw where nobody sees it, unless ``environment`` says where; before Qt is loaded.

    Offscreen, Qt for Windows asks FreeType for fonts and not Windows, and that knows only those of a folder
    it is told (Qt's qoffscreenintegration.cpp, qfreetypefontdatabase.cpp). Without any, texts have no width.
    """
    environment.setdefault(PLATFORM, "offscreen")
    if platform == "win32" and environment[PLATFORM].startswith("offscreen"):
        windows = environment.get("SYSTEMROOT", r"C:\Windows")
        environment.setdefault(FONTS, str(PureWindowsPath(windows, "Fonts")))
